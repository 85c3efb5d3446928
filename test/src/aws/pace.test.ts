import { describe, expect, test } from 'vitest';
import { Pace } from '../../../src/aws/pace.ts';

/** A pace by a clock that is moved on. */
const setUp = (perSecond: number) => {
  let nowMs = Date.parse('2030-01-01T00:00:00Z');
  const pace = new Pace(perSecond, { now: () => new Date(nowMs), after: () => () => undefined });
  return { pace, now: () => new Date(nowMs), move: (ms: number) => (nowMs += ms) };
};

describe('a pace', () => {
  test('is waited for no longer than it is slow: the spacing shrinks while it recovers', () => {
    const { pace, now, move } = setUp(1);
    for (let times = 0; times < 5; times++) pace.slowDown(now());
    const atFirst = pace.take();
    move(5_000);
    expect([atFirst, pace.take()]).toEqual([32_000, 8_728]);
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
