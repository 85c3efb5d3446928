import { describe, expect, test } from 'vitest';
import type { TenantDomainSpec, TenantDomainStatus } from '../../../crds/types.ts';
import type { Outcome } from '../../../reconcilers/contract.ts';
import type { Wants } from '../../../reconcilers/tenant-domain/accept.ts';
import type { TenantDomainKind } from '../../../reconcilers/tenant-domain/kind.ts';
import type { Observed } from '../../../reconcilers/tenant-domain/observed.ts';
import { planTenantDomain } from '../../../reconcilers/tenant-domain/plan.ts';
import { tenantDomainStatus } from '../../../reconcilers/tenant-domain/status.ts';
import type { Subject } from '../../../reconcilers/tenant-domain/subject.ts';
import { hashOfConfig } from '../../../reconcilers/tenant-domain/distribution-tenant/tenant.ts';
import { Failure } from '../../../reconcilers/failure.ts';
import { actionsIn, condition, domain, domains, failure, group, noon, tenantDomain } from '../builders.ts';
import type { Certificate, ManagedView } from '../../../reconcilers/tenant-domain/certificate/certificate.ts';
import { accepted, arnOf, certificate, certificates, config, managed, observed, seenTenant, shop, subject, tenant, traffic } from './builders.ts';

type Given = {
  readonly wants?: Partial<Wants>;
  readonly subject?: Partial<Subject>;
  readonly spec?: Partial<TenantDomainSpec>;
  readonly observed?: Partial<Observed>;
  readonly before?: TenantDomainStatus;
  /** What becomes of each action: it fails like this, or AWS answers it with this. */
  readonly outcome?: Partial<Outcome<TenantDomainKind['Act'], TenantDomainKind['Learned']>>;
};

const statusOf = ({ wants, subject: over, spec, observed: world, before, outcome = {} }: Given): TenantDomainStatus => {
  const of = subject({ accepted: accepted(wants), names: wants?.names ?? shop, status: before, ...over });
  const seen = observed(world);
  const plan = planTenantDomain(of, seen, noon);
  const outcomes = plan.frozen ? [] : plan.decisions.flatMap((decision) => actionsIn(decision).map((action) => ({ action, ...outcome })));
  return tenantDomainStatus({ object: tenantDomain(spec, before ? { status: before } : {}), subject: of, observed: seen, plan, outcomes, now: noon });
};
const conditionsOf = (given: Given): readonly string[] => (statusOf(given).conditions ?? []).map(({ type, status, reason }) => `${type} ${status} ${reason}`);
const rowsOf = (given: Given): readonly string[] => (statusOf(given).certificates ?? []).map(({ arn, use, issuer, status }) => `${arn.at(-1) ?? ''} ${use} ${issuer ?? ''} ${status ?? ''}`);

const well = ['Accepted True Accepted', 'OwnershipVerified True NotRequired', 'CertificateReady True Issued', 'Programmed True Deployed', 'DNSConfigured True Configured', 'DNSRecordsComplete True RecordsComplete', 'Ready True Served'];
/** All well but these. */
const but = (changed: readonly string[], ...more: readonly string[]): readonly string[] => [...well.map((line) => changed.find((other) => other.split(' ')[0] === line.split(' ')[0]) ?? line), ...more];
const refused = { is: 'refused', reason: 'TierNotFound', message: 'no tier', on: 'reference' } as const;
const forbidden = { is: 'refused', reason: 'NamespaceNotAllowed', message: 'no', on: 'person' } as const;
const pending = certificates([certificate({ status: 'PENDING_VALIDATION' })]);
const unread = { known: false, failure: failure() } as const;

