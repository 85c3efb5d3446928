import { setImmediate as macrotask } from 'node:timers/promises';
import type { Clock } from '../src/runtime/clock.ts';

/**
 * A clock that stands still until it is moved. Timers run in the order of their due time, ties in the order they were set; a timer
 * sees `now()` at exactly its due time. Between timers everything that is ready (microtasks, and one turn of the event loop) runs
 * first, so what a timer set off has been done before the next one fires.
 */
export type VirtualClock = Clock & {
  /** Moves time on by `ms`, running what falls due on the way, timers set on the way included. Ends exactly `ms` later. */
  readonly advance: (ms: number) => Promise<void>;
  /** Jumps to the next timer and runs it. False, and nothing moves, when no timer is set. */
  readonly runNext: () => Promise<boolean>;
  /**
   * Runs timer after timer until none is left. Resolves to the virtual milliseconds that took.
   * @throws when timers are still set after `limitMs`: something re-arms itself for ever.
   */
  readonly runUntilIdle: (limitMs?: number) => Promise<number>;
  /** Runs what is ready now, without moving time. */
  readonly settle: () => Promise<void>;
  /** How many timers are set. Zero at the end of a test shows that nothing was left behind. */
  readonly pending: () => number;
  /** Milliseconds from now until the next timer; absent when none is set. */
  readonly nextInMs: () => number | undefined;
};

/** Where virtual time starts unless told otherwise: a date that reads well in golden files. */
export const virtualStart = new Date('2030-01-01T00:00:00.000Z');

// One day: longer than any delay of the product (a resync is 10 hours), short enough that a timer re-arming itself is found at once.
const idleLimitMs = 24 * 60 * 60 * 1000;

/** A clock under the test's control. Moves only by its own functions, which are to be awaited one after the other. */
export const createVirtualClock = (start: Date = virtualStart): VirtualClock => {
  let nowMs = start.getTime();
  const timers = createTimers();

  const runDueBy = async (limitMs: number): Promise<boolean> => {
    await settle();
    const next = timers.takeDueBy(limitMs);
    if (next === undefined) return false;
    nowMs = Math.max(nowMs, next.dueMs);
    next.run();
    return true;
  };

  return {
    now: () => new Date(nowMs),
    after: (delayMs, run) => timers.set({ dueMs: nowMs + Math.max(0, checked(delayMs)), run }),
    advance: async (ms) => {
      const target = nowMs + ms;
      while (await runDueBy(target)) continue;
      nowMs = target;
    },
    runNext: async () => {
      const ran = await runDueBy(Number.POSITIVE_INFINITY);
      await settle();
      return ran;
    },
    runUntilIdle: async (limitMs = idleLimitMs) => {
      const beganMs = nowMs;
      while (await runDueBy(beganMs + limitMs)) continue;
      if (timers.size() > 0) throw new Error(`run until idle: ${timers.size()} timers still set after ${limitMs} ms`);
      return nowMs - beganMs;
    },
    settle,
    pending: timers.size,
    nextInMs: () => {
      const first = timers.firstDueMs();
      return first === undefined ? undefined : first - nowMs;
    },
  };
};

// Promise chains hop between microtasks and immediates (streams, async iterators): a few turns bring all of them to rest.
const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 3; turn++) await macrotask();
};

const checked = (delayMs: number): number => {
  if (Number.isNaN(delayMs)) throw new RangeError('set a timer: the delay is not a number');
  return delayMs;
};

type Timer = { readonly dueMs: number; readonly run: () => void };

/** Timers sorted by due time, ties in the order they were set. */
const createTimers = () => {
  const timers: Timer[] = [];
  return {
    set: (timer: Timer): (() => void) => {
      const later = timers.findLastIndex(({ dueMs }) => dueMs <= timer.dueMs) + 1;
      timers.splice(later, 0, timer);
      return () => {
        const at = timers.indexOf(timer);
        if (at >= 0) timers.splice(at, 1);
      };
    },
    takeDueBy: (limitMs: number): Timer | undefined => {
      const next = timers[0];
      return next !== undefined && next.dueMs <= limitMs ? timers.shift() : undefined;
    },
    firstDueMs: (): number | undefined => timers[0]?.dueMs,
    size: (): number => timers.length,
  };
};
