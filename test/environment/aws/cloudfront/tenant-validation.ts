import type { Customizations, Parameter } from '@aws-sdk/client-cloudfront';
import { CountryCode } from '@aws-sdk/client-wafv2';
import { whyNotAttachable } from '../acm/coverage.ts';
import { cloudfrontFault, entityNotFound, invalidArgument } from '../errors.ts';
import type { World } from '../world.ts';
import { certificateFor } from './tenant-state.ts';
import type { Distribution, Tenant, TenantConfig } from './state.ts';
import { whyWebAclNotUsable } from './web-acl-rules.ts';

/** Which members a request mentions: only those are checked, unless `checksOmittedMembers`. */
export type Mentioned = { readonly domains: boolean; readonly customizations: boolean; readonly parameters: boolean; readonly distribution: boolean };

const label = '[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?';
const domainPattern = new RegExp(`^(\\*\\.)?(${label}\\.)+${label}$`);

/** The form and the number of a tenant's domains. */
export const checkDomains = (world: World, domains: readonly string[]): void => {
  if (domains.length === 0) throw invalidArgument('At least one domain is required.');
  const wrong = domains.find((domain) => domain.length > 253 || !domainPattern.test(domain));
  if (wrong !== undefined) throw invalidArgument(`The domain ${wrong} is not valid.`);
  if (new Set(domains).size !== domains.length) throw invalidArgument('A domain is given twice.');
  if (domains.length > world.knobs.maxDomainsPerTenant)
    throw cloudfrontFault('EntityLimitExceeded', `A distribution tenant has at most ${world.knobs.maxDomainsPerTenant} domains.`);
};

/** Names are unique over all accounts and both kinds of resource; overlapping wildcards are not the same name. */
export const checkDomainsFree = (world: World, domains: readonly string[], tenant: Tenant | undefined): void => {
  const isTaken = domains.some((domain) => {
    const holder = world.domains.get(domain);
    return holder !== undefined && !(holder.kind === 'tenant' && holder.tenant === tenant);
  });
  if (isTaken)
    throw cloudfrontFault('CNAMEAlreadyExists', 'One or more of the CNAMEs you provided are already associated with a different resource.');
};

/** The distribution to inherit from. */
export const checkParent = (world: World, config: TenantConfig): Distribution => {
  const parent = world.distributions.get(config.distributionId);
  if (parent === undefined || parent.gone) throw entityNotFound('distribution');
  if (parent.config.ConnectionMode !== 'tenant-only')
    throw cloudfrontFault('InvalidAssociation', 'The specified distribution does not support distribution tenants.');
  const group = world.groups.get(config.connectionGroupId);
  if (group === undefined || group.gone) throw entityNotFound('connection group');
  return parent;
};

const checkParameters = (world: World, parent: Distribution, parameters: readonly Parameter[]): void => {
  const definitions = new Map((parent.config.TenantConfig?.ParameterDefinitions ?? []).map(({ Name: name = '', Definition: definition }) => [name, definition]));
  if (parameters.length > world.knobs.maxParametersPerTenant)
    throw cloudfrontFault('EntityLimitExceeded', `A distribution tenant has at most ${world.knobs.maxParametersPerTenant} parameters.`);
  const names = new Set<string>();
  for (const { Name: name = '', Value: value = '' } of parameters) {
    if (!/^[a-zA-Z0-9-_]{1,128}$/.test(name) || value.length < 1 || value.length > 256) throw invalidArgument(`The parameter ${name} is not valid.`);
    if (names.has(name)) throw invalidArgument(`The parameter ${name} is given twice.`);
    if (!definitions.has(name)) throw invalidArgument(`The parameter ${name} is not defined by the distribution.`);
    names.add(name);
  }
  for (const [name, definition] of definitions) {
    if (definition?.StringSchema?.Required === true && !names.has(name)) throw invalidArgument(`The required parameter ${name} is missing.`);
  }
};

const checkGeo = ({ GeoRestrictions: geo }: Customizations): void => {
  if (geo === undefined) return;
  const { RestrictionType: type, Locations: locations = [] } = geo;
  if (type !== 'none' && type !== 'whitelist' && type !== 'blacklist') throw invalidArgument('The restriction type is not valid.');
  if ((type === 'none') !== (locations.length === 0)) throw invalidArgument('Locations go with whitelist and blacklist, and only with them.');
  if (locations.some((location) => !Object.hasOwn(CountryCode, location))) throw invalidArgument('A location is not an ISO 3166-1 country code.');
};

const checkCustomizations = (world: World, customizations: Customizations, tenant: Tenant | undefined): void => {
  checkGeo(customizations);
  const refusal = whyWebAclNotUsable(world, customizations.WebAcl, tenant?.arn);
  if (refusal?.is === 'full') throw cloudfrontFault('EntityLimitExceeded', refusal.message);
  if (refusal !== undefined) throw invalidArgument(refusal.message);
  const { Certificate: certificate } = customizations;
  if (certificate === undefined) return;
  const reason = whyNotAttachable(world.certificates.get(certificate.Arn), world.timeline.nowMs);
  if (reason !== undefined) throw invalidArgument(reason);
};

/** Names that no certificate secures. */
export const uncovered = (world: World, config: TenantConfig): readonly string[] =>
  config.domains.filter((domain) => certificateFor(world, config, domain) === undefined);

const checkCoverage = (world: World, config: TenantConfig): void => {
  const [name] = uncovered(world, config);
  if (name !== undefined) throw invalidArgument(`The certificate that is attached does not cover the domain ${name}.`);
};

/** Everything about a configuration but names' uniqueness and, with `isManaged`, their coverage. */
export const checkConfig = (world: World, config: TenantConfig, mentioned: Mentioned, about: { tenant: Tenant | undefined; isManaged: boolean }): void => {
  const parent = checkParent(world, config);
  const all = world.knobs.checksOmittedMembers;
  if (all || mentioned.parameters || mentioned.distribution) checkParameters(world, parent, config.parameters ?? []);
  if (all || mentioned.customizations) checkCustomizations(world, config.customizations ?? {}, about.tenant);
  if (!about.isManaged && (all || mentioned.domains || mentioned.customizations || mentioned.distribution)) checkCoverage(world, config);
};
