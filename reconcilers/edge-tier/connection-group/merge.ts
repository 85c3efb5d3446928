import type { Decision, Move, Refusal, Verdict } from '../../contract.ts';
import { heldBack } from '../../hold-back.ts';
import { type ConnectionGroupAction, say } from './connection-group.ts';

type Step = Decision<ConnectionGroupAction>;
type Waiting = Extract<Move<ConnectionGroupAction>, { readonly is: 'waiting' }>;

/** What is wrong comes first, and all of it; then what is under way; what is as it should be last. */
const conditionOf = (verdicts: readonly Verdict[]): Verdict => {
  const troubles = verdicts.filter(({ status }) => status !== 'True');
  const [trouble] = troubles;
  if (trouble) return say(trouble.status, trouble.reason, troubles.map(({ message }) => message).join('; '));
  const sorted = [...verdicts.filter(({ reason }) => reason !== 'Found'), ...verdicts.filter(({ reason }) => reason === 'Found')];
  return say('True', sorted[0]?.reason ?? 'Found', sorted.map(({ message }) => message).join('; '));
};

const failedLately = ({ name }: ConnectionGroupAction, refusals: readonly Refusal[]): boolean => refusals.some(({ action }) => 'name' in action && action.name === name);

/** AWS's own pace where AWS is waited for; else whoever is to mend what is wrong, no later than any of them asks for. */
const waitFor = (steps: readonly Step[]): Waiting | undefined => {
  const waits = steps.flatMap(({ condition, move }) => (move.is === 'waiting' ? [{ condition, move }] : []));
  const first = waits.find(({ move }) => move.on === 'aws') ?? waits.find(({ condition }) => condition.status !== 'True') ?? waits[0];
  if (first === undefined || first.move.on === 'aws') return first && { is: 'waiting', on: 'aws' };
  const paces = waits.flatMap(({ move }) => move.between ?? []);
  if (paces.length === 0) return first.move;
  return { is: 'waiting', on: first.move.on, between: { minMs: Math.min(...paces.map(({ minMs }) => minMs)), maxMs: Math.min(...paces.map(({ maxMs }) => maxMs)) } };
};

/**
 * One decision of what was decided group by group. Actions of groups that failed lately go last, since the first failure ends a decision's
 * actions. `rest` is the move where no group has anything to do or to wait for.
 */
export const merged = (all: readonly Step[], rest: Move<ConnectionGroupAction>, refusals: readonly Refusal[], now: Date): Step => {
  const steps = all.map((step) => heldBack(step, refusals, now));
  const condition = conditionOf(steps.map((step) => step.condition));
  const actions = steps.flatMap(({ move }) => (move.is === 'acting' ? move.actions : []));
  const [first, ...others] = [...actions.filter((action) => !failedLately(action, refusals)), ...actions.filter((action) => failedLately(action, refusals))];
  if (first !== undefined) {
    const afterwards = conditionOf(steps.map(({ condition: before, move }) => (move.is === 'acting' ? (move.afterwards ?? before) : before)));
    return { condition, move: { is: 'acting', actions: [first, ...others], afterwards } };
  }
  const unseen = steps.find(({ move }) => move.is === 'unseen');
  return unseen ?? { condition, move: waitFor(steps) ?? rest };
};
