import { tagsFor } from '../../reconcilers/aws/mark.ts';
import { groupNameOf } from '../../reconcilers/edge-tier/connection-group/connection-group.ts';
import { hours, minutes, playAll, type Scenario, type Step } from './scenario.ts';
import type { Stage } from './stage.ts';
import { group, groupIn, isIn, pointsAt, read, setEnabledByHand, t1, tierWithGroups, tierWithoutGroups } from './tier-words.ts';

const served = 't1.acme.example';

/** A tier with two groups, and a tenant whose customer follows. */
const begun = (stage: Stage): readonly Step[] => [
  { name: 'the tier is applied', act: () => tierWithGroups(stage, [group('front'), group('spare')]), until: () => stage.isTierSettled() },
  { name: 'its first tenant is applied', act: () => t1(stage), until: () => isIn(stage, 'front') },
  { name: 'the customer points the domain here', act: () => stage.customerAdds('acme/t1'), afterMs: minutes, until: () => pointsAt(stage, 'front') },
];

const create: Scenario = {
  file: 'groups-create',
  name: 'a tier makes its connection groups, and its tenants are served through them',
  wildcard: true,
  given: () => undefined,
  steps: (stage) => [
    ...begun(stage),
    read(stage, ['basic', 'ConnectionGroupsReady', 'Ready'], ['acme/t1', 'DNSConfigured']),
    { name: 'eight hours go by', afterMs: 8 * hours, changesNothing: 'anywhere', until: () => pointsAt(stage, 'front') },
  ],
};

const together: Scenario = {
  file: 'groups-together',
  name: 'a tenant that comes with its tier waits for the group, and is told its endpoint once that is deployed',
  wildcard: true,
  given: () => undefined,
  knobs: { groupDeployMs: [5 * minutes, 5 * minutes] },
  steps: (stage) => [
    {
      name: 'the tenant and its tier are applied',
      act: () => {
        t1(stage);
        tierWithGroups(stage, [group('front')]);
      },
      until: () => stage.is('Ready', 'TierNotReady', 'acme/t1') && stage.tierIs('ConnectionGroupsReady', 'Deploying'),
    },
    read(stage, ['basic', 'ConnectionGroupsReady', 'Ready'], ['acme/t1', 'Ready']),
    { name: 'CloudFront deploys the group', until: () => isIn(stage, 'front') && stage.isTierSettled() },
  ],
};

const edited: Scenario = {
  file: 'groups-edited',
  name: 'other settings of a group, and what somebody does to it by hand, are changed in place: its endpoint stays',
  wildcard: true,
  given: () => undefined,
  steps: (stage) => {
    let endpoint: string | undefined;
    const isSame = (ipv6: boolean): boolean => {
      const is = groupIn(stage, 'front');
      return is?.endpoint === endpoint && is?.ipv6 === ipv6 && is.enabled && is.status === 'Deployed' && stage.isTierSettled() && stage.tierIs('ConnectionGroupsReady', 'Found') && pointsAt(stage, 'front');
    };
    return [
      ...begun(stage),
      {
        name: 'IPv6 is switched off',
        act: () => {
          endpoint = groupIn(stage, 'front')?.endpoint;
          tierWithGroups(stage, [group('front', false), group('spare')]);
        },
        until: () => isSame(false),
      },
      { name: 'somebody disables the group', act: () => setEnabledByHand(stage, groupIn(stage, 'front')?.id ?? '', false), interrupts: [served], afterMs: minutes, until: () => isSame(false), withinMs: 15 * minutes },
      { name: 'IPv6 is switched on', act: () => tierWithGroups(stage, [group('front'), group('spare')]), until: () => isSame(true) },
    ];
  },
};

const notOurs: Scenario = {
  file: 'groups-not-ours',
  name: 'a group that only has our name is left alone, until somebody marks it to be adopted',
  wildcard: true,
  given: (stage) => stage.operator.createConnectionGroup({ name: groupNameOf({ installation: 'test', name: 'basic' }, 'front'), ipv6: false }),
  steps: (stage) => [
    { name: 'the tier is applied', act: () => tierWithGroups(stage, [group('front')]), afterMs: hours, changesNothing: 'in AWS', until: () => stage.tierIs('Ready', 'NotOurs') },
    read(stage, ['basic', 'Ready']),
    {
      name: 'somebody marks the group',
      act: () => stage.operator.tag(groupIn(stage, 'front')?.arn ?? '', Object.fromEntries(tagsFor({ installation: 'test', namespace: '', name: 'basic', uid: '-' }).map(({ Key, Value }) => [Key, Value]))),
      until: () => stage.isTierSettled() && groupIn(stage, 'front')?.ipv6 === true,
    },
  ],
};

