import { beforeAll, describe, expect, test } from 'vitest';
import type { Policy, Statement } from '../../helm/iam/policy.ts';
import { policiesOf, policyOf } from '../../helm/iam/policies.ts';
import { type FeatureSet, featureSets } from '../../helm/iam/statements.ts';
import type { Decision } from '../environment/aws/iam/iam.ts';
import { live, stories, type Story } from './iam-stories.ts';

/** What a statement allows, by itself: the pair that a file could do without, if it could. */
type Grant = { readonly set: FeatureSet; readonly sid: string; readonly action: string };

const everyGrant: readonly Grant[] = featureSets.flatMap((set) =>
  policyOf(set, 'test').Statement.flatMap(({ Sid: sid, Action: actions }) => actions.map((action) => ({ set, sid, action }))));

const named = ({ sid, action }: Pick<Grant, 'sid' | 'action'>): string => `${sid} ${action}`;

const without = ({ sid, action }: Grant, policies: readonly Policy[]): readonly Policy[] =>
  policies.map((policy) => ({ ...policy, Statement: policy.Statement.map((one): Statement => (one.Sid === sid ? { ...one, Action: one.Action.filter((other) => other !== action) } : one)) }));

const policiesFor = (story: Story): readonly Policy[] => story.sets.map((set) => policyOf(set, 'test'));

/** Tells a story under these policies, until the first refusal where `breaks`. */
const decisionsIn = async (story: Story, policies: readonly Policy[], breaks: boolean): Promise<readonly Decision[]> => {
  const decisions: Decision[] = [];
  const isOver = (): boolean => breaks && decisions.some(({ verdict }) => !verdict.allowed);
  await live(story, { seed: 1, roleOf: (caller) => (caller === 'controller' ? policies : undefined), onDecision: (decision) => decisions.push(decision) }, isOver);
  return decisions;
};

const refusedIn = (decisions: readonly Decision[]): readonly string[] => [...new Set(decisions.filter(({ verdict }) => !verdict.allowed).map(({ need }) => need.action))];

describe('the policies of helm/iam', () => {
  const told = new Map<Story, readonly Decision[]>();

  beforeAll(async () => {
    for (const story of stories) told.set(story, await decisionsIn(story, policiesFor(story), false));
  });

  /** The grants that let something through in a story. */
  const usedIn = (story: Story): ReadonlySet<string> =>
    new Set((told.get(story) ?? []).flatMap(({ need, verdict }) => (verdict.by === undefined ? [] : [named({ sid: verdict.by.Sid, action: need.action })])));

  test.each(stories)('suffice for "$name"', (story) => {
    expect(refusedIn(told.get(story) ?? [])).toEqual([]);
  });

  test('grant nothing that no story uses', () => {
    const used = new Set(stories.flatMap((story) => [...usedIn(story)]));
    expect(everyGrant.map(named).filter((grant) => !used.has(grant))).toEqual([]);
  });

  test('name no resource that no story touches', () => {
    const touched = stories.flatMap((story) => told.get(story) ?? []);
    const isTouched = (sid: string, resource: string): boolean => {
      const pattern = new RegExp(`^${resource.replaceAll('*', '.*')}$`);
      return touched.some(({ need, verdict }) => verdict.by?.Sid === sid && pattern.test(need.resource));
    };
    const resources = policiesOf('test').flatMap(({ Statement: all }) => all.flatMap(({ Sid: sid, Resource: on }) => on.map((resource) => ({ sid, resource }))));
    expect(resources.filter(({ sid, resource }) => !isTouched(sid, resource))).toEqual([]);
  });

  test.each(everyGrant)('without $action in $sid something is refused', async (grant) => {
    const story = stories.toSorted((a, b) => a.sets.length - b.sets.length).find((one) => usedIn(one).has(named(grant)));
    if (story === undefined) throw new Error('no story uses it');
    expect(refusedIn(await decisionsIn(story, without(grant, policiesFor(story)), true))).toEqual([grant.action]);
  });
});
