import * as fc from 'fast-check';
import type { ManagedWebACL, RolloutStatus } from '../../crds/types.ts';
import { applyWebAcl } from '../../reconcilers/edge-tier/web-acl/apply.ts';
import { type Form, hashOfForm, observing } from '../../reconcilers/edge-tier/web-acl/form.ts';
import { webAclObserver } from '../../reconcilers/edge-tier/web-acl/observe.ts';
import { planWebAcl } from '../../reconcilers/edge-tier/web-acl/plan.ts';
import { type Ours, type WebAclAction, webAclNameOf, type WebAclObserved, type WebAclSpec } from '../../reconcilers/edge-tier/web-acl/web-acl.ts';
import { createReplaced } from '../../reconcilers/edge-tier/web-acl/replaced.ts';
import { createSeats } from '../../reconcilers/seats.ts';
import { hostileKnobs } from '../environment/aws/knobs.ts';
import { ago, hours, minutes, noon, signal } from '../reconcilers/builders.ts';
import { acl, asking, countryRule, formOfRules, ipSet, tenantsCalled, tierOwner } from '../reconcilers/edge-tier/web-acl/builders.ts';
import { createStage, type Stage } from '../reconcilers/stage.ts';
import { anyDesired, anyFailure, anySeen } from './anything.ts';
import type { ConcernUnderTest, Site } from './concern.ts';

const offices = { name: 'offices', type: 'IPSet', action: 'Allow', ipSet: { cidrs: ['203.0.113.0/24', '2001:db8::/32'] } } as const;
const rules: ManagedWebACL = { defaultAction: 'Allow', tenantsPerACL: 100, rollout: { pauseSeconds: 0, observe: false }, rules: [offices, countryRule('sanctions')] };

const [old, next] = [formOfRules({ name: 'a' }), formOfRules({ name: 'a', country: 'DE' }, { name: 'b' })];
const counting: Form = { ...old, rules: [...next.rules.map(observing), ...old.rules] };
const anyForm = fc.constantFrom(old, next, counting, formOfRules());

const anyManaged: fc.Arbitrary<ManagedWebACL> = fc.record({
  defaultAction: fc.constantFrom('Allow', 'Block' as const), tenantsPerACL: fc.constantFrom(1, 100),
  rollout: fc.record({ pauseSeconds: fc.constantFrom(0, 60, 86_400), observe: fc.boolean() }),
  rules: fc.subarray([countryRule('a'), countryRule('b'), offices, { ...offices, name: 'wrong', ipSet: { cidrs: ['203.0.113.1/24'] } }]),
});

const anyRollout: fc.Arbitrary<RolloutStatus> = fc.record({
  configHash: anyForm.map(hashOfForm), phase: fc.constantFrom('Observing', 'Enforcing' as const), updated: fc.nat({ max: 3 }), total: fc.constant(3),
  changedAt: fc.constantFrom(ago(hours(30)).toISOString(), noon.toISOString(), 'yesterday'),
});

const anyPublished = fc.uniqueArray(fc.record({ name: fc.integer({ min: 1, max: 3 }).map((number) => webAclNameOf(tierOwner, number)), configHash: anyForm.map(hashOfForm) }), { selector: ({ name }) => name });

const anySpec: fc.Arbitrary<WebAclSpec> = fc.record({
  webAcl: fc.oneof({ weight: 5, arbitrary: anyManaged.map((managed) => ({ type: 'Managed', managed }) as const) }, { weight: 1, arbitrary: fc.constantFrom({ type: 'Inherit' } as const, { type: 'Managed' } as const) }),
  tenants: fc.constantFrom(0, 1, 90, 250, 20_000), rollout: fc.option(anyRollout, { nil: undefined }), published: fc.option(anyPublished, { nil: undefined }),
});

const anyRefusedAt = fc.constantFrom(undefined, ago(1000), ago(minutes(5)));
const anyAcl = fc
  .record({ number: fc.integer({ min: 1, max: 4 }), form: anyForm, tenants: fc.constantFrom(0, 95, 100), leaving: fc.constantFrom([], ['gone']), foreign: fc.constantFrom(0, 7, 200), isFull: fc.boolean(), isUsed: fc.constantFrom(undefined, true, false), refusedAt: anyRefusedAt })
  .map(({ number, form, tenants, ...over }) => acl(number, form, { ...over, tenants: tenantsCalled(`on-${number}`, tenants) }));
