import type { Clock } from '../runtime/clock.ts';

/** Evenly spread over 0 (included) to 1 (not included), like `Math.random`. */
export type Random = () => number;

/** The bounds of a delay that doubles. */
export type Backoff = { readonly baseMs: number; readonly capMs: number };

/**
 * A delay anywhere between nothing and base × 2ⁿ, n failures after the first: clients that failed together do not come back together.
 * @see https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/ (full jitter)
 */
export const fullJitter = ({ baseMs, capMs }: Backoff, failures: number, random: Random): number =>
  random() * Math.min(capMs, baseMs * 2 ** Math.min(failures, 30));

/** Resolves after `delayMs`, or as soon as the signal is aborted, leaving no timer behind. Never rejects. */
export const pause = (clock: Clock, delayMs: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) {
      resolve();
      return;
    }
    const cancel = clock.after(delayMs, () => {
      signal.removeEventListener('abort', stop);
      resolve();
    });
    const stop = (): void => {
      cancel();
      resolve();
    };
    signal.addEventListener('abort', stop, { once: true });
  });
