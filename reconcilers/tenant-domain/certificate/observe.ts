import type { CertificateDetail } from '@aws-sdk/client-acm';
import { type DomainName, parseDomainName, sortedNames } from '../../../crds/domain-name.ts';
import { certificateSummaryFrom } from '../../aws/summaries.ts';
import { type Marks, type Owner, ownerKeyOf, owns } from '../../aws/mark.ts';
import type { Look } from '../../contract.ts';
import { type Seen, seen, unlessMissing } from '../../failure.ts';
import type { Aws } from '../../ports/aws.ts';
import type { CertificateSummary, Fleet } from '../../ports/fleet.ts';
import type { CertificateSource } from '../accept.ts';
import type { Absences } from './absences.ts';
import { type Certificate, type CertificateView, concern, isDead, type ManagedView, type ValidationRecord } from './certificate.ts';
import type { Quota } from './quota.ts';

/**
 * Where to look. `source` is undefined while the spec is not accepted: then only what is remembered or marked ours is looked at.
 * `remembered` and `records` come from the status: hints that save calls, checked by mark before anything is done (R11). The same
 * account gets the same record for the same name each time (ACM guide, DNS validation), so a record serves every certificate.
 */
export type CertificateAddress = {
  readonly owner: Owner;
  readonly names: readonly DomainName[];
  readonly source: CertificateSource | undefined;
  readonly distributionId: string | undefined;
  readonly remembered: readonly string[];
  readonly records: readonly ValidationRecord[];
};

export type CertificatePorts = { readonly aws: Aws; readonly fleet: Fleet; readonly marks: Marks; readonly absences: Absences; readonly quota: Quota; readonly now: () => Date };

/** What is known of CloudFront's certificates before the tenant was seen (managed/observe.ts). */
const unlooked: ManagedView = { request: { is: 'unseen' }, asked: undefined, denied: undefined };

/** ACM makes the validation records some seconds after a request; before that there is nothing to read (RequestCertificate, API reference). */
const recordsTakeMs = 8_000;

/** The validation records of a certificate, one per record however many names share it; undefined until ACM made all of them. */
export const recordsFrom = (detail: CertificateDetail): readonly ValidationRecord[] | undefined => {
  const options = detail.DomainValidationOptions ?? [];
  const byRecord = new Map<string, { name: string; value: string; domains: DomainName[] }>();
  for (const { DomainName, ResourceRecord } of options) {
    const domain = parseDomainName(DomainName ?? '');
    if (!ResourceRecord?.Name || !ResourceRecord.Value || !domain.ok) return undefined;
    const name = withoutDot(ResourceRecord.Name);
    const record = byRecord.get(name) ?? { name, value: withoutDot(ResourceRecord.Value), domains: [] };
    record.domains.push(domain.name);
    byRecord.set(name, record);
  }
  const complete = options.length > 0 && options.length >= new Set([detail.DomainName, ...(detail.SubjectAlternativeNames ?? [])]).size;
  return complete ? [...byRecord.values()].map((record) => ({ ...record, domains: sortedNames(record.domains) })).toSorted((a, b) => (a.name < b.name ? -1 : 1)) : undefined;
};

/** The known records that validate all of these names; undefined while one has none. */
const recordsFor = (names: readonly string[], records: readonly ValidationRecord[]): readonly ValidationRecord[] | undefined => {
  const fit = records.filter((record) => record.domains.some((domain) => names.includes(domain)));
  return names.length > 0 && names.every((name) => fit.some((record) => record.domains.some((domain) => domain === name))) ? fit : undefined;
};

const withoutDot = (name: string): string => name.toLowerCase().replace(/\.$/, '');

