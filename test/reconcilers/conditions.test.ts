import { describe, expect, test } from 'vitest';
import type { Condition } from '../../crds/types.ts';
import { conditionsFrom, conditionsOf, transitionsBetween } from '../../reconcilers/conditions.ts';
import type { Verdict } from '../../reconcilers/contract.ts';
import { condition } from './builders.ts';

const verdict = (over: Partial<Verdict> = {}): Verdict => ({ type: 'Programmed', status: 'True', reason: 'Deployed', message: 'deployed', ...over });
const at = { generation: 4, now: new Date('2030-01-01T12:00:00.987Z') };
const then = '2030-01-01T00:00:00Z';
const now = '2030-01-01T12:00:00Z';

type Row = { readonly name: string; readonly because: string; readonly given: { readonly verdicts: readonly Verdict[]; readonly before: readonly Condition[] | undefined }; readonly want: readonly Condition[] };

const rows: readonly Row[] = [
  { name: 'the first time', because: 'there is nothing it could have changed from', given: { verdicts: [verdict()], before: undefined }, want: [condition({ observedGeneration: 4, lastTransitionTime: now })] },
  { name: 'an unchanged verdict', because: 'an equal object is not written', given: { verdicts: [verdict()], before: [condition({ observedGeneration: 4 })] }, want: [condition({ observedGeneration: 4, lastTransitionTime: then })] },
  { name: 'another reason', because: 'lastTransitionTime moves with status alone', given: { verdicts: [verdict({ reason: 'Updating' })], before: [condition()] }, want: [condition({ observedGeneration: 4, reason: 'Updating' })] },
  { name: 'another status', because: 'that is the transition', given: { verdicts: [verdict({ status: 'False' })], before: [condition()] }, want: [condition({ observedGeneration: 4, status: 'False', lastTransitionTime: now })] },
  { name: 'a type no longer judged', because: 'nobody keeps it up', given: { verdicts: [verdict()], before: [condition(), condition({ type: 'Reconciling' })] }, want: [condition({ observedGeneration: 4 })] },
  { name: 'text from outside', because: 'it ends up in a terminal', given: { verdicts: [verdict({ message: 'a\u001b[31m' })], before: [] }, want: [condition({ observedGeneration: 4, lastTransitionTime: now, message: 'a\\u001b[31m' })] },
  { name: 'a long text', because: 'an object is small', given: { verdicts: [verdict({ message: 'a'.repeat(2000) })], before: [] }, want: [condition({ observedGeneration: 4, lastTransitionTime: now, message: `${'a'.repeat(1023)}…` })] },
  { name: 'several verdicts', because: 'they stand in the order in which they become true', given: { verdicts: [verdict({ type: 'B' }), verdict({ type: 'A' })], before: [condition({ type: 'A' })] }, want: [condition({ type: 'B', observedGeneration: 4, lastTransitionTime: now }), condition({ type: 'A', observedGeneration: 4 })] },
];

describe('conditionsFrom', () => {
  test.each(rows)('$name: $because', ({ given, want }) => {
    expect(conditionsFrom(given.verdicts, given.before, at)).toEqual(want);
  });
});

describe('conditionsOf', () => {
  test('are those that judge the present spec: of an older one nothing can be said any more', () => {
    const [old, present] = [condition({ type: 'A', observedGeneration: 3 }), condition({ type: 'B', observedGeneration: 4 })];
    expect([conditionsOf(4, [old, present]), conditionsOf(5, [old, present]), conditionsOf(1, undefined)]).toEqual([[present], [], []]);
  });
});

describe('transitionsBetween', () => {
  const other = condition({ type: 'Accepted' });
  test.each<{ name: string; before: readonly Condition[] | undefined; after: readonly Condition[] | undefined; want: ReturnType<typeof transitionsBetween> }>([
    { name: 'nothing and nothing', before: undefined, after: undefined, want: [] },
    { name: 'the same', before: [condition()], after: [condition({ observedGeneration: 9, message: 'in other words', lastTransitionTime: now })], want: [] },
    { name: 'another reason', before: [condition(), other], after: [condition({ reason: 'Updating' }), other], want: [{ from: condition(), to: condition({ reason: 'Updating' }) }] },
    { name: 'another status', before: [condition()], after: [condition({ status: 'False' })], want: [{ from: condition(), to: condition({ status: 'False' }) }] },
    { name: 'a new one', before: [], after: [condition()], want: [{ from: undefined, to: condition() }] },
    { name: 'one that is left out', before: [condition()], after: [], want: [] },
  ])('between $name', ({ before, after, want }) => {
    expect(transitionsBetween(before, after)).toEqual(want);
  });
});
