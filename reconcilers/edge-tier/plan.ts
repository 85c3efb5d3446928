import type { Decision, Plan } from '../contract.ts';
import { planConnectionGroups } from './connection-group/plan.ts';
import type { ConnectionGroupAction, ConnectionGroupsObserved } from './connection-group/connection-group.ts';
import { planDistribution, type DistributionObserved } from './distribution/plan.ts';
import type { Subject } from './subject.ts';
import { planWebAcl } from './web-acl/plan.ts';
import type { WebAclAction, WebAclObserved, WebAclSpec } from './web-acl/web-acl.ts';

/** The world of one EdgeTier, as it was seen. `claims`: seats at its web ACLs that somebody wants or has. */
export type Observed = { readonly distribution: DistributionObserved; readonly groups: ConnectionGroupsObserved; readonly webAcl: WebAclObserved; readonly claims: number };

export type EdgeTierAction = ConnectionGroupAction | WebAclAction;

/** Whether the tier is being deleted and nobody needs it any more. */
export const isBeingTornDown = ({ deleting, tenants }: Subject): boolean => deleting && tenants.total === 0;

/** What is asked of the tier's web ACLs. */
export const webAclSpecOf = ({ spec, status }: Subject, { claims }: Observed): WebAclSpec => ({
  webAcl: spec.webACL, tenants: claims, rollout: status?.rollout, published: status?.webACLs,
});

const groupsSpecOf = ({ spec, status, tenants }: Subject) => ({ groups: spec.connectionGroups ?? [], published: status?.connectionGroups, hasTenants: tenants.total > 0 });

/** What stays in AWS when a tier goes that retains it. */
const retained = ({ status }: Subject, { webAcl: { ours } }: Observed, hasGroups: boolean): string => {
  const kept = [
    ...(status?.webACLs ?? []).map(({ name }) => `web ACL ${name}`),
    ...(ours.known ? ours.value.ipSets.map(({ name }) => `IP set ${name}`) : []),
    ...(hasGroups ? (status?.connectionGroups ?? []).map(({ id, name }) => `connection group ${id ?? name}`) : []),
  ];
  return `spec.deletionPolicy is Retain: ${kept.length > 0 ? `left in AWS as it is: ${kept.join(', ')}` : 'the tier had nothing of its own in AWS'}`;
};

/** Decides about one EdgeTier: pure. A tier in use is held by its finalizer until the last tenant has left, and serves until then. */
export const planEdgeTier = (subject: Subject, observed: Observed, now: Date): Plan<EdgeTierAction> => {
  const { spec, status, owns } = subject;
  const isGoing = isBeingTornDown(subject);
  const { groups: seenGroups, webAcl: { ours } } = observed;
  const hasGroups = owns.groups || (seenGroups.known && seenGroups.value.own.length > 0);
  const hasWebAcls = owns.webAcls || (ours.known && ours.value.acls.length + ours.value.ipSets.length > 0);
  if (isGoing && spec.deletionPolicy === 'Retain') return { decisions: [], finalizer: 'lift', notices: [{ reason: 'Retained', message: retained(subject, observed, hasGroups) }] };
  const groups = planConnectionGroups(isGoing && hasGroups ? { is: 'absent' } : { is: 'present', spec: groupsSpecOf(subject) }, seenGroups, now);
  const webAcl = planWebAcl(isGoing && hasWebAcls ? { is: 'absent' } : { is: 'present', spec: webAclSpecOf(subject, observed) }, observed.webAcl, now);
  // What is not the tier's own is judged to the end, and holds nothing up.
  const own: readonly Decision<EdgeTierAction>[] = [...(hasGroups ? [groups] : []), ...(hasWebAcls ? [webAcl] : [])];
  return {
    decisions: [planDistribution(spec.distributionId, observed.distribution, status?.distribution?.arn), groups, webAcl],
    finalizer: isGoing && own.every(({ move }) => move.is === 'gone') ? 'lift' : 'keep',
  };
};
