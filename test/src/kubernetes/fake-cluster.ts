import type { Page, Source } from '../../../src/kubernetes/client.ts';
import { KubeError } from '../../../src/kubernetes/errors.ts';
import type { KubeObject } from '../../../src/kubernetes/object.ts';
import type { Query } from '../../../src/kubernetes/send.ts';
import { OpenWatch } from './open-watch.ts';

/** The kind the tests keep: its content is one number. */
export type Thing = KubeObject & { readonly spec: { readonly content: number } };

type LogEntry = { readonly version: number; readonly type: 'ADDED' | 'MODIFIED' | 'DELETED'; readonly object: Thing };

/**
 * One resource of an API server, as its watch cache shows it: a log of changes with one version each, a part of it compacted away, lists in
 * pages that show one moment, and watches, also those that begin with a list. Misbehaves as it is told.
 */
export class FakeCluster implements Source {
  /** How a watch with `sendInitialEvents` is treated: as asked, with 422, or by never ending the initial events. */
  streaming: 'served' | 'refused' | 'endless' = 'served';
  /** Whether history is compacted just before the next page token is used. */
  expireNextToken = false;
  /** How the bytes of a watch are cut. */
  chunkBytes = 65_536;
  /** Failures for the next requests, first come first served. */
  readonly failNext: KubeError[] = [];
  /** What was asked, in order: `list`, `list more`, `stream`, `watch <version>`. */
  readonly asked: string[] = [];
  readonly queries: Query[] = [];
  readonly #things = new Map<string, Thing>();
  readonly #log: LogEntry[] = [];
  readonly #snapshots = new Map<string, readonly Thing[]>();
  readonly #watches = new Set<OpenWatch>();
  // Soon six digits: versions compared as plain text, or as numbers lost to rounding, would show.
  #version = 99_990;
  #compactedAt = 0;
  #uids = 0;

  put(name: string, content: number, extra: Readonly<Record<string, unknown>> = {}): Thing {
    const key = `default/${name}`;
    const known = this.#things.get(key);
    const version = ++this.#version;
    const metadata = { namespace: 'default', name, uid: known?.metadata.uid ?? `uid-${++this.#uids}`, resourceVersion: String(version), ...extra };
    const object: Thing = { apiVersion: 'test/v1', kind: 'Thing', metadata, spec: { content } };
    this.#things.set(key, object);
    this.#append({ version, type: known === undefined ? 'ADDED' : 'MODIFIED', object });
    return object;
  }

  remove(name: string): void {
    const key = `default/${name}`;
    const known = this.#things.get(key);
    if (known === undefined) return;
    this.#things.delete(key);
    const version = ++this.#version;
    this.#append({ version, type: 'DELETED', object: { ...known, metadata: { ...known.metadata, resourceVersion: String(version) } } });
  }

  /** All that happened so far can only be listed now; page tokens expire too. */
  compact(): void {
    this.#compactedAt = this.#version;
    this.#snapshots.clear();
  }

  /** A write to another resource: versions go on, nobody here is told. */
  writeElsewhere(): number {
    return ++this.#version;
  }

  bookmark(): void {
    for (const watch of this.watches()) watch.say(bookmarkOf(this.#version));
  }

  things(): ReadonlyMap<string, Thing> {
    return this.#things;
  }

  version(): string {
    return String(this.#version);
  }

  /** The watches that are open now. */
  watches(): readonly OpenWatch[] {
    for (const watch of this.#watches) if (!watch.isOpen()) this.#watches.delete(watch);
    return [...this.#watches];
  }

  readonly list = async (page: { readonly limit: number; readonly continue?: string }): Promise<Page> => {
    this.asked.push(page.continue === undefined ? 'list' : 'list more');
    this.#failIfTold();
    if (page.continue !== undefined && this.expireNextToken) {
      this.compact();
      this.expireNextToken = false;
    }
    const [version = '', offset = '0'] = page.continue?.split(' ') ?? [this.version(), '0'];
    if (page.continue === undefined) this.#snapshots.set(version, [...this.#things.values()]);
    const all = this.#snapshots.get(version);
    if (all === undefined) throw failure(410, 'Expired');
    const end = Number(offset) + page.limit;
    const items = all.slice(Number(offset), end);
    return await Promise.resolve({ items, resourceVersion: version, ...(end < all.length && { continue: `${version} ${end}` }) });
  };

  readonly watch = async (query: Query, signal: AbortSignal): Promise<AsyncIterable<Uint8Array>> => {
    const streams = query['sendInitialEvents'] === true;
    this.asked.push(streams ? 'stream' : `watch ${String(query['resourceVersion'])}`);
    this.queries.push(query);
    this.#failIfTold();
    if (streams && this.streaming === 'refused') throw failure(422, 'Invalid');
    const watch = new OpenWatch(signal, this.chunkBytes);
    if (streams) this.#sayInitial(watch);
    else this.#sayMissed(watch, Number(query['resourceVersion']));
    this.#watches.add(watch);
    return await Promise.resolve(watch);
  };

  #sayInitial(watch: OpenWatch): void {
    for (const object of this.#things.values()) watch.say({ type: 'ADDED', object });
    if (this.streaming === 'served') watch.say(bookmarkOf(this.#version, { 'k8s.io/initial-events-end': 'true' }));
  }

  #sayMissed(watch: OpenWatch, since: number): void {
    if (since < this.#compactedAt) {
      watch.say({ type: 'ERROR', object: { kind: 'Status', code: 410, reason: 'Expired', message: 'too old resource version' } });
      watch.end();
      return;
    }
    for (const entry of this.#log) if (entry.version > since) watch.say({ type: entry.type, object: entry.object });
  }

  #append(entry: LogEntry): void {
    this.#log.push(entry);
    for (const watch of this.watches()) watch.say({ type: entry.type, object: entry.object });
  }

  #failIfTold(): void {
    const told = this.failNext.shift();
    if (told !== undefined) throw told;
  }
}

/** An answer of the API server that is no good. */
export const failure = (code: number, reason: string, retryAfterMs?: number): KubeError =>
  new KubeError('ask the fake', { code, reason, ...(retryAfterMs !== undefined && { retryAfterMs }) });

const bookmarkOf = (version: number, annotations: Readonly<Record<string, string>> = {}): unknown => ({
  type: 'BOOKMARK',
  object: { kind: 'Thing', apiVersion: 'test/v1', metadata: { resourceVersion: String(version), annotations } },
});