const cloudfront = { certificate: { is: 'cloudfront' } } as const;
const redirect = { domain: domain('shop.example.com'), from: 'shop.example.com/t.txt', to: 'validation/t.txt' };
const seenBy = (request: ManagedView['request']): ManagedView => ({ request, asked: undefined, denied: undefined });
const made = (over: Partial<Extract<ManagedView['request'], { is: 'made' }>> = {}): ManagedView => seenBy({ is: 'made', arn: arnOf('a'), pending: true, gone: false, redirects: [redirect], ...over });
const unserved = seenTenant(tenant({ certificateArn: undefined, domains: [{ name: 'shop.example.com', active: false }] }));
const asking = certificates([managed({ status: 'PENDING_VALIDATION' })], { managed: made() });
const unproved = new Failure({ kind: 'unsettled', reason: 'WaitingForValidation', code: 'InvalidArgument', message: 'CloudFront does not see it yet' });

describe('the conditions of a tenant', () => {
  test.each<{ name: string; because: string; given: Given; want: readonly string[] }>([
    { name: 'served', because: 'Ready, and nothing beside it', given: {}, want: well },
    { name: 'served, DNS not switched yet', because: 'Ready is the signal to switch', given: { observed: { traffic: traffic('Missing') } }, want: but(['DNSConfigured False NotConfigured']) },
    { name: 'waiting for ACM', because: 'the records are in DNS: nobody else has to act', given: { observed: { certificate: pending, tenant: seenTenant() } }, want: but(['CertificateReady False Validating', 'Programmed False WaitingForCertificate', 'Ready False Validating'], 'Reconciling True Validating') },
    { name: 'waiting for the customer', because: 'neither Reconciling nor Stalled: a state, never a failure', given: { observed: { certificate: pending, tenant: seenTenant(), traffic: traffic('Missing', shop, ['_x.shop.example.com']) } }, want: but(['CertificateReady False WaitingForCustomerDNS', 'Programmed False WaitingForCertificate', 'DNSConfigured False NotConfigured', 'Ready False WaitingForCustomerDNS']) },
    { name: 'created just now', because: 'the status is that of the world after the actions', given: { observed: { tenant: seenTenant() }, outcome: { learned: { is: 'tenant', tenant: tenant({ deployed: false }) } } }, want: but(['Programmed False Deploying', 'Ready False Deploying'], 'Reconciling True Deploying') },
    { name: 'a create that failed for lack of permission', because: 'a person has to act', given: { observed: { tenant: seenTenant() }, outcome: { failure: failure('blocked', 'AccessDenied') } }, want: but(['Programmed False AWSError', 'Ready False AWSError'], 'Stalled True AWSError') },
    { name: 'in a connection group that somebody disabled', because: 'nothing is served through it, however well all else is', given: { wants: { group: { ...group, trouble: 'it is disabled' } } }, want: but(['Ready False ConnectionGroupDisabled'], 'Stalled True ConnectionGroupDisabled') },
    { name: 'asking CloudFront, DNS leading elsewhere', because: 'the customer has to act: neither Reconciling nor Stalled', given: { wants: cloudfront, observed: { certificate: asking, tenant: unserved, traffic: traffic('Mismatch') } }, want: but(['CertificateReady False WaitingForValidation', 'Programmed True Deployed', 'DNSConfigured False PointsElsewhere', 'Ready False WaitingForValidation']) },
    { name: 'asking CloudFront, DNS leading here', because: 'nobody else has to act', given: { wants: cloudfront, observed: { certificate: asking, tenant: unserved } }, want: but(['CertificateReady False Validating', 'Ready False Validating'], 'Reconciling True Validating') },
    { name: 'refused by CloudFront, whose DNS is behind ours', because: 'it waits, and nothing is wrong with the request', given: { wants: cloudfront, observed: { certificate: certificates([], { managed: seenBy({ is: 'none' }) }), tenant: seenTenant() }, outcome: { failure: unproved } }, want: but(['CertificateReady False WaitingForValidation', 'Programmed False WaitingForValidation', 'Ready False WaitingForValidation'], 'Reconciling True WaitingForValidation') },
    { name: 'asked of CloudFront just now', because: 'the next look shows what came of it', given: { wants: cloudfront, observed: { certificate: certificates([], { managed: seenBy({ is: 'none' }) }), tenant: seenTenant() }, outcome: { learned: { is: 'tenant', tenant: tenant({ deployed: false, certificateArn: undefined, domains: [{ name: 'shop.example.com', active: false }] }) } } }, want: but(['CertificateReady False Requested', 'Programmed False Deploying', 'Ready False Requested'], 'Reconciling True Requested') },
    { name: 'asked of CloudFront without the permission', because: 'a person has to act, and it stands so until then', given: { wants: cloudfront, observed: { certificate: certificates([], { managed: seenBy({ is: 'none' }) }), tenant: seenTenant() }, outcome: { failure: new Failure({ kind: 'blocked', reason: 'AccessDenied', code: 'AccessDenied', message: 'no' }) } }, want: but(['CertificateReady False AccessDenied', 'Programmed False AccessDenied', 'Ready False AccessDenied'], 'Stalled True AccessDenied') },
    { name: 'refused by CloudFront for a name that is taken', because: 'nothing changed for the certificate', given: { wants: { ...cloudfront, names: domains('shop.example.com', 'www.example.com') }, observed: { certificate: certificates([managed({ inUse: true })], { managed: seenBy({ is: 'none' }) }), traffic: traffic('Found', ['shop.example.com', 'www.example.com']) }, outcome: { failure: new Failure({ kind: 'blocked', reason: 'DomainTaken', code: 'CNAMEAlreadyExists', message: 'taken' }) }, before: { conditions: [condition({ type: 'CertificateReady', reason: 'Issued' })] } }, want: but(['Programmed False DomainTaken', 'Ready False DomainTaken'], 'Stalled True DomainTaken') },
    { name: 'served with our own while CloudFront\'s is asked for', because: 'every name is served', given: { wants: cloudfront, observed: { certificate: certificates([certificate({ inUse: true }), managed({ arn: arnOf('b'), status: 'PENDING_VALIDATION' })], { managed: made({ arn: arnOf('b') }) }) } }, want: well },
    { name: 'served with a certificate that ACM cannot renew', because: 'it is served all the same', given: { observed: { certificate: certificates([certificate({ inUse: true, renewal: { status: 'PENDING_VALIDATION', open: shop, cause: undefined } })]) } }, want: but(['CertificateReady True RenewalAtRisk']) },
    { name: 'disabled', because: 'as somebody wished', given: { wants: { enabled: false }, observed: { tenant: seenTenant(tenant({ enabled: false })) } }, want: but(['Ready False EnabledFalse']) },
    { name: 'without its tier', because: 'in progress: a tier and its tenants are applied together', given: { subject: { accepted: refused }, observed: { certificate: certificates([]), tenant: seenTenant() } }, want: ['Accepted False TierNotFound', 'OwnershipVerified Unknown WaitingForTier', 'CertificateReady Unknown WaitingForTier', 'Programmed False WaitingForTier', 'DNSConfigured Unknown WaitingForTier', 'DNSRecordsComplete False RecordsIncomplete', 'Ready False TierNotFound', 'Reconciling True TierNotFound'] },
    { name: 'frozen while it serves', because: 'permission withdrawn: what serves goes on', given: { subject: { accepted: forbidden } }, want: ['Accepted False NamespaceNotAllowed', 'OwnershipVerified Unknown WaitingForTier', 'CertificateReady True Issued', 'Programmed True Deployed', 'DNSConfigured Unknown WaitingForTier', 'DNSRecordsComplete False RecordsIncomplete', 'Ready False NamespaceNotAllowed', 'Stalled True NamespaceNotAllowed'] },
    { name: 'being deleted', because: 'DNS is not looked at any more', given: { subject: { deleting: true } }, want: ['Accepted True Accepted', 'OwnershipVerified True NotRequired', 'CertificateReady True Issued', 'Programmed False Deleting', 'DNSRecordsComplete True RecordsComplete', 'Ready False Deleting', 'Reconciling True Deleting'] },
    { name: 'not to be read, and served before', because: 'a failed read says nothing about the world', given: { observed: { certificate: unread, tenant: { ...seenTenant(), tenant: unread } }, before: { domains: [{ name: 'shop.example.com', state: 'Active' }], conditions: well.map((line) => condition({ type: line.split(' ')[0] ?? '', reason: line.split(' ')[2] ?? '' })) } }, want: well },
  ])('$name: $because', ({ given, want }) => {
    expect(conditionsOf(given)).toEqual(want);
  });
});

