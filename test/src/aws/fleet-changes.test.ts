import { describe, expect, test } from 'vitest';
import { anyTime, fresh, landed, listed, now, setUp } from './fleet-world.ts';

describe('our own answers', () => {
  test('are not undone by a list that began before them and landed after', async () => {
    const world = await listed();
    world.account.latencyMs = 1_000;
    const known = await world.fleet.tenants.get('a', fresh(anyTime));
    const all = world.fleet.tenants.where('certificate', 'x', now(world));
    // Both pages are on their way or read: what they say of "a" and "d" is old.
    await world.clock.advance(25);
    if (known !== undefined) world.fleet.tenants.put({ ...known, etag: 'E9' });
    world.fleet.tenants.drop('d');
    await landed(world, all);
    expect((await world.fleet.tenants.get('a', fresh(anyTime)))?.etag).toBe('E9');
    expect(await world.fleet.tenants.get('d', fresh(anyTime))).toBeUndefined();
  });

  test('are replaced by the next list', async () => {
    const world = await listed();
    world.fleet.tenants.drop('d');
    await world.clock.advance(1);
    await landed(world, world.fleet.tenants.where('certificate', 'x', now(world)));
    expect((await world.fleet.tenants.get('d', fresh(anyTime)))?.name).toBe('d');
  });

  test('are new enough for who asks from then on', async () => {
    const world = await listed();
    await world.clock.advance(5_000);
    const wrote = world.clock.now();
    world.fleet.tenants.drop('a');
    await expect(world.fleet.tenants.get('a', fresh(wrote))).resolves.toBeUndefined();
    expect(world.names()).toEqual([]);
  });

  test('are told to nobody: who puts them knows them', async () => {
    const world = await listed();
    const known = await world.fleet.tenants.get('a', fresh(anyTime));
    if (known === undefined) throw new Error('the tenant is listed');
    world.fleet.tenants.put({ ...known, enabled: false });
    world.fleet.tenants.drop('d');
    expect(world.changes).toEqual([]);
  });
});

describe('changes', () => {
  test('are what a list shows otherwise than before; what the first list brings is none', async () => {
    const world = await listed();
    expect(world.changes).toEqual([]);
    world.account.tenants.delete('a');
    world.account.tenants.set('b', { etag: 'E2', enabled: true });
    world.account.tenants.set('e', { etag: 'E1', enabled: true });
    await landed(world, world.fleet.tenants.where('certificate', 'x', now(world)));
    expect(world.changes.map(({ before, after }) => [before && 'name' in before ? before.name : undefined, after && 'etag' in after ? `${after.name} ${after.etag}` : undefined])).toEqual([
      ['a', undefined], ['b', 'b E2'], [undefined, 'e E1'],
    ]);
  });

  test('are told by the first list too where something else was known', async () => {
    const world = setUp({ tenants: ['a'] });
    world.fleet.tenants.drop('a');
    await world.clock.advance(1);
    await landed(world, world.fleet.tenants.where('certificate', 'x', fresh(anyTime)));
    expect(world.changes.map(({ source, after }) => [source, after !== undefined])).toEqual([['tenants', true]]);
  });
});
