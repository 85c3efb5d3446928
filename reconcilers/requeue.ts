import type { Action, Next, Outcome, Plan, Wait } from './contract.ts';
import type { Failure } from './failure.ts';

/*
 * When to look again. Every pass ends here, so no object can stall.
 *
 *   the soonest of:                            first look          then
 *   ─ failure  conflict                        at once, 5 times    like transient
 *              transient                       1 s                 doubling to 5 min, full jitter
 *              throttled                       5 s                 doubling to 5 min, full jitter
 *              unsettled                       5 s                 a fifth of the time waited, to 1 min; 15 min later: blocked
 *              blocked                         10 min
 *              invalid                         6 h (a new generation wakes the key at once)
 *   ─ acted                                    10 s
 *   ─ waiting  aws                             15 s                a quarter of the time waited, to 2 min
 *              customer                        27 s                during 15 min; then a thirtieth of the time waited, to 5 min
 *              sibling                         none: the sibling's own pace counts; 30 s, then as aws, where nothing else has one
 *              reference, person               10 min (a change of what is waited for wakes the key at once)
 *   ─ settled or gone                          the resync period
 */

const seconds = 1000;
const minutes = 60 * seconds;
const hours = 60 * minutes;

/** After this long, what AWS "does not see yet" is taken for a refusal that a person must look at. */
export const unsettledForMs = 15 * minutes;

/** How long something refused is left alone: nobody but a person changes the answer. */
export const refusedForMs = { blocked: 10 * minutes, invalid: 6 * hours } as const;

/** What the pass remembers of a key's past; lost with the process, which only makes the next looks sooner. */
export type History = {
  /** Passes in a row with a failure, this one included, since `failingSince`; history.ts says when progress begins the row anew. */
  readonly failures: number;
  readonly failingSince: Date | undefined;
  /** By `waitKey`: a concern's wait is as old as it is, whatever else is waited for. */
  readonly waitingSince: Readonly<Record<string, Date>>;
};

/** Randomness (0 to 1) and the resync period are parameters, so that a run can be repeated. */
export type Pace = { readonly random: () => number; readonly resyncMs: number };

/** What one concern waits for, as a key of `History.waitingSince`; `unsettled`: for AWS to see what it says it does not know. */
export const waitKey = (concern: string, on: Wait | 'unsettled'): string => `${concern} ${on}`;

const clamp = (value: number, low: number, high: number): number => Math.min(Math.max(value, low), high);

const backoffMs = (failures: number, baseMs: number, pace: Pace): number =>
  clamp(pace.random() * Math.min(baseMs * 2 ** (failures - 1), 5 * minutes), baseMs / 2, 5 * minutes);

/** `unsettledMs`: for how long AWS has not seen what the concern relies on. */
const afterFailure = (failure: Failure, history: History, unsettledMs: number, pace: Pace): number => {
  switch (failure.kind) {
    case 'conflict':
      return history.failures <= 5 ? 0 : backoffMs(history.failures - 5, seconds, pace);
    case 'transient':
      return backoffMs(history.failures, seconds, pace);
    case 'throttled':
      return backoffMs(history.failures, 5 * seconds, pace);
    case 'unsettled':
      return unsettledMs < unsettledForMs ? clamp(unsettledMs / 5, 5 * seconds, minutes) : refusedForMs.blocked;
    case 'blocked':
    case 'invalid':
      return refusedForMs[failure.kind];
  }
};

const afterWaiting = (on: Wait, elapsedMs: number): number => {
  switch (on) {
    case 'aws':
      return clamp(elapsedMs / 4, 15 * seconds, 2 * minutes);
    case 'customer':
      return elapsedMs < 15 * minutes ? 27 * seconds : clamp(elapsedMs / 30, 30 * seconds, 5 * minutes);
    case 'sibling':
      return clamp(elapsedMs / 4, 30 * seconds, 2 * minutes);
    case 'reference':
    case 'person':
      return 10 * minutes;
  }
};

/** The next look that this plan and its outcomes ask for: the soonest of all concerns'. */
export const nextLook = <A extends Action>(
  pass: { readonly plan: Plan<A>; readonly outcomes: readonly Outcome<A>[]; readonly failures: readonly Failure[]; readonly now: Date },
  history: History,
  pace: Pace,
): Next => {
  const { plan, outcomes, now } = pass;
  const delays: number[] = [];
  const waitedMs = (concern: string, on: Wait | 'unsettled'): number => now.getTime() - (history.waitingSince[waitKey(concern, on)] ?? now).getTime();
  const failed = (failure: Failure, concern: string): number => delays.push(afterFailure(failure, history, waitedMs(concern, 'unsettled'), pace));
  for (const failure of pass.failures) failed(failure, '');
  for (const outcome of outcomes) {
    if (outcome.failure === undefined) delays.push(10 * seconds);
    else failed(outcome.failure, outcome.action.concern);
  }
  for (const { condition, move } of plan.decisions) {
    if (move.is === 'unseen') failed(move.failure, condition.type);
    if (move.is !== 'waiting' || move.on === 'sibling') continue;
    const elapsedMs = waitedMs(condition.type, move.on);
    delays.push(move.between ? clamp(elapsedMs / 4, move.between.minMs, move.between.maxMs) : afterWaiting(move.on, elapsedMs));
  }
  const isIdle = delays.length === 0 && plan.decisions.every(({ move }) => move.is !== 'waiting');
  if (delays.length === 0 && !isIdle) delays.push(afterWaiting('sibling', Math.max(...plan.decisions.map(({ condition }) => waitedMs(condition.type, 'sibling')))));
  const soonest = Math.min(...delays, pace.resyncMs * (0.9 + 0.2 * pace.random()));
  return { afterMs: Math.round(soonest), urgency: isIdle ? 'idle' : 'progress' };
};
