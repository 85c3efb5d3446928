import { readdirSync, readFileSync } from 'node:fs';
import type { Source } from './tree.ts';

const root = new URL('../../', import.meta.url);

/** Every TypeScript file of the project, sorted by path. */
export const sourcesOnDisk = (): readonly Source[] =>
  ['crds', 'helm', 'reconcilers', 'src', 'test']
    .flatMap((floor) => readdirSync(new URL(floor, root), { recursive: true, encoding: 'utf8' }).map((name) => `${floor}/${name.replaceAll('\\', '/')}`))
    .filter((path) => path.endsWith('.ts'))
    .toSorted()
    .map((path) => ({ path, text: readFileSync(new URL(path, root), 'utf8') }));
