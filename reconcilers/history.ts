import type { Action, Decision, Outcome, Plan } from './contract.ts';
import type { Failure } from './failure.ts';
import { type History, waitKey } from './requeue.ts';

/** A pass that is over; `failed`: anything in it. */
export type Ended = { readonly plan: Plan<Action>; readonly outcomes: readonly Outcome<Action>[]; readonly failed: boolean };

/** What went wrong with a concern in a pass. */
const failuresOf = ({ condition, move }: Decision<Action>, outcomes: readonly Outcome<Action>[]): readonly Failure[] => [
  ...outcomes.flatMap(({ action, failure }) => (failure !== undefined && action.concern === condition.type ? [failure] : [])),
  ...(move.is === 'unseen' ? [move.failure] : []),
];

/** What is waited for after a pass: AWS does not see something still where a failure of another kind, or of another party, kept us from asking. */
const waitsOf = (decision: Decision<Action>, outcomes: readonly Outcome<Action>[], before: History['waitingSince']): readonly string[] => {
  const { condition, move } = decision;
  const unsettled = waitKey(condition.type, 'unsettled');
  const failures = failuresOf(decision, outcomes);
  const isUnasked = move.is === 'acting' && outcomes.every(({ action }) => action.concern !== condition.type);
  const isUnsettled = failures.some(({ kind }) => kind === 'unsettled') || ((failures.length > 0 || isUnasked) && before[unsettled] !== undefined);
  return [...(move.is === 'waiting' ? [waitKey(condition.type, move.on)] : []), ...(isUnsettled ? [unsettled] : [])];
};

/** Progress begins a row of failures anew, once a minute at most: what succeeds and fails in turns backs off in between. */
const forgivenAfterMs = 60_000;

const streakAfter = (history: History, { failed, outcomes }: Ended, now: Date): Pick<History, 'failures' | 'failingSince'> => {
  if (!failed) return { failures: 0, failingSince: undefined };
  const { failures, failingSince = now } = history;
  const isForgiven = outcomes.some(({ failure }) => failure === undefined) && now.getTime() - failingSince.getTime() >= forgivenAfterMs;
  return isForgiven ? { failures: 1, failingSince: now } : { failures: failures + 1, failingSince };
};

/** A key's past after one more pass. */
export const historyAfter = (history: History, ended: Ended, now: Date): History => {
  const { waitingSince } = history;
  const waits = ended.plan.decisions.flatMap((decision) => waitsOf(decision, ended.outcomes, waitingSince));
  return { ...streakAfter(history, ended, now), waitingSince: Object.fromEntries(waits.map((key) => [key, waitingSince[key] ?? now])) };
};
