import type { ConnectionGroup } from '../../crds/types.ts';
import { hours, minutes, playAll, type Scenario, type Step } from './scenario.ts';
import type { Stage } from './stage.ts';
import { groupIn, isIn, pointsAt, read, t1, tierWithGroups } from './tier-words.ts';

const [first, second] = ['aip_0123456789', 'aip_9876543210'];

/** The tier's group, with this Anycast list or none. */
const front = (anycastIpListId?: string): ConnectionGroup => ({ name: 'front', type: 'Managed', managed: { ipv6: true, ...(anycastIpListId === undefined ? {} : { anycastIpListId }) } });

const apply = (stage: Stage, list?: string) => (): void => tierWithGroups(stage, [front(list)]);

const has = (stage: Stage, list: string | undefined): boolean => groupIn(stage, 'front')?.anycastList === list;

/** Whether the group has this list, the tier says that all is well, and the tenant is served through the endpoint it had before. */
const isSettledWith = (stage: Stage, list: string | undefined, endpoint: () => string | undefined): boolean =>
  has(stage, list) && groupIn(stage, 'front')?.endpoint === endpoint() && stage.isTierSettled() && stage.tierIs('ConnectionGroupsReady', 'Found') && pointsAt(stage, 'front');

const begun = (stage: Stage, list?: string): readonly Step[] => [
  { name: 'the tier is applied', act: apply(stage, list), until: () => stage.isTierSettled() },
  { name: 'its first tenant is applied', act: () => t1(stage), until: () => isIn(stage, 'front') },
  { name: 'the customer points the domain here', act: () => stage.customerAdds('acme/t1'), afterMs: minutes, until: () => pointsAt(stage, 'front') },
];

const changed: Scenario = {
  file: 'groups-anycast',
  name: 'the Anycast list of a group is set, changed and taken off in place: its endpoint stays, and nobody is moved',
  wildcard: true,
  knobs: { anycastLists: [first, second] },
  given: () => undefined,
  steps: (stage) => {
    let endpoint: string | undefined;
    const settledWith = (list: string | undefined) => (): boolean => isSettledWith(stage, list, () => endpoint);
    return [
      ...begun(stage),
      {
        name: 'the group is to have a list',
        act: () => {
          endpoint = groupIn(stage, 'front')?.endpoint;
          apply(stage, first)();
        },
        until: settledWith(first),
      },
      { name: 'it is to have another', act: apply(stage, second), until: settledWith(second) },
      { name: 'it is to have none', act: apply(stage), until: settledWith(undefined) },
    ];
  },
};

const kept: Scenario = {
  file: 'groups-anycast-kept',
  name: 'a list that CloudFront does not take off without a word is told, and asked for no more than it takes to see that',
  wildcard: true,
  knobs: { anycastLists: [first], anycastListEmptied: 'kept' },
  given: () => undefined,
  steps: (stage) => [
    ...begun(stage, first),
    { name: 'the group is to have none', act: apply(stage), until: () => stage.tierIs('ConnectionGroupsReady', 'InvalidRequest') },
    read(stage, ['basic', 'ConnectionGroupsReady']),
    { name: 'two hours go by', afterMs: 2 * hours, until: () => has(stage, first) && stage.tierIs('ConnectionGroupsReady', 'InvalidRequest') && pointsAt(stage, 'front') },
    { name: 'the tier has the list again', act: apply(stage, first), until: () => has(stage, first) && stage.isTierSettled() },
  ],
};

const absent: Scenario = {
  file: 'groups-anycast-absent',
  name: 'a list that the account does not have is refused by its name, and the group stays as it was',
  wildcard: true,
  knobs: { anycastLists: [first] },
  given: () => undefined,
  steps: (stage) => [
    ...begun(stage, first),
    { name: 'the group is to have a list that is not there', act: apply(stage, second), until: () => stage.tierIs('ConnectionGroupsReady', 'InvalidRequest') },
    read(stage, ['basic', 'ConnectionGroupsReady', 'Ready'], ['acme/t1', 'Ready']),
    { name: 'an hour goes by', afterMs: hours, until: () => has(stage, first) && stage.isReady('acme/t1') },
    { name: 'it is corrected', act: apply(stage, first), until: () => has(stage, first) && stage.isTierSettled() },
  ],
};

playAll([changed, kept, absent]);
