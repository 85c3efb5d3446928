import type { ManagedCertificateDetails } from '@aws-sdk/client-cloudfront';
import { parseDomainName } from '../../../../crds/domain-name.ts';
import { type Marks, type Owner, owns } from '../../../aws/mark.ts';
import { certificateSummaryFrom } from '../../../aws/summaries.ts';
import type { Action, Look, Refusal } from '../../../contract.ts';
import { type Failure, unlessMissing } from '../../../failure.ts';
import { tenantNameOf } from '../../../names.ts';
import type { Aws } from '../../../ports/aws.ts';
import type { Fleet } from '../../../ports/fleet.ts';
import { printable } from '../../../printable.ts';
import { refusedForMs } from '../../../requeue.ts';
import type { Absences } from '../absences.ts';
import type { Askings } from '../asked.ts';
import { type Certificate, type CertificateView, concern, isHidden, livingOf, type ManagedRequest, type Redirect } from '../certificate.ts';
import type { CertificateAddress } from '../observe.ts';

/**
 * The tenant that CloudFront is asked about; its ARN is undefined where there is none, or none could be seen. `deleting`: it is on its way
 * out, and what was requested for it with it. `switchRefused`: the status says, of this generation, that CloudFront took up no request.
 */
export type ManagedAddress = Pick<CertificateAddress, 'owner' | 'names' | 'source'> & { readonly generation: number; readonly deleting: boolean; readonly tenantArn: string | undefined; readonly switchRefused: boolean };

export type ManagedPorts = { readonly aws: Aws; readonly fleet: Fleet; readonly marks: Marks; readonly absences: Absences; readonly askings: Askings; readonly now: () => Date };

/** What a status holds of a redirect's ends. */
const maxRedirectCharacters = 1024;
const toldWithinMs = 10 * 60_000;
const unseen: ManagedRequest = { is: 'unseen' };
const none: ManagedRequest = { is: 'none' };

const redirectsFrom = (details: ManagedCertificateDetails): readonly Redirect[] =>
  (details.ValidationTokenDetails ?? [])
    .flatMap(({ Domain, RedirectFrom, RedirectTo }): readonly Redirect[] => {
      const domain = parseDomainName(Domain ?? '');
      return domain.ok && RedirectFrom && RedirectTo ? [{ domain: domain.name, from: printable(RedirectFrom, maxRedirectCharacters), to: printable(RedirectTo, maxRedirectCharacters) }] : [];
    })
    .toSorted((a, b) => (a.domain < b.domain ? -1 : 1));

/** Whether a write that took a request with it was refused for lack of a permission or a quota. */
export const isDenial = (action: Action & { readonly request?: unknown; readonly seat?: unknown }, { code, reason }: Failure): boolean =>
  action.request !== undefined && ['AccessDenied', 'QuotaExceeded'].includes(reason) && (code !== 'EntityLimitExceeded' || action.seat === undefined);

/** The last such refusal: to repeat the write would deploy the tenant again and again. */
const deniedIn = (refusals: readonly Refusal[], now: Date): Failure | undefined =>
  refusals.findLast(({ action, failure, at }) => isDenial(action, failure) && now.getTime() - at.getTime() < refusedForMs.blocked)?.failure;

/** Whether marking this certificate failed just now: what CloudFront says of it can wait as long as the next try. */
const isUnmarkable = (arn: string, refusals: readonly Refusal[], now: Date): boolean =>
  refusals.some(({ action, at }) => action.verb === 'MarkCertificate' && 'arn' in action && action.arn === arn && now.getTime() - at.getTime() < refusedForMs.blocked);

