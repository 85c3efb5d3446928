import type { ConnectionGroupStatus, EdgeTierStatus } from '../../../crds/types.ts';
import { type ConnectionGroupsObserved, type GroupSeen, type Groups, isOff, isPublished, type OwnGroup } from './connection-group.ts';

type Rows = EdgeTierStatus['connectionGroups'];

/** As many as the schema takes: a tier has 10 groups at most. */
const maxRows = 20;

const rowOfUsed = ({ name, group }: GroupSeen, before: Rows): readonly ConnectionGroupStatus[] =>
  group === undefined ? [] : [{ name, id: group.id, arn: group.arn, endpoint: group.endpoint, state: isOff(group, before) ? 'Disabled' : 'Active' }];

/** Without an endpoint nobody uses it: that is told once it serves. */
const rowOfManaged = (name: string, own: OwnGroup | undefined, before: Rows): ConnectionGroupStatus => {
  if (own === undefined) return { name, state: 'Active' };
  const { id, arn, endpoint, enabled, deployed } = own.group;
  const serves = (enabled && deployed) || isPublished(name, own.group, before);
  return { name, id, arn, ...(serves ? { endpoint } : {}), state: 'Active' };
};

/** A name that the spec has given to another group meanwhile cannot be told twice: then it is known by its id. */
const rowOfRetiring = ({ name, group: { id, arn, endpoint } }: OwnGroup, taken: readonly string[]): ConnectionGroupStatus => ({
  name: taken.includes(name) ? id : name, id, arn, endpoint, state: 'Retiring',
});

const rowsOf = ({ used, managed, own }: Groups, before: Rows): readonly ConnectionGroupStatus[] => {
  const active = [...used.flatMap((one) => rowOfUsed(one, before)), ...managed.map((name) => rowOfManaged(name, own.find((one) => one.name === name), before))];
  const taken = [...active.map(({ name }) => name), ...used.map(({ name }) => name)];
  const retiring = own.filter(({ name }) => !managed.includes(name));
  return [...active, ...retiring.map((one) => rowOfRetiring(one, taken))].slice(0, maxRows);
};

/**
 * The rows of `status.connectionGroups`: what the spec has, in its order as far as it is the same type, then what retires. A managed group
 * has its row before it is made: it is what tells a later pass that the tier may have something of its own.
 */
export const connectionGroupRows = (observed: ConnectionGroupsObserved, before: Rows): Rows => (observed.known ? rowsOf(observed.value, before) : before);
