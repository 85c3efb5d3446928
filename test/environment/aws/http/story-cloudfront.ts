import type { DistributionConfig } from '@aws-sdk/client-cloudfront';
import { textAt } from './teller.ts';
import type { Teller } from './teller.ts';

const tags = [{ Key: 'k', Value: 'v' }];

const config = (CallerReference: string, more: Partial<DistributionConfig> = {}): DistributionConfig => ({
  CallerReference,
  Comment: 'a <b> & c',
  Enabled: true,
  ConnectionMode: 'tenant-only',
  Origins: {
    Quantity: 1,
    Items: [
      { Id: 'o', DomainName: 'origin.example.net', CustomOriginConfig: { HTTPPort: 80, HTTPSPort: 443, OriginProtocolPolicy: 'https-only' } },
    ],
  },
  DefaultCacheBehavior: {
    TargetOriginId: 'o',
    ViewerProtocolPolicy: 'redirect-to-https',
    CachePolicyId: '658327ea-f89d-4fab-a63d-7e88639e58f6',
  },
  ...more,
});

/** Two groups are made and one deleted. Gives the other's id. */
export async function connectionGroups({ tell }: Teller): Promise<string> {
  const created = await tell('cloudfront', 'CreateConnectionGroup', {
    Name: 'shared',
    Ipv6Enabled: false,
    Enabled: true,
    Tags: { Items: tags },
  });
  const id = textAt(created, 'ConnectionGroup.Id');
  const other = await tell('cloudfront', 'CreateConnectionGroup', { Name: 'spare' });
  await tell('cloudfront', 'CreateConnectionGroup', { Name: 'shared' });
  await tell('cloudfront', 'GetConnectionGroup', { Identifier: textAt(created, 'ConnectionGroup.Arn') });
  await tell('cloudfront', 'GetConnectionGroupByRoutingEndpoint', { RoutingEndpoint: textAt(created, 'ConnectionGroup.RoutingEndpoint') });
  await tell('cloudfront', 'ListConnectionGroups', { MaxItems: 1 });
  const off = await tell('cloudfront', 'UpdateConnectionGroup', {
    Id: textAt(other, 'ConnectionGroup.Id'),
    IfMatch: textAt(other, 'ETag'),
    Enabled: false,
  });
  await tell('cloudfront', 'DeleteConnectionGroup', { Id: textAt(other, 'ConnectionGroup.Id'), IfMatch: textAt(off, 'ETag') });
  return id;
}

/** Two distributions are made and one deleted. Gives the other's id, a multi-tenant one with the parameter `p`. */
export async function distributions({ tell }: Teller, webAclArn: string): Promise<string> {
  const TenantConfig = { ParameterDefinitions: [{ Name: 'p', Definition: { StringSchema: { Required: false } } }] };
  const DistributionConfigWithTags = { DistributionConfig: config('c-1', { TenantConfig, WebACLId: webAclArn }), Tags: { Items: tags } };
  const id = textAt(await tell('cloudfront', 'CreateDistributionWithTags', { DistributionConfigWithTags }), 'Distribution.Id');
  const other = await tell('cloudfront', 'CreateDistribution', { DistributionConfig: config('c-2') });
  const otherId = textAt(other, 'Distribution.Id');
  await tell('cloudfront', 'CreateDistribution', { DistributionConfig: config('c-2', { Origins: { Quantity: 2, Items: [] } }) });
  await tell('cloudfront', 'GetDistribution', { Id: id });
  await tell('cloudfront', 'GetDistributionConfig', { Id: id });
  await tell('cloudfront', 'ListDistributions', { MaxItems: 1 });
  await tell('cloudfront', 'ListDistributionsByConnectionMode', { ConnectionMode: 'tenant-only' });
  await tell('cloudfront', 'ListDistributionsByWebACLId', { WebACLId: webAclArn });
  const off = await tell('cloudfront', 'UpdateDistribution', {
    Id: otherId,
    IfMatch: textAt(other, 'ETag'),
    DistributionConfig: config('c-2', { Enabled: false }),
  });
  await tell('cloudfront', 'DeleteDistribution', { Id: otherId, IfMatch: textAt(off, 'ETag') });
  return id;
}

/** What a tenant is made of. */
export type Blueprint = {
  readonly DistributionId: string;
  readonly ConnectionGroupId: string;
  readonly certificateArn: string;
  readonly webAclArn: string;
};

