import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareVersions, keyOf, trimmed } from '../../../src/kubernetes/object.ts';
import { ObjectStore } from '../../../src/kubernetes/store.ts';
import type { Change } from '../../../src/kubernetes/store.ts';
import type { Thing } from './fake-cluster.ts';

const thing = (name: string, version: number, more: { readonly uid?: string; readonly content?: number } = {}): Thing => ({
  metadata: { namespace: 'default', name, uid: more.uid ?? name, resourceVersion: String(version) },
  spec: { content: more.content ?? version },
});

const recording = (): { readonly store: ObjectStore<Thing>; readonly changes: Change<Thing>[]; readonly errors: unknown[] } => {
  const errors: unknown[] = [];
  const store = new ObjectStore<Thing>({ onHandlerError: (error) => errors.push(error) });
  const changes: Change<Thing>[] = [];
  store.subscribe((change) => changes.push(change));
  return { store, changes, errors };
};

test('an event that is older than what was seen changes nothing', () => {
  const { store, changes } = recording();
  store.replace([thing('a', 98)], '99');
  store.apply({ is: 'modified', object: thing('a', 100) });
  store.apply({ is: 'modified', object: thing('a', 99) });
  store.apply({ is: 'deleted', object: thing('a', 100) });
  store.apply({ is: 'added', object: thing('late', 9) });
  expect(store.list()).toEqual([thing('a', 100)]);
  expect(store.lastSyncedResourceVersion()).toBe('100');
  expect(changes.length).toBe(2);
});

test('an object deleted and created anew under its name is told as two changes', () => {
  const { store, changes } = recording();
  store.replace([thing('a', 5)], '5');
  store.apply({ is: 'modified', object: thing('a', 9, { uid: 'second' }) });
  expect(changes.slice(1)).toEqual([
    { key: 'default/a', from: 'watch', before: thing('a', 5) },
    { key: 'default/a', from: 'watch', after: thing('a', 9, { uid: 'second' }) },
  ]);
});

test('a listing is taken over before the first of its changes is told, deletions first', () => {
  const { store } = recording();
  store.replace([thing('a', 1), thing('b', 2)], '2');
  const told: unknown[] = [];
  store.subscribe(({ key, from, after }) => told.push({ key, from, is: after === undefined ? 'gone' : 'there', size: store.size(), b: store.get('default/b') !== undefined }));
  store.replace([thing('a', 1), thing('c', 7)], '8');
  expect(told).toEqual([
    { key: 'default/b', from: 'listing', is: 'gone', size: 2, b: false },
    { key: 'default/c', from: 'listing', is: 'there', size: 2, b: false },
  ]);
});

test('a listing older than the store is believed: etcd was restored', () => {
  const { store } = recording();
  store.replace([thing('a', 50)], '60');
  store.replace([thing('a', 20)], '30');
  expect([store.get('default/a'), store.lastSyncedResourceVersion()]).toEqual([thing('a', 20), '30']);
});

test('a handler that throws hurts neither its neighbours nor the store', () => {
  const { store, errors } = recording();
  const told: string[] = [];
  store.subscribe(() => {
    throw new Error('bad handler');
  });
  store.subscribe(({ key }) => told.push(key));
  store.replace([thing('a', 1)], '1');
  store.apply({ is: 'modified', object: thing('a', 2) });
  expect({ told, errors: errors.length, held: store.size() }).toEqual({ told: ['default/a', 'default/a'], errors: 2, held: 1 });
});

test('who has unsubscribed is not told', () => {
  const { store } = recording();
  const told: string[] = [];
  const end = store.subscribe(({ key }) => told.push(key));
  store.replace([thing('a', 1)], '1');
  end();
  store.apply({ is: 'deleted', object: thing('a', 2) });
  expect(told).toEqual(['default/a']);
});

test('synced resolves with the first listing, an empty one too', async () => {
  const { store } = recording();
  expect(store.hasSynced()).toBe(false);
  store.replace([], '1');
  await store.synced;
  expect(store.hasSynced()).toBe(true);
});

test('an index has its name once, and an unknown one cannot be read', () => {
  const { store } = recording();
  store.index('parity', () => []);
  expect(() => store.index('parity', () => [])).toThrow(/there is one/);
  expect(() => store.byIndex('colour', 'red')).toThrow(/there is none/);
});

type Step = { readonly name: string; readonly act: 'put' | 'remove' | 'recreate' | 'list' | 'bookmark' | 'replay'; readonly content: number };

