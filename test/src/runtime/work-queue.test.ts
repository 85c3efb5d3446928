import { expect, test } from 'vitest';
import { priorities } from '../../../src/runtime/priorities.ts';
import { createWorkQueue } from '../../../src/runtime/work-queue.ts';
import type { Item, WorkQueue } from '../../../src/runtime/work-queue.ts';
import { createVirtualClock } from '../../virtual-clock.ts';

const never = new AbortController().signal;
const minutes = 60_000;

const setUp = () => {
  const clock = createVirtualClock();
  return { clock, queue: createWorkQueue({ clock }) };
};

/** Takes and gives back whatever is in line, in the order it comes. */
const drain = async (queue: WorkQueue): Promise<readonly string[]> => {
  const keys: string[] = [];
  while (Object.values(queue.depth()).some((count) => count > 0)) {
    const item = await queue.get(never);
    if (item === undefined) break;
    keys.push(item.key);
    queue.done(item.key);
  }
  return keys;
};

test('keys come by priority, and those of one priority in the order they came', async () => {
  const { queue } = setUp();
  queue.add('restart', { priority: priorities.idle });
  queue.add('tier-changed', { priority: priorities.dependent });
  queue.add('first', { priority: priorities.user });
  queue.add('polling', { priority: priorities.progress });
  queue.add('second', { priority: priorities.user });
  expect(await drain(queue)).toEqual(['first', 'second', 'polling', 'tier-changed', 'restart']);
});

test('a key added again keeps its turn, the higher priority and the earlier time', async () => {
  const { clock, queue } = setUp();
  queue.add('a', { priority: priorities.idle, afterMs: 10 * minutes });
  queue.add('b', { priority: priorities.progress, afterMs: 60 });
  queue.add('a', { priority: priorities.progress, afterMs: 50 });
  queue.add('a', { priority: priorities.idle, afterMs: 70 });
  await clock.advance(49);
  const before = queue.depth()[priorities.progress];
  await clock.advance(11);
  expect({ before, order: await drain(queue), timers: clock.pending() }).toEqual({ before: 0, order: ['a', 'b'], timers: 0 });
});

test('a key that a worker has is not handed out again before it is given back, and then at once', async () => {
  const { queue } = setUp();
  queue.add('a', { priority: priorities.user });
  await queue.get(never);
  queue.add('a', { priority: priorities.idle });
  queue.add('b', { priority: priorities.idle });
  const second = await queue.get(never);
  const third = queue.get(never);
  queue.done('a');
  expect([second?.key, (await third)?.key]).toEqual(['b', 'a']);
});

test('a delay counts from the moment of the add, also while the key is with a worker', async () => {
  const { clock, queue } = setUp();
  queue.add('a', { priority: priorities.user });
  await queue.get(never);
  queue.add('a', { priority: priorities.progress, afterMs: 100 });
  await clock.advance(80);
  queue.done('a');
  expect({ inLine: queue.depth()[priorities.progress], nextInMs: clock.nextInMs() }).toEqual({ inLine: 0, nextInMs: 20 });
});

test('however many keys wait, one timer is set, for the first of them', () => {
  const { clock, queue } = setUp();
  for (const afterMs of [500, 300, 400, 300]) queue.add(`in ${afterMs}`, { priority: priorities.progress, afterMs });
  expect({ timers: clock.pending(), nextInMs: clock.nextInMs() }).toEqual({ timers: 1, nextInMs: 300 });
});

test('what is new waits for what was begun, and a restart for both', async () => {
  const { queue } = setUp();
  queue.add('restart', { priority: priorities.idle });
  queue.add('applied', { priority: priorities.arrival });
  queue.add('polling', { priority: priorities.progress });
  expect(await drain(queue)).toEqual(['polling', 'applied', 'restart']);
});

test('each eighth turn is that of the key which has been in line longest, so that none starves', async () => {
  const { queue } = setUp();
  queue.add('restart', { priority: priorities.idle });
  for (let index = 1; index <= 9; index++) queue.add(`polling ${index}`, { priority: priorities.progress });
  expect((await drain(queue)).indexOf('restart')).toBe(7);
});

test('no turn is taken from what users ask for', async () => {
  const { queue } = setUp();
  queue.add('restart', { priority: priorities.idle });
  for (let index = 1; index <= 20; index++) queue.add(`edited ${index}`, { priority: priorities.user });
  expect((await drain(queue)).at(-1)).toBe('restart');
});

test('an item tells how long it was in line, without the delay it was asked to wait', async () => {
  const { clock, queue } = setUp();
  await queue.get(AbortSignal.abort());
  queue.add('a', { priority: priorities.progress, afterMs: 1_000 });
  await clock.advance(1_250);
  expect(await queue.get(never)).toEqual<Item>({ key: 'a', priority: priorities.progress, waitedMs: 250 });
});

test('nobody waits in line before there is anybody to take a key: a replica that stood by begins without a backlog', async () => {
  const { clock, queue } = setUp();
  queue.add('a', { priority: priorities.user });
  queue.add('b', { priority: priorities.user });
  await clock.advance(3_600_000);
  const first = await queue.get(never);
  await clock.advance(40);
  expect([first?.waitedMs, (await queue.get(never))?.waitedMs]).toEqual([0, 40]);
});

test('a key is forgotten wherever it waits, until somebody has asked for one', async () => {
  const { clock, queue } = setUp();
  queue.add('in line', { priority: priorities.user });
  queue.add('later', { priority: priorities.user, afterMs: 1_000 });
  queue.forget('in line');
  queue.forget('later');
  queue.forget('unknown');
  const before = { depth: queue.depth()[priorities.user], timers: clock.pending() };
  const asked = queue.get(never);
  queue.add('a', { priority: priorities.user });
  queue.add('b', { priority: priorities.user });
  queue.forget('b');
  expect({ before, keys: [(await asked)?.key, (await queue.get(never))?.key] }).toEqual({ before: { depth: 0, timers: 0 }, keys: ['a', 'b'] });
});

test('an aborted request for a key takes none', async () => {
  const { queue } = setUp();
  const leaving = new AbortController();
  const left = queue.get(leaving.signal);
  const stays = queue.get(never);
  leaving.abort();
  queue.add('a', { priority: priorities.user });
  expect([await left, (await stays)?.key, await queue.get(AbortSignal.abort())]).toEqual([undefined, 'a', undefined]);
});

test('a queue that is shut down hands out nothing and leaves no timer', async () => {
  const { clock, queue } = setUp();
  const asked = queue.get(never);
  queue.add('later', { priority: priorities.user, afterMs: 10 });
  queue.shutDown();
  queue.add('now', { priority: priorities.user });
  queue.add('soon', { priority: priorities.user, afterMs: 10 });
  expect({ asked: await asked, after: await queue.get(never), timers: clock.pending() }).toEqual({ asked: undefined, after: undefined, timers: 0 });
});
