import type { EdgeTier, EdgeTierSpec } from '../crds/types.ts';

/** A connection group as the tier publishes it: `endpoint` is the target of the customers' CNAMEs. */
export type Group = { readonly id: string; readonly endpoint: string };

/** One parameter that the blueprint defines. */
export type ParameterDefinition = { readonly name: string; readonly required: boolean; readonly defaultValue?: string };

/**
 * All that a tenant may know of its tier. It feeds the tenant's subject and filters the tier's wakes, so that a counter in the
 * tier's status wakes nobody. `blueprint` is absent until the tier has seen its distribution ready for tenants.
 */
export type TierFacts = {
  readonly name: string;
  readonly uid: string;
  readonly spec: Omit<EdgeTierSpec, 'connectionGroups'>;
  readonly groups: Readonly<Record<string, Group>>;
  readonly blueprint: { readonly parameters: readonly ParameterDefinition[] } | undefined;
  /** Why the tier is not ready, in its own words. */
  readonly trouble: string | undefined;
};

/** Under this name a tier without connection groups of its own publishes the account's default group. */
export const accountDefaultGroup = 'default';

/** The facts of one tier. Ids come from its status, which only the controller writes; every use in AWS checks them again (R11). */
export const tierFacts = (tier: EdgeTier): TierFacts => {
  const { connectionGroups: _, ...spec } = tier.spec;
  const conditions = tier.status?.conditions ?? [];
  const distribution = conditions.find((condition) => condition.type === 'DistributionReady');
  const published = tier.status?.connectionGroups ?? [];
  const groups = published.flatMap(({ name, id, endpoint }) => (id !== undefined && endpoint !== undefined ? [[name, { id, endpoint }] as const] : []));
  const trouble = conditions.find((condition) => condition.type !== 'Ready' && condition.status === 'False')?.message;
  return {
    name: tier.metadata.name,
    uid: tier.metadata.uid,
    spec,
    groups: Object.fromEntries(groups),
    blueprint: distribution?.status === 'True' ? { parameters: tier.status?.distribution?.parameters ?? [] } : undefined,
    trouble,
  };
};
