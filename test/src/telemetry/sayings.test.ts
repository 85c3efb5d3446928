import { expect, test } from 'vitest';
import type { Condition } from '../../../crds/types.ts';
import type { Action, Report } from '../../../reconcilers/contract.ts';
import { Failure, type FailureKind } from '../../../reconcilers/failure.ts';
import { createSayings } from '../../../src/telemetry/sayings.ts';

type Transition = Report['transitions'][number];

const condition = (type: string, word: string, generation = 1): Condition => {
  const [status = '', reason = ''] = word.split('/');
  return { type, status: status as Condition['status'], reason, message: `${type} is ${word}`, lastTransitionTime: '2030-01-01T00:00:00Z', observedGeneration: generation };
};

/** One condition's change, like `Ready: False/Deploying -> True/Served`; what comes from nothing has no left side. */
const change = (text: string, generations: readonly [number, number] = [1, 1]): Transition => {
  const [, type = '', was, is = ''] = /^(\w+): (?:(\S+) )?-> (\S+)$/.exec(text) ?? [];
  return { from: was === undefined ? undefined : condition(type, was, generations[0]), to: condition(type, is, generations[1]) };
};

const action = (verb: string): Action => ({ concern: 'Programmed', verb, because: `because of ${verb}`, destroys: false, needs: 'shared' });

const failure = (kind: FailureKind, reason: Failure['reason'] = 'QuotaExceeded', message = 'AWS said no') => new Failure({ kind, reason, code: 'Some', message });

const report = (changes: Partial<Report>): Report => ({
  kind: 'TenantDomain', key: 'shop/a', outcome: 'waiting', depth: 'live', did: [], transitions: [], notices: [], failures: [], next: { afterMs: 15_000, urgency: 'progress' },
  object: { apiVersion: 'tenantedge.dev/v1alpha1', kind: 'TenantDomain', metadata: { name: 'a', namespace: 'shop', uid: 'u-1', resourceVersion: '7', generation: 1 } },
  ...changes,
});

/** What one controller says of these reports, one after the other. */
const saidOf = (...reports: readonly Partial<Report>[]): readonly (readonly string[])[] => {
  const sayings = createSayings();
  return reports.map((one) => sayings(report(one)).map(({ type, reason, action: doing, note }) => `${type} ${reason} ${doing}: ${note}`));
};

const changed = (...texts: readonly string[]): Partial<Report> => ({ transitions: texts.map((text) => change(text)) });

const shortly = (sayings: readonly (readonly string[])[]): readonly (readonly string[])[] => sayings.map((all) => all.map((each) => each.split(' ').slice(0, 2).join(' ')));

