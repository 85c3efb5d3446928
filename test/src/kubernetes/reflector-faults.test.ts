import { expect, test } from 'vitest';
import { failure } from './fake-cluster.ts';
import { createReflecting, live, waits } from './reflecting.ts';

const carriedOn = [
  { name: '429 with Retry-After', error: failure(429, 'TooManyRequests', 7_000), want: 7_400 },
  { name: '503 with Retry-After', error: failure(503, 'ServiceUnavailable', 2_000), want: 2_400 },
  { name: '503', error: failure(503, 'ServiceUnavailable'), want: 800 },
  { name: 'a refused connection', error: failure(0, 'ECONNREFUSED'), want: 800 },
  { name: '401', error: failure(401, 'Unauthorized'), want: 800 },
  { name: '500', error: failure(500, 'InternalError'), want: 800 },
] as const;

test.each(carriedOn)('$name to a watch is waited out, without listing', async ({ error, want }) => {
  const world = await live();
  world.cluster.failNext.push(error);
  world.cluster.watches()[0]?.end();
  await world.clock.advance(400);
  await world.clock.advance(want - 1);
  expect(world.cluster.watches().length).toBe(0);
  await world.clock.advance(1);
  expect(world.cluster.watches().length).toBe(1);
  expect(waits(world)).toEqual([400, want]);
  expect(world.cluster.asked.filter((what) => what === 'stream' || what === 'list')).toEqual(['stream']);
  await world.stop();
});

test('an error inside a watch is treated like the same answer to a request', async () => {
  const world = await live();
  world.cluster.watches()[0]?.say({ type: 'ERROR', object: { kind: 'Status', code: 429, reason: 'TooManyRequests', details: { retryAfterSeconds: 9 } } });
  await world.clock.settle();
  expect(waits(world)).toEqual([9_400]);
  expect(world.cluster.watches().length).toBe(0);
  await world.stop();
});

test('a server that fails for a minute is listed again, in case the version is what it fails on', async () => {
  const world = await live();
  for (let count = 0; count < 12; count++) world.cluster.failNext.push(failure(500, 'InternalError'));
  world.cluster.watches()[0]?.end();
  await world.clock.advance(60_000);
  expect(world.cluster.asked.filter((what) => what === 'stream').length).toBe(1);
  await world.clock.advance(120_000);
  expect(world.states).toContainEqual({ is: 'syncing', by: 'stream', because: 'failing' });
  await world.stop();
});

test('a line that cannot be read ends the watch, and nothing is lost', async () => {
  const world = await live();
  world.cluster.watches()[0]?.write('{"type":"ADDED","object":{"metadata":{}}}\n');
  world.cluster.put('a', 9);
  await world.clock.settle();
  expect(world.held()).toEqual({ a: 1, b: 2 });
  await world.clock.advance(400);
  expect(world.held()).toEqual({ a: 9, b: 2 });
  await world.stop();
});

test('what is not served is asked for again slowly, and listed once it is', async () => {
  const world = createReflecting();
  world.cluster.put('a', 1);
  world.cluster.failNext.push(failure(404, 'NotFound'), failure(404, 'NotFound'));
  world.start();
  await world.clock.advance(22_500);
  expect(world.store.hasSynced()).toBe(false);
  await world.clock.advance(22_500);
  expect(world.held()).toEqual({ a: 1 });
  expect(waits(world)).toEqual([22_500, 22_500]);
  await world.stop();
});

test('what is forbidden is asked for again soon: a server that has just started forbids everything', async () => {
  const world = createReflecting();
  world.cluster.put('a', 1);
  world.cluster.failNext.push(failure(403, 'Forbidden'), failure(403, 'Forbidden'));
  world.start();
  await world.clock.advance(1_200);
  expect(world.held()).toEqual({ a: 1 });
  expect(waits(world)).toEqual([400, 800]);
  await world.stop();
});

test('silence for 150 seconds ends a watch that has known bookmarks, and not one second of talk before', async () => {
  const world = await live();
  await world.clock.advance(140_000);
  world.cluster.bookmark();
  await world.clock.advance(149_000);
  expect(waits(world)).toEqual([]);
  await world.clock.advance(1_000);
  expect(waits(world)).toEqual([400]);
  await world.clock.advance(400);
  expect(world.cluster.asked.length).toBe(2);
  await world.stop();
});

test('a watch that is taken up again expects the words of its server from its start', async () => {
  const world = await live();
  world.cluster.watches()[0]?.end();
  await world.clock.advance(400);
  await world.clock.advance(149_999);
  expect(waits(world)).toEqual([400]);
  await world.clock.advance(1);
  expect(waits(world)).toEqual([400, 400]);
  await world.stop();
});

test('a watch without bookmarks that outlives its agreed end is given up', async () => {
  const world = createReflecting();
  world.cluster.streaming = 'refused';
  world.start();
  await world.clock.advance((450 + 30) * 1000 - 1);
  expect(waits(world)).toEqual([]);
  await world.clock.advance(1);
  expect(waits(world)).toEqual([400]);
  await world.stop();
});

test.each([
  { name: 'is forgotten by an orderly end after half a minute, as of a proxy that ends all streams', lastedMs: 30_000, want: [800, 800, 800, 800] },
  { name: 'is counted where ends come sooner', lastedMs: 29_000, want: [800, 1_600, 3_200, 6_400] },
])('what failed before $name', async ({ lastedMs, want }) => {
  const world = await live(() => 0.999999);
  for (const delayMs of want) {
    await world.clock.advance(lastedMs);
    world.cluster.watches()[0]?.end();
    await world.clock.advance(delayMs);
  }
  expect(waits(world).map(Math.round)).toEqual(want);
  await world.stop();
});

test('a listing that is ended before it is whole is asked for more and more slowly', async () => {
  const world = createReflecting(() => 0.999999);
  world.cluster.streaming = 'endless';
  world.start();
  for (const delayMs of [800, 1_600, 3_200]) {
    await world.clock.advance(40_000);
    world.cluster.watches()[0]?.end();
    await world.clock.advance(delayMs);
  }
  expect(waits(world).map(Math.round)).toEqual([800, 1_600, 3_200]);
  await world.stop();
});

test('waits double to half a minute, and begin anew after two good minutes', async () => {
  const world = await live(() => 0.999999);
  for (let count = 0; count < 7; count++) world.cluster.failNext.push(failure(0, 'ECONNRESET'));
  world.cluster.watches()[0]?.end();
  await world.clock.advance(150_000);
  expect(waits(world).map(Math.round)).toEqual([800, 1_600, 3_200, 6_400, 12_800, 25_600, 30_000, 30_000]);
  world.cluster.bookmark();
  await world.clock.advance(120_000);
  world.cluster.watches()[0]?.end();
  await world.clock.settle();
  expect(Math.round(waits(world).at(-1) ?? 0)).toBe(800);
  await world.stop();
});
