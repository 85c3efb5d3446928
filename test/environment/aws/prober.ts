import { covers, isServing } from './acm/coverage.ts';
import type { Certificate } from './acm/state.ts';
import type { Tenant, TenantConfig } from './cloudfront/state.ts';
import type { World } from './world.ts';

/** How a name is served now, or why not. Every value is that of the last deployed configuration. */
export type ServingAnswer =
  | {
      readonly served: true;
      readonly tenantId: string;
      readonly tenantName: string;
      readonly distributionId: string;
      readonly connectionGroupId: string;
      readonly endpoint: string;
      readonly certificateArn: string;
      /** The tenant's own or the distribution's; absent without protection. */
      readonly webAclArn?: string;
    }
  | { readonly served: false; readonly why: string };

const no = (why: string): ServingAnswer => ({ served: false, why });

/** The one tenant whose edges answer for a name: while a name moves, the new holder as soon as it is deployed. */
const servingTenant = (world: World, domain: string): Tenant | undefined => {
  const tenants = world.edge.get(domain);
  if (tenants === undefined || tenants.size === 0) return undefined;
  const holder = world.domains.get(domain);
  if (holder?.kind === 'tenant' && tenants.has(holder.tenant)) return holder.tenant;
  const [only, ...others] = tenants;
  return others.length === 0 ? only : undefined;
};

const certificateServing = (world: World, deployed: TenantConfig, domain: string): Certificate | undefined => {
  const parent = world.distributions.get(deployed.distributionId);
  return [deployed.customizations?.Certificate?.Arn, parent?.deployed?.ViewerCertificate?.ACMCertificateArn]
    .map((arn) => world.certificates.get(arn))
    .find((certificate) => isServing(certificate, world.timeline.nowMs) && covers(certificate.names, domain));
};

const webAclServing = (world: World, deployed: TenantConfig): string | undefined => {
  const own = deployed.customizations?.WebAcl;
  if (own?.Action === 'disable') return undefined;
  const inherited = world.distributions.get(deployed.distributionId)?.deployed?.WebACLId;
  return own?.Arn ?? (inherited === '' ? undefined : inherited);
};

/** The name under which a viewer's is attached: itself, or the wildcard above it. The most specific one wins. */
const attachedName = (world: World, domain: string): string => {
  const wildcard = `*${domain.slice(domain.indexOf('.'))}`;
  return (world.edge.get(domain)?.size ?? 0) === 0 && (world.edge.get(wildcard)?.size ?? 0) > 0 ? wildcard : domain;
};

/** Whether and how an edge answers for a name now: by the last deployed configuration, never by one that is under way. */
export const probe = (world: World, domain: string): ServingAnswer => {
  const attached = attachedName(world, domain);
  const tenant = servingTenant(world, attached);
  const deployed = tenant?.deployed;
  if (tenant === undefined || deployed === undefined) return no('no deployed tenant carries the name');
  if (!deployed.enabled) return no('the tenant is disabled');
  const parent = world.distributions.get(deployed.distributionId);
  if (parent?.deployed?.Enabled !== true) return no('the distribution is disabled or not deployed');
  const group = world.groups.get(deployed.connectionGroupId);
  if (group?.deployedEnabled !== true) return no('the connection group is disabled or not deployed');
  const certificate = certificateServing(world, deployed, domain);
  if (certificate === undefined) return no('no valid certificate covers the name');
  if (tenant.config.domains.includes(attached) && !tenant.active.has(attached)) return no('the domain is inactive');
  const webAclArn = webAclServing(world, deployed);
  return {
    served: true,
    tenantId: tenant.id,
    tenantName: tenant.name,
    distributionId: deployed.distributionId,
    connectionGroupId: deployed.connectionGroupId,
    endpoint: group.endpoint,
    certificateArn: certificate.id,
    ...(webAclArn !== undefined && { webAclArn }),
  };
};
