import type { Verdict } from '../../contract.ts';
import { type Certificate, type CertificateSpec, concern } from './certificate.ts';

const failureAdvice: Readonly<Record<string, string>> = {
  CAA_ERROR: 'a CAA record of the domain does not let Amazon issue: have the customer add CAA 0 issue "amazon.com"',
  DOMAIN_VALIDATION_DENIED: 'ACM refuses this domain: see its requirements for public certificates, or bring a certificate of your own',
  DOMAIN_NOT_ALLOWED: 'ACM does not allow this domain: contact AWS Support, or bring a certificate of your own',
  INVALID_PUBLIC_DOMAIN: 'not a public domain name: correct spec.domains',
  ADDITIONAL_VERIFICATION_REQUIRED: 'ACM wants additional verification: contact AWS Support',
};

const failureText = (certificate: Certificate): string => {
  const trouble = certificate.trouble ?? 'ACM gave no reason';
  return `${trouble}${failureAdvice[trouble] === undefined ? '' : ` (${failureAdvice[trouble]})`}`;
};

/** What the condition says from the request until ACM has made the validation records. */
export const requestedVerdict = ({ names }: Pick<CertificateSpec, 'names'>): Verdict => ({
  type: concern, status: 'False', reason: 'Requested', message: `certificate for ${names.join(', ')} is requested; ACM has not made its validation records yet`,
});

/** What the condition says of our own certificate: `wanted` is the living one of the wanted set, `failed` are its dead predecessors. */
export const verdictOf = (spec: CertificateSpec, wanted: Certificate | undefined, failed: readonly Certificate[]): Verdict => {
  const say = (status: Verdict['status'], reason: Verdict['reason'], message: string): Verdict => ({ type: concern, status, reason, message });
  const names = spec.names.join(', ');
  if (wanted?.status === 'ISSUED') return say('True', 'Issued', `certificate ${wanted.arn} is issued for ${names}`);
  if (wanted && wanted.records === undefined) return requestedVerdict(spec);
  if (wanted && spec.recordsFound) return say('False', 'Validating', `the validation records for ${names} are in DNS; ACM is validating them`);
  if (wanted) {
    const records = (wanted.records ?? []).map((record) => `CNAME ${record.name} -> ${record.value}`).join('; ');
    return say('False', 'WaitingForCustomerDNS', `have the customer add and keep: ${records}`);
  }
  const refused = failed.find((certificate) => certificate.status === 'FAILED');
  if (refused) return say('False', 'ValidationFailed', `ACM refused the certificate for ${names}: ${failureText(refused)}; it will be requested again`);
  if (failed.some((certificate) => certificate.status === 'VALIDATION_TIMED_OUT')) {
    return say('False', 'ValidationTimedOut', `the validation records for ${names} were not added within 72 hours; the certificate is requested again`);
  }
  return say('False', 'RequestingCertificate', `a certificate for ${names} is being requested`);
};
