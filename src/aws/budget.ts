import PQueue from 'p-queue';
import type { Aws } from '../../reconcilers/ports/aws.ts';
import type { Clock } from '../runtime/clock.ts';
import { Stopped } from '../runtime/stopped.ts';
import { Pace } from './pace.ts';
import { pause } from './pause.ts';
import { type CallClass, defaultRates, type Rates, standings } from './rates.ts';

/** How many calls AWS may be sent, by class. */
export type Budget = {
  /**
   * Resolves when it is this call's turn to be sent. Rejects with the signal's reason as soon as that aborts, the turn is not used up; with
   * `Stopped` once the budget is closed.
   */
  readonly turn: (name: keyof Aws, signal: AbortSignal) => Promise<void>;
  /** AWS throttled this call: its whole class slows down, for every key. */
  readonly slowDown: (name: keyof Aws, sentAt: Date) => void;
  /** The process ends: who waits, waits no longer, and nobody gets a turn. Calls that were sent go on. */
  readonly close: () => void;
};

/** Takes turns one after another: p-queue orders those who wait, `Pace` says when the first of them may go. */
type Lane = { readonly queue: PQueue; readonly pace: Pace };

/**
 * A budget of `rates`, by default those of an account whose quotas were never raised. Whoever many wait for goes first, then who came
 * first. p-queue's own rate limit is not used: it is fixed at construction and reads Date.now(), so a queue runs one task at a time,
 * and that task waits for the pace by the clock given.
 */
export const createBudget = ({ clock, rates = {} }: { readonly clock: Clock; readonly rates?: Partial<Rates> }): Budget => {
  const lanes = new Map<CallClass, Lane>();
  const closed = new AbortController();
  const laneOf = (name: keyof Aws): Lane => {
    const { callClass } = standings[name];
    const lane = lanes.get(callClass) ?? { queue: new PQueue({ concurrency: 1 }), pace: new Pace(rates[callClass] ?? defaultRates[callClass], clock) };
    lanes.set(callClass, lane);
    return lane;
  };

  return {
    turn: async (name, asked) => {
      const signal = AbortSignal.any([asked, closed.signal]);
      signal.throwIfAborted();
      const { queue, pace } = laneOf(name);
      await queue.add(() => untilPaced(pace, clock, signal), { signal, priority: standings[name].shared ? 1 : 0 });
    },
    slowDown: (name, sentAt) => {
      laneOf(name).pace.slowDown(sentAt);
    },
    close: () => closed.abort(new Stopped('send a call: the process is ending')),
  };
};

/** Asks again after each wait: the class may have been slowed down meanwhile. */
const untilPaced = async (pace: Pace, clock: Clock, signal: AbortSignal): Promise<void> => {
  for (let waitMs = pace.take(); waitMs > 0; waitMs = pace.take()) await pause(clock, waitMs, signal);
};
