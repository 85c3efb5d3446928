import type { EdgeTierSpec } from '../../crds/types.ts';
import { hours, minutes, playAll, type Scenario } from './scenario.ts';
import { namespace, type Stage } from './stage.ts';
import { group, groupIn, isIn, read, t1, tierWithGroups } from './tier-words.ts';
import { aclName, aclsThere, common, home, office, seatOf } from './web-acl-words.ts';

/** Applies a tier that has everything of its own: two groups, web ACLs, IP sets. */
const tier = (stage: Stage, spec: Partial<EdgeTierSpec> = {}): void =>
  tierWithGroups(stage, [group('front'), group('spare')], {
    webACL: { type: 'Managed', managed: { defaultAction: 'Allow', tenantsPerACL: 2, rollout: { pauseSeconds: 0, observe: false }, rules: [common, office('203.0.113.0/24', '2001:db8::/32')] } }, ...spec,
  });

/** What the tier has in AWS, counted. */
const owned = ({ world: { simulator: { inspect } } }: Stage): string =>
  [inspect.webAcls(), inspect.ipSets(), inspect.connectionGroups()].map((things) => things.filter(({ tags }) => tags['tenantedge.dev/owner'] === '/basic').length).join(' ');

const all = '1 2 2';

const begun = (stage: Stage, spec: Partial<EdgeTierSpec> = {}) =>
  [
    { name: 'the tier is applied', act: () => tier(stage, spec), until: () => stage.isTierSettled() && owned(stage) === all },
    { name: 'its tenant is applied', act: () => t1(stage), afterMs: minutes, until: () => isIn(stage, 'front') && seatOf(stage, 1) === 1 },
  ] as const;

const isGone = (stage: Stage): boolean => stage.world.tier('basic') === undefined;

const used: Scenario = {
  file: 'tier-life-used',
  name: 'a tier deleted while it is used waits, says by whom, and takes everything with it that it had in AWS when the last tenant and customer have left',
  wildcard: true,
  given: () => undefined,
  steps: (stage) => [
    ...begun(stage),
    { name: 'its customer points the domain here', act: () => stage.customerAdds('acme/t1'), afterMs: minutes, until: () => stage.is('DNSConfigured', 'Configured', 'acme/t1') },
    { name: 'the tier is deleted', act: () => stage.world.cluster.delete('EdgeTier', 'basic'), afterMs: hours, changesNothing: 'in AWS', until: () => stage.tierIs('Ready', 'InUse') && isIn(stage, 'front') && seatOf(stage, 1) === 1 },
    read(stage, ['basic', 'Accepted', 'ConnectionGroupsReady', 'WebACLReady', 'Ready', 'Stalled'], ['acme/t1', 'Ready']),
    { name: 'its tenant moves to another tier', act: () => {
      tierWithGroups(stage, [group('other')], {}, 'plain');
      t1(stage, { tierRef: { name: 'plain' } });
    }, afterMs: hours, until: () => stage.isReady('acme/t1') && stage.is('DNSConfigured', 'StillAtOldEndpoint', 'acme/t1') && owned(stage) === '0 0 1' },
    read(stage, ['basic', 'Accepted', 'ConnectionGroupsReady', 'Ready']),
    { name: 'its customer follows', act: () => stage.customerAdds('acme/t1'), until: () => isGone(stage) && owned(stage) === '0 0 0', withinMs: hours },
  ],
};

const retained: Scenario = {
  file: 'tier-life-retained',
  name: 'a tier deleted with deletionPolicy Retain leaves everything in AWS, names it, and finds it again',
  wildcard: true,
  given: () => undefined,
  steps: (stage) => [
    ...begun(stage, { deletionPolicy: 'Retain' }),
    { name: 'its tenant is deleted', act: () => {
      t1(stage, { deletionPolicy: 'Delete' });
      stage.deleteTenant('acme/t1');
    }, removes: ['t1.acme.example'], until: () => stage.isGone('acme/t1') },
    { name: 'it is deleted', act: () => stage.world.cluster.delete('EdgeTier', 'basic'), changesNothing: 'in AWS', until: () => isGone(stage) && owned(stage) === all },
    { name: 'it is applied again', act: () => tier(stage), changesNothing: 'in AWS', until: () => stage.isTierSettled() && aclsThere(stage) === '1' && groupIn(stage, 'front') !== undefined },
  ],
};

const withdrawn: Scenario = {
  file: 'tier-life-permission-withdrawn',
  name: 'a namespace that may no longer use a tier with web ACLs of its own is frozen: served on, with all changes of the rules; given back it goes on',
  wildcard: true,
  given: () => undefined,
  steps: (stage) => {
    const selective: Partial<EdgeTierSpec> = { allowedNamespaces: { from: 'Selector', selector: { matchLabels: { plan: 'basic' } } } };
    const managed = { defaultAction: 'Allow', tenantsPerACL: 2, rollout: { pauseSeconds: 0, observe: false }, rules: [common, home] } as const;
    const hasRules = (): boolean => stage.world.simulator.inspect.webAcls().some(({ name, rules }) => name === aclName(1) && rules.length === 2 && rules.some((rule) => rule.Name === 'home'));
    return [
      ...begun(stage, selective),
      { name: 'the label is taken away', act: () => stage.world.apply(namespace('acme', {})), afterMs: hours, changesNothing: 'in AWS', until: () => stage.is('Ready', 'NamespaceNotAllowed', 'acme/t1') && seatOf(stage, 1) === 1 },
      read(stage, ['acme/t1', 'Accepted', 'Programmed', 'Ready', 'Stalled'], ['basic', 'WebACLReady', 'Ready']),
      { name: 'the tier has other rules', act: () => tier(stage, { ...selective, webACL: { type: 'Managed', managed } }), afterMs: hours, until: () => hasRules() && stage.isTierSettled() && seatOf(stage, 1) === 1 },
      { name: 'the label is back', act: () => stage.world.apply(namespace('acme', { plan: 'basic' })), changesNothing: 'in AWS', until: () => isIn(stage, 'front') && seatOf(stage, 1) === 1 },
    ];
  },
};

playAll([used, retained, withdrawn]);
