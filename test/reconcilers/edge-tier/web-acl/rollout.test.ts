import { describe, expect, test } from 'vitest';
import type { ManagedWebACL, WebACLRule } from '../../../../crds/types.ts';
import type { Ours } from '../../../../reconcilers/edge-tier/web-acl/web-acl.ts';
import { failure } from '../../builders.ts';
import { countryRule, formOfRules } from './builders.ts';
import { createCourse } from './course.ts';
import { managed } from './form-specs.ts';

type Course = ReturnType<typeof createCourse>;

const [a, b, c] = [countryRule('a'), countryRule('b'), countryRule('c')];

const paced = (rollout: ManagedWebACL['rollout'], ...rules: readonly WebACLRule[]): ManagedWebACL => ({ ...managed(...rules), rollout });
const plain = { pauseSeconds: 0, observe: false };
const slow = { pauseSeconds: 600, observe: false };
const careful = { pauseSeconds: 600, observe: true };

/** Five web ACLs with rule a, at rest. */
const five = (rollout: ManagedWebACL['rollout'], tenants = 450): Course => {
  const course = createCourse(paced(rollout, a));
  course.change({ tenants });
  course.lines();
  expect(course.world().acls).toHaveLength(5);
  course.change({});
  return course;
};

const edited = (...numbers: readonly number[]) => (world: Ours): Ours => ({ ...world, acls: world.acls.map((one) => (numbers.includes(one.number) ? { ...one, form: formOfRules({ name: 'theirs' }) } : one)) });

const steps = (word: string, ...atSeconds: readonly number[]): readonly string[] => atSeconds.map((at, index) => `${at} s: ${word} ${index + 1}`);

const atOnce = (...numbers: readonly number[]): string => numbers.map((number) => `update ${number}`).join(', ');

describe('a change of the rules reaches five web ACLs', () => {
  test.each<{ name: string; because: string; rollout: ManagedWebACL['rollout']; rules: readonly WebACLRule[]; want: readonly string[] }>([
    { name: 'without a pause', because: 'one after the other in one pass, which ends with the first that AWS refuses', rollout: plain, rules: [a, b], want: [`0 s: ${atOnce(1, 2, 3, 4, 5)}`] },
    { name: 'with a pause', because: 'somebody looks at metrics in between', rollout: slow, rules: [a, b], want: steps('update', 0, 600, 1200, 1800, 2400) },
    { name: 'counting first', because: 'the new rules act once all have counted for the pause', rollout: careful, rules: [a, b], want: [...steps('observe on', 0, 600, 1200, 1800, 2400), ...steps('update', 3000, 3600, 4200, 4800, 5400)] },
    { name: 'counting first, with a rule that differs', because: 'it acts as before meanwhile', rollout: careful, rules: [countryRule('a', 'DE')], want: [...steps('observe on', 0, 600, 1200, 1800, 2400), ...steps('update', 3000, 3600, 4200, 4800, 5400)] },
    { name: 'counting first, with a rule taken away', because: 'there is nothing to count', rollout: careful, rules: [], want: steps('update', 0, 600, 1200, 1800, 2400) },
  ])('$name: $because', ({ rollout, rules, want }) => {
    const course = five(rollout);
    course.change({ managed: paced(rollout, ...rules) });
    expect(course.lines()).toEqual(want);
    expect(course.status().rollout).toBeUndefined();
  });

  test('and the status says how far it is', () => {
    const course = five(careful);
    course.change({ managed: paced(careful, a, b) });
    const told: string[] = [];
    for (;;) {
      const { isSettled } = course.pass();
      const { phase, updated, total } = course.status().rollout ?? {};
      told.push(`${phase ?? 'none'} ${updated ?? 0}/${total ?? 0}`);
      if (isSettled) break;
    }
    expect(told).toEqual([
      'Observing 1/5', 'Observing 1/5', 'Observing 2/5', 'Observing 2/5', 'Observing 3/5', 'Observing 3/5', 'Observing 4/5', 'Observing 4/5', 'Observing 5/5', 'Observing 5/5',
      'Enforcing 1/5', 'Enforcing 1/5', 'Enforcing 2/5', 'Enforcing 2/5', 'Enforcing 3/5', 'Enforcing 3/5', 'Enforcing 4/5', 'Enforcing 4/5', 'none 0/0', 'none 0/0',
    ]);
  });

  test('the condition stays True and names the next one and its time', () => {
    const course = five(slow);
    course.change({ managed: paced(slow, a, b) });
    expect([course.pass(), course.pass()].map(({ message }) => message.replace(/at .*Z/, 'at …'))).toEqual([
      'True RollingOut: the new rules are in 0 of 5 web ACLs; number 1 is being changed',
      'True RollingOut: the new rules are in 1 of 5 web ACLs; number 2 follows at …',
    ]);
  });
});

