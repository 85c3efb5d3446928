/**
 * The whole product on this machine: `npm run demo`. A real API server, a simulated AWS account, DNS on loopback, the chart with two replicas, eight customers.
 *
 *   build what is missing ─ start the world ─ make what the tiers name in AWS ─ helm install ─ act by act: apply, play the customers ─ tell how it ended
 *                                                                                               applied │ a tenant moves up │ a rollout
 *
 * Exit code 0: every act brought what it should, and no name was unserved or unprotected on the way. 1: not so, or something failed.
 * 2: wrong usage. 130: ended by Ctrl-C before that.
 */
import { parseArgs } from 'node:util';
import { controlPlaneBinaries } from './control-plane/binaries.ts';
import { hurry, provideAccount } from './demo/account.ts';
import { type Act, acts } from './demo/acts.ts';
import { type Scene, stamp, tableOf, tierTableOf } from './demo/audience.ts';
import { keyOf } from './demo/cast.ts';
import { aliasLine, callLines, castLines, commandLines, eventLines, proberLines } from './demo/epilogue.ts';
import { exampleManifests, tierOrdersIn } from './demo/examples.ts';
import { installCrew } from './demo/crew.ts';
import { createScreen, type Screen } from './demo/screen.ts';
import { beginStory, type Story } from './demo/story.ts';
import { type Platform, startPlatform } from './platform.ts';
import { toolPath } from './tools/tools.ts';

const usage = 'usage: npm run demo [-- --keep]\n  --keep  leave it running in the end, until Ctrl-C';
const limitMs = 5 * 60_000;

type Evening = { readonly screen: Screen; readonly keep: boolean; readonly signal: AbortSignal };

/** How it ended, and how to go on. */
type Night = { readonly code: 0 | 1; readonly story: Story };

/** How far it came: the last act that was played, the last look at it, and what was not as expected then. */
type Outcome = { readonly act: Act; readonly last: Scene; readonly wrong: readonly string[] };

/** Plays act after act, until one does not end as it should. */
const playActs = async (world: Platform, story: Story, screen: Screen): Promise<Outcome | undefined> => {
  const examples = await exampleManifests();
  let outcome: Outcome | undefined;
  for (const [index, act] of acts.entries()) {
    screen.say('', `Act ${index + 1} of ${acts.length}: ${act.title}`, '');
    await world.controlPlane.apply(act.orders(examples).map((order) => JSON.stringify(order)).join('\n---\n'));
    outcome = { act, ...(await story.play(act, limitMs)) };
    if (outcome.wrong.length > 0) return outcome;
    screen.say(`${stamp(outcome.last.seconds)}  ✓ everything is where it should be`);
  }
  return outcome;
};

/** Tells how it ended. */
const epilogue = async (world: Platform, story: Story, { act, last }: Outcome): Promise<readonly string[]> => {
  const mover = last.tenants.filter((tenant) => keyOf(tenant) === 'acme/shop');
  return [
    '', ...tableOf(last), '', ...tierTableOf(last), ...castLines(act.roles, last.tenants), ...callLines(world, last),
    ...(await Promise.all(mover.map((tenant) => eventLines(world, tenant)))).flat(), ...proberLines(story.findings()),
  ];
};

/** Plays it in a world that is there, and tells how it ended. */
const perform = async (world: Platform, { screen, keep, signal }: Evening): Promise<Night> => {
  signal.throwIfAborted();
  provideAccount(world.simulator.operator, tierOrdersIn(await exampleManifests()));
  const crew = await installCrew(world, screen);
  const { logPath } = await crew.leader();
  const alias = aliasLine((await controlPlaneBinaries(() => {})).kubectl, world.controlPlane.adminKubeconfigPath);
  screen.say('', 'While it runs, in another terminal:', `  ${alias}`, '  kubectl get td -A -w', `  tail -f ${logPath}`);
  const story = beginStory({ world, crew, screen }, signal);
  const outcome = await playActs(world, story, screen);
  screen.show([]);
  if (outcome) screen.say(...(await epilogue(world, story, outcome)));
  const { unserved, unprotected } = story.findings();
  const wrong = [...(outcome?.wrong ?? []), ...unserved, ...unprotected];
  if (keep) screen.say('', 'It goes on running, customers included, until Ctrl-C. Try:', `  ${alias}`, ...commandLines((await crew.leader()).logPath), '');
  else screen.say('', 'To look around in it, and to mend what was refused: npm run demo -- --keep');
  if (wrong.length > 0) console.error(`\ndemo: not as expected: ${wrong.slice(0, 10).join('; ')}`);
  return { code: wrong.length === 0 ? 0 : 1, story };
};

/** Starts the world, and ends it whatever happens in it. Resolves with the exit code. */
const inWorld = async (evening: Evening): Promise<number> => {
  const { screen, keep, signal } = evening;
  const world = await startPlatform({ seed: 1, knobs: hurry });
  let code = 130;
  try {
    const night = await perform(world, evening);
    code = night.code;
    if (keep) await night.story.afterwards();
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    screen.show([]);
    screen.say('', 'Stopping');
    await world.stop();
  }
  return code;
};

/** Gets the programs that the world needs and plays in it. Resolves with the exit code. */
const demonstrate = async (evening: Evening): Promise<number> => {
  const { screen, signal } = evening;
  // Minutes on a new machine, and nothing to clean up: whoever interrupts this does not wait. What is half built is built anew next time.
  const leave = (): void => process.exit(130);
  signal.addEventListener('abort', leave);
  const progress = (line: string): void => {
    if (screen.isLive) screen.show([line]);
    else screen.say(line);
  };
  await controlPlaneBinaries(progress);
  await toolPath('helm', progress);
  screen.show([]);
  signal.removeEventListener('abort', leave);
  screen.say('Starting etcd, kube-apiserver, kube-controller-manager, a simulated AWS account and DNS, all on loopback');
  return inWorld(evening);
};

const optionsOf = (args: readonly string[]): { readonly keep: boolean } | undefined => {
  try {
    return { keep: parseArgs({ args: [...args], options: { keep: { type: 'boolean', default: false } } }).values.keep };
  } catch {
    return undefined; // whatever it was, it is not in the usage
  }
};

const main = async (): Promise<number> => {
  const options = optionsOf(process.argv.slice(2));
  if (options === undefined) {
    console.error(usage);
    return 2;
  }
  const interruption = new AbortController();
  // Each more than once: npm passes on what the terminal has told us already, and people are impatient. Stopping goes on regardless.
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => interruption.abort());
  // Whoever read our output is gone, and so is whom we play for.
  process.stdout.on('error', () => interruption.abort());
  try {
    return await demonstrate({ screen: createScreen(process.stdout), ...options, signal: interruption.signal });
  } catch (error) {
    console.error(`demo: ${error instanceof Error ? error.message : String(error)}`);
    return 1;
  }
};

process.exitCode = await main();
