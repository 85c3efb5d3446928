import type { DistributionResourceId } from '@aws-sdk/client-cloudfront';
import { covers, isServing } from '../acm/coverage.ts';
import { entityNotFound, invalidArgument } from '../errors.ts';
import type { World } from '../world.ts';
import { findTenant } from './find.ts';
import type { Distribution, Tenant } from './state.ts';
import { certificateFor } from './tenant-state.ts';

/** What can have names. */
export type Resource = { readonly kind: 'tenant'; readonly tenant: Tenant } | { readonly kind: 'distribution'; readonly distribution: Distribution };

/** The tenant or distribution that a request names: exactly one of the two. */
export const resourceOf = (world: World, id: DistributionResourceId | undefined): Resource => {
  const { DistributionTenantId: tenantId, DistributionId: distributionId } = id ?? {};
  if ((tenantId === undefined) === (distributionId === undefined)) throw invalidArgument('Either a distribution or a distribution tenant must be given.');
  if (tenantId !== undefined) return { kind: 'tenant', tenant: findTenant(world, tenantId) };
  const distribution = world.distributions.get(distributionId);
  if (distribution === undefined || distribution.gone) throw entityNotFound('distribution');
  return { kind: 'distribution', distribution };
};

/** Whether the resource has a certificate for a name. */
export const hasCertificateFor = (world: World, resource: Resource, domain: string): boolean => {
  if (resource.kind === 'tenant') return certificateFor(world, resource.tenant.config, domain) !== undefined;
  const certificate = world.certificates.get(resource.distribution.config.ViewerCertificate?.ACMCertificateArn);
  return isServing(certificate, world.timeline.nowMs) && covers(certificate.names, domain);
};
