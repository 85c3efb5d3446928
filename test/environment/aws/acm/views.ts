import type { CertificateDetail, CertificateSummary, DomainValidation } from '@aws-sdk/client-acm';
import type { World } from '../world.ts';
import type { Certificate } from './state.ts';

const validationStatus = (certificate: Certificate, validated: boolean): DomainValidation['ValidationStatus'] => {
  if (validated) return 'SUCCESS';
  return certificate.status === 'PENDING_VALIDATION' || certificate.status === 'ISSUED' ? 'PENDING_VALIDATION' : 'FAILED';
};

const redirectOf = (world: World, name: string, recordName: string): DomainValidation['HttpRedirect'] => {
  const path = `.well-known/pki-validation/${recordName.slice(1, 33)}.txt`;
  return { RedirectFrom: `${name}/${path}`, RedirectTo: `validation.us-east-1.acm-validations.aws/${world.accountId}/${path}` };
};

/** The options as Describe gives them: absent at first, then without the record, then whole. */
export const domainValidations = (world: World, certificate: Certificate): DomainValidation[] | undefined => {
  const { nowMs } = world.timeline;
  if (certificate.type === 'IMPORTED' || nowMs < certificate.optionsFromMs) return undefined;
  const hasRecords = nowMs >= certificate.recordsFromMs;
  return certificate.validations.map(({ name, record, validated }) => ({
    DomainName: name,
    ValidationDomain: name,
    ValidationStatus: validationStatus(certificate, validated),
    ValidationMethod: certificate.method,
    ...(hasRecords && certificate.method === 'DNS' && { ResourceRecord: { Name: record.name, Type: 'CNAME' as const, Value: record.value } }),
    ...(hasRecords && certificate.method === 'HTTP' && { HttpRedirect: redirectOf(world, name, record.name) }),
    ...(certificate.method === 'EMAIL' && { ValidationEmails: [`admin@${name.replace(/^\*\./, '')}`] }),
  }));
};

/** ACM renews what it issued and something uses. */
export const renewalEligibility = (world: World, certificate: Certificate): 'ELIGIBLE' | 'INELIGIBLE' =>
  certificate.type === 'AMAZON_ISSUED' && world.uses.held(certificate.id) > 0 ? 'ELIGIBLE' : 'INELIGIBLE';

/** Describe and List spell `RSA_2048` as `RSA-2048`, whatever the enumeration says. */
export type AsSpelled<Shape> = Omit<Shape, 'KeyAlgorithm'> & { readonly KeyAlgorithm: string };

const commonMembers = (world: World, certificate: Certificate) => ({
  CertificateArn: certificate.id,
  DomainName: certificate.names[0],
  Status: certificate.status,
  Type: certificate.type,
  KeyAlgorithm: certificate.keyAlgorithm.replace('_', '-'),
  CreatedAt: certificate.type === 'IMPORTED' ? undefined : certificate.createdAt,
  ImportedAt: certificate.type === 'IMPORTED' ? certificate.createdAt : undefined,
  IssuedAt: certificate.issuedAt,
  NotBefore: certificate.notBefore,
  NotAfter: certificate.notAfter,
  RevokedAt: certificate.revokedAt,
  ManagedBy: certificate.managedBy,
  RenewalEligibility: renewalEligibility(world, certificate),
  CertificateKeyPairOrigin: certificate.type === 'IMPORTED' ? ('CUSTOMER_PROVIDED' as const) : ('AWS_MANAGED' as const),
});

/** The answer of DescribeCertificate. */
export const detailOf = (world: World, certificate: Certificate): AsSpelled<CertificateDetail> => {
  const options = domainValidations(world, certificate);
  return withoutUndefined({
    ...commonMembers(world, certificate),
    SubjectAlternativeNames: [...certificate.names],
    DomainValidationOptions: options,
    Subject: `CN=${certificate.names[0]}`,
    Issuer: certificate.issuedAt === undefined ? undefined : 'Amazon',
    SignatureAlgorithm: certificate.keyAlgorithm.startsWith('EC') ? 'SHA256WITHECDSA' : 'SHA256WITHRSA',
    InUseBy: [...world.uses.reported(certificate.id, world.timeline.nowMs)],
    FailureReason: certificate.failureReason,
    RenewalSummary:
      certificate.renewal === undefined
        ? undefined
        : { RenewalStatus: certificate.renewal.status, UpdatedAt: certificate.renewal.updatedAt, DomainValidationOptions: options ?? [], ...(certificate.renewal.reason !== undefined && { RenewalStatusReason: certificate.renewal.reason }) },
  });
};

/** One line of ListCertificates: no tags, no records, no reasons. */
export const summaryOf = (world: World, certificate: Certificate): AsSpelled<CertificateSummary> =>
  withoutUndefined({
    ...commonMembers(world, certificate),
    SubjectAlternativeNameSummaries: certificate.names.slice(0, 100),
    HasAdditionalSubjectAlternativeNames: certificate.names.length > 100,
    InUse: world.uses.reported(certificate.id, world.timeline.nowMs).length > 0,
    Exported: false,
  });

/** Absent members are absent on the wire, so they are here. */
const withoutUndefined = <Shape extends object>(shape: Shape): Shape => {
  for (const [member, value] of Object.entries(shape)) if (value === undefined) Reflect.deleteProperty(shape, member);
  return shape;
};