test.each<{ name: string; given: readonly string[]; want: readonly string[] }>([
  { name: 'is served', given: ['Ready: False/Deploying -> True/Served', 'Programmed: False/Deploying -> True/Deployed'], want: ['Normal Served'] },
  { name: 'is served no longer', given: ['Ready: True/Served -> False/Deploying', 'Reconciling: -> True/Deploying'], want: ['Normal Deploying'] },
  { name: 'takes tenants', given: ['Ready: False/Creating -> True/Available'], want: ['Normal Available'] },
  { name: 'is only worked on otherwise than before', given: ['Ready: False/Requested -> False/Deploying', 'CertificateReady: -> False/Requested'], want: [] },
  { name: "waits for its customer's records", given: ['CertificateReady: False/Requested -> False/WaitingForCustomerDNS', 'Ready: False/Requested -> False/WaitingForCustomerDNS'], want: ['Normal WaitingForCustomerDNS'] },
  { name: "waits for its customer's redirects", given: ['Ready: -> False/WaitingForValidation'], want: ['Normal WaitingForValidation'] },
  { name: 'has its certificate', given: ['CertificateReady: False/Validating -> True/Issued', 'Ready: False/Validating -> False/Deploying'], want: ['Normal Issued'] },
  { name: 'had its certificate before anybody looked', given: ['CertificateReady: -> True/Issued', 'Ready: Unknown/Pending -> True/Served'], want: ['Normal Served'] },
  { name: 'gets no certificate', given: ['CertificateReady: False/Validating -> False/ValidationFailed', 'Ready: False/Validating -> False/ValidationFailed'], want: ['Warning ValidationFailed'] },
  { name: "lost its certificate's request to time", given: ['CertificateReady: False/WaitingForCustomerDNS -> False/ValidationTimedOut'], want: ['Warning ValidationTimedOut'] },
  { name: 'has a certificate at risk', given: ['CertificateReady: True/Issued -> True/RenewalAtRisk'], want: ['Warning RenewalAtRisk'] },
  { name: 'had one at risk from the first look', given: ['CertificateReady: -> True/RenewalAtRisk'], want: ['Warning RenewalAtRisk'] },
  { name: 'has it at risk no longer', given: ['CertificateReady: True/RenewalAtRisk -> True/Issued'], want: ['Normal Issued'] },
  { name: 'keeps its issuer for now', given: ['CertificateReady: True/Issued -> True/CertificatesReserved'], want: ['Normal CertificatesReserved'] },
  { name: 'keeps its issuer', given: ['CertificateReady: True/Issued -> True/IssuerSwitchRefused'], want: ['Normal IssuerSwitchRefused'] },
  { name: 'has its traffic', given: ['DNSConfigured: False/NotConfigured -> True/Configured'], want: ['Normal Configured'] },
  { name: "lost its traffic by its customer's hand", given: ['DNSConfigured: True/Configured -> False/PointsElsewhere'], want: ['Warning PointsElsewhere'] },
  { name: 'is still asked for at its old endpoint', given: ['DNSConfigured: True/Configured -> False/StillAtOldEndpoint'], want: ['Normal StillAtOldEndpoint'] },
  { name: 'has DNS that nobody could read, and could again', given: ['DNSConfigured: Unknown/Unknown -> True/Configured'], want: [] },
  { name: 'is refused', given: ['Accepted: -> False/NamespaceNotAllowed', 'Ready: Unknown/Pending -> False/NamespaceNotAllowed', 'Stalled: -> True/NamespaceNotAllowed'], want: ['Warning NamespaceNotAllowed'] },
  { name: 'is refused while it is served', given: ['Ready: True/Served -> False/OverrideNotAllowed', 'Stalled: -> True/OverrideNotAllowed'], want: ['Warning OverrideNotAllowed'] },
  { name: 'has new rules on their way', given: ['WebACLReady: True/RulesInForce -> True/RollingOut'], want: ['Normal RollingOut'] },
  { name: 'has the new rules', given: ['WebACLReady: True/RollingOut -> True/RulesInForce'], want: ['Normal RulesInForce'] },
  { name: 'has its rollout stopped', given: ['WebACLReady: True/RollingOut -> False/RulesRefused', 'Ready: True/Available -> False/RulesRefused', 'Stalled: -> True/RulesRefused'], want: ['Warning RulesRefused'] },
  { name: 'is being deleted', given: ['Ready: True/Served -> False/Deleting', 'Programmed: True/Deployed -> False/Deleting'], want: ['Normal Deleting'] },
  { name: 'is being deleted before it was ever served', given: ['Ready: False/Validating -> False/Deleting'], want: ['Normal Deleting'] },
  { name: 'cannot be deleted yet', given: ['CertificateReady: False/Deleting -> False/InUse', 'Ready: False/Deleting -> False/InUse'], want: ['Normal InUse'] },
  { name: 'goes on being deleted', given: ['Ready: False/InUse -> False/Deleting'], want: [] },
  { name: 'is a tier whose tenants keep it from going', given: ['Accepted: True/Accepted -> False/InUse', 'Ready: True/Available -> False/InUse', 'Stalled: -> True/InUse'], want: ['Warning InUse'] },
])('what $name is told so: $want', ({ given, want }) => {
  expect(shortly(saidOf(changed(...given)))).toEqual([want]);
});

