import { describe, expect, test } from 'vitest';
import { type FaultPlan, idOf, planFrom, plansOf } from './plan.ts';
import { type Run, runWorkload } from './run.ts';
import { type Workload, workloads } from './workloads.ts';

const seed = 1;
const only = process.env['FAULT_PLAN'];

const judge = (reference: Run, run: Run): readonly string[] => [
  ...run.wrongs,
  ...(JSON.stringify(run.end) === JSON.stringify(reference.end) ? [] : [`ended otherwise than without the fault: ${JSON.stringify(run.end)} instead of ${JSON.stringify(reference.end)}`]),
];

const report = (plan: FaultPlan, call: string | undefined, wrongs: readonly string[]): string =>
  [`${idOf(plan)} (${call ?? 'no such call'}): ${wrongs.join('; ')}`, `  again: FAULT_PLAN=${idOf(plan)} npx vitest run test/faults`].join('\n');

const sweep = async (workload: Workload): Promise<{ readonly plans: number; readonly bad: readonly string[] }> => {
  const reference = await runWorkload(workload, seed);
  expect(reference.wrongs).toEqual([]);
  const plans = plansOf(workload.name, seed, reference.calls);
  const bad: string[] = [];
  for (const plan of plans) {
    const wrongs = judge(reference, await runWorkload(workload, seed, plan));
    if (wrongs.length > 0) bad.push(report(plan, reference.calls[plan.at]?.about, wrongs));
  }
  return { plans: plans.length, bad };
};

describe.runIf(only === undefined)('whatever goes wrong once', () => {
  test.each(workloads.map((workload) => [workload.name, workload] as const))('%s comes to the same end, without duplicates, orphans or interruption', { timeout: 600_000 }, async (name, workload) => {
    const { plans, bad } = await sweep(workload);
    process.stdout.write(`${name}: ${plans} fault plans, ${bad.length} bad\n`);
    expect(bad).toEqual([]);
  });
});

describe.runIf(only !== undefined)('the plan in FAULT_PLAN', () => {
  test('comes to the same end', async () => {
    const plan = planFrom(only ?? '');
    const workload = workloads.find(({ name }) => name === plan.workload);
    if (workload === undefined) throw new Error(`find workload "${plan.workload}": it is none of ${workloads.map(({ name }) => name).join(', ')}`);
    const reference = await runWorkload(workload, plan.seed);
    expect(judge(reference, await runWorkload(workload, plan.seed, plan))).toEqual([]);
  });
});
