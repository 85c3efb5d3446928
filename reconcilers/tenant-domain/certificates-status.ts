import type { HttpRedirect, TenantCertificate } from '../../crds/types.ts';
import type { StatusInput } from '../contract.ts';
import type { LearnedCertificate } from './certificate/apply.ts';
import { type Certificate, isDead, isFrom, isHidden, livingOf } from './certificate/certificate.ts';
import { certificateSpecOf } from './certificate-spec.ts';
import type { TenantDomainKind } from './kind.ts';
import { tenantOf } from './observed.ts';

type Input = StatusInput<TenantDomainKind>;

/** What the CRD holds; what serves or shall serve comes first. */
const maxCertificates = 4;
const uses = ['Serving', 'Pending', 'Retiring'] as const;

// Of those to be retired, one that failed is found again by its names; one that was replaced is known by its ARN alone.
const rank = ({ use, status }: TenantCertificate): number => uses.indexOf(use) + (use === 'Retiring' && status !== 'ISSUED' ? 1 : 0);

/** The rows that a status has room for, in the order of their worth. */
export const keptCertificates = (rows: readonly TenantCertificate[]): readonly TenantCertificate[] =>
  rows.toSorted((a, b) => rank(a) - rank(b) || (a.arn < b.arn ? -1 : 1)).slice(0, maxCertificates);

/** The certificate that serves: as seen, or as last seen where the tenant could not be read. */
const servingArnOf = ({ object, observed }: Input): string | undefined =>
  observed.tenant.tenant.known ? tenantOf(observed)?.certificateArn : object.status?.certificates?.find(({ use }) => use === 'Serving')?.arn;

/** Our certificates that serve, or were requested for the names that are wanted now. */
const certificatesInPlay = (input: Input): readonly Certificate[] => {
  const { subject, observed } = input;
  if (!observed.certificate.known || subject.accepted.is === 'refused') return [];
  const { source, names } = certificateSpecOf(subject.accepted.wants, observed);
  const serving = servingArnOf(input);
  // CloudFront may be asked for some of the names first.
  const isWanted = (certificate: Certificate): boolean =>
    source.is === 'cloudfront' ? certificate.names.length > 0 && certificate.names.every((name) => names.some((one) => one === name)) : certificate.names.join(' ') === names.join(' ');
  const isOfSource = (certificate: Certificate): boolean => (source.is !== 'own' && source.is !== 'cloudfront') || isFrom(source, certificate);
  return observed.certificate.value.known.filter((certificate) => certificate.ours && (certificate.arn === serving || (isOfSource(certificate) && isWanted(certificate))));
};

/** Those of them that live. */
export const neededCertificates = (input: Input): readonly Certificate[] => certificatesInPlay(input).filter((certificate) => !isDead(certificate));

/**
 * The certificates whose records the customer has to have. Where the last request failed those are its records still: the same names
 * get the same ones again, and who takes them away makes the next request fail too.
 */
export const recordBearers = (input: Input): readonly Certificate[] => {
  const needed = neededCertificates(input);
  return needed.length > 0 ? needed : certificatesInPlay(input);
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

/** The row of a certificate that was requested, or found to be, just now. */
export const requestedCertificate = ({ arn, issuer }: LearnedCertificate): TenantCertificate => ({ arn, use: 'Pending', issuer, status: 'PENDING_VALIDATION' });

/** Who issued it: of one that ACM does not show only what was known before can tell. */
const issuerOf = (certificate: Certificate, before: readonly TenantCertificate[]): NonNullable<TenantCertificate['issuer']> => {
  if (!certificate.ours) return 'External';
  const known = isHidden(certificate) || certificate.status === 'GONE' ? before.find(({ arn }) => arn === certificate.arn)?.issuer : undefined;
  return known ?? certificate.managedBy ?? 'ACM';
};

/** One row a certificate: what serves, what is to come, what goes. Those just requested are known from the object itself. */
export const certificatesOf = (input: Input): readonly TenantCertificate[] => {
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
    issuer: issuerOf(certificate, before),
    status: certificate.status,
    ...(certificate.notAfter === undefined ? {} : { notAfter: `${certificate.notAfter.toISOString().slice(0, 19)}Z` }),
    ...(certificate.renewal === undefined ? {} : { renewal: certificate.renewal.status }),
  }));
  const unseen = before.filter(({ arn }) => !known.some((certificate) => certificate.arn === arn) && !rows.some((row) => row.arn === arn));
  const requested = unseen.filter(({ arn, use, issuer }) => arn === serving || (use === 'Pending' && issuer !== 'External'));
  const forgotten = forgottenIn(input, known);
  return keptCertificates([...rows.filter(({ arn }) => !forgotten.includes(arn)), ...requested]);
};

/** What validates the names whose DNS does not lead here yet, while CloudFront waits for it. What could not be read stays as it was. */
export const redirectsOf = ({ object, subject, observed }: Input): readonly HttpRedirect[] => {
  if (subject.accepted.is === 'refused' || !observed.certificate.known) return object.status?.httpRedirects ?? [];
  const { request } = observed.certificate.value.managed;
  const redirects = request.is === 'made' && request.pending && !request.gone ? request.redirects : [];
  const { names } = certificateSpecOf(subject.accepted.wants, observed);
  return redirects
    .filter(({ domain }) => names.includes(domain) && observed.traffic.names[domain]?.state !== 'Found')
    .map(({ domain, from, to }) => ({ domain, from, to, state: observed.traffic.names[domain]?.state ?? 'Unknown' }));
};
