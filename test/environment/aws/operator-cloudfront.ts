import type { DistributionConfig } from '@aws-sdk/client-cloudfront';
import { findCertificate } from './acm/find.ts';
import { ensureDefaultGroup } from './cloudfront/connection-group-state.ts';
import { createGroup } from './cloudfront/connection-groups.ts';
import { configureDistribution } from './cloudfront/distribution-state.ts';
import { createWithTags } from './cloudfront/distributions.ts';
import { findDistribution, findTenant } from './cloudfront/find.ts';
import type { DomainHolder, Tenant } from './cloudfront/state.ts';
import { configureTenant, removeTenant } from './cloudfront/tenant-state.ts';
import { updateTenant } from './cloudfront/tenants.ts';
import type { Deed, DistributionOrder, Operator } from './operator.ts';
import type { World } from './world.ts';

/** Tags as CloudFront and WAF take them. */
export const tagList = (tags: Readonly<Record<string, string>> | undefined): { Key: string; Value: string }[] =>
  Object.entries(tags ?? {}).map(([key, value]) => ({ Key: key, Value: value }));

// CachingOptimized, one of AWS's managed cache policies.
const cachePolicyId = '658327ea-f89d-4fab-a63d-7e88639e58f6';

const configFrom = (world: World, order: DistributionOrder): DistributionConfig => ({
  CallerReference: order.callerReference ?? `operator-${world.distributions.size}`,
  Comment: '',
  Enabled: order.enabled ?? true,
  ConnectionMode: order.connectionMode ?? 'tenant-only',
  Origins: {
    Quantity: 1,
    Items: [{ Id: 'origin', DomainName: 'origin.example.net', CustomOriginConfig: { HTTPPort: 80, HTTPSPort: 443, OriginProtocolPolicy: 'https-only' } }],
  },
  DefaultCacheBehavior: { TargetOriginId: 'origin', ViewerProtocolPolicy: 'redirect-to-https', CachePolicyId: cachePolicyId },
  ...(order.parameters !== undefined && { TenantConfig: { ParameterDefinitions: [...order.parameters] } }),
  ...(order.certificateArn !== undefined && {
    ViewerCertificate: { ACMCertificateArn: order.certificateArn, SSLSupportMethod: 'sni-only', MinimumProtocolVersion: 'TLSv1.2_2021' },
  }),
  ...(order.webAclArn !== undefined && { WebACLId: order.webAclArn }),
  ...(order.aliases !== undefined && { Aliases: { Quantity: order.aliases.length, Items: [...order.aliases] } }),
});

type BlueprintDeeds = Pick<Operator, 'createDistribution' | 'editDistribution' | 'createConnectionGroup' | 'defaultConnectionGroup'>;

/** What a person does to distributions and connection groups. */
export const blueprintDeeds = (world: World, deed: Deed): BlueprintDeeds => ({
  createDistribution: (order = {}) =>
    deed({ service: 'cloudfront', operation: 'CreateDistributionWithTags', input: order }, () => {
      const distribution = createWithTags(world, configFrom(world, order), { Items: tagList(order.tags) }, { deployMs: 0, ...(order.id !== undefined && { id: order.id }) });
      distribution.shown.catchUp();
      return { id: distribution.id, arn: distribution.arn, domainName: distribution.domainName };
    }),
  editDistribution: (id, patch) => {
    deed({ service: 'cloudfront', operation: 'UpdateDistribution', input: patch, subject: id }, () => {
      const distribution = findDistribution(world, id);
      configureDistribution(world, distribution, { ...distribution.config, ...patch }, 0);
    });
  },
  createConnectionGroup: (order) =>
    deed({ service: 'cloudfront', operation: 'CreateConnectionGroup', input: order, subject: order.name }, () => {
      const { id, name, ipv6, enabled, tags } = order;
      const group = createGroup(world, { Name: name, Ipv6Enabled: ipv6, Enabled: enabled, Tags: { Items: tagList(tags) } }, { deployMs: 0, ...(id !== undefined && { id }) });
      group.shown.catchUp();
      return { id: group.id, arn: group.arn, endpoint: group.endpoint };
    }),
  defaultConnectionGroup: () =>
    deed({ service: 'cloudfront', operation: 'CreateConnectionGroup', input: {} }, () => {
      const group = ensureDefaultGroup(world);
      group.shown.catchUp();
      return { id: group.id, arn: group.arn, endpoint: group.endpoint };
    }),
});

