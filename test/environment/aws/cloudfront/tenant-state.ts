import { covers, isServing } from '../acm/coverage.ts';
import type { Certificate } from '../acm/state.ts';
import { Shown, stalenessOfDelete, stalenessOfWrite } from '../shown.ts';
import { delay, frozen, newEntityId, newEtag, type World } from '../world.ts';
import { holdExactly } from './held.ts';
import type { Tenant, TenantConfig, TenantView } from './state.ts';

const viewOf = (world: World, tenant: Tenant): TenantView => {
  const { config } = tenant;
  const shared = {
    Id: tenant.id,
    DistributionId: config.distributionId,
    Name: tenant.name,
    Arn: tenant.arn,
    Domains: config.domains.map((domain) => ({ Domain: domain, Status: tenant.active.has(domain) ? ('active' as const) : ('inactive' as const) })),
    ...(config.customizations !== undefined && { Customizations: config.customizations }),
    ConnectionGroupId: config.connectionGroupId,
    CreatedTime: tenant.createdAt,
    LastModifiedTime: tenant.modifiedAt,
    Enabled: config.enabled,
    Status: tenant.status,
  };
  return frozen({
    etag: tenant.etag,
    summary: { ...shared, ETag: tenant.etag },
    tenant: {
      ...shared,
      ...(config.parameters !== undefined && { Parameters: [...config.parameters] }),
      ...(world.knobs.echoesTags && { Tags: { Items: [...tenant.tags].map(([key, value]) => ({ Key: key, Value: value })) } }),
    },
  });
};

/** Shows a change that AWS made by itself. */
export const refreshTenant = (world: World, tenant: Tenant): void => {
  if (!tenant.gone) tenant.shown.refresh(viewOf(world, tenant));
};

const certificateOf = (world: World, arn: string | undefined): Certificate | undefined => world.certificates.get(arn);

/** The certificate that secures a name under a configuration: the tenant's wins over the distribution's. */
export const certificateFor = (world: World, config: TenantConfig, domain: string): Certificate | undefined => {
  const parent = world.distributions.get(config.distributionId);
  const arns = [config.customizations?.Certificate?.Arn, parent?.config.ViewerCertificate?.ACMCertificateArn];
  return arns
    .map((arn) => certificateOf(world, arn))
    .find((certificate) => isServing(certificate, world.timeline.nowMs) && covers(certificate.names, domain));
};

/** What a configuration uses: certificate and web ACL by ARN, distribution and group by id. */
const usedBy = (config: TenantConfig | undefined): readonly string[] =>
  config === undefined
    ? []
    : [config.customizations?.Certificate?.Arn, config.customizations?.WebAcl?.Arn, config.distributionId, config.connectionGroupId].filter(
        (resource) => resource !== undefined,
      );

const holdWhatIsUsed = (world: World, tenant: Tenant): void => {
  holdExactly(world, tenant, new Set([...usedBy(tenant.config), ...usedBy(tenant.deployed)]));
};

const holds = (world: World, tenant: Tenant, domain: string): boolean => {
  const holder = world.domains.get(domain);
  return holder?.kind === 'tenant' && holder.tenant === tenant;
};

/** Starts to activate the names that a deployed tenant has a certificate for. */
export const activateDomains = (world: World, tenant: Tenant): void => {
  const { config } = tenant;
  for (const domain of config.domains) {
    if (tenant.active.has(domain) || certificateFor(world, config, domain) === undefined) continue;
    world.timeline.in(delay(world, 'domainActivationMs'), () => {
      if (tenant.config !== config || tenant.gone || !holds(world, tenant, domain)) return;
      tenant.active.add(domain);
      refreshTenant(world, tenant);
    });
  }
};

