import { KubeError } from './errors.ts';
import { isKubeObject, isRecord, trusted } from './object.ts';
import type { KubeObject } from './object.ts';
import { collectionPath, objectPath } from './resources.ts';
import type { Resource } from './resources.ts';
import type { Query } from './send.ts';
import type { Transport } from './transport.ts';

/** Where an object is: its namespace is absent for cluster-scoped resources. */
export type Address = { readonly name: string; readonly namespace?: string };

/** The object that is meant, in the version it was seen: nothing happens to a later version, or to a later object of that name. */
export type Target = Address & { readonly uid: string; readonly resourceVersion: string };

/** A page of a list; `continue` is absent on the last one. All pages show the same moment, `resourceVersion`. */
export type Page = { readonly items: readonly KubeObject[]; readonly resourceVersion: string; readonly continue?: string };

/** What a reflector needs of the API server: one resource, across all namespaces. */
export type Source = {
  /** One page, consistent with the newest write before the first page was asked for. Throws `KubeError`, 410 when the token has expired. */
  readonly list: (page: { readonly limit: number; readonly continue?: string }, signal: AbortSignal) => Promise<Page>;
  /** The bytes of a watch. Throws `KubeError`. */
  readonly watch: (query: Query, signal: AbortSignal) => Promise<AsyncIterable<Uint8Array>>;
};

/**
 * What is asked of the API server, resource by resource. Everything throws `KubeError` (see `isConflict`, `isNotFound`), and the signal's own
 * reason when it was aborted. Answers are whole, untrimmed objects; that they fit `O` is the promise of their schema.
 */
export type Client = {
  readonly get: <O extends KubeObject>(resource: Resource, address: Address, signal: AbortSignal) => Promise<O>;
  /** JSON merge patch. Conflict when the target has another version or uid by now. Returns the object after it. */
  readonly mergePatch: <O extends KubeObject>(resource: Resource, target: Target, patch: MergePatch, signal: AbortSignal) => Promise<O>;
  /** The same for the status subresource; what the patch says beside `status` is ignored by the server. */
  readonly mergePatchStatus: <O extends KubeObject>(resource: Resource, target: Target, patch: MergePatch, signal: AbortSignal) => Promise<O>;
  /** Creates the object where its metadata says. 409 AlreadyExists when the name is taken. */
  readonly create: <O extends KubeObject>(resource: Resource, object: NewObject, signal: AbortSignal) => Promise<O>;
  readonly source: (resource: Resource) => Source;
};

/** `null` removes a field, a list replaces the whole list. @see https://www.rfc-editor.org/rfc/rfc7386 */
export type MergePatch = Readonly<Record<string, unknown>> & { readonly metadata?: Readonly<Record<string, unknown>> };

/** What is to be created: the server adds uid and version. */
export type NewObject = Readonly<Record<string, unknown>> & { readonly metadata: Address & Readonly<Record<string, unknown>> };

const mergePatchType = 'application/merge-patch+json';
const listTimeoutMs = 60_000;

/** A client on this transport, which it does not own. */
export const createClient = (transport: Transport): Client => {
  const patch = async <O extends KubeObject>(path: string, target: Target, change: MergePatch, signal: AbortSignal): Promise<O> => {
    const { uid, resourceVersion } = target;
    const body = { ...change, metadata: { ...change.metadata, uid, resourceVersion } };
    return trusted<O>(objectFrom(path, await transport.request('PATCH', path, { body, contentType: mergePatchType, signal })));
  };
  return {
    get: async (resource, address, signal) => {
      const path = objectPath(resource, address);
      return trusted(objectFrom(path, await transport.request('GET', path, { signal })));
    },
    mergePatch: (resource, target, change, signal) => patch(objectPath(resource, target), target, change, signal),
    mergePatchStatus: (resource, target, change, signal) => patch(`${objectPath(resource, target)}/status`, target, change, signal),
    create: async (resource, object, signal) => {
      const path = collectionPath(resource, object.metadata.namespace);
      return trusted(objectFrom(path, await transport.request('POST', path, { body: object, signal })));
    },
    source: (resource) => sourceOf(transport, collectionPath(resource)),
  };
};

const sourceOf = (transport: Transport, path: string): Source => ({
  list: async (page, signal) => pageFrom(path, await transport.request('GET', path, { query: page, signal, timeoutMs: listTimeoutMs })),
  watch: (query, signal) => transport.stream(path, { query: { ...query, watch: true }, signal }),
});

const objectFrom = (path: string, answer: unknown): KubeObject => {
  if (!isKubeObject(answer)) throw malformed(path, 'an object without name, uid or resourceVersion');
  return answer;
};

const pageFrom = (path: string, answer: unknown): Page => {
  if (!isRecord(answer) || !isRecord(answer.metadata) || !Array.isArray(answer.items)) throw malformed(path, 'a list without metadata or items');
  const { resourceVersion, continue: next } = answer.metadata;
  if (typeof resourceVersion !== 'string') throw malformed(path, 'a list without resourceVersion');
  const items = answer.items.map((item: unknown) => objectFrom(path, item));
  return { items, resourceVersion, ...(typeof next === 'string' && next !== '' && { continue: next }) };
};

const malformed = (path: string, message: string): KubeError => new KubeError(`read "${path}"`, { code: 0, reason: 'Malformed', message });
