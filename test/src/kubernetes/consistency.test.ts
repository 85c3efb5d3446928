import { expect, test } from 'vitest';
import { createConsistency } from '../../../src/kubernetes/consistency.ts';
import type { Consistency } from '../../../src/kubernetes/consistency.ts';

type World = { synced: string | undefined; readonly consistency: Consistency };

const at = (synced: string | undefined): World => {
  const world: { synced: string | undefined } = { synced };
  return Object.assign(world, { consistency: createConsistency({ lastSyncedResourceVersion: () => world.synced }) });
};

const rows = [
  { name: 'a key never written', because: 'nothing is awaited', synced: '5', writes: [], want: true },
  { name: 'a write the store has not seen', because: 'a pass would repeat it', synced: '99', writes: [['u', '100']], want: false },
  { name: 'a write the store has just seen', because: 'equal is seen', synced: '100', writes: [['u', '100']], want: true },
  { name: 'a write long seen', because: 'versions grow in digits too', synced: '1000', writes: [['u', '999']], want: true },
  { name: 'several writes', because: 'the newest counts, in whatever order they were answered', synced: '100', writes: [['u', '101'], ['u', '99']], want: false },
  { name: 'a write to another object of that name', because: 'what was awaited of the old one is over', synced: '100', writes: [['u', '101'], ['v', '100']], want: true },
  { name: 'a write before the first listing', because: 'the store knows nothing yet', synced: undefined, writes: [['u', '1']], want: false },
  { name: 'a version of another form', because: 'what cannot be compared must not block', synced: '5', writes: [['u', 'x-7']], want: true },
] as const;

test.each(rows)('$name: $because', ({ synced, writes, want }) => {
  const { consistency } = at(synced);
  for (const [uid, version] of writes) consistency.wroteAt('n/a', uid, version);
  expect(consistency.isFresh('n/a')).toBe(want);
});

test('a key is fresh again once the store has caught up, by whatever event or bookmark', () => {
  const world = at('5');
  world.consistency.wroteAt('n/a', 'u', '9');
  expect(world.consistency.isFresh('n/a')).toBe(false);
  expect(world.consistency.isFresh('n/b')).toBe(true);
  world.synced = '12';
  expect(world.consistency.isFresh('n/a')).toBe(true);
});

test('keys nobody asks about again do not pile up', () => {
  const world = at('0');
  const keys = Array.from({ length: 20_000 }, (_, index) => `n/${index + 1}`);
  for (const [index, key] of keys.entries()) {
    world.consistency.wroteAt(key, 'u', String(index + 1));
    world.synced = String(index + 1);
  }
  // A store that knows nothing any more shows what is still remembered.
  world.synced = '0';
  expect(keys.filter((key) => !world.consistency.isFresh(key)).length).toBeLessThanOrEqual(1_001);
});
