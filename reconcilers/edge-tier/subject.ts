import type { EdgeTier, EdgeTierSpec, EdgeTierStatus, TenantDomain } from '../../crds/types.ts';
import { type DomainName, parseDomainName } from '../../crds/domain-name.ts';
import type { Owner } from '../aws/mark.ts';
import type { Wake } from '../contract.ts';
import { type TierResource, tierResourceNameOf } from '../names.ts';
import type { Blueprint, ConnectionGroupSummary, WafSummary } from '../ports/fleet.ts';
import type { Lookup } from '../ports/objects.ts';
import { restraintOf } from '../restraint.ts';
import { accountDefaultGroup } from '../tier-facts.ts';

/** What `load` reads: memory only. `everyTenantDomain`: of all tiers, since a customer's DNS may point where another tier left it. */
export type Sources = {
  readonly edgeTiers: Lookup<EdgeTier, 'distribution' | 'group' | 'default' | 'webAcl' | 'ipSet'>;
  readonly tenantDomains: Lookup<TenantDomain, 'tier' | 'tenant'>;
  readonly everyTenantDomain: () => readonly TenantDomain[];
};

/** A TenantDomain's names, of which DNS may point at a connection group that is to go. */
export type Customer = { readonly key: string; readonly names: readonly DomainName[] };

/**
 * An EdgeTier with the tenants that refer to it. `users` are the first few, as `namespace/name`, sorted. `customers` are asked for
 * only where a connection group retires. `owns`: it has, or may have, something of its own in AWS.
 */
export type Subject = {
  readonly owner: Owner;
  readonly generation: number;
  readonly deleting: boolean;
  readonly spec: EdgeTierSpec;
  readonly status: EdgeTierStatus | undefined;
  readonly tenants: { readonly total: number; readonly ready: number };
  readonly users: readonly string[];
  readonly customers: readonly Customer[];
  readonly owns: { readonly webAcls: boolean; readonly groups: boolean };
};

const maxUsersNamed = 5;

const isReady = ({ status }: TenantDomain): boolean => status?.conditions?.some(({ type, status: is }) => type === 'Ready' && is === 'True') ?? false;

const keyOf = ({ metadata }: TenantDomain): string => `${metadata.namespace ?? ''}/${metadata.name}`;

/** Whether a person has to change it, or the tier, before anything is done for it. */
const isRefused = ({ status }: TenantDomain): boolean => {
  const isSo = (type: string, is: string): boolean => status?.conditions?.some((condition) => condition.type === type && condition.status === is) ?? false;
  return isSo('Accepted', 'False') && isSo('Stalled', 'True');
};

/** Whether a TenantDomain wants a seat at one of its tier's own web ACLs: it names none itself, and is not refused, since web ACLs cost money (R12). */
export const wantsSeat = (object: TenantDomain): boolean => object.spec.webACL === undefined && object.metadata.deletionTimestamp === undefined && !isRefused(object);

/** Who something of a tier's in AWS belongs to. */
export const ownerOf = ({ metadata }: EdgeTier, installation: string): Owner => ({ installation, namespace: '', name: metadata.name, uid: metadata.uid });

const customerOf = (object: TenantDomain): Customer => ({ key: keyOf(object), names: object.spec.domains.map(parseDomainName).flatMap((parsed) => (parsed.ok ? [parsed.name] : [])) });

const managedGroups = ({ spec }: EdgeTier): readonly string[] => (spec.connectionGroups ?? []).filter(({ type }) => type === 'Managed').map(({ name }) => name);

/** Whether the status shows groups that the spec does not name any more: they may be the tier's own. */
const hasForgotten = ({ spec, status }: EdgeTier): boolean => {
  const named = spec.connectionGroups ?? [];
  return named.length === 0
    ? (status?.connectionGroups ?? []).some(({ name }) => name !== accountDefaultGroup)
    : (status?.connectionGroups ?? []).some(({ name }) => named.every((group) => group.name !== name));
};

/** Whether it looks in AWS for such resources of its own: for connection groups always, for web ACLs and IP sets where it has, or may have, a web ACL. */
export const looksFor = ({ spec, status }: EdgeTier, kind: TierResource): boolean => kind === 'group' || spec.webACL.type === 'Managed' || (status?.webACLs ?? []).length > 0;

const ownsOf = (tier: EdgeTier): Subject['owns'] => ({
  webAcls: looksFor(tier, 'web-acl'),
  groups: managedGroups(tier).length > 0 || hasForgotten(tier),
});

/** Whether a group of the tier's own is to go, once no customer needs it. */
const hasRetiring = (tier: EdgeTier): boolean => hasForgotten(tier) || (tier.metadata.deletionTimestamp !== undefined && managedGroups(tier).length > 0);

