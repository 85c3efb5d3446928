import { type DomainName, parseDomainName, sortedNames } from '../../crds/domain-name.ts';
import type { EdgeTier, TenantDomain, TenantDomainStatus } from '../../crds/types.ts';
import type { Owner } from '../aws/mark.ts';
import type { Wake } from '../contract.ts';
import { tenantNameOf } from '../names.ts';
import type { Labels } from '../namespaces.ts';
import type { CertificateSummary, RenewalSummary, TenantSummary } from '../ports/fleet.ts';
import type { Lookup } from '../ports/objects.ts';
import { restraintOf } from '../restraint.ts';
import { tierFacts } from '../tier-facts.ts';
import { accept, type Accepted } from './accept.ts';
import { presentOf } from './group.ts';

/** As much of a Namespace as is kept. */
export type Namespace = { readonly metadata: { readonly name: string; readonly labels?: Labels } };

/** What `load` reads: memory only. */
export type Sources = {
  readonly tenantDomains: Lookup<TenantDomain, 'tier' | 'namespace' | 'tenant' | 'certificate'>;
  readonly edgeTiers: Lookup<EdgeTier>;
  readonly namespaces: Lookup<Namespace>;
};

/** A TenantDomain with the facts it depends on. `names`: what of spec.domains is valid. `retain`: its deletion leaves AWS as it is. */
export type Subject = {
  readonly owner: Owner;
  readonly names: readonly DomainName[];
  readonly generation: number;
  readonly deleting: boolean;
  readonly retain: { readonly is: boolean; readonly because: string };
  readonly accepted: Accepted;
  readonly status: TenantDomainStatus | undefined;
};

const keyOf = (object: TenantDomain): string => `${object.metadata.namespace ?? ''}/${object.metadata.name}`;

/** Who something of this object's in AWS belongs to. */
export const ownerOf = (object: TenantDomain, installation: string): Owner => ({
  installation, namespace: object.metadata.namespace ?? '', name: object.metadata.name, uid: object.metadata.uid,
});

const retainOf = (object: TenantDomain, tier: EdgeTier | undefined): Subject['retain'] => {
  const own = object.spec.deletionPolicy;
  if (own !== undefined) return { is: own === 'Retain', because: `spec.deletionPolicy is ${own}` };
  if (tier === undefined) return { is: true, because: `EdgeTier "${object.spec.tierRef.name}" is gone, so its deletionPolicy is not known` };
  return { is: tier.spec.deletionPolicy === 'Retain', because: `the deletionPolicy of EdgeTier "${tier.metadata.name}" is ${tier.spec.deletionPolicy}` };
};

/** Loads a TenantDomain and what it refers to; undefined where there is none by this key. */
export const loadSubject = (sources: Sources, installation: string) => (key: string): { readonly object: TenantDomain; readonly subject: Subject } | undefined => {
  const object = sources.tenantDomains.get(key);
  if (object === undefined) return undefined;
  const tier = sources.edgeTiers.get(object.spec.tierRef.name);
  const namespace = sources.namespaces.get(object.metadata.namespace ?? '');
  const subject: Subject = {
    owner: ownerOf(object, installation),
    names: sortedNames(object.spec.domains.map(parseDomainName).flatMap((parsed) => (parsed.ok ? [parsed.name] : []))),
    generation: object.metadata.generation,
    deleting: object.metadata.deletionTimestamp !== undefined,
    retain: retainOf(object, tier),
    accepted: accept(object.spec, tier && tierFacts(tier), namespace && { name: namespace.metadata.name, labels: namespace.metadata.labels ?? {} }, presentOf(object)),
    status: object.status,
  };
  return { object, subject };
};

/** The indexes that the store of TenantDomains has to keep for `Sources` and `wakesOf`. */
export const tenantDomainIndexes = (installation: string) =>
  ({
    tier: (object: TenantDomain) => [object.spec.tierRef.name],
    namespace: (object: TenantDomain) => [object.metadata.namespace ?? ''],
    tenant: (object: TenantDomain) => [tenantNameOf(ownerOf(object, installation))],
    certificate: (object: TenantDomain) => [...(object.spec.certificate ? [object.spec.certificate.arn] : []), ...(object.status?.certificates ?? []).map(({ arn }) => arn)],
  }) as const;

/** What of the rest of the world wakes a TenantDomain. */
export const wakesOf = (sources: Sources) =>
  ({
    tenantDomains: {
      keys: (object: TenantDomain) => [keyOf(object)],
      facts: ({ metadata, spec, status }: TenantDomain) => ({ uid: metadata.uid, generation: metadata.generation, deleted: metadata.deletionTimestamp, finalizers: metadata.finalizers, restraint: restraintOf(metadata.annotations), spec, empty: status?.observedGeneration === undefined }),
    },
    edgeTiers: { keys: (tier: EdgeTier) => sources.tenantDomains.by('tier', tier.metadata.name).map(keyOf), facts: tierFacts },
    namespaces: {
      keys: (namespace: Namespace) => sources.tenantDomains.by('namespace', namespace.metadata.name).map(keyOf),
      facts: (namespace: Namespace) => namespace.metadata.labels,
    },
    tenants: { keys: (tenant: TenantSummary) => sources.tenantDomains.by('tenant', tenant.name).map(keyOf), facts: (tenant: TenantSummary) => tenant },
    certificates: {
      keys: (certificate: CertificateSummary) => sources.tenantDomains.by('certificate', certificate.arn).map(keyOf),
      facts: ({ status, inUse, names }: CertificateSummary) => ({ status, inUse, names }),
    },
    renewals: {
      keys: (renewal: RenewalSummary) => sources.tenantDomains.by('certificate', renewal.arn).map(keyOf),
      facts: ({ status }: RenewalSummary) => status,
    },
  }) satisfies Record<string, Wake<never>>;
