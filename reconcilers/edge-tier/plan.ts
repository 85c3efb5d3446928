import type { Plan } from '../contract.ts';
import { planConnectionGroups, type ConnectionGroupsObserved } from './connection-group/plan.ts';
import { planDistribution, type DistributionObserved } from './distribution/plan.ts';
import type { Subject } from './subject.ts';
import { planWebAcl, type WebAclObserved } from './web-acl/plan.ts';

/** The world of one EdgeTier, as it was seen. */
export type Observed = { readonly distribution: DistributionObserved; readonly groups: ConnectionGroupsObserved; readonly webAcl: WebAclObserved };

/** Decides about one EdgeTier: pure. A tier in use is held by its finalizer until the last tenant has left. */
export const planEdgeTier = (subject: Subject, observed: Observed): Plan<never> => {
  const { spec, status, deleting, tenants } = subject;
  const decisions = [
    planDistribution(spec.distributionId, observed.distribution, status?.distribution?.arn),
    planConnectionGroups(observed.groups),
    planWebAcl(spec.webACL, observed.webAcl),
  ];
  return { decisions, finalizer: deleting && tenants.total === 0 ? 'lift' : 'keep' };
};
