import { isDeepStrictEqual } from 'node:util';
import type { Reconciler, Report, Wake } from '../../reconcilers/contract.ts';
import { fullJitter } from './backoff.ts';
import type { Clock } from './clock.ts';
import { createPassRunner } from './pass.ts';
import type { PassEnd } from './pass.ts';
import { priorities, type Priority } from './priorities.ts';
import type { AddOptions, Item, WorkQueue } from './work-queue.ts';

/** One pass among all of its controller: its number, and how long it took. */
export type PassInfo = { readonly passId: string; readonly durationMs: number };

/** What a controller tells; must not throw. */
export type ControllerHooks = {
  readonly onReport: (report: Report, pass: PassInfo) => void;
  /** A pass threw: a bug of ours. */
  readonly onPanic: (key: string, error: unknown, pass: PassInfo) => void;
  /** A pass was ended by its deadline. */
  readonly onTimeout: (key: string, error: unknown, pass: PassInfo) => void;
  /** A pass has not ended a minute after its deadline. */
  readonly onStuck: (key: string) => void;
  /** A pass was put off, because the cache does not show our own last write yet. */
  readonly onStale: (key: string) => void;
  /** A worker took a key. */
  readonly onTake: (item: Item) => void;
};

export type ControllerOptions = {
  readonly reconciler: Reconciler;
  /** Belongs to this controller alone, and is shut down with it. */
  readonly queue: WorkQueue;
  readonly clock: Clock;
  readonly random: () => number;
  /** How many passes run at once. They wait for AWS most of the time, so many more than there are cores. */
  readonly workers: number;
  readonly deadlineMs: number;
  /** Whether the cache shows everything that was written to this key. */
  readonly isFresh: (key: string) => boolean;
  readonly hooks: ControllerHooks;
};

/** A thing as it was and as it is: only `after` where it is new, only `before` where it is gone. */
export type Source<Thing> = { readonly before?: Thing | undefined; readonly after?: Thing | undefined };

/** A reconciler, its queue and its workers. */
export type Controller = {
  /** Works until the signal is aborted; then takes no more keys, and resolves when every pass under way has ended and no timer is left. */
  readonly run: (signal: AbortSignal) => Promise<void>;
  readonly enqueue: (key: string, options: AddOptions) => void;
  /** What this key was of is gone: nothing is to be done, unless the controller has run and may know of it. */
  readonly forget: (key: string) => void;
  /** Adds the keys that a changed thing is about, before and after, unless its facts are the same. */
  readonly wake: <Thing>(source: Source<Thing>, wake: Wake<Thing>, priority: Priority) => void;
  /** How many passes run. */
  readonly active: () => number;
  /** For how long each of them has been running, in milliseconds. */
  readonly runningMs: () => readonly number[];
  /** Keys whose pass did not end when it was told to: the process should be started anew. */
  readonly stuck: () => readonly string[];
};

const staleRetryMs = 250;
// A watch is rarely this late. An object that was created and deleted unseen never shows, and must not wait for ever.
const staleAtMostMs = 30_000;
const panicBackoff = { baseMs: 1_000, capMs: 5 * 60_000 };

/** A controller at rest: keys may be added before it runs. */
export const createController = (options: ControllerOptions): Controller => {
  const { queue, clock, hooks } = options;
  const passes = createPassRunner({ ...options, onStuck: hooks.onStuck });
  const mayStart = createFreshnessGate(options);
  const settle = createSettler(options);
  let count = 0;

  const pass = async (item: Item): Promise<void> => {
    const passId = String(++count);
    const beganMs = clock.now().getTime();
    const end = await passes.run(item.key);
    settle(item, end, { passId, durationMs: clock.now().getTime() - beganMs });
  };

  const work = async (signal: AbortSignal): Promise<void> => {
    for (let item = await queue.get(signal); item !== undefined; item = await queue.get(signal)) {
      hooks.onTake(item);
      if (mayStart(item)) await pass(item);
      queue.done(item.key);
    }
  };

  return {
    run: async (signal) => {
      try {
        await Promise.all(Array.from({ length: options.workers }, () => work(signal)));
      } finally {
        queue.shutDown();
      }
    },
    enqueue: queue.add,
    forget: queue.forget,
    wake: (source, wake, priority) => {
      for (const key of wokenBy(source, wake)) queue.add(key, { priority, afterMs: wake.coalesceMs ?? 0 });
    },
    active: () => passes.running().length,
    runningMs: () => passes.running().map(({ forMs }) => forMs),
    stuck: passes.stuck,
  };
};

/** The keys that a thing is or was about, each once; none while the facts are the same. */
const wokenBy = <Thing>({ before, after }: Source<Thing>, { facts, keys }: Wake<Thing>): ReadonlySet<string> => {
  const [was, is] = [before, after].map((thing) => (thing === undefined ? undefined : facts(thing)));
  if (isDeepStrictEqual(was, is)) return new Set();
  return new Set([before, after].flatMap((thing) => (thing === undefined ? [] : keys(thing))));
};

/** Says whether a pass may start on what the cache shows, and puts it off where not. */
const createFreshnessGate = ({ queue, clock, isFresh, hooks }: ControllerOptions): ((item: Item) => boolean) => {
  const staleSince = new Map<string, number>();
  return ({ key, priority }) => {
    const nowMs = clock.now().getTime();
    const sinceMs = staleSince.get(key) ?? nowMs;
    if (isFresh(key) || nowMs - sinceMs >= staleAtMostMs) {
      staleSince.delete(key);
      return true;
    }
    staleSince.set(key, sinceMs);
    hooks.onStale(key);
    queue.add(key, { priority, afterMs: staleRetryMs });
    return false;
  };
};

/** Tells how a pass ended, and adds its key for the next one. */
const createSettler = ({ queue, random, hooks }: ControllerOptions): ((item: Item, end: PassEnd, pass: PassInfo) => void) => {
  const failures = new Map<string, number>();

  const backOff = ({ key, priority }: Item): void => {
    const count = failures.get(key) ?? 0;
    failures.set(key, count + 1);
    queue.add(key, { priority, afterMs: fullJitter(panicBackoff, count, random) });
  };

  return (item, end, pass) => {
    switch (end.is) {
      case 'reported':
        failures.delete(item.key);
        hooks.onReport(end.report, pass);
        if (end.report.next) queue.add(item.key, { priority: priorities[end.report.next.urgency], afterMs: end.report.next.afterMs });
        return;
      case 'stopped':
        return;
      case 'timedOut':
        hooks.onTimeout(item.key, end.error, pass);
        return backOff(item);
      case 'panicked':
        hooks.onPanic(item.key, end.error, pass);
        return backOff(item);
    }
  };
};