/** Looks at a tenant's certificates. */
export const certificateObserver = ({ aws, fleet, marks, absences, quota, now }: CertificatePorts): ((address: CertificateAddress, look: Look) => Promise<Seen<CertificateView>>) => {
  const describe = async (arn: string, signal: AbortSignal): Promise<CertificateDetail | undefined> => {
    const answer = await unlessMissing(aws.describeCertificate({ CertificateArn: arn }, signal), ['ResourceNotFoundException']);
    const summary = answer?.Certificate && certificateSummaryFrom(answer.Certificate);
    if (summary) {
      fleet.certificates.put(summary);
      absences.met(arn);
    } else absences.missed(arn);
    return answer?.Certificate;
  };

  /** What ACM said of those that it gave up, which never changes: why, and which records would have validated them. */
  const ends = new Map<string, Pick<Certificate, 'records' | 'trouble'>>();

  const missing = (arn: string, ours: boolean): Certificate => ({ arn, status: absences.isGone(arn) ? 'GONE' : 'PENDING_VALIDATION', names: [], inUse: false, ours, createdAt: undefined, notAfter: undefined, managedBy: undefined, records: undefined, trouble: undefined, renewal: undefined });

  /** A list says too little of one that failed, until its trouble was read, and of one whose records are not known and may be there by now. */
  const isListEnough = ({ arn, status, names, createdAt, managedBy }: CertificateSummary, records: readonly ValidationRecord[]): boolean => {
    if (status === 'FAILED') return ends.has(arn);
    if (managedBy === 'CloudFront' || (isDead({ status }) && status !== 'VALIDATION_TIMED_OUT')) return true;
    const young = status === 'PENDING_VALIDATION' && createdAt !== undefined && now().getTime() - createdAt.getTime() < recordsTakeMs;
    return young || ends.has(arn) || recordsFor(names, records) !== undefined;
  };

  const lookAt = async (arn: string, ours: boolean, records: readonly ValidationRecord[], look: Look): Promise<Certificate> => {
    const fresh = { notBefore: look.notBefore(concern), signal: look.signal };
    const listed = look.depth(concern) === 'live' ? undefined : await fleet.certificates.get(arn, fresh);
    if (listed) absences.met(arn);
    if (listed && (!ours || isListEnough(listed, records))) return { ...listed, ours, records: listed.managedBy ? [] : (recordsFor(listed.names, records) ?? ends.get(arn)?.records), trouble: ends.get(arn)?.trouble, renewal: undefined };
    // What was gone before, and what no list shows since, is not asked for again in every pass.
    if (absences.isBuried(arn) || (look.depth(concern) === 'shared' && listed === undefined && absences.isGone(arn))) return missing(arn, ours);
    const detail = await describe(arn, look.signal);
    if (detail === undefined) return missing(arn, ours);
    const summary = certificateSummaryFrom(detail);
    const said = { records: summary.managedBy ? [] : recordsFrom(detail), trouble: detail.FailureReason };
    if (isDead(summary)) ends.set(arn, said);
    return { ...summary, ours, ...said, renewal: undefined };
  };

  const isOurs = async (arn: string, owner: Owner, look: Look): Promise<boolean> => owns(owner, await marks.of(arn, look.signal));

  /** What we asked for before: remembered, or found by names or mark in a complete list (R3). */
  const known = async (address: CertificateAddress, look: Look): Promise<readonly Certificate[]> => {
    const fresh = { notBefore: look.since(concern), signal: look.signal };
    const listed = await Promise.all([
      fleet.certificates.where('names', sortedNames(address.names).join(' '), fresh),
      fleet.certificates.where('owner', ownerKeyOf(address.owner), fresh),
    ]);
    if (quota.isDue()) {
      const all = await fleet.certificates.all(fresh);
      quota.count(all);
      const there = new Set(all.map(({ arn }) => arn));
      for (const arn of ends.keys()) if (!there.has(arn)) ends.delete(arn);
    }
    const found = listed.flat().filter((certificate) => certificate.issued === 'ACM').map(({ arn }) => arn);
    const arns = [...new Set([...address.remembered, ...found])].toSorted();
    const looks = arns.map(async (arn) => {
      const remembered = address.remembered.includes(arn);
      const ours = (remembered && look.depth(concern) === 'shared') || (await isOurs(arn, address.owner, look));
      return ours || remembered ? lookAt(arn, ours, address.records, look) : undefined;
    });
    return (await Promise.all(looks)).filter((certificate) => certificate !== undefined);
  };

  const given = async (arn: string, owner: Owner, look: Look): Promise<NonNullable<CertificateView['given']>> => {
    const certificate = await lookAt(arn, false, [], look);
    return { certificate, allowed: await marks.admits(arn, owner.namespace, { live: look.depth(concern) === 'live', signal: look.signal }) };
  };

  const blueprintOf = async (distributionId: string | undefined, look: Look): Promise<Certificate | undefined> => {
    const fresh = { notBefore: look.notBefore(concern), signal: look.signal };
    const blueprint = distributionId === undefined ? undefined : await fleet.blueprints.get(distributionId, fresh);
    const arn = blueprint?.certificateArn;
    return arn === undefined ? undefined : lookAt(arn, false, [], { ...look, depth: () => 'shared' });
  };

  return (address, look) =>
    seen(
      (async () => {
        const { source } = address;
        const [certificates, givenOne, blueprint] = await Promise.all([
          known(address, look),
          source?.is === 'given' ? given(source.arn, address.owner, look) : undefined,
          source?.is === 'distribution' ? blueprintOf(address.distributionId, look) : undefined,
        ]);
        return { known: certificates, given: givenOne, blueprint, managed: unlooked, quota: quota.view() };
      })(),
    );
};
