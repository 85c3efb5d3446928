import { covers, type DomainName, sortedNames } from '../../../crds/domain-name.ts';
import type { Action } from '../../contract.ts';
import type { Failure, Seen } from '../../failure.ts';
import type { CertificateStatus, RenewalSummary } from '../../ports/fleet.ts';
import type { CertificateSource } from '../accept.ts';

/*
 * The certificate that the tenant's names are served with. Four sources: our own (requested here, validated by a CNAME that the
 * customer adds), CloudFront's (it requests one for the tenant and validates it over HTTP: managed/plan.ts), one given by ARN, or the
 * distribution's.
 *
 *   own:   none ──request──> PENDING ──record made by ACM──> PENDING, record known ──customer adds it──> ISSUED ──tenant swaps──> serving
 *            ^                  │ CAA, refused: FAILED                                                            │
 *            └──later, new token┴ 72 h: VALIDATION_TIMED_OUT                        successor serves, Deployed, not in use: delete
 *
 * A certificate set that changes is never changed in place: ACM has no update, so a successor overlaps (R7), and so does one of another
 * issuer.
 */

/** A CNAME that ACM asks for; it stays for ever, since renewal needs it. `domains`: the names it validates. */
export type ValidationRecord = { readonly name: string; readonly value: string; readonly domains: readonly DomainName[] };

/** What keeps ACM from renewing one. `open`: the names that it could not validate again. `cause`: ACM's word for why it gave up. */
export type RenewalTrouble = { readonly status: RenewalSummary['status']; readonly open: readonly string[]; readonly cause: string | undefined };

/** One ACM certificate, as far as it was looked at. `status` GONE: ACM says there is none by this ARN, and it is no stale answer. */
export type Certificate = {
  readonly arn: string;
  readonly status: CertificateStatus | 'GONE';
  readonly names: readonly string[];
  readonly inUse: boolean;
  readonly ours: boolean;
  readonly createdAt: Date | undefined;
  readonly notAfter: Date | undefined;
  /** Who asked for it: CloudFront, as the tenant told it to, or we ourselves. */
  readonly managedBy: 'CloudFront' | undefined;
  /** Undefined until ACM has made all of them, or where they were not looked for. None of one that CloudFront asked for. */
  readonly records: readonly ValidationRecord[] | undefined;
  /** Why it failed, in ACM's words. */
  readonly trouble: string | undefined;
  /** Looked at only where it serves. */
  readonly renewal: RenewalTrouble | undefined;
};

/**
 * What the tenant holds now. `settled`: deployed, every name active. `active`: the names that are. Unknown means a read failed: then
 * nothing is retired.
 */
export type Serving =
  | { readonly is: 'unknown' }
  | { readonly is: 'none' }
  | { readonly is: 'some'; readonly arn: string | undefined; readonly settled: boolean; readonly active: readonly string[] };

/** Whether DNS proves the names: it does, it does not, or nobody can say. */
export type Proof = 'seen' | 'missing' | 'unknown';

export type CertificateSpec = {
  readonly source: CertificateSource;
  readonly names: readonly DomainName[];
  readonly serving: Serving;
  /** Whether the validation records of our own are in DNS: once they are, it is ACM's turn. Unknown too where they are not known. */
  readonly proof: Proof;
  /** Where the names shall lead; undefined until the connection group is known. */
  readonly endpoint: string | undefined;
  /** Those of the names that lead there, in a way that CloudFront can see too. */
  readonly pointing: readonly DomainName[];
  /** Those that lead there in a way that it can see only by a TXT record, which is not there yet. */
  readonly challenged: readonly DomainName[];
};

/** A redirect that validates one name while its DNS does not lead to CloudFront. */
export type Redirect = { readonly domain: DomainName; readonly from: string; readonly to: string };

/**
 * What CloudFront says of the certificate that it asked for on the tenant's behalf. `unseen`: not looked at. `pending`: it waits for its
 * validation still. `gone`: ACM knows none by this ARN any more.
 */
export type ManagedRequest =
  | { readonly is: 'unseen' }
  | { readonly is: 'none' }
  | { readonly is: 'made'; readonly arn: string; readonly pending: boolean; readonly gone: boolean; readonly redirects: readonly Redirect[] };

/** When a request last went to CloudFront with a write, and for which names (joined by a space); undefined names stand for any. */
export type LastAsked = { readonly at: Date; readonly names: string | undefined };

/** All about CloudFront's own certificates. `denied`: what the last write with a request was refused for, minutes ago. */
export type ManagedView = { readonly request: ManagedRequest; readonly asked: LastAsked | undefined; readonly denied: Failure | undefined };

