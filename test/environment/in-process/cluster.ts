import { isDeepStrictEqual } from 'node:util';
import type { Client, MergePatch, Target } from '../../../src/kubernetes/client.ts';
import { KubeError } from '../../../src/kubernetes/errors.ts';
import { isRecord, keyOf, type KubeObject, type ObjectMeta } from '../../../src/kubernetes/object.ts';
import type { Resource } from '../../../src/kubernetes/resources.ts';
import type { Clock } from '../../../src/runtime/clock.ts';
import { schemaOf, withDefaults } from './defaults.ts';

/** An object as a person writes it. */
export type Manifest = { readonly apiVersion: string; readonly kind: string; readonly metadata: { readonly name: string; readonly namespace?: string; readonly labels?: Readonly<Record<string, string>> }; readonly spec?: unknown };

type Stored = KubeObject & { readonly spec?: unknown; readonly status?: unknown };
export type ClusterEvent = { readonly is: 'added' | 'modified' | 'deleted'; readonly plural: string; readonly object: KubeObject };

const plurals: Readonly<Record<string, string>> = { EdgeTier: 'edgetiers', TenantDomain: 'tenantdomains', Namespace: 'namespaces' };
const schemas = { edgetiers: schemaOf('edgetiers'), tenantdomains: schemaOf('tenantdomains') } as const;

/**
 * An API server in memory, as far as a controller can tell: one version counter, generations, status as a subresource, finalizers,
 * preconditions on uid and version, merge patches, defaults from the CRDs. No admission: manifests are taken for valid.
 */
export class Cluster {
  readonly #objects = new Map<string, Stored>();
  readonly #listeners = new Set<(event: ClusterEvent) => void>();
  readonly #clock: Clock;
  #version = 0;
  #uids = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  readonly version = (): string => String(this.#version);

