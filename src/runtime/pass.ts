import type { Reconciler, Report } from '../../reconcilers/contract.ts';
import type { Clock } from './clock.ts';
import { Stopped } from './stopped.ts';

/** How one pass ended. `timedOut`: its deadline had ended it, so its error is no bug. `stopped`: the process may do nothing more. */
export type PassEnd =
  | { readonly is: 'reported'; readonly report: Report }
  | { readonly is: 'stopped' }
  | { readonly is: 'timedOut'; readonly error: unknown }
  | { readonly is: 'panicked'; readonly error: unknown };

/** Runs passes, each against its deadline. */
export type PassRunner = {
  /** Never rejects. Resolves only when nothing of the pass runs any more, however long after its deadline that is. */
  readonly run: (key: string) => Promise<PassEnd>;
  /** The passes under way, and for how long. */
  readonly running: () => readonly { readonly key: string; readonly forMs: number }[];
  /** Keys whose pass does not heed its signal: only a new process can help them. */
  readonly stuck: () => readonly string[];
};

export type PassRunnerOptions = {
  readonly reconciler: Reconciler;
  readonly clock: Clock;
  /** When the signal of a pass is aborted. */
  readonly deadlineMs: number;
  /** A pass was called stuck; it may still end. */
  readonly onStuck: (key: string) => void;
};

// An AWS attempt is cut at 10 s and a Kubernetes request at 30 s, so what has not ended after a minute does not listen.
const stuckAfterMs = 60_000;

/**
 * A deadline aborts the pass and never abandons it: whoever races a promise against a timer runs the same key twice in the end.
 * Not to be asked for a key that is running.
 */
export const createPassRunner = ({ reconciler, clock, deadlineMs, onStuck }: PassRunnerOptions): PassRunner => {
  const running = new Map<string, Date>();
  const stuck = new Set<string>();

  const watchOver = (key: string, ended: AbortController): (() => void) => {
    let cancel = clock.after(deadlineMs, () => {
      ended.abort(new Error(`reconcile ${reconciler.kind} "${key}": not done after ${deadlineMs} ms`));
      cancel = clock.after(stuckAfterMs, () => {
        stuck.add(key);
        onStuck(key);
      });
    });
    return () => cancel();
  };

  const run = async (key: string): Promise<PassEnd> => {
    const ended = new AbortController();
    const stopWatching = watchOver(key, ended);
    running.set(key, clock.now());
    try {
      return { is: 'reported', report: await reconciler.reconcile(key, ended.signal) };
    } catch (error) {
      if (error instanceof Stopped) return { is: 'stopped' };
      return { is: ended.signal.aborted ? 'timedOut' : 'panicked', error };
    } finally {
      stopWatching();
      running.delete(key);
      stuck.delete(key);
    }
  };

  return {
    run,
    running: () => [...running].map(([key, since]) => ({ key, forMs: clock.now().getTime() - since.getTime() })),
    stuck: () => [...stuck],
  };
};
