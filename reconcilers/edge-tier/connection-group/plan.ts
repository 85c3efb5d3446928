import type { Decision, Desired } from '../../contract.ts';
import { accountDefaultGroup } from '../../tier-facts.ts';
import { type ConnectionGroupAction, type ConnectionGroupsObserved, type ConnectionGroupsSpec, type Groups, type GroupSeen, say } from './connection-group.ts';
import { planExisting } from './existing.ts';
import { planManaged } from './managed.ts';
import { merged } from './merge.ts';
import { planRetiring } from './retire.ts';

export { connectionGroupRows } from './status.ts';

type Step = Decision<ConnectionGroupAction>;

/** Without groups in the spec it is the account's default one that is used. */
const usedOf = (groups: ConnectionGroupsSpec['groups'], { used }: Groups): readonly GroupSeen[] => {
  const none: GroupSeen = { name: accountDefaultGroup, id: undefined, group: undefined };
  if (groups.length === 0) return [used[0] ?? none];
  return groups.filter(({ type }) => type === 'Existing').map(({ name, id }) => used.find((one) => one.name === name) ?? { name, id, group: undefined });
};

/** What the spec has, group by group, then what is to go. */
const stepsOf = (spec: ConnectionGroupsSpec, seen: Groups, now: Date): readonly Step[] => {
  const { groups, published } = spec;
  const managed = groups.filter(({ type }) => type === 'Managed');
  const isTold = (id: string): boolean => (published ?? []).some((row) => row.id === id && row.state === 'Retiring');
  const retiring = seen.own.filter(({ name }) => managed.every((group) => group.name !== name));
  return [
    ...usedOf(groups, seen).map((one) => planExisting(one, spec)),
    ...managed.map((group) => planManaged(group, seen, published)),
    ...retiring.map((own) => planRetiring(own, { because: 'removed', isTold: isTold(own.group.id) }, now)),
  ];
};

/** Decides about the tier's connection groups: pure. Each acts by itself; the condition speaks for all. */
export const planConnectionGroups = (desired: Desired<ConnectionGroupsSpec>, observed: ConnectionGroupsObserved, now: Date): Step => {
  if (!observed.known) {
    const { failure } = observed;
    return { condition: say('Unknown', failure.reason, failure.message), move: { is: 'unseen', failure } };
  }
  const seen = observed.value;
  switch (desired.is) {
    case 'held':
      return { condition: say('Unknown', desired.reason, desired.message), move: { is: 'waiting', on: desired.on } };
    case 'absent': {
      const steps = seen.own.map((own) => planRetiring(own, { because: 'deleted', isTold: true }, now));
      if (steps.length === 0) return { condition: say('False', 'Deleting', 'the tier has no connection group of its own any more'), move: { is: 'gone' } };
      return merged(steps, { is: 'waiting', on: 'aws' }, seen.refusals, now);
    }
    case 'present':
      return merged(stepsOf(desired.spec, seen, now), { is: 'settled' }, seen.refusals, now);
  }
};
