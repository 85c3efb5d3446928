import type { Reason } from '../../crds/reasons.ts';
import type { TenantCertificate, TenantDomainStatus } from '../../crds/types.ts';
import { conditionsFrom, conditionsOf } from '../conditions.ts';
import type { StatusInput, Verdict } from '../contract.ts';
import { asBefore, judge, type Judged, summarize } from '../summary.ts';
import { type Certificate, isDead, livingOf } from './certificate/certificate.ts';
import { dnsRecordsOf } from './dns-records.ts';
import { domainsOf, unserved } from './domains.ts';
import type { LearnedCertificate } from './certificate/apply.ts';
import type { LearnedTenant } from './distribution-tenant/apply.ts';
import { configOf, hashOfConfig } from './distribution-tenant/tenant.ts';
import { certificateSpecOf, tenantOf } from './plan.ts';
import type { TenantDomainKind } from './kind.ts';

type Input = StatusInput<TenantDomainKind>;

/** What the CRD holds; what serves or shall serve comes first. */
const maxCertificates = 4;
const uses = ['Serving', 'Pending', 'Retiring'] as const;

// Of those to be retired, one that failed is found again by its names; one that was replaced is known by its ARN alone.
const rank = ({ use, status }: TenantCertificate): number => uses.indexOf(use) + (use === 'Retiring' && status !== 'ISSUED' ? 1 : 0);

/** The rows that a status has room for, in the order of their worth. */
export const keptCertificates = (rows: readonly TenantCertificate[]): readonly TenantCertificate[] =>
  rows.toSorted((a, b) => rank(a) - rank(b) || (a.arn < b.arn ? -1 : 1)).slice(0, maxCertificates);

const accepted = ({ subject }: Input): Judged => {
  const say = (status: Verdict['status'], reason: Reason, message: string, turn: Judged['turn']): Judged => ({ verdict: { type: 'Accepted', status, reason, message }, turn });
  if (subject.accepted.is === 'accepted') return say('True', 'Accepted', 'the spec is valid, and its tier and namespace allow it', 'ours');
  const { reason, message, on } = subject.accepted;
  return say('False', reason, message, on === 'person' ? 'person' : 'ours');
};

const ownership = ({ subject }: Input): Verdict =>
  subject.accepted.is === 'accepted'
    ? { type: 'OwnershipVerified', status: 'True', reason: 'NotRequired', message: 'the tier asks for no proof of ownership' }
    : { type: 'OwnershipVerified', status: 'Unknown', reason: 'WaitingForTier', message: 'looked at once the spec is accepted' };

const disabled = ({ subject }: Input): Judged[] =>
  subject.accepted.is === 'accepted' && !subject.accepted.wants.enabled && !subject.deleting
    ? [{ verdict: { type: 'Ready', status: 'False', reason: 'EnabledFalse', message: 'spec.enabled is false: everything is kept, and CloudFront serves nothing; set it to true to serve' }, turn: 'customer' }]
    : [];

/** The certificate that serves: as seen, or as last seen where the tenant could not be read. */
const servingArnOf = ({ object, observed }: Input): string | undefined =>
  observed.tenant.tenant.known ? tenantOf(observed)?.certificateArn : object.status?.certificates?.find(({ use }) => use === 'Serving')?.arn;

/** Our certificates that serve, or were requested for the names that are wanted now. */
const certificatesInPlay = (input: Input): readonly Certificate[] => {
  const { subject, observed } = input;
  if (!observed.certificate.known || subject.accepted.is === 'refused') return [];
  const names = subject.accepted.wants.names.join(' ');
  const serving = servingArnOf(input);
  return observed.certificate.value.known.filter((certificate) => certificate.ours && (certificate.arn === serving || certificate.names.join(' ') === names));
};

const neededCertificates = (input: Input): readonly Certificate[] => certificatesInPlay(input).filter((certificate) => !isDead(certificate));

/**
 * The certificates whose records the customer has to have. Where the last request failed those are its records still: the same names
 * get the same ones again, and who takes them away makes the next request fail too.
 */
const recordBearers = (input: Input): readonly Certificate[] => {
  const needed = neededCertificates(input);
  return needed.length > 0 ? needed : certificatesInPlay(input);
};

const completeness = (input: Input): Verdict => {
  const { object, subject, observed } = input;
  const say = (status: Verdict['status'], reason: Reason, message: string): Verdict => ({ type: 'DNSRecordsComplete', status, reason, message });
  if (subject.accepted.is === 'refused') return say('False', 'RecordsIncomplete', 'the records are known once the spec is accepted');
  if (subject.accepted.wants.group === undefined) return say('False', 'RecordsIncomplete', 'the endpoint is known once CloudFront has made the account\'s default connection group');
  if (subject.accepted.wants.certificate.is !== 'own') return say('True', 'RecordsComplete', 'status.dnsRecords names every record');
  const before = conditionsOf(subject.generation, object.status?.conditions).find(({ type }) => type === 'DNSRecordsComplete');
  if (!observed.certificate.known && before) return asBefore(before);
  const needed = neededCertificates(input);
  const named = subject.accepted.wants.names.every((name) => needed.some(({ records }) => records?.some(({ domains }) => domains.includes(name))));
  return named ? say('True', 'RecordsComplete', 'status.dnsRecords names every record') : say('False', 'RecordsIncomplete', 'ACM has not made all validation records yet');
};

/**
 * What need not be kept in mind any more: what this pass deleted, and what ACM does not know. Until its successor is issued the latter
 * stays, since the next request is told apart by the ARNs that failed before it (R3).
 */