const anyIpSet = fc.record({ rule: fc.constantFrom('offices', 'gone'), family: fc.constantFrom('IPV4', 'IPV6' as const), addresses: fc.constantFrom([], ['203.0.113.0/24']), refusedAt: anyRefusedAt }).map(({ addresses, refusedAt, ...part }) => ipSet(part, addresses, { refusedAt }));

const anyOurs: fc.Arbitrary<Ours> = fc.record({
  acls: fc.uniqueArray(anyAcl, { selector: ({ number }) => number }).map((acls) => acls.toSorted((a, b) => a.number - b.number)),
  ipSets: fc.uniqueArray(anyIpSet, { selector: ({ name }) => name }),
  strange: fc.oneof({ weight: 8, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: fc.constant(['arn:theirs']) }),
  capacities: fc.dictionary(anyForm.map(hashOfForm), anySeen(fc.constantFrom(30, 5_000, 5_001))),
  refusals: fc.array(fc.record({ action: anyForm.map((form): WebAclAction => ({ concern: 'WebACLReady', verb: 'CreateWebACL', because: 'create web ACL 1 of the tier', destroys: false, needs: 'shared', number: 1, form })), failure: anyFailure, at: fc.constant(ago(minutes(5))) }), { maxLength: 1 }),
});

/** Anything that a look at web ACLs may show. */
export const anyWebAclSeen: fc.Arbitrary<WebAclObserved> = fc.record({ existing: anySeen(fc.boolean()), ours: anySeen(anyOurs) });

const siteOf = (stage: Stage): Site<WebAclSpec, WebAclObserved, WebAclAction> => {
  const ports = { ...stage, seats: createSeats(stage.now), replaced: createReplaced(stage.now) };
  const observe = webAclObserver(ports);
  return {
    stage,
    spec: () => asking(rules, { tenants: 120 }),
    observe: (look) => observe({ owner: tierOwner, webAcl: { type: 'Managed', managed: rules }, lookForOurs: true }, look),
    apply: (action) => applyWebAcl(ports, tierOwner, action, signal),
    meanwhile: () => undefined,
  };
};

/** Somebody edits each web ACL and each IP set of the tier in the console. */
const edit = async ({ simulator }: Stage): Promise<void> => {
  const call = (operation: string, input: Record<string, unknown>) => simulator.call('wafv2', operation, { Scope: 'CLOUDFRONT', ...input }, 'somebody');
  const ours = <Thing extends { readonly tags: Readonly<Record<string, string>> }>(things: readonly Thing[]) => things.filter(({ tags }) => tags['tenantedge.dev/owner'] === '/gold');
  for (const { name, id, lockToken } of ours(simulator.inspect.webAcls())) {
    await call('UpdateWebACL', { Name: name, Id: id, LockToken: lockToken, DefaultAction: { Block: {} }, Rules: [], VisibilityConfig: { MetricName: name, CloudWatchMetricsEnabled: true, SampledRequestsEnabled: true } });
  }
  for (const { name, id, lockToken } of ours(simulator.inspect.ipSets())) await call('UpdateIPSet', { Name: name, Id: id, LockToken: lockToken, Addresses: [] });
};

/** Two web ACLs for 120 tenants, with two IP sets; somebody else has a web ACL and an IP set beside them. */
export const managedWebAclConcern: ConcernUnderTest<WebAclSpec, WebAclObserved, WebAclAction> = {
  name: 'web ACLs of its own', type: 'WebACLReady', plan: planWebAcl, desired: anyDesired(anySpec), observed: anyWebAclSeen, has: 4,
  arrange: async (weather) => {
    const stage = await Promise.resolve(createStage(weather === 'hostile' ? hostileKnobs : {}));
    const { operator } = stage.simulator;
    operator.createWebACL({ name: 'theirs', tags: { 'tenantedge.dev/owner': '/silver', 'tenantedge.dev/installation': 'test' } });
    operator.createIPSet({ name: 'theirs', addresses: ['198.51.100.0/24'] });
    return siteOf(stage);
  },
  usurped: async () => {
    const stage = await Promise.resolve(createStage());
    stage.simulator.operator.createWebACL({ name: webAclNameOf(tierOwner, 1) });
    return siteOf(stage);
  },
  interfere: edit,
};
