import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { valueAt } from '../environment/control-plane/json.ts';
import type { Engine } from './engine.ts';

/** What an image says of itself. */
export type Image = {
  readonly user: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Of all layers, uncompressed. */
  readonly bytes: number;
  /** Digests, from below. None of them is the base's: the image starts from nothing. */
  readonly layers: readonly string[];
};

const npmConfig = async (name: string): Promise<string> => (await promisify(execFile)('npm', ['config', 'get', name])).stdout.trim();

const textOf = (path: string): Promise<string> => readFile(path, 'utf8').catch(() => ''); // a machine may have no such file, and most have none

/** How npm is configured on this machine, for the container: its registry, its authority, and what it has in its cache already. */
const npmSettings = async (): Promise<{ readonly npmrc: string; readonly volumes: readonly string[] }> => {
  const [globalFile, userFile, registry, cafile, cache] = await Promise.all(['globalconfig', 'userconfig', 'registry', 'cafile', 'cache'].map(npmConfig));
  const authority = cafile === 'null' || cafile === '' ? process.env['NODE_EXTRA_CA_CERTS'] : cafile;
  const settings = { registry, cache: '/npm-cache', 'prefer-offline': 'true', ...(authority === undefined ? {} : { cafile: authority }) };
  const files = await Promise.all([globalFile, userFile].map((path) => textOf(path ?? '')));
  return {
    npmrc: [...files, ...Object.entries(settings).map(([name, value]) => `${name}=${value}`), ''].join('\n'),
    // O: what the build adds to the cache is thrown away.
    volumes: [`${cache}:/npm-cache:O`, ...(authority === undefined ? [] : [`${authority}:${authority}:ro`])],
  };
};

/** Builds the image of the sources in `context` by their own Dockerfile, every step anew, and tags it. `flags` are buildah's. */
export const buildImage = async ({ run }: Engine, context: string, tag: string, flags: readonly string[] = []): Promise<void> => {
  const { npmrc, volumes } = await npmSettings();
  const folder = await mkdtemp(join(tmpdir(), 'tenant-edge-npmrc-'));
  try {
    const secret = join(folder, 'npmrc');
    await writeFile(secret, npmrc, { mode: 0o600 });
    const mounts = volumes.map((volume) => `--volume=${volume}`);
    await run('buildah', 'bud', '--pull-never', '--layers', '--no-cache', '--network=host', `--secret=id=npmrc,src=${secret}`, ...mounts, ...flags, `--tag=${tag}`, context);
  } finally {
    await rm(folder, { recursive: true });
  }
};

/** Reads what an image says of itself. */
export const inspectImage = async ({ run }: Engine, tag: string): Promise<Image> => {
  const [image] = JSON.parse(await run('podman', 'image', 'inspect', tag)) as readonly unknown[];
  return {
    user: String(valueAt(image, 'Config', 'User')),
    labels: valueAt(image, 'Config', 'Labels') as Readonly<Record<string, string>>,
    bytes: Number(valueAt(image, 'Size')),
    layers: valueAt(image, 'RootFS', 'Layers') as readonly string[],
  };
};
