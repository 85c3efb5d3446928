import { readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { defineConfig, type Plugin } from 'rolldown';

/** The folder of the package that a module belongs to, and the package's name; undefined for our own code. */
const packageOf = (id: string): { readonly folder: string; readonly name: string } | undefined => {
  const { folder, name } = /^(?<folder>.*[\\/]node_modules[\\/](?<name>(?:@[^\\/]+[\\/])?[^\\/]+))[\\/]/.exec(id)?.groups ?? {};
  return folder === undefined || name === undefined ? undefined : { folder, name: name.replaceAll('\\', '/') };
};

/** A chunk is called after the package that it was cut off for: what is loaded late is all from packages. */
const chunkName = ({ facadeModuleId, moduleIds }: { readonly facadeModuleId: string | null; readonly moduleIds: readonly string[] }): string => {
  const name = packageOf(facadeModuleId ?? moduleIds.at(-1) ?? '')?.name ?? '[name]';
  return `${name.replace('@', '').replaceAll('/', '-')}.mjs`;
};

type Maker = string | { readonly name?: string };
type Place = string | { readonly url?: string };
type Manifest = { readonly name: string; readonly version: string; readonly license?: string; readonly author?: Maker; readonly repository?: Place };

/** One package as licences ask to be told of: who made it, and the words that must go with every copy. */
const noticeOf = (folder: string): string => {
  const { name, version, license, author = {}, repository = {} } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
  if (typeof license !== 'string') throw new Error(`read the license of ${folder}: its package.json names none`);
  const texts = readdirSync(folder)
    .filter((file) => /^(?:licen[cs]e|notice|copying)/i.test(file))
    .toSorted()
    .map((file) => readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n').trim());
  return [
    `${name} ${version}`,
    `License: ${license}`,
    `Author: ${typeof author === 'string' ? author : (author.name ?? 'not told')}`,
    `Source: ${typeof repository === 'string' ? repository : (repository.url ?? 'not told')}`,
    ...texts.flatMap((text) => ['', text]),
  ].join('\n');
};

/** Writes the notices of every package whose code went into the bundle, sorted by name, and refuses a bundle that needs a package beside it. */
const notices = (): Plugin => ({
  name: 'notices',
  generateBundle(_options, bundle) {
    const chunks = Object.values(bundle).filter((output) => output.type === 'chunk');
    const outside = chunks.flatMap(({ imports, dynamicImports }) => [...imports, ...dynamicImports]).filter((name) => !isBuiltin(name) && bundle[name] === undefined);
    if (outside.length > 0) this.error(`the bundle imports what is neither in it nor in Node: ${outside.join(', ')}`);
    const folders = new Map(chunks.flatMap(({ moduleIds }) => moduleIds.flatMap((id) => packageOf(id) ?? [])).map(({ folder, name }) => [folder, name]));
    const sorted = [...folders].toSorted(([folder, name], [otherFolder, otherName]) => (`${name}\n${folder}` < `${otherName}\n${otherFolder}` ? -1 : 1));
    const rule = `\n\n${'-'.repeat(80)}\n\n`;
    const heading = 'Tenant Edge is distributed with the packages below, each under its own license.';
    this.emitFile({ type: 'asset', fileName: 'THIRD-PARTY.txt', source: `${[heading, ...sorted.map(([folder]) => noticeOf(folder))].join(rule)}\n` });
  },
});

// Not minified: a stack trace names our functions, and whoever reads the file finds them there. It would save 3 MB of an image of 160.
// Cut where the sources import late: the Kubernetes client, which only a kubeconfig needs, would cost every pod half a second and 50 MB.
export default defineConfig({
  input: { main: 'src/main.ts' },
  platform: 'node',
  plugins: [notices()],
  // A warning here is a controller that fails on the day it needs what could not be resolved.
  onLog: (level, log) => {
    if (level === 'warn') throw new Error(log.message);
  },
  output: { dir: 'dist', cleanDir: true, format: 'esm', entryFileNames: '[name].mjs', chunkFileNames: chunkName },
});
