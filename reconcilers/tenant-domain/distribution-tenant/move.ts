import type { DomainName } from '../../../crds/domain-name.ts';
import { type CertificateRequest, hashOfConfig, type Lack, type MoveRefusal, type Moving, type Tenant, type TenantConfig, type TenantSpec } from './tenant.ts';

/*
 * A tenant moves to another distribution in one update. Whether AWS allows that at all, and with what else, is not documented.
 *
 *   here ──together──> there                        what a tenant has beside, its web ACL before all, is never given up on the way
 *     │ refused          ^ the rest
 *     ├────equipped───> here, with its own of what it had of the distribution; then together again
 *     └────alone──────> there, as it was
 *            │ refused
 *            └─> stays, served as before, until AWS's refusal is forgotten; then it is tried again, which nobody hears of who was told
 *
 * A refusal may mean no more than that CloudFront does not know a fresh web ACL or certificate yet. To equip the tenant waits for that.
 */

/** What an update is to make of the tenant now, and what CloudFront is asked for with it. `stays`: why that is not all, and that it is left where it is. */
export type Step = { readonly config: TenantConfig; readonly moving: Moving | undefined; readonly request: CertificateRequest | undefined; readonly stays: Lack | undefined };

/** As it is; its parameters, where they were not read, as wanted. */
const asItIs = (wanted: TenantConfig, tenant: Tenant): TenantConfig => ({
  distributionId: tenant.distributionId,
  connectionGroupId: tenant.connectionGroupId,
  domains: tenant.domains.map(({ name }) => name as DomainName),
  certificateArn: tenant.certificateArn,
  webAcl: tenant.webAcl,
  geo: tenant.geo,
  parameters: tenant.parameters ?? wanted.parameters,
  enabled: tenant.enabled,
});

/** Nothing but the place, and the parameters that it asks for. */
const movedAlone = (wanted: TenantConfig, tenant: Tenant): TenantConfig => ({ ...asItIs(wanted, tenant), distributionId: wanted.distributionId, parameters: wanted.parameters });

/** As it is, with its own of what it has of its distribution, as far as one is wanted: the other distribution may have none of it. */
const equipped = (wanted: TenantConfig, tenant: Tenant): TenantConfig => ({
  ...asItIs(wanted, tenant),
  certificateArn: tenant.certificateArn ?? wanted.certificateArn,
  webAcl: tenant.webAcl.is === 'inherit' && wanted.webAcl.is === 'override' ? wanted.webAcl : tenant.webAcl,
  geo: tenant.geo ?? wanted.geo,
});

/** Without the names that are new, one being kept in any case. */
const withoutGrowth = (wanted: TenantConfig, tenant: Tenant): TenantConfig => {
  const present = tenant.domains.map(({ name }) => name as DomainName);
  const kept = present.filter((name) => wanted.domains.includes(name));
  return { ...wanted, domains: kept.length > 0 ? kept : present };
};

/**
 * Where it stays, what the place brings with it stays too: the parameters that the distribution defines, the group, the web ACL. So does the
 * certificate of one that is to be served with the other distribution's, which secures nothing here.
 */
const staying = (wanted: TenantConfig, request: CertificateRequest | undefined, tenant: Tenant): TenantConfig => {
  const isBare = wanted.certificateArn === undefined && request === undefined;
  return {
    ...(isBare ? { ...withoutGrowth(wanted, tenant), certificateArn: tenant.certificateArn } : wanted),
    distributionId: tenant.distributionId,
    connectionGroupId: tenant.connectionGroupId,
    webAcl: tenant.webAcl,
    parameters: tenant.parameters ?? wanted.parameters,
  };
};

/** The next step from what the tenant is to what is wanted, given what AWS refused before: pure. */
export const nextStep = (wanted: TenantConfig, { lacks, request }: Pick<TenantSpec, 'lacks' | 'request'>, refusals: readonly MoveRefusal[], tenant: Tenant): Step => {
  const here = { moving: undefined, request, stays: lacks };
  if (wanted.distributionId === tenant.distributionId) return { ...here, config: lacks?.of === 'webAcl' ? { ...wanted, webAcl: tenant.webAcl } : wanted };
  const refused = (moving: Moving): MoveRefusal | undefined => refusals.findLast((refusal) => refusal.to === wanted.distributionId && refusal.moving === moving);
  const alone = refused('alone');
  const stays: Lack | undefined = lacks ?? (alone && { of: 'move', reason: 'MoveRefused', message: alone.message });
  if (stays) return { ...here, config: staying(wanted, request, tenant), stays };
  // Names that need a certificate come with its request, and a request is not mixed into a move.
  const move = { request: undefined, stays: undefined };
  const all = request === undefined ? wanted : withoutGrowth(wanted, tenant);
  const least = movedAlone(wanted, tenant);
  if (hashOfConfig(all) === hashOfConfig(least)) return { ...move, config: least, moving: 'alone' };
  if (refused('together') === undefined) return { ...move, config: all, moving: 'together' };
  const own = equipped(wanted, tenant);
  return hashOfConfig(own) === hashOfConfig(asItIs(wanted, tenant)) ? { ...move, config: least, moving: 'alone' } : { ...move, config: own, moving: undefined };
};
