import { expect, test } from 'vitest';
import type { Action, Report } from '../../../reconcilers/contract.ts';
import { Failure } from '../../../reconcilers/failure.ts';
import type { FailureKind } from '../../../reconcilers/failure.ts';
import type { Regarding, Saying } from '../../../src/kubernetes/events.ts';
import type { Log, LogFields, LogLevel } from '../../../src/telemetry/log.ts';
import { createReporter } from '../../../src/telemetry/report.ts';

type Condition = Report['transitions'][number]['to'];

const action = (verb: string): Action => ({ concern: 'Programmed', verb, because: 'create distribution tenant "a"', destroys: false, needs: 'shared' });

const failure = (kind: FailureKind, message = 'no') => new Failure({ kind, reason: 'QuotaExceeded', code: 'LimitExceededException', message });

const condition = (type: string, status: Condition['status'], reason: Condition['reason']): Condition => ({
  type, status, reason, message: `${type} is ${status}`, lastTransitionTime: '2030-01-01T00:00:00Z', observedGeneration: 1,
});

const object: NonNullable<Report['object']> = {
  apiVersion: 'tenantedge.dev/v1alpha1',
  kind: 'TenantDomain',
  metadata: { name: 'a', namespace: 'shop', uid: 'u-1', resourceVersion: '7', generation: 1 },
};

const report = (changes: Partial<Report>): Report => ({
  kind: 'TenantDomain', key: 'shop/a', object, outcome: 'waiting', depth: 'live', did: [], transitions: [], notices: [], failures: [],
  next: { afterMs: 15_000, urgency: 'progress' }, ...changes,
});

/** A reporter and everything it said. */
const setUp = () => {
  const lines: { level: LogLevel; message: string; fields: LogFields }[] = [];
  const events: { regarding: Regarding; saying: Saying }[] = [];
  const counted: string[] = [];
  const logWith = (own: LogFields): Log => {
    const at = (level: LogLevel) => (message: string, fields: LogFields = {}) => void lines.push({ level, message, fields: { ...own, ...fields } });
    return { error: at('error'), warn: at('warn'), info: at('info'), debug: at('debug'), with: (fields) => logWith({ ...own, ...fields }) };
  };
  const count = (what: string) => (): void => void counted.push(what);
  const reporter = createReporter({
    controller: 'tenantdomain',
    log: logWith({}),
    metrics: {
      watch: count('watch'), lined: count('lined'), taken: count('taken'), panicked: count('panicked'), timedOut: count('timedOut'), stale: count('stale'),
      failed: (controller, kind) => void counted.push(`${controller} failed: ${kind}`),
      ended: (controller, { result, terminal, durationMs }) => void counted.push(`${controller} ${result}${terminal ? ' terminal' : ''} ${durationMs}`),
    },
    record: (regarding, saying) => void events.push({ regarding, saying }),
  });
  return { reporter, lines, events, counted };
};

const said = (told: Report) => {
  const { reporter, lines, events, counted } = setUp();
  reporter.onReport(told, { passId: '7', durationMs: 120 });
  return { lines, events, counted, levels: lines.map(({ level, message }) => `${level} ${message}`), notes: events.map(({ saying }) => `${saying.type} ${saying.reason} ${saying.action}`) };
};

test('a settled pass is silent in log and events, and counted', () => {
  const { lines, events, counted } = said(report({ outcome: 'settled', next: { afterMs: 36_000_000, urgency: 'idle' } }));
  expect({ lines, events, counted }).toEqual({ lines: [], events: [], counted: ['tenantdomain success 120'] });
});

test('a pass over an object that is gone is silent', () => {
  const { object: _gone, ...nothing } = report({ outcome: 'gone', next: undefined });
  expect(said(nothing)).toMatchObject({ lines: [], events: [], counted: ['tenantdomain success 120'] });
});

test('an action is a line that says what was done, with controller, key and pass, and a Normal event', () => {
  const { lines, events } = said(report({ outcome: 'acted', did: [{ action: action('CreateDistributionTenant') }] }));
  expect(lines[0]).toEqual({
    level: 'info',
    message: 'Created distribution tenant',
    fields: { controller: 'tenantdomain', key: 'shop/a', passId: '7', verb: 'CreateDistributionTenant', concern: 'Programmed', because: 'create distribution tenant "a"' },
  });
  expect(events).toEqual([
    {
      regarding: { apiVersion: 'tenantedge.dev/v1alpha1', kind: 'TenantDomain', name: 'a', namespace: 'shop', uid: 'u-1' },
      saying: { type: 'Normal', reason: 'CreateDistributionTenant', action: 'CreateDistributionTenant', note: 'create distribution tenant "a"' },
    },
  ]);
});

