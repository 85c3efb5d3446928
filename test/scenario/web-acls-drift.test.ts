import { minutes, playAll, type Scenario, type Step } from './scenario.ts';
import type { Stage } from './stage.ts';
import { aclOf, aclsThere, areInForce, areSeated, common, editAclByHand, emptyIpSetsByHand, office, rulesOf } from './web-acl-words.ts';

const rules = [common, office('203.0.113.0/24', '2001:db8::/32')];

/** A tier with a tenant and an empty second web ACL: its first one has room for a tenant and a half. */
const running = (stage: Stage, tenants: readonly number[]): readonly Step[] => [
  { name: 'the tier is applied', act: () => stage.managedTier('basic', { rules }), until: () => areInForce(stage) },
  { name: 'its tenants are applied', act: () => stage.tenants(tenants), afterMs: minutes, until: () => areInForce(stage) && areSeated(stage, tenants) },
];

const anotherRule = { Name: 'by-hand', Priority: 0, Statement: { GeoMatchStatement: { CountryCodes: ['FR' as const] } }, Action: { Block: {} }, VisibilityConfig: { SampledRequestsEnabled: true, CloudWatchMetricsEnabled: true, MetricName: 'by-hand' } };

const edited: Scenario = {
  file: 'web-acls-edited-by-hand',
  name: 'rules that somebody edits by hand are found within ten minutes, and put back in one update',
  wildcard: true,
  given: () => undefined,
  steps: (stage) => [
    ...running(stage, [1]),
    { name: 'somebody replaces the rules', act: () => editAclByHand(stage, 1, [anotherRule]), afterMs: 30_000, until: () => rulesOf(stage, 1) === 'common office' && areInForce(stage), withinMs: 12 * minutes },
  ],
};

const emptied: Scenario = {
  file: 'web-acls-addresses-deleted-by-hand',
  name: 'addresses that somebody takes out of an IP set by hand are put back within ten minutes',
  wildcard: true,
  given: () => undefined,
  steps: (stage) => {
    const have = (): string => stage.world.simulator.inspect.ipSets().flatMap(({ addresses }) => addresses).toSorted().join(' ');
    return [
      ...running(stage, [1]),
      { name: 'somebody takes the addresses out', act: () => emptyIpSetsByHand(stage), afterMs: 30_000, until: () => have() === '2001:db8::/32 203.0.113.0/24' && areInForce(stage), withinMs: 12 * minutes },
    ];
  },
};

const deleted: Scenario = {
  file: 'web-acls-deleted-by-hand',
  name: 'an unused web ACL that somebody deletes by hand is made again',
  wildcard: true,
  given: () => undefined,
  steps: (stage) => {
    let arn: string | undefined;
    return [
      ...running(stage, [1, 2]),
      {
        name: 'somebody deletes the one that nobody has yet',
        act: () => {
          arn = aclOf(stage, 2)?.arn;
          stage.operator.deleteWebACL(arn ?? '');
        },
        until: () => aclsThere(stage) === '1 2' && aclOf(stage, 2)?.arn !== arn && areInForce(stage), withinMs: 12 * minutes,
      },
      { name: 'a tenant comes, who sits there', act: () => stage.tenants([3]), afterMs: minutes, until: () => areSeated(stage, [1, 2, 3]) },
    ];
  },
};

playAll([edited, emptied, deleted]);
