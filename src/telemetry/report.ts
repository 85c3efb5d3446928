import type { Report } from '../../reconcilers/contract.ts';
import type { Failure } from '../../reconcilers/failure.ts';
import type { Regarding, Saying } from '../kubernetes/events.ts';
import type { ControllerHooks } from '../runtime/controller.ts';
import type { ControllerMetrics, PassResult } from './controller-metrics.ts';
import type { Log } from './log.ts';
import { linesFrom } from './report-lines.ts';
import { createSayings } from './sayings.ts';

export type ReporterOptions = {
  /** As it is named in logs and metrics. */
  readonly controller: string;
  readonly log: Log;
  readonly metrics: ControllerMetrics;
  /** Says something of an object in a Kubernetes Event; returns at once and never throws. */
  readonly record: (regarding: Regarding, saying: Saying) => void;
};

/** Says aloud what the passes of one controller did: in the log, in Events, in metrics. */
export const createReporter = ({ controller, log, metrics, record }: ReporterOptions): ControllerHooks => {
  const mine = log.with({ controller });
  const sayingsOf = createSayings();
  return {
    onReport: (report, pass) => {
      metrics.ended(controller, { result: resultOf(report), terminal: isTerminal(report), durationMs: pass.durationMs });
      for (const { kind } of failuresOf(report)) metrics.failed(controller, kind);
      const regarding = regardingOf(report);
      const sayings = sayingsOf(report);
      if (regarding) for (const saying of sayings) record(regarding, saying);
      const lines = linesFrom(report, pass);
      if (lines.length === 0) return;
      const ofPass = mine.with({ key: report.key, passId: pass.passId });
      for (const { level, message, fields } of lines) ofPass[level](message, fields);
    },
    onPanic: (key, error, { passId, durationMs }) => {
      metrics.panicked(controller);
      metrics.ended(controller, { result: 'error', terminal: false, durationMs });
      mine.error('Broke off pass: this is a bug', { key, passId, durationMs, error });
    },
    onTimeout: (key, error, { passId, durationMs }) => {
      metrics.timedOut(controller);
      metrics.ended(controller, { result: 'error', terminal: false, durationMs });
      mine.warn('Ended pass at its deadline', { key, passId, durationMs, error });
    },
    onStuck: (key) => mine.error('Found pass stuck after its deadline: liveness fails until it ends', { key }),
    onStale: (key) => {
      metrics.stale(controller);
      mine.debug('Put off pass until the cache shows our last write', { key });
    },
    onTake: ({ waitedMs }) => metrics.taken(controller, waitedMs),
  };
};

const resultOf = ({ outcome, next }: Report): PassResult => {
  if (outcome === 'failed') return 'error';
  if (outcome === 'settled' || next === undefined) return 'success';
  return next.afterMs === 0 ? 'requeue' : 'requeue_after';
};

const failuresOf = ({ failures, did }: Report): readonly Failure[] => [...failures, ...did.flatMap(({ failure }) => (failure ? [failure] : []))];

const isTerminal = (report: Report): boolean => {
  const failures = failuresOf(report);
  return failures.length > 0 && failures.every(({ kind }) => kind === 'invalid');
};

const regardingOf = ({ object }: Report): Regarding | undefined => {
  if (object === undefined) return undefined;
  const { name, namespace, uid } = object.metadata;
  return { apiVersion: object.apiVersion, kind: object.kind, name, ...(namespace !== undefined && { namespace }), uid };
};
