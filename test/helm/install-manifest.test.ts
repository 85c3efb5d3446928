import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { kubectl } from '../real/kubectl.ts';
import { objectOf, objectsIn } from './chart.ts';

const manifest = fileURLToPath(new URL('../../helm/install.yaml', import.meta.url));

// As a value of its own, in the name of the Lease, and as an argument.
const namesIt = /("|"tenant-edge-|"--installation-id=)main"/g;

/** The patches that the head of the file shows. */
const patchesIn = (text: string): string => (/^# {3}patches:\n(?:# {3}.*\n)+/m.exec(text)?.[0] ?? '').replaceAll(/^# {3}/gm, '');

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tenant-edge-kustomize-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('helm/install.yaml shows how to give the installation another id, everywhere that it stands', async () => {
  const text = await readFile(manifest, 'utf8');
  await copyFile(manifest, join(folder, 'install.yaml'));
  await writeFile(join(folder, 'kustomization.yaml'), `resources: [install.yaml]\n${patchesIn(text)}`);
  const [before, after] = [objectsIn(text), objectsIn(await kubectl('/dev/null', 'kustomize', folder))];
  const named = before.filter((object) => JSON.stringify(object).match(namesIt) !== null).map(({ kind }) => kind);
  expect(named.toSorted()).toEqual(['Deployment', 'Role']);
  for (const kind of named) expect(objectOf(after, kind)).toEqual(JSON.parse(JSON.stringify(objectOf(before, kind)).replaceAll(namesIt, '$1eu-prod"')));
});