const tagsOf = (world: World, arn: string): Map<string, string> => {
  const id = arn.slice(arn.lastIndexOf('/') + 1);
  const owner = world.tenants.get(id) ?? world.groups.get(id) ?? world.distributions.get(id) ?? world.webAcls.get(arn) ?? world.ipSets.get(arn);
  return (owner ?? findCertificate(world, arn)).tags;
};

type TenantDeeds = Pick<Operator, 'editTenant' | 'deleteTenant' | 'tag' | 'foreignDomain' | 'claimDomain' | 'releaseForeignDomain' | 'serveToken'>;

const foreignHolder = (enabled: boolean): DomainHolder => ({ kind: 'foreign', enabled, accountId: '999988887777', resourceId: `dt_${'f'.repeat(27)}` });

/** The tenant of ours from which another account may claim a name. */
const claimableFrom = (world: World, domain: string): Tenant => {
  const holder = world.domains.get(domain);
  if (holder?.kind !== 'tenant') throw new Error(`claim "${domain}": no tenant of ours has it`);
  const { tenant } = holder;
  const isKept = world.certificates.get(tenant.managed?.certificateArn)?.status === 'PENDING_VALIDATION';
  if (tenant.active.has(domain) || isKept) throw new Error(`claim "${domain}": ${isKept ? 'a managed certificate is pending for it' : 'it is active'}`);
  return tenant;
};

/** What happens outside of the account, by a name of ours. */
const elsewhere = (operation: string, domain: string) => ({ service: 'cloudfront' as const, operation, input: { Domain: domain }, subject: domain });

/** What others do to tenants, tags and names. */
export const tenantDeeds = (world: World, deed: Deed): TenantDeeds => ({
  editTenant: (idOrName, patch) => {
    deed({ service: 'cloudfront', operation: 'UpdateDistributionTenant', input: patch, subject: idOrName }, () => {
      updateTenant(world, findTenant(world, idOrName), patch);
    });
  },
  deleteTenant: (idOrName) => {
    deed({ service: 'cloudfront', operation: 'DeleteDistributionTenant', input: {}, subject: idOrName }, () => {
      removeTenant(world, findTenant(world, idOrName));
    });
  },
  tag: (arn, tags) => {
    deed({ service: 'cloudfront', operation: 'TagResource', input: tags, subject: arn }, () => {
      const found = tagsOf(world, arn);
      for (const [key, value] of Object.entries(tags)) {
        if (value === undefined) found.delete(key);
        else found.set(key, value);
      }
    });
  },
  foreignDomain: (domain, { enabled } = { enabled: true }) => {
    deed(elsewhere('AssociateForeignDomain', domain), () => {
      world.domains.set(domain, foreignHolder(enabled));
    });
  },
  claimDomain: (domain) => {
    deed(elsewhere('AssociateForeignDomain', domain), () => {
      const tenant = claimableFrom(world, domain);
      world.domains.set(domain, foreignHolder(true));
      // It was never active: no edge answers for it while it leaves.
      world.edge.get(domain)?.delete(tenant);
      if (world.knobs.claimedDomain === 'leaves') configureTenant(world, tenant, { ...tenant.config, domains: tenant.config.domains.filter((name) => name !== domain) });
    });
  },
  releaseForeignDomain: (domain) => {
    deed(elsewhere('DisassociateForeignDomain', domain), () => {
      if (world.domains.get(domain)?.kind === 'foreign') world.domains.delete(domain);
    });
  },
  serveToken: (domain, isServed) => {
    deed(elsewhere(isServed ? 'ServeToken' : 'StopServingToken', domain), () => {
      if (isServed) world.servedTokens.add(domain);
      else world.servedTokens.delete(domain);
    });
  },
});
