import type { ConnectionGroupStatus, EdgeTier, EdgeTierSpec, ManagedWebACL, WebACL } from '../crds/types.ts';
import { conditionsOf } from './conditions.ts';

/** A connection group as the tier publishes it: `endpoint` is the target of the customers' CNAMEs. `trouble`: why nothing is served through it. */
export type Group = { readonly id: string; readonly endpoint: string; readonly trouble?: string };

/** One parameter that the blueprint defines. */
export type ParameterDefinition = { readonly name: string; readonly required: boolean; readonly defaultValue?: string };

/** What a tier's web ACL is to its tenants. Its rules are the tier's own business: ten thousand tenants need not wake for one of them. */
export type TierWebAcl = Omit<WebACL, 'managed'> & { readonly managed?: Pick<ManagedWebACL, 'tenantsPerACL'> };

/**
 * All that a tenant may know of its tier. It feeds the tenant's subject and filters the tier's wakes, so that a counter in the
 * tier's status wakes nobody. `blueprint` is absent until the tier has seen its distribution ready for tenants; a failed read takes it from
 * nobody.
 */
export type TierFacts = {
  readonly name: string;
  readonly uid: string;
  readonly spec: Omit<EdgeTierSpec, 'connectionGroups' | 'webACL'> & { readonly webACL: TierWebAcl };
  /** Those that the spec names, as far as they were found. */
  readonly groups: Readonly<Record<string, Group>>;
  /** Those that take nobody any more, and serve who is in them. */
  readonly retiring: readonly Group[];
  /** ARNs of the web ACLs of its own that take tenants, in the order of their numbers; none where it has none (yet). */
  readonly openWebAcls: readonly string[];
  /** Why nobody can have the web ACL that its present spec names: in its own words, that there is none. */
  readonly webAclMissing: string | undefined;
  readonly blueprint: { readonly parameters: readonly ParameterDefinition[] } | undefined;
  /** Why the tier takes no tenants, in its own words; undefined while it has not been looked at. What else it says of itself is none of theirs. */
  readonly trouble: string | undefined;
};

/** Under this name a tier without connection groups of its own publishes the account's default group. */
export const accountDefaultGroup = 'default';

const webAclOf = ({ managed, ...choice }: WebACL): TierWebAcl => (managed === undefined ? choice : { ...choice, managed: { tenantsPerACL: managed.tenantsPerACL } });

const webAclMissing = ({ metadata, status }: EdgeTier): string | undefined =>
  conditionsOf(metadata.generation, status?.conditions).find(({ type, reason }) => type === 'WebACLReady' && reason === 'WebACLNotFound')?.message;

/** A published group, undefined where nobody knows its endpoint. */
const groupFrom = (tier: string, { name, id, endpoint, state }: ConnectionGroupStatus): Group | undefined => {
  if (id === undefined || endpoint === undefined) return undefined;
  const trouble = `connection group "${name}" (${id}) of tier "${tier}" is disabled, so that nothing is served through it: enable it, it serves once that is deployed`;
  return { id, endpoint, ...(state === 'Disabled' ? { trouble } : {}) };
};

/** The facts of one tier. Ids come from its status, which only the controller writes; every use in AWS checks them again (R11). */
export const tierFacts = (tier: EdgeTier): TierFacts => {
  const { connectionGroups: _, webACL, ...spec } = tier.spec;
  const conditions = tier.status?.conditions ?? [];
  const distribution = conditions.find((condition) => condition.type === 'DistributionReady');
  const groups = (tier.status?.connectionGroups ?? []).flatMap((row) => {
    const group = groupFrom(tier.metadata.name, row);
    return group === undefined ? [] : [{ name: row.name, isRetiring: row.state === 'Retiring', group }];
  });
  const blueprint = distribution?.status === 'False' ? undefined : tier.status?.distribution;
  const trouble = conditions.find((condition) => condition.type !== 'Ready' && condition.status === 'False')?.message ?? 'see its conditions';
  return {
    name: tier.metadata.name,
    uid: tier.metadata.uid,
    spec: { ...spec, webACL: webAclOf(webACL) },
    groups: Object.fromEntries(groups.flatMap(({ name, isRetiring, group }) => (isRetiring ? [] : [[name, group] as const]))),
    retiring: groups.flatMap(({ isRetiring, group }) => (isRetiring ? [group] : [])),
    openWebAcls: (tier.status?.webACLs ?? []).flatMap(({ arn, state }) => (state === 'Open' && arn !== undefined ? [arn] : [])),
    webAclMissing: webAclMissing(tier),
    blueprint: blueprint && { parameters: blueprint.parameters ?? [] },
    trouble: blueprint || distribution === undefined ? undefined : trouble,
  };
};
