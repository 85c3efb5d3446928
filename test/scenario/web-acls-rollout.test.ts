import type { ManagedWebACL } from '../../crds/types.ts';
import { minutes, playAll, type Scenario, type Step } from './scenario.ts';
import type { Stage } from './stage.ts';
import { areInForce, areSeated, common, flood, home, rulesOf } from './web-acl-words.ts';

const five = [1, 2, 3, 4, 5];

const pause = { pauseSeconds: 600, observe: false };

/** A tier whose five tenants have three web ACLs, all with one rule. */
const running = (stage: Stage, rollout: ManagedWebACL['rollout'] = pause): readonly Step[] => [
  { name: 'the tier is applied', act: () => stage.managedTier('basic', { rollout }), afterMs: minutes, until: () => areInForce(stage) },
  { name: 'five tenants come', act: () => stage.tenants(five), afterMs: minutes, until: () => areSeated(stage, five) && areInForce(stage) && allHave(stage, 'common', 'common', 'common') },
];

/** What the three web ACLs have in AWS, rule by rule. */
const allHave = (stage: Stage, ...rules: readonly string[]): boolean => rules.every((names, index) => rulesOf(stage, index + 1) === names);

/** What the status says of a rollout: phase, and how many of how many web ACLs. */
const progressOf = (stage: Stage): string => {
  const { phase, updated, total } = stage.world.tier('basic')?.status?.rollout ?? {};
  return phase === undefined ? 'none' : `${phase} ${updated ?? '?'}/${total ?? '?'}`;
};

const change = (stage: Stage, rollout: ManagedWebACL['rollout'] = pause) => (): void => stage.managedTier('basic', { rules: [common, home], rollout });

const paused: Scenario = {
  file: 'web-acls-rollout',
  name: 'other rules reach one web ACL after the other, with a pause between, and the status says how far they are',
  wildcard: true,
  given: () => undefined,
  steps: (stage) => [
    ...running(stage),
    { name: 'a rule is added', act: change(stage), until: () => allHave(stage, 'common home', 'common', 'common') && progressOf(stage) === 'Enforcing 1/3' && areSeated(stage, five) },
    { name: 'nine minutes go by', afterMs: 9 * minutes, until: () => allHave(stage, 'common home', 'common', 'common') },
    { name: 'the second has it', until: () => allHave(stage, 'common home', 'common home', 'common') && progressOf(stage) === 'Enforcing 2/3' },
    { name: 'nine minutes go by again', afterMs: 9 * minutes, until: () => allHave(stage, 'common home', 'common home', 'common') },
    { name: 'the last has it', until: () => allHave(stage, 'common home', 'common home', 'common home') && progressOf(stage) === 'none' && areInForce(stage) },
  ],
};

const counting = 'home-observed common';

const observed: Scenario = {
  file: 'web-acls-rollout-observed',
  name: 'rules that are to be tried out only count in all web ACLs before they act in any',
  wildcard: true,
  given: () => undefined,
  steps: (stage) => {
    const observe = { pauseSeconds: 300, observe: true };
    return [
      ...running(stage, observe),
      { name: 'a rule is added', act: change(stage, observe), until: () => allHave(stage, counting, 'common', 'common') && progressOf(stage) === 'Observing 1/3' },
      { name: 'it counts everywhere', until: () => allHave(stage, counting, counting, counting) && progressOf(stage) === 'Observing 3/3', withinMs: 12 * minutes },
      { name: 'it acts in the first', until: () => allHave(stage, 'common home', counting, counting) && progressOf(stage) === 'Enforcing 1/3', withinMs: 6 * minutes },
      { name: 'it acts everywhere', until: () => allHave(stage, 'common home', 'common home', 'common home') && progressOf(stage) === 'none' && areInForce(stage), withinMs: 12 * minutes },
    ];
  },
};

const stopped: Scenario = {
  file: 'web-acls-rollout-stopped',
  name: 'a rollout stops at the first failure, says so, and goes on when it is mended',
  wildcard: true,
  given: () => undefined,
  steps: (stage) => {
    const { knobs } = stage.world.simulator;
    return [
      ...running(stage),
      { name: 'a rule is added', act: change(stage), until: () => progressOf(stage) === 'Enforcing 1/3' },
      { name: 'AWS denies the next update', act: () => (knobs.deniedActions = ['wafv2:UpdateWebACL']), until: () => stage.tierIs('WebACLReady', 'AccessDenied') },
      { name: 'an hour goes by', afterMs: 60 * minutes, until: () => allHave(stage, 'common home', 'common', 'common') && progressOf(stage) === 'Enforcing 1/3' && areSeated(stage, five) },
      { name: 'AWS allows it again', act: () => (knobs.deniedActions = []), until: () => allHave(stage, 'common home', 'common home', 'common home') && areInForce(stage), withinMs: 40 * minutes },
    ];
  },
};

const undone: Scenario = {
  file: 'web-acls-rollout-undone',
  name: 'a rollout that is taken back half-way is undone at once, and touches nothing else',
  wildcard: true,
  given: () => undefined,
  steps: (stage) => [
    ...running(stage),
    { name: 'a rule is added', act: change(stage), until: () => progressOf(stage) === 'Enforcing 1/3' },
    { name: 'it is taken back', act: () => stage.managedTier('basic', { rollout: pause }), until: () => allHave(stage, 'common', 'common', 'common') && areInForce(stage), withinMs: 2 * minutes },
  ],
};

const superseded: Scenario = {
  file: 'web-acls-rollout-superseded',
  name: 'other rules in the middle of a rollout are the new goal, for the web ACLs that wait too',
  wildcard: true,
  given: () => undefined,
  steps: (stage) => [
    ...running(stage),
    { name: 'a rule is added', act: change(stage), until: () => progressOf(stage) === 'Enforcing 1/3' },
    { name: 'another one is added', act: () => stage.managedTier('basic', { rules: [common, home, flood], rollout: pause }), until: () => allHave(stage, 'common home flood', 'common', 'common') && progressOf(stage) === 'Enforcing 1/3' },
    { name: 'all have both', until: () => allHave(stage, 'common home flood', 'common home flood', 'common home flood') && areInForce(stage) },
  ],
};

const restarted: Scenario = {
  file: 'web-acls-rollout-restarted',
  name: 'another process takes up a rollout in the middle of a pause, and keeps the pause',
  wildcard: true,
  given: () => undefined,
  steps: (stage) => [
    ...running(stage),
    { name: 'a rule is added', act: change(stage), until: () => progressOf(stage) === 'Enforcing 1/3' },
    { name: 'five minutes go by', afterMs: 5 * minutes, until: () => true },
    {
      name: 'the process is killed, and another one runs for four minutes',
      act: () => {
        stage.world.kill();
        stage.start();
      },
      afterMs: 4 * minutes, changesNothing: 'in AWS', until: () => allHave(stage, 'common home', 'common', 'common'),
    },
    { name: 'the second has it', until: () => allHave(stage, 'common home', 'common home', 'common'), withinMs: 2 * minutes },
    { name: 'the last has it', until: () => allHave(stage, 'common home', 'common home', 'common home') && areInForce(stage), withinMs: 11 * minutes },
  ],
};

playAll([paused, observed, stopped, undone, superseded, restarted]);
