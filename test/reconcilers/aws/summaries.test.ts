import type { Distribution, DistributionTenant, DistributionTenantSummary } from '@aws-sdk/client-cloudfront';
import { describe, expect, test } from 'vitest';
import { blueprintFrom, certificateSummaryFrom, connectionGroupSummaryFrom, tenantSummaryFrom } from '../../../reconcilers/aws/summaries.ts';
import { Failure } from '../../../reconcilers/failure.ts';

const at = new Date('2030-01-01T00:00:00Z');

const tenant = (more: Partial<DistributionTenant> = {}): DistributionTenant => ({
  Id: 'dt_1', Arn: 'arn:dt_1', Name: 'shop', DistributionId: 'E2EXAMPLE', Enabled: true, Status: 'Deployed', Domains: [{ Domain: 'shop.example.com', Status: 'active' }], ...more,
});

describe('a tenant', () => {
  test('is the same from a list and from a Get', () => {
    const customizations = { Certificate: { Arn: 'arn:acm:1' }, WebAcl: { Action: 'override' as const, Arn: 'arn:waf:1' }, GeoRestrictions: { RestrictionType: 'whitelist' as const, Locations: ['FR', 'DE'] } };
    const domains = [{ Domain: 'B.example.com', Status: 'inactive' as const }, { Domain: 'a.example.com', Status: 'active' as const }];
    const got = tenant({ Domains: domains, Customizations: customizations, ConnectionGroupId: 'cg_1', Status: 'InProgress', Enabled: false });
    const inList: DistributionTenantSummary = {
      Id: 'dt_1', Arn: 'arn:dt_1', Name: 'shop', DistributionId: 'E2EXAMPLE', Domains: domains, Customizations: customizations, ConnectionGroupId: 'cg_1', Status: 'InProgress', Enabled: false,
      ETag: 'E9', CreatedTime: at, LastModifiedTime: at,
    };
    expect(tenantSummaryFrom(got, 'E9')).toEqual({
      id: 'dt_1', arn: 'arn:dt_1', name: 'shop', etag: 'E9', distributionId: 'E2EXAMPLE', connectionGroupId: 'cg_1', enabled: false, deployed: false,
      domains: [{ name: 'a.example.com', active: true }, { name: 'b.example.com', active: false }],
      certificateArn: 'arn:acm:1', webAcl: { is: 'override', arn: 'arn:waf:1' }, geo: { type: 'whitelist', countries: ['DE', 'FR'] },
    });
    expect(tenantSummaryFrom(inList, inList.ETag)).toEqual(tenantSummaryFrom(got, 'E9'));
  });

  test.each([
    { name: 'no customizations inherit', given: {}, want: { certificateArn: undefined, webAcl: { is: 'inherit' }, geo: undefined } },
    { name: 'empty texts are nothing', given: { ConnectionGroupId: '', Customizations: { Certificate: { Arn: '' } } }, want: { connectionGroupId: undefined, certificateArn: undefined } },
    { name: 'a disabled web ACL', given: { Customizations: { WebAcl: { Action: 'disable' as const } } }, want: { webAcl: { is: 'disable' } } },
    { name: 'a lifted geo restriction', given: { Customizations: { GeoRestrictions: { RestrictionType: 'none' as const } } }, want: { geo: { type: 'none', countries: [] } } },
    { name: 'what does not say whether it is enabled is', given: { Enabled: undefined }, want: { enabled: true } },
  ])('$name', ({ given, want }) => {
    expect(tenantSummaryFrom(tenant(given), 'E1')).toMatchObject(want);
  });

  test.each([
    { name: 'id', given: tenant({ Id: undefined }), etag: 'E1' },
    { name: 'name', given: tenant({ Name: '' }), etag: 'E1' },
    { name: 'ETag', given: tenant(), etag: undefined },
  ])('without its $name is a failed read, not an absent tenant', ({ given, etag }) => {
    expect(() => tenantSummaryFrom(given, etag)).toThrow(Failure);
  });
});

