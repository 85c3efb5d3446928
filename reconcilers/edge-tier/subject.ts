import type { EdgeTier, EdgeTierSpec, EdgeTierStatus, TenantDomain } from '../../crds/types.ts';
import type { Wake } from '../contract.ts';
import type { Blueprint, ConnectionGroupSummary } from '../ports/fleet.ts';
import type { Lookup } from '../ports/objects.ts';

/** What `load` reads: memory only. */
export type Sources = {
  readonly edgeTiers: Lookup<EdgeTier, 'distribution' | 'group' | 'default'>;
  readonly tenantDomains: Lookup<TenantDomain, 'tier'>;
};

/** An EdgeTier with the tenants that refer to it: `users` are the first few, as `namespace/name`, sorted. */
export type Subject = {
  readonly generation: number;
  readonly deleting: boolean;
  readonly spec: EdgeTierSpec;
  readonly status: EdgeTierStatus | undefined;
  readonly tenants: { readonly total: number; readonly ready: number };
  readonly users: readonly string[];
};

const maxUsersNamed = 5;

const isReady = ({ status }: TenantDomain): boolean => status?.conditions?.some(({ type, status: is }) => type === 'Ready' && is === 'True') ?? false;

const keyOf = ({ metadata }: TenantDomain): string => `${metadata.namespace ?? ''}/${metadata.name}`;

/** Loads an EdgeTier; undefined where there is none by this name. */
export const loadSubject = (sources: Sources) => (name: string): { readonly object: EdgeTier; readonly subject: Subject } | undefined => {
  const object = sources.edgeTiers.get(name);
  if (object === undefined) return undefined;
  const tenants = sources.tenantDomains.by('tier', name);
  const subject: Subject = {
    generation: object.metadata.generation,
    deleting: object.metadata.deletionTimestamp !== undefined,
    spec: object.spec,
    status: object.status,
    tenants: { total: tenants.length, ready: tenants.filter(isReady).length },
    users: tenants.length > 1000 ? tenants.slice(0, maxUsersNamed).map(keyOf) : tenants.map(keyOf).toSorted().slice(0, maxUsersNamed),
  };
  return { object, subject };
};

/** The indexes that the store of EdgeTiers has to keep for `Sources` and `wakesOf`. */
export const edgeTierIndexes = {
  distribution: (tier: EdgeTier) => [tier.spec.distributionId],
  group: (tier: EdgeTier) => (tier.spec.connectionGroups ?? []).map(({ id }) => id),
  default: (tier: EdgeTier) => ((tier.spec.connectionGroups ?? []).length === 0 ? ['true'] : []),
} as const;

const nameOf = (tier: EdgeTier): string => tier.metadata.name;

/** What of the rest of the world wakes an EdgeTier. Counts are folded into one pass in 30 seconds. */
export const wakesOf = (sources: Sources) =>
  ({
    edgeTiers: {
      keys: (tier: EdgeTier) => [tier.metadata.name],
      facts: ({ metadata, spec, status }: EdgeTier) => ({ uid: metadata.uid, generation: metadata.generation, deleted: metadata.deletionTimestamp, finalizers: metadata.finalizers, spec, empty: status?.observedGeneration === undefined }),
    },
    tenantDomains: {
      keys: (object: TenantDomain) => [object.spec.tierRef.name],
      facts: (object: TenantDomain) => ({ tier: object.spec.tierRef.name, ready: isReady(object) }),
      coalesceMs: 30_000,
    },
    blueprints: { keys: (blueprint: Blueprint) => sources.edgeTiers.by('distribution', blueprint.id).map(nameOf), facts: (blueprint: Blueprint) => blueprint },
    connectionGroups: {
      keys: (group: ConnectionGroupSummary) => [...sources.edgeTiers.by('group', group.id), ...(group.isDefault ? sources.edgeTiers.by('default', 'true') : [])].map(nameOf),
      facts: (group: ConnectionGroupSummary) => group,
    },
  }) satisfies Record<string, Wake<never>>;
