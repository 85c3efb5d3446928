import { describe, expect, test } from 'vitest';
import type { EdgeTierSpec, EdgeTierStatus } from '../../../crds/types.ts';
import { type Observed, planEdgeTier } from '../../../reconcilers/edge-tier/plan.ts';
import { edgeTierStatus } from '../../../reconcilers/edge-tier/status.ts';
import type { Subject } from '../../../reconcilers/edge-tier/subject.ts';
import { condition, edgeTier, failure, noon } from '../builders.ts';
import { blueprint, groupsSeen, groupSummary, observed, subject } from './builders.ts';

type Given = { readonly spec?: Partial<EdgeTierSpec>; readonly subject?: Partial<Subject>; readonly observed?: Partial<Observed>; readonly before?: EdgeTierStatus };

const statusOf = ({ spec, subject: over, observed: world, before }: Given): EdgeTierStatus => {
  const object = edgeTier(spec, before ? { status: before } : {});
  const tier = subject({ spec: object.spec, status: before, ...over });
  const seen = observed(world);
  return edgeTierStatus({ object, subject: tier, observed: seen, plan: planEdgeTier(tier, seen, noon), outcomes: [], now: noon });
};

const conditionsOf = (given: Given): readonly string[] => (statusOf(given).conditions ?? []).map(({ type, status, reason }) => `${type} ${status} ${reason}`);
const well = ['Accepted True Accepted', 'DistributionReady True Found', 'ConnectionGroupsReady True Found', 'WebACLReady True Inherited', 'Ready True Available'];
const distribution = { arn: blueprint().arn, parameters: [] };
const groups = [{ name: 'default', id: 'cg_1', arn: groupSummary().arn, endpoint: 'd1.cloudfront.net', state: 'Active' as const }];
const unread = { known: false, failure: failure() } as const;

describe('the conditions of a tier', () => {
  test.each<{ name: string; because: string; given: Given; want: readonly string[] }>([
    { name: 'as it should be', because: 'it can take tenants', given: {}, want: well },
    { name: 'with a parameter that the distribution lacks', because: 'every tenant would fail', given: { spec: { parameters: [{ name: 'path', value: '/a' }] } }, want: ['Accepted False ParameterUndefined', ...well.slice(1, 4), 'Ready False ParameterUndefined', 'Stalled True ParameterUndefined'] },
    { name: 'with a parameter, and a distribution that cannot be read', because: 'nobody can say that it lacks it', given: { spec: { parameters: [{ name: 'path', value: '/a' }] }, observed: { distribution: unread } }, want: ['Accepted True Accepted', 'DistributionReady Unknown AWSError', ...well.slice(2, 4), 'Ready False AWSError', 'Reconciling True AWSError'] },
    { name: 'without its distribution', because: 'a person has to act', given: { observed: { distribution: { known: true, value: undefined } } }, want: [...well.slice(0, 1), 'DistributionReady False DistributionNotFound', ...well.slice(2, 4), 'Ready False DistributionNotFound', 'Stalled True DistributionNotFound'] },
    { name: 'not to be read, and ready before', because: 'a failed read says nothing about the world', given: { observed: { distribution: unread }, before: { conditions: [condition({ type: 'DistributionReady', reason: 'Found' })] } }, want: well },
    { name: 'with another spec, its distribution not to be read, and ready before', because: 'that is the same in every generation, and all tenants wait for it', given: { subject: { generation: 2 }, observed: { distribution: unread }, before: { conditions: [condition({ type: 'DistributionReady', reason: 'Found' })] } }, want: well },
    { name: 'with another spec, its groups not to be read, and ready before', because: 'nothing is known of what this spec names', given: { subject: { generation: 2 }, observed: { groups: unread }, before: { conditions: [condition({ type: 'ConnectionGroupsReady', reason: 'Found' })] } }, want: [...well.slice(0, 2), 'ConnectionGroupsReady Unknown AWSError', ...well.slice(3, 4), 'Ready False AWSError', 'Reconciling True AWSError'] },
    { name: 'deleted while in use', because: 'whoever deleted it is told who keeps it', given: { subject: { deleting: true, tenants: { total: 1, ready: 1 }, users: ['brand/shop'] } }, want: ['Accepted False InUse', ...well.slice(1, 4), 'Ready False InUse', 'Stalled True InUse'] },
  ])('$name: $because', ({ given, want }) => {
    expect(conditionsOf(given)).toEqual(want);
  });

  test('name the first users of a tier that is being deleted, and how many more there are', () => {
    const { conditions = [] } = statusOf({ subject: { deleting: true, tenants: { total: 7, ready: 0 }, users: ['a/a', 'a/b'] } });
    expect(conditions[0]?.message).toBe('being deleted, and still used by TenantDomain a/a, a/b and 5 more: move them to another tier or delete them');
  });
});

describe('the rest of a tier\'s status', () => {
  test.each<{ name: string; because: string; given: Given; want: Omit<EdgeTierStatus, 'conditions'> }>([
    { name: 'as it should be', because: 'tenants read it', given: { subject: { generation: 4, tenants: { total: 2, ready: 1 } } }, want: { observedGeneration: 4, distribution, connectionGroups: groups, tenants: { total: 2, ready: 1 } } },
    { name: 'nothing could be read', because: 'what was seen is kept', given: { observed: { distribution: unread, groups: unread }, before: { distribution, connectionGroups: groups } }, want: { observedGeneration: 1, distribution, connectionGroups: groups, tenants: { total: 0, ready: 0 } } },
    { name: 'nothing is there any more', because: 'an id of the past misleads', given: { observed: { distribution: { known: true, value: undefined }, groups: { known: true, value: groupsSeen({ used: [] }) } }, before: { distribution, connectionGroups: groups } }, want: { observedGeneration: 1, connectionGroups: [], tenants: { total: 0, ready: 0 } } },
    { name: 'a distribution being deployed for the first time', because: 'no tenant may use it yet', given: { observed: { distribution: { known: true, value: blueprint({ deployed: false }) } } }, want: { observedGeneration: 1, connectionGroups: groups, tenants: { total: 0, ready: 0 } } },
    { name: 'a distribution being deployed again', because: 'its tenants go on being served', given: { observed: { distribution: { known: true, value: blueprint({ deployed: false }) } }, before: { distribution } }, want: { observedGeneration: 1, distribution, connectionGroups: groups, tenants: { total: 0, ready: 0 } } },
    {
      name: 'parameters', because: 'tenants are checked against them',
      given: { observed: { distribution: { known: true, value: blueprint({ parameters: [{ name: 'a', required: true, defaultValue: undefined }, { name: 'b', required: false, defaultValue: 'x' }] }) } } },
      want: { observedGeneration: 1, distribution: { ...distribution, parameters: [{ name: 'a', required: true }, { name: 'b', required: false, defaultValue: 'x' }] }, connectionGroups: groups, tenants: { total: 0, ready: 0 } },
    },
  ])('$name: $because', ({ given, want }) => {
    const { conditions: _, ...rest } = statusOf(given);
    expect(rest).toEqual(want);
  });
});