/** Loads an EdgeTier; undefined where there is none by this name. */
export const loadSubject = (sources: Sources, installation: string) => (name: string): { readonly object: EdgeTier; readonly subject: Subject } | undefined => {
  const object = sources.edgeTiers.get(name);
  if (object === undefined) return undefined;
  const tenants = sources.tenantDomains.by('tier', name);
  const subject: Subject = {
    owner: ownerOf(object, installation),
    generation: object.metadata.generation,
    deleting: object.metadata.deletionTimestamp !== undefined,
    spec: object.spec,
    status: object.status,
    tenants: { total: tenants.length, ready: tenants.filter(isReady).length },
    users: tenants.length > 1000 ? tenants.slice(0, maxUsersNamed).map(keyOf) : tenants.map(keyOf).toSorted().slice(0, maxUsersNamed),
    customers: hasRetiring(object) ? sources.everyTenantDomain().map(customerOf) : [],
    owns: ownsOf(object),
  };
  return { object, subject };
};

const ipSetNamesOf = ({ spec, metadata }: EdgeTier, installation: string): readonly string[] =>
  (spec.webACL.managed?.rules ?? [])
    .filter(({ type }) => type === 'IPSet')
    .flatMap(({ name }) => ['v4', 'v6'].map((family) => tierResourceNameOf({ installation, tier: metadata.name }, 'ip-set', `${name}-${family}`)));

/** The indexes that the store of EdgeTiers has to keep for `Sources` and `wakesOf`. */
export const edgeTierIndexes = (installation: string) =>
  ({
    distribution: (tier: EdgeTier) => [tier.spec.distributionId],
    group: ({ spec, status }: EdgeTier) => [...new Set([...(spec.connectionGroups ?? []), ...(status?.connectionGroups ?? [])].flatMap(({ id }) => (id === undefined ? [] : [id])))],
    default: (tier: EdgeTier) => ((tier.spec.connectionGroups ?? []).length === 0 ? ['true'] : []),
    webAcl: ({ status }: EdgeTier) => (status?.webACLs ?? []).map(({ name }) => name),
    ipSet: (tier: EdgeTier) => ipSetNamesOf(tier, installation),
  }) as const;

const nameOf = (tier: EdgeTier): string => tier.metadata.name;

/** The tiers whose web ACL or connection group a tenant has still: when it leaves them, they may let go of it. */
const stayedWith = ({ status }: TenantDomain, { edgeTiers }: Sources): readonly string[] => {
  const { webACLArn, connectionGroupId } = status?.distributionTenant ?? {};
  const webAclName = webACLArn?.split('/').at(-2);
  return [...(webAclName === undefined ? [] : edgeTiers.by('webAcl', webAclName)), ...(connectionGroupId === undefined ? [] : edgeTiers.by('group', connectionGroupId))].map(nameOf);
};

/** What of the rest of the world wakes an EdgeTier. Counts are folded into one pass in 30 seconds. */
export const wakesOf = (sources: Sources) =>
  ({
    edgeTiers: {
      keys: (tier: EdgeTier) => [tier.metadata.name],
      facts: ({ metadata, spec, status }: EdgeTier) => ({
        uid: metadata.uid, generation: metadata.generation, deleted: metadata.deletionTimestamp, finalizers: metadata.finalizers, restraint: restraintOf(metadata.annotations),
        spec, empty: status?.observedGeneration === undefined,
      }),
    },
    tenantDomains: {
      keys: (object: TenantDomain) => [...new Set([object.spec.tierRef.name, ...stayedWith(object, sources)])],
      facts: (object: TenantDomain) => {
        const { webACLArn, connectionGroupId } = object.status?.distributionTenant ?? {};
        return { tier: object.spec.tierRef.name, ready: isReady(object), seated: wantsSeat(object), webACLArn, connectionGroupId };
      },
      coalesceMs: 30_000,
    },
    blueprints: { keys: (blueprint: Blueprint) => sources.edgeTiers.by('distribution', blueprint.id).map(nameOf), facts: (blueprint: Blueprint) => blueprint },
    connectionGroups: {
      keys: (group: ConnectionGroupSummary) => [...sources.edgeTiers.by('group', group.id), ...(group.isDefault ? sources.edgeTiers.by('default', 'true') : [])].map(nameOf),
      facts: (group: ConnectionGroupSummary) => group,
    },
    webAcls: { keys: ({ name }: WafSummary) => sources.edgeTiers.by('webAcl', name).map(nameOf), facts: (acl: WafSummary) => acl },
    ipSets: { keys: ({ name }: WafSummary) => sources.edgeTiers.by('ipSet', name).map(nameOf), facts: (set: WafSummary) => set },
  }) satisfies Record<string, Wake<never>>;
