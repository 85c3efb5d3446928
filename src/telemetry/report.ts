import type { Report } from '../../reconcilers/contract.ts';
import type { Regarding, Saying } from '../kubernetes/events.ts';
import type { ControllerHooks } from '../runtime/controller.ts';
import type { ControllerMetrics, PassResult } from './controller-metrics.ts';
import type { Log } from './log.ts';
import { isStall, linesFrom, needsPerson } from './report-lines.ts';

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
  return {
    onReport: (report, pass) => {
      metrics.ended(controller, { result: resultOf(report), terminal: isTerminal(report), durationMs: pass.durationMs });
      const lines = linesFrom(report, pass);
      if (lines.length === 0) return;
      const ofPass = mine.with({ key: report.key, passId: pass.passId });
      for (const { level, message, fields } of lines) ofPass[level](message, fields);
      const regarding = regardingOf(report);
      if (regarding) for (const saying of sayingsFrom(report)) record(regarding, saying);
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

const isTerminal = (report: Report): boolean => {
  const failures = [...report.failures, ...report.did.flatMap(({ failure }) => (failure ? [failure] : []))];
  return failures.length > 0 && failures.every(({ kind }) => kind === 'invalid');
};

const regardingOf = ({ object }: Report): Regarding | undefined => {
  if (object === undefined) return undefined;
  const { name, namespace, uid } = object.metadata;
  return { apiVersion: object.apiVersion, kind: object.kind, name, ...(namespace !== undefined && { namespace }), uid };
};

/** The certificate serves, so that the object stays Ready, and ends one day unless somebody acts. */
const isRenewalAtRisk = (condition: { readonly reason: string } | undefined): boolean => condition?.reason === 'RenewalAtRisk';

/**
 * What users read in `kubectl describe`: each change in AWS, what they must mend, when the object became or ceased to be Ready, and when its
 * certificate came to be at risk, or no longer is. What will be tried again is in the conditions.
 */
const sayingsFrom = ({ did, failures, transitions, notices }: Report): readonly Saying[] => {
  const actions = did.flatMap(({ action, failure }): Saying[] => {
    if (failure === undefined) return [{ type: 'Normal', reason: action.verb, action: action.verb, note: action.because }];
    return needsPerson(failure) ? [{ type: 'Warning', reason: failure.reason, action: action.verb, note: failure.message }] : [];
  });
  const broken = failures
    .filter(needsPerson)
    .map(({ reason, message }): Saying => ({ type: 'Warning', reason, action: 'Reconcile', note: message }));
  const warned = broken.length > 0 || actions.some(({ type }) => type === 'Warning');
  const judged = transitions
    // The failure above is what it stalls on.
    .filter(({ from, to }) => (to.type === 'Ready' && [from?.status, to.status].includes('True')) || (isStall(to) && !warned))
    .map(({ to }): Saying => ({ type: isStall(to) ? 'Warning' : 'Normal', reason: to.reason, action: 'Reconcile', note: to.message }));
  const renewals = transitions
    .filter(({ from, to }) => to.type === 'CertificateReady' && isRenewalAtRisk(from) !== isRenewalAtRisk(to))
    .map(({ to }): Saying => ({ type: isRenewalAtRisk(to) ? 'Warning' : 'Normal', reason: to.reason, action: 'Reconcile', note: to.message }));
  const noticed = notices.map(({ reason, message }): Saying => ({ type: 'Normal', reason, action: reason === 'Retained' ? 'Release' : 'Reconcile', note: message }));
  return [...actions, ...broken, ...judged, ...renewals, ...noticed];
};