describe("a tenant's certificates", () => {
  const serving = certificate({ inUse: true });
  const both = domains('shop.example.com', 'www.example.com');
  const given: Given = { wants: { certificate: { is: 'given', arn: arnOf('e') } } };
  const theirs = certificate({ arn: arnOf('e'), ours: false, records: undefined });
  const row = (letter: string, use: 'Pending' | 'Serving' | 'Retiring', issuer: 'ACM' | 'External' = 'ACM') => ({ arn: arnOf(letter), use, issuer, status: 'PENDING_VALIDATION' });

  test.each<{ name: string; because: string; given: Given; want: readonly string[] }>([
    { name: 'the one that serves', because: 'it is in use', given: {}, want: ['a Serving ACM ISSUED'] },
    { name: 'one that overlaps', because: 'two are in play while one replaces the other', given: { wants: { names: both }, observed: { certificate: certificates([serving, certificate({ arn: arnOf('b'), names: both, status: 'PENDING_VALIDATION' })]) } }, want: ['a Serving ACM ISSUED', 'b Pending ACM PENDING_VALIDATION'] },
    { name: 'one that was replaced', because: 'it is to be deleted', given: { observed: { certificate: certificates([serving, certificate({ arn: arnOf('b'), names: both, inUse: true })]) } }, want: ['a Serving ACM ISSUED', 'b Retiring ACM ISSUED'] },
    { name: 'one that ACM deleted for us in this pass', because: 'it is gone', given: { observed: { certificate: certificates([serving, certificate({ arn: arnOf('b'), names: both })]) } }, want: ['a Serving ACM ISSUED'] },
    { name: 'one that is gone', because: 'its successor is issued', given: { observed: { certificate: certificates([serving, certificate({ arn: arnOf('b'), status: 'GONE', names: [] })]) } }, want: ['a Serving ACM ISSUED'] },
    { name: 'one requested in this pass', because: 'its ARN is all that cannot be derived again (R3)', given: { observed: { certificate: certificates([]), tenant: seenTenant() }, outcome: { learned: { is: 'certificate', arn: arnOf('c'), issuer: 'ACM' } } }, want: ['c Pending ACM PENDING_VALIDATION'] },
    { name: 'one requested before that no list shows yet', because: 'it is not forgotten', given: { observed: { certificate: certificates([]), tenant: seenTenant() }, before: { certificates: [row('c', 'Pending')] }, outcome: { failure: failure() } }, want: ['c Pending ACM PENDING_VALIDATION'] },
    { name: 'one that CloudFront asked for', because: 'its issuer is another', given: { wants: cloudfront, observed: { certificate: asking, tenant: unserved } }, want: ['a Pending CloudFront PENDING_VALIDATION'] },
    { name: 'one of CloudFront\'s for the first name of two', because: 'it is a step on the way', given: { wants: { ...cloudfront, names: both }, observed: { certificate: asking, tenant: unserved } }, want: ['a Pending CloudFront PENDING_VALIDATION'] },
    { name: 'one of CloudFront\'s that ACM does not show yet', because: 'only the status knows whose it is', given: { wants: cloudfront, observed: { certificate: certificates([certificate({ status: 'PENDING_VALIDATION', names: [], records: undefined })]), tenant: unserved }, before: { certificates: [{ arn: arnOf('a'), use: 'Pending', issuer: 'CloudFront', status: 'PENDING_VALIDATION' }] } }, want: ['a Retiring CloudFront PENDING_VALIDATION'] },
    { name: 'one marked in this pass', because: 'its ARN is all that cannot be derived again (R3)', given: { wants: cloudfront, observed: { certificate: certificates([], { managed: made({ arn: arnOf('c') }) }), tenant: unserved }, outcome: { learned: { is: 'certificate', arn: arnOf('c'), issuer: 'CloudFront' } } }, want: ['c Pending CloudFront PENDING_VALIDATION'] },
    { name: 'none could be read', because: 'what was seen is kept', given: { observed: { certificate: unread }, before: { certificates: [row('c', 'Pending')] } }, want: ['c Pending ACM PENDING_VALIDATION'] },
    { name: 'one given', because: 'it is not ours', given: { ...given, observed: { certificate: certificates([], { given: { certificate: theirs, allowed: true } }), tenant: seenTenant(tenant({ certificateArn: arnOf('e') })) } }, want: ['e Serving External ISSUED'] },
    { name: 'one given that is also remembered', because: 'a list of the API server holds each ARN once', given: { ...given, observed: { certificate: certificates([{ ...theirs, ours: true }], { given: { certificate: theirs, allowed: true } }), tenant: seenTenant(tenant({ certificateArn: arnOf('e') })) } }, want: ['e Serving External ISSUED'] },
    { name: 'one that was given before', because: 'nobody asks for it any more', given: { observed: { certificate: certificates([serving]) }, before: { certificates: [row('e', 'Pending', 'External')] } }, want: ['a Serving ACM ISSUED'] },
    { name: 'one that was given before and still serves', because: 'it serves until the swap', given: { observed: { certificate: certificates([certificate({ status: 'PENDING_VALIDATION' })]), tenant: seenTenant(tenant({ certificateArn: arnOf('e') })) }, before: { certificates: [row('e', 'Serving', 'External')] } }, want: ['e Serving External PENDING_VALIDATION', 'a Pending ACM PENDING_VALIDATION'] },
    {
      name: 'more than the four that a status holds', because: 'one that nobody would find again is kept before one that failed for the wanted names',
      given: { wants: { names: both }, observed: { certificate: certificates([certificate({ arn: arnOf('f'), inUse: true }), ...['a', 'b', 'c'].map((letter) => certificate({ arn: arnOf(letter), names: both, status: 'FAILED', createdAt: noon })), certificate({ arn: arnOf('d'), names: domains('old.example.com'), inUse: true })]), tenant: seenTenant(tenant({ certificateArn: arnOf('f') })) } },
      want: ['f Serving ACM ISSUED', 'd Retiring ACM ISSUED', 'a Retiring ACM FAILED', 'b Retiring ACM FAILED'],
    },
  ])('$name: $because', ({ given: of, want }) => {
    expect(rowsOf(of)).toEqual(want);
  });

  test('say how the renewal of one in trouble stands', () => {
    const { certificates: rows } = statusOf({ observed: { certificate: certificates([certificate({ inUse: true, renewal: { status: 'FAILED', open: [], cause: 'CAA_ERROR' } })]) } });
    expect(rows?.map(({ renewal }) => renewal)).toEqual(['FAILED']);
  });

  test('say when they end, in whole seconds', () => {
    const { certificates: rows } = statusOf({ observed: { certificate: certificates([certificate({ notAfter: new Date('2031-01-01T00:00:00.5Z') })]) } });
    expect(rows).toEqual([{ arn: arnOf('a'), use: 'Serving', issuer: 'ACM', status: 'ISSUED', notAfter: '2031-01-01T00:00:00Z' }]);
  });
});