/** Two tenants are made, one loses a domain to the other and is deleted. */
export async function tenants(teller: Teller, { DistributionId, ConnectionGroupId, certificateArn, webAclArn }: Blueprint): Promise<void> {
  const { tell } = teller;
  const Customizations = {
    Certificate: { Arn: certificateArn },
    WebAcl: { Action: 'override', Arn: webAclArn },
    GeoRestrictions: { RestrictionType: 'whitelist', Locations: ['US'] },
  };
  const order = {
    DistributionId,
    ConnectionGroupId,
    Name: 't-1',
    Domains: [{ Domain: 'a.example.com' }, { Domain: 'b.example.com' }],
    Customizations,
    Enabled: true,
  };
  const created = await tell('cloudfront', 'CreateDistributionTenant', {
    ...order,
    Parameters: [{ Name: 'p', Value: 'ü & <v>' }],
    Tags: { Items: tags },
  });
  const [Id, Resource] = [textAt(created, 'DistributionTenant.Id'), textAt(created, 'DistributionTenant.Arn')];
  await tell('cloudfront', 'CreateDistributionTenant', order);
  await tell('cloudfront', 'GetDistributionTenant', { Identifier: 't-1' });
  await tell('cloudfront', 'GetDistributionTenant', { Identifier: 'unheard' });
  await tell('cloudfront', 'GetDistributionTenantByDomain', { Domain: 'a.example.com' });
  await tell('cloudfront', 'ListDistributionTenants', { AssociationFilter: { DistributionId }, MaxItems: 1 });
  await tell('cloudfront', 'ListDistributionTenantsByCustomization', { CertificateArn: certificateArn });
  await tell('cloudfront', 'VerifyDnsConfiguration', { Identifier: Id });
  await tell('cloudfront', 'GetManagedCertificateDetails', { Identifier: Id });
  await tell('cloudfront', 'TagResource', { Resource, Tags: { Items: [{ Key: 'l', Value: '' }] } });
  await tell('cloudfront', 'UntagResource', { Resource, TagKeys: { Items: ['k'] } });
  await tell('cloudfront', 'ListTagsForResource', { Resource });
  await moves(teller, { DistributionId, Id, certificateArn, webAclArn });
  await endings(teller, Id, textAt(created, 'ETag'));
}

type Moved = Pick<Blueprint, 'DistributionId' | 'certificateArn' | 'webAclArn'> & { readonly Id: string };

async function moves({ tell }: Teller, { DistributionId, Id, certificateArn, webAclArn }: Moved): Promise<void> {
  await tell('cloudfront', 'DisassociateDistributionTenantWebACL', { Id });
  await tell('cloudfront', 'AssociateDistributionTenantWebACL', { Id, WebACLArn: webAclArn });
  const ManagedCertificateRequest = { ValidationTokenHost: 'self-hosted', PrimaryDomainName: 'd.example.com' };
  const managed = await tell('cloudfront', 'CreateDistributionTenant', {
    DistributionId,
    Name: 't-2',
    Domains: [{ Domain: 'd.example.com' }],
    Customizations: { Certificate: { Arn: certificateArn } },
    ManagedCertificateRequest,
    Enabled: true,
  });
  const target = { DistributionTenantId: textAt(managed, 'DistributionTenant.Id') };
  await tell('cloudfront', 'GetManagedCertificateDetails', { Identifier: 't-2' });
  await tell('cloudfront', 'ListDomainConflicts', { Domain: 'b.example.com', DomainControlValidationResource: target });
  await tell('cloudfront', 'UpdateDomainAssociation', { Domain: 'b.example.com', TargetResource: target });
}

async function endings({ tell }: Teller, Id: string, staleEtag: string): Promise<void> {
  await tell('cloudfront', 'UpdateDistributionTenant', { Id, IfMatch: staleEtag, Enabled: false });
  await tell('cloudfront', 'UpdateDistributionTenant', { Id, Enabled: false });
  const IfMatch = textAt(await tell('cloudfront', 'GetDistributionTenant', { Identifier: Id }), 'ETag');
  await tell('cloudfront', 'UpdateDistributionTenant', { Id, IfMatch, Customizations: {} });
  const off = await tell('cloudfront', 'UpdateDistributionTenant', { Id, IfMatch, Parameters: [], Enabled: false });
  await tell('cloudfront', 'DeleteDistributionTenant', { Id, IfMatch });
  await tell('cloudfront', 'DeleteDistributionTenant', { Id, IfMatch: textAt(off, 'ETag') });
}
