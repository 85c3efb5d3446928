import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { edgeTierConditions, reasons, tenantDomainConditions } from '../../crds/reasons.ts';
import type { Condition } from '../../crds/types.ts';
import type { Action, Decision, Plan } from '../../reconcilers/contract.ts';
import { planEdgeTier } from '../../reconcilers/edge-tier/plan.ts';
import { edgeTierStatus } from '../../reconcilers/edge-tier/status.ts';
import type { Accepted } from '../../reconcilers/tenant-domain/accept.ts';
import { planTenantDomain } from '../../reconcilers/tenant-domain/plan.ts';
import { tenantDomainStatus } from '../../reconcilers/tenant-domain/status.ts';
import { actionsIn, condition, edgeTier, failure, noon, tenantDomain } from '../reconcilers/builders.ts';
import { subject as tierSubject } from '../reconcilers/edge-tier/builders.ts';
import { subject, wants } from '../reconcilers/tenant-domain/builders.ts';
import { anyArn, anyNames, kinds } from './anything.ts';
import { anyDistribution, anyGroups, anyWebAclSeen } from './edge-tier.ts';
import { frozen } from './suite.ts';
import { anyCertificates, anyTenantSeen, anyTraffic } from './tenant-domain.ts';

const anyOutcome = fc.option(fc.constantFrom(...kinds), { nil: undefined });
/** What was said before, of some of the conditions. */
const anyBefore = (types: readonly string[]): fc.Arbitrary<readonly Condition[]> => fc.subarray([...types]).map((some) => some.map((type) => condition({ type })));

const outcomesOf = <A extends Action>(plan: Plan<A>, kind: (typeof kinds)[number] | undefined) =>
  plan.frozen ? [] : plan.decisions.flatMap((decision) => actionsIn(decision).map((action) => ({ action, ...(kind ? { failure: failure(kind) } : {}) })));

const anyWants = fc
  .record({ names: anyNames, hasGroup: fc.boolean(), enabled: fc.boolean(), certificate: fc.oneof(fc.constantFrom({ is: 'own', keyAlgorithm: undefined } as const, { is: 'distribution' } as const, { is: 'cloudfront' } as const), anyArn.map((arn) => ({ is: 'given', arn }) as const)) })
  .map(({ hasGroup, ...over }) => wants({ ...over, ...(hasGroup ? {} : { group: undefined }) }));
const anyAccepted: fc.Arbitrary<Accepted> = fc.oneof(
  { weight: 4, arbitrary: anyWants.map((of) => ({ is: 'accepted', wants: of }) as const) },
  { weight: 1, arbitrary: fc.constantFrom<Accepted>({ is: 'refused', reason: 'TierNotFound', message: 'no tier', on: 'reference' }, { is: 'refused', reason: 'NamespaceNotAllowed', message: 'no', on: 'person' }) },
);

const tenantPass = fc
  .record({ accepted: anyAccepted, deleting: fc.boolean(), outcome: anyOutcome, before: anyBefore(Object.keys(tenantDomainConditions)), observed: fc.record({ certificate: anyCertificates, tenant: anyTenantSeen, traffic: anyTraffic }) })
  .map(frozen)
  .map(({ accepted, deleting, outcome, before, observed }) => {
    const of = frozen(subject({ accepted, deleting, ...(accepted.is === 'accepted' ? { names: accepted.wants.names } : {}) }));
    const object = frozen(tenantDomain(accepted.is === 'accepted' ? { domains: accepted.wants.names } : {}, { status: { conditions: before } }));
    const plan = planTenantDomain(of, observed, noon);
    const status = () => tenantDomainStatus({ object, subject: of, observed, plan, outcomes: outcomesOf(plan, outcome), now: noon });
    return { deleting, plan, again: () => planTenantDomain(of, observed, noon), status };
  });

