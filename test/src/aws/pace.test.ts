import { describe, expect, test } from 'vitest';
import { Pace } from '../../../src/aws/pace.ts';

/** A pace by a clock that can be set to any time. */
const setUp = (perSecond: number) => {
  let nowMs = Date.parse('2030-01-01T00:00:00Z');
  const pace = new Pace(perSecond, { now: () => new Date(nowMs), after: () => () => undefined });
  return { pace, now: () => new Date(nowMs), move: (ms: number) => (nowMs += ms) };
};

describe('a pace', () => {
  test.each([
    { name: 'an hour back', ms: -3_600_000, waitMs: 1_000 },
    { name: 'an hour ahead', ms: 3_600_000, waitMs: 0 },
  ])('loses one spacing at most to a clock that steps $name', ({ ms, waitMs }) => {
    const { pace, move } = setUp(1);
    expect(pace.take()).toBe(0);
    move(ms);
    expect(pace.take()).toBe(waitMs);
    move(waitMs);
    expect(waitMs === 0 ? 0 : pace.take()).toBe(0);
  });

  test('gives no burst after an hour of rest that it would not give after a second', () => {
    const { pace, move } = setUp(10);
    const burst = (): number => {
      let calls = 0;
      while (pace.take() === 0) calls++;
      return calls;
    };
    move(1_000);
    const afterSecond = burst();
    move(3_600_000);
    expect(burst()).toBe(afterSecond);
  });

  test('stays slow for the calls that were waiting, also while a clock stands still', () => {
    const { pace, now } = setUp(1);
    pace.slowDown(now());
    expect(pace.take()).toBe(2_000);
  });
});
