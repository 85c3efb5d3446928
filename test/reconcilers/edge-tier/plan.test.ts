import { describe, expect, test } from 'vitest';
import { planEdgeTier } from '../../../reconcilers/edge-tier/plan.ts';
import type { Subject } from '../../../reconcilers/edge-tier/subject.ts';
import { observed, subject } from './builders.ts';

describe('planEdgeTier', () => {
  test('judges the distribution, the groups and the web ACL', () => {
    const { decisions } = planEdgeTier(subject(), observed());
    expect(decisions.map(({ condition, move }) => `${condition.type} ${condition.status} ${move.is}`)).toEqual(['DistributionReady True settled', 'ConnectionGroupsReady True settled', 'WebACLReady True settled']);
  });

  test.each<{ name: string; because: string; subject: Partial<Subject>; want: 'keep' | 'lift' }>([
    { name: 'in use', because: 'it is kept', subject: { tenants: { total: 2, ready: 2 } }, want: 'keep' },
    { name: 'deleted while in use', because: 'its tenants would lose what they inherit', subject: { deleting: true, tenants: { total: 1, ready: 0 } }, want: 'keep' },
    { name: 'deleted and used by nobody', because: 'it has nothing in AWS', subject: { deleting: true }, want: 'lift' },
  ])('a tier $name: $because', ({ subject: over, want }) => {
    expect(planEdgeTier(subject(over), observed()).finalizer).toBe(want);
  });
});
