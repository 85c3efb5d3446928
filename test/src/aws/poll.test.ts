import { describe, expect, test } from 'vitest';
import { failing } from './account.ts';
import { anyTime, fresh, landed, listed, now, setUp, type World } from './fleet-world.ts';

const run = (world: World): AbortController => {
  const stop = new AbortController();
  void world.run(stop.signal);
  return stop;
};

describe('the poll', () => {
  test('sees a change within the poll time, and reads nothing that nobody asked for', async () => {
    const world = await listed({ pollMs: 600_000 });
    const stop = run(world);
    world.account.tenants.set('a', { etag: 'E2', enabled: false });
    await world.clock.advance(600_100);
    expect(world.changes.map(({ source }) => source)).toEqual(['tenants']);
    expect(new Set(world.names())).toEqual(new Set(['listDistributionTenants']));
    stop.abort();
    await world.clock.settle();
    expect(world.clock.pending()).toBe(0);
  });

  test('is put off by a list made for another reason', async () => {
    const world = await listed({ pollMs: 600_000 });
    const stop = run(world);
    await world.clock.advance(300_000);
    await landed(world, world.fleet.tenants.where('certificate', 'x', now(world)));
    await world.clock.advance(400_000);
    expect(world.names()).toHaveLength(2);
    await world.clock.advance(101_000);
    expect(world.names()).toHaveLength(4);
    stop.abort();
  });

  test('that fails shows in the time that those who ask have had no newer list', async () => {
    const world = setUp({ pollMs: 600_000, tenants: ['a'] });
    const stop = run(world);
    const age = (source: string): number | undefined => {
      const since = world.lists.find((list) => list.source === source)?.staleSince();
      return since && world.clock.now().getTime() - since.getTime();
    };
    const before = age('tenants');
    await landed(world, world.fleet.tenants.get('a', fresh(anyTime)));
    const read = age('tenants');
    for (let count = 0; count < 60; count++) world.account.failures.push({ name: 'listDistributionTenants', failure: failing('AccessDenied') });
    await world.clock.advance(1_800_000);
    // The read began when those who asked together were gathered, and 100 seconds are passed for it to land.
    expect({ before, read, failing: age('tenants'), others: age('webAcls') }).toEqual({ before: undefined, read: 99_980, failing: 1_899_980, others: undefined });
    await world.clock.advance(13 * 3_600_000);
    expect(age('tenants')).toBeUndefined();
    stop.abort();
  });

  test('is tried again after a minute where it failed', async () => {
    const world = await listed({ pollMs: 600_000 });
    const stop = run(world);
    world.account.failures.push({ name: 'listDistributionTenants', failure: failing('AccessDenied') });
    await world.clock.advance(600_100);
    world.account.tenants.delete('a');
    await world.clock.advance(60_100);
    expect(world.changes).toHaveLength(1);
    stop.abort();
  });

  test('reads the distributions that were asked for, each by itself', async () => {
    const world = setUp({ pollMs: 600_000 });
    world.account.distributions.set('E1', { enabled: true });
    const stop = run(world);
    const found = await landed(world, Promise.all([1, 2, 3].map(() => world.fleet.blueprints.get('E1', fresh(anyTime)))));
    expect(found.map((blueprint) => blueprint?.tenantOnly)).toEqual([true, true, true]);
    expect(world.names()).toEqual(['getDistribution']);
    world.account.distributions.set('E1', { enabled: false });
    await world.clock.advance(600_000);
    expect(world.changes).toMatchObject([{ source: 'blueprints', after: { enabled: true } }, { before: { enabled: true }, after: { enabled: false } }]);
    stop.abort();
  });

  test.each([
    { name: '12 hours, at least', resyncMs: 600_000, hours: 12 },
    { name: 'the time of a resync and a fifth', resyncMs: 168 * 3_600_000, hours: 201.6 },
  ])('goes on for $name, after somebody asked last', async ({ resyncMs, hours }) => {
    const world = setUp({ pollMs: 3_600_000, resyncMs });
    const stop = run(world);
    await landed(world, world.fleet.blueprints.get('E1', fresh(anyTime)));
    const asked = async (): Promise<boolean> => {
      world.account.made.length = 0;
      await world.clock.advance(3_600_000);
      return world.names().length > 0;
    };
    await world.clock.advance((hours - 2) * 3_600_000);
    const before = await asked();
    await world.clock.advance(2 * 3_600_000);
    expect({ before, after: await asked() }).toEqual({ before: true, after: false });
    stop.abort();
  });
});
