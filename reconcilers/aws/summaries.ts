import type * as Acm from '@aws-sdk/client-acm';
import type * as CloudFront from '@aws-sdk/client-cloudfront';
import type * as Wafv2 from '@aws-sdk/client-wafv2';
import { Failure } from '../failure.ts';
import type { Blueprint, CertificateStatus, CertificateSummary, ConnectionGroupSummary, GeoChoice, RenewalSummary, TenantSummary, WafSummary, WebAclChoice } from '../ports/fleet.ts';

/*
 * AWS's answers as our nouns: the border where absent members, empty strings and upper case end. An answer without what AWS's model
 * requires is a failed read and never "not there" (a cut or foreign body must not look like an empty account).
 */

const required = <Value>(value: Value | undefined, member: string): Value => {
  if (value !== undefined && value !== '') return value;
  throw new Failure({ kind: 'transient', reason: 'AWSError', code: 'IncompleteAnswer', message: `read an answer of AWS: it lacks ${member}` });
};

// AWS echoes some members that were never set as empty strings.
const present = (value: string | undefined): string | undefined => (value === '' ? undefined : value);

const byText = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

const webAclFrom = (choice: CloudFront.WebAclCustomization | undefined): WebAclChoice => {
  if (choice?.Action === 'disable') return { is: 'disable' };
  return choice?.Action === 'override' ? { is: 'override', arn: choice.Arn ?? '' } : { is: 'inherit' };
};

const geoFrom = (geo: CloudFront.GeoRestrictionCustomization | undefined): GeoChoice | undefined =>
  geo?.RestrictionType === undefined ? undefined : { type: geo.RestrictionType, countries: (geo.Locations ?? []).toSorted() };

/**
 * A tenant as a list or Get, Create and Update show it. The ETag is a member in a list, beside the tenant elsewhere.
 * @throws Failure transient where AWS's answer lacks what its model requires
 */
export const tenantSummaryFrom = (tenant: CloudFront.DistributionTenant | CloudFront.DistributionTenantSummary, etag: string | undefined): TenantSummary => ({
  id: required(tenant.Id, 'Id'),
  arn: required(tenant.Arn, 'Arn'),
  name: required(tenant.Name, 'Name'),
  etag: required(etag, 'ETag'),
  distributionId: required(tenant.DistributionId, 'DistributionId'),
  connectionGroupId: present(tenant.ConnectionGroupId),
  // Optional in AWS's model. "Enabled" is the careful reading: nothing is deleted before it has been disabled.
  enabled: tenant.Enabled ?? true,
  deployed: tenant.Status === 'Deployed',
  domains: (tenant.Domains ?? [])
    .map(({ Domain, Status }) => ({ name: required(Domain, 'Domains.Domain').toLowerCase(), active: Status === 'active' }))
    .toSorted((a, b) => byText(a.name, b.name)),
  certificateArn: present(tenant.Customizations?.Certificate?.Arn),
  webAcl: webAclFrom(tenant.Customizations?.WebAcl),
  geo: geoFrom(tenant.Customizations?.GeoRestrictions),
});

const certificateStatuses: readonly CertificateStatus[] = ['PENDING_VALIDATION', 'ISSUED', 'INACTIVE', 'EXPIRED', 'VALIDATION_TIMED_OUT', 'REVOKED', 'FAILED'];

// A state that AWS adds later is not usable, and nothing of ours ends or is requested because of it: it is waited for, like one that is pending.
const statusFrom = (status: string | undefined): CertificateStatus => certificateStatuses.find((known) => known === status) ?? 'PENDING_VALIDATION';

/** What a list and Describe say of a certificate, each under its own members. */
export type AcmCertificate = Pick<Acm.CertificateSummary, 'CertificateArn' | 'DomainName' | 'Status' | 'Type' | 'CreatedAt' | 'ImportedAt' | 'NotAfter' | 'InUse' | 'ManagedBy' | 'SubjectAlternativeNameSummaries'> &
  Pick<Acm.CertificateDetail, 'InUseBy' | 'SubjectAlternativeNames'>;

