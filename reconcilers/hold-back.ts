import { isDeepStrictEqual } from 'node:util';
import type { Action, Decision, Refusal } from './contract.ts';
import { refusedForMs } from './requeue.ts';
import { afterFailure } from './summary.ts';

/** For how much longer this refusal stands; 0 where it does not, or never did. */
const standsForMs = ({ failure, at }: Refusal, now: Date): number =>
  failure.kind === 'blocked' || failure.kind === 'invalid' ? Math.max(0, at.getTime() + refusedForMs[failure.kind] - now.getTime()) : 0;

/**
 * The decision, or, where AWS has just refused its first action, that it waits, in AWS's words: another concern's pace (a customer's DNS is
 * looked at every 27 s) is no reason to ask AWS again. An action that differs in anything is another one, so whoever mends the spec is
 * heard at once. Pure. A concern that has several things to do waits with all of them where the first one was refused.
 */
export const heldBack = <A extends Action>(decision: Decision<A>, refusals: readonly Refusal[], now: Date): Decision<A> => {
  if (decision.move.is !== 'acting') return decision;
  const [first] = decision.move.actions;
  const standing = refusals.findLast((refusal) => standsForMs(refusal, now) > 0 && isDeepStrictEqual(refusal.action, first));
  if (standing === undefined) return decision;
  const leftMs = standsForMs(standing, now);
  return { condition: afterFailure(decision.condition, first, standing.failure), move: { is: 'waiting', on: 'person', between: { minMs: leftMs, maxMs: leftMs } } };
};
