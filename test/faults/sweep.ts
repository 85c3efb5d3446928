import { describe, expect, test } from 'vitest';
import { idOf, planFrom, plansOf } from './plan.ts';
import { type Run, runWorkload } from './run.ts';
import type { Weather, Workload } from './workload.ts';

const only = process.env['FAULT_PLAN'];

const report = (id: string, call: string | undefined, wrongs: readonly string[]): string =>
  [`${id} (${call ?? 'no fault'}): ${wrongs.join('; ')}`, `  again: FAULT_PLAN=${id} npx vitest run test/faults`].join('\n');

const differs = (reference: Run, run: Run): readonly string[] =>
  JSON.stringify(run.end) === JSON.stringify(reference.end) ? [] : [`ended otherwise than in calm weather without a fault: ${JSON.stringify(run.end)} instead of ${JSON.stringify(reference.end)}`];

const judge = (reference: Run, run: Run): readonly string[] => [...run.wrongs, ...differs(reference, run)];

type Sweep = { plans: number; readonly bad: string[] };

const sweep = async (workload: Workload, world: { readonly weather: Weather; readonly seed: number }, reference: Run, into: Sweep): Promise<void> => {
  const unfaulted = await runWorkload(workload, world);
  into.plans++;
  const wrongs = judge(reference, unfaulted);
  if (wrongs.length > 0) into.bad.push(report(`${workload.name}/${world.weather}/${world.seed}/-1/crash-before`, undefined, wrongs));
  if (world.weather === 'hostile' && world.seed > workload.hostile.faulted) return;
  for (const plan of plansOf({ workload: workload.name, ...world }, unfaulted.calls)) {
    into.plans++;
    const found = judge(reference, await runWorkload(workload, world, plan));
    if (found.length > 0) into.bad.push(report(idOf(plan), unfaulted.calls[plan.at]?.about, found));
  }
};

/**
 * A test for each workload: what goes wrong once, at each of its calls, comes to the same end. With FAULT_PLAN, a test of the plan that it
 * names, alone. Workloads are in several files, so that several run at once.
 */
export const sweepAll = (workloads: readonly Workload[]): void => {
  describe.runIf(only === undefined)('whatever goes wrong once', () => {
    test.each(workloads.map((workload) => [workload.name, workload] as const))('%s comes to the same end, without duplicates, orphans or interruption', { timeout: 600_000 }, async (name, workload) => {
      const into: Sweep = { plans: 0, bad: [] };
      const reference = await runWorkload(workload, { weather: 'calm', seed: 1 });
      await sweep(workload, { weather: 'calm', seed: 1 }, reference, into);
      for (let seed = 1; seed <= workload.hostile.seeds; seed++) await sweep(workload, { weather: 'hostile', seed }, reference, into);
      process.stdout.write(`${name}: ${into.plans} fault plans, ${into.bad.length} bad\n`);
      expect(into.bad).toEqual([]);
    });
  });

  describe.runIf(only !== undefined && workloads.some(({ name }) => name === planFrom(only).workload))('the plan in FAULT_PLAN', () => {
    test('comes to the same end', async () => {
      const plan = planFrom(only ?? '');
      const workload = workloads.find(({ name }) => name === plan.workload);
      if (workload === undefined) throw new Error(`find workload "${plan.workload}": it is none of ${workloads.map(({ name }) => name).join(', ')}`);
      const reference = await runWorkload(workload, { weather: 'calm', seed: 1 });
      expect(judge(reference, await runWorkload(workload, plan, plan.at < 0 ? undefined : plan))).toEqual([]);
    });
  });
};
