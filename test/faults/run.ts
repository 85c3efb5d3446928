import type { OutsideCall } from '../environment/in-process/process.ts';
import type { World } from '../environment/in-process/world.ts';
import { injector } from './inject.ts';
import type { FaultPlan } from './plan.ts';
import { endState, settledWrites } from './oracles.ts';
import { prepare, type Workload, worldFor } from './workloads.ts';

/** What a run ended with: the calls from the act on, what was found wrong, the end state to compare. */
export type Run = { readonly calls: readonly OutsideCall[]; readonly wrongs: readonly string[]; readonly end: unknown };

/** The longest way back is that of a blocked call: 10 minutes a look, then AWS's own times, and 20 minutes until all is seen gone. */
const limitMs = 3 * 3_600_000;

/** Goes on for one poll of AWS's lists, so that what comes late is seen. Its own calls are no boundaries: their times shift with the fault. */
const afterwardsMs = 15 * 60_000;

const watchServing = (world: World, workload: Workload, wrongs: string[]): void => {
  world.simulator.onMutation((entry) => {
    for (const domain of workload.stays) {
      const answer = world.simulator.serves(domain);
      if (!answer.served) wrongs.push(`${domain} was not served after ${entry.operation}: ${answer.why}`);
    }
    const tenants = world.simulator.inspect.tenants().length;
    const certificates = world.simulator.inspect.certificates().filter(({ status }) => status === 'ISSUED' || status === 'PENDING_VALIDATION').length;
    if (tenants > 1) wrongs.push(`${tenants} tenants after ${entry.operation}`);
    if (certificates > 2) wrongs.push(`${certificates} certificates after ${entry.operation}`);
  });
};

/** Runs a workload, with one thing going wrong where a plan says so, until it has settled; then asks again ten times. */
export const runWorkload = async (workload: Workload, { seed, weather }: Pick<FaultPlan, 'seed' | 'weather'>, plan?: FaultPlan): Promise<Run> => {
  const world = worldFor(seed, weather);
  const { tap, calls, arm, disarm } = injector(world, plan);
  const wrongs: string[] = [];
  world.start(tap);
  await prepare(world, workload);
  watchServing(world, workload, wrongs);
  arm();
  workload.act(world);
  try {
    await world.until('it has settled', () => workload.isDone(world), limitMs);
    await world.run(60_000);
    disarm();
    await world.run(afterwardsMs);
    if (plan !== undefined && calls.length <= plan.at) wrongs.push('the planned call was never made');
    if (!workload.isDone(world)) wrongs.push('it did not stay settled');
    wrongs.push(...(await settledWrites(world)));
  } catch (error) {
    wrongs.push(error instanceof Error ? error.message : String(error));
  }
  const run = { calls: [...calls], wrongs, end: endState(world) };
  world.kill();
  return run;
};
