import type { Clock } from './clock.ts';

/** Settles as `promise` does, or rejects with the signal's reason as soon as that aborts. */
export const unlessAborted = async <Value>(promise: Promise<Value>, signal: AbortSignal): Promise<Value> => {
  // Nobody hears the promise once the signal has aborted: its failure after that, or before, is nobody's business and no unhandled rejection.
  promise.catch(() => undefined);
  signal.throwIfAborted();
  const aborted = Promise.withResolvers<never>();
  const onAbort = (): void => aborted.reject(signal.reason);
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([promise, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
};

/** A time limit: `over` is the reason of the signal once it is reached. */
export type Limit = { readonly clock: Clock; readonly ms: number; readonly over: () => unknown };

/** Runs `work` with a signal that aborts as `signal` does, or when the limit is reached. Leaves no timer behind. */
export const within = async <Value>({ clock, ms, over }: Limit, signal: AbortSignal, work: (signal: AbortSignal) => Promise<Value>): Promise<Value> => {
  signal.throwIfAborted();
  const ended = new AbortController();
  const cancel = clock.after(ms, () => ended.abort(over()));
  const forward = (): void => ended.abort(signal.reason);
  signal.addEventListener('abort', forward, { once: true });
  try {
    return await work(ended.signal);
  } finally {
    cancel();
    signal.removeEventListener('abort', forward);
  }
};
