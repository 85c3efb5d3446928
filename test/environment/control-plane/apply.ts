import { readFile } from 'node:fs/promises';
import { parseAllDocuments } from 'yaml';
import type { Admin } from './client.ts';
import { listAt, textAt, valueAt } from './json.ts';
import { waitFor } from './wait.ts';

/** A Kubernetes object of any kind, as read from a manifest. */
export type Manifest = {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly [field: string]: unknown;
};

type Resource = { readonly name: string; readonly namespaced: boolean };

// A new kind is served well within a second of its definition; the bound is for a machine with better things to do.
const servedWithinMs = 20_000;

const isManifest = (value: unknown): value is Manifest =>
  [['apiVersion'], ['kind'], ['metadata', 'name']].every((keys) => textAt(value, ...keys) !== undefined);

const parse = (text: string, origin: string): readonly Manifest[] =>
  parseAllDocuments(text).flatMap((document) => {
    const value: unknown = document.toJS();
    if (document.errors[0] !== undefined) throw new Error(`read manifests of ${origin}: ${document.errors[0].message.split('\n')[0] ?? ''}`);
    if (value === null) return [];
    if (!isManifest(value)) throw new Error(`read manifests of ${origin}: a document without apiVersion, kind or metadata.name`);
    return [value];
  });

/** The objects in a YAML text, or in the files of these paths, in their order. */
export const manifestsFrom = async (manifests: string | readonly string[]): Promise<readonly Manifest[]> => {
  if (typeof manifests === 'string') return parse(manifests, 'a text');
  const files = await Promise.all(manifests.map(async (path) => parse(await readFile(path, 'utf8'), path)));
  return files.flat();
};

const groupPath = (apiVersion: string): string => (apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`);

/** The REST resource of a kind, asked of discovery. Undefined where the API server does not serve it. */
const resourceOf = async (admin: Admin, apiVersion: string, kind: string): Promise<Resource | undefined> => {
  const { body } = await admin.request('GET', groupPath(apiVersion));
  const found = listAt(body, 'resources').find((each) => textAt(each, 'kind') === kind && textAt(each, 'name')?.includes('/') === false);
  const name = textAt(found, 'name');
  return name === undefined ? undefined : { name, namespaced: valueAt(found, 'namespaced') === true };
};

const pathOf = (manifest: Manifest, resource: Resource): string => {
  const namespace = resource.namespaced ? `/namespaces/${manifest.metadata.namespace ?? 'default'}` : '';
  return `${groupPath(manifest.apiVersion)}${namespace}/${resource.name}/${manifest.metadata.name}`;
};

/**
 * Returns when the kinds that a CustomResourceDefinition makes are served, so that objects of them may follow at once: discovery names a kind
 * first, and for a moment after that its requests are answered with 429, "storage is (re)initializing".
 */
const served = async (admin: Admin, definition: Manifest): Promise<void> => {
  const { spec } = definition;
  const kind = textAt(spec, 'names', 'kind') ?? '';
  for (const version of listAt(spec, 'versions').filter((each) => valueAt(each, 'served') === true)) {
    const apiVersion = `${textAt(spec, 'group') ?? ''}/${textAt(version, 'name') ?? ''}`;
    await waitFor(`${apiVersion} ${kind} to be served`, servedWithinMs, async () => {
      const resource = await resourceOf(admin, apiVersion, kind);
      if (resource === undefined) return undefined;
      const { status } = await admin.request('GET', `${groupPath(apiVersion)}/${resource.name}?limit=1`);
      return status === 200 ? true : undefined;
    });
  }
};

/**
 * Brings one object to what its manifest says by server-side apply, taking every field it names; repeating it changes nothing. Resolves
 * with the object as stored, and for a CustomResourceDefinition only when its kinds are served. Rejects with what the API server said.
 *
 * @see https://kubernetes.io/docs/reference/using-api/server-side-apply/
 */
export const applyManifest = async (admin: Admin, manifest: Manifest): Promise<Manifest> => {
  const { apiVersion, kind, metadata } = manifest;
  const what = `apply ${kind} ${metadata.namespace === undefined ? '' : `${metadata.namespace}/`}${metadata.name}`;
  const resource = await resourceOf(admin, apiVersion, kind);
  if (resource === undefined) throw new Error(`${what}: the API server does not serve ${apiVersion} ${kind}`);
  const path = `${pathOf(manifest, resource)}?fieldManager=test-environment&force=true`;
  const answer = await admin.request('PATCH', path, manifest, 'application/apply-patch+yaml');
  if (answer.status >= 300 || !isManifest(answer.body)) {
    throw new Error(`${what}: ${String(answer.status)}: ${textAt(answer.body, 'message') ?? 'no message'}`);
  }
  if (kind === 'CustomResourceDefinition') await served(admin, manifest);
  return answer.body;
};
