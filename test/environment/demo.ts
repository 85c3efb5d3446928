/**
 * The whole product on this machine: `npm run demo`. A real API server, a simulated AWS account, DNS on loopback, the controller, six customers.
 *
 *   build what is missing ─ start the world ─ make what the tiers name in AWS ─ apply examples/ ─ play the customers ─ tell how it ended
 *
 * Exit code 0: all six tenants ended where they should. 1: one did not, or something failed. 2: wrong usage. 130: ended by Ctrl-C before that.
 */
import { parseArgs } from 'node:util';
import { controlPlaneBinaries } from './control-plane/binaries.ts';
import { hurry, provideAccount } from './demo/account.ts';
import { tableOf } from './demo/audience.ts';
import { keyOf } from './demo/cast.ts';
import { callLines, castLines, commandLines, eventLines } from './demo/epilogue.ts';
import { exampleFiles, exampleManifests, tierOrdersIn } from './demo/examples.ts';
import { createScreen, type Screen } from './demo/screen.ts';
import { beginStory, type Story } from './demo/story.ts';
import { type EmbeddedWorld, startEmbeddedWorld } from './embedded.ts';

const usage = 'usage: npm run demo [-- --keep]\n  --keep  leave it running in the end, until Ctrl-C';
const limitMs = 5 * 60_000;

type Evening = { readonly screen: Screen; readonly keep: boolean; readonly signal: AbortSignal };

/** How it ended, and how to go on. */
type Night = { readonly code: 0 | 1; readonly story: Story };

/** Plays it in a world that is there, and tells how it ended. */
const perform = async (world: EmbeddedWorld, { screen, keep, signal }: Evening): Promise<Night> => {
  signal.throwIfAborted();
  provideAccount(world.simulator.operator, tierOrdersIn(await exampleManifests()));
  const controller = await world.startController();
  const { adminKubeconfigPath: kubeconfig } = world.controlPlane;
  screen.say('', 'While it runs, in another terminal:', `  kubectl --kubeconfig=${kubeconfig} get td -A -w`, `  tail -f ${controller.logPath}`, '');
  await world.controlPlane.apply(await exampleFiles());
  const story = beginStory({ world, controller, screen }, signal);
  const { last, wrong } = await story.toItsEnd(limitMs);
  screen.show([]);
  const isGood = wrong.length === 0;
  screen.say('', `After ${last.seconds} s ${isGood ? 'each tenant is' : 'not every tenant is'} where it should be:`, '', ...tableOf(last), ...castLines(last.tenants));
  screen.say(...callLines(world, last.tenants));
  const [slow] = last.tenants.filter((tenant) => keyOf(tenant) === 'bakery/orders');
  if (slow) screen.say(...(await eventLines(world, slow)));
  if (keep) screen.say('', 'It goes on running, customers included, until Ctrl-C. Try:', ...commandLines(kubeconfig, controller.logPath), '');
  else screen.say('', 'To look around in it, and to mend what was refused: npm run demo -- --keep');
  if (!isGood) console.error(`\ndemo: not as expected: ${wrong.join('; ')}`);
  return { code: isGood ? 0 : 1, story };
};

/** Starts the world, and ends it whatever happens in it. Resolves with the exit code. */
const inWorld = async (evening: Evening): Promise<number> => {
  const { screen, keep, signal } = evening;
  const world = await startEmbeddedWorld({ seed: 1, knobs: hurry });
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
  await controlPlaneBinaries((line) => {
    if (screen.isLive) screen.show([line]);
    else screen.say(line);
  });
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
