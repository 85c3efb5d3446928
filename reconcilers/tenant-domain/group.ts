import type { Condition, TenantDomain, TenantDomainSpec } from '../../crds/types.ts';
import { conditionsOf } from '../conditions.ts';
import { accountDefaultGroup, type Group, type TierFacts } from '../tier-facts.ts';
import type { Refused } from './refused.ts';

/**
 * The group that a tenant is in. `endpoint`: the one that its customer was told, where that is this group's for certain. `mayStay`: its spec
 * was accepted as it is, so that it is the tier that changed.
 */
export type Present = { readonly id: string; readonly endpoint: string | undefined; readonly mayStay: boolean };

/** Where a tenant is, as its status says: the endpoint shown is that of the group to be in, which is the same, and serves, where the tenant is ready. */
export const presentOf = ({ metadata, status }: TenantDomain): Present | undefined => {
  const id = status?.distributionTenant?.connectionGroupId;
  if (id === undefined) return undefined;
  const isTrue = (type: string, conditions: readonly Condition[] | undefined): boolean => conditions?.some((condition) => condition.type === type && condition.status === 'True') ?? false;
  const mayStay = isTrue('Accepted', conditionsOf(metadata.generation, status?.conditions));
  return { id, endpoint: isTrue('Ready', status?.conditions) ? status?.endpoint : undefined, mayStay };
};

/** The group that the tenant is served through, if it is: one that the tier shows, or that it showed once, such as the account's default one. */
const serving = ({ id, endpoint }: Present, { groups, retiring }: TierFacts): Group | undefined => {
  const shown = [...Object.values(groups), ...retiring].find((group) => group.id === id);
  if (shown) return shown.trouble === undefined ? shown : undefined;
  return endpoint === undefined ? undefined : { id, endpoint };
};

/**
 * The group to be in, undefined until AWS made the account's default group. Where another one became the default, nobody leaves where they
 * are served before it can be used; nobody is placed in a disabled group, and who is in it stays.
 */
export const groupFor = ({ connectionGroup: choice }: TenantDomainSpec, tier: TierFacts, present: Present | undefined): { readonly group: Group | undefined } | Refused => {
  const name = choice ?? tier.spec.defaultConnectionGroup ?? accountDefaultGroup;
  const wanted = Object.hasOwn(tier.groups, name) ? tier.groups[name] : undefined;
  if (wanted && (wanted.trouble === undefined || wanted.id === present?.id)) return { group: wanted };
  const kept = choice === undefined && present?.mayStay === true ? serving(present, tier) : undefined;
  if (kept) return { group: kept };
  if (wanted?.trouble !== undefined) return { reason: 'ConnectionGroupDisabled', on: 'person', message: wanted.trouble };
  if (name === accountDefaultGroup) return { group: undefined };
  return { reason: 'TierNotReady', on: 'reference', message: `connection group "${name}" of tier "${tier.name}" cannot be used yet: see the tier's ConnectionGroupsReady` };
};
