import type {
  GetManagedCertificateDetailsCommandInput,
  GetManagedCertificateDetailsResult,
  ManagedCertificateRequest,
  ManagedCertificateStatus,
} from '@aws-sdk/client-cloudfront';
import { addCertificate } from '../acm/lifecycle.ts';
import { spendCertificateQuota } from '../acm/requests.ts';
import type { Certificate } from '../acm/state.ts';
import { domainValidations } from '../acm/views.ts';
import { AwsFault } from '../contract.ts';
import { committedFault, entityNotFound, invalidArgument } from '../errors.ts';
import { managedCertificateNeed } from '../iam/needs-acm.ts';
import type { World } from '../world.ts';
import { findTenant } from './find.ts';
import { pointsTo } from './ownership.ts';
import type { Tenant, TenantConfig } from './state.ts';
import { touchTenant } from './tenant-state.ts';
import { uncovered } from './tenant-validation.ts';

const ownershipText =
  'The provided Domain Name is not valid. Could not verify Domain Name ownership. It may not be pointing to a valid CloudFront resource.';

/**
 * The names to request a certificate for, none if the request is to be ignored. With host `cloudfront` every name that no certificate
 * covers yet must point to the endpoint: one that does not refuses all.
 */
export const namesToRequest = (
  world: World,
  config: TenantConfig,
  request: ManagedCertificateRequest,
  proven: ReadonlySet<string>,
): readonly string[] => {
  const { ValidationTokenHost: host, PrimaryDomainName: primary } = request;
  if (host !== 'cloudfront' && host !== 'self-hosted') throw invalidArgument('The validation token host is not valid.');
  if (primary !== undefined && !config.domains.includes(primary)) throw invalidArgument('The primary domain name is not one of the domains.');
  const open = uncovered(world, config);
  if (open.length === 0 && world.knobs.managedRequestWhenCovered === 'ignore') return [];
  if (open.some((name) => name.startsWith('*'))) throw invalidArgument('A wildcard domain cannot have a managed certificate.');
  if (host === 'cloudfront' && open.some((name) => !proven.has(name))) throw invalidArgument(ownershipText);
  const names = config.domains.filter((name) => !name.startsWith('*'));
  return primary === undefined ? names : [primary, ...names.filter((name) => name !== primary)];
};

/** Only one request may be pending for a tenant. */
export const checkNonePending = (world: World, tenant: Tenant): void => {
  if (world.certificates.get(tenant.managed?.certificateArn)?.status === 'PENDING_VALIDATION')
    throw invalidArgument('A managed certificate request is already pending for the distribution tenant.');
};

/** Who has moved its tenant to another group is served on through the old one, and so is the proof: at renewal any group's endpoint will do. */
const endpointsFor = (world: World, tenant: Tenant, at: 'issuance' | 'renewal'): readonly string[] =>
  at === 'issuance'
    ? [world.groups.get(tenant.config.connectionGroupId)?.endpoint ?? '']
    : world.groups.values().filter(({ gone, deployedEnabled }) => !gone && deployedEnabled).map(({ endpoint }) => endpoint);

const isProved = async (world: World, tenant: Tenant, names: readonly string[], at: 'issuance' | 'renewal'): Promise<boolean> => {
  const isSelfHosted = tenant.managed?.host === 'self-hosted';
  const endpoints = endpointsFor(world, tenant, at);
  const isServed = async (name: string): Promise<boolean> => (await Promise.all(endpoints.map((endpoint) => pointsTo(world, name, endpoint)))).some(Boolean);
  const proofs = await Promise.all(names.map(async (name) => (isSelfHosted && world.servedTokens.has(name)) || (await isServed(name))));
  return proofs.every(Boolean);
};

/** Requests the certificate in ACM with the caller's permissions. The tenant has been written before, and stays if this fails. */
export const startManagedRequest = (world: World, tenant: Tenant, names: readonly string[], request: ManagedCertificateRequest): void => {
  if (names.length === 0) return;
  const lacking = world.rights.refusal(managedCertificateNeed(world));
  if (lacking !== undefined) throw committedFault('AccessDenied', lacking);
  if (world.knobs.managedCertificatesCountTowardsQuota) spend(world);
  const certificate = addCertificate(world, {
    names,
    keyAlgorithm: 'RSA_2048',
    type: 'AMAZON_ISSUED',
    method: 'HTTP',
    managed: {
      isProved: (at) => isProved(world, tenant, names, at),
      changed: () => {
        touchTenant(world, tenant);
      },
    },
  });
  tenant.managed = { certificateArn: certificate.id, host: request.ValidationTokenHost ?? 'cloudfront' };
};

const spend = (world: World): void => {
  try {
    spendCertificateQuota(world);
  } catch (cause) {
    if (cause instanceof AwsFault) throw committedFault('EntityLimitExceeded', cause.message);
    throw cause;
  }
};

/** CloudFront's words for ACM's states. */
const statuses = {
  PENDING_VALIDATION: 'pending-validation',
  ISSUED: 'issued',
  INACTIVE: 'inactive',
  EXPIRED: 'expired',
  VALIDATION_TIMED_OUT: 'validation-timed-out',
  REVOKED: 'revoked',
  FAILED: 'failed',
} as const satisfies Record<Certificate['status'], ManagedCertificateStatus>;

/** GetManagedCertificateDetails: a tenant that never asked for one is not told from one that does not exist. */
export const getManagedCertificateDetails = (
  world: World,
  input: GetManagedCertificateDetailsCommandInput,
): GetManagedCertificateDetailsResult => {
  const tenant = findTenant(world, input.Identifier);
  const certificate = world.certificates.get(tenant.managed?.certificateArn);
  if (tenant.managed === undefined || certificate === undefined || certificate.gone) throw entityNotFound('managed certificate');
  const details = (domainValidations(world, certificate) ?? []).map(({ DomainName: domain, HttpRedirect: redirect }) => ({
    Domain: domain,
    ...(redirect !== undefined && { RedirectTo: redirect.RedirectTo, RedirectFrom: redirect.RedirectFrom }),
  }));
  return {
    ManagedCertificateDetails: {
      CertificateArn: certificate.id,
      CertificateStatus: statuses[certificate.status],
      ValidationTokenHost: tenant.managed.host,
      ValidationTokenDetails: details,
    },
  };
};