describe('a certificate', () => {
  const want = {
    arn: 'arn:1', status: 'ISSUED', names: ['a.example.com', 'b.example.com'], inUse: true, issued: 'ACM', createdAt: at, notAfter: at,
  };
  const both = { CertificateArn: 'arn:1', Status: 'ISSUED', DomainName: 'B.example.com', Type: 'AMAZON_ISSUED', CreatedAt: at, NotAfter: at } as const;

  test('is the same from a list and from Describe', () => {
    expect(certificateSummaryFrom({ ...both, SubjectAlternativeNameSummaries: ['b.example.com', 'a.example.com'], InUse: true })).toEqual(want);
    expect(certificateSummaryFrom({ ...both, SubjectAlternativeNames: ['a.example.com', 'b.example.com'], InUseBy: ['arn:tenant'] })).toEqual(want);
  });

  const future: object = { Status: 'HIBERNATING' };

  test.each([
    { name: 'one that nothing uses', given: { InUseBy: [] }, want: { inUse: false } },
    { name: 'one that does not say what uses it', given: {}, want: { inUse: false } },
    { name: 'an imported one', given: { Type: 'IMPORTED' as const, CreatedAt: undefined, ImportedAt: at }, want: { issued: 'elsewhere', createdAt: at } },
    { name: 'a state that AWS adds one day', given: future, want: { status: 'PENDING_VALIDATION' } },
  ])('$name', ({ given, want: part }) => {
    expect(certificateSummaryFrom({ ...both, ...given })).toMatchObject(part);
  });

  test('without its ARN is a failed read', () => {
    expect(() => certificateSummaryFrom({})).toThrow(Failure);
  });
});

test('a connection group has its endpoint in lower case', () => {
  const group = { Id: 'cg_1', Arn: 'arn:cg_1', Name: 'shared', RoutingEndpoint: 'D111AbcDef.CloudFront.net', Enabled: true, Status: 'Deployed', IsDefault: true };
  expect(connectionGroupSummaryFrom(group, 'E1')).toEqual({
    id: 'cg_1', arn: 'arn:cg_1', name: 'shared', etag: 'E1', endpoint: 'd111abcdef.cloudfront.net', anycastIpListId: undefined, enabled: true, deployed: true, isDefault: true,
  });
});

describe('a blueprint', () => {
  const distribution: Distribution = {
    Id: 'E2EXAMPLE', ARN: 'arn:E2EXAMPLE', Status: 'Deployed', DomainName: 'd1.cloudfront.net', LastModifiedTime: at, InProgressInvalidationBatches: 0,
    DistributionConfig: {
      CallerReference: 'c', Comment: '', Enabled: true, ConnectionMode: 'tenant-only', Origins: undefined, DefaultCacheBehavior: undefined,
      ViewerCertificate: { ACMCertificateArn: 'arn:acm:1' },
      TenantConfig: {
        ParameterDefinitions: [
          { Name: 'theme', Definition: { StringSchema: { Required: false, DefaultValue: 'plain' } } },
          { Name: 'originPath', Definition: { StringSchema: { Required: true } } },
        ],
      },
    },
  };

  test('has what its tenants need to know', () => {
    expect(blueprintFrom(distribution)).toEqual({
      id: 'E2EXAMPLE', arn: 'arn:E2EXAMPLE', tenantOnly: true, enabled: true, deployed: true, certificateArn: 'arn:acm:1',
      parameters: [{ name: 'originPath', required: true, defaultValue: undefined }, { name: 'theme', required: false, defaultValue: 'plain' }],
    });
  });

  test('without its configuration is a failed read, not a distribution that takes no tenants', () => {
    expect(() => blueprintFrom({ ...distribution, DistributionConfig: undefined })).toThrow(Failure);
  });
});
