import { describe, expect, test } from 'vitest';
import type { Aws } from '../../../reconcilers/ports/aws.ts';
import { createBudget } from '../../../src/aws/budget.ts';
import { Stopped } from '../../../src/runtime/stopped.ts';
import { createVirtualClock } from '../../virtual-clock.ts';

const never = new AbortController().signal;

/** Asks for turns and notes when each came, in milliseconds from the start. */
const setUp = (rates: Parameters<typeof createBudget>[0]['rates'] = {}) => {
  const clock = createVirtualClock();
  const startMs = clock.now().getTime();
  const budget = createBudget({ clock, rates });
  const turns: { readonly name: string; readonly atMs: number }[] = [];
  const ask = async (name: keyof Aws, signal = never): Promise<void> => {
    await budget.turn(name, signal);
    turns.push({ name, atMs: clock.now().getTime() - startMs });
  };
  const times = (name: keyof Aws): readonly number[] => turns.flatMap((turn) => (turn.name === name ? [turn.atMs] : []));
  return { clock, budget, ask, turns, times };
};

const many = (count: number, ask: () => Promise<void>): void => {
  for (let index = 0; index < count; index++) void ask();
};

describe('a class of calls', () => {
  test('is spaced by its rate', async () => {
    const { clock, ask, times } = setUp({ 'cloudfront.mutate': 2 });
    many(4, () => ask('createDistributionTenant'));
    await clock.runUntilIdle();
    expect(times('createDistributionTenant')).toEqual([0, 500, 1000, 1500]);
  });

  test('may make half a second of calls at once after a pause, and never more in a second than its rate and those', async () => {
    const { clock, ask, times } = setUp({ 'acm.DescribeCertificate': 10 });
    many(100, () => ask('describeCertificate'));
    await clock.runUntilIdle();
    const at = times('describeCertificate');
    expect(at.filter((ms) => ms === 0)).toHaveLength(5);
    for (const from of at) expect(at.filter((ms) => ms >= from && ms < from + 1000).length).toBeLessThanOrEqual(15);
    expect(at.at(-1)).toBeLessThanOrEqual(9_600);
  });

  test('waits for no other class', async () => {
    const { clock, ask, times } = setUp();
    many(10, () => ask('createDistributionTenant'));
    void ask('requestCertificate');
    void ask('getDistributionTenant');
    await clock.advance(0);
    expect([times('requestCertificate'), times('getDistributionTenant')]).toEqual([[0], [0]]);
    await clock.runUntilIdle();
  });

  test('lets those go first whose answer many wait for', async () => {
    const { clock, ask, turns } = setUp({ 'cloudfront.read': 1 });
    many(3, () => ask('getDistributionTenant'));
    void ask('listDistributionTenants');
    await clock.runUntilIdle();
    expect(turns.map(({ name }) => name)).toEqual(['getDistributionTenant', 'listDistributionTenants', 'getDistributionTenant', 'getDistributionTenant']);
  });
});

describe('throttling', () => {
  test('halves the rate of the class, which comes back within 30 seconds', async () => {
    const { clock, budget, ask, times } = setUp({ 'cloudfront.mutate': 1 });
    many(100, () => ask('createDistributionTenant'));
    await clock.advance(0);
    budget.slowDown('createDistributionTenant', clock.now());
    await clock.runUntilIdle();
    const gaps = times('createDistributionTenant').map((ms, index, all) => ms - (all[index - 1] ?? 0));
    expect(gaps[1]).toBe(2000);
    expect(gaps.slice(2)).toEqual(gaps.slice(2).toSorted((a, b) => b - a));
    expect(times('createDistributionTenant').filter((ms) => ms <= 30_000).length).toBeGreaterThan(20);
    expect(gaps.at(-1)).toBe(1000);
  });

  test('counts once for all the calls that were under way', async () => {
    const { clock, budget, ask, times } = setUp({ 'cloudfront.mutate': 1 });
    const sentAt = clock.now();
    await clock.advance(100);
    for (let answer = 0; answer < 20; answer++) budget.slowDown('createDistributionTenant', sentAt);
    many(2, () => ask('createDistributionTenant'));
    await clock.runUntilIdle();
    expect(times('createDistributionTenant')[0]).toBe(2100);
  });

  test('that goes on leaves a call every 32 spacings', async () => {
    const { clock, budget, ask, times } = setUp({ 'cloudfront.mutate': 1 });
    for (let round = 0; round < 20; round++) budget.slowDown('createDistributionTenant', clock.now());
    void ask('createDistributionTenant');
    await clock.runUntilIdle();
    expect(times('createDistributionTenant')).toEqual([32_000]);
  });
});

describe('who gives up', () => {
  test('gets the reason of the abort, uses no turn and leaves no timer', async () => {
    const { clock, ask, times } = setUp({ 'cloudfront.mutate': 1 });
    const stop = new AbortController();
    await ask('createDistributionTenant');
    const [head, waiting] = [ask('createDistributionTenant', stop.signal), ask('createDistributionTenant', stop.signal)];
    head?.catch(() => undefined);
    waiting?.catch(() => undefined);
    const staying = ask('createDistributionTenant');
    await clock.advance(500);
    stop.abort(new Error('shutting down'));
    await expect(head).rejects.toThrow('shutting down');
    await expect(waiting).rejects.toThrow('shutting down');
    await clock.advance(500);
    await staying;
    expect(times('createDistributionTenant')).toEqual([0, 1000]);
    expect(clock.pending()).toBe(0);
  });

  test('before asking is refused at once', async () => {
    const { budget } = setUp();
    await expect(budget.turn('createDistributionTenant', AbortSignal.abort(new Error('over')))).rejects.toThrow('over');
  });
});

test('a closed budget lets nobody wait, and gives no turn', async () => {
  const { clock, budget, ask } = setUp({ 'cloudfront.mutate': 1 });
  await ask('createDistributionTenant');
  const waiting = [ask('createDistributionTenant'), ask('createDistributionTenant')];
  budget.close();
  const late = ask('describeCertificate');
  await expect(Promise.allSettled([...waiting, late])).resolves.toEqual(Array.from({ length: 3 }, () => ({ status: 'rejected', reason: new Stopped('send a call: the process is ending') })));
  expect(clock.pending()).toBe(0);
});
