import type {
  DistributionTenantSummary,
  GetDistributionTenantByDomainCommandInput,
  GetDistributionTenantResult,
  ListDistributionTenantsByCustomizationCommandInput,
  ListDistributionTenantsCommandInput,
  ListDistributionTenantsResult,
} from '@aws-sdk/client-cloudfront';
import { entityNotFound, invalidArgument } from '../errors.ts';
import { pageOf } from '../paging.ts';
import type { World } from '../world.ts';
import { findGroup } from './find.ts';
import { pageSize } from './page-size.ts';

type Paged = { readonly Marker?: string | undefined; readonly MaxItems?: number | undefined };

const listWhere = (world: World, input: Paged, isWanted: (summary: DistributionTenantSummary) => boolean): ListDistributionTenantsResult => {
  const page = pageOf(world, world.tenants, {
    marker: input.Marker,
    size: pageSize(input.MaxItems),
    show: (tenant) => {
      const summary = tenant.shown.read(world.timeline.nowMs)?.summary;
      return summary !== undefined && isWanted(summary) ? summary : undefined;
    },
    badMarker: () => invalidArgument('The marker is not valid.'),
  });
  return { DistributionTenantList: [...page.items], ...(page.next !== undefined && { NextMarker: page.next }) };
};

/** ListDistributionTenants: summaries have neither parameters nor tags. */
export const listDistributionTenants = (world: World, input: ListDistributionTenantsCommandInput): ListDistributionTenantsResult => {
  const { DistributionId: distributionId, ConnectionGroupId: groupId } = input.AssociationFilter ?? {};
  if (distributionId !== undefined && groupId !== undefined) throw invalidArgument('Only one association can be asked for.');
  if (distributionId !== undefined && world.distributions.get(distributionId) === undefined) throw entityNotFound('distribution');
  if (groupId !== undefined) findGroup(world, groupId);
  return listWhere(
    world,
    input,
    (summary) =>
      (distributionId === undefined || summary.DistributionId === distributionId) && (groupId === undefined || summary.ConnectionGroupId === groupId),
  );
};

/** ListDistributionTenantsByCustomization, by one of web ACL and certificate. */
export const listDistributionTenantsByCustomization = (
  world: World,
  input: ListDistributionTenantsByCustomizationCommandInput,
): ListDistributionTenantsResult => {
  const { WebACLArn: webAclArn, CertificateArn: certificateArn } = input;
  if ((webAclArn === undefined) === (certificateArn === undefined)) throw invalidArgument('Either a web ACL or a certificate must be given.');
  return listWhere(world, input, ({ Customizations: customizations }) =>
    webAclArn === undefined ? customizations?.Certificate?.Arn === certificateArn : customizations?.WebAcl?.Arn === webAclArn,
  );
};

/** GetDistributionTenantByDomain: the exact name; names of distributions and of other accounts are not found. */
export const getDistributionTenantByDomain = (world: World, input: GetDistributionTenantByDomainCommandInput): GetDistributionTenantResult => {
  const holder = world.domains.get(input.Domain ?? '');
  const view = holder?.kind === 'tenant' ? holder.tenant.shown.read(world.timeline.nowMs) : undefined;
  if (view === undefined) throw entityNotFound('distribution tenant');
  return { DistributionTenant: view.tenant, ETag: view.etag };
};
