import type { EdgeTierSpec, TenantDomainSpec } from '../../crds/types.ts';
import type { Manifest } from '../environment/in-process/cluster.ts';

const apiVersion = 'tenantedge.dev/v1alpha1';
const tier = 'basic';
const namespaceCount = 10;

type TenantManifest = Manifest & { readonly metadata: { readonly name: string; readonly namespace: string }; readonly spec: TenantDomainSpec };

/** The namespaces that the tenants are spread over. */
export const namespaces: readonly Manifest[] = Array.from({ length: namespaceCount }, (_, index) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: `team-${index}` } }));

/** One tier for all. Its tenants may set the parameter `site`: an edit of it is a change of spec that needs AWS. */
export const tierManifest = (distributionId: string, groupId: string): Manifest => {
  const spec: Omit<EdgeTierSpec, 'webACL' | 'certificate' | 'dns' | 'deletionPolicy'> = {
    distributionId,
    connectionGroups: [{ name: 'shared', type: 'Existing', id: groupId }],
    defaultConnectionGroup: 'shared',
    tenantOverrides: { parameters: [{ name: 'site', format: 'Label' }] },
    ownership: { proof: 'None' },
    allowedNamespaces: { from: 'All' },
  };
  return { apiVersion, kind: 'EdgeTier', metadata: { name: tier }, spec };
};

/** The distribution of that tier. */
export const blueprint = { parameters: [{ Name: 'site', Definition: { StringSchema: { Required: false } } }] };

/** One customer, on one domain of their own. */
export const tenantManifest = (index: number): TenantManifest => {
  const name = `customer-${String(index).padStart(6, '0')}`;
  return {
    apiVersion,
    kind: 'TenantDomain',
    metadata: { name, namespace: `team-${index % namespaceCount}` },
    spec: { tierRef: { name: tier }, domains: [`shop.${name}.example`], enabled: true },
  };
};

/** Where a TenantDomain is found at the API server; without a name, where it is created. */
export const tenantPath = (namespace: string, name?: string): string => `/apis/${apiVersion}/namespaces/${namespace}/tenantdomains${name === undefined ? '' : `/${name}`}`;