describe("a tenant's redirects", () => {
  test.each<{ name: string; because: string; given: Given; want: TenantDomainStatus['httpRedirects'] }>([
    { name: 'while CloudFront waits and DNS leads elsewhere', because: 'they validate the name before DNS is switched', given: { observed: { certificate: asking, tenant: unserved, traffic: traffic('Mismatch') } }, want: [{ ...redirect, state: 'Mismatch' }] },
    { name: 'where DNS could not be read', because: 'that is not said to be wrong', given: { observed: { certificate: asking, tenant: unserved, traffic: traffic('Unknown') } }, want: [{ ...redirect, state: 'Unknown' }] },
    { name: 'once DNS leads here', because: 'they are of no use any more', given: { observed: { certificate: asking, tenant: unserved } }, want: undefined },
    { name: 'once it is issued', because: 'nothing waits any more', given: { observed: { certificate: certificates([managed()], { managed: made({ pending: false }) }), tenant: unserved, traffic: traffic('Mismatch') } }, want: undefined },
    { name: 'of a name that nobody wants any more', because: 'nobody is to act for it', given: { wants: { names: domains('www.example.com') }, observed: { certificate: asking, tenant: unserved, traffic: traffic('Missing', ['www.example.com']) } }, want: undefined },
    { name: 'that could not be read', because: 'what was seen is kept', given: { observed: { certificate: unread, tenant: unserved }, before: { httpRedirects: [{ ...redirect, state: 'Missing' }] } }, want: [{ ...redirect, state: 'Missing' }] },
  ])('$name: $because', ({ given, want }) => {
    expect(statusOf({ ...given, wants: { ...cloudfront, ...given.wants } }).httpRedirects).toEqual(want);
  });
});

