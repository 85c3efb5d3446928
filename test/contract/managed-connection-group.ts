import * as fc from 'fast-check';
import type { ConnectionGroup, ConnectionGroupStatus } from '../../crds/types.ts';
import { applyConnectionGroup } from '../../reconcilers/edge-tier/connection-group/apply.ts';
import { type ConnectionGroupAction, type ConnectionGroupsObserved, type ConnectionGroupsSpec, groupNameOf, type Groups } from '../../reconcilers/edge-tier/connection-group/connection-group.ts';
import { connectionGroupObserver } from '../../reconcilers/edge-tier/connection-group/observe.ts';
import { connectionGroupRows, planConnectionGroups } from '../../reconcilers/edge-tier/connection-group/plan.ts';
import { hostileKnobs } from '../environment/aws/knobs.ts';
import { ago, minutes, signal } from '../reconcilers/builders.ts';
import { groupSummary } from '../reconcilers/edge-tier/builders.ts';
import { address, asking, managed, own, row, shopper, tierOwner } from '../reconcilers/edge-tier/connection-group/builders.ts';
import { createStage, type Stage } from '../reconcilers/stage.ts';
import { anyDesired, anyFailure, anySeen } from './anything.ts';
import type { ConcernUnderTest, Site } from './concern.ts';

const anyGroup: fc.Arbitrary<ConnectionGroup> = fc.oneof(
  fc.record({ name: fc.constantFrom('eu', 'us'), settings: fc.option(fc.record({ ipv6: fc.boolean(), list: fc.option(fc.constant('aip_1'), { nil: undefined }) }), { nil: undefined }) })
    .map(({ name, settings }) => managed(name, settings && { ipv6: settings.ipv6, ...(settings.list === undefined ? {} : { anycastIpListId: settings.list }) })),
  fc.record({ name: fc.constantFrom('shared', 'isolated'), type: fc.constant('Existing' as const), id: fc.constantFrom('cg_1', 'cg_2') }),
);

const anyRow: fc.Arbitrary<ConnectionGroupStatus> = fc.oneof(
  fc.constantFrom('eu', 'us', 'old').map((name): ConnectionGroupStatus => ({ name, state: 'Active' })),
  fc.record({ name: fc.constantFrom('eu', 'us', 'old'), state: fc.constantFrom('Active', 'Retiring' as const) }).map(({ name, state }) => row(name, state)),
);

const anySpec: fc.Arbitrary<ConnectionGroupsSpec> = fc.record({
  groups: fc.uniqueArray(anyGroup, { selector: ({ name }) => name }),
  published: fc.option(fc.uniqueArray(anyRow, { selector: ({ name }) => name }), { nil: undefined }),
  hasTenants: fc.boolean(),
});

const anyKeys = fc.subarray(['brand/a', 'brand/b', 'other/c', 'other/d', 'other/e', 'other/f']);
const anyOwn = fc
  .record({
    name: fc.constantFrom('eu', 'us', 'old'), etag: fc.constantFrom('E1', 'E2'), enabled: fc.boolean(), deployed: fc.boolean(), list: fc.constantFrom(undefined, 'aip_1', 'aip_2'), ipv6: fc.boolean(),
    usage: anySeen(fc.record({ tenants: fc.subarray(['t-1', 't-2']), pointing: anyKeys, unclear: anyKeys })),
  })
  .map(({ name, list, ipv6, usage, ...over }) => own(name, { ...over, anycastIpListId: list }, { ipv6, usage }));

const anyRefused: fc.Arbitrary<ConnectionGroupAction> = fc.record({ name: fc.constantFrom('eu', 'us'), ipv6: fc.boolean() }).map(({ name, ipv6 }) => ({
  concern: 'ConnectionGroupsReady', verb: 'CreateConnectionGroup', because: `create connection group "${name}"`, destroys: false, needs: 'shared', name, config: { ipv6, anycastIpListId: undefined },
}));

