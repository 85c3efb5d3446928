import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openHelm } from '../test/environment/tools/helm.ts';
import { chartCopyOf } from './crd-copies.ts';
import { installManifest } from './install-manifest.ts';
import { explainedValues } from './values-comments.ts';
import { described, type Schema } from './values-schema.ts';
import { valuesTables, withTables } from './values-table.ts';

/*
 * Writes what the chart repeats, and the chart as one file for kubectl; with --check it only compares, and exits 1 where they differ.
 *
 *   crds/*.yaml ──> tenant-edge/files/crds/*.yaml ─────────────────┐
 *   values.yaml ──> descriptions in values.schema.json ─> README.md ├─> install.yaml
 *   templates ─────────────────────────────────────────────────────┘
 */

const isCheck = process.argv.includes('--check');
const root = new URL('../', import.meta.url);
const read = (path: string): Promise<string> => readFile(new URL(path, root), 'utf8');

/** Writes the file, or says that it is not what its sources make it. */
const put = async (path: string, sources: string, text: string): Promise<void> => {
  const target = fileURLToPath(new URL(path, root));
  if (!isCheck) {
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, text);
  } else if ((await readFile(target, 'utf8').catch(() => '')) !== text) {
    process.stderr.write(`${path} is not what ${sources} say: run npm run generate\n`);
    process.exitCode = 1;
  }
};

const chart = 'helm/tenant-edge';

for (const name of ['edgetiers', 'tenantdomains']) {
  const source = `crds/${name}.yaml`;
  await put(`${chart}/files/crds/${name}.yaml`, source, chartCopyOf(await read(source), source));
}

const values = await read(`${chart}/values.yaml`);
const schema: Schema = described(JSON.parse(await read(`${chart}/values.schema.json`)), explainedValues(values));
await put(`${chart}/values.schema.json`, 'the comments of values.yaml', `${JSON.stringify(schema, undefined, 2)}\n`);
await put(`${chart}/README.md`, 'values.yaml and values.schema.json', withTables(await read(`${chart}/README.md`), valuesTables(values, schema)));

const { helm, close } = await openHelm();
const manifest = await installManifest(helm);
await close();
await put('helm/install.yaml', 'the templates of the chart', manifest);
