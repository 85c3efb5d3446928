import { compareVersions, keyOf } from './object.ts';
import type { KubeObject } from './object.ts';
import { StoreIndex } from './store-index.ts';
import type { ValuesOf } from './store-index.ts';

/**
 * What happened to the object under one key: added (only `after`), changed (both) or deleted (only `before`). `before` is always what the last
 * change of that key ended with. From a `listing` come the first objects, and what was missed while no watch was open: a deletion found that
 * way shows the last state we saw, not the last there was.
 */
export type Change<O extends KubeObject> = { readonly key: string; readonly from: 'listing' | 'watch'; readonly before?: O; readonly after?: O };

/** All objects of one resource as the API server last told us. Readers share the objects and never change them. */
export type Store<O extends KubeObject> = {
  readonly get: (key: string) => O | undefined;
  readonly list: () => readonly O[];
  readonly size: () => number;
  /** Keeps objects findable by what `valuesOf` (pure, must not throw) says of them. @throws when the name is taken */
  readonly index: (name: string, valuesOf: ValuesOf<O>) => void;
  /** Those for which the index's function named this value. @throws when there is no such index */
  readonly byIndex: (name: string, value: string) => readonly O[];
  /** Everything up to this version has been seen, of every object. Absent before the first listing. */
  readonly lastSyncedResourceVersion: () => string | undefined;
  /** Whether a complete listing has arrived at least once. */
  readonly hasSynced: () => boolean;
  /** Resolves when `hasSynced` becomes true. Never rejects. */
  readonly synced: Promise<void>;
  /**
   * Calls the handler for every change from now on, at once and in order, after the store has it. A handler is quick and does not throw; if it
   * does, its neighbours and the store do not notice. Returns the way to end it.
   */
  readonly subscribe: (handler: (change: Change<O>) => void) => () => void;
};

/**
 * A store and its one writer, the reflector. Invariants: changes come in version order, an older event than the newest seen is ignored; the
 * synced version rises with every event and bookmark; a listing is taken over as one unit; another uid under the same key is a deletion and an
 * addition; indexes are never out of step with the objects.
 */
export class ObjectStore<O extends KubeObject> implements Store<O> {
  readonly synced: Promise<void>;
  readonly #objects = new Map<string, O>();
  readonly #indexes = new Map<string, StoreIndex<O>>();
  readonly #handlers = new Set<(change: Change<O>) => void>();
  readonly #onHandlerError: (error: unknown) => void;
  readonly #resolveSynced: () => void;
  #version: string | undefined;

  constructor(options: { readonly onHandlerError: (error: unknown) => void }) {
    this.#onHandlerError = options.onHandlerError;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.synced = promise;
    this.#resolveSynced = resolve;
  }

  readonly get = (key: string): O | undefined => this.#objects.get(key);
  readonly list = (): readonly O[] => [...this.#objects.values()];
  readonly size = (): number => this.#objects.size;
  readonly lastSyncedResourceVersion = (): string | undefined => this.#version;
  readonly hasSynced = (): boolean => this.#version !== undefined;

  readonly index = (name: string, valuesOf: ValuesOf<O>): void => {
    if (this.#indexes.has(name)) throw new Error(`add index "${name}": there is one of that name`);
    const index = new StoreIndex(valuesOf);
    for (const [key, object] of this.#objects) index.add(key, object);
    this.#indexes.set(name, index);
  };

  readonly byIndex = (name: string, value: string): readonly O[] => {
    const index = this.#indexes.get(name);
    if (index === undefined) throw new Error(`read index "${name}": there is none of that name`);
    return index.find(value);
  };

  readonly subscribe = (handler: (change: Change<O>) => void): (() => void) => {
    const own = (change: Change<O>): void => {
      handler(change);
    };
    this.#handlers.add(own);
    return () => {
      this.#handlers.delete(own);
    };
  };

  /** Takes over a complete listing. It is the truth even where it is older than what we knew: a restored etcd goes back in time. */
  replace(listed: Iterable<O>, version: string): void {
    const changes: Change<O>[] = [];
    const gone = new Map(this.#objects);
    for (const object of listed) {
      const key = keyOf(object);
      gone.delete(key);
      changes.push(...this.#put(key, object, 'listing'));
    }
    const deletions = [...gone.keys()].flatMap((key) => this.#put(key, undefined, 'listing'));
    this.#version = version;
    this.#resolveSynced();
    // Deletions first: what a name or a slot was taken by is free before its next holder is told.
    this.#tell([...deletions, ...changes]);
  }

  /** Takes over one event of a watch; nothing happens when it is not news. */
  apply(event: { readonly is: 'added' | 'modified' | 'deleted'; readonly object: O }): void {
    const { resourceVersion } = event.object.metadata;
    if (!this.#isNews(resourceVersion)) return;
    this.#version = resourceVersion;
    this.#tell(this.#put(keyOf(event.object), event.is === 'deleted' ? undefined : event.object, 'watch'));
  }

  /** Learns that nothing else happened up to this version. */
  bookmark(version: string): void {
    if (this.#isNews(version)) this.#version = version;
  }

  /** Versions that cannot be compared count as news: better told twice than never. */
  #isNews(version: string): boolean {
    const order = this.#version === undefined ? undefined : compareVersions(version, this.#version);
    return order === undefined || order > 0;
  }

  #put(key: string, after: O | undefined, from: 'listing' | 'watch'): Change<O>[] {
    const before = this.#objects.get(key);
    if (before?.metadata.uid === after?.metadata.uid && before?.metadata.resourceVersion === after?.metadata.resourceVersion) return [];
    if (before !== undefined) for (const index of this.#indexes.values()) index.remove(key, before);
    if (after === undefined) this.#objects.delete(key);
    else this.#objects.set(key, after);
    if (after !== undefined) for (const index of this.#indexes.values()) index.add(key, after);
    if (before === undefined || after === undefined || before.metadata.uid === after.metadata.uid) {
      return [{ key, from, ...(before && { before }), ...(after && { after }) }];
    }
    return [
      { key, from, before },
      { key, from, after },
    ];
  }

  #tell(changes: readonly Change<O>[]): void {
    for (const change of changes) {
      for (const handler of this.#handlers) {
        try {
          handler(change);
        } catch (error) {
          this.#onHandlerError(error);
        }
      }
    }
  }
}
