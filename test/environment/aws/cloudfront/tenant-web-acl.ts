import type {
  AssociateDistributionTenantWebACLCommandInput,
  AssociateDistributionTenantWebACLResult,
  Customizations,
  DisassociateDistributionTenantWebACLCommandInput,
  DisassociateDistributionTenantWebACLResult,
} from '@aws-sdk/client-cloudfront';
import { cloudfrontFault, invalidArgument } from '../errors.ts';
import type { World } from '../world.ts';
import { findTenant } from './find.ts';
import { checkIfMatchIfGiven } from './preconditions.ts';
import { configureTenant } from './tenant-state.ts';
import { whyWebAclNotUsable } from './web-acl-rules.ts';

/** AssociateDistributionTenantWebACL: an override by another way. */
export const associateDistributionTenantWebAcl = (
  world: World,
  input: AssociateDistributionTenantWebACLCommandInput,
): AssociateDistributionTenantWebACLResult => {
  const tenant = findTenant(world, input.Id);
  checkIfMatchIfGiven(world, tenant.etag, input.IfMatch);
  const webAcl = { Action: 'override' as const, Arn: input.WebACLArn };
  const refusal = whyWebAclNotUsable(world, webAcl, tenant.arn);
  if (refusal?.is === 'full') throw cloudfrontFault('EntityLimitExceeded', refusal.message);
  if (refusal !== undefined) throw invalidArgument(refusal.message);
  configureTenant(world, tenant, { ...tenant.config, customizations: { ...tenant.config.customizations, WebAcl: webAcl } });
  return { Id: tenant.id, WebACLArn: input.WebACLArn, ETag: tenant.etag };
};

const withoutWebAcl = (world: World, before: Customizations | undefined): Customizations | undefined => {
  if (world.knobs.disassociatedWebAcl === 'disable') return { ...before, WebAcl: { Action: 'disable' } };
  const { WebAcl: _, ...rest } = before ?? {};
  return Object.keys(rest).length === 0 ? undefined : rest;
};

/** DisassociateDistributionTenantWebACL; what it leaves is a knob. */
export const disassociateDistributionTenantWebAcl = (
  world: World,
  input: DisassociateDistributionTenantWebACLCommandInput,
): DisassociateDistributionTenantWebACLResult => {
  const tenant = findTenant(world, input.Id);
  checkIfMatchIfGiven(world, tenant.etag, input.IfMatch);
  configureTenant(world, tenant, { ...tenant.config, customizations: withoutWebAcl(world, tenant.config.customizations) });
  return { Id: tenant.id, ETag: tenant.etag };
};