/** How many certificates the account has asked for in 365 days, of so many that ACM grants. `refused`: ACM itself said lately that it grants no more. */
export type QuotaView = { readonly used: number; readonly perYear: number; readonly refused?: boolean };

/** `given` and `blueprint` are looked at only where the source asks for them. `allowed`: the tag allows this namespace. */
export type CertificateView = {
  readonly known: readonly Certificate[];
  readonly given: { readonly certificate: Certificate | undefined; readonly allowed: boolean } | undefined;
  readonly blueprint: Certificate | undefined;
  readonly managed: ManagedView;
  readonly quota: QuotaView;
};

export type CertificateObserved = Seen<CertificateView>;

export type RequestCertificate = Action & { readonly verb: 'RequestCertificate'; readonly names: readonly DomainName[]; readonly keyAlgorithm: string | undefined; readonly deadArns: readonly string[] };
export type MarkCertificate = Action & { readonly verb: 'MarkCertificate'; readonly aside: true; readonly arn: string };
export type DeleteCertificate = Action & { readonly verb: 'DeleteCertificate'; readonly arn: string };
export type CertificateAction = RequestCertificate | MarkCertificate | DeleteCertificate;

export const concern = 'CertificateReady';

/** Whether one name is on the certificate, a wildcard covering exactly one label. */
export const isCoveredBy = (name: DomainName, certificate: { readonly names: readonly string[] }): boolean =>
  certificate.names.some((pattern) => covers(pattern as DomainName, name));

const dead = ['FAILED', 'VALIDATION_TIMED_OUT', 'EXPIRED', 'REVOKED', 'INACTIVE', 'GONE'] as const;

/** ACM will never issue it any more, or it is not valid any more: it cannot be revived, only followed by another. */
export const isDead = (certificate: Pick<Certificate, 'status'>): boolean => dead.some((status) => status === certificate.status);

/**
 * ACM does not show it, so that nothing but its ARN is known: a fresh one is shown late, and one that is gone answers the same. After some
 * minutes it is GONE; until then it is left alone, and no other is asked for.
 */
export const isHidden = (certificate: Pick<Certificate, 'status' | 'names'>): boolean => certificate.status === 'PENDING_VALIDATION' && certificate.names.length === 0;

const sameNames = (certificate: Certificate, names: readonly DomainName[]): boolean => certificate.names.join(' ') === sortedNames(names).join(' ');

/** Whether it comes from where this source would take it from, as far as certificates of ours go. */
export const isFrom = ({ is }: CertificateSource, { managedBy }: Pick<Certificate, 'managedBy'>): boolean => (managedBy === 'CloudFront') === (is === 'cloudfront');

type Wanted = Pick<CertificateSpec, 'source' | 'names' | 'serving'>;

/** The living certificates of this source for exactly these names, the best first: the one that serves, then an issued one, then by ARN. */
export const livingOf = (spec: Wanted, certificates: readonly Certificate[]): readonly Certificate[] => {
  const rank = (certificate: Certificate): number =>
    (spec.serving.is === 'some' && spec.serving.arn === certificate.arn ? 0 : 2) + (certificate.status === 'ISSUED' ? 0 : 1);
  return certificates
    .filter((certificate) => certificate.ours && !isDead(certificate) && sameNames(certificate, spec.names) && isFrom(spec.source, certificate))
    .toSorted((a, b) => rank(a) - rank(b) || (a.arn < b.arn ? -1 : 1));
};

/** The dead ones that were requested for exactly these names. One that is gone shows no names any more and counts for any. */
export const deadOf = ({ source, names }: Pick<Wanted, 'source' | 'names'>, certificates: readonly Certificate[]): readonly Certificate[] =>
  certificates.filter((certificate) => certificate.ours && isDead(certificate) && isFrom(source, certificate) && (certificate.names.length === 0 || sameNames(certificate, names)));

/** The certificate that the tenant has now, as far as it is one of ours or was. */
export const servingOne = ({ serving }: Pick<Wanted, 'serving'>, certificates: readonly Certificate[]): Certificate | undefined =>
  certificates.find(({ arn }) => serving.is === 'some' && arn === serving.arn);

/** Whether every wanted name is served now, and will be for as long as its certificate lives. */
export const isServed = ({ names, serving }: Pick<Wanted, 'names' | 'serving'>, certificates: readonly Certificate[]): boolean => {
  const one = servingOne({ serving }, certificates);
  return serving.is === 'some' && names.every((name) => serving.active.includes(name)) && !(one && isDead(one));
};
