import type { Verdict } from '../../../contract.ts';
import { type Certificate, type CertificateSpec, concern, isHidden } from '../certificate.ts';
import { challengeNameOf } from '../../challenge.ts';
import { issuedVerdict, refusedText } from '../verdict.ts';

const say = (status: Verdict['status'], reason: Verdict['reason'], message: string): Verdict => ({ type: concern, status, reason, message });

type Named = Pick<CertificateSpec, 'names'>;

/** The request goes with the next write of the tenant. */
export const requestingVerdict = ({ names }: Named): Verdict =>
  say('False', 'RequestingCertificate', `a certificate for ${names.join(', ')} is being requested from CloudFront, together with the distribution tenant's next update`);

/** The request was sent, and its certificate is not to be seen yet. */
export const takenUpVerdict = ({ names }: Named): Verdict => say('False', 'Requested', `CloudFront is asked for a certificate for ${names.join(', ')} and has not shown it yet`);

/** It waits for its names to be validated over HTTP. */
export const waitingVerdict = (spec: CertificateSpec, certificate: Certificate): Verdict => {
  if (isHidden(certificate)) return takenUpVerdict(spec);
  const { pointing, challenged, endpoint = 'the endpoint' } = spec;
  const away = certificate.names.filter((name) => !pointing.some((one) => one === name));
  if (away.length === 0) return say('False', 'Validating', `DNS of ${certificate.names.join(', ')} leads to ${endpoint}; CloudFront is validating the certificate`);
  const elsewhere = away.filter((name) => !challenged.some((one) => one === name));
  const records = challenged.filter((name) => away.includes(name)).map((name) => `add TXT ${challengeNameOf(name)} -> ${endpoint}, for CloudFront cannot see where an alias leads`);
  const pointed = elsewhere.length === 0 ? [] : [`point DNS of ${elsewhere.join(', ')} to ${endpoint} as status.dnsRecords says, or redirect HTTP as status.httpRedirects says`];
  return say('False', 'WaitingForValidation', `have the customer ${[...records, ...pointed].join('; ')}`);
};

/** It is issued, for exactly the wanted names. */
export const issuedManaged = (spec: CertificateSpec, certificate: Certificate): Verdict => issuedVerdict(certificate, spec);

/** CloudFront answered the request and made nothing of it, every name being served by what is there. */
export const ignoredVerdict = ({ names }: Named, present: Certificate | undefined): Verdict =>
  say('True', 'IssuerSwitchRefused', `CloudFront did not take up the request for a certificate of its own for ${names.join(', ')}: ${present === undefined ? 'the present certificate' : `certificate ${present.arn}`} goes on serving, and it is asked again in 7 days at the earliest, or when the spec or the tier changes`);

/** Why the last request failed, where it did. */
export const failedVerdict = ({ names, endpoint }: Pick<CertificateSpec, 'names' | 'endpoint'>, failed: readonly Certificate[]): Verdict | undefined => {
  const refused = refusedText(failed);
  if (refused !== undefined) return say('False', 'ValidationFailed', `ACM refused CloudFront's certificate for ${names.join(', ')}: ${refused}`);
  if (!failed.some(({ status }) => status === 'VALIDATION_TIMED_OUT')) return undefined;
  return say('False', 'ValidationTimedOut', `${names.join(', ')} could not be validated within 72 hours: have the customer point DNS to ${endpoint ?? 'the endpoint'} as status.dnsRecords says; the certificate is requested again at once then, else 1, 8, then 64 days after it timed out`);
};
