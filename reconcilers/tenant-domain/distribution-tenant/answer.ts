import type { DistributionTenant } from '@aws-sdk/client-cloudfront';
import type { Parameter } from '../../../crds/types.ts';
import { tenantSummaryFrom } from '../../aws/summaries.ts';
import type { TenantSummary } from '../../ports/fleet.ts';
import type { Tenant } from './tenant.ts';

const parametersFrom = ({ Parameters }: DistributionTenant): readonly Parameter[] =>
  (Parameters ?? []).map(({ Name, Value }) => ({ name: Name ?? '', value: Value ?? '' })).toSorted((a, b) => (a.name < b.name ? -1 : 1));

/** A whole tenant as Get, Create and Update answer it: `summary` is what a list would say of it. */
export const tenantFrom = (tenant: DistributionTenant, etag: string | undefined): { readonly summary: TenantSummary; readonly tenant: Tenant } => {
  const summary = tenantSummaryFrom(tenant, etag);
  return { summary, tenant: { ...summary, parameters: parametersFrom(tenant) } };
};
