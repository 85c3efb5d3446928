import { describe, expect, test } from 'vitest';
import type { EdgeTier, TenantDomain } from '../../../crds/types.ts';
import { edgeTierIndexes, loadSubject, type Sources, wakesOf, wantsSeat } from '../../../reconcilers/edge-tier/subject.ts';
import { condition, edgeTier, tenantDomain } from '../builders.ts';
import { blueprint, groupSummary, subject } from './builders.ts';

const sourcesOf = (tiers: readonly EdgeTier[], tenants: readonly TenantDomain[] = []): Sources => ({
  edgeTiers: { get: (name) => tiers.find(({ metadata }) => metadata.name === name), by: (index, value) => tiers.filter((tier) => edgeTierIndexes('test')[index](tier).some((one) => one === value)) },
  tenantDomains: { get: () => undefined, by: (_index, name) => tenants.filter(({ spec }) => spec.tierRef.name === name) },
  everyTenantDomain: () => tenants,
});

const tenantCalled = (name: string, status: 'True' | 'False' = 'False'): TenantDomain => tenantDomain({}, { metadata: { name }, status: { conditions: [condition({ type: 'Ready', status })] } });
const shared = { name: 'shared', type: 'Existing', id: 'cg_1' } as const;

describe('the subject of a tier', () => {
  test('is the tier with those who use it', () => {
    const tier = edgeTier();
    const tenants = ['e', 'b', 'd', 'a', 'f', 'c'].map((name, index) => tenantCalled(name, index < 2 ? 'True' : 'False'));
    expect(loadSubject(sourcesOf([tier], tenants), 'test')('gold')).toEqual({ object: tier, subject: subject({ tenants: { total: 6, ready: 2 }, users: ['brand/a', 'brand/b', 'brand/c', 'brand/d', 'brand/e'] }) });
  });

  test('needs no seat at its web ACLs for those that choose one themselves, that it refuses or that leave: nobody pays for what is not admitted', () => {
    const refused = tenantDomain({}, { metadata: { name: 'r' }, status: { conditions: [condition({ type: 'Accepted', status: 'False' }), condition({ type: 'Stalled' })] } });
    const choosing = tenantDomain({ webACL: { type: 'Inherit' } }, { metadata: { name: 'c' } });
    const deleted = tenantDomain({}, { metadata: { name: 'd', deletionTimestamp: '2030-01-01T00:00:00Z' } });
    expect([tenantCalled('a'), refused, choosing, deleted].map(wantsSeat)).toEqual([true, false, false, false]);
  });

  test('says that the tier is being deleted', () => {
    const tier = edgeTier({}, { metadata: { deletionTimestamp: '2030-01-01T00:00:00Z' } });
    expect(loadSubject(sourcesOf([tier]), 'test')('gold')?.subject).toEqual(subject({ deleting: true }));
  });

  test('is not there without the tier', () => {
    expect(loadSubject(sourcesOf([]), 'test')('gold')).toBeUndefined();
  });
});

describe('a tier is woken', () => {
  const named = edgeTier({ connectionGroups: [shared], defaultConnectionGroup: 'shared' });
  const wakes = wakesOf(sourcesOf([named, edgeTier({ distributionId: 'E1OTHER' }, { metadata: { name: 'basic' } })]));

  test.each<{ name: string; keys: readonly string[]; want: readonly string[] }>([
    { name: 'itself', keys: wakes.edgeTiers.keys(named), want: ['gold'] },
    { name: 'a tenant', keys: wakes.tenantDomains.keys(tenantDomain({ tierRef: { name: 'basic' } })), want: ['basic'] },
    { name: 'its distribution', keys: wakes.blueprints.keys(blueprint()), want: ['gold'] },
    { name: 'a group that it names, or the default group where it names none', keys: wakes.connectionGroups.keys(groupSummary()), want: ['gold', 'basic'] },
    { name: 'no group that it does not name', keys: wakes.connectionGroups.keys(groupSummary({ id: 'cg_9', isDefault: false })), want: [] },
  ])('by $name', ({ keys, want }) => {
    expect(keys).toEqual(want);
  });

  test('by a tenant that becomes ready or changes tier, and by nothing else of it; many are folded into one pass in 30 s', () => {
    const { facts, coalesceMs } = wakes.tenantDomains;
    expect(facts(tenantCalled('b'))).toEqual(facts(tenantCalled('a')));
    expect(facts(tenantCalled('a', 'True'))).not.toEqual(facts(tenantCalled('a')));
    expect(coalesceMs).toBe(30_000);
  });

  test('not by its own status, but once by a status that another program emptied', () => {
    const { facts } = wakes.edgeTiers;
    const written = edgeTier({}, { status: { observedGeneration: 1, tenants: { total: 1, ready: 1 } } });
    expect(facts(edgeTier({}, { metadata: { resourceVersion: '9' }, status: { observedGeneration: 1 } }))).toEqual(facts(written));
    expect(facts(edgeTier())).not.toEqual(facts(written));
  });
});
