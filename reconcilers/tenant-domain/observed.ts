import type { CertificateObserved, Serving } from './certificate/certificate.ts';
import type { Tenant, TenantObserved } from './distribution-tenant/tenant.ts';
import type { TrafficObserved } from './traffic/traffic.ts';

/** The world of one TenantDomain, as it was seen. */
export type Observed = { readonly certificate: CertificateObserved; readonly tenant: TenantObserved; readonly traffic: TrafficObserved };

/** The tenant, where one of ours was seen. */
export const tenantOf = ({ tenant }: Pick<Observed, 'tenant'>): Tenant | undefined => (tenant.tenant.known && tenant.tenant.value.is === 'present' ? tenant.tenant.value.tenant : undefined);

/** What the tenant holds now, as far as its certificate is concerned. */
export const servingOf = (observed: Pick<Observed, 'tenant'>): Serving => {
  if (!observed.tenant.tenant.known) return { is: 'unknown' };
  const tenant = tenantOf(observed);
  if (tenant === undefined) return { is: 'none' };
  const active = tenant.domains.flatMap((domain) => (domain.active ? [domain.name] : []));
  return { is: 'some', arn: tenant.certificateArn, settled: tenant.deployed && active.length === tenant.domains.length, active };
};
