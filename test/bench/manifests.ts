import type { EdgeTierSpec, TenantDomainSpec } from '../../crds/types.ts';
import { perWebAcl } from './account.ts';
import type { Manifest } from '../environment/in-process/cluster.ts';

const apiVersion = 'tenantedge.dev/v1alpha1';
const tier = 'basic';
const namespaceCount = 10;

type TenantManifest = Manifest & { readonly metadata: { readonly name: string; readonly namespace: string }; readonly spec: TenantDomainSpec };

/** The namespaces that the tenants are spread over. */
export const namespaces: readonly Manifest[] = Array.from({ length: namespaceCount }, (_, index) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: `team-${index}` } }));

/** What the web ACLs of that tier do. A tier has 100 of them at most, so that very many tenants share one with more than AWS's default of 100. */
export const managedWebAcl = (tenants: number) =>
  ({
    defaultAction: 'Allow', tenantsPerACL: perWebAcl(tenants), rollout: { pauseSeconds: 0, observe: false },
    rules: [{ name: 'common', type: 'ManagedRuleGroup', managedRuleGroup: { vendor: 'AWS', name: 'AWSManagedRulesCommonRuleSet' } }],
  }) as const satisfies EdgeTierSpec['webACL']['managed'];

/** One tier for all. Its tenants may set the parameter `site`: an edit of it is a change of spec that needs AWS. */
export const tierManifest = (distributionId: string, groupId: string, tenants: number): Manifest => {
  const spec: Omit<EdgeTierSpec, 'certificate' | 'dns' | 'deletionPolicy'> = {
    distributionId,
    connectionGroups: [{ name: 'shared', type: 'Existing', id: groupId }],
    defaultConnectionGroup: 'shared',
    webACL: { type: 'Managed', managed: managedWebAcl(tenants) },
    tenantOverrides: { parameters: [{ name: 'site', format: 'Label' }] },
    ownership: { proof: 'None' },
    allowedNamespaces: { from: 'All' },
  };
  return { apiVersion, kind: 'EdgeTier', metadata: { name: tier }, spec };
};

/** Where that tier is found at the API server. */
export const tierPath = `/apis/${apiVersion}/edgetiers/${tier}`;

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
