import { hours, minutes, playAll, type Scenario } from './scenario.ts';
import type { Stage } from './stage.ts';
import { annotate, group, read, t1, tenantIn, tierWithGroups } from './tier-words.ts';
import { areInForce, areSeated, common, home, office, rulesOf } from './web-acl-words.ts';

const otherRules: Scenario = {
  file: 'restraint-tier-rules',
  name: 'other rules of a tier in a dry run are told and not made; its tenants come and go meanwhile; paused, it says nothing of them',
  wildcard: true,
  given: () => undefined,
  steps: (stage) => {
    const change = (): void => {
      annotate(stage, 'basic', 'dry-run');
      stage.managedTier('basic', { rules: [common, home] });
    };
    return [
      { name: 'the tier is applied', act: () => stage.managedTier('basic'), until: () => areInForce(stage) },
      { name: 'its first tenant is applied', act: () => t1(stage), afterMs: minutes, until: () => areSeated(stage, [1]) },
      { name: 'another rule is asked for, with the annotation dry-run', act: change, afterMs: hours, changesNothing: 'in AWS', until: () => stage.tierIs('Ready', 'DryRun') && rulesOf(stage, 1) === 'common' },
      read(stage, ['basic', 'WebACLReady', 'Ready', 'Reconciling', 'Stalled'], ['acme/t1', 'Ready']),
      { name: 'another tenant comes', act: () => stage.tenants([2]), afterMs: minutes, until: () => areSeated(stage, [1, 2]) },
      { name: 'it goes again', act: () => stage.deleteTenant('acme/t2'), removes: ['t2.acme.example'], until: () => stage.isGone('acme/t2') && tenantIn(stage, 2) === undefined },
      { name: 'the tier is paused as well', act: () => annotate(stage, 'basic', 'paused'), afterMs: hours, changesNothing: 'in AWS', until: () => stage.tierIs('Ready', 'Paused') },
      read(stage, ['basic', 'WebACLReady', 'Ready']),
      {
        name: 'both annotations are taken away',
        act: () => {
          annotate(stage, 'basic', 'paused', 'absent');
          annotate(stage, 'basic', 'dry-run', 'absent');
        },
        until: () => areInForce(stage) && rulesOf(stage, 1) === 'common home',
      },
    ];
  },
};

/** Applies a tier that has everything of its own: two groups, web ACLs, IP sets. */
const tier = (stage: Stage): void =>
  tierWithGroups(stage, [group('front'), group('spare')], {
    webACL: { type: 'Managed', managed: { defaultAction: 'Allow', tenantsPerACL: 2, rollout: { pauseSeconds: 0, observe: false }, rules: [common, office('203.0.113.0/24', '2001:db8::/32')] } },
  });

/** What the tier has in AWS, counted. */
const owned = ({ world: { simulator: { inspect } } }: Stage): string =>
  [inspect.webAcls(), inspect.ipSets(), inspect.connectionGroups()].map((things) => things.filter(({ tags }) => tags['tenantedge.dev/owner'] === '/basic').length).join(' ');

const all = '1 2 2';

const isGone = (stage: Stage): boolean => stage.world.tier('basic') === undefined;

const dry: Scenario = {
  file: 'restraint-tier-deletion',
  name: 'the deletion of a tier waits in a dry run, and tells what would be done; paused too',
  wildcard: true,
  given: () => undefined,
  steps: (stage) => [
    { name: 'the tier is applied', act: () => tier(stage), until: () => stage.isTierSettled() && owned(stage) === all },
    { name: 'it is deleted, with the annotation dry-run', act: () => {
      annotate(stage, 'basic', 'dry-run');
      stage.world.cluster.delete('EdgeTier', 'basic');
    }, afterMs: 12 * hours, changesNothing: 'in AWS', until: () => stage.tierIs('Ready', 'DryRun') && owned(stage) === all },
    read(stage, ['basic', 'Accepted', 'ConnectionGroupsReady', 'WebACLReady', 'Ready']),
    { name: 'it is paused instead', act: () => {
      annotate(stage, 'basic', 'paused');
      annotate(stage, 'basic', 'dry-run', 'absent');
    }, afterMs: hours, changesNothing: 'in AWS', until: () => stage.tierIs('Ready', 'Paused') && owned(stage) === all },
    read(stage, ['basic', 'Ready']),
    { name: 'the annotation is taken away', act: () => annotate(stage, 'basic', 'paused', 'absent'), until: () => isGone(stage) && owned(stage) === '0 0 0', withinMs: hours },
  ],
};

playAll([otherRules, dry]);