const anyUsed = fc.record({ name: fc.constantFrom('default', 'shared'), id: fc.constantFrom(undefined, 'cg_1', 'cg_2'), group: fc.option(fc.record({ enabled: fc.boolean(), deployed: fc.boolean() }).map(groupSummary), { nil: undefined }) });

const anyThere: fc.Arbitrary<Groups> = fc.record({
  used: fc.array(anyUsed, { maxLength: 3 }),
  managed: fc.subarray(['eu', 'us']),
  own: fc.uniqueArray(anyOwn, { selector: ({ name }) => name }),
  strange: fc.subarray(['eu', 'us']).map((names) => names.map((name) => ({ name, group: { name: groupNameOf(tierOwner, name), arn: 'arn:theirs' } }))),
  refusals: fc.array(fc.record({ action: anyRefused, failure: anyFailure, at: fc.constant(ago(minutes(5))) }), { maxLength: 2 }),
});

/** Anything that a look at the groups may show. */
export const anyGroups: fc.Arbitrary<ConnectionGroupsObserved> = anySeen(anyThere);

const wanted = [managed('eu', { ipv6: true })];

/** The customer switches to the endpoint as soon as it is told, and away from it after three looks. */
const customerOf = ({ zones }: Stage, endpoint: () => string | undefined): (() => void) => {
  let looks = 0;
  return () => {
    const target = endpoint();
    if (target === undefined) return;
    looks += 1;
    zones.set('shop.example.com', 'CNAME', looks <= 3 ? [target] : []);
  };
};

const siteOf = (stage: Stage): Site<ConnectionGroupsSpec, ConnectionGroupsObserved, ConnectionGroupAction> => {
  const observe = connectionGroupObserver({ ...stage, groupLingerMs: 0 });
  let rows: readonly ConnectionGroupStatus[] | undefined;
  return {
    stage,
    spec: (observed) => {
      const published = rows;
      rows = connectionGroupRows(observed, rows);
      return asking(wanted, published);
    },
    observe: (look) => observe(address(wanted, { customers: [shopper] }), look),
    apply: (action) => applyConnectionGroup(stage, tierOwner, action, signal),
    meanwhile: customerOf(stage, () => rows?.[0]?.endpoint),
  };
};

/** Somebody changes the group in the console. */
const edit = async ({ simulator }: Stage): Promise<void> => {
  const ours = simulator.inspect.connectionGroups().find(({ name }) => name === groupNameOf(tierOwner, 'eu'));
  if (ours) await simulator.call('cloudfront', 'UpdateConnectionGroup', { Id: ours.id, IfMatch: ours.etag, Ipv6Enabled: false }, 'somebody');
};

/** A group of the tier's own, which a customer's DNS follows for a while; others have groups beside it, one of them another tier. */
export const managedConnectionGroupConcern: ConcernUnderTest<ConnectionGroupsSpec, ConnectionGroupsObserved, ConnectionGroupAction> = {
  name: 'connection groups of its own', type: 'ConnectionGroupsReady', plan: planConnectionGroups, desired: anyDesired(anySpec), observed: anyGroups,
  arrange: async (weather) => {
    const stage = await Promise.resolve(createStage(weather === 'hostile' ? hostileKnobs : {}));
    const { operator } = stage.simulator;
    operator.defaultConnectionGroup();
    operator.createConnectionGroup({ name: groupNameOf({ ...tierOwner, name: 'silver' }, 'eu'), tags: { 'tenantedge.dev/owner': '/silver', 'tenantedge.dev/installation': 'test' } });
    operator.createConnectionGroup({ name: 'gold-eu' });
    return siteOf(stage);
  },
  usurped: async () => {
    const stage = await Promise.resolve(createStage());
    stage.simulator.operator.createConnectionGroup({ name: groupNameOf(tierOwner, 'eu') });
    return siteOf(stage);
  },
  interfere: edit,
};
