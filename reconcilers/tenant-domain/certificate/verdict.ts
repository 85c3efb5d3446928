import type { Verdict } from '../../contract.ts';
import { decisiveOf, isHopeless } from './again.ts';
import { type Certificate, type CertificateSpec, concern, isFrom, isServed, servingOne } from './certificate.ts';

const failureAdvice: Readonly<Record<string, string>> = {
  CAA_ERROR: 'a CAA record of the domain does not let Amazon issue: have the customer add CAA 0 issue "amazon.com"',
  DOMAIN_VALIDATION_DENIED: 'ACM refuses this domain: see its requirements for public certificates, or bring a certificate of your own',
  DOMAIN_NOT_ALLOWED: 'ACM does not allow this domain: contact AWS Support, or bring a certificate of your own',
  INVALID_PUBLIC_DOMAIN: 'not a public domain name: correct spec.domains',
  ADDITIONAL_VERIFICATION_REQUIRED: 'ACM wants additional verification: contact AWS Support',
};

const troubleText = (trouble: string): string => `${trouble}${Object.hasOwn(failureAdvice, trouble) ? ` (${failureAdvice[trouble] ?? ''})` : ''}`;

/** Why ACM refused the last request, what to do, and when it is made again; undefined where it did not refuse it. */
export const refusedText = (failed: readonly Certificate[]): string | undefined => {
  const refused = decisiveOf(failed);
  if (refused?.status !== 'FAILED') return undefined;
  const next = isHopeless(refused)
    ? `none is requested for these names while certificate ${refused.arn} is in ACM; delete it in ACM to have it requested again`
    : `it is requested again 1 hour, 1 day, then 24 days after certificate ${refused.arn} was, or once you delete that in ACM`;
  return `${troubleText(refused.trouble ?? 'ACM gave no reason')}; ${next}`;
};

const say = (status: Verdict['status'], reason: Verdict['reason'], message: string): Verdict => ({ type: concern, status, reason, message });

const recordText = ({ name, value }: { readonly name: string; readonly value: string }): string => `CNAME ${name} -> ${value}`;

/** What has to be put back for ACM to renew a certificate. */
const missingText = (certificate: Certificate, open: readonly string[], endpoint: string | undefined): string => {
  if (certificate.managedBy === 'CloudFront') return `have the customer point DNS of ${open.join(', ')} to ${endpoint ?? 'the endpoint'} again`;
  const records = (certificate.records ?? []).filter(({ domains }) => domains.some((domain) => open.includes(domain)));
  return `have the customer put back ${records.length > 0 ? records.map(recordText).join('; ') : `the validation records for ${open.join(', ')}`}`;
};

const atRisk = (certificate: Certificate, renewal: NonNullable<Certificate['renewal']>, endpoint: string | undefined): Verdict => {
  const until = certificate.notAfter === undefined ? '' : ` until ${certificate.notAfter.toISOString().slice(0, 10)}`;
  const why = renewal.cause === undefined ? '' : `, ${troubleText(renewal.cause)}`;
  const what = renewal.open.length > 0 ? `: ${missingText(certificate, renewal.open, endpoint)}` : renewal.cause === undefined ? ': see what ACM says of it' : '';
  return say('True', 'RenewalAtRisk', `certificate ${certificate.arn} serves${until} and ${renewal.status === 'FAILED' ? 'ACM failed to renew it' : 'ACM cannot renew it'}${why}${what}`);
};

/** What is said of an issued certificate: that it is, unless it serves and ACM cannot renew it. */
export const issuedVerdict = (certificate: Certificate, { names, endpoint }: Pick<CertificateSpec, 'names' | 'endpoint'>): Verdict =>
  certificate.renewal === undefined ? say('True', 'Issued', `certificate ${certificate.arn} is issued for ${names.join(', ')}`) : atRisk(certificate, certificate.renewal, endpoint);

/**
 * What is said while a successor is made ready and every name is served all the same: that it is, and how far the successor has come. A
 * certificate at risk comes first. The verdict as it is where a name is not served.
 */
export const whileServed = (spec: CertificateSpec, known: readonly Certificate[], verdict: Verdict): Verdict => {
  if (!isServed(spec, known)) return verdict;
  const present = servingOne(spec, known);
  if (present?.renewal) return atRisk(present, present.renewal, spec.endpoint);
  if (verdict.status === 'True') return verdict;
  const what = present && isFrom(spec.source, present) ? 'its successor' : `the switch to a certificate of ${spec.source.is === 'cloudfront' ? 'CloudFront' : 'ACM'}`;
  return say('True', 'Issued', `${present === undefined ? 'the present certificate' : `certificate ${present.arn}`} serves ${spec.names.join(', ')}; ${what} is under way: ${verdict.message}`);
};

/** What the condition says from the request until ACM has made the validation records. */
export const requestedVerdict = ({ names }: Pick<CertificateSpec, 'names'>): Verdict =>
  say('False', 'Requested', `certificate for ${names.join(', ')} is requested; ACM has not made its validation records yet`);

/** How the next request comes about after those that timed out. */
const idleText = ({ proof }: CertificateSpec, failed: readonly Certificate[]): string => {
  if (proof === 'seen') return 'they are in DNS now, and the certificate is requested again';
  const records = failed.flatMap((certificate) => certificate.records ?? []).map(recordText);
  const whens = [...(records.length > 0 ? ['once they are'] : []), ...(proof === 'unknown' ? ['1, 8, then 64 days after it timed out'] : [])];
  const whats = records.length > 0 ? `: have the customer add and keep: ${[...new Set(records)].join('; ')}` : '';
  return `the certificate is requested again ${whens.join(', or ')}${whats}`;
};

/** What the condition says of our own certificate: `wanted` is the living one of the wanted set, `failed` are its dead predecessors. */
export const verdictOf = (spec: CertificateSpec, wanted: Certificate | undefined, failed: readonly Certificate[]): Verdict => {
  const names = spec.names.join(', ');
  if (wanted?.status === 'ISSUED') return issuedVerdict(wanted, spec);
  if (wanted && wanted.records === undefined) return requestedVerdict(spec);
  if (wanted && spec.proof === 'seen') return say('False', 'Validating', `the validation records for ${names} are in DNS; ACM is validating them`);
  if (wanted) return say('False', 'WaitingForCustomerDNS', `have the customer add and keep: ${(wanted.records ?? []).map(recordText).join('; ')}`);
  const refused = refusedText(failed);
  if (refused !== undefined) return say('False', 'ValidationFailed', `ACM refused the certificate for ${names}: ${refused}`);
  if (failed.some(({ status }) => status === 'VALIDATION_TIMED_OUT')) return say('False', 'ValidationTimedOut', `the validation records for ${names} were not added within 72 hours; ${idleText(spec, failed)}`);
  return say('False', 'RequestingCertificate', `a certificate for ${names} is being requested`);
};