const tierPass = fc
  .record({ deleting: fc.boolean(), owns: fc.record({ webAcls: fc.boolean(), groups: fc.boolean() }), total: fc.integer({ min: 0, max: 3 }), before: anyBefore(Object.keys(edgeTierConditions)), observed: fc.record({ distribution: anyDistribution, groups: anyGroups, webAcl: anyWebAclSeen, claims: fc.nat(3) }) })
  .map(frozen)
  .map(({ deleting, owns, total, before, observed }) => {
    const of = frozen(tierSubject({ deleting, owns, tenants: { total, ready: 0 }, users: total > 0 ? ['brand/shop'] : [] }));
    const plan = planEdgeTier(of, observed, noon);
    const status = () => edgeTierStatus({ object: frozen(edgeTier({}, { status: { conditions: before } })), subject: of, observed, plan, outcomes: [], now: noon });
    return { deleting, plan, again: () => planEdgeTier(of, observed, noon), status };
  });

/** A sibling that will go on by itself, or by somebody's doing: its next change wakes or finds the one that waits. */
const goesOn = ({ move }: Decision<Action>): boolean => move.is === 'acting' || move.is === 'unseen' || (move.is === 'waiting' && move.on !== 'sibling');

type Passed = { readonly deleting: boolean; readonly plan: Plan<Action>; readonly again: () => Plan<Action>; readonly status: () => { readonly conditions?: readonly Condition[] } };

const suites: readonly { readonly kind: string; readonly passes: fc.Arbitrary<Passed>; readonly declared: readonly string[] }[] = [
  { kind: 'TenantDomain', passes: tenantPass, declared: Object.keys(tenantDomainConditions) },
  { kind: 'EdgeTier', passes: tierPass, declared: Object.keys(edgeTierConditions) },
];
const summaries = ['Reconciling', 'Stalled'];

describe.each(suites)('$kind', ({ passes, declared }) => {
  const holds = (check: (passed: Passed) => void): void => fc.assert(fc.property(passes, check), { numRuns: 2000 });

  test('plan and status are pure and total, whatever was seen and came of it', () => {
    holds(({ plan, again, status }) => {
      expect(again()).toEqual(plan);
      expect(status()).toEqual(status());
    });
  });

  test('nobody waits for a sibling that does not go on', () => {
    holds(({ plan: { decisions } }) => {
      const waits = decisions.some(({ move }) => move.is === 'waiting' && move.on === 'sibling');
      if (waits) expect(decisions.filter(goesOn)).not.toEqual([]);
    });
  });

  test('every condition that the API declares is set in every pass, but for those that sum up, and no other', () => {
    const set = new Set<string>();
    holds(({ deleting, status }) => {
      const types = (status().conditions ?? []).map(({ type }) => type);
      for (const type of types) set.add(type);
      expect(new Set(types).size).toBe(types.length);
      // DNS is not looked at while an object is being deleted.
      const wanted = declared.filter((type) => !summaries.includes(type) && !(deleting && type === 'DNSConfigured'));
      expect(types.filter((type) => !summaries.includes(type)).toSorted()).toEqual(wanted.toSorted());
    });
    expect([...set].toSorted()).toEqual(declared.toSorted());
  });

  test('every reason is documented, every message is one line that a person can read', () => {
    holds(({ status }) => {
      for (const { type, reason, message } of status().conditions ?? []) {
        expect({ type, isReason: Object.hasOwn(reasons, reason), isReadable: /^[^\n]{1,1024}$/.test(message) && !/undefined|\[object/.test(message) }).toEqual({ type, isReason: true, isReadable: true });
      }
    });
  });

  test('Reconciling and Stalled are never there together, nor beside Ready, and say why as Ready does', () => {
    holds(({ status }) => {
      const conditions = status().conditions ?? [];
      const ready = conditions.find(({ type }) => type === 'Ready');
      const beside = conditions.filter(({ type }) => summaries.includes(type));
      expect(beside.length).toBeLessThanOrEqual(ready?.status === 'True' ? 0 : 1);
      for (const { status: is, reason, message } of beside) expect({ is, reason, message }).toEqual({ is: 'True', reason: ready?.reason, message: ready?.message });
    });
  });

  test('a finalizer is lifted only when nothing is left to be done (R8)', () => {
    holds(({ deleting, plan }) => {
      if (plan.finalizer === 'lift') expect({ deleting, acting: plan.decisions.some(({ move }) => move.is === 'acting') }).toEqual({ deleting: true, acting: false });
    });
  });
});
