import { describe, expect, test } from 'vitest';
import { groupNameOf } from '../../../../reconcilers/edge-tier/connection-group/connection-group.ts';
import { type ConnectionGroupsAddress, connectionGroupObserver } from '../../../../reconcilers/edge-tier/connection-group/observe.ts';
import { domains, look } from '../../builders.ts';
import { createStage, type Stage } from '../../stage.ts';
import { address, managed, orderOf, tierOwner, unused } from './builders.ts';

const eu = [managed('eu')];

/** Looks from one process, at these groups of the tier gold. */
const observing = (stage: Stage, over: Partial<ConnectionGroupsAddress> = {}) => {
  const observe = connectionGroupObserver({ ...stage, groupLingerMs: 0 });
  return async (looking: Parameters<typeof look>[0] = {}) => {
    const seen = await stage.landed(observe(address(eu, over), look(looking)));
    if (!seen.known) throw seen.failure;
    return seen.value;
  };
};

/** A tenant in a group, deployed. */
const putTenant = async ({ simulator, clock }: Stage, name: string, ConnectionGroupId: string): Promise<void> => {
  const { id: DistributionId } = simulator.operator.createDistribution({});
  const { arn: Arn } = simulator.operator.importCertificate({ names: ['*.example.com'] });
  await simulator.call('cloudfront', 'CreateDistributionTenant', { Name: name, DistributionId, ConnectionGroupId, Domains: [{ Domain: `${name}.example.com` }], Customizations: { Certificate: { Arn } }, Enabled: true }, 'somebody');
  await clock.advance(60_000);
};

describe('a group of the tier\'s own', () => {
  test('is found by its name and told by its mark, and read whole once per version', async () => {
    const stage = createStage();
    const { id, arn, endpoint } = stage.simulator.operator.createConnectionGroup({ ...orderOf('eu'), ipv6: false });
    const observe = observing(stage, { customers: [] });
    const { own, strange } = await observe();
    expect(own).toMatchObject([{ name: 'eu', group: { id, arn, endpoint, enabled: true, deployed: true }, ipv6: false, usage: { known: true, value: unused } }]);
    expect(strange).toEqual([]);
    await observe();
    expect(stage.asked().toSorted()).toEqual(['GetConnectionGroup', 'ListConnectionGroups', 'ListDistributionTenants', 'ListTagsForResource']);
  });

  test('is read again when AWS itself is to be looked at, and when its version is another', async () => {
    const stage = createStage();
    const { id } = stage.simulator.operator.createConnectionGroup(orderOf('eu'));
    const observe = observing(stage, { customers: [] });
    await observe();
    const [before] = stage.simulator.inspect.connectionGroups();
    await stage.simulator.call('cloudfront', 'UpdateConnectionGroup', { Id: id, IfMatch: before?.etag, Ipv6Enabled: false }, 'somebody');
    expect((await observe()).own).toMatchObject([{ ipv6: true }]);
    expect((await observe({ depth: 'live' })).own).toMatchObject([{ ipv6: false, group: { etag: stage.simulator.inspect.connectionGroups()[0]?.etag } }]);
    expect((await observe()).own).toMatchObject([{ ipv6: false }]);
  });

  test('is found though nobody remembers it', async () => {
    const stage = createStage();
    stage.simulator.operator.createConnectionGroup(orderOf('old'));
    const { managed: names, own } = await observing(stage)();
    expect({ names, own: own.map(({ name }) => name) }).toEqual({ names: ['eu'], own: ['old'] });
  });

  test('that was deleted since the list was read is not there', async () => {
    const stage = createStage();
    const { id } = stage.simulator.operator.createConnectionGroup({ ...orderOf('eu'), enabled: false });
    const observe = observing(stage);
    await observe();
    await stage.simulator.call('cloudfront', 'DeleteConnectionGroup', { Id: id, IfMatch: stage.simulator.inspect.connectionGroups()[0]?.etag }, 'somebody');
    expect((await observe({ depth: 'live' })).own).toEqual([]);
    expect((await observe()).own).toEqual([]);
  });

  test.each([
    { name: "under its name without its tags is somebody else's", order: { name: orderOf('eu').name }, own: [], strange: ['eu'] },
    { name: "under another tier's name is none of ours, whatever its tags say", order: { ...orderOf('eu'), name: groupNameOf({ ...tierOwner, name: 'silver' }, 'eu') }, own: [], strange: [] },
    { name: 'is read with its mark where both are right', order: orderOf('eu'), own: ['eu'], strange: [] },
  ])('$name', async ({ order, own, strange }) => {
    const stage = createStage();
    stage.simulator.operator.createConnectionGroup(order);
    const seen = await observing(stage)();
    expect({ own: seen.own.map(({ name }) => name), strange: seen.strange.map(({ name }) => name) }).toEqual({ own, strange });
  });

  test('that the spec names by its id is used as it is, whoever made it', async () => {
    const stage = createStage();
    const { id } = stage.simulator.operator.createConnectionGroup(orderOf('old'));
    const seen = await observing(stage, { groups: [{ name: 'kept', type: 'Existing', id }] })();
    expect({ own: seen.own, used: seen.used.map(({ group }) => group?.id) }).toEqual({ own: [], used: [id] });
  });

  test('that may not be read is not seen', async () => {
    const stage = createStage({ deniedActions: ['cloudfront:GetConnectionGroup'] });
    stage.simulator.operator.createConnectionGroup(orderOf('eu'));
    await expect(observing(stage)()).rejects.toMatchObject({ kind: 'blocked', reason: 'AccessDenied' });
  });
});

