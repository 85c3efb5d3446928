import * as fc from 'fast-check';
import type { WebACL } from '../../crds/types.ts';
import { connectionGroupObserver } from '../../reconcilers/edge-tier/connection-group/observe.ts';
import type { ConnectionGroupAction, ConnectionGroupsObserved, ConnectionGroupsSpec } from '../../reconcilers/edge-tier/connection-group/connection-group.ts';
import { planConnectionGroups } from '../../reconcilers/edge-tier/connection-group/plan.ts';
import { distributionObserver } from '../../reconcilers/edge-tier/distribution/observe.ts';
import { planDistribution, type DistributionObserved } from '../../reconcilers/edge-tier/distribution/plan.ts';
import { webAclObserver } from '../../reconcilers/edge-tier/web-acl/observe.ts';
import { planWebAcl } from '../../reconcilers/edge-tier/web-acl/plan.ts';
import type { WebAclAction, WebAclObserved, WebAclSpec } from '../../reconcilers/edge-tier/web-acl/web-acl.ts';
import { createReplaced } from '../../reconcilers/edge-tier/web-acl/replaced.ts';
import { createSeats } from '../../reconcilers/seats.ts';
import type { Desired } from '../../reconcilers/contract.ts';
import { hostileKnobs } from '../environment/aws/knobs.ts';
import { blueprint } from '../reconcilers/edge-tier/builders.ts';
import { address, asking } from '../reconcilers/edge-tier/connection-group/builders.ts';
import { createStage } from '../reconcilers/stage.ts';
import { tierOwner } from '../reconcilers/edge-tier/web-acl/builders.ts';
import { anyDesired, anySeen } from './anything.ts';
import type { ConcernUnderTest } from './concern.ts';
import { anyGroups } from './managed-connection-group.ts';
import { anyWebAclSeen } from './managed-web-acl.ts';

export { anyGroups } from './managed-connection-group.ts';
export { anyWebAclSeen } from './managed-web-acl.ts';

const stageIn = (weather: 'calm' | 'hostile') => createStage(weather === 'hostile' ? hostileKnobs : {});

const present = <Spec>(spec: fc.Arbitrary<Spec>): fc.Arbitrary<Desired<Spec>> => spec.map((one) => ({ is: 'present', spec: one }));
/** A tier's concerns only look: there is always something asked for. */
const specOf = <Spec>(desired: Desired<Spec>): Spec => {
  if (desired.is !== 'present') throw new Error(`ask a concern of EdgeTier: it has no answer to ${desired.is}`);
  return desired.spec;
};

/** Anything that a look at the distribution may show. */
export const anyDistribution: fc.Arbitrary<DistributionObserved> = anySeen(fc.option(fc.record({ tenantOnly: fc.boolean(), enabled: fc.boolean(), deployed: fc.boolean() }).map(blueprint), { nil: undefined }));

/** The blueprint; a person enables it. */
export const distributionConcern: ConcernUnderTest<{ readonly published: string | undefined }, DistributionObserved, never> = {
  name: 'distribution', type: 'DistributionReady',
  plan: (desired, observed) => planDistribution('E2EXAMPLE', observed, specOf(desired).published),
  desired: present(fc.record({ published: fc.constantFrom(undefined, blueprint().arn) })),
  observed: anyDistribution,
  arrange: async (weather) => {
    const stage = await Promise.resolve(stageIn(weather));
    const { id } = stage.simulator.operator.createDistribution({ enabled: false });
    const observe = distributionObserver(stage.fleet);
    return { stage, spec: () => ({ published: undefined }), observe: (look) => observe(id, look), meanwhile: () => stage.simulator.operator.editDistribution(id, { Enabled: true }) };
  },
};

/** The account's default group; CloudFront makes it with the first tenant. */
export const connectionGroupConcern: ConcernUnderTest<ConnectionGroupsSpec, ConnectionGroupsObserved, ConnectionGroupAction> = {
  name: 'connection group', type: 'ConnectionGroupsReady', plan: planConnectionGroups,
  desired: anyDesired(fc.constant(asking([]))),
  observed: anyGroups,
  arrange: async (weather) => {
    const stage = await Promise.resolve(stageIn(weather));
    const observe = connectionGroupObserver({ ...stage, groupLingerMs: 0 });
    return { stage, spec: () => asking([]), observe: (look) => observe(address([]), look), meanwhile: () => void stage.simulator.operator.defaultConnectionGroup() };
  },
};

/** A web ACL that is not the tier's own, which may have some of its own left. */
const otherwise = (webAcl: WebACL): WebAclSpec => ({ webAcl, tenants: 0, rollout: undefined, published: undefined });

/** A web ACL named wrongly; a person corrects the name. */
export const webAclConcern: ConcernUnderTest<WebAclSpec, WebAclObserved, WebAclAction> = {
  name: 'web ACL', type: 'WebACLReady', plan: planWebAcl,
  desired: anyDesired(fc.constantFrom<WebACL>({ type: 'Inherit' }, { type: 'Disabled' }, { type: 'Existing', arn: 'arn:acl' }).map(otherwise)),
  observed: anyWebAclSeen,
  arrange: async (weather) => {
    const stage = await Promise.resolve(stageIn(weather));
    const { arn } = stage.simulator.operator.createWebACL({ name: 'x' });
    let named: WebACL = { type: 'Existing', arn: `${arn.slice(0, -36)}00000000-0000-4000-8000-000000000000` };
    const observe = webAclObserver({ ...stage, seats: createSeats(stage.now), replaced: createReplaced(stage.now) });
    return {
      stage,
      spec: () => otherwise(named),
      observe: (look) => observe({ owner: tierOwner, webAcl: named, lookForOurs: false }, look),
      meanwhile: () => {
        named = { type: 'Existing', arn };
      },
    };
  },
};
