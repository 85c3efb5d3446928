import type { DomainName } from '../../../crds/domain-name.ts';
import { hashOfConfig, type Lack, type MoveRefusal, type Moving, type Tenant, type TenantConfig, type TenantSpec } from './tenant.ts';

/*
 * A tenant moves to another distribution in one update. Whether AWS allows that at all, and with what else, is not documented.
 *
 *   here ──together──> there                        what a tenant has beside, its web ACL before all, is never given up on the way
 *     │ refused          ^ the rest
 *     └────alone─────> there, as it was
 *            │ refused
 *            └─> stays, served as before, until AWS's refusal is forgotten; then it is tried again, which nobody hears of who was told
 */

/** What an update is to make of the tenant now. `stays`: why that is not all, and that it is left where it is. */
export type Step = { readonly config: TenantConfig; readonly moving: Moving | undefined; readonly stays: Lack | undefined };

/** Where it stays, what the place brings with it stays too: the parameters that the distribution defines, the group, the web ACL. */
const staying = (wanted: TenantConfig, tenant: Tenant): TenantConfig => ({
  ...wanted,
  distributionId: tenant.distributionId,
  connectionGroupId: tenant.connectionGroupId,
  webAcl: tenant.webAcl,
  parameters: tenant.parameters ?? wanted.parameters,
});

/** Nothing but the place, and the parameters that it asks for. */
const movedAlone = (wanted: TenantConfig, tenant: Tenant): TenantConfig => ({
  distributionId: wanted.distributionId,
  parameters: wanted.parameters,
  connectionGroupId: tenant.connectionGroupId,
  domains: tenant.domains.map(({ name }) => name as DomainName),
  certificateArn: tenant.certificateArn,
  webAcl: tenant.webAcl,
  geo: tenant.geo,
  enabled: tenant.enabled,
});

/** Names that need a certificate come with its request, and a request is not mixed into a move. */
const withoutGrowth = (wanted: TenantConfig, tenant: Tenant): TenantConfig => {
  const present = tenant.domains.map(({ name }) => name as DomainName);
  const kept = present.filter((name) => wanted.domains.includes(name));
  return { ...wanted, domains: kept.length > 0 ? kept : present };
};

/** The next step from what the tenant is to what is wanted, given what AWS refused before: pure. */
export const nextStep = (wanted: TenantConfig, { lacks, request }: Pick<TenantSpec, 'lacks' | 'request'>, refusals: readonly MoveRefusal[], tenant: Tenant): Step => {
  const lack = lacks?.of === 'webAcl' ? lacks : undefined;
  if (wanted.distributionId === tenant.distributionId) return { config: lack ? { ...wanted, webAcl: tenant.webAcl } : wanted, moving: undefined, stays: lacks };
  const refused = (moving: Moving): MoveRefusal | undefined => refusals.findLast((refusal) => refusal.to === wanted.distributionId && refusal.moving === moving);
  const alone = refused('alone');
  const stays: Lack | undefined = lack ?? (alone && { reason: 'MoveRefused', message: alone.message });
  if (stays) return { config: staying(wanted, tenant), moving: undefined, stays };
  const all = request === undefined ? wanted : withoutGrowth(wanted, tenant);
  const least = movedAlone(wanted, tenant);
  const isAlone = refused('together') !== undefined || hashOfConfig(all) === hashOfConfig(least);
  return { config: isAlone ? least : all, moving: isAlone ? 'alone' : 'together', stays: undefined };
};
