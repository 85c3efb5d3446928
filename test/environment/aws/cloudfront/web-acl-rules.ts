import type { WebAclCustomization } from '@aws-sdk/client-cloudfront';
import type { World } from '../world.ts';

/** `full` is a quota, everything else is the caller's mistake, or not known yet. */
export type Refusal = { readonly is: 'invalid' | 'full'; readonly message: string };

/** Why an ACL cannot protect one more resource, if so. One that `user` has already is never full for it. */
export const whyAclNotUsable = (world: World, arn: string, user: string | undefined): Refusal | undefined => {
  const acl = world.webAcls.get(arn);
  if (acl === undefined || acl.gone || world.timeline.nowMs < acl.knownFromMs)
    return { is: 'invalid', message: 'The specified web ACL does not exist.' };
  const isNew = user === undefined || !world.uses.holds(arn, user);
  if (isNew && world.uses.held(arn) >= world.knobs.maxAssociationsPerWebAcl)
    return { is: 'full', message: `The web ACL is associated with the maximum of ${world.knobs.maxAssociationsPerWebAcl} resources.` };
  return undefined;
};

/** Why a tenant's web ACL setting is refused, if so. */
export const whyWebAclNotUsable = (world: World, setting: WebAclCustomization | undefined, tenantArn: string | undefined): Refusal | undefined => {
  if (setting === undefined) return undefined;
  const { Action: action, Arn: arn } = setting;
  if (action === 'disable') return arn === undefined ? undefined : { is: 'invalid', message: 'A web ACL that is disabled takes no ARN.' };
  if (action !== 'override') return { is: 'invalid', message: 'The web ACL action is not valid.' };
  if (arn === undefined) return { is: 'invalid', message: 'A web ACL override needs an ARN.' };
  const refusal = whyAclNotUsable(world, arn, tenantArn);
  return refusal?.is === 'full' && !world.knobs.overridesCountTowardsWebAclQuota ? undefined : refusal;
};
