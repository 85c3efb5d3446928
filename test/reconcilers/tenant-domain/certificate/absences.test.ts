import { expect, test } from 'vitest';
import { createAbsences } from '../../../../reconcilers/tenant-domain/certificate/absences.ts';
import { minutes } from '../../builders.ts';
import { createVirtualClock } from '../../../virtual-clock.ts';

const setUp = () => {
  const clock = createVirtualClock();
  return { clock, absences: createAbsences(clock.now) };
};

test('a certificate that ACM does not know is gone when that has lasted two minutes: a fresh one answers the same', async () => {
  const { clock, absences } = setUp();
  absences.missed('a');
  await clock.advance(minutes(2) - 1);
  absences.missed('a');
  expect(absences.isGone('a')).toBe(false);
  await clock.advance(1);
  expect(absences.isGone('a')).toBe(true);
});

test('a certificate that was met again was never gone', async () => {
  const { clock, absences } = setUp();
  absences.missed('a');
  absences.met('a');
  await clock.advance(minutes(60));
  expect(absences.isGone('a')).toBe(false);
  absences.missed('a');
  expect(absences.isGone('a')).toBe(false);
});

test('a certificate that ACM deleted for us is gone at once', () => {
  const { absences } = setUp();
  absences.buried('a');
  expect([absences.isGone('a'), absences.isBuried('a')]).toEqual([true, true]);
});

test('a certificate that nobody asked about is not gone, and one merely missed is not buried', async () => {
  const { clock, absences } = setUp();
  absences.missed('b');
  await clock.advance(minutes(60));
  expect([absences.isGone('a'), absences.isBuried('b')]).toEqual([false, false]);
});
