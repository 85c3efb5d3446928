import type { Report } from '../../../reconcilers/contract.ts';
import { createController } from '../../../src/runtime/controller.ts';
import type { ControllerHooks } from '../../../src/runtime/controller.ts';
import { createWorkQueue } from '../../../src/runtime/work-queue.ts';
import { createVirtualClock } from '../../virtual-clock.ts';

/** What a pass answers here: how it came out, and when to look again. */
export type Answer = Pick<Report, 'outcome' | 'next'>;

export const settled: Answer = { outcome: 'settled', next: { afterMs: 36_000_000, urgency: 'idle' } };
export const acted: Answer = { outcome: 'acted', next: { afterMs: 10_000, urgency: 'progress' } };
export const gone: Answer = { outcome: 'gone', next: undefined };

const reportOf = (key: string, told: Answer): Report => ({ kind: 'Thing', key, depth: 'shared', did: [], transitions: [], notices: [], failures: [], ...told });

export type Given = {
  readonly reconcile: (key: string, signal: AbortSignal) => Promise<Answer>;
  readonly workers?: number;
  readonly isFresh?: (key: string) => boolean;
  readonly random?: () => number;
};

/** A controller that runs on virtual time, and everything it told, each with its milliseconds since the start. */
export const runOnVirtualTime = ({ reconcile, workers = 2, isFresh = () => true, random = () => 1 }: Given) => {
  const clock = createVirtualClock();
  const beganMs = clock.now().getTime();
  const told: string[] = [];
  const tell = (what: string): void => {
    told.push(`${clock.now().getTime() - beganMs} ${what}`);
  };
  const hooks: ControllerHooks = {
    onReport: ({ key, outcome }, { passId, durationMs }) => tell(`report ${key} ${outcome} pass ${passId} took ${durationMs}`),
    onPanic: (key, error) => tell(`panic ${key} ${String(error)}`),
    onTimeout: (key) => tell(`timeout ${key}`),
    onStuck: (key) => tell(`stuck ${key}`),
    onStale: (key) => tell(`stale ${key}`),
    onTake: () => undefined,
  };
  const queue = createWorkQueue({ clock });
  const reconciler = { kind: 'Thing', reconcile: async (key: string, signal: AbortSignal) => reportOf(key, await reconcile(key, signal)) };
  const controller = createController({ reconciler, queue, clock, random, workers, deadlineMs: 300_000, isFresh, hooks });
  const stop = new AbortController();
  const running = controller.run(stop.signal);
  const end = async (): Promise<void> => {
    stop.abort();
    await running;
  };
  return { clock, queue, controller, told, stop, running, end };
};
