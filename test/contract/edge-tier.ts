import * as fc from 'fast-check';
import type { WebACL } from '../../crds/types.ts';
import { connectionGroupObserver } from '../../reconcilers/edge-tier/connection-group/observe.ts';
import { planConnectionGroups, type ConnectionGroupsObserved } from '../../reconcilers/edge-tier/connection-group/plan.ts';
import { distributionObserver } from '../../reconcilers/edge-tier/distribution/observe.ts';
import { planDistribution, type DistributionObserved } from '../../reconcilers/edge-tier/distribution/plan.ts';
import { webAclObserver } from '../../reconcilers/edge-tier/web-acl/observe.ts';
import { planWebAcl, type WebAclObserved } from '../../reconcilers/edge-tier/web-acl/plan.ts';
import type { Desired } from '../../reconcilers/contract.ts';
import { hostileKnobs } from '../environment/aws/knobs.ts';
import { blueprint, groupSummary } from '../reconcilers/edge-tier/builders.ts';
import { createStage } from '../reconcilers/stage.ts';
import { anySeen } from './anything.ts';
import type { ConcernUnderTest } from './concern.ts';

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

/** Anything that a look at the groups may show. */
export const anyGroups: fc.Arbitrary<ConnectionGroupsObserved> = anySeen(
  fc.array(fc.record({ name: fc.constantFrom('default', 'shared'), id: fc.constantFrom(undefined, 'cg_1', 'cg_2'), group: fc.option(fc.record({ enabled: fc.boolean(), deployed: fc.boolean() }).map(groupSummary), { nil: undefined }) }), { maxLength: 3 }),
);

/** The account's default group; CloudFront makes it with the first tenant. */
export const connectionGroupConcern: ConcernUnderTest<undefined, ConnectionGroupsObserved, never> = {
  name: 'connection group', type: 'ConnectionGroupsReady',
  plan: (_desired, observed) => planConnectionGroups(observed),
  desired: present(fc.constant(undefined)),
  observed: anyGroups,
  arrange: async (weather) => {
    const stage = await Promise.resolve(stageIn(weather));
    const observe = connectionGroupObserver(stage.fleet);
    return { stage, spec: () => undefined, observe: (look) => observe([], look), meanwhile: () => void stage.simulator.operator.defaultConnectionGroup() };
  },
};

/** Whether a look may show the web ACL. */
export const anyWebAclSeen: fc.Arbitrary<WebAclObserved> = anySeen(fc.boolean());

/** A web ACL named wrongly; a person corrects the name. */
export const webAclConcern: ConcernUnderTest<WebACL, WebAclObserved, never> = {
  name: 'web ACL', type: 'WebACLReady',
  plan: (desired, observed) => planWebAcl(specOf(desired), observed),
  desired: present(fc.constantFrom<WebACL>({ type: 'Inherit' }, { type: 'Disabled' }, { type: 'Existing', arn: 'arn:acl' })),
  observed: anyWebAclSeen,
  arrange: async (weather) => {
    const stage = await Promise.resolve(stageIn(weather));
    const { arn } = stage.simulator.operator.createWebACL({ name: 'x' });
    let named: WebACL = { type: 'Existing', arn: `${arn.slice(0, -36)}00000000-0000-4000-8000-000000000000` };
    const observe = webAclObserver(stage.aws);
    return {
      stage,
      spec: () => named,
      observe: (look) => observe(named, look),
      meanwhile: () => {
        named = { type: 'Existing', arn };
      },
    };
  },
};
