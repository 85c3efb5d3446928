import type { Decision, Verdict } from '../../contract.ts';
import { retireAll } from './retire.ts';
import { believedAfterMs } from './absences.ts';
import { type CertificateAction, type CertificateSpec, type CertificateView, concern, isCoveredBy, isHidden } from './certificate.ts';

const no = (reason: Verdict['reason'], message: string): Decision<CertificateAction> => ({
  condition: { type: concern, status: 'False', reason, message },
  move: { is: 'waiting', on: 'person' },
});

const uncovered = (spec: CertificateSpec, certificate: { readonly names: readonly string[] }): readonly string[] => spec.names.filter((name) => !isCoveredBy(name, certificate));

/** A certificate given by ARN: never changed, only judged, though it be one of ours. Its owner allows its use with a tag that names the namespace. */
export const planGiven = (spec: CertificateSpec, arn: string, { known, given }: CertificateView): Decision<CertificateAction> => {
  const certificate = given?.certificate;
  const none = no('CertificateNotFound', `spec.certificate.arn: ACM in us-east-1 has no certificate ${arn} that this controller may read`);
  if (certificate === undefined || certificate.status === 'GONE') return none;
  // Somebody may have made it a moment ago.
  if (isHidden(certificate)) return { ...none, move: { is: 'waiting', on: 'person', between: { minMs: believedAfterMs, maxMs: believedAfterMs } } };
  if (!given?.allowed) return no('CertificateNotAllowed', `certificate ${arn} does not carry the tag tenantedge.dev/allow-namespace with this namespace as its value: have its owner add it`);
  if (certificate.status !== 'ISSUED') return no('CertificateNotIssued', `certificate ${arn} is ${certificate.status}, not ISSUED: renew or replace it`);
  const missing = uncovered(spec, certificate);
  if (missing.length > 0) return no('CertificateNotCovering', `certificate ${arn} does not cover ${missing.join(', ')}: reissue it with these names, or remove them from spec.domains`);
  return retireAll({ type: concern, status: 'True', reason: 'Issued', message: `certificate ${arn} is issued and covers every name` }, spec, known.filter((other) => other.arn !== arn));
};

/** The distribution's own certificate, for names that it covers. */
export const planDistribution = (spec: CertificateSpec, { known, blueprint }: CertificateView): Decision<CertificateAction> => {
  if (blueprint === undefined) return no('CertificateNotFound', 'the distribution has no certificate of its own in ACM: give it one, or set the tier\'s certificate.issuer to ACM');
  if (blueprint.status !== 'ISSUED') return no('CertificateNotIssued', `the distribution's certificate ${blueprint.arn} is ${blueprint.status}, not ISSUED: renew or replace it`);
  const missing = uncovered(spec, blueprint);
  if (missing.length > 0) return no('CertificateNotCovering', `the distribution's certificate covers ${blueprint.names.join(', ')}, not ${missing.join(', ')}: use a name it covers, or a tier whose certificate.issuer is ACM`);
  return retireAll({ type: concern, status: 'True', reason: 'Issued', message: 'the distribution\'s certificate covers every name' }, spec, known.filter(({ arn }) => arn !== blueprint.arn));
};
