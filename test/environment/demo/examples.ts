import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { manifestsFrom, type Manifest } from '../control-plane/apply.ts';
import { valueAt } from '../control-plane/json.ts';
import type { TierOrder } from './account.ts';

const directory = fileURLToPath(new URL('../../../examples', import.meta.url));

/** The files of `examples/`, in the order in which `kubectl apply -f examples/` takes them. */
export const exampleFiles = async (): Promise<readonly string[]> =>
  (await readdir(directory)).filter((file) => file.endsWith('.yaml')).toSorted().map((file) => join(directory, file));

/** What they hold. */
export const exampleManifests = async (): Promise<readonly Manifest[]> => manifestsFrom(await exampleFiles());

/** What their tiers name in AWS. */
export const tierOrdersIn = (manifests: readonly Manifest[]): readonly TierOrder[] =>
  manifests.filter(({ kind }) => kind === 'EdgeTier').map((manifest) => valueAt(manifest, 'spec') as TierOrder);
