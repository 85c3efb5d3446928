import { describe, expect, test } from 'vitest';
import { planEdgeTier } from '../../../reconcilers/edge-tier/plan.ts';
import type { Subject } from '../../../reconcilers/edge-tier/subject.ts';
import { failure, noon } from '../builders.ts';
import { observed, subject } from './builders.ts';

describe('planEdgeTier', () => {
  test('judges the distribution, the groups and the web ACL', () => {
    const { decisions } = planEdgeTier(subject(), observed(), noon);
    expect(decisions.map(({ condition, move }) => `${condition.type} ${condition.status} ${move.is}`)).toEqual(['DistributionReady True settled', 'ConnectionGroupsReady True settled', 'WebACLReady True settled']);
  });

  test.each<{ name: string; because: string; subject: Partial<Subject>; want: 'keep' | 'lift' }>([
    { name: 'in use', because: 'it is kept', subject: { tenants: { total: 2, ready: 2 } }, want: 'keep' },
    { name: 'deleted while in use', because: 'its tenants would lose what they inherit', subject: { deleting: true, tenants: { total: 1, ready: 0 } }, want: 'keep' },
    { name: 'deleted and used by nobody', because: 'it has nothing in AWS', subject: { deleting: true }, want: 'lift' },
    { name: 'deleted, with web ACLs of its own that are gone', because: 'nothing is left', subject: { deleting: true, owns: { webAcls: true, groups: false } }, want: 'lift' },
    { name: 'deleted with deletionPolicy Retain', because: 'what is its own stays', subject: { deleting: true, owns: { webAcls: true, groups: true }, spec: { ...subject().spec, deletionPolicy: 'Retain' } }, want: 'lift' },
  ])('a tier $name: $because', ({ subject: over, want }) => {
    expect(planEdgeTier(subject(over), observed(), noon).finalizer).toBe(want);
  });

  test('a tier that cannot see what is its own is not let go', () => {
    const unseen = observed({ webAcl: { existing: { known: true, value: true }, ours: { known: false, failure: failure() } } });
    expect(planEdgeTier(subject({ deleting: true, owns: { webAcls: true, groups: false } }), unseen, noon).finalizer).toBe('keep');
  });

  test('what stays of a tier that retains is named', () => {
    const status = { webACLs: [{ name: 'gold-1-x' }], connectionGroups: [{ name: 'shared', id: 'cg_1' }] };
    const { notices } = planEdgeTier(subject({ deleting: true, status, owns: { webAcls: true, groups: true }, spec: { ...subject().spec, deletionPolicy: 'Retain' } }), observed(), noon);
    expect(notices?.[0]?.message).toBe('spec.deletionPolicy is Retain: left in AWS as it is: web ACL gold-1-x, connection group cg_1');
  });
});
