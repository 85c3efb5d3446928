import { isDeepStrictEqual } from 'node:util';
import type { Customizations, UpdateDistributionTenantCommandInput } from '@aws-sdk/client-cloudfront';
import { cloudfrontFault, invalidArgument } from '../errors.ts';
import type { World } from '../world.ts';
import type { TenantConfig } from './state.ts';

const mergedCustomizations = (world: World, before: Customizations | undefined, given: Customizations | undefined): Customizations | undefined => {
  if (given === undefined) return world.knobs.omittedMembers === 'keep' ? before : undefined;
  const next = world.knobs.customizations === 'merge' ? { ...before, ...given } : given;
  return Object.keys(next).length === 0 ? undefined : next;
};

/** What a partial update makes of a configuration: observed to keep top-level members that are not given and to replace those that are. */
export const merged = (world: World, before: TenantConfig, input: Omit<UpdateDistributionTenantCommandInput, 'Id' | 'IfMatch'>): TenantConfig => ({
  distributionId: input.DistributionId ?? before.distributionId,
  connectionGroupId: input.ConnectionGroupId ?? before.connectionGroupId,
  domains: input.Domains?.map(({ Domain: domain = '' }) => domain) ?? before.domains,
  customizations: mergedCustomizations(world, before.customizations, input.Customizations),
  parameters: input.Parameters ?? (world.knobs.omittedMembers === 'keep' ? before.parameters : undefined),
  enabled: input.Enabled ?? before.enabled,
});

/** Whether a tenant may move to another distribution, and whether anything else may change with it, is not documented. */
export const checkMove = (world: World, before: TenantConfig, after: TenantConfig): void => {
  if (before.distributionId === after.distributionId || world.knobs.reparenting === 'together') return;
  if (world.knobs.reparenting === 'refused')
    throw cloudfrontFault('InvalidAssociation', 'The distribution tenant cannot be associated with another distribution.');
  const isAlone =
    before.connectionGroupId === after.connectionGroupId && isDeepStrictEqual(before.customizations, after.customizations);
  if (!isAlone) throw invalidArgument('A distribution tenant that moves to another distribution cannot change its connection group or customizations.');
};