describe("a tenant's domains", () => {
  const both = domains('shop.example.com', 'www.example.com');
  const state = (name: string, is: 'Pending' | 'Active' | 'Removing', dns?: 'Found' | 'Missing') => ({ name, state: is, ownership: 'NotRequired', ...(dns ? { dns } : {}) });
  test.each<{ name: string; because: string; given: Given; want: readonly unknown[] }>([
    { name: 'served', because: 'CloudFront answers for it', given: {}, want: [state('shop.example.com', 'Active', 'Found')] },
    { name: 'one more asked for', because: 'it waits for its certificate', given: { wants: { names: both }, observed: { traffic: traffic('Missing', both) } }, want: [state('shop.example.com', 'Active', 'Missing'), state('www.example.com', 'Pending', 'Missing')] },
    { name: 'one no longer asked for', because: 'it is the last one serving', given: { wants: { names: both.slice(1) }, observed: { traffic: traffic('Found', both.slice(1)) } }, want: [state('shop.example.com', 'Removing'), state('www.example.com', 'Pending', 'Found')] },
    { name: 'active on a tenant that was never deployed', because: 'no edge of CloudFront\'s knows it yet', given: { observed: { tenant: seenTenant(tenant({ deployed: false })) } }, want: [state('shop.example.com', 'Pending', 'Found')] },
    { name: 'on a tenant that is being updated', because: 'what was served is served meanwhile', given: { observed: { tenant: seenTenant(tenant({ deployed: false })) }, before: { domains: [{ name: 'shop.example.com', state: 'Active' }] } }, want: [state('shop.example.com', 'Active', 'Found')] },
    { name: 'on a disabled tenant', because: 'CloudFront answers for nothing', given: { wants: { enabled: false }, observed: { tenant: seenTenant(tenant({ enabled: false })) } }, want: [state('shop.example.com', 'Pending', 'Found')] },
    { name: 'not to be read', because: 'what was seen is kept', given: { observed: { tenant: { ...seenTenant(), tenant: unread }, traffic: { names: {}, records: {} } }, before: { domains: [{ name: 'shop.example.com', state: 'Active' }] } }, want: [state('shop.example.com', 'Active')] },
    { name: 'of a spec that was never accepted', because: 'nothing is done for them', given: { subject: { accepted: refused }, observed: { tenant: seenTenant() } }, want: [] },
  ])('$name: $because', ({ given, want }) => {
    expect(statusOf(given).domains).toEqual(want);
  });
});

