import type { TenantDomain } from '../../crds/types.ts';
import type { Zones } from '../environment/dns/zones.ts';

const holds = ({ metadata, status }: TenantDomain, type: string): boolean =>
  status?.conditions?.some((condition) => condition.type === type && condition.status === 'True' && condition.observedGeneration === metadata.generation) ?? false;

/** Served as soon as DNS points here, and said of the present spec. */
export const isReady = (tenant: TenantDomain): boolean => holds(tenant, 'Ready');

/** Ready, and nothing is waited for any more. */
export const isPointed = (tenant: TenantDomain): boolean => isReady(tenant) && holds(tenant, 'DNSConfigured');

/** What the most obedient customer does: sets each record as soon as the status says to add it now. None of these domains is an apex. */
export const actAsCustomer = (zones: Zones, tenant: TenantDomain): void => {
  for (const { type, name, value, action, state } of tenant.status?.dnsRecords ?? []) {
    if (action === 'Add' && state !== 'Found' && type === 'CNAME') zones.set(name, type, [value]);
  }
};
