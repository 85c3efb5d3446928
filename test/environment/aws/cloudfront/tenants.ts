import type {
  CreateDistributionTenantCommandInput,
  CreateDistributionTenantResult,
  DeleteDistributionTenantCommandInput,
  GetDistributionTenantCommandInput,
  GetDistributionTenantResult,
  UpdateDistributionTenantCommandInput,
  UpdateDistributionTenantResult,
} from '@aws-sdk/client-cloudfront';
import { cloudfrontFault, invalidArgument } from '../errors.ts';
import type { World } from '../world.ts';
import { defaultGroup, ensureDefaultGroup } from './connection-group-state.ts';
import { findTenant, seeTenant } from './find.ts';
import { checkNonePending, namesToRequest, startManagedRequest } from './managed-certificates.ts';
import { provenNames } from './ownership.ts';
import { checkIfMatch } from './preconditions.ts';
import type { Tenant, TenantConfig } from './state.ts';
import { newTags } from './tag-rules.ts';
import { addTenant, configureTenant, removeTenant } from './tenant-state.ts';
import { checkConfig, checkDomains, checkDomainsFree, checkParent } from './tenant-validation.ts';
import { checkMove, merged } from './tenant-update.ts';

const namePattern = /^[a-zA-Z0-9][a-zA-Z0-9-.]{1,126}[a-zA-Z0-9]$/;

const noProof: ReadonlySet<string> = new Set();

const checkNameAndDomains = (world: World, name: string, domains: readonly string[]): void => {
  const checkName = (): void => {
    if (world.tenantsByName.get(name)?.gone === false)
      throw cloudfrontFault('EntityAlreadyExists', 'A distribution tenant with this name already exists.');
  };
  if (world.knobs.whenNameAndDomainTaken === 'EntityAlreadyExists') checkName();
  checkDomainsFree(world, domains, undefined);
  checkName();
};

const configFrom = (world: World, input: CreateDistributionTenantCommandInput): TenantConfig => ({
  distributionId: input.DistributionId ?? '',
  connectionGroupId: input.ConnectionGroupId ?? ensureDefaultGroup(world).id,
  domains: (input.Domains ?? []).map(({ Domain: domain = '' }) => domain),
  customizations: input.Customizations,
  parameters: input.Parameters,
  enabled: input.Enabled ?? world.knobs.enabledByDefault,
});

const checkTenantQuota = (world: World): void => {
  if (world.tenants.size >= world.knobs.maxTenants)
    throw cloudfrontFault('EntityLimitExceeded', `The account has the maximum of ${world.knobs.maxTenants} distribution tenants.`);
};

/** Creates a tenant, given the names whose ownership DNS has shown. */
export const createTenant = (world: World, input: CreateDistributionTenantCommandInput, proven: ReadonlySet<string> = noProof): Tenant => {
  const { Name: name = '', ManagedCertificateRequest: request } = input;
  if (!namePattern.test(name)) throw invalidArgument('The name is not valid.');
  if (input.DistributionId === undefined) throw invalidArgument('The distribution id is required.');
  checkDomains(world, (input.Domains ?? []).map(({ Domain: domain = '' }) => domain));
  const config = configFrom(world, input);
  checkParent(world, config);
  checkNameAndDomains(world, name, config.domains);
  const tags = newTags(world, input.Tags);
  checkTenantQuota(world);
  const everything = { domains: true, customizations: true, parameters: true, distribution: true };
  checkConfig(world, config, everything, { tenant: undefined, isManaged: request !== undefined });
  const names = request === undefined ? [] : namesToRequest(world, config, request, proven);
  const tenant = addTenant(world, name, config, tags);
  configureTenant(world, tenant, config);
  if (request !== undefined) startManagedRequest(world, tenant, names, request);
  return tenant;
};

/** Changes a tenant as UpdateDistributionTenant does, preconditions apart. */
export const updateTenant = (
  world: World,
  tenant: Tenant,
  input: Omit<UpdateDistributionTenantCommandInput, 'Id' | 'IfMatch'>,
  proven: ReadonlySet<string> = noProof,
): void => {
  const { ManagedCertificateRequest: request } = input;
  const config = merged(world, tenant.config, input);
  if (input.Domains !== undefined) checkDomains(world, config.domains);
  checkMove(world, tenant.config, config);
  checkParent(world, config);
  checkDomainsFree(world, config.domains, tenant);
  const mentioned = {
    domains: input.Domains !== undefined,
    customizations: input.Customizations !== undefined,
    parameters: input.Parameters !== undefined,
    distribution: config.distributionId !== tenant.config.distributionId,
  };
  checkConfig(world, config, mentioned, { tenant, isManaged: request !== undefined });
  if (request !== undefined) checkNonePending(world, tenant);
  const names = request === undefined ? [] : namesToRequest(world, config, request, proven);
  configureTenant(world, tenant, config);
  if (request !== undefined) startManagedRequest(world, tenant, names, request);
};

const endpointOf = (world: World, groupId: string | undefined): string | undefined =>
  (groupId === undefined ? defaultGroup(world) : world.groups.get(groupId))?.endpoint;

/** The answer to a write is never stale. */
const answerOf = ({ shown, etag }: Tenant): CreateDistributionTenantResult => {
  const tenant = shown.latest()?.tenant;
  return { ...(tenant !== undefined && { DistributionTenant: tenant }), ETag: etag };
};

/** CreateDistributionTenant; asks DNS only if a managed certificate is requested. */
export const createDistributionTenant = async (world: World, input: CreateDistributionTenantCommandInput): Promise<CreateDistributionTenantResult> => {
  if (input.ManagedCertificateRequest === undefined) return answerOf(createTenant(world, input));
  const domains = (input.Domains ?? []).map(({ Domain: domain = '' }) => domain);
  return answerOf(createTenant(world, input, await provenNames(world, domains, endpointOf(world, input.ConnectionGroupId))));
};

/** GetDistributionTenant, by id, name or ARN. */
export const getDistributionTenant = (world: World, input: GetDistributionTenantCommandInput): GetDistributionTenantResult => {
  const { tenant, etag } = seeTenant(world, input.Identifier);
  return { DistributionTenant: tenant, ETag: etag };
};

/** UpdateDistributionTenant: 404, If-Match, then what is wrong with the new configuration. */
export const updateDistributionTenant = async (world: World, input: UpdateDistributionTenantCommandInput): Promise<UpdateDistributionTenantResult> => {
  const target = (): Tenant => {
    const tenant = findTenant(world, input.Id);
    checkIfMatch(world, tenant.etag, input.IfMatch);
    return tenant;
  };
  let proven = noProof;
  if (input.ManagedCertificateRequest !== undefined) {
    const { domains, connectionGroupId } = merged(world, target().config, input);
    proven = await provenNames(world, domains, endpointOf(world, connectionGroupId));
  }
  const tenant = target();
  updateTenant(world, tenant, input, proven);
  return answerOf(tenant);
};

/** 404, then If-Match, then state: it must be disabled, and the edges must know. */
export const deleteDistributionTenant = (world: World, input: DeleteDistributionTenantCommandInput): void => {
  const tenant = findTenant(world, input.Id);
  checkIfMatch(world, tenant.etag, input.IfMatch);
  if (tenant.config.enabled || world.timeline.nowMs < tenant.deletableFromMs)
    throw cloudfrontFault('ResourceNotDisabled', 'The specified resource is not disabled.');
  removeTenant(world, tenant);
};