describe("a tenant's records", () => {
  const nothing = { certificate: certificates([]), tenant: seenTenant() };
  const dead = (over: Partial<Certificate>) => certificates([certificate({ createdAt: noon, ...over })]);
  const notYet = 'no certificate is requested now: more records follow once one is, see CertificateReady';
  const underWay = 'ACM has not made all validation records yet';
  test.each<{ name: string; because: string; given: Given; want: string }>([
    { name: 'complete', because: 'a certificate shows them', given: {}, want: 'status.dnsRecords names every record' },
    { name: 'after a certificate that timed out', because: 'the next one gets the same ones', given: { observed: { ...nothing, certificate: dead({ status: 'VALIDATION_TIMED_OUT' }) } }, want: 'status.dnsRecords names every record' },
    { name: 'after a certificate that ACM refused before it made them', because: 'the next request waits for hours', given: { observed: { ...nothing, certificate: dead({ status: 'FAILED', records: undefined }) } }, want: notYet },
    { name: 'while the last of a year\'s certificates are kept', because: 'nothing is requested', given: { observed: { ...nothing, certificate: certificates([], { quota: { used: 5_000, perYear: 5_000 } }) } }, want: notYet },
    { name: 'of a certificate requested in this pass', because: 'they follow in seconds', given: { observed: nothing, outcome: { learned: { is: 'certificate', arn: arnOf('c'), issuer: 'ACM' } } }, want: underWay },
    { name: 'of a certificate that ACM has not made them for', because: 'they follow in seconds', given: { observed: { ...nothing, certificate: certificates([certificate({ status: 'PENDING_VALIDATION', records: undefined })]) } }, want: underWay },
    { name: 'of a certificate that ACM does not show yet', because: 'it was requested all the same', given: { observed: { ...nothing, certificate: certificates([certificate({ status: 'PENDING_VALIDATION', names: [], records: undefined })]) } }, want: underWay },
  ])('$name: $because', ({ given, want }) => {
    expect(statusOf(given).conditions?.find(({ type }) => type === 'DNSRecordsComplete')?.message).toBe(want);
  });
});

