import { afterEach, expect, test, vi } from 'vitest';
import { createClock, systemClock } from '../../../src/runtime/clock.ts';

afterEach(() => {
  vi.useRealTimers();
});

const [wall, started] = [1_800_000_000_000, 5_000];

test.each([
  { name: 'follows the wall', because: 'nobody sets it', steps: [{ wall: 1_000, monotonic: 1_000 }, { wall: 3_000, monotonic: 3_000 }], want: [1_000, 3_000] },
  { name: 'goes on at its pace', because: 'the wall is set back by an hour', steps: [{ wall: 1_000, monotonic: 1_000 }, { wall: -3_599_000, monotonic: 2_000 }, { wall: -3_598_000, monotonic: 3_000 }], want: [1_000, 2_000, 3_000] },
  { name: 'goes forward with the wall', because: 'the process was suspended for a minute', steps: [{ wall: 61_000, monotonic: 1_000 }, { wall: 62_000, monotonic: 2_000 }], want: [61_000, 62_000] },
  { name: 'is the wall again', because: 'the wall has caught up', steps: [{ wall: 1_000, monotonic: 1_000 }, { wall: -500, monotonic: 1_500 }, { wall: 9_000, monotonic: 2_000 }], want: [1_000, 1_500, 9_000] },
])('time $name where $because', ({ steps, want }) => {
  let at = { wall: 0, monotonic: 0 };
  const clock = createClock({ wallMs: () => wall + at.wall, monotonicMs: () => started + at.monotonic });
  const read = (): number => clock.now().getTime() - wall;
  const before = read();
  const seen = steps.map((step) => {
    at = step;
    return read();
  });
  expect({ before, seen }).toEqual({ before: 0, seen: want });
});

test('a timer for longer than a machine can wait does not run at once', () => {
  vi.useFakeTimers();
  let ran = 0;
  systemClock.after(40 * 24 * 3_600_000, () => (ran += 1));
  vi.advanceTimersByTime(24 * 24 * 3_600_000);
  expect(ran).toBe(0);
  vi.advanceTimersByTime(24 * 3_600_000);
  expect(ran).toBe(1);
});

test('a timer for a moment that has passed runs at once, and Node has nothing to say of it', async () => {
  vi.useRealTimers();
  const warned: string[] = [];
  const onWarning = ({ name }: Error): void => void warned.push(name);
  process.on('warning', onWarning);
  await new Promise<void>((resolve) => {
    const alive = setInterval(() => undefined, 1_000);
    systemClock.after(-1, () => {
      clearInterval(alive);
      resolve();
    });
  });
  await new Promise((resolve) => setImmediate(resolve));
  process.off('warning', onWarning);
  expect(warned).toEqual([]);
});
