import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareVersions, keyOf } from '../../../src/kubernetes/object.ts';
import { failure } from './fake-cluster.ts';
import type { Thing } from './fake-cluster.ts';
import { createReflecting } from './reflecting.ts';
import type { Reflecting } from './reflecting.ts';

type Step =
  | { readonly act: 'put' | 'remove' | 'recreate'; readonly name: string; readonly content: number }
  | { readonly act: 'fail'; readonly code: number }
  | { readonly act: 'say error'; readonly code: number }
  | { readonly act: 'wait'; readonly ms: number }
  | { readonly act: 'chunks'; readonly bytes: number }
  | { readonly act: 'bookmark' | 'compact' | 'cut' | 'end' | 'half a line' | 'bad line' | 'refuse streams' | 'endless streams' | 'serve streams' };

const names = fc.constantFrom('a', 'b', 'c', 'd', 'e');
const codes = fc.constantFrom(0, 400, 401, 403, 404, 410, 422, 429, 500, 503, 504);
const simple = ['bookmark', 'compact', 'cut', 'end', 'half a line', 'bad line', 'refuse streams', 'endless streams', 'serve streams'] as const;

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ act: fc.constantFrom('put' as const, 'remove' as const, 'recreate' as const), name: names, content: fc.nat(9) }) },
  { weight: 3, arbitrary: fc.record({ act: fc.constantFrom(...simple) }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('fail' as const), code: codes }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('say error' as const), code: codes }) },
  { weight: 3, arbitrary: fc.record({ act: fc.constant('wait' as const), ms: fc.constantFrom(0, 1, 400, 5_000, 60_000, 200_000) }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('chunks' as const), bytes: fc.constantFrom(1, 3, 64, 65_536) }) },
);

const disturb = async (world: Reflecting, todo: Step): Promise<void> => {
  const { cluster, clock } = world;
  const watch = cluster.watches()[0];
  if (todo.act === 'put') cluster.put(todo.name, todo.content);
  else if (todo.act === 'remove') cluster.remove(todo.name);
  else if (todo.act === 'recreate') {
    cluster.remove(todo.name);
    cluster.put(todo.name, todo.content);
  } else if (todo.act === 'fail') cluster.failNext.push(failure(todo.code, 'Told'));
  else if (todo.act === 'say error') watch?.say({ type: 'ERROR', object: { kind: 'Status', code: todo.code, reason: 'Told' } });
  else if (todo.act === 'wait') await clock.advance(todo.ms);
  else if (todo.act === 'chunks') cluster.chunkBytes = todo.bytes;
  else if (todo.act === 'bookmark') cluster.bookmark();
  else if (todo.act === 'compact') cluster.compact();
  else if (todo.act === 'cut') watch?.cut();
  else if (todo.act === 'end') watch?.end();
  else if (todo.act === 'half a line') watch?.write('{"type":"ADD');
  else if (todo.act === 'bad line') watch?.write('{"type":"ADDED"}\n');
  else if (todo.act === 'refuse streams') cluster.streaming = 'refused';
  else if (todo.act === 'endless streams') cluster.streaming = 'endless';
  else cluster.streaming = 'served';
};

/** Everything works from now on: lets the reflector come to rest, however long it still has to wait. */
const recover = async ({ cluster, clock, store }: Reflecting): Promise<void> => {
  cluster.failNext.length = 0;
  cluster.streaming = 'served';
  await clock.advance(15 * 60_000);
  cluster.bookmark();
  await clock.advance(1);
  expect(store.lastSyncedResourceVersion()).toBe(cluster.version());
};

const byKey = (things: Iterable<Thing>): Map<string, Thing> => new Map([...things].map((one) => [keyOf(one), one]));

test('whatever the server does, in the end the store holds what the server holds, and has told how it came to it', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), fc.array(fc.double({ min: 0, max: 0.999, noNaN: true }), { minLength: 1, maxLength: 9 }), async (steps, dice) => {
      let throws = 0;
      const world = createReflecting(() => dice[throws++ % dice.length] ?? 0);
      const versions: string[] = [];
      world.store.subscribe(() => versions.push(world.store.lastSyncedResourceVersion() ?? ''));
      world.start();
      for (const todo of steps) await disturb(world, todo);
      await recover(world);
      expect(byKey(world.store.list())).toEqual(byKey(world.cluster.things().values()));
      expect(playedBack(world)).toEqual(byKey(world.store.list()));
      expect(versions).toEqual(versions.toSorted((a, b) => compareVersions(a, b) ?? 0));
      await world.stop();
      expect({ timers: world.clock.pending(), watches: world.cluster.watches().length }).toEqual({ timers: 0, watches: 0 });
    }),
    { numRuns: 300 },
  );
});

/** What somebody knows who has seen nothing but the changes. */
const playedBack = ({ changes }: Reflecting): Map<string, Thing> => {
  const known = new Map<string, Thing>();
  for (const { key, before, after } of changes) {
    expect(before).toBe(known.get(key));
    if (before !== undefined && after !== undefined) expect(after.metadata.uid).toBe(before.metadata.uid);
    if (after === undefined) known.delete(key);
    else known.set(key, after);
  }
  return known;
};
