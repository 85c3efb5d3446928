import type { Timeline } from './timeline.ts';
import type { Knobs } from './knobs.ts';
import type { Random } from './random.ts';

/** How long readers go on seeing what was there before a write: so many reads, and not after that moment. */
export type Staleness = { readonly reads: number; readonly untilMs: number };

/**
 * What readers see of one thing, which may be older than what it is. `undefined` is "not there": a create is seen late, a delete too.
 *
 *     write(v2)                 reads used up, or time over
 *     v1 ---------> sees v1 ------------------------------> sees v2
 */
export class Shown<View> {
  #current: View | undefined;
  #previous: View | undefined;
  #staleReads = 0;
  #staleUntilMs = 0;

  /** A client's write. */
  write(view: View | undefined, staleness: Staleness): void {
    this.#previous = this.#current;
    this.#current = view;
    this.#staleReads = staleness.reads;
    this.#staleUntilMs = staleness.untilMs;
  }

  /** A change that nobody asked for: those who see the current state see it. */
  refresh(view: View): void {
    this.#current = view;
  }

  /** From now on readers see the truth. */
  catchUp(): void {
    this.#staleReads = 0;
  }

  /** What it is in truth. */
  latest(): View | undefined {
    return this.#current;
  }

  read(nowMs: number): View | undefined {
    if (this.#staleReads <= 0 || nowMs >= this.#staleUntilMs) return this.#current;
    this.#staleReads -= 1;
    return this.#previous;
  }
}

type Circumstances = { readonly timeline: Timeline; readonly random: Random; readonly knobs: Knobs };

/** The staleness of one more create or update. */
export const stalenessOfWrite = ({ timeline, random, knobs }: Circumstances): Staleness => ({
  reads: random.between('stale reads', knobs.staleReads),
  untilMs: timeline.nowMs + knobs.staleForMs,
});

/** The staleness of one more delete: by time only, since a page and a Get may both show the dead. */
export const stalenessOfDelete = ({ timeline, random, knobs }: Circumstances): Staleness => ({
  reads: Infinity,
  untilMs: timeline.nowMs + random.between('deleted still visible', knobs.deletedVisibleMs),
});