  list(plural: string): readonly KubeObject[] {
    return [...this.#objects].filter(([id]) => id.startsWith(`${plural} `)).map(([, object]) => object);
  }

  get(plural: string, key: string): Stored | undefined {
    return this.#objects.get(`${plural} ${key}`);
  }

  /** Hears of every change, at once and in order. Returns the way to stop. */
  watch(listener: (event: ClusterEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  /** What `kubectl apply` does: creates, or replaces spec and labels. */
  apply(manifest: Manifest): void {
    const plural = pluralOf(manifest.kind);
    const { name, namespace, labels } = manifest.metadata;
    const address = { name, ...(namespace === undefined ? {} : { namespace }) };
    const defaulted = defaultsOf(plural, manifest);
    const known = this.get(plural, namespace === undefined ? name : `${namespace}/${name}`);
    if (known === undefined) {
      const metadata: ObjectMeta = { ...address, ...(labels ? { labels } : {}), uid: `uid-${++this.#uids}`, resourceVersion: '0', generation: 1, creationTimestamp: this.#clock.now().toISOString() };
      this.#store(plural, { ...defaulted, metadata }, 'added');
      return;
    }
    const changed = !isDeepStrictEqual(known.spec, defaulted.spec);
    const generation = (known.metadata.generation ?? 1) + (changed ? 1 : 0);
    if (changed || !isDeepStrictEqual(known.metadata.labels, labels)) this.#store(plural, { ...known, spec: defaulted.spec, metadata: { ...known.metadata, ...(labels ? { labels } : {}), generation } }, 'modified');
  }

  /** What `kubectl annotate --overwrite` does; undefined takes the annotation away. */
  annotate(kind: string, key: string, annotation: string, value: string | undefined): void {
    const plural = pluralOf(kind);
    const known = this.get(plural, key);
    if (known === undefined) return;
    const { [annotation]: _, ...others } = known.metadata.annotations ?? {};
    this.#store(plural, { ...known, metadata: { ...known.metadata, annotations: value === undefined ? others : { ...others, [annotation]: value } } }, 'modified');
  }

  /** What `kubectl delete` does: at once without finalizers, else when the last one is lifted. */
  delete(kind: string, key: string): void {
    const plural = pluralOf(kind);
    const known = this.get(plural, key);
    if (known === undefined || known.metadata.deletionTimestamp !== undefined) return;
    const metadata = { ...known.metadata, deletionTimestamp: this.#clock.now().toISOString(), generation: (known.metadata.generation ?? 1) + 1 };
    this.#store(plural, { ...known, metadata }, 'modified');
  }

  /** A cluster lost, and rebuilt from the same manifests: new uids, no status, no finalizers. */
  rebuild(): void {
    const manifests = [...this.#objects.values()].map(({ apiVersion, kind, metadata, spec }) => ({ apiVersion: apiVersion ?? '', kind: kind ?? '', metadata: { name: metadata.name, ...(metadata.namespace ? { namespace: metadata.namespace } : {}), ...(metadata.labels ? { labels: metadata.labels } : {}) }, spec }));
    this.#objects.clear();
    for (const manifest of manifests) this.apply(manifest);
  }

  /** Somebody edits metadata or status by hand, past every precondition. */
  edit(kind: string, key: string, change: MergePatch): void {
    const plural = pluralOf(kind);
    const known = this.get(plural, key);
    if (known) this.#store(plural, merged(known, change) as Stored, 'modified');
  }

  /** The client that one process has. */
  readonly client: Client = {
    get: (resource, address) => this.#answer(() => this.#found(resource, address.namespace === undefined ? address.name : `${address.namespace}/${address.name}`)),
    mergePatch: (resource, target, change) => this.#answer(() => this.#patch(resource, target, change, false)),
    mergePatchStatus: (resource, target, change) => this.#answer(() => this.#patch(resource, target, change, true)),
    create: () => Promise.reject(new Error('create an object: nothing is created through this client')),
    source: () => {
      throw new Error('watch the cluster in memory through `watch`');
    },
  };

  async #answer<O extends KubeObject>(act: () => Stored): Promise<O> {
    await Promise.resolve();
    return act() as unknown as O;
  }

  #found(resource: Resource, key: string): Stored {
    const known = this.get(resource.plural, key);
    if (known === undefined) throw new KubeError(`read ${resource.plural} "${key}"`, { code: 404, reason: 'NotFound' });
    return known;
  }

  #patch(resource: Resource, target: Target, change: MergePatch, status: boolean): Stored {
    const known = this.#found(resource, keyOf({ metadata: target }));
    const { uid, resourceVersion } = known.metadata;
    if (uid !== target.uid || resourceVersion !== target.resourceVersion) throw new KubeError(`write ${resource.plural} "${target.name}"`, { code: 409, reason: 'Conflict' });
    const after = (status ? { ...known, status: merged(known.status ?? {}, change.status) } : merged(known, change)) as Stored;
    if (isDeepStrictEqual(known, after)) return known;
    return this.#store(resource.plural, after, 'modified');
  }

  #store(plural: string, object: Stored, is: 'added' | 'modified'): Stored {
    const stored: Stored = { ...object, metadata: { ...object.metadata, resourceVersion: String(++this.#version) } };
    const gone = stored.metadata.deletionTimestamp !== undefined && (stored.metadata.finalizers ?? []).length === 0;
    const id = `${plural} ${keyOf(stored)}`;
    if (gone) this.#objects.delete(id);
    else this.#objects.set(id, stored);
    for (const listener of this.#listeners) listener({ is: gone ? 'deleted' : is, plural, object: stored });
    return stored;
  }
}

const pluralOf = (kind: string): string => {
  const plural = plurals[kind];
  if (plural === undefined) throw new Error(`find the resource of kind ${kind}: it is none of ${Object.keys(plurals).join(', ')}`);
  return plural;
};

const defaultsOf = (plural: string, manifest: Manifest): Stored => {
  const schema = plural === 'edgetiers' || plural === 'tenantdomains' ? schemas[plural] : undefined;
  return (schema ? withDefaults(manifest, schema) : manifest) as Stored;
};

/** @see https://www.rfc-editor.org/rfc/rfc7386 */
const merged = (value: unknown, patch: unknown): unknown => {
  if (!isRecord(patch)) return patch;
  const result: Record<string, unknown> = { ...(isRecord(value) ? value : {}) };
  for (const [name, change] of Object.entries(patch)) {
    if (change === null) delete result[name];
    else result[name] = merged(result[name], change);
  }
  return result;
};
