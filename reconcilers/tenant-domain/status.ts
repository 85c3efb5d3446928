import type { Reason } from '../../crds/reasons.ts';
import type { TenantDomainStatus } from '../../crds/types.ts';
import { conditionsFrom, conditionsOf } from '../conditions.ts';
import type { StatusInput, Verdict } from '../contract.ts';
import { restraintGate } from '../restraint.ts';
import { asBefore, judge, type Judged, summarize } from '../summary.ts';
import { concern as certificateReady } from './certificate/certificate.ts';
import { certificatesOf, neededCertificates, recordBearers, redirectsOf } from './certificates-status.ts';
import { dnsRecordsOf } from './dns-records.ts';
import { domainsOf, unserved } from './domains.ts';
import type { LearnedTenant } from './distribution-tenant/apply.ts';
import { configOf, hashOfConfig } from './distribution-tenant/tenant.ts';
import type { TenantDomainKind } from './kind.ts';
import { tenantOf } from './observed.ts';

type Input = StatusInput<TenantDomainKind>;

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

/**
 * The verdict on a certificate that CloudFront was asked for and did not request: our DNS saw every name lead to the endpoint, and its
 * resolvers have the older answer for some minutes.
 */
const unproved = ({ verdict, turn }: Judged, { subject, observed, outcomes }: Input): Judged => {
  const isUnproved = observed.tenant.unproved !== undefined || outcomes.some(({ failure }) => failure?.reason === 'WaitingForValidation');
  if (verdict.type !== certificateReady || verdict.reason !== 'RequestingCertificate' || !isUnproved || subject.accepted.is === 'refused') return { verdict, turn };
  const { names, group } = subject.accepted.wants;
  const message = `our DNS sees ${names.join(', ')} lead to ${group?.endpoint ?? 'the endpoint'}, CloudFront does not yet; it is asked again`;
  return { verdict: { ...verdict, reason: 'WaitingForValidation', message }, turn };
};

/**
 * A request that was refused because somebody else holds a name has changed nothing for the certificate: it is as it was before, and what
 * to do is told of the tenant.
 */
const untouched = ({ verdict, turn }: Judged, { subject, object, outcomes }: Input): Judged => {
  const before = conditionsOf(subject.generation, object.status?.conditions).find(({ type }) => type === certificateReady);
  const isRefused = verdict.type === certificateReady && verdict.reason === 'RequestingCertificate' && outcomes.some(({ failure }) => failure?.reason === 'DomainTaken');
  return isRefused && before ? { verdict: asBefore(before), turn } : { verdict, turn };
};

/** The decisions as they read after their actions. */
const judgedOf = (input: Input): readonly Judged[] => {
  const { object, subject, plan, outcomes } = input;
  const before = conditionsOf(subject.generation, object.status?.conditions);
  return plan.decisions.map((decision) => untouched(unproved(judge(decision, outcomes, before), input), input));
};

/** The status of a TenantDomain, made from the object as it is after the actions: pure. */
export const tenantDomainStatus = (before: Input): TenantDomainStatus => {
  const input = afterwards(before);
  const { object, subject, observed, now } = input;
  const judged = judgedOf(input);
  const gates = [accepted(input), ...judged.filter(({ verdict }) => verdict.type !== 'DNSConfigured'), ...disabled(input), ...unserved(input)];
  const summary = summarize([...restraintGate(input.plan), ...gates], { reason: 'Served', message: 'every domain is served as soon as DNS points here' });
  const verdicts = [accepted(input).verdict, ownership(input), ...judged.map(({ verdict }) => verdict), completeness(input), ...summary];
  const wants = subject.accepted.is === 'accepted' ? subject.accepted.wants : undefined;
  const endpoint = wants ? wants.group?.endpoint : object.status?.endpoint;
  const tenant = tenantStatusOf(input);
  const domains = domainsOf(input);
  const served = domains.filter(({ state }) => state === 'Active').map(({ name }) => name);
  const validatedBy = wants?.certificate.is === 'cloudfront' ? 'traffic' : 'records';
  const seenRecords = dnsRecordsOf({ names: wants?.names ?? [], endpoint, served, validatedBy, certificates: recordBearers(input), traffic: observed.traffic });
  const httpRedirects = redirectsOf(input);
  return {
    observedGeneration: subject.generation,
    conditions: conditionsFrom(verdicts, object.status?.conditions, { generation: subject.generation, now }),
    ...(endpoint === undefined ? {} : { endpoint }),
    domains,
    dnsRecords: wants === undefined || !observed.certificate.known ? (object.status?.dnsRecords ?? []) : seenRecords,
    ...(httpRedirects.length === 0 ? {} : { httpRedirects }),
    certificates: certificatesOf(input),
    ...(tenant === undefined ? {} : { distributionTenant: tenant }),
  };
};

