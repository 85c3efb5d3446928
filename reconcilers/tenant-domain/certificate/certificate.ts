import { covers, type DomainName, sortedNames } from '../../../crds/domain-name.ts';
import type { Action } from '../../contract.ts';
import type { Seen } from '../../failure.ts';
import type { CertificateStatus } from '../../ports/fleet.ts';
import type { CertificateSource } from '../accept.ts';

/*
 * The certificate that the tenant's names are served with. Three sources: our own (requested here, validated by a CNAME that the
 * customer adds), one given by ARN, or the distribution's.
 *
 *   own:   none ──request──> PENDING ──record made by ACM──> PENDING, record known ──customer adds it──> ISSUED ──tenant swaps──> serving
 *            ^                  │ CAA, refused: FAILED                                                            │
 *            └──later, new token┴ 72 h: VALIDATION_TIMED_OUT                        successor serves, Deployed, not in use: delete
 *
 * A certificate set that changes is never changed in place: ACM has no update, so a successor overlaps (R7).
 */

/** A CNAME that ACM asks for; it stays for ever, since renewal needs it. `domains`: the names it validates. */
export type ValidationRecord = { readonly name: string; readonly value: string; readonly domains: readonly DomainName[] };

/** One ACM certificate, as far as it was looked at. `status` GONE: ACM says there is none by this ARN, and it is no stale answer. */
export type Certificate = {
  readonly arn: string;
  readonly status: CertificateStatus | 'GONE';
  readonly names: readonly string[];
  readonly inUse: boolean;
  readonly ours: boolean;
  readonly createdAt: Date | undefined;
  readonly notAfter: Date | undefined;
  /** Undefined until ACM has made all of them, or where they were not looked for. */
  readonly records: readonly ValidationRecord[] | undefined;
  /** Why it failed, in ACM's words. */
  readonly trouble: string | undefined;
};

/** What the tenant holds now. `settled`: deployed, every name active. Unknown means a read failed: then nothing is retired. */
export type Serving = { readonly is: 'unknown' } | { readonly is: 'none' } | { readonly is: 'some'; readonly arn: string | undefined; readonly settled: boolean };

export type CertificateSpec = {
  readonly source: CertificateSource;
  readonly names: readonly DomainName[];
  readonly serving: Serving;
  /** Every validation record is visible in our DNS, so that it is ACM's turn. */
  readonly recordsFound: boolean;
};

/** `given` and `blueprint` are looked at only where the source asks for them. `allowed`: the tag allows this namespace. */
export type CertificateView = {
  readonly known: readonly Certificate[];
  readonly given: { readonly certificate: Certificate | undefined; readonly allowed: boolean } | undefined;
  readonly blueprint: Certificate | undefined;
};

export type CertificateObserved = Seen<CertificateView>;

export type RequestCertificate = Action & { readonly verb: 'RequestCertificate'; readonly names: readonly DomainName[]; readonly keyAlgorithm: string | undefined; readonly deadArns: readonly string[] };
export type DeleteCertificate = Action & { readonly verb: 'DeleteCertificate'; readonly arn: string };
export type CertificateAction = RequestCertificate | DeleteCertificate;

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

/** The living certificates for exactly these names, the best first: the one that serves, then an issued one, then by ARN. */
export const livingOf = (spec: Pick<CertificateSpec, 'names' | 'serving'>, certificates: readonly Certificate[]): readonly Certificate[] => {
  const rank = (certificate: Certificate): number =>
    (spec.serving.is === 'some' && spec.serving.arn === certificate.arn ? 0 : 2) + (certificate.status === 'ISSUED' ? 0 : 1);
  return certificates
    .filter((certificate) => certificate.ours && !isDead(certificate) && sameNames(certificate, spec.names))
    .toSorted((a, b) => rank(a) - rank(b) || (a.arn < b.arn ? -1 : 1));
};

/** The dead ones that were requested for exactly these names. One that is gone shows no names any more and counts for any. */
export const deadOf = (names: readonly DomainName[], certificates: readonly Certificate[]): readonly Certificate[] =>
  certificates.filter((certificate) => certificate.ours && isDead(certificate) && (certificate.names.length === 0 || sameNames(certificate, names)));