const steps = fc.array(
  fc.record<Step>({
    name: fc.constantFrom('a', 'b', 'c', 'd'),
    act: fc.constantFrom('put', 'remove', 'recreate', 'list', 'bookmark', 'replay'),
    content: fc.nat({ max: 5 }),
  }),
  { maxLength: 60 },
);

const byKey = (things: readonly Thing[]): Map<string, Thing> => new Map(things.map((one) => [keyOf(one), one]));

/** Plays random steps against a store and a plain map, and returns both. */
const play = (given: readonly Step[]) => {
  const { store, changes } = recording();
  const truth = new Map<string, Thing>();
  const said: { readonly is: 'added' | 'modified' | 'deleted'; readonly object: Thing }[] = [];
  const versions: string[] = [];
  store.index('content', ({ spec }) => [String(spec.content), 'any']);
  store.replace([], '95');
  let version = 95;
  const say = (is: 'added' | 'modified' | 'deleted', object: Thing): void => {
    said.push({ is, object });
    store.apply({ is, object });
  };
  for (const { name, act, content } of given) {
    const known = truth.get(name);
    version += 1;
    const object = thing(name, version, { content, uid: act === 'recreate' || known === undefined ? `${name}-${version}` : known.metadata.uid });
    if (act === 'put' || act === 'recreate') {
      truth.set(name, object);
      say(known === undefined ? 'added' : 'modified', object);
    } else if (act === 'remove' && known !== undefined) {
      truth.delete(name);
      say('deleted', { ...known, metadata: { ...known.metadata, resourceVersion: String(version) } });
    } else if (act === 'list') store.replace([...truth.values()], String(version));
    else if (act === 'bookmark') store.bookmark(String(version));
    else for (const event of said) store.apply(event);
    versions.push(store.lastSyncedResourceVersion() ?? '');
  }
  return { store, changes, truth, versions };
};

test('whatever happens, the store is what a plain map would be, and so are its indexes', () => {
  fc.assert(
    fc.property(steps, (given) => {
      const { store, truth } = play(given);
      expect(byKey(store.list())).toEqual(byKey([...truth.values()]));
      for (let content = 0; content <= 5; content++) {
        expect(byKey(store.byIndex('content', String(content)))).toEqual(byKey([...truth.values()].filter(({ spec }) => spec.content === content)));
      }
      expect(store.byIndex('content', 'any').length).toBe(truth.size);
    }),
  );
});

test('the changes told, played one after the other, make the store; each begins where the last one ended', () => {
  fc.assert(
    fc.property(steps, (given) => {
      const { store, changes } = play(given);
      const mirror = new Map<string, Thing>();
      for (const { key, before, after } of changes) {
        expect(before).toBe(mirror.get(key));
        if (before !== undefined && after !== undefined) expect(after.metadata.uid).toBe(before.metadata.uid);
        if (after === undefined) mirror.delete(key);
        else mirror.set(key, after);
      }
      expect(mirror).toEqual(new Map(store.list().map((one) => [keyOf(one), one])));
    }),
  );
});

test('the synced version never falls while the server goes on', () => {
  fc.assert(
    fc.property(steps, (given) => {
      const { versions } = play(given);
      expect(versions).toEqual(versions.toSorted((a, b) => compareVersions(a, b) ?? 0));
    }),
  );
});

test('versions compare like the numbers they look like, however large', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 1n, max: 2n ** 128n }), fc.bigInt({ min: 1n, max: 2n ** 128n }), (a, b) => {
      const order = compareVersions(String(a), String(b)) ?? Number.NaN;
      expect(Math.sign(order)).toBe(a === b ? 0 : a < b ? -1 : 1);
    }),
  );
});

test.each(['', '0', '012', '1e3', '-1', 'abc'])('the version %j compares with nothing', (version) => {
  expect(compareVersions(version, '5')).toBeUndefined();
  expect(compareVersions('5', version)).toBeUndefined();
});

test('trimming takes managedFields and the last applied manifest, nothing else', () => {
  const annotations = { 'kubectl.kubernetes.io/last-applied-configuration': '{}', mine: 'yes' };
  const full = { ...thing('a', 1), metadata: { ...thing('a', 1).metadata, generation: 3, labels: { a: 'b' }, annotations, managedFields: [{}] } };
  expect(trimmed(full)).toEqual({ ...thing('a', 1), metadata: { ...thing('a', 1).metadata, generation: 3, labels: { a: 'b' }, annotations: { mine: 'yes' } } });
});
