import type { Kind } from '../contract.ts';
import type { Aws } from '../ports/aws.ts';
import type { Fleet } from '../ports/fleet.ts';
import { connectionGroupObserver } from './connection-group/observe.ts';
import { distributionObserver } from './distribution/observe.ts';
import { planEdgeTier } from './plan.ts';
import { type EdgeTierKind, edgeTierStatus } from './status.ts';
import { loadSubject, type Sources } from './subject.ts';
import { webAclObserver } from './web-acl/observe.ts';

export type EdgeTierPorts = { readonly aws: Aws; readonly fleet: Fleet; readonly sources: Sources };

/** The kind EdgeTier: a plan that a platform sells. */
export const edgeTierKind = ({ aws, fleet, sources }: EdgeTierPorts): Kind<EdgeTierKind> => {
  const observeDistribution = distributionObserver(fleet);
  const observeGroups = connectionGroupObserver(fleet);
  const observeWebAcl = webAclObserver(aws);
  return {
    name: 'EdgeTier',
    load: loadSubject(sources),
    observe: async ({ spec }, look) => {
      const [distribution, groups, webAcl] = await Promise.all([
        observeDistribution(spec.distributionId, look),
        observeGroups(spec.connectionGroups ?? [], look),
        observeWebAcl(spec.webACL, look),
      ]);
      return { distribution, groups, webAcl };
    },
    plan: planEdgeTier,
    apply: () => Promise.resolve(undefined),
    remember: () => undefined,
    status: edgeTierStatus,
  };
};
