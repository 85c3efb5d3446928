import { describe, expect, test } from 'vitest';
import { failing } from './account.ts';
import { anyTime, fresh, landed, listed, now, setUp } from './fleet-world.ts';

describe('who asks together', () => {
  test('shares one list while nothing is known', async () => {
    const world = setUp({ tenants: ['a', 'b', 'c'] });
    const asked = ['a', 'b', 'c', 'd'].map((name) => world.fleet.tenants.get(name, fresh(anyTime)));
    const found = await landed(world, Promise.all(asked));
    expect(found.map((tenant) => tenant?.name)).toEqual(['a', 'b', 'c', undefined]);
    expect(world.names()).toEqual(['listDistributionTenants', 'listDistributionTenants']);
  });

  test.each([
    { name: 'one Get where that is cheaper than the pages', ask: ['a'], want: ['getDistributionTenant'] },
    { name: 'one Get for many who ask for the same', ask: ['a', 'a', 'a'], want: ['getDistributionTenant'] },
    { name: 'the pages where the Gets would not be cheaper', ask: ['a', 'b'], want: ['listDistributionTenants', 'listDistributionTenants'] },
  ])('costs $name', async ({ ask, want }) => {
    const world = await listed();
    await landed(world, Promise.all(ask.map((name) => world.fleet.tenants.get(name, now(world)))));
    expect(world.names()).toEqual(want);
  });

  test('is answered from memory where that is new enough', async () => {
    const world = await listed();
    await expect(world.fleet.tenants.get('a', fresh(anyTime))).resolves.toMatchObject({ name: 'a' });
    await expect(world.fleet.tenants.get('x', fresh(anyTime))).resolves.toBeUndefined();
    expect(world.names()).toEqual([]);
  });

  test('joins a read under way only if that began late enough', async () => {
    const world = await listed();
    world.account.latencyMs = 1_000;
    const first = world.fleet.tenants.where('certificate', 'none', now(world));
    await world.clock.advance(500);
    const joining = world.fleet.tenants.where('certificate', 'none', fresh(new Date(world.clock.now().getTime() - 490)));
    const later = world.fleet.tenants.where('certificate', 'none', now(world));
    await landed(world, Promise.all([first, joining, later]));
    const began = world.account.made.map(({ atMs }) => atMs - (world.account.made[0]?.atMs ?? 0));
    expect(began).toEqual([0, 1_000, 2_000, 3_000]);
  });

  test('with a clock ahead of ours is answered by a read that begins now', async () => {
    const world = await listed();
    await landed(world, world.fleet.tenants.get('a', fresh(new Date(world.clock.now().getTime() + 3_600_000))));
    expect(world.names()).toEqual(['getDistributionTenant']);
  });
});

describe('who leaves', () => {
  test('gets the reason of the abort, and those who stay get their answer', async () => {
    const world = await listed();
    const leaving = new AbortController();
    const left = world.fleet.tenants.get('a', fresh(world.clock.now(), leaving.signal));
    const stayed = world.fleet.tenants.get('a', now(world));
    left.catch(() => undefined);
    await world.clock.advance(25);
    leaving.abort(new Error('shutting down'));
    await expect(left).rejects.toThrow('shutting down');
    expect((await landed(world, stayed))?.name).toBe('a');
    expect(world.names()).toEqual(['getDistributionTenant']);
  });

  test('last ends the read, and whoever comes then gets one of their own', async () => {
    const world = await listed();
    world.account.latencyMs = 60_000;
    const leaving = new AbortController();
    world.fleet.tenants.where('certificate', 'x', fresh(world.clock.now(), leaving.signal)).catch(() => undefined);
    await world.clock.advance(100);
    leaving.abort();
    await world.clock.settle();
    const next = world.fleet.tenants.where('certificate', 'x', fresh(new Date(world.clock.now().getTime() - 90)));
    world.account.latencyMs = 10;
    expect(await landed(world, next)).toEqual([]);
    expect(world.names()).toHaveLength(3);
    expect(world.clock.pending()).toBe(0);
  });

  test('before the read began causes none', async () => {
    const world = await listed();
    const leaving = new AbortController();
    world.fleet.tenants.get('a', fresh(world.clock.now(), leaving.signal)).catch(() => undefined);
    leaving.abort();
    await world.clock.advance(1_000);
    expect(world.names()).toEqual([]);
  });
});

describe('a list that fails part-way', () => {
  test('changes nothing and rejects those who wait, with the failure', async () => {
    const world = await listed();
    world.account.tenants.delete('a');
    const later = world.fleet.tenants.where('certificate', 'x', now(world));
    later.catch(() => undefined);
    await world.clock.advance(25);
    world.account.failures.push({ name: 'listDistributionTenants', failure: failing('AccessDenied') });
    await expect(landed(world, later)).rejects.toMatchObject({ code: 'AccessDenied' });
    await expect(world.fleet.tenants.get('a', fresh(anyTime))).resolves.toMatchObject({ name: 'a' });
    expect(world.changes).toEqual([]);
  });

  test.each(['throttled', 'transient'] as const)('asks for a page again that was %s, and not for those before it', async (kind) => {
    const world = await listed();
    const all = world.fleet.tenants.where('certificate', 'x', now(world));
    await world.clock.advance(25);
    world.account.failures.push({ name: 'listDistributionTenants', failure: failing('Throttling', kind) });
    await landed(world, all);
    expect(world.account.made.map(({ input }) => input)).toEqual([{ MaxItems: 100 }, { MaxItems: 100, Marker: '2' }, { MaxItems: 100, Marker: '2' }]);
  });

  test('a Get that fails rejects, and is not "not there"', async () => {
    const world = await listed();
    world.account.failures.push({ name: 'getDistributionTenant', failure: failing('InternalFailure', 'transient') });
    await expect(landed(world, world.fleet.tenants.get('a', now(world)))).rejects.toMatchObject({ code: 'InternalFailure' });
    await expect(world.fleet.tenants.get('a', fresh(anyTime))).resolves.toMatchObject({ name: 'a' });
  });
});
