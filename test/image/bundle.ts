import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { copyFile, cp, link, mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { valueAt } from '../environment/control-plane/json.ts';

/** The folder of this checkout, without a slash at its end. */
export const checkout = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');

/** The files of a bundle by name. */
export type Bundle = ReadonlyMap<string, string>;

/** Bundles what is in `directory` into the folder `into`, as `npm run build` does into dist. */
export const bundleOf = async (directory: string, into: string): Promise<Bundle> => {
  const rolldown = join(directory, 'node_modules', 'rolldown', 'bin', 'cli.mjs');
  await promisify(execFile)(process.execPath, [rolldown, '--config', 'rolldown.config.ts', '--dir', into], { cwd: directory });
  return filesIn(into);
};

/** The files of a folder that has no folders, sorted by name. */
export const filesIn = async (directory: string): Promise<Bundle> => {
  const names = (await readdir(directory)).toSorted();
  return new Map(await Promise.all(names.map(async (name) => [name, await readFile(join(directory, name), 'utf8')] as const)));
};

/** What the image is built from: the exceptions in a .dockerignore that otherwise ignores everything. */
const imageSources = async (): Promise<readonly string[]> =>
  (await readFile(join(checkout, '.dockerignore'), 'utf8')).split('\n').filter((line) => line.startsWith('!')).map((line) => line.slice(1));

/** Two names for one file, where the folders are on one disk; else a copy. */
const linkOrCopy = async (from: string, to: string): Promise<void> => {
  try {
    await link(from, to);
  } catch (error) {
    if (valueAt(error, 'code') !== 'EXDEV') throw error;
    await copyFile(from, to, constants.COPYFILE_FICLONE);
  }
};

/** Packages are read and never written: so they need no copies of their own, only paths of their own. */
const linkTree = async (from: string, to: string): Promise<void> => {
  await mkdir(to, { recursive: true });
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) await linkTree(source, target);
    else if (entry.isFile()) await linkOrCopy(source, target);
  }
};

/** Puts the sources of the image into a new folder `to`, as a builder gets them: this checkout and nothing of its paths. */
export const copySources = async (to: string): Promise<void> => {
  await mkdir(to, { recursive: true });
  for (const name of [...(await imageSources()), 'Dockerfile', '.dockerignore']) await cp(join(checkout, name), join(to, name), { recursive: true });
};

/** The same, with the packages installed. */
export const copyCheckout = async (to: string): Promise<void> => {
  await copySources(to);
  await linkTree(join(checkout, 'node_modules'), join(to, 'node_modules'));
};

/** The modules whose code is in a bundle, by their paths in the checkout, as the bundler notes them. */
export const modulesIn = (bundle: Bundle): readonly string[] =>
  [...bundle.values()].flatMap((text) => [...text.matchAll(/^\/\/ (\S+\.(?:[cm]?[jt]s|json))$/gm)].map((match) => match[1] ?? ''));

/** The package that a module belongs to, by its folder in node_modules; undefined for our own. */
export const packageOf = (module: string): string | undefined => /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(module)?.[0];

/** The modules that a bundle asks Node for when it runs, or finds missing. */
export const importsOf = (bundle: Bundle): ReadonlySet<string> => {
  const asks = /^import (?:[^"']* from )?"([^"]+)";|\bawait \(?import\("([^"]+)"\)|\b__require\("([^"]+)"\)/gm;
  return new Set([...bundle.values()].flatMap((text) => [...text.matchAll(asks)].map(([, one, two, three]) => one ?? two ?? three ?? '')));
};
