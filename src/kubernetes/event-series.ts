import type { Clock } from '../runtime/clock.ts';
import { createTokenBucket } from './token-bucket.ts';
import type { TokenBucket } from './token-bucket.ts';

/** The event that repetitions are folded into, once the server has it, with the count it shows. */
export type Stored = { readonly name: string; readonly uid: string; readonly resourceVersion: string; readonly count: number };

/** One thing said of one subject, as often as it was said within the window. */
export type Series = { count: number; lastAtMs: number; stored?: Stored };

// "De-duplicate for 10 minutes": long enough for a retry every few minutes to stay one line of `kubectl describe`.
const windowMs = 10 * 60_000;
// client-go's spam filter: 25 at once, then one in five minutes, for each subject; and as many subjects as its cache holds.
const rate = { perSecond: 1 / 300, burst: 25 };
const mostKept = 4096;

/**
 * What was said lately, and how much each subject may still say. Keeps the 4,096 last used of each; forgetting one costs at most an event that
 * could have been a series.
 */
export class EventMemory {
  readonly #clock: Clock;
  readonly #series = new Map<string, Series>();
  readonly #buckets = new Map<string, TokenBucket>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Counts one more of it, in a new series when the last one was longer ago than the window. */
  count(what: string): Series {
    const nowMs = this.#clock.now().getTime();
    const known = this.#series.get(what);
    const series = known !== undefined && nowMs - known.lastAtMs < windowMs ? known : { count: 0, lastAtMs: nowMs };
    series.count += 1;
    series.lastAtMs = nowMs;
    keepAsNewest(this.#series, what, series);
    return series;
  }

  /** Whether this subject may be spoken of now. */
  admits(subject: string): boolean {
    const bucket = this.#buckets.get(subject) ?? createTokenBucket(rate, this.#clock);
    keepAsNewest(this.#buckets, subject, bucket);
    return bucket.tryTake();
  }

  /** The next of it begins a new series. */
  forget(what: string): void {
    this.#series.delete(what);
  }
}

const keepAsNewest = <V>(map: Map<string, V>, key: string, value: V): void => {
  map.delete(key);
  map.set(key, value);
  if (map.size <= mostKept) return;
  // A Map keeps the order of insertion: the first is the one longest unused.
  for (const oldest of map.keys()) {
    map.delete(oldest);
    return;
  }
};
