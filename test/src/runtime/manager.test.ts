import { expect, test } from 'vitest';
import { runManager } from '../../../src/runtime/manager.ts';
import type { Component } from '../../../src/runtime/manager.ts';
import { createVirtualClock } from '../../virtual-clock.ts';

type Told = { readonly is: string; readonly component?: string; readonly components?: readonly string[] };

/** A process of parts that tell what happens to them; each ends `endsAfterMs` after it is asked to. */
const setUp = (names: readonly (readonly string[])[], parts: Readonly<Record<string, Partial<Component> & { readonly endsAfterMs?: number }>> = {}) => {
  const clock = createVirtualClock();
  const told: string[] = [];
  const componentOf = (name: string): Component => ({
    name,
    run: async (signal) => {
      told.push(`${name} starts`);
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      const { endsAfterMs = 0 } = parts[name] ?? {};
      if (endsAfterMs > 0) await new Promise<void>((resolve) => void clock.after(endsAfterMs, resolve));
      told.push(`${name} ends`);
    },
    ...parts[name],
  });
  const [stop, kill] = [new AbortController(), new AbortController()];
  const onEvent = ({ is, ...rest }: Told): void => {
    told.push([is, rest.component ?? rest.components?.join('+')].filter((word) => word !== undefined).join(' '));
  };
  const layers = names.map((layer) => layer.map(componentOf));
  const code = runManager({ layers, clock, gracefulMs: 25_000, stop: stop.signal, kill: kill.signal, onEvent });
  return { clock, told, stop, kill, code };
};

const house = [['probes', 'metrics'], ['tenants', 'fleet'], ['workers']] as const;

test('parts start from below, each layer when the one under it is ready, and end from above', async () => {
  let isSynced = false;
  const { clock, told, stop, code } = setUp(house, { tenants: { ready: () => isSynced } });
  await clock.advance(60_000);
  told.push('-');
  isSynced = true;
  await clock.advance(100);
  told.push('-');
  stop.abort();
  expect({ code: await code, told, timers: clock.pending() }).toEqual({
    code: 0,
    told: ['probes starts', 'metrics starts', 'tenants starts', 'fleet starts', '-', 'workers starts', 'started', '-', 'stopping', 'workers ends', 'tenants ends', 'fleet ends', 'probes ends', 'metrics ends', 'stopped'],
    timers: 0,
  });
});

test('a layer goes on until the one above it has ended', async () => {
  const { clock, told, stop, code } = setUp(house, { workers: { endsAfterMs: 20_000 } });
  await clock.settle();
  stop.abort();
  await clock.advance(19_999);
  const before = [...told];
  await clock.advance(1);
  expect({ code: await code, before: before.at(-1), next: told.slice(before.length, before.length + 2) }).toEqual({ code: 0, before: 'stopping', next: ['workers ends', 'tenants ends'] });
});

test.each([
  { name: 'the end of the grace period ends the waiting', end: 'grace' },
  { name: 'a second signal ends the waiting at once', end: 'kill' },
])('$name, names what still runs and makes the exit code 1', async ({ end }) => {
  const { clock, told, stop, kill, code } = setUp(house, { workers: { endsAfterMs: 60_000 } });
  await clock.settle();
  stop.abort();
  await clock.settle();
  if (end === 'kill') kill.abort();
  else await clock.advance(25_000);
  expect({ code: await code, last: told.at(-1) }).toEqual({ code: 1, last: 'overdue probes+metrics+tenants+fleet+workers' });
});

test.each<{ name: string; run: Component['run'] }>([
  { name: 'a part that fails', run: () => Promise.reject(new Error('port taken')) },
  { name: 'a part that ends by itself', run: () => Promise.resolve() },
])('$name ends all the others in order and makes the exit code 1', async ({ run }) => {
  const { told, code } = setUp(house, { fleet: { run } });
  expect(await code).toBe(1);
  expect(told.filter((line) => !line.endsWith('starts'))).toEqual(['failed fleet', 'stopping', 'workers ends', 'tenants ends', 'probes ends', 'metrics ends', 'stopped']);
});

test('a part that fails while it is asked to end makes the exit code 1', async () => {
  const { clock, stop, code } = setUp(house, {
    fleet: {
      run: async (signal) => {
        await new Promise((resolve) => signal.addEventListener('abort', resolve));
        throw new Error('close: broken');
      },
    },
  });
  await clock.settle();
  stop.abort();
  expect(await code).toBe(1);
});

test('a stop while the caches are filled starts nothing further', async () => {
  const { clock, told, stop, code } = setUp(house, { tenants: { ready: () => false } });
  await clock.advance(1_000);
  stop.abort();
  expect({ code: await code, workers: told.filter((line) => line.startsWith('workers')), timers: clock.pending() }).toEqual({ code: 0, workers: [], timers: 0 });
});

test('where a vital part fails, nothing is waited for', async () => {
  const { told, clock, code } = setUp([['lease'], ['workers']], { lease: { vital: true, run: () => Promise.reject(new Error('lost')) }, workers: { endsAfterMs: 20_000 } });
  await clock.settle();
  expect({ code: await code, told: told.filter((line) => line !== 'workers starts' && line !== 'started') }).toEqual({ code: 1, told: ['failed lease', 'stopping', 'overdue workers'] });
});
