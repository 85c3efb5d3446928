import type { Clock } from '../runtime/clock.ts';

/** AWS's buckets hold at least a second's calls; half of that leaves room for calls that bunch up on their way. */
const burstSeconds = 0.5;
/** A rate halved once is whole again after 30 s, one at the bottom after a minute: additive, so that two controllers share fairly. */
const recoveryMs = 60_000;
const slowest = 1 / 32;

/**
 * When the next call of a class may be sent: evenly spaced, after a pause up to half a second's calls at once. Slowed down, the spacing
 * doubles at once and shrinks slowly.
 */
export class Pace {
  readonly #perSecond: number;
  readonly #clock: Clock;
  /** When the calls sent so far would all be paid for, had they been evenly spaced. */
  #paidForMs = 0;
  #slowedAtMs = Number.NEGATIVE_INFINITY;
  /** The share of the rate at that moment. */
  #slowedTo = 1;

  constructor(perSecond: number, clock: Clock) {
    this.#perSecond = perSecond;
    this.#clock = clock;
  }

  /** Milliseconds until a call may be sent; 0 takes the slot. */
  take(): number {
    const nowMs = this.#clock.now().getTime();
    const gapMs = 1000 / (this.#perSecond * this.#share(nowMs));
    const toleranceMs = this.#share(nowMs) < 1 ? 0 : gapMs * Math.max(0, this.#perSecond * burstSeconds - 1);
    // What was sent at a slower rate need not be paid for at that rate any longer.
    this.#paidForMs = Math.min(this.#paidForMs, nowMs + gapMs + toleranceMs);
    const waitMs = this.#paidForMs - toleranceMs - nowMs;
    if (waitMs > 0) return Math.ceil(waitMs);
    this.#paidForMs = Math.max(this.#paidForMs, nowMs) + gapMs;
    return 0;
  }

  /** AWS throttled a call sent at `sentAt`. What was under way when it slowed down last says nothing new. */
  slowDown(sentAt: Date): void {
    if (sentAt.getTime() < this.#slowedAtMs) return;
    const nowMs = this.#clock.now().getTime();
    this.#slowedTo = Math.max(slowest, this.#share(nowMs) / 2);
    this.#slowedAtMs = nowMs;
    this.#paidForMs = nowMs + 1000 / (this.#perSecond * this.#slowedTo);
  }

  #share(nowMs: number): number {
    return Math.min(1, this.#slowedTo + Math.max(0, nowMs - this.#slowedAtMs) / recoveryMs);
  }
}
