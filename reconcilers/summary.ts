import type { Reason } from '../crds/reasons.ts';
import type { Condition } from '../crds/types.ts';
import type { Action, Decision, Outcome, Verdict } from './contract.ts';
import type { Failure } from './failure.ts';

/** Whose turn it is while something is not as it should be. */
export type Turn = 'ours' | 'customer' | 'person';

/** A verdict with whose turn it is; `turn` means nothing where the verdict is True. */
export type Judged = { readonly verdict: Verdict; readonly turn: Turn };

const turnOfFailure = (failure: Failure): Turn => (failure.kind === 'invalid' || failure.kind === 'blocked' ? 'person' : 'ours');

const turnOf = (decision: Decision<Action>, failure: Failure | undefined): Turn => {
  const { move } = decision;
  // A conflict says nothing to anybody.
  if (failure && failure.kind !== 'conflict') return turnOfFailure(failure);
  if (move.is === 'unseen') return turnOfFailure(move.failure);
  if (!('on' in move)) return 'ours';
  switch (move.on) {
    case undefined:
    case 'aws':
    case 'sibling':
    case 'reference':
      return 'ours';
    case 'customer':
      return 'customer';
    case 'person':
      return 'person';
  }
};

/** A condition as it was last judged, for what could not be looked at just now. */
export const asBefore = (condition: Condition): Verdict => ({ type: condition.type, status: condition.status, reason: condition.reason as Reason, message: condition.message });

const isDone = (actions: readonly Action[], outcomes: readonly Outcome<Action>[]): boolean =>
  actions.every((action) => outcomes.some((outcome) => outcome.action === action && outcome.failure === undefined));

/** AWS's words, and what is made of them where nobody has to act on them. */
const wordsOf = ({ kind, reason, message }: Failure): string =>
  kind === 'unsettled' && reason === 'Pending' ? `AWS does not take it yet, mostly since it does not know something new yet, and is asked again: ${message}` : message;

/**
 * What a condition says after an action failed: the failure speaks for its concern. Where all is well and something was only to be cleared
 * away or tidied, all is well still, and the failure is told besides.
 */
export const afterFailure = (condition: Verdict, { destroys, aside }: Action, failure: Failure): Verdict =>
  (destroys || aside === true) && condition.status === 'True'
    ? { ...condition, message: `${condition.message}; ${wordsOf(failure)}` }
    : { type: condition.type, status: 'False', reason: failure.reason, message: wordsOf(failure) };

/** Whether it says something of the world: what was told of a restraint says what was not done, and its end is mostly why it is looked at again. */
const isWorthKeeping = ({ status, reason }: Condition): boolean => status !== 'Unknown' && reason !== 'Paused' && reason !== 'DryRun';

/**
 * A decision as it reads after its actions: what failed is told (`afterFailure`), and what could not be read just now stays as it was
 * last seen, since a failed read says nothing about the world.
 */
export const judge = (decision: Decision<Action>, outcomes: readonly Outcome<Action>[], before: readonly Condition[] | undefined): Judged => {
  const { condition, move } = decision;
  const last = outcomes.findLast(({ action }) => action.concern === condition.type);
  const failure = last?.failure;
  const turn = turnOf(decision, failure);
  const previous = before?.find(({ type }) => type === condition.type);
  if (move.is === 'unseen' && turn === 'ours' && previous && isWorthKeeping(previous)) return { verdict: asBefore(previous), turn };
  if (move.is === 'acting' && move.afterwards && isDone(move.actions, outcomes)) return { verdict: move.afterwards, turn: 'ours' };
  if (last === undefined || failure === undefined || failure.kind === 'conflict') return { verdict: condition, turn };
  return { verdict: afterFailure(condition, last.action, failure), turn };
};

/**
 * `Ready`, and why not: the first gate that is not True speaks. Beside it at most one of `Reconciling` and `Stalled`, and neither
 * while a customer has to act: waiting for a customer is a state, not a failure (kstatus would call it Failed).
 */
export const summarize = (gates: readonly Judged[], ready: { readonly reason: Reason; readonly message: string }): readonly Verdict[] => {
  const shut = gates.find(({ verdict }) => verdict.status !== 'True');
  if (shut === undefined) return [{ type: 'Ready', status: 'True', ...ready }];
  const { reason, message } = shut.verdict;
  const summary: Verdict = { type: 'Ready', status: 'False', reason, message };
  switch (shut.turn) {
    case 'ours':
      return [summary, { type: 'Reconciling', status: 'True', reason, message }];
    case 'person':
      return [summary, { type: 'Stalled', status: 'True', reason, message }];
    case 'customer':
      return [summary];
  }
};
