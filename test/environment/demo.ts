/**
 * The whole product on this machine: `npm run demo`. A real API server, a simulated AWS account, DNS on loopback, the controller, six customers.
 *
 *   build what is missing ─ start the world ─ make what the tiers name in AWS ─ apply examples/ ─ play the customers ─ tell how it ended
 *
 * Exit code 0: all six tenants ended as they should. 1: one did not, or something failed. 2: wrong usage. 130: ended by Ctrl-C before that.
 */
import { parseArgs } from 'node:util';
import type { Knobs } from './aws/knobs.ts';
import { controlPlaneBinaries } from './control-plane/binaries.ts';
import { provideAccount } from './demo/account.ts';
import { tableOf } from './demo/audience.ts';
import { callLines, castLines, commandLines, eventLines } from './demo/epilogue.ts';
import { exampleFiles, exampleManifests, tierOrdersIn } from './demo/examples.ts';
import { createScreen, type Screen } from './demo/screen.ts';
import { beginStory, type Story } from './demo/story.ts';
import { type EmbeddedWorld, startEmbeddedWorld } from './embedded.ts';

const usage = 'usage: npm run demo [-- --keep]\n  --keep  leave it running in the end, until Ctrl-C';
const limitMs = 5 * 60_000;
const seconds = 1_000;

/** AWS in a hurry: minutes would be nearer to the truth, and longer than anybody watches. */
const hurry: Partial<Knobs> = {
  tenantDeployMs: [5 * seconds, 10 * seconds],
  validationRecordMs: [3 * seconds, 6 * seconds],
  dnsValidationMs: [10 * seconds, 15 * seconds],
  dnsCheckIntervalMs: 5 * seconds,
};

type Evening = { readonly screen: Screen; readonly keep: boolean; readonly signal: AbortSignal };

/** Plays it in a world that is there. Resolves with how to go on where it is to be kept; rejects when a tenant is not where it should be. */
const perform = async (world: EmbeddedWorld, { screen, keep, signal }: Evening): Promise<Story | undefined> => {
  provideAccount(world.simulator.operator, tierOrdersIn(await exampleManifests()));
  const controller = await world.startController();
  const { adminKubeconfigPath: kubeconfig } = world.controlPlane;
  screen.say('', 'While it runs, in another terminal:', `  kubectl --kubeconfig=${kubeconfig} get td -A -w`, `  tail -f ${controller.logPath}`, '');
  await world.controlPlane.apply(await exampleFiles());
  const story = beginStory({ world, controller, screen }, signal);
  const { last, wrong } = await story.toItsEnd(limitMs);
  screen.show([]);
  if (wrong.length > 0) throw new Error(`after ${last.seconds} s not every tenant is where it should be: ${wrong.join('; ')}`);
  screen.say('', `After ${last.seconds} s each tenant is where it should be:`, '', ...tableOf(last), ...castLines(last.tenants));
  screen.say(...callLines(world, last.tenants), ...(await eventLines(world, 'bakery/orders')));
  if (keep) screen.say('', 'It goes on running, customers included, until Ctrl-C. Try:', ...commandLines(kubeconfig, controller.logPath), '');
  else screen.say('', 'To look around in it, and to mend what was refused: npm run demo -- --keep');
  return keep ? story : undefined;
};

/** Resolves with the exit code. Whatever was started has ended then. */
const demonstrate = async ({ screen, keep, signal }: Evening): Promise<number> => {
  const progress = (line: string): void => screen.say(line);
  // Minutes on a new machine, and nothing to clean up: whoever interrupts this does not wait. What was half built is built anew next time.
  const interrupted = new Promise<'interrupted'>((resolve) => signal.addEventListener('abort', () => resolve('interrupted'), { once: true }));
  if ((await Promise.race([controlPlaneBinaries(progress), interrupted])) === 'interrupted') process.exit(130);
  screen.say('Starting etcd, kube-apiserver and kube-controller-manager, a simulated AWS account and DNS, all on loopback');
  const world = await startEmbeddedWorld({ seed: 1, knobs: hurry, progress });
  let isOver = false;
  try {
    const story = await perform(world, { screen, keep, signal });
    isOver = true;
    await story?.afterwards();
    return 0;
  } catch (error) {
    if (!signal.aborted) throw error;
    return isOver ? 0 : 130;
  } finally {
    screen.show([]);
    screen.say('Stopping');
    await world.stop();
  }
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