describe("the rest of a tenant's status", () => {
  const read = { id: 'dt_1', arn: tenant().arn, distributionId: 'E2EXAMPLE', connectionGroupId: 'cg_1', etag: 'E1' };
  const configHash = hashOfConfig(config());
  test.each<{ name: string; because: string; given: Given; want: TenantDomainStatus['distributionTenant'] }>([
    { name: 'read whole', because: 'a list will tell whether it still is so', given: {}, want: { ...read, configHash } },
    { name: 'listed, as we last wrote it', because: 'the hash still holds', given: { observed: { tenant: seenTenant(tenant({ parameters: undefined })) }, before: { distributionTenant: { ...read, configHash } } }, want: { ...read, configHash } },
    { name: 'listed with another version', because: 'nobody knows what it holds', given: { subject: { deleting: true }, observed: { tenant: seenTenant(tenant({ parameters: undefined, etag: 'E2' })) }, before: { distributionTenant: { ...read, configHash } } }, want: { ...read, etag: 'E2' } },
    { name: 'with a web ACL', because: 'the auditor reads it', given: { observed: { tenant: seenTenant(tenant({ webAcl: { is: 'override', arn: 'arn:acl' } })) } }, want: { ...read, webACLArn: 'arn:acl', configHash: hashOfConfig(config({ webAcl: { is: 'override', arn: 'arn:acl' } })) } },
    { name: 'gone', because: 'an id of the past misleads', given: { observed: { tenant: seenTenant() }, before: { distributionTenant: read } }, want: undefined },
    { name: 'not to be read', because: 'what was seen is kept', given: { observed: { tenant: { ...seenTenant(), tenant: unread } }, before: { distributionTenant: read } }, want: read },
  ])('of a tenant $name: $because', ({ given, want }) => {
    expect(statusOf(given).distributionTenant).toEqual(want);
  });

  test('judges a generation, and shows the endpoint as soon as it is known', () => {
    const { observedGeneration, endpoint } = statusOf({ subject: { generation: 7 } });
    expect({ observedGeneration, endpoint }).toEqual({ observedGeneration: 7, endpoint: 'd1.cloudfront.net' });
  });

  test('keeps the endpoint of a tenant whose permission was withdrawn: customers point there', () => {
    expect(statusOf({ subject: { accepted: forbidden }, before: { endpoint: 'd9.cloudfront.net' } }).endpoint).toBe('d9.cloudfront.net');
  });

  test('of a settled tenant is the same each time: a settled object is never written (R13)', () => {
    const first = statusOf({});
    expect(statusOf({ before: first })).toEqual(first);
  });
});
