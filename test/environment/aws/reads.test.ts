import { describe, expect, test } from 'vitest';
import type { Knobs } from './knobs.ts';
import { at, createTenantWorld, current, each } from './hand-world.ts';

describe('stale reads', () => {
  test('a create, an update and a delete are each seen late, by so many reads and not after the time', async () => {
    const { aws, pass, create, outcome } = createTenantWorld({ knobs: { staleReads: [1, 1], deletedVisibleMs: [5_000, 5_000] } });
    const get = () => outcome('cloudfront', 'GetDistributionTenant', { Identifier: 'abc' });
    await create('abc');
    expect([await get(), await get()]).toEqual(['EntityNotFound', 'ok']);
    await aws.call('cloudfront', 'UpdateDistributionTenant', { ...current(aws, 'abc'), Enabled: false });
    const enabled = async () => at(await aws.call('cloudfront', 'GetDistributionTenant', { Identifier: 'abc' }), 'DistributionTenant.Enabled');
    expect([await enabled(), await enabled()]).toEqual([true, false]);
    await aws.call('cloudfront', 'DeleteDistributionTenant', current(aws, 'abc'));
    expect(await get()).toBe('ok');
    await pass(5);
    expect(await get()).toBe('EntityNotFound');
  });

  test('no read is staler than the knob', async () => {
    const { pass, create, outcome } = createTenantWorld({ knobs: { staleReads: [9, 9], staleForMs: 2_000 } });
    await create('abc');
    await pass(2);
    expect(await outcome('cloudfront', 'GetDistributionTenant', { Identifier: 'abc' })).toBe('ok');
  });

  test('a write is never decided by what readers see', async () => {
    const { create, outcome, tenant } = createTenantWorld({ knobs: { staleReads: [9, 9] } });
    await create('abc');
    expect(await outcome('cloudfront', 'CreateDistributionTenant', tenant('abc'))).toBe('EntityAlreadyExists');
  });
});

const walk = async (world: ReturnType<typeof createTenantWorld>, between: () => unknown = () => undefined) => {
  const pages: (readonly unknown[])[] = [];
  let marker: unknown;
  do {
    const page = await world.aws.call('cloudfront', 'ListDistributionTenants', { MaxItems: 2, ...(marker !== undefined && { Marker: marker }) });
    pages.push(each(page, 'DistributionTenantList', 'Name'));
    marker = page['NextMarker'];
    await between();
  } while (marker !== undefined);
  return pages;
};

const five = async (knobs: Partial<Knobs> = {}) => {
  const world = createTenantWorld({ knobs });
  for (const name of ['aaa', 'bbb', 'ccc', 'ddd', 'eee']) await world.create(name);
  return world;
};

describe('pages', () => {
  test('hold what was asked, and the last has no marker', async () => {
    expect(await walk(await five())).toEqual([['aaa', 'bbb'], ['ccc', 'ddd'], ['eee']]);
  });

  test('never hold more than the knob', async () => {
    expect(await walk(await five({ pageSize: 1 }))).toHaveLength(5);
  });

  test('may be empty and still go on, and lose nothing', async () => {
    const world = await five({ emptyPageProbability: 1 });
    let turns = 0;
    const pages = await walk(world, () => {
      turns += 1;
      world.aws.knobs.emptyPageProbability = turns % 2;
    });
    expect(pages).toEqual([[], [], ['aaa', 'bbb'], [], ['ccc', 'ddd'], [], ['eee']]);
  });

  test('neither skip nor repeat what stays while others come and go', async () => {
    const world = await five();
    let turns = 0;
    const pages = await walk(world, async () => {
      turns += 1;
      if (turns === 1) world.aws.operator.deleteTenant('aaa');
      if (turns === 1) await world.create('fff');
    });
    expect(pages.flat()).toEqual(['aaa', 'bbb', 'ccc', 'ddd', 'eee', 'fff']);
  });

  test('a marker that was not given is refused', async () => {
    const { outcome } = createTenantWorld();
    expect(await outcome('cloudfront', 'ListDistributionTenants', { Marker: 'x' })).toBe('InvalidArgument');
  });
});