const accountDefault: Scenario = {
  file: 'groups-account-default',
  name: "the account's default group is used, and never changed",
  wildcard: true,
  knobs: { defaultGroupMadeBy: 'tenant' },
  given: () => undefined,
  steps: (stage) => {
    const theirs = () => stage.world.simulator.inspect.connectionGroups().find(({ isDefault }) => isDefault);
    let etag: string | undefined;
    return [
      { name: 'a tier without groups is applied in an account without a default group', act: () => tierWithoutGroups(stage), afterMs: hours, until: () => stage.isTierSettled() },
      read(stage, ['basic', 'ConnectionGroupsReady']),
      { name: 'its first tenant comes', act: () => t1(stage), until: () => stage.isReady('acme/t1') && stage.isTierSettled() && stage.tierIs('ConnectionGroupsReady', 'Found') && stage.knowsRecords('acme/t1') },
      read(stage, ['basic', 'ConnectionGroupsReady'], ['acme/t1', 'DNSRecordsComplete']),
      { name: 'somebody disables it', act: () => setEnabledByHand(stage, theirs()?.id ?? '', false), removes: [served], afterMs: hours, changesNothing: 'in AWS', until: () => stage.tierIs('Ready', 'ConnectionGroupDisabled') && stage.is('Ready', 'ConnectionGroupDisabled', 'acme/t1') },
      { ...read(stage, ['basic', 'Ready'], ['acme/t1', 'Ready']), removes: [served] },
      {
        name: 'somebody enables it',
        act: () => {
          setEnabledByHand(stage, theirs()?.id ?? '', true);
          etag = undefined;
        },
        interrupts: [served], changesNothing: 'in AWS', until: () => stage.isTierSettled() && theirs()?.status === 'Deployed' && stage.isReady('acme/t1') && stage.world.tier('basic')?.status?.tenants?.ready === 1,
      },
      { name: 'eight hours go by', act: () => (etag = theirs()?.etag), afterMs: 8 * hours, changesNothing: 'anywhere', until: () => theirs()?.etag === etag },
    ];
  },
};

const disabled: Scenario = {
  file: 'groups-disabled',
  name: 'tenants of a group that somebody disabled are told so, and nobody is placed in it, until it is enabled and deployed',
  wildcard: true,
  knobs: { groupDeployMs: [5 * minutes, 5 * minutes] },
  given: () => undefined,
  steps: (stage) => {
    const isTold = (tenant: number): boolean => stage.is('Ready', 'ConnectionGroupDisabled', `acme/t${tenant}`);
    return [
      {
        name: 'a tier with a group of somebody else is applied, with its tenant',
        act: () => {
          stage.tier('basic', { distributionId: stage.distributions.wildcard, certificate: { issuer: 'Distribution' } });
          stage.tenants([1]);
        },
        until: () => stage.isReady('acme/t1') && stage.isTierSettled(),
      },
      { name: 'the customer points the domain here', act: () => stage.customerAdds('acme/t1'), until: () => stage.is('DNSConfigured', 'Configured', 'acme/t1') },
      { name: 'somebody disables the group', act: () => setEnabledByHand(stage, stage.groups.shared, false), removes: [served], changesNothing: 'in AWS', until: () => stage.tierIs('Ready', 'ConnectionGroupDisabled') && isTold(1) },
      { name: 'another tenant comes', act: () => stage.tenants([2]), removes: [served], changesNothing: 'in AWS', until: () => isTold(2) },
      { ...read(stage, ['basic', 'ConnectionGroupsReady'], ['acme/t1', 'Accepted', 'Programmed', 'Ready', 'Stalled'], ['acme/t2', 'Accepted', 'Ready', 'Stalled']), removes: [served] },
      { name: 'somebody enables the group', act: () => setEnabledByHand(stage, stage.groups.shared, true), interrupts: [served], until: () => stage.isReady('acme/t1') && stage.isReady('acme/t2') && stage.isTierSettled() },
    ];
  },
};

playAll([create, together, edited, notOurs, accountDefault, disabled]);
