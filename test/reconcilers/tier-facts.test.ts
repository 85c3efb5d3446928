import { describe, expect, test } from 'vitest';
import type { Condition, EdgeTier } from '../../crds/types.ts';
import { tierFacts } from '../../reconcilers/tier-facts.ts';
import { condition, edgeTier, facts, group } from './builders.ts';

const found = (over: Partial<Condition> = {}): Condition => condition({ type: 'DistributionReady', reason: 'Found', message: 'found', ...over });
const parameters = [{ name: 'path', required: true }];
const ready = { conditions: [found()], distribution: { arn: 'arn:aws:cloudfront::1:distribution/E2EXAMPLE', parameters } };

type Row = { readonly name: string; readonly because: string; readonly tier: EdgeTier; readonly want: ReturnType<typeof tierFacts> };
const rows: readonly Row[] = [
  { name: 'nobody has looked at', because: 'nothing is known of its distribution', tier: edgeTier(), want: facts({}, { groups: {}, blueprint: undefined }) },
  { name: 'ready', because: 'its tenants need the parameters', tier: edgeTier({}, { status: ready }), want: facts({}, { groups: {}, blueprint: { parameters } }) },
  { name: 'with a distribution that is not ready', because: 'its words are passed on', tier: edgeTier({}, { status: { ...ready, conditions: [found({ status: 'False', message: 'it is disabled' })] } }), want: facts({}, { groups: {}, blueprint: undefined, trouble: 'it is disabled' }) },
  { name: 'not ready for another reason', because: 'Ready only sums up', tier: edgeTier({}, { status: { ...ready, conditions: [condition({ type: 'Ready', status: 'False', message: 'sum' }), found(), condition({ type: 'WebACLReady', status: 'False', message: 'no web ACL' })] } }), want: facts({}, { groups: {}, blueprint: { parameters }, trouble: 'no web ACL' }) },
  { name: 'with groups', because: 'a tenant picks one by name', tier: edgeTier({}, { status: { ...ready, connectionGroups: [{ name: 'default', ...group }] } }), want: facts({}, { blueprint: { parameters } }) },
  { name: 'with a group whose endpoint is not known', because: 'nothing can be pointed at it', tier: edgeTier({}, { status: { ...ready, connectionGroups: [{ name: 'default', id: 'cg_1' }] } }), want: facts({}, { groups: {}, blueprint: { parameters } }) },
];

describe('the facts of a tier', () => {
  test.each(rows)('$name: $because', ({ tier, want }) => {
    expect(tierFacts(tier)).toEqual(want);
  });

  test('do not change with a counter, a timestamp or the groups of the spec, or every tenant would be woken', () => {
    const before = edgeTier({}, { status: { ...ready, tenants: { total: 1, ready: 0 } } });
    const after = edgeTier({ connectionGroups: [{ name: 'new', type: 'Existing', id: 'cg_9' }] }, { metadata: { resourceVersion: '8', generation: 2 }, status: { ...ready, conditions: [found({ lastTransitionTime: '2031-01-01T00:00:00Z' })], tenants: { total: 2, ready: 1 } } });
    expect(tierFacts(after)).toEqual(tierFacts(before));
  });
});
