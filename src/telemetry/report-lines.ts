import type { Action, Outcome, Report } from '../../reconcilers/contract.ts';
import type { Failure } from '../../reconcilers/failure.ts';
import type { PassInfo } from '../runtime/controller.ts';
import type { LogFields, LogLevel } from './log.ts';

/** One line of the log, before it is known who says it. */
export type Line = { readonly level: LogLevel; readonly message: string; readonly fields: LogFields };

/**
 * What a report says aloud. A pass that found all as it should be says nothing, not even to those who debug: a settled fleet is silent.
 * `info`: something changed. `warn`: a person must mend it; said again with each look (10 minutes, 6 hours). `debug`: what
 * the next pass will try again, and how each pass came out.
 */
export const linesFrom = (report: Report, pass: PassInfo): readonly Line[] => {
  const changes: readonly Line[] = [
    ...report.did.map(lineFromOutcome),
    ...report.transitions.map(lineFromTransition),
    ...report.failures.map((failure) => lineFromFailure(`Failed to reconcile ${report.kind}`, failure, {})),
    ...report.notices.map(({ reason, message }): Line => ({ level: 'info', message: 'Gave notice', fields: { reason, notice: message } })),
    ...(report.outcome === 'gone' && report.object ? [{ level: 'info', message: `Released ${report.kind}`, fields: {} } as const] : []),
  ];
  const isQuiet = changes.length === 0 && (report.outcome === 'settled' || report.outcome === 'gone');
  return isQuiet ? [] : [...changes, lineFromPass(report, pass)];
};

/** Whether only a person can mend it. */
export const needsPerson = ({ kind }: Failure): boolean => kind === 'invalid' || kind === 'blocked';

/** Whether a condition came to say that nothing can go on before a person acts. */
export const isStall = (to: Pick<Report['transitions'][number]['to'], 'type' | 'status'>): boolean => to.type === 'Stalled' && to.status === 'True';

const lineFromOutcome = ({ action, failure }: Outcome<Action>): Line => {
  const { verb, concern, because } = action;
  const [first = verb, ...rest] = wordsOf(verb);
  const fields = { verb, concern, because };
  if (failure) return lineFromFailure(['Failed to', first.toLowerCase(), ...rest].join(' '), failure, fields);
  return { level: 'info', message: [first.endsWith('e') ? `${first}d` : `${first}ed`, ...rest].join(' '), fields };
};

/** "CreateDistributionTenant" in three words: only the first keeps its capital, and what is written in capitals altogether. */
const wordsOf = (verb: string): readonly string[] =>
  (verb.match(/[A-Z]+(?![a-z])|[A-Z][a-z0-9]*/g) ?? []).map((word, index) => (index === 0 || word === word.toUpperCase() ? word : word.toLowerCase()));

const lineFromFailure = (message: string, failure: Failure, fields: LogFields): Line => ({
  level: needsPerson(failure) ? 'warn' : 'debug',
  message,
  fields: { ...fields, failure: failure.kind, reason: failure.reason, code: failure.code, failed: failure.message },
});

const lineFromTransition = ({ from, to }: Report['transitions'][number]): Line => ({
  level: isStall(to) ? 'warn' : 'info',
  message: 'Changed condition',
  fields: {
    condition: to.type,
    ...(from && { from: `${from.status}/${from.reason}` }),
    to: `${to.status}/${to.reason}`,
    conditionMessage: to.message,
  },
});

const lineFromPass = ({ outcome, depth, next }: Report, { durationMs }: PassInfo): Line => ({
  level: 'debug',
  message: 'Finished pass',
  fields: { outcome, depth, durationMs, ...(next && { nextInMs: next.afterMs }) },
});
