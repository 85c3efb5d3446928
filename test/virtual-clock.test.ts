import { expect, test } from 'vitest';
import { createVirtualClock, virtualStart } from './virtual-clock.ts';

test('timers run in the order of their due time, ties in the order they were set', async () => {
  const clock = createVirtualClock();
  const ran: string[] = [];
  clock.after(20, () => ran.push('c'));
  clock.after(10, () => ran.push('a'));
  clock.after(10, () => ran.push('b'));
  await clock.advance(20);
  expect(ran).toEqual(['a', 'b', 'c']);
});

test('a timer sees its own due time, and advance ends exactly where it was asked to', async () => {
  const clock = createVirtualClock();
  const seen: number[] = [];
  clock.after(7, () => seen.push(clock.now().getTime() - virtualStart.getTime()));
  await clock.advance(30);
  expect({ seen, now: clock.now().getTime() - virtualStart.getTime() }).toEqual({ seen: [7], now: 30 });
});

test('a timer set by a timer runs in the same advance when it falls due in it', async () => {
  const clock = createVirtualClock();
  const ran: number[] = [];
  const again = (): void => {
    ran.push(clock.now().getTime() - virtualStart.getTime());
    clock.after(10, again);
  };
  clock.after(10, again);
  await clock.advance(35);
  expect({ ran, pending: clock.pending(), next: clock.nextInMs() }).toEqual({ ran: [10, 20, 30], pending: 1, next: 5 });
});

test('what a timer set off has been done before the next one fires', async () => {
  const clock = createVirtualClock();
  const ran: string[] = [];
  const chain = async (): Promise<void> => {
    for (let step = 0; step < 50; step++) await Promise.resolve();
    ran.push('first timer, end of its promises');
  };
  clock.after(1, () => void chain());
  clock.after(1, () => ran.push('second timer'));
  await clock.advance(1);
  expect(ran).toEqual(['first timer, end of its promises', 'second timer']);
});

test('a cancelled timer never runs, cancelling twice changes nothing', async () => {
  const clock = createVirtualClock();
  const ran: string[] = [];
  const cancel = clock.after(5, () => ran.push('cancelled'));
  clock.after(5, () => ran.push('kept'));
  cancel();
  cancel();
  await clock.advance(10);
  expect({ ran, pending: clock.pending() }).toEqual({ ran: ['kept'], pending: 0 });
});

test('runNext jumps to the next timer and says when there is none', async () => {
  const clock = createVirtualClock();
  const ran: number[] = [];
  clock.after(60_000, () => ran.push(1));
  clock.after(3_600_000, () => ran.push(2));
  expect([await clock.runNext(), ran.length, await clock.runNext(), ran.length, await clock.runNext()]).toEqual([true, 1, true, 2, false]);
  expect(clock.now().getTime() - virtualStart.getTime()).toBe(3_600_000);
});

test('runUntilIdle tells how long it took, and refuses what re-arms itself for ever', async () => {
  const clock = createVirtualClock();
  clock.after(5, () => clock.after(6, () => undefined));
  expect(await clock.runUntilIdle()).toBe(11);
  const again = (): void => void clock.after(1_000, again);
  again();
  await expect(clock.runUntilIdle(10_000)).rejects.toThrow(/still set/);
});

test('a delay below zero means now, one that is no number is a mistake', async () => {
  const clock = createVirtualClock();
  let ran = false;
  clock.after(-5, () => {
    ran = true;
  });
  await clock.advance(0);
  expect(ran).toBe(true);
  expect(() => clock.after(Number.NaN, () => undefined)).toThrow(RangeError);
});
