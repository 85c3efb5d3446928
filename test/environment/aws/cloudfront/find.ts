import { cloudfrontFault, entityNotFound } from '../errors.ts';
import type { World } from '../world.ts';
import type { ConnectionGroup, ConnectionGroupViews, Distribution, DistributionViews, Tenant, TenantView } from './state.ts';

const lastOfArn = (identifier: string): string => identifier.slice(identifier.lastIndexOf('/') + 1);

/** By id, name or ARN, as `Identifier` allows. */
const tenantBy = (world: World, identifier: string | undefined): Tenant | undefined =>
  identifier === undefined ? undefined : (world.tenants.get(lastOfArn(identifier)) ?? world.tenantsByName.get(identifier));

const groupBy = (world: World, identifier: string | undefined): ConnectionGroup | undefined =>
  identifier === undefined ? undefined : (world.groups.get(lastOfArn(identifier)) ?? world.groupsByName.get(identifier));

/** The tenant as it is: for writes and for what is decided by the truth. */
export const findTenant = (world: World, identifier: string | undefined): Tenant => {
  const tenant = tenantBy(world, identifier);
  if (tenant === undefined || tenant.gone) throw entityNotFound('distribution tenant');
  return tenant;
};

/** The tenant as readers see it. */
export const seeTenant = (world: World, identifier: string | undefined): TenantView => {
  const view = tenantBy(world, identifier)?.shown.read(world.timeline.nowMs);
  if (view === undefined) throw entityNotFound('distribution tenant');
  return view;
};

/** The group as it is. */
export const findGroup = (world: World, identifier: string | undefined): ConnectionGroup => {
  const group = groupBy(world, identifier);
  if (group === undefined || group.gone) throw entityNotFound('connection group');
  return group;
};

/** The group as readers see it. */
export const seeGroup = (world: World, identifier: string | undefined): ConnectionGroupViews => {
  const view = groupBy(world, identifier)?.shown.read(world.timeline.nowMs);
  if (view === undefined) throw entityNotFound('connection group');
  return view;
};

/** The distribution as it is, for operations that miss it with NoSuchDistribution. */
export const findDistribution = (world: World, id: string | undefined): Distribution => {
  const distribution = world.distributions.get(id);
  if (distribution === undefined || distribution.gone) throw cloudfrontFault('NoSuchDistribution', 'The specified distribution does not exist.');
  return distribution;
};

/** The distribution as readers see it. */
export const seeDistribution = (world: World, id: string | undefined): DistributionViews => {
  const view = world.distributions.get(id)?.shown.read(world.timeline.nowMs);
  if (view === undefined) throw cloudfrontFault('NoSuchDistribution', 'The specified distribution does not exist.');
  return view;
};