describe('who uses a group', () => {
  const usage = async (stage: Stage, over: Partial<ConnectionGroupsAddress> = {}, depth: 'shared' | 'live' = 'shared') => (await observing(stage, over)({ depth })).own[0]?.usage;

  test('are the tenants that have it, and then DNS is not asked', async () => {
    const stage = createStage();
    const { id, endpoint } = stage.simulator.operator.createConnectionGroup(orderOf('eu'));
    await putTenant(stage, 'shop', id);
    stage.zones.set('shop.example.com', 'CNAME', [endpoint]);
    await expect(usage(stage)).resolves.toMatchObject({ known: true, value: { ...unused, tenants: ['shop'] } });
  });

  test('is asked of AWS itself where the list of all tenants is older than the tenant', async () => {
    const stage = createStage({ pageSize: 1, emptyPageProbability: 0.5 });
    const { id } = stage.simulator.operator.createConnectionGroup(orderOf('eu'));
    const { id: another } = stage.simulator.operator.createConnectionGroup({ name: 'another' });
    await putTenant(stage, 'elsewhere', another);
    const observe = observing(stage);
    expect((await observe()).own).toMatchObject([{ usage: { value: { tenants: [] } } }]);
    await putTenant(stage, 'shop', id);
    const [own] = (await observe({ depth: 'live' })).own;
    expect(own?.usage).toMatchObject({ known: true, value: { ...unused, tenants: ['shop'] } });
  });

  test('may be somebody who had its records a moment ago: the last sight of a use counts, and the first look at all', async () => {
    const stage = createStage();
    stage.simulator.operator.createConnectionGroup(orderOf('eu'));
    const observe = connectionGroupObserver({ ...stage, groupLingerMs: 3_600_000 });
    const first = stage.now().getTime();
    const cachedUntil = async (): Promise<number> => {
      const seen = await stage.landed(observe(address([]), look({ notBefore: stage.now() })));
      const own = seen.known ? seen.value.own[0]?.usage : undefined;
      return own?.known === true ? (own.value.cachedUntil?.getTime() ?? 0) - first : 0;
    };
    const before = await cachedUntil();
    await stage.clock.advance(600_000);
    expect([before - (await cachedUntil()), before >= 3_600_000]).toEqual([0, true]);
  });

  test.each<{ name: string; zones: (stage: Stage, endpoint: string) => void; want: Partial<typeof unused> }>([
    { name: 'nobody whose DNS leads elsewhere', zones: ({ zones }) => zones.set('shop.example.com', 'CNAME', ['elsewhere.example.net']), want: {} },
    { name: 'a customer whose DNS leads to it, over whatever', want: { pointing: ['brand/shop'] }, zones: ({ zones }, endpoint) => {
      zones.set('shop.example.com', 'CNAME', ['proxy.example.net']);
      zones.set('proxy.example.net', 'CNAME', [endpoint]);
    } },
    { name: 'perhaps a customer whose DNS cannot be read', zones: ({ zones }) => zones.misbehave('shop.example.com', 'servfail'), want: { unclear: ['brand/shop'] } },
  ])('is $name', async ({ zones, want }) => {
    const stage = createStage();
    const { endpoint } = stage.simulator.operator.createConnectionGroup(orderOf('eu'));
    zones(stage, endpoint);
    await expect(usage(stage)).resolves.toMatchObject({ known: true, value: { ...unused, ...want } });
  });

  test('is each customer once, however many names, and all of them, however many customers', async () => {
    const stage = createStage();
    const { endpoint } = stage.simulator.operator.createConnectionGroup(orderOf('eu'));
    const customers = Array.from({ length: 120 }, (_each, index) => ({ key: `brand/${String(index).padStart(3, '0')}`, names: domains(`a${index}.example.com`, `b${index}.example.com`) }));
    for (const { names: [a = '', b = ''] } of customers) {
      stage.zones.set(a, 'CNAME', [endpoint]);
      stage.zones.misbehave(b, 'refused');
    }
    await expect(usage(stage, { customers })).resolves.toMatchObject({ known: true, value: { ...unused, pointing: customers.map(({ key }) => key) } });
  });

  test('is not known where tenants may not be listed, and the group is seen all the same', async () => {
    const stage = createStage({ deniedActions: ['cloudfront:ListDistributionTenants'] });
    stage.simulator.operator.createConnectionGroup(orderOf('eu'));
    expect((await observing(stage)()).own).toMatchObject([{ name: 'eu', usage: { known: false, failure: { reason: 'AccessDenied' } } }]);
  });
});