test('a name added to the spec, whose DNS is still to come, is not taken for traffic lost', () => {
  expect(saidOf({ transitions: [change('DNSConfigured: True/Configured -> False/PartlyConfigured', [1, 2])] })).toEqual([[]]);
});

test('what was done is told action by action, what failed once, in the words of who refused it', () => {
  const did = [{ action: action('UpdateWebACL') }, { action: action('UpdateWebACL') }, { action: action('CreateWebACL'), failure: failure('blocked') }];
  expect(saidOf({ did, ...changed('WebACLReady: True/RulesInForce -> False/QuotaExceeded', 'Stalled: -> True/QuotaExceeded') })).toEqual([
    ['Normal UpdateWebACL UpdateWebACL: because of UpdateWebACL', 'Normal UpdateWebACL UpdateWebACL: because of UpdateWebACL', 'Warning QuotaExceeded CreateWebACL: AWS said no'],
  ]);
});

test.each<{ kind: FailureKind; want: number }>([
  { kind: 'invalid', want: 1 }, { kind: 'blocked', want: 1 }, { kind: 'conflict', want: 0 }, { kind: 'throttled', want: 0 }, { kind: 'transient', want: 0 }, { kind: 'unsettled', want: 0 },
])('a failure that is $kind is told $want times, and never at a retry', ({ kind, want }) => {
  const failed = { did: [{ action: action('CreateWebACL'), failure: failure(kind) }] };
  expect(saidOf({ ...failed, ...changed('WebACLReady: -> False/QuotaExceeded') }, failed, failed).map((all) => all.length)).toEqual([want, 0, 0]);
});

test('a status that the API server refuses cannot tell it, so it is told once, until another refusal or a success', () => {
  const refused = (message: string): Partial<Report> => ({ outcome: 'failed', failures: [failure('blocked', 'KubernetesError', message)] });
  const served = changed('Ready: False/Deploying -> True/Served');
  expect(shortly(saidOf(refused('403'), refused('403'), refused('422'), served, refused('403')))).toEqual([['Warning KubernetesError'], [], ['Warning KubernetesError'], ['Normal Served'], ['Warning KubernetesError']]);
});

test('trouble that comes back before the object was Ready is no news; another is, and the same one after it was', () => {
  const refused = changed('Programmed: False/Deploying -> False/MoveRefused', 'Stalled: -> True/MoveRefused');
  const denied = changed('Stalled: True/MoveRefused -> True/AccessDenied');
  const served = changed('Ready: False/Deploying -> True/Served');
  expect(shortly(saidOf(refused, changed('Programmed: False/MoveRefused -> False/Deploying'), refused, denied, served, refused))).toEqual([
    ['Warning MoveRefused'], [], [], ['Warning AccessDenied'], ['Normal Served'], ['Warning MoveRefused'],
  ]);
});

test('what one object was told is news to another', () => {
  const stalled = changed('Stalled: -> True/AccessDenied');
  expect(shortly(saidOf(stalled, { ...stalled, key: 'shop/b' }))).toEqual([['Warning AccessDenied'], ['Warning AccessDenied']]);
});

test('the end of a deletion is told, unless something was retained, which is told instead; and an object that nobody saw is not', () => {
  const gone = { outcome: 'gone', next: undefined } as const;
  const { object: _none, ...unseen } = report(gone);
  expect([...saidOf(gone), ...saidOf({ ...gone, notices: [{ reason: 'Retained', message: 'dt_1 stays' }] }), createSayings()(unseen)]).toEqual([
    ['Normal Deleted Release: nothing of this TenantDomain is left in AWS'], ['Normal Retained Release: dt_1 stays'], [],
  ]);
});

test('a dry run is told once, with what would be done, also where the object was Ready', () => {
  const notices = [{ reason: 'DryRun', message: 'next would be: create' }] as const;
  expect(saidOf({ notices, ...changed('Ready: True/Served -> False/DryRun') }).flat()).toHaveLength(1);
});

test('a pass that found all as it should be says nothing', () => {
  expect(saidOf({ outcome: 'settled', next: { afterMs: 36_000_000, urgency: 'idle' } })).toEqual([[]]);
});
