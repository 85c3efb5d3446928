import { expect, test } from 'vitest';
import { Stopped } from '../../../src/runtime/stopped.ts';
import { priorities } from '../../../src/runtime/priorities.ts';
import { acted, gone, runOnVirtualTime, settled } from './controller-on-virtual-time.ts';

test('a report is told, and its key looked at again when and as urgently as it says', async () => {
  const answers = [acted, acted, settled];
  const { clock, controller, told, end } = runOnVirtualTime({ reconcile: () => Promise.resolve(answers.shift() ?? gone) });
  controller.enqueue('a', { priority: priorities.user });
  await clock.advance(36_020_000);
  await end();
  expect(told).toEqual(['0 report a acted pass 1 took 0', '10000 report a acted pass 2 took 0', '20000 report a settled pass 3 took 0', '36020000 report a gone pass 4 took 0']);
});

test('a key without a next look is not looked at again', async () => {
  const { clock, controller, end } = runOnVirtualTime({ reconcile: () => Promise.resolve(gone) });
  controller.enqueue('a', { priority: priorities.user });
  await clock.settle();
  expect(clock.pending()).toBe(0);
  await end();
});

test('as many passes run at once as there are workers, and never two of one key', async () => {
  const running: string[] = [];
  const most = { atOnce: 0, ofOneKey: 0 };
  const { clock, controller, end } = runOnVirtualTime({
    workers: 3,
    reconcile: async (key) => {
      running.push(key);
      most.atOnce = Math.max(most.atOnce, running.length);
      most.ofOneKey = Math.max(most.ofOneKey, running.filter((each) => each === key).length);
      await new Promise<void>((resolve) => void clock.after(100, resolve));
      running.splice(running.indexOf(key), 1);
      return gone;
    },
  });
  for (const key of ['a', 'b', 'c', 'd', 'e']) controller.enqueue(key, { priority: priorities.user });
  await clock.advance(50);
  for (const key of ['a', 'b', 'c']) controller.enqueue(key, { priority: priorities.user });
  const active = controller.active();
  await clock.runUntilIdle();
  expect({ active, most }).toEqual({ active: 3, most: { atOnce: 3, ofOneKey: 1 } });
  await end();
});

test('a pass that throws is told as a bug and tried again, ever later up to five minutes', async () => {
  const { clock, controller, told, end } = runOnVirtualTime({ reconcile: () => Promise.reject(new Error('oops')) });
  controller.enqueue('a', { priority: priorities.user });
  await clock.advance(1_200_000);
  await end();
  expect(told.map((line) => Number(line.split(' ')[0]))).toEqual([0, 1, 3, 7, 15, 31, 63, 127, 255, 511, 811, 1_111].map((seconds) => seconds * 1_000));
});

test('the wait after a throw is spread by chance, and starts over after a report', async () => {
  const answers = [false, false, true, false];
  const { clock, controller, told, end } = runOnVirtualTime({
    random: () => 0.5,
    reconcile: () => (answers.shift() ? Promise.resolve(acted) : Promise.reject(new Error('oops'))),
  });
  controller.enqueue('a', { priority: priorities.user });
  await clock.advance(12_100);
  await end();
  expect(told.map((line) => line.split(' ').slice(0, 2).join(' '))).toEqual(['0 panic', '500 panic', '1500 report', '11500 panic', '12000 panic']);
});

test('a deadline ends the pass by its signal, and the pass is waited for before its key is handed out again', async () => {
  const passes: string[] = [];
  const { clock, controller, told, end } = runOnVirtualTime({
    reconcile: async (key, signal) => {
      passes.push(`begin ${key}`);
      if (passes.length > 1) return gone;
      await new Promise<void>((resolve) => {
        signal.addEventListener('abort', () => void clock.after(20_000, resolve));
      });
      passes.push(`end ${key}`);
      throw signal.reason;
    },
  });
  controller.enqueue('a', { priority: priorities.user });
  await clock.advance(310_000);
  controller.enqueue('a', { priority: priorities.user });
  await clock.advance(11_000);
  await end();
  expect({ passes, told }).toEqual({ passes: ['begin a', 'end a', 'begin a'], told: ['320000 timeout a', '320000 report a gone pass 2 took 0'] });
});

test('a pass that does not end a minute after its deadline is stuck, until it ends after all', async () => {
  const let_go = Promise.withResolvers<void>();
  const { clock, controller, told, end } = runOnVirtualTime({
    reconcile: async () => {
      await let_go.promise;
      return gone;
    },
  });
  controller.enqueue('a', { priority: priorities.user });
  await clock.advance(359_999);
  const before = controller.stuck();
  await clock.advance(1);
  const after = controller.stuck();
  let_go.resolve();
  await clock.settle();
  expect({ before, after, end: controller.stuck(), told }).toEqual({ before: [], after: ['a'], end: [], told: ['360000 stuck a', '360000 report a gone pass 1 took 360000'] });
  await end();
});

test('a key whose last write the cache does not show yet is put off by 250 ms at a time', async () => {
  let isFresh = false;
  const { clock, controller, told, end } = runOnVirtualTime({ isFresh: () => isFresh, reconcile: () => Promise.resolve(gone) });
  controller.enqueue('a', { priority: priorities.user });
  await clock.advance(400);
  isFresh = true;
  await clock.advance(200);
  await end();
  expect(told).toEqual(['0 stale a', '250 stale a', '500 report a gone pass 1 took 0']);
});

test('a key is looked at after 30 s even if the cache never shows its last write', async () => {
  const { clock, controller, told, end } = runOnVirtualTime({ isFresh: () => false, reconcile: () => Promise.resolve(gone) });
  controller.enqueue('a', { priority: priorities.user });
  await clock.advance(40_000);
  await end();
  expect({ puts: told.length, last: told.at(-1) }).toEqual({ puts: 121, last: '30000 report a gone pass 1 took 0' });
});

test('a controller that is stopped takes no more keys, waits for its passes and leaves no timer', async () => {
  const let_go = Promise.withResolvers<void>();
  const passes: string[] = [];
  const { clock, controller, stop, running } = runOnVirtualTime({
    workers: 1,
    reconcile: async (key) => {
      passes.push(key);
      await let_go.promise;
      return acted;
    },
  });
  controller.enqueue('a', { priority: priorities.user });
  controller.enqueue('b', { priority: priorities.user });
  await clock.settle();
  stop.abort();
  const whileRunning = await Promise.race([running.then(() => 'ended'), clock.settle().then(() => 'waits')]);
  let_go.resolve();
  await running;
  expect({ passes, whileRunning, active: controller.active(), timers: clock.pending() }).toEqual({ passes: ['a'], whileRunning: 'waits', active: 0, timers: 0 });
});

test('a pass that may do nothing more ends without a word, and is not tried again', async () => {
  const { controller, clock, told, end } = runOnVirtualTime({ reconcile: () => Promise.reject(new Stopped('send a call: the process is ending')) });
  controller.enqueue('shop/a', { priority: 0 });
  await clock.advance(3_600_000);
  expect({ told, timers: clock.pending() }).toEqual({ told: [], timers: 0 });
  await end();
});
