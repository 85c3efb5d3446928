import type { Marks } from '../aws/mark.ts';
import type { Kind, Look } from '../contract.ts';
import type { Aws } from '../ports/aws.ts';
import type { Dns } from '../ports/dns.ts';
import type { Fleet } from '../ports/fleet.ts';
import type { Seats } from '../seats.ts';
import { applyConnectionGroup } from './connection-group/apply.ts';
import { connectionGroupObserver } from './connection-group/observe.ts';
import { distributionObserver } from './distribution/observe.ts';
import type { EdgeTierKind } from './kind.ts';
import { type Observed, planEdgeTier } from './plan.ts';
import { edgeTierStatus } from './status.ts';
import { loadSubject, type Sources, type Subject, wantsSeat } from './subject.ts';
import { applyWebAcl } from './web-acl/apply.ts';
import { webAclObserver } from './web-acl/observe.ts';
import { createReplaced } from './web-acl/replaced.ts';
import type { WebAclObserved } from './web-acl/web-acl.ts';

export type EdgeTierPorts = {
  readonly aws: Aws;
  readonly fleet: Fleet;
  readonly marks: Marks;
  readonly dns: Dns;
  readonly seats: Seats;
  readonly now: () => Date;
  /** How long a connection group is kept after the last sight of a use. */
  readonly groupLingerMs: number;
  readonly sources: Sources;
  readonly installation: string;
};

/**
 * How many seats at the tier's web ACLs are claimed: by its own tenants that want one, and by those who have one and are none of these,
 * tenants of other tiers on their way out, and nobody's. Counted at one moment: who left while AWS was looked at would count as both.
 */
const claimsOn = ({ ours }: WebAclObserved, tier: string, { tenantDomains }: Sources): number => {
  const own = tenantDomains.by('tier', tier).filter(wantsSeat).length;
  if (!ours.known) return own;
  const isOwn = (tenant: string): boolean => tenantDomains.by('tenant', tenant).some((object) => object.spec.tierRef.name === tier && wantsSeat(object));
  return own + ours.value.acls.flatMap(({ tenants }) => tenants).filter((tenant) => !isOwn(tenant)).length;
};

/** The kind EdgeTier: a plan that a platform sells. */
export const edgeTierKind = (ports: EdgeTierPorts): Kind<EdgeTierKind> => {
  const { fleet, sources, installation } = ports;
  const observeDistribution = distributionObserver(fleet);
  const observeGroups = connectionGroupObserver(ports);
  const replaced = createReplaced(ports.now);
  const observeWebAcl = webAclObserver({ ...ports, replaced });

  const observe = async ({ owner, spec, owns, customers }: Subject, look: Look): Promise<Observed> => {
    const [distribution, groups, webAcl] = await Promise.all([
      observeDistribution(spec.distributionId, look),
      observeGroups({ owner, groups: spec.connectionGroups ?? [], customers }, look),
      observeWebAcl({ owner, webAcl: spec.webACL, lookForOurs: owns.webAcls }, look),
    ]);
    return { distribution, groups, webAcl, claims: claimsOn(webAcl, owner.name, sources) };
  };

  return {
    name: 'EdgeTier',
    load: loadSubject(sources, installation),
    observe,
    plan: planEdgeTier,
    apply: ({ owner }, action, signal) => {
      switch (action.verb) {
        case 'CreateConnectionGroup':
        case 'UpdateConnectionGroup':
        case 'DisableConnectionGroup':
        case 'DeleteConnectionGroup':
          return applyConnectionGroup(ports, owner, action, signal);
        case 'CreateWebACL':
        case 'UpdateWebACL':
        case 'DeleteWebACL':
        case 'CreateIPSet':
        case 'UpdateIPSet':
        case 'DeleteIPSet':
          return applyWebAcl({ ...ports, replaced }, owner, action, signal);
      }
    },
    // Every name derives from the tier's, so that nothing has to be remembered.
    remember: () => undefined,
    status: edgeTierStatus,
  };
};
