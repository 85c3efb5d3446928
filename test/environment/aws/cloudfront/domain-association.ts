import type { UpdateDomainAssociationCommandInput, UpdateDomainAssociationResult } from '@aws-sdk/client-cloudfront';
import { cloudfrontFault, invalidArgument } from '../errors.ts';
import { delay, type World } from '../world.ts';
import { configureDistribution } from './distribution-state.ts';
import { checkIfMatchIfGiven } from './preconditions.ts';
import { hasCertificateFor, resourceOf, type Resource } from './resource-id.ts';
import type { DomainHolder } from './state.ts';
import { configureTenant } from './tenant-state.ts';

const illegal = (message: string) => cloudfrontFault('IllegalUpdate', message);

/** `_www.example.com` for `www.example.com`; an apex has `_.example.com`, which cannot be told here, so either is taken. */
const controlRecords = (domain: string): readonly string[] => [`_${domain}`, `_.${domain}`];

const endpointOf = (world: World, target: Resource): string =>
  target.kind === 'tenant' ? (world.groups.get(target.tenant.config.connectionGroupId)?.endpoint ?? '') : target.distribution.domainName;

const controls = async (world: World, domain: string, endpoint: string): Promise<boolean> => {
  const answers = await Promise.all(controlRecords(domain).map((name) => world.lookUp(name, 'TXT')));
  return answers.some((answer) => answer.is === 'found' && answer.values.includes(endpoint));
};

const isEnabled = (holder: DomainHolder): boolean => {
  if (holder.kind === 'foreign') return holder.enabled;
  return holder.kind === 'tenant' ? holder.tenant.config.enabled : holder.distribution.config.Enabled === true;
};

const checkSource = (world: World, holder: DomainHolder, hasControl: boolean): void => {
  const isForeign = holder.kind === 'foreign';
  if ((isForeign || world.knobs.moveNeedsDisabledSource) && isEnabled(holder)) throw illegal('The resource that has the domain must be disabled first.');
  if (isForeign && !hasControl) throw illegal('The TXT record that proves control of the domain was not found.');
  if (holder.kind === 'tenant' && holder.tenant.config.domains.length === 1) throw illegal('The last domain of a distribution tenant cannot be moved.');
};

const release = (world: World, holder: DomainHolder, domain: string, deployMs: number): void => {
  if (holder.kind === 'tenant') {
    const { config } = holder.tenant;
    configureTenant(world, holder.tenant, { ...config, domains: config.domains.filter((name) => name !== domain) }, deployMs);
  }
  if (holder.kind === 'distribution') {
    const without = withAliases(holder.distribution, (names) => names.filter((name) => name !== domain));
    configureDistribution(world, holder.distribution, without, deployMs);
  }
};

const withAliases = ({ config }: { readonly config: Parameters<typeof configureDistribution>[2] }, change: (names: string[]) => string[]) => {
  const items = change([...(config.Aliases?.Items ?? [])]);
  return { ...config, Aliases: { Quantity: items.length, Items: items } };
};

const take = (world: World, target: Resource, domain: string, deployMs: number): UpdateDomainAssociationResult => {
  if (target.kind === 'distribution') {
    configureDistribution(world, target.distribution, withAliases(target.distribution, (names) => [...names, domain]), deployMs);
    return { Domain: domain, ResourceId: target.distribution.id, ETag: target.distribution.etag };
  }
  const { config, active } = target.tenant;
  // The move is one step for viewers too: an active name does not go through `inactive`.
  active.add(domain);
  configureTenant(world, target.tenant, { ...config, domains: [...config.domains, domain] }, deployMs);
  return { Domain: domain, ResourceId: target.tenant.id, ETag: target.tenant.etag };
};

const hasAlready = (target: Resource, holder: DomainHolder): boolean =>
  (target.kind === 'tenant' && holder.kind === 'tenant' && target.tenant === holder.tenant) ||
  (target.kind === 'distribution' && holder.kind === 'distribution' && target.distribution === holder.distribution);

/**
 * UpdateDomainAssociation: takes a name from its holder and gives it to the target, in one step. Across accounts the source must be
 * disabled and a TXT record must prove control.
 */
export const updateDomainAssociation = async (world: World, input: UpdateDomainAssociationCommandInput): Promise<UpdateDomainAssociationResult> => {
  const { Domain: domain } = input;
  if (domain === undefined) throw invalidArgument('The domain is required.');
  const hasControl = world.domains.get(domain)?.kind === 'foreign' && (await controls(world, domain, endpointOf(world, resourceOf(world, input.TargetResource))));
  const target = resourceOf(world, input.TargetResource);
  checkIfMatchIfGiven(world, target.kind === 'tenant' ? target.tenant.etag : target.distribution.etag, input.IfMatch);
  const holder = world.domains.get(domain);
  if (holder === undefined) throw illegal('The domain is not associated with any resource.');
  if (hasAlready(target, holder)) throw illegal('The domain is already associated with the target.');
  if (!hasCertificateFor(world, target, domain)) throw invalidArgument('The target has no certificate that covers the domain.');
  checkSource(world, holder, hasControl);
  const deployMs = delay(world, 'tenantDeployMs');
  // One deployment time for both: the edges never miss the name.
  const taken = take(world, target, domain, deployMs);
  release(world, holder, domain, deployMs);
  return taken;
};
