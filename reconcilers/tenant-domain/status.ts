import type { Reason } from '../../crds/reasons.ts';
import type { TenantDomainStatus } from '../../crds/types.ts';
import { conditionsFrom, conditionsOf } from '../conditions.ts';
import type { StatusInput, Verdict } from '../contract.ts';
import { restraintGate } from '../restraint.ts';
import { asBefore, judge, type Judged, summarize } from '../summary.ts';
import { afterRequest } from './certificate-outcome.ts';
import { certificatesOf, recordBearers, redirectsOf } from './certificates-status.ts';
import { recalledAddresses } from './dns-recall.ts';
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

/** Whoever is in a group that somebody disabled is not served, however well all else is. */
const unreachable = ({ subject }: Input): Judged[] => {
  const trouble = subject.accepted.is === 'accepted' ? subject.accepted.wants.group?.trouble : undefined;
  return trouble === undefined || subject.deleting ? [] : [{ verdict: { type: 'Ready', status: 'False', reason: 'ConnectionGroupDisabled', message: trouble }, turn: 'person' }];
};

const completeness = (input: Input): Verdict => {
  const { object, subject, observed } = input;
  const say = (status: Verdict['status'], reason: Reason, message: string): Verdict => ({ type: 'DNSRecordsComplete', status, reason, message });
  if (subject.accepted.is === 'refused') return say('False', 'RecordsIncomplete', 'the records are known once the spec is accepted');
  if (subject.accepted.wants.group === undefined) return say('False', 'RecordsIncomplete', 'the endpoint is known once CloudFront has made the account\'s default connection group');
  if (subject.accepted.wants.certificate.is !== 'own') return say('True', 'RecordsComplete', 'status.dnsRecords names every record');
  const before = conditionsOf(subject.generation, object.status?.conditions).find(({ type }) => type === 'DNSRecordsComplete');
  if (!observed.certificate.known && before) return asBefore(before);
  const named = subject.accepted.wants.names.every((name) => recordBearers(input).some(({ records }) => records?.some(({ domains }) => domains.includes(name))));
  if (named) return say('True', 'RecordsComplete', 'status.dnsRecords names every record');
  const isRequested = certificatesOf(input).some(({ issuer, status }) => issuer === 'ACM' && status === 'PENDING_VALIDATION');
  return say('False', 'RecordsIncomplete', isRequested ? 'ACM has not made all validation records yet' : 'no certificate is requested now: more records follow once one is, see CertificateReady');
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
 * The names that are still reached through another connection group than the wanted one: it is not assigned yet, or was just now and is not
 * deployed. What the records said before tells the latter from any other deployment.
 */
const movingOf = ({ subject, observed, object }: Input): readonly string[] => {
  const tenant = tenantOf(observed);
  if (tenant === undefined || subject.accepted.is === 'refused') return [];
  const { names, group } = subject.accepted.wants;
  if (group === undefined || tenant.connectionGroupId === undefined) return [];
  if (tenant.connectionGroupId !== group.id) return names;
  const before = (object.status?.dnsRecords ?? []).filter(({ purpose }) => purpose === 'Traffic');
  return tenant.deployed ? [] : names.filter((name) => before.some((record) => record.name === name && (record.value !== group.endpoint || record.action === 'AddWhenReady')));
};

/** The decisions as they read after their actions. */
const judgedOf = (input: Input): readonly Judged[] => {
  const { object, subject, plan, outcomes } = input;
  const before = conditionsOf(subject.generation, object.status?.conditions);
  return plan.decisions.map((decision) => afterRequest(judge(decision, outcomes, before), input));
};

/** The status of a TenantDomain, made from the object as it is after the actions: pure. */
export const tenantDomainStatus = (before: Input): TenantDomainStatus => {
  const input = afterwards(before);
  const { object, subject, observed, now } = input;
  const judged = judgedOf(input);
  const gates = [accepted(input), ...unreachable(input), ...judged.filter(({ verdict }) => verdict.type !== 'DNSConfigured'), ...disabled(input), ...unserved(input)];
  const summary = summarize([...restraintGate(input.plan), ...gates], { reason: 'Served', message: 'every domain is served as soon as DNS points here' });
  const verdicts = [accepted(input).verdict, ownership(input), ...judged.map(({ verdict }) => verdict), completeness(input), ...summary];
  const wants = subject.accepted.is === 'accepted' ? subject.accepted.wants : undefined;
  const endpoint = wants ? wants.group?.endpoint : object.status?.endpoint;
  const tenant = tenantStatusOf(input);
  const domains = domainsOf(input);
  const served = domains.filter(({ state }) => state === 'Active').map(({ name }) => name);
  const validatedBy = wants?.certificate.is === 'cloudfront' ? 'traffic' : 'records';
  const seenRecords = dnsRecordsOf({ names: wants?.names ?? [], endpoint, served, moving: movingOf(input), validatedBy, certificates: recordBearers(input), traffic: recalledAddresses(observed.traffic, object.status?.dnsRecords ?? []) });
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

