import { tagKeys } from '../../reconcilers/aws/mark.ts';
import type { OutsideCall } from '../environment/in-process/process.ts';
import { RulesGuard } from '../environment/in-process/rules-guard.ts';
import type { World } from '../environment/in-process/world.ts';
import { injector } from './inject.ts';
import type { FaultPlan } from './plan.ts';
import { endState, settledWrites } from './oracles.ts';
import { type Workload, worldFor } from './workload.ts';

/** What a run ended with: the calls from the act on, what was found wrong, the end state to compare. */
export type Run = { readonly calls: readonly OutsideCall[]; readonly wrongs: readonly string[]; readonly end: unknown };

/** The longest way back is that of a blocked call: 10 minutes a look, then AWS's own times, and 20 minutes until all is seen gone. */
const limitMs = 3 * 3_600_000;

/** Goes on for one poll of AWS's lists, so that what comes late is seen. Its own calls are no boundaries: their times shift with the fault. */
const afterwardsMs = 15 * 60_000;

const livingCertificates = (world: World): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>();
  for (const { status, tags } of world.simulator.inspect.certificates()) {
    const owner = tags[tagKeys.owner] ?? 'nobody';
    if (status === 'ISSUED' || status === 'PENDING_VALIDATION') counts.set(owner, (counts.get(owner) ?? 0) + 1);
  }
  return counts;
};

/** At each change in AWS, somebody's or its own: everybody is served, with the rules of their tier, and nothing is there twice. Returns the last look. */
const watchServing = (world: World, workload: Workload, wrongs: string[]): (() => void) => {
  const { simulator } = world;
  const guard = new RulesGuard(world);
  const look = (when: string, unguarded = guard.look()): void => {
    for (const domain of workload.stays) {
      const answer = simulator.serves(domain);
      if (!answer.served) wrongs.push(`${domain} was not served ${when}: ${answer.why}`);
    }
    wrongs.push(...unguarded.map((wrong) => `${when}: ${wrong}`));
    const tenants = simulator.inspect.tenants().length;
    if (tenants > workload.tenants) wrongs.push(`${tenants} tenants ${when}`);
    for (const [owner, count] of livingCertificates(world)) if (count > 2) wrongs.push(`${count} certificates of ${owner} ${when}`);
  };
  simulator.onMutation(({ operation }) => look(`after ${operation}`));
  simulator.onEvent(() => look('when AWS had done something by itself'));
  return () => look('in the end', guard.lookAtRest());
};

/** Runs a workload, with one thing going wrong where a plan says so, until it has settled; then asks again ten times. */
export const runWorkload = async (workload: Workload, circumstances: Pick<FaultPlan, 'seed' | 'weather'>, plan?: FaultPlan): Promise<Run> => {
  const world = worldFor(workload, circumstances);
  const { tap, calls, arm, disarm } = injector(world, plan);
  const wrongs: string[] = [];
  world.start(tap);
  await world.until('the workload can begin', () => workload.isGiven(world));
  const lookAtRest = watchServing(world, workload, wrongs);
  arm();
  workload.act(world);
  try {
    await world.until('it has settled', () => workload.isDone(world), limitMs);
    await world.run(60_000);
    disarm();
    await world.run(afterwardsMs);
    if (plan !== undefined && calls.length <= plan.at) wrongs.push('the planned call was never made');
    if (!workload.isDone(world)) wrongs.push('it did not stay settled');
    lookAtRest();
    wrongs.push(...(await settledWrites(world)));
  } catch (error) {
    wrongs.push(error instanceof Error ? error.message : String(error));
  }
  const run = { calls: [...calls], wrongs, end: endState(world) };
  world.kill();
  return run;
};
