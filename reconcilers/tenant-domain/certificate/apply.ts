import type { RequestCertificateRequest } from '@aws-sdk/client-acm';
import { commonNameOf } from '../../../crds/domain-name.ts';
import { type Marks, type Owner, tagsFor } from '../../aws/mark.ts';
import { Failure, unlessMissing } from '../../failure.ts';
import { certificateTokenOf } from '../../names.ts';
import type { Aws } from '../../ports/aws.ts';
import type { Fleet } from '../../ports/fleet.ts';
import type { Absences } from './absences.ts';
import type { CertificateAction, MarkCertificate, RequestCertificate } from './certificate.ts';
import type { Quota } from './quota.ts';

/** The ARN that ACM chose, of a certificate that we or CloudFront asked for: all that cannot be derived again (R3). */
export type LearnedCertificate = { readonly is: 'certificate'; readonly arn: string; readonly issuer: 'ACM' | 'CloudFront' };

type Ports = { readonly aws: Aws; readonly fleet: Fleet; readonly marks: Marks; readonly absences: Absences; readonly quota: Quota; readonly now: () => Date };

const request = async ({ aws, fleet, marks, quota, now }: Ports, owner: Owner, action: RequestCertificate, signal: AbortSignal): Promise<LearnedCertificate> => {
  // No spec without one is accepted: this is for the compiler alone.
  const commonName = commonNameOf(action.names);
  if (commonName === undefined) {
    throw new Failure({ kind: 'invalid', reason: 'InvalidDomain', code: 'NoCommonName', message: 'request certificate: one of spec.domains must have at most 64 characters, since ACM needs it as the common name' });
  }
  const { names, keyAlgorithm, deadArns } = action;
  const input = {
    DomainName: commonName,
    SubjectAlternativeNames: [...names],
    ValidationMethod: 'DNS',
    IdempotencyToken: certificateTokenOf({ installation: owner.installation, uid: owner.uid, names, keyAlgorithm, deadArns }),
    Tags: [...tagsFor(owner)],
    ...(keyAlgorithm === undefined ? {} : { KeyAlgorithm: keyAlgorithm === 'EC_prime256v1' ? 'EC_prime256v1' : 'RSA_2048' }),
  } satisfies RequestCertificateRequest;
  const answer = await aws.requestCertificate(input, signal).catch((error: unknown) => {
    if (error instanceof Failure && error.reason === 'QuotaExceeded') quota.refuse();
    throw error;
  });
  const arn = answer.CertificateArn;
  if (arn === undefined) throw new Failure({ kind: 'transient', reason: 'AWSError', code: 'NoCertificateArn', message: `request certificate for "${commonName}": the answer has no ARN` });
  // Within an hour of an equal request ACM answers with that one's ARN, whatever has become of it: only a list or a Describe tells.
  fleet.certificates.put({ arn, status: 'PENDING_VALIDATION', names, inUse: false, issued: 'ACM', createdAt: now(), notAfter: undefined, managedBy: undefined });
  marks.learn(arn, owner);
  quota.spend();
  return { is: 'certificate', arn, issuer: 'ACM' };
};

/** Puts our tags on a certificate that CloudFront requested for our tenant. ACM may not show it yet, or no more: then nothing is learned. */
const mark = async ({ aws, marks, absences }: Ports, owner: Owner, { arn }: MarkCertificate, signal: AbortSignal): Promise<LearnedCertificate | undefined> => {
  const isThere = unlessMissing(aws.addTagsToCertificate({ CertificateArn: arn, Tags: [...tagsFor(owner)] }, signal).then(() => true), ['ResourceNotFoundException']);
  if ((await isThere) === undefined) {
    absences.missed(arn);
    return undefined;
  }
  absences.met(arn);
  marks.learn(arn, owner);
  return { is: 'certificate', arn, issuer: 'CloudFront' };
};

/** Carries out one action on a certificate of this owner. A certificate that is gone already counts as deleted. */
export const applyCertificate = async (ports: Ports, owner: Owner, action: CertificateAction, signal: AbortSignal): Promise<LearnedCertificate | undefined> => {
  switch (action.verb) {
    case 'RequestCertificate':
      return request(ports, owner, action, signal);
    case 'MarkCertificate':
      return mark(ports, owner, action, signal);
    case 'DeleteCertificate':
      // That ACM knows none may also be said of one that it does not show yet, so only its own answer buries it.
      if ((await unlessMissing(ports.aws.deleteCertificate({ CertificateArn: action.arn }, signal), ['ResourceNotFoundException'])) === undefined) ports.absences.missed(action.arn);
      else ports.absences.buried(action.arn);
      ports.fleet.certificates.drop(action.arn);
      return undefined;
  }
};