/** Looks at what CloudFront does about a certificate of its own, where that is what the tenant shall have, or may have had. At rest it asks nothing. */
export const managedObserver = ({ aws, fleet, marks, absences, askings, now }: ManagedPorts): ((address: ManagedAddress, view: CertificateView, look: Look) => Promise<CertificateView>) => {
  const told = new Map<string, { readonly request: ManagedRequest; readonly atMs: number }>();

  /** CloudFront tells of a request some time after it was made: soon after one, that there is none says nothing. */
  const isNoneBelieved = (tenant: string): boolean => now().getTime() - (askings.triedAt(tenant)?.getTime() ?? Number.NEGATIVE_INFINITY) >= toldWithinMs;

  /** What was told before, for as long as the list of certificates says the same: customers take days, and nothing else changes meanwhile. */
  const toldBefore = (tenant: string, known: readonly Certificate[], look: Look): ManagedRequest | undefined => {
    const last = told.get(tenant);
    if (last === undefined || look.depth(concern) === 'live') return undefined;
    if (last.request.is !== 'made') return isNoneBelieved(tenant) ? last.request : undefined;
    if ((askings.triedAt(tenant)?.getTime() ?? 0) >= last.atMs) return undefined;
    const { arn, pending, redirects } = last.request;
    if (isUnmarkable(arn, look.refusals, now())) return last.request;
    // CloudFront names the redirects some time after the certificate.
    if (pending && redirects.length === 0) return undefined;
    const isSame = (one: Certificate): boolean => one.ours && one.status !== 'GONE' && !isHidden(one) && (one.status === 'PENDING_VALIDATION') === pending;
    return known.some((one) => one.arn === arn && isSame(one)) ? last.request : undefined;
  };

  /** A tenant by our name that is somebody else's has certificates that are none of ours. */
  const detailsOf = async (tenantArn: string, owner: Owner, signal: AbortSignal): Promise<ManagedCertificateDetails | undefined> => {
    if (!owns(owner, await marks.of(tenantArn, signal))) return undefined;
    const answer = await unlessMissing(aws.getManagedCertificateDetails({ Identifier: tenantNameOf(owner) }, signal), ['EntityNotFound']);
    return answer?.ManagedCertificateDetails;
  };

  /** CloudFront hears from ACM sooner than any list is read again. */
  const caughtUp = async (certificate: Certificate, details: ManagedCertificateDetails, signal: AbortSignal): Promise<Certificate> => {
    const isBehind = certificate.arn === details.CertificateArn && certificate.status === 'PENDING_VALIDATION' && details.CertificateStatus !== 'pending-validation';
    const detail = isBehind ? (await unlessMissing(aws.describeCertificate({ CertificateArn: certificate.arn }, signal), ['ResourceNotFoundException']))?.Certificate : undefined;
    if (detail === undefined) return certificate;
    const summary = certificateSummaryFrom(detail);
    fleet.certificates.put(summary);
    return { ...certificate, ...summary, trouble: detail.FailureReason };
  };

  /** ACM shows a fresh one late, so that what it did not know before may have come since; what it deleted for us never does. */
  const isGone = async (arn: string, signal: AbortSignal): Promise<boolean> => {
    if (!absences.isGone(arn) || absences.isBuried(arn)) return absences.isBuried(arn);
    const answer = await unlessMissing(aws.describeCertificate({ CertificateArn: arn }, signal), ['ResourceNotFoundException']);
    if (answer !== undefined) absences.met(arn);
    return answer === undefined;
  };

  const requestFrom = async (details: ManagedCertificateDetails, signal: AbortSignal): Promise<ManagedRequest> => {
    const arn = details.CertificateArn;
    if (!arn) return none;
    return { is: 'made', arn, pending: details.CertificateStatus === 'pending-validation', gone: await isGone(arn, signal), redirects: redirectsFrom(details) };
  };

  /**
   * Whether there may be a certificate that CloudFront requested, though none is asked for now: before another source was wished for, or
   * before the tier went, maybe by another process. Who is served with one of ours has had it marked, so that few are asked about.
   */
  const isLeft = (tenant: string, source: ManagedAddress['source'], known: readonly Certificate[]): boolean => {
    const last = told.get(tenant);
    if (last?.request.is === 'made' && last.atMs > (askings.triedAt(tenant)?.getTime() ?? 0)) {
      const { arn, gone } = last.request;
      return !gone && !absences.isBuried(arn) && !known.some((one) => one.ours && one.arn === arn);
    }
    return !isNoneBelieved(tenant) || (source === undefined && !known.some(({ ours, status }) => ours && status === 'ISSUED'));
  };

  const isSettled = ({ names, source, deleting, switchRefused }: ManagedAddress, tenant: string, known: readonly Certificate[]): boolean => {
    // Nothing is done while the spec is not accepted, unless it is to delete.
    if (source === undefined && !deleting) return true;
    if (source?.is !== 'cloudfront') return !isLeft(tenant, source, known);
    return switchRefused || livingOf({ source, names, serving: { is: 'none' } }, known).some(({ status }) => status === 'ISSUED');
  };

  return async (address, view, look) => {
    const { owner, source, generation, tenantArn, switchRefused } = address;
    const tenant = tenantNameOf(owner);
    if (source?.is !== 'cloudfront') askings.forget(tenant);
    // Another process was told so: the 6 hours begin anew.
    else if (switchRefused && askings.last(tenant, generation) === undefined) askings.recall(tenant, generation);
    const managed = { request: unseen, asked: askings.last(tenant, generation), denied: deniedIn(look.refusals, now()) };
    const before = isSettled(address, tenant, view.known) ? unseen : toldBefore(tenant, view.known, look);
    if (tenantArn === undefined || before) return { ...view, managed: { ...managed, request: before ?? unseen } };
    const details = await detailsOf(tenantArn, owner, look.signal);
    const known = details === undefined ? view.known : await Promise.all(view.known.map((certificate) => caughtUp(certificate, details, look.signal)));
    const request = details === undefined ? none : await requestFrom(details, look.signal);
    told.set(tenant, { request, atMs: now().getTime() });
    return { ...view, known, managed: { ...managed, request } };
  };
};