describe('a rollout half-way', () => {
  /** Two of five have rules a and b. */
  const halfway = (rollout: ManagedWebACL['rollout']): Course => {
    const course = five(rollout);
    course.change({ managed: paced(rollout, a, b) });
    while (course.world().acls.filter(({ form }) => form.rules.length === 2).length < 2) course.pass();
    return course;
  };

  test('stops at the first web ACL that AWS refuses, and no other is touched before it', () => {
    const course = halfway(slow);
    course.change({ managed: paced(plain, a, b), refuse: ({ verb }) => (verb === 'UpdateWebACL' ? failure('invalid', 'WAFInvalidParameterException') : undefined) });
    const told = Array.from({ length: 8 }, () => course.pass().line.replace(/^\d+ s: /, ''));
    expect(new Set(told)).toEqual(new Set(['update 3 refused']));
    course.edit(paced(plain, a, b));
    expect(course.pass().line).toMatch(/look$/);
    expect(course.world().acls.map(({ form }) => form.rules.length)).toEqual([2, 2, 1, 1, 1]);
  });

  test('is undone at once, since three web ACLs show that the old rules are good', () => {
    const course = halfway(slow);
    course.change({ managed: paced(slow, a) });
    expect(course.lines()).toEqual([`0 s: ${atOnce(1, 2)}`]);
  });

  test('goes over to still other rules from the first on', () => {
    const course = halfway(slow);
    course.change({ managed: paced(slow, a, c) });
    expect(course.lines()).toEqual(steps('update', 0, 600, 1200, 1800, 2400));
  });

  test('goes on where it was in another process, with the pause that the status tells', () => {
    const course = halfway(slow);
    const at = course.status().rollout?.changedAt;
    course.pass();
    expect(course.status().rollout?.changedAt).toBe(at);
  });

  test('stays a rollout when the tier grows: the new web ACL does what the one before it does', () => {
    const course = halfway(slow);
    course.change({ tenants: 455 });
    expect(course.pass().line).toMatch(/create 6$/);
    expect(course.world().acls.map(({ form }) => form.rules.length)).toEqual([2, 2, 1, 1, 1, 1]);
  });

  test('while rules only count, going back takes the copies away', () => {
    const course = five(careful);
    course.change({ managed: paced(careful, a, b) });
    course.pass();
    course.change({ managed: paced(careful, a) });
    expect(course.lines()).toEqual(['0 s: update 1']);
  });
});

describe('rules that somebody edited by hand', () => {
  test.each<{ name: string; because: string; numbers: readonly number[]; want: readonly string[] }>([
    { name: 'of the first', because: 'the others show what is wanted', numbers: [1], want: ['0 s: update 1'] },
    { name: 'of the last', because: 'we published that it had them', numbers: [5], want: ['0 s: update 5'] },
    { name: 'of the last two', because: 'neither is part of a rollout', numbers: [4, 5], want: [`0 s: ${atOnce(4, 5)}`] },
    { name: 'of all', because: 'we published what they had', numbers: [1, 2, 3, 4, 5], want: [`0 s: ${atOnce(1, 2, 3, 4, 5)}`] },
  ])('$name are put right at once, whatever the pause: $because', ({ numbers, want }) => {
    const course = five(careful);
    course.change({ world: edited(...numbers) });
    expect(course.lines()).toEqual(want);
  });
});
