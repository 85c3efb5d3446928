import { describe, expect, test } from 'vitest';
import type { Refusal } from '../../../../reconcilers/contract.ts';
import { hashOfForm } from '../../../../reconcilers/edge-tier/web-acl/form.ts';
import { planWebAcl } from '../../../../reconcilers/edge-tier/web-acl/plan.ts';
import { actionsIn, ago, failure, minutes, noon } from '../../builders.ts';
import { acl, asking, countryRule, formOfRules, seeing } from './builders.ts';
import { createCourse } from './course.ts';
import { managed } from './form-specs.ts';

type Course = ReturnType<typeof createCourse>;

const sizes = (course: Course) => (course.status().webACLs ?? []).map(({ state, tenants }) => `${state ?? ''} ${tenants ?? 0}`);

describe('a tier grows and shrinks with its tenants', () => {
  test.each<{ name: string; because: string; tenants: readonly number[]; want: readonly (readonly string[])[] }>([
    { name: 'nobody', because: 'the first tenant is not to wait', tenants: [0], want: [['create 1']] },
    { name: '90 in one of 100', because: 'nine in ten seats may be taken', tenants: [90], want: [['create 1']] },
    { name: 'the 91st', because: 'the next one is there before the last is full', tenants: [90, 91], want: [['create 1'], ['create 2']] },
    { name: 'to 350', because: 'all that are missing are made at once, each seat filled before the next ACL', tenants: [90, 350], want: [['create 1'], ['create 2, create 3, create 4']] },
    { name: 'back to 90', because: 'the last ones are emptied into the first and deleted once nobody has them', tenants: [90, 350, 90], want: [['create 1'], ['create 2, create 3, create 4'], ['delete 3, delete 4']] },
    { name: 'a little less', because: 'nobody swings to and fro', tenants: [190, 181, 190], want: [['create 1, create 2, create 3'], [], []] },
  ])('$name: $because', ({ tenants, want }) => {
    const course = createCourse(managed(countryRule('a')));
    const told = tenants.map((count) => {
      course.change({ tenants: count });
      return course.lines().map((line) => line.replace(/^\d+ s: /, ''));
    });
    expect(told).toEqual(want);
  });

  test('those who must move go to the open ones, and the counts say so', () => {
    const course = createCourse(managed(countryRule('a')));
    course.change({ tenants: 350 });
    course.lines();
    course.pass();
    expect(sizes(course)).toEqual(['Open 100', 'Open 100', 'Open 100', 'Open 50']);
    course.change({ tenants: 90 });
    course.lines();
    expect(sizes(course)).toEqual(['Open 90', 'Open 0']);
  });

  test('a limit that is lowered counts for those who come: who sits beyond it goes on sitting', () => {
    const course = createCourse(managed(countryRule('a')));
    course.change({ tenants: 350 });
    course.lines();
    course.pass();
    course.change({ managed: { ...managed(countryRule('a')), tenantsPerACL: 50 } });
    expect(course.lines()).toEqual(['0 s: create 5']);
    expect(sizes(course)).toEqual(['Open 100', 'Open 100', 'Open 100', 'Open 50', 'Open 0']);
  });

  test('a web ACL deleted by hand is made again under its number', () => {
    const course = createCourse(managed(countryRule('a')));
    course.change({ tenants: 250 });
    course.lines();
    course.change({ world: (world) => ({ ...world, acls: world.acls.filter(({ number }) => number !== 2) }) });
    expect(course.lines()).toEqual(['0 s: create 2']);
  });

  test('distributions that somebody attached take seats from tenants', () => {
    const course = createCourse(managed(countryRule('a')));
    course.change({ tenants: 60 });
    course.lines();
    course.change({ world: (world) => ({ ...world, acls: world.acls.map((one) => ({ ...one, foreign: 40 })) }) });
    expect(course.lines()).toEqual(['0 s: create 2']);
  });

  test("one that CloudFront calls full holds those that it has and no more", () => {
    const course = createCourse(managed(countryRule('a')));
    course.change({ tenants: 60 });
    course.lines();
    course.change({ world: (world) => ({ ...world, acls: world.acls.map((one) => ({ ...one, isFull: true })) }) });
    expect(course.lines()).toEqual(['0 s: create 2']);
  });

  test('a hundred web ACLs take tenants until the last seat is taken', () => {
    const course = createCourse({ ...managed(countryRule('a')), tenantsPerACL: 1 });
    course.change({ tenants: 99 });
    course.lines(20);
    expect(course.pass().message).toBe('True RulesInForce: 100 web ACLs with 1 rule (1 WCU), room for 1 more tenant in up to 100 of them');
    course.change({ tenants: 100 });
    course.lines(20);
    expect(course.pass().message).toMatch(/^False QuotaExceeded/);
  });

  test('more than a hundred web ACLs are not made: somebody has to decide', () => {
    const course = createCourse({ ...managed(countryRule('a')), tenantsPerACL: 1 });
    course.change({ tenants: 101 });
    course.lines(20);
    expect(course.pass().message).toMatch(/^False QuotaExceeded: the tier's tenants fill 100 web ACLs, and it has no more/);
    expect(course.world().acls).toHaveLength(100);
  });

  test("a quota that stops growth does not stop the rules: they change, and the condition speaks of the quota", () => {
    const course = createCourse(managed(countryRule('a')));
    course.change({ tenants: 50 });
    course.lines();
    course.change({ tenants: 95, refuse: ({ verb }) => (verb === 'CreateWebACL' ? failure('blocked', 'WAFLimitsExceededException') : undefined) });
    expect(course.pass().line).toMatch(/create 2 refused$/);
    course.edit(managed(countryRule('a'), countryRule('b')));
    const { line, message } = course.pass();
    expect([line.replace(/^\d+ s: /, ''), message]).toEqual(['update 1', 'False AWSError: call AWS: WAFLimitsExceededException: no']);
  });

  test.each<{ name: string; because: string; refusedAt: Date; want: readonly string[] }>([
    { name: 'nine minutes ago', because: 'it stands, and rules can be changed meanwhile', refusedAt: ago(minutes(9)), want: ['UpdateWebACL'] },
    { name: 'eleven minutes ago', because: 'it stands no longer, and what is most urgent comes first', refusedAt: ago(minutes(11)), want: ['CreateWebACL'] },
  ])('a quota that AWS called used up $name: $because', ({ refusedAt, want }) => {
    const spec = asking(managed(countryRule('a'), countryRule('b')), { tenants: 95 });
    const world = { acls: [acl(1, formOfRules({ name: 'a' }))], capacities: { [hashOfForm(formOfRules({ name: 'a' }, { name: 'b' }))]: { known: true, value: 2 } as const } };
    const deciding = (refusals: readonly Refusal[]) => actionsIn(planWebAcl({ is: 'present', spec }, seeing({ ...world, refusals }), noon));
    const refusals = deciding([]).map((action) => ({ action, failure: failure('blocked', 'WAFLimitsExceededException'), at: refusedAt }));
    expect(deciding(refusals).map(({ verb }) => verb)).toEqual(want);
  });
});
