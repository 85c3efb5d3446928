import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createTokenBucket } from '../../../src/kubernetes/token-bucket.ts';
import { createVirtualClock } from '../../virtual-clock.ts';

test('after any silence no more than the burst goes through at once', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 20 }), fc.array(fc.nat({ max: 100_000 }), { maxLength: 5 }), async (burst, silences) => {
      const clock = createVirtualClock();
      const bucket = createTokenBucket({ perSecond: 2, burst }, clock);
      for (const ms of [0, ...silences]) {
        await clock.advance(ms);
        const passed = Array.from({ length: burst + 5 }, () => bucket.tryTake()).filter((took) => took).length;
        expect(passed).toBeLessThanOrEqual(burst);
        if (ms >= burst * 500) expect(passed).toBe(burst);
      }
    }),
  );
});

test('turns beyond the burst are handed out at the rate, one after the other', () => {
  const bucket = createTokenBucket({ perSecond: 4, burst: 2 }, createVirtualClock());
  expect(Array.from({ length: 5 }, () => bucket.reserve())).toEqual([0, 0, 250, 500, 750]);
});
