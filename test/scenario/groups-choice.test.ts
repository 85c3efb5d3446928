import type { EdgeTierSpec } from '../../crds/types.ts';
import { hours, minutes, playAll, type Scenario } from './scenario.ts';
import type { Stage } from './stage.ts';
import { group, groupIn, isIn, pointsAt, read, t1, tierWithGroups } from './tier-words.ts';

const mayChoose: Partial<EdgeTierSpec> = { tenantOverrides: { connectionGroup: { allow: ['isolated'] } } };

const groups = [group('shared'), group('isolated')];

/** Whether the customer is told to change the record to the group's endpoint, which the tenant is in already. */
const isAsked = (stage: Stage, name: string): boolean => {
  const records = stage.world.tenant('acme/t1')?.status?.dnsRecords ?? [];
  const endpoint = groupIn(stage, name)?.endpoint;
  return isIn(stage, name) && stage.is('DNSConfigured', 'StillAtOldEndpoint', 'acme/t1') && records.some(({ action, value, purpose }) => purpose === 'Traffic' && action === 'Add' && value === endpoint);
};

const choice: Scenario = {
  file: 'groups-choice',
  name: 'a tenant takes another group and gives it back: the assignment comes first, the old endpoint serves until the customer follows',
  wildcard: true,
  given: () => undefined,
  steps: (stage) => [
    { name: 'the tier is applied', act: () => tierWithGroups(stage, groups, mayChoose), until: () => stage.isTierSettled() },
    { name: 'the tenant is applied', act: () => t1(stage), until: () => isIn(stage, 'shared') },
    { name: 'the customer points the domain here', act: () => stage.customerAdds('acme/t1'), until: () => pointsAt(stage, 'shared') },
    { name: 'the tenant chooses the other group', act: () => t1(stage, { connectionGroup: 'isolated' }), afterMs: minutes, until: () => isAsked(stage, 'isolated') },
    read(stage, ['acme/t1', 'DNSConfigured', 'Ready']),
    { name: 'the customer takes two days', afterMs: 48 * hours, changesNothing: 'in AWS', until: () => isAsked(stage, 'isolated') },
    { name: 'the customer changes the record', act: () => stage.customerAdds('acme/t1'), until: () => pointsAt(stage, 'isolated'), withinMs: 10 * minutes },
    { name: 'the choice is taken back', act: () => t1(stage), until: () => isAsked(stage, 'shared') },
    { name: 'the customer changes the record again', act: () => stage.customerAdds('acme/t1'), until: () => pointsAt(stage, 'shared') },
  ],
};

const undone: Scenario = {
  file: 'groups-choice-undone',
  name: 'a choice that is taken back before the customer followed leaves the customer where it was',
  wildcard: true,
  given: () => undefined,
  steps: (stage) => [
    { name: 'the tier is applied', act: () => tierWithGroups(stage, groups, mayChoose), until: () => stage.isTierSettled() },
    { name: 'the tenant is applied', act: () => t1(stage), until: () => isIn(stage, 'shared') },
    { name: 'the customer points the domain here', act: () => stage.customerAdds('acme/t1'), until: () => pointsAt(stage, 'shared') },
    { name: 'the tenant chooses the other group', act: () => t1(stage, { connectionGroup: 'isolated' }), until: () => isAsked(stage, 'isolated') },
    { name: 'the choice is taken back', act: () => t1(stage), until: () => isIn(stage, 'shared') && pointsAt(stage, 'shared') },
  ],
};

playAll([choice, undone]);
