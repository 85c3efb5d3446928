import { hours, minutes, playAll, type Scenario, type Step } from './scenario.ts';
import type { Stage } from './stage.ts';
import { aclsThere, areGone, areInForce, areSeated, common, deleteTenants, domainsOf, office, rulesOf, seatOf } from './web-acl-words.ts';

const rules = [common, office('203.0.113.0/24')];

const three = [1, 2, 3];

/** A tier with three tenants, two web ACLs and an IP set. */
const running = (stage: Stage): readonly Step[] => [
  { name: 'the tier is applied', act: () => stage.managedTier('basic', { rules }), afterMs: minutes, until: () => areInForce(stage) },
  { name: 'three tenants come', act: () => stage.tenants(three), afterMs: minutes, until: () => areSeated(stage, three) && areInForce(stage) && aclsThere(stage) === '1 2' },
];

const inherits = (stage: Stage) => (): void => stage.tier('basic', { distributionId: stage.distributions.wildcard, certificate: { issuer: 'Distribution' } });

const hasNothing = (stage: Stage): boolean => stage.world.simulator.inspect.webAcls().length === 0 && stage.world.simulator.inspect.ipSets().length === 0;

const types: Scenario = {
  file: 'web-acls-types',
  name: "a tier that takes the distribution's web ACL deletes its own after the last tenant has let go, and makes them again",
  wildcard: true,
  knobs: { webAclUseLingerMs: [3 * minutes, 3 * minutes] },
  given: () => undefined,
  steps: (stage) => [
    ...running(stage),
    { name: 'the tier inherits', act: inherits(stage), until: () => hasNothing(stage) && stage.isTierSettled() && three.every((tenant) => stage.isReady(`acme/t${tenant}`) && seatOf(stage, tenant) === 0) },
    { name: 'the tier has its own again', act: () => stage.managedTier('basic', { rules }), afterMs: minutes, until: () => areSeated(stage, three) && areInForce(stage) && rulesOf(stage, 1) === 'common office' },
  ],
};

const swing: Scenario = {
  file: 'web-acls-types-back',
  name: 'a tier that wants its own web ACLs back before they are gone uses them again',
  wildcard: true,
  knobs: { webAclUseLingerMs: [30 * minutes, 30 * minutes] },
  given: () => undefined,
  steps: (stage) => [
    ...running(stage),
    { name: 'the tier inherits', act: inherits(stage), until: () => three.every((tenant) => stage.isReady(`acme/t${tenant}`) && seatOf(stage, tenant) === 0) },
    { name: 'the tier has its own again', act: () => stage.managedTier('basic', { rules }), afterMs: minutes, until: () => areSeated(stage, three) && areInForce(stage) },
  ],
};

const deleted: Scenario = {
  file: 'web-acls-tier-deleted',
  name: 'a tier deleted with its tenants takes its web ACLs and IP sets with it',
  wildcard: true,
  knobs: { webAclUseLingerMs: [3 * minutes, 3 * minutes] },
  given: () => undefined,
  steps: (stage) => [
    ...running(stage),
    {
      name: 'the tier and its tenants are deleted',
      act: () => {
        stage.world.cluster.delete('EdgeTier', 'basic');
        deleteTenants(stage, three);
      },
      removes: domainsOf(three), until: () => areGone(stage, three) && stage.world.tier('basic') === undefined && hasNothing(stage),
    },
  ],
};

const retained: Scenario = {
  file: 'web-acls-retained',
  name: 'a tier deleted with deletionPolicy Retain leaves its web ACLs to the tenants that stay, and its event names them',
  wildcard: true,
  retained: ['/basic', 'acme/t1'],
  given: () => undefined,
  steps: (stage) => [
    { name: 'the tier is applied', act: () => stage.managedTier('basic', { rules }, { deletionPolicy: 'Retain' }), afterMs: minutes, until: () => areInForce(stage) },
    { name: 'a tenant comes', act: () => stage.tenants([1]), afterMs: minutes, until: () => areSeated(stage, [1]) },
    {
      name: 'the tier and its tenant are deleted',
      act: () => {
        stage.world.cluster.delete('EdgeTier', 'basic');
        deleteTenants(stage, [1]);
      },
      changesNothing: 'in AWS', until: () => areGone(stage, [1]) && stage.world.tier('basic') === undefined && seatOf(stage, 1) === 1,
    },
  ],
};

const missing: Scenario = {
  file: 'web-acls-missing',
  name: "tenants of a tier that names a web ACL which is not there wait for it, and AWS is not asked for what it would refuse",
  wildcard: true,
  given: () => undefined,
  steps: (stage) => {
    const naming = (arn: string): void => stage.tier('basic', { distributionId: stage.distributions.wildcard, certificate: { issuer: 'Distribution' }, webACL: { type: 'Existing', arn } });
    const { arn } = stage.operator.createWebACL({ name: 'theirs' });
    return [
      { name: 'the tier is applied', act: () => naming(arn.replace('theirs', 'there')), until: () => stage.tierIs('Ready', 'WebACLNotFound') },
      { name: 'a tenant comes', act: () => stage.tenants([1]), changesNothing: 'in AWS', afterMs: hours, until: () => stage.is('Ready', 'WebACLNotFound', 'acme/t1') },
      { name: 'the ARN is corrected', act: () => naming(arn), until: () => stage.isReady('acme/t1') && stage.isTierSettled() },
    ];
  },
};

playAll([types, swing, deleted, retained, missing]);
