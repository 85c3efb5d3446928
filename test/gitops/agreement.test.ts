import { beforeAll, describe, expect, test } from 'vitest';
import { agree, wordsOf } from './agreement.ts';
import { toldStatuses, type ToldStatus } from './golden.ts';
import { type Judged, judge, type Judgement } from './judge.ts';

/** An object of generation 2 whose status is about this generation of it. */
const objectWith = ({ kind, conditions }: ToldStatus, observedGeneration: number): Judged => ({
  kind,
  metadata: { name: 'shop', generation: 2 },
  status: {
    observedGeneration,
    conditions: conditions.map(({ type, status, reason }) => ({ type, status, reason, message: reason, observedGeneration, lastTransitionTime: '2030-01-01T00:00:00Z' })),
  },
});

const beingDeleted = (object: Judged): Judged => ({ ...object, metadata: { ...object.metadata, deletionTimestamp: '2030-01-01T00:00:00Z' } });

describe('over all statuses that scenarios came to', () => {
  let told: readonly ToldStatus[] = [];
  let verdicts: readonly Judgement[] = [];

  beforeAll(async () => {
    told = (await toldStatuses()).distinct;
    verdicts = await judge(told.map((one) => objectWith(one, 2)));
  });

  /** The statuses, in words, for which this does not hold. */
  const exceptions = (judged: readonly Judgement[], holds: (judgement: Judgement, one: ToldStatus) => boolean): readonly string[] =>
    told.flatMap((one, index) => {
      const judgement = judged[index];
      return judgement !== undefined && holds(judgement, one) ? [] : [`${judgement === undefined ? 'not judged' : wordsOf(judgement)}: ${one.kind} ${one.text}`];
    });

  test('the transcripts are read as they were written: every replay ends as its story does', async () => {
    const { ends, writes } = await toldStatuses();
    expect(ends.map(({ key, replayed }) => `${key} ${replayed}`)).toEqual(ends.map(({ key, told: told_ }) => `${key} ${told_}`));
    expect(ends.length).toBeGreaterThan(200);
    expect(writes).toBeGreaterThan(1_000);
    expect(told.length).toBeGreaterThan(100);
  });

  test('Argo CD and kstatus agree', () => {
    expect(exceptions(verdicts, agree)).toEqual([]);
  });

  test('both hold what is Ready for healthy, and nothing else', () => {
    const isReady = ({ conditions }: ToldStatus): boolean => conditions.some(({ type, status }) => type === 'Ready' && status === 'True');
    expect(exceptions(verdicts, ({ argo, kstatus }, one) => (argo.status === 'Healthy') === isReady(one) && (kstatus.status === 'Current') === isReady(one))).toEqual([]);
  });

  test('both wait for a controller that has not seen the present spec, and for a deletion', async () => {
    expect(exceptions(await judge(told.map((one) => objectWith(one, 1))), (judgement) => wordsOf(judgement) === 'Progressing/InProgress')).toEqual([]);
    expect(exceptions(await judge(told.map((one) => beingDeleted(objectWith(one, 2)))), (judgement) => wordsOf(judgement) === 'Progressing/Terminating')).toEqual([]);
  });

  test('each word is said of some', () => {
    expect(new Set(verdicts.map(wordsOf))).toEqual(new Set(['Healthy/Current', 'Degraded/Failed', 'Progressing/InProgress', 'Suspended/InProgress']));
  });
});
