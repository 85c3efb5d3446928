import type { Members } from '../calls.ts';
import type { World } from '../world.ts';
import type { Need } from './evaluate.ts';
import { certificateNeed } from './needs-acm.ts';
import { webAclNeed } from './needs-wafv2.ts';
import { created, inside, type Needs, on, requested, text } from './resources.ts';

type Type = 'distribution' | 'distribution-tenant' | 'connection-group';

const arnOf = (world: World, type: Type, id: string): string => `arn:aws:cloudfront::${world.accountId}:${type}/${id}`;

const lastOf = (identifier: string): string => identifier.slice(identifier.lastIndexOf('/') + 1);

const tenantNeed = (action: string, world: World, identifier = '*'): Need => {
  const tenant = world.tenants.get(lastOf(identifier)) ?? world.tenantsByName.get(identifier);
  return on(action, tenant?.arn ?? arnOf(world, 'distribution-tenant', lastOf(identifier)), tenant);
};

const groupNeed = (action: string, world: World, identifier = '*'): Need => {
  const group = world.groups.get(lastOf(identifier)) ?? world.groupsByName.get(identifier);
  return on(action, group?.arn ?? arnOf(world, 'connection-group', lastOf(identifier)), group);
};

const distributionNeed = (action: string, world: World, id = '*'): Need => on(action, arnOf(world, 'distribution', id), world.distributions.get(id));

const byDomain = (action: string, world: World, domain = ''): Need => {
  const holder = world.domains.get(domain);
  return tenantNeed(action, world, holder?.kind === 'tenant' ? holder.tenant.id : undefined);
};

const taggedNeed = (action: string, world: World, arn = ''): Need => {
  const id = lastOf(arn);
  return on(action, arn, world.tenants.get(id) ?? world.groups.get(id) ?? world.distributions.get(id));
};

/** What a tenant is given must be readable to whoever gives it: so CloudFormation's handler for tenants has it; AWS says it nowhere else. */
const givenNeeds = (world: World, input: Members): readonly Need[] => {
  const [certificate, webAcl] = [inside(input, 'Customizations', 'Certificate', 'Arn'), inside(input, 'Customizations', 'WebAcl', 'Arn')];
  return [
    ...(typeof certificate === 'string' ? [certificateNeed('acm:DescribeCertificate', world, certificate)] : []),
    ...(typeof webAcl === 'string' ? [webAclNeed('wafv2:GetWebACL', world, webAcl)] : []),
  ];
};

/** By the resources that the authorization reference lists; a create is asked for on `*`, for it lists none. */
export const cloudfrontNeeds: Needs = {
  CreateDistributionTenant: (world, input) => [
    ...created('cloudfront:CreateDistributionTenant', '*', { tagging: 'cloudfront:TagResource', tags: inside(input, 'Tags', 'Items'), of: arnOf(world, 'distribution-tenant', '*') }),
    ...givenNeeds(world, input),
  ],
  UpdateDistributionTenant: (world, input) => [tenantNeed('cloudfront:UpdateDistributionTenant', world, text(input, 'Id')), ...givenNeeds(world, input)],
  DeleteDistributionTenant: (world, input) => [tenantNeed('cloudfront:DeleteDistributionTenant', world, text(input, 'Id'))],
  GetDistributionTenant: (world, input) => [tenantNeed('cloudfront:GetDistributionTenant', world, text(input, 'Identifier'))],
  GetDistributionTenantByDomain: (world, input) => [byDomain('cloudfront:GetDistributionTenantByDomain', world, text(input, 'Domain'))],
  GetManagedCertificateDetails: (world, input) => [tenantNeed('cloudfront:GetManagedCertificateDetails', world, text(input, 'Identifier'))],
  CreateConnectionGroup: (world, input) =>
    created('cloudfront:CreateConnectionGroup', '*', { tagging: 'cloudfront:TagResource', tags: inside(input, 'Tags', 'Items'), of: arnOf(world, 'connection-group', '*') }),
  UpdateConnectionGroup: (world, input) => [groupNeed('cloudfront:UpdateConnectionGroup', world, text(input, 'Id'))],
  DeleteConnectionGroup: (world, input) => [groupNeed('cloudfront:DeleteConnectionGroup', world, text(input, 'Id'))],
  GetConnectionGroup: (world, input) => [groupNeed('cloudfront:GetConnectionGroup', world, text(input, 'Identifier'))],
  GetDistribution: (world, input) => [distributionNeed('cloudfront:GetDistribution', world, text(input, 'Id'))],
  TagResource: (world, input) => {
    const need = taggedNeed('cloudfront:TagResource', world, text(input, 'Resource'));
    return [{ ...need, context: { ...need.context, ...requested(inside(input, 'Tags', 'Items')) } }];
  },
  ListTagsForResource: (world, input) => [taggedNeed('cloudfront:ListTagsForResource', world, text(input, 'Resource'))],
};
