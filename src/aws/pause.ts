import type { Clock } from '../runtime/clock.ts';

/** Resolves `ms` later by the clock. Rejects with the signal's reason as soon as that aborts, leaving no timer behind. */
export const pause = async (clock: Clock, ms: number, signal: AbortSignal): Promise<void> => {
  signal.throwIfAborted();
  await new Promise<void>((wake) => {
    const cancel = clock.after(ms, () => {
      signal.removeEventListener('abort', stop);
      wake();
    });
    const stop = (): void => {
      cancel();
      wake();
    };
    signal.addEventListener('abort', stop, { once: true });
  });
  signal.throwIfAborted();
};