const forgottenIn = ({ subject, observed, outcomes }: Input, known: readonly Certificate[]): readonly string[] => {
  const deleted = outcomes.flatMap(({ action, failure }) => (action.verb === 'DeleteCertificate' && failure === undefined ? [action.arn] : []));
  if (subject.accepted.is === 'refused') return deleted;
  const spec = certificateSpecOf(subject.accepted.wants, observed);
  const succeeded = spec.source.is !== 'own' || livingOf(spec, known)[0]?.status === 'ISSUED';
  return [...deleted, ...known.filter(({ status }) => succeeded && status === 'GONE').map(({ arn }) => arn)];
};

/** The row of a certificate that was requested just now. */
export const requestedCertificate = ({ arn }: LearnedCertificate): TenantCertificate => ({ arn, use: 'Pending', issuer: 'ACM', status: 'PENDING_VALIDATION' });

/** One row a certificate: what serves, what is to come, what goes. Those just requested are known from the object itself. */
const certificatesOf = (input: Input): readonly TenantCertificate[] => {
  const { object, observed, outcomes } = input;
  const learned = outcomes.flatMap((outcome) => (outcome.learned?.is === 'certificate' ? [requestedCertificate(outcome.learned)] : []));
  const before = [...(object.status?.certificates ?? []).filter(({ arn }) => !learned.some((one) => one.arn === arn)), ...learned];
  if (!observed.certificate.known) return before;
  const serving = servingArnOf(input);
  const { known, given } = observed.certificate.value;
  const needed = neededCertificates(input).map(({ arn }) => arn);
  const theirs = given?.certificate && given.allowed ? [given.certificate] : [];
  const seen = [...known.filter(({ ours, arn }) => (ours || arn === serving) && arn !== theirs[0]?.arn), ...theirs];
  const rows = seen.map((certificate): TenantCertificate => ({
    arn: certificate.arn,
    use: certificate.arn === serving ? 'Serving' : needed.includes(certificate.arn) || certificate.arn === given?.certificate?.arn ? 'Pending' : 'Retiring',
    issuer: certificate.ours ? 'ACM' : 'External',
    status: certificate.status,
    ...(certificate.notAfter === undefined ? {} : { notAfter: `${certificate.notAfter.toISOString().slice(0, 19)}Z` }),
  }));
  const unseen = before.filter(({ arn }) => !known.some((certificate) => certificate.arn === arn) && !rows.some((row) => row.arn === arn));
  const requested = unseen.filter(({ arn, use, issuer }) => arn === serving || (use === 'Pending' && issuer !== 'External'));
  const forgotten = forgottenIn(input, known);
  return keptCertificates([...rows.filter(({ arn }) => !forgotten.includes(arn)), ...requested]);
};

const tenantStatusOf = ({ object, observed }: Input): TenantDomainStatus['distributionTenant'] => {
  const before = object.status?.distributionTenant;
  if (!observed.tenant.tenant.known) return before;
  const tenant = tenantOf(observed);
  if (tenant === undefined) return undefined;
  const { id, arn, etag, distributionId, connectionGroupId, webAcl } = tenant;
  const config = configOf(tenant);
  const configHash = config ? hashOfConfig(config) : before?.etag === etag ? before.configHash : undefined;
  return {
    id, arn, distributionId,
    ...(connectionGroupId === undefined ? {} : { connectionGroupId }),
    ...(webAcl.is === 'override' ? { webACLArn: webAcl.arn } : {}),
    etag,
    ...(configHash === undefined ? {} : { configHash }),
  };
};

/** The world as it is after the actions: what AWS answered to a write is newer than what was looked at before it. */
const afterwards = (input: Input): Input => {
  const learned = input.outcomes.map((outcome) => outcome.learned).findLast((one): one is LearnedTenant => one?.is === 'tenant');
  if (learned === undefined) return input;
  const tenant = { known: true, value: { is: 'present', tenant: learned.tenant } } as const;
  return { ...input, observed: { ...input.observed, tenant: { ...input.observed.tenant, tenant } } };
};

/** The status of a TenantDomain, made from the object as it is after the actions: pure. */
export const tenantDomainStatus = (before: Input): TenantDomainStatus => {
  const input = afterwards(before);
  const { object, subject, observed, plan, outcomes, now } = input;
  const judged = plan.decisions.map((decision) => judge(decision, outcomes, conditionsOf(subject.generation, object.status?.conditions)));
  const gates = [accepted(input), ...judged.filter(({ verdict }) => verdict.type !== 'DNSConfigured'), ...disabled(input), ...unserved(input)];
  const summary = summarize(gates, { reason: 'Served', message: 'every domain is served as soon as DNS points here' });
  const verdicts = [accepted(input).verdict, ownership(input), ...judged.map(({ verdict }) => verdict), completeness(input), ...summary];
  const wants = subject.accepted.is === 'accepted' ? subject.accepted.wants : undefined;
  const endpoint = wants ? wants.group?.endpoint : object.status?.endpoint;
  const tenant = tenantStatusOf(input);
  const domains = domainsOf(input);
  const served = domains.filter(({ state }) => state === 'Active').map(({ name }) => name);
  const seenRecords = dnsRecordsOf({ names: wants?.names ?? [], endpoint, served, certificates: recordBearers(input), traffic: observed.traffic });
  return {
    observedGeneration: subject.generation,
    conditions: conditionsFrom(verdicts, object.status?.conditions, { generation: subject.generation, now }),
    ...(endpoint === undefined ? {} : { endpoint }),
    domains,
    dnsRecords: wants === undefined || !observed.certificate.known ? (object.status?.dnsRecords ?? []) : seenRecords,
    certificates: certificatesOf(input),
    ...(tenant === undefined ? {} : { distributionTenant: tenant }),
  };
};

