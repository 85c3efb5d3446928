import type { Decision, Verdict } from '../../contract.ts';
import type { Seen } from '../../failure.ts';
import type { ConnectionGroupSummary } from '../../ports/fleet.ts';

export const concern = 'ConnectionGroupsReady';

/** One group of the tier, by the tier's name for it; `group` is undefined where AWS has none by that id. */
export type GroupSeen = { readonly name: string; readonly id: string | undefined; readonly group: ConnectionGroupSummary | undefined };

export type ConnectionGroupsObserved = Seen<readonly GroupSeen[]>;

const verdict = (status: Verdict['status'], reason: Verdict['reason'], message: string): Verdict => ({ type: concern, status, reason, message });

const problemOf = ({ name, id, group }: GroupSeen): { readonly reason: Verdict['reason']; readonly message: string } | undefined => {
  if (group === undefined) return { reason: 'ConnectionGroupNotFound', message: `spec.connectionGroups "${name}": this AWS account has no connection group ${id ?? ''}` };
  if (!group.enabled) return { reason: 'ConnectionGroupDisabled', message: `connection group ${group.id} ("${name}") is disabled, so that nothing is served through it: enable it` };
  return undefined;
};

/** Judges the tier's connection groups; they are never changed. */
export const planConnectionGroups = (observed: ConnectionGroupsObserved): Decision<never> => {
  if (!observed.known) {
    const { failure } = observed;
    return { condition: verdict('Unknown', failure.reason, failure.message), move: { is: 'unseen', failure } };
  }
  const [first] = observed.value;
  if (first?.id === undefined) {
    const message = 'the account has no default connection group yet: CloudFront makes it with the first tenant; or name a group in spec.connectionGroups';
    return { condition: verdict('False', 'NoDefaultConnectionGroup', message), move: { is: 'waiting', on: 'aws' } };
  }
  const problems = observed.value.map(problemOf).filter((problem) => problem !== undefined);
  const [problem] = problems;
  if (problem) return { condition: verdict('False', problem.reason, problems.map(({ message }) => message).join('; ')), move: { is: 'waiting', on: 'person' } };
  return { condition: verdict('True', 'Found', observed.value.map(({ name, group }) => `"${name}" is reached at ${group?.endpoint ?? ''}`).join('; ')), move: { is: 'settled' } };
};