const serveAtEdges = (world: World, tenant: Tenant, deployed: TenantConfig | undefined): void => {
  for (const domain of tenant.deployed?.domains ?? []) world.edge.get(domain)?.delete(tenant);
  for (const domain of deployed?.domains ?? []) world.edge.set(domain, (world.edge.get(domain) ?? new Set()).add(tenant));
  tenant.deployed = deployed;
};

const finishDeployment = (world: World, tenant: Tenant): void => {
  serveAtEdges(world, tenant, tenant.config);
  tenant.status = 'Deployed';
  holdWhatIsUsed(world, tenant);
  if (world.random.chance('etag moves on deploy', world.knobs.etagMovesOnDeployProbability)) tenant.etag = newEtag(world);
  activateDomains(world, tenant);
  refreshTenant(world, tenant);
};

const holdDomains = (world: World, tenant: Tenant, before: readonly string[], after: readonly string[]): void => {
  for (const domain of before) {
    if (after.includes(domain)) continue;
    tenant.active.delete(domain);
    if (holds(world, tenant, domain)) world.domains.delete(domain);
  }
  // What it keeps may have been claimed meanwhile.
  for (const domain of after) if (!before.includes(domain)) world.domains.set(domain, { kind: 'tenant', tenant });
};

/** Moves the version without touching the configuration: CloudFront did something to the tenant. */
export const touchTenant = (world: World, tenant: Tenant): void => {
  if (tenant.gone) return;
  tenant.etag = newEtag(world);
  tenant.modifiedAt = world.timeline.now;
  refreshTenant(world, tenant);
};

/** Commits a configuration and starts its deployment. */
export const configureTenant = (world: World, tenant: Tenant, next: TenantConfig, deployMs = delay(world, 'tenantDeployMs')): void => {
  const config = frozen({ ...next });
  const isDisabling = tenant.config.enabled && !config.enabled;
  holdDomains(world, tenant, tenant.config.domains, config.domains);
  Object.assign(tenant, { config, status: 'InProgress', etag: newEtag(world), modifiedAt: world.timeline.now });
  if (isDisabling) tenant.deletableFromMs = world.timeline.nowMs + delay(world, 'disablePropagationMs');
  holdWhatIsUsed(world, tenant);
  world.timeline.in(deployMs, () => {
    if (tenant.config === config && !tenant.gone) finishDeployment(world, tenant);
  });
  tenant.shown.write(viewOf(world, tenant), stalenessOfWrite(world));
};

/** Makes a tenant that has no configuration yet: `configureTenant` comes next. */
export const addTenant = (world: World, name: string, config: TenantConfig, tags: ReadonlyMap<string, string>): Tenant => {
  const id = newEntityId(world, 'dt_');
  const tenant: Tenant = {
    id,
    arn: `arn:aws:cloudfront::${world.accountId}:distribution-tenant/${id}`,
    name,
    sequence: world.tenants.nextSequence(),
    createdAt: world.timeline.now,
    tags: new Map(tags),
    active: new Set(),
    shown: new Shown(),
    held: new Set(),
    config: { ...config, domains: [], enabled: false },
    deployed: undefined,
    status: 'InProgress',
    etag: '',
    modifiedAt: world.timeline.now,
    managed: undefined,
    deletableFromMs: 0,
    gone: false,
  };
  world.tenants.add(tenant);
  world.tenantsByName.set(name, tenant);
  return tenant;
};

/** Takes the tenant away at once: names are free, nothing is served. */
export const removeTenant = (world: World, tenant: Tenant): void => {
  const staleness = stalenessOfDelete(world);
  holdDomains(world, tenant, tenant.config.domains, []);
  serveAtEdges(world, tenant, undefined);
  tenant.gone = true;
  holdExactly(world, tenant, new Set());
  tenant.shown.write(undefined, staleness);
  world.timeline.in(staleness.untilMs - world.timeline.nowMs, () => {
    world.tenants.remove(tenant);
    if (world.tenantsByName.get(tenant.name) === tenant) world.tenantsByName.delete(tenant.name);
  });
};
