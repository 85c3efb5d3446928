import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { manifestsFrom, type Manifest } from '../control-plane/apply.ts';
import type { TierOrder } from './account.ts';

const directory = fileURLToPath(new URL('../../../examples', import.meta.url));

/** The files of `examples/`, in the order in which `kubectl apply -f examples/` takes them. */
export const exampleFiles = async (): Promise<readonly string[]> =>
  (await readdir(directory)).filter((file) => file.endsWith('.yaml')).toSorted().map((file) => join(directory, file));

/** What they hold. */
export const exampleManifests = async (): Promise<readonly Manifest[]> => manifestsFrom(await exampleFiles());

type TierManifest = Manifest & { readonly spec: TierOrder };

const isTier = (manifest: Manifest): manifest is TierManifest => manifest.kind === 'EdgeTier';

/** What their tiers name in AWS. */
export const tierOrdersIn = (manifests: readonly Manifest[]): readonly TierOrder[] => manifests.filter(isTier).map(({ spec }) => spec);