test.each([
  { verb: 'RequestCertificate', want: 'Requested certificate' },
  { verb: 'DisableDistributionTenant', want: 'Disabled distribution tenant' },
  { verb: 'DeleteWebACL', want: 'Deleted web ACL' },
])('the verb $verb is said as "$want"', ({ verb, want }) => {
  expect(said(report({ did: [{ action: action(verb) }] })).lines[0]?.message).toBe(want);
});

test.each<{ kind: FailureKind; because: string; level: LogLevel }>([
  { kind: 'invalid', because: 'a person must change the spec', level: 'warn' },
  { kind: 'blocked', because: 'a person must raise the quota', level: 'warn' },
  { kind: 'conflict', because: 'the next look mends it', level: 'debug' },
  { kind: 'throttled', because: 'the budget slows down', level: 'debug' },
  { kind: 'transient', because: 'it is tried again', level: 'debug' },
  { kind: 'unsettled', because: 'AWS does not see it yet', level: 'debug' },
])('an action that failed as $kind is a line of level $level, as $because, and counted by that', ({ kind, level }) => {
  const { levels, counted } = said(report({ outcome: 'failed', did: [{ action: action('CreateWebACL'), failure: failure(kind) }] }));
  expect({ levels, failed: counted.filter((what) => what.includes('failed')) }).toEqual({ levels: [`${level} Failed to create web ACL`, 'debug Finished pass'], failed: [`tenantdomain failed: ${kind}`] });
});

test('a failed read tells its kind, code and words', () => {
  const { lines } = said(report({ outcome: 'failed', failures: [failure('blocked', 'list tenants: AccessDenied')] }));
  expect(lines[0]).toMatchObject({
    level: 'warn', message: 'Failed to reconcile TenantDomain', fields: { failure: 'blocked', reason: 'QuotaExceeded', code: 'LimitExceededException', failed: 'list tenants: AccessDenied' },
  });
});

test('a condition that changed is a line with its words, and one that stalls a warning', () => {
  const [from, to] = [condition('Ready', 'False', 'Validating'), condition('Ready', 'True', 'Served')];
  const { levels, notes, lines } = said(report({ transitions: [{ from, to }, { from: undefined, to: condition('Stalled', 'True', 'NamespaceNotAllowed') }] }));
  expect({ levels, notes }).toEqual({ levels: ['info Changed condition', 'warn Changed condition', 'debug Finished pass'], notes: ['Warning NamespaceNotAllowed Reconcile', 'Normal Served Reconcile'] });
  expect(lines[0]?.fields).toMatchObject({ condition: 'Ready', from: 'False/Validating', to: 'True/Served', conditionMessage: 'Ready is True' });
});

test('a notice is said in log and events when the object is released', () => {
  const { levels, notes } = said(report({ outcome: 'gone', next: undefined, notices: [{ reason: 'Retained', message: 'kept tenant dt_1' }] }));
  expect({ levels, notes }).toEqual({ levels: ['info Gave notice', 'info Released TenantDomain', 'debug Finished pass'], notes: ['Normal Retained Release'] });
});

test.each<{ name: string; told: Partial<Report>; want: string }>([
  { name: 'a pass with a failure is an error', told: { outcome: 'failed', failures: [failure('transient')] }, want: 'error' },
  { name: 'a pass with invalid failures only is terminal', told: { outcome: 'failed', failures: [failure('invalid')], did: [{ action: action('Create'), failure: failure('invalid') }] }, want: 'error terminal' },
  { name: 'a pass with another failure too is not terminal', told: { outcome: 'failed', failures: [failure('invalid'), failure('transient')] }, want: 'error' },
  { name: 'a pass that asks for the next one at once is a requeue', told: { outcome: 'acted', next: { afterMs: 0, urgency: 'progress' } }, want: 'requeue' },
  { name: 'a pass that asks for a later one is a requeue_after', told: { outcome: 'waiting' }, want: 'requeue_after' },
])('$name', ({ told, want }) => {
  expect(said(report(told)).counted[0]).toBe(`tenantdomain ${want} 120`);
});

test('a pass that threw is an error line with the error, one that ran out of time a warning', () => {
  const { reporter, lines, counted } = setUp();
  const error = new Error('oops');
  reporter.onPanic('shop/a', error, { passId: '7', durationMs: 5 });
  reporter.onTimeout('shop/b', error, { passId: '8', durationMs: 300_000 });
  reporter.onStuck('shop/b');
  expect(lines.map(({ level, fields }) => ({ level, key: fields['key'], error: fields['error'] }))).toEqual([
    { level: 'error', key: 'shop/a', error },
    { level: 'warn', key: 'shop/b', error },
    { level: 'error', key: 'shop/b', error: undefined },
  ]);
  expect(counted).toEqual(['panicked', 'tenantdomain error 5', 'timedOut', 'tenantdomain error 300000']);
});