const namesOf = ({ DomainName, SubjectAlternativeNames, SubjectAlternativeNameSummaries }: AcmCertificate): readonly string[] => {
  const names = [...(DomainName === undefined ? [] : [DomainName]), ...(SubjectAlternativeNames ?? SubjectAlternativeNameSummaries ?? [])];
  return [...new Set(names.map((name) => name.toLowerCase()))].toSorted();
};

/**
 * A certificate as a list or Describe shows it. Of a certificate with more than 100 names a list shows the first 100, which is never
 * one of ours: they have 5 at most.
 * @see https://docs.aws.amazon.com/acm/latest/APIReference/API_CertificateSummary.html (HasAdditionalSubjectAlternativeNames)
 * @throws Failure transient where AWS's answer lacks the ARN
 */
export const certificateSummaryFrom = (certificate: AcmCertificate): CertificateSummary => ({
  arn: required(certificate.CertificateArn, 'CertificateArn'),
  status: statusFrom(certificate.Status),
  names: namesOf(certificate),
  inUse: certificate.InUse ?? (certificate.InUseBy ?? []).length > 0,
  issued: certificate.Type === 'AMAZON_ISSUED' ? 'ACM' : 'elsewhere',
  createdAt: certificate.CreatedAt ?? certificate.ImportedAt,
  notAfter: certificate.NotAfter,
  managedBy: certificate.ManagedBy === 'CLOUDFRONT' ? 'CloudFront' : undefined,
});

/**
 * A certificate as a search for those whose renewal is in trouble shows it.
 * @throws Failure transient where AWS's answer lacks the ARN
 */
export const renewalSummaryFrom = ({ CertificateArn }: Acm.CertificateSearchResult, status: RenewalSummary['status']): RenewalSummary => ({
  arn: required(CertificateArn, 'CertificateArn'),
  status,
});

/**
 * A web ACL or an IP set as a list or Create shows it.
 * @throws Failure transient where AWS's answer lacks what its model requires
 */
export const wafSummaryFrom = (summary: Wafv2.WebACLSummary | Wafv2.IPSetSummary): WafSummary => ({
  name: required(summary.Name, 'Name'),
  id: required(summary.Id, 'Id'),
  arn: required(summary.ARN, 'ARN'),
  lockToken: required(summary.LockToken, 'LockToken'),
});

/**
 * A connection group as a list, Get or Create shows it. The ETag is a member in a list, beside the group elsewhere.
 * @throws Failure transient where AWS's answer lacks what its model requires
 */
export const connectionGroupSummaryFrom = (group: CloudFront.ConnectionGroup | CloudFront.ConnectionGroupSummary, etag: string | undefined): ConnectionGroupSummary => ({
  id: required(group.Id, 'Id'),
  arn: required(group.Arn, 'Arn'),
  name: required(group.Name, 'Name'),
  etag: required(etag, 'ETag'),
  endpoint: required(group.RoutingEndpoint, 'RoutingEndpoint').toLowerCase(),
  anycastIpListId: present(group.AnycastIpListId),
  enabled: group.Enabled ?? true,
  deployed: group.Status === 'Deployed',
  isDefault: group.IsDefault ?? false,
});

/**
 * A distribution as the blueprint of tenants.
 * @throws Failure transient where AWS's answer lacks what its model requires
 */
export const blueprintFrom = (distribution: Partial<CloudFront.Distribution>): Blueprint => {
  const config = required(distribution.DistributionConfig, 'DistributionConfig');
  return {
    id: required(distribution.Id, 'Id'),
    arn: required(distribution.ARN, 'ARN'),
    tenantOnly: config.ConnectionMode === 'tenant-only',
    enabled: config.Enabled ?? false,
    deployed: distribution.Status === 'Deployed',
    certificateArn: present(config.ViewerCertificate?.ACMCertificateArn),
    parameters: (config.TenantConfig?.ParameterDefinitions ?? [])
      .map(({ Name, Definition }) => ({
        name: required(Name, 'TenantConfig.ParameterDefinitions.Name'),
        required: Definition?.StringSchema?.Required ?? false,
        defaultValue: present(Definition?.StringSchema?.DefaultValue),
      }))
      .toSorted((a, b) => byText(a.name, b.name)),
  };
};
