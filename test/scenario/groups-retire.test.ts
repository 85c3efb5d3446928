import type { EdgeTierSpec } from '../../crds/types.ts';
import { hours, minutes, playAll, type Scenario, type Step } from './scenario.ts';
import type { Stage } from './stage.ts';
import { group, groupIn, isIn, pointsAt, read, t1, tierWithGroups } from './tier-words.ts';

const [old, fresh] = [group('old'), group('fresh')];

const both = [1, 2];

const follow = (stage: Stage, numbers: readonly number[]): void => numbers.forEach((number) => stage.customerAdds(`acme/t${number}`));

/** The tier with its one group, and two tenants whose customers follow. */
const begun = (stage: Stage, numbers: readonly number[] = both): readonly Step[] => [
  { name: 'the tier is applied', act: () => tierWithGroups(stage, [old]), until: () => stage.isTierSettled() },
  { name: 'its tenants are applied', act: () => stage.tenants(numbers), until: () => numbers.every((number) => isIn(stage, 'old', number)) },
  { name: 'their customers point the domains here', act: () => follow(stage, numbers), afterMs: minutes, until: () => numbers.every((number) => pointsAt(stage, 'old', number)) },
];

/** Whether the tier says that a group retires, by name. */
const isRetiring = (stage: Stage, name: string): boolean => stage.world.tier('basic')?.status?.connectionGroups?.some((row) => row.name === name && row.state === 'Retiring') ?? false;

const isGone = (stage: Stage, name: string): boolean => groupIn(stage, name) === undefined && stage.world.tier('basic')?.status?.connectionGroups?.every((row) => row.name !== name) === true;

const replaced: Scenario = {
  file: 'groups-replaced',
  name: 'a group that another one replaces is deleted only once the last tenant and the last customer have left it',
  wildcard: true,
  given: () => undefined,
  steps: (stage) => [
    ...begun(stage),
    { name: 'another group is everybody\'s', act: () => tierWithGroups(stage, [fresh, old]), until: () => both.every((number) => isIn(stage, 'fresh', number) && stage.is('DNSConfigured', 'StillAtOldEndpoint', `acme/t${number}`)) },
    { name: 'the old group is removed from the tier', act: () => tierWithGroups(stage, [fresh]), afterMs: 5 * minutes, changesNothing: 'in AWS', until: () => isRetiring(stage, 'old') && stage.isTierSettled() },
    read(stage, ['basic', 'ConnectionGroupsReady', 'Ready'], ['acme/t2', 'DNSConfigured', 'Ready']),
    { name: 'one customer follows', act: () => follow(stage, [1]), afterMs: hours, changesNothing: 'in AWS', until: () => pointsAt(stage, 'fresh', 1) && isRetiring(stage, 'old') },
    read(stage, ['basic', 'ConnectionGroupsReady']),
    { name: 'the other one takes two days', afterMs: 48 * hours, changesNothing: 'in AWS', until: () => isRetiring(stage, 'old') },
    { name: 'the other one follows', act: () => follow(stage, [2]), until: () => pointsAt(stage, 'fresh', 2) && isGone(stage, 'old') && stage.isTierSettled(), withinMs: hours },
  ],
};

const mayKeep: Partial<EdgeTierSpec> = { tenantOverrides: { connectionGroup: { allow: ['old'] } } };

const kept: Scenario = {
  file: 'groups-kept-by-a-choice',
  name: 'a tenant that chose a group which the tier then removes keeps it, frozen, until the choice is taken back',
  wildcard: true,
  given: () => undefined,
  steps: (stage) => [
    ...begun(stage, [1]),
    { name: 'another group is everybody\'s, and the tenant keeps its own', act: () => {
      t1(stage, { connectionGroup: 'old' });
      tierWithGroups(stage, [fresh, old], mayKeep);
    }, until: () => isIn(stage, 'old') && stage.isTierSettled() },
    { name: 'the old group is removed from the tier', act: () => tierWithGroups(stage, [fresh]), afterMs: hours, changesNothing: 'in AWS', until: () => isRetiring(stage, 'old') && stage.is('Ready', 'OverrideNotAllowed', 'acme/t1') },
    read(stage, ['basic', 'ConnectionGroupsReady'], ['acme/t1', 'Ready', 'Programmed', 'DNSConfigured']),
    { name: 'the choice is taken back', act: () => t1(stage), until: () => isIn(stage, 'fresh') && stage.is('DNSConfigured', 'StillAtOldEndpoint', 'acme/t1') },
    { name: 'the customer follows', act: () => follow(stage, [1]), until: () => pointsAt(stage, 'fresh') && isGone(stage, 'old') },
  ],
};

