import type { ManagedWebACL, WebACLRule } from '../../crds/types.ts';
import { hours, minutes, playAll, type Scenario, type Step } from './scenario.ts';
import type { Stage } from './stage.ts';
import { read } from './tier-words.ts';
import { aclName, aclOf, aclsThere, areInForce, areSeated, common, home, rulesOf } from './web-acl-words.ts';

const groupRule = (name: string, group: string, version?: string): WebACLRule => ({
  name, type: 'ManagedRuleGroup', managedRuleGroup: { vendor: 'AWS', name: group, ...(version === undefined ? {} : { version }) },
});

/** A tier with one rule, and a tenant that is served with it. */
const running = (stage: Stage, managed: Partial<ManagedWebACL> = {}): readonly Step[] => [
  { name: 'the tier and its first tenant are applied', act: () => {
    stage.managedTier('basic', managed);
    stage.tenants([1]);
  }, afterMs: minutes, until: () => areInForce(stage) && areSeated(stage, [1]) },
];

const isRefused = (stage: Stage, reason: string): boolean => stage.tierIs('WebACLReady', reason) && stage.tierIs('Ready', reason);

/** Rules that AWS does not take, on a tier with a tenant: nothing is touched, others still come, and corrected it goes on. */
const refusal = (stage: Stage, broken: readonly WebACLRule[], reason: string): readonly Step[] => [
  ...running(stage),
  { name: 'the rules are broken', act: () => stage.managedTier('basic', { rules: broken }), until: () => isRefused(stage, reason) },
  read(stage, ['basic', 'WebACLReady']),
  { name: 'an hour goes by', afterMs: hours, changesNothing: 'in AWS', until: () => isRefused(stage, reason) && rulesOf(stage, 1) === 'common' && areSeated(stage, [1]) },
  { name: 'a tenant comes', act: () => stage.tenants([2]), afterMs: minutes, until: () => areSeated(stage, [1, 2]) },
  { name: 'one more comes, for whom there is no room', act: () => stage.tenants([3]), afterMs: minutes, until: () => areSeated(stage, [1, 2, 3]) && rulesOf(stage, 2) === 'common' },
  { name: 'the rules are corrected', act: () => stage.managedTier('basic', { rules: [common, home] }), until: () => areInForce(stage) && rulesOf(stage, 1) === 'common home' && rulesOf(stage, 2) === 'common home' },
];

const unknownGroup: Scenario = {
  file: 'web-acls-unknown-group',
  name: 'a rule group that AWS does not have is refused, and named with its rule, while tenants are served with the rules before',
  wildcard: true,
  given: () => undefined,
  steps: (stage) => refusal(stage, [groupRule('common', 'AWSManagedRulesComonRuleSet')], 'RulesRefused'),
};

const unknownVersion: Scenario = {
  file: 'web-acls-unknown-version',
  name: 'a version that a rule group never had is refused, and named with its rule, while tenants are served with the rules before',
  wildcard: true,
  given: () => undefined,
  steps: (stage) => refusal(stage, [groupRule('common', 'AWSManagedRulesCommonRuleSet', 'Version_1.99')], 'RulesRefused'),
};

const capacity: Scenario = {
  file: 'web-acls-capacity',
  name: 'rules that take more than AWS allows say how much they take, while tenants are served with the rules before',
  wildcard: true,
  given: () => undefined,
  steps: (stage) => refusal(stage, Array.from({ length: 8 }, (_, index) => groupRule(`common-${index + 1}`, 'AWSManagedRulesCommonRuleSet')), 'CapacityExceeded'),
};

const fromTheStart: Scenario = {
  file: 'web-acls-refused-from-the-start',
  name: 'a new tier with rules that AWS refuses makes no web ACL, and its tenants wait for one',
  wildcard: true,
  given: () => undefined,
  steps: (stage) => [
    {
      name: 'the tier and its first tenant are applied',
      act: () => {
        stage.managedTier('basic', { rules: [groupRule('common', 'AWSManagedRulesCommonRuleSet', 'Version_1.99')] });
        stage.tenants([1]);
      },
      afterMs: hours, changesNothing: 'in AWS', until: () => isRefused(stage, 'RulesRefused') && stage.is('Ready', 'WaitingForWebACL', 'acme/t1') && aclsThere(stage) === '',
    },
    { name: 'the rules are corrected', act: () => stage.managedTier('basic'), afterMs: minutes, until: () => areInForce(stage) && areSeated(stage, [1]) },
  ],
};

const notOurs: Scenario = {
  file: 'web-acls-not-ours',
  name: 'a web ACL under our name without our tags is left alone, until its owner deletes it',
  wildcard: true,
  given: (stage) => stage.operator.createWebACL({ name: aclName(1) }),
  steps: (stage) => {
    const arn = aclOf(stage, 1)?.arn ?? '';
    return [
      {
        name: 'the tier and its first tenant are applied',
        act: () => {
          stage.managedTier('basic');
          stage.tenants([1]);
        },
        afterMs: hours, changesNothing: 'in AWS', until: () => isRefused(stage, 'NotOurs') && stage.is('Ready', 'WaitingForWebACL', 'acme/t1'),
      },
      { name: 'its owner deletes it', act: () => stage.operator.deleteWebACL(arn), until: () => areInForce(stage) && areSeated(stage, [1]) && aclOf(stage, 1)?.arn !== arn, withinMs: 15 * minutes },
    ];
  },
};

playAll([unknownGroup, unknownVersion, capacity, fromTheStart, notOurs]);
