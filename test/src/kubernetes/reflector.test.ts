import { expect, test } from 'vitest';
import { createReflecting, live } from './reflecting.ts';
import type { Reflecting } from './reflecting.ts';

test('it lists and watches in one stream, and the store appears at once', async () => {
  const world = createReflecting();
  world.cluster.chunkBytes = 7;
  world.cluster.put('a', 1);
  world.cluster.put('b', 2);
  world.cluster.put('short-lived', 3);
  world.cluster.streaming = 'endless';
  world.start();
  await world.clock.settle();
  world.cluster.remove('short-lived');
  await world.clock.settle();
  expect({ held: world.held(), synced: world.store.hasSynced() }).toEqual({ held: {}, synced: false });
  world.cluster.watches()[0]?.say({
    type: 'BOOKMARK',
    object: { metadata: { resourceVersion: world.cluster.version(), annotations: { 'k8s.io/initial-events-end': 'true' } } },
  });
  await world.clock.settle();
  world.cluster.put('a', 3);
  await world.clock.settle();
  expect(world.held()).toEqual({ a: 3, b: 2 });
  expect(world.cluster.asked).toEqual(['stream']);
  expect(world.changes.map(({ key, from }) => `${key} ${from}`)).toEqual(['default/a listing', 'default/b listing', 'default/a watch']);
  await world.stop();
});

test('it asks for bookmarks, a consistent start, and an end between five and ten minutes', async () => {
  const world = await live(() => 0.999);
  world.cluster.watches()[0]?.end();
  await world.clock.advance(800);
  const shared = { allowWatchBookmarks: true, timeoutSeconds: 599 };
  expect(world.cluster.queries).toEqual([
    { ...shared, sendInitialEvents: true, resourceVersionMatch: 'NotOlderThan', resourceVersion: '' },
    { ...shared, resourceVersion: world.cluster.version() },
  ]);
  await world.stop();
});

test('a server that refuses streams is listed in pages, from then on', async () => {
  const world = createReflecting();
  world.cluster.streaming = 'refused';
  for (let count = 0; count < 1_201; count++) world.cluster.put(`thing-${count}`, count);
  world.start();
  await world.clock.settle();
  expect(world.store.size()).toBe(1_201);
  expect(world.cluster.asked).toEqual(['stream', 'list', 'list more', 'list more', `watch ${world.cluster.version()}`]);
  expect(world.states).toEqual([{ is: 'syncing', by: 'stream', because: 'start' }, { is: 'syncing', by: 'pages', because: 'start' }, { is: 'live' }]);
  await world.stop();
});

test('a stream whose initial events do not end is given up for pages after a minute', async () => {
  const world = createReflecting();
  world.cluster.streaming = 'endless';
  world.cluster.put('a', 1);
  world.start();
  await world.clock.advance(59_999);
  expect(world.store.hasSynced()).toBe(false);
  await world.clock.advance(1);
  expect(world.held()).toEqual({ a: 1 });
  expect(world.cluster.watches().length).toBe(1);
  await world.stop();
});

test('a page token that expires on the way begins again with the first page', async () => {
  const world = createReflecting();
  world.cluster.streaming = 'refused';
  for (let count = 0; count < 600; count++) world.cluster.put(`thing-${count}`, count);
  world.cluster.expireNextToken = true;
  world.start();
  await world.clock.advance(400);
  expect(world.cluster.asked.slice(0, 5)).toEqual(['stream', 'list', 'list more', 'list', 'list more']);
  expect(world.store.size()).toBe(600);
  await world.stop();
});

test('a cut watch is taken up where it was, without listing', async () => {
  const world = await live();
  const version = world.cluster.version();
  world.cluster.watches()[0]?.write('{"type":"ADDED","object":{"metadata":{"name":"half');
  world.cluster.watches()[0]?.cut();
  await world.clock.settle();
  world.cluster.put('a', 7);
  await world.clock.advance(400);
  expect(world.held()).toEqual({ a: 7, b: 2 });
  expect(world.cluster.asked).toEqual(['stream', `watch ${version}`]);
  await world.stop();
});

test('a bookmark moves the place where a watch is taken up', async () => {
  const world = await live();
  world.cluster.writeElsewhere();
  world.cluster.bookmark();
  await world.clock.settle();
  world.cluster.compact();
  world.cluster.watches()[0]?.end();
  await world.clock.advance(400);
  expect(world.cluster.asked).toEqual(['stream', `watch ${world.cluster.version()}`]);
  await world.stop();
});

test('a version that is gone is answered by listing again, and what was missed is told as found by listing', async () => {
  const world = await live();
  world.cluster.watches()[0]?.cut();
  await world.clock.settle();
  world.cluster.remove('a');
  world.cluster.remove('b');
  world.cluster.put('b', 5);
  world.cluster.compact();
  await world.clock.advance(5_000);
  expect(world.held()).toEqual({ b: 5 });
  expect(world.changes.slice(2).map(({ key, from, before, after }) => `${key} ${from} ${before?.spec.content} ${after?.spec.content}`)).toEqual([
    'default/a listing 1 undefined',
    'default/b listing 2 undefined',
    'default/b listing undefined 5',
  ]);
  expect(world.states).toContainEqual({ is: 'syncing', by: 'stream', because: 'expired' });
  await world.stop();
});

const moments = [
  { name: 'while it watches', prepare: () => undefined },
  { name: 'while it waits', prepare: ({ cluster }: Reflecting) => cluster.watches()[0]?.end() },
  { name: 'while it lists', prepare: ({ cluster }: Reflecting) => (cluster.compact(), cluster.writeElsewhere(), cluster.watches()[0]?.end()) },
] as const;

test.each(moments)('stopped $name, it leaves no timer, no watch and no callback', async ({ prepare }) => {
  const world = await live();
  prepare(world);
  await world.clock.settle();
  await world.stop();
  const told = world.changes.length;
  const timers = world.clock.pending();
  world.cluster.put('late', 1);
  await world.clock.advance(3_600_000);
  expect({ timers, watches: world.cluster.watches().length, told: world.changes.length - told }).toEqual({ timers: 0, watches: 0, told: 0 });
  expect(world.states.at(-1)).toEqual({ is: 'stopped' });
});

test('a handler that stops it is the last to be called', async () => {
  const world = await live();
  const told: string[] = [];
  world.store.subscribe(({ key }) => {
    told.push(key);
    void world.stop();
  });
  world.cluster.put('a', 8);
  world.cluster.put('b', 8);
  await world.clock.settle();
  expect(told).toEqual(['default/a']);
});

test('started twice, it runs once', async () => {
  const world = await live();
  world.start();
  await world.clock.settle();
  expect(world.cluster.watches().length).toBe(1);
  await world.stop();
});