const returned: Scenario = {
  file: 'groups-put-back',
  name: 'a group that is put back into the spec while it retires serves on at the same endpoint, even when it was disabled already',
  wildcard: true,
  knobs: { groupDeployMs: [5 * minutes, 5 * minutes] },
  given: () => undefined,
  steps: (stage) => {
    let endpoint: string | undefined;
    const isBack = (): boolean => {
      const is = groupIn(stage, 'old');
      return is?.endpoint === endpoint && is?.enabled === true && is.status === 'Deployed' && stage.isTierSettled() && stage.tierIs('ConnectionGroupsReady', 'Found');
    };
    return [
      ...begun(stage, [1]),
      {
        name: 'another group is everybody\'s, and the old one is removed at once',
        act: () => {
          endpoint = groupIn(stage, 'old')?.endpoint;
          tierWithGroups(stage, [fresh]);
        },
        until: () => isRetiring(stage, 'old') && isIn(stage, 'fresh'),
      },
      read(stage, ['basic', 'ConnectionGroupsReady']),
      { name: 'it is put back', act: () => tierWithGroups(stage, [fresh, old]), changesNothing: 'in AWS', until: isBack },
      { name: 'it is removed again, and the customer follows', act: () => {
        tierWithGroups(stage, [fresh]);
        follow(stage, [1]);
      }, until: () => groupIn(stage, 'old')?.enabled === false },
      read(stage, ['basic', 'ConnectionGroupsReady', 'Ready']),
      { name: 'it is put back once more', act: () => tierWithGroups(stage, [fresh, old]), until: isBack },
    ];
  },
};

const needed: Scenario = {
  file: 'groups-needed-after-all',
  name: 'a customer who comes back to a group that is being disabled gets it back',
  wildcard: true,
  knobs: { groupDeployMs: [5 * minutes, 5 * minutes] },
  given: () => undefined,
  steps: (stage) => {
    let endpoint: string | undefined;
    return [
      ...begun(stage, [1]),
      {
        name: 'another group replaces it, and the customer follows',
        act: () => {
          endpoint = groupIn(stage, 'old')?.endpoint;
          tierWithGroups(stage, [fresh]);
        },
        until: () => isIn(stage, 'fresh'),
      },
      { name: 'the customer follows', act: () => follow(stage, [1]), until: () => pointsAt(stage, 'fresh') && groupIn(stage, 'old')?.enabled === false },
      {
        name: 'the customer goes back',
        act: () => stage.world.zones.set('t1.acme.example', 'CNAME', [endpoint ?? '']),
        interrupts: ['t1.acme.example'], until: () => groupIn(stage, 'old')?.enabled === true && groupIn(stage, 'old')?.status === 'Deployed' && stage.isTierSettled(),
      },
      read(stage, ['basic', 'ConnectionGroupsReady'], ['acme/t1', 'DNSConfigured']),
      { name: 'the customer follows for good', act: () => stage.world.zones.set('t1.acme.example', 'CNAME', [groupIn(stage, 'fresh')?.endpoint ?? '']), until: () => pointsAt(stage, 'fresh') && isGone(stage, 'old'), withinMs: 2 * hours },
      { name: 'a day goes by', afterMs: 24 * hours, changesNothing: 'anywhere', until: () => isGone(stage, 'old') },
    ];
  },
};

playAll([replaced, kept, returned, needed]);
