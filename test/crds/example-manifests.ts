import { readdirSync, readFileSync } from 'node:fs';
import { parseAllDocuments } from 'yaml';
import type { Manifest } from '../environment/control-plane/apply.ts';

const folder = new URL('../../examples/', import.meta.url);

/** The EdgeTiers and TenantDomains of `examples/` and the folders below it, each with the file it is in. */
export const exampleManifests: readonly { readonly file: string; readonly manifest: Manifest }[] = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.yaml'))
  .toSorted()
  .flatMap((file) => parseAllDocuments(readFileSync(new URL(file, folder), 'utf8')).map((document) => ({ file, manifest: document.toJS() as Manifest })))
  .filter(({ manifest }) => ['EdgeTier', 'TenantDomain'].includes(manifest.kind));
