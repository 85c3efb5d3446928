import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFile, cp, mkdir, readFile, realpath, rename, rm, stat, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { cacheHome } from '../environment/control-plane/binaries-cache.ts';
import type { Progress } from '../environment/control-plane/build.ts';
import { withLock } from '../environment/control-plane/lock.ts';
import type { Engine } from './engine.ts';

/** What the Dockerfile builds on unless it is told otherwise. */
export const baseName = 'node:26-slim';

const run = promisify(execFile);

/** The folder of the npm that runs here: its program is `bin/npm-cli.js` in it. */
const npmFolder = async (): Promise<string> => dirname(dirname(process.env['npm_execpath'] ?? (await realpath((await run('sh', ['-c', 'command -v npm'])).stdout.trim()))));

const isThere = async (path: string): Promise<boolean> => stat(path).then(() => true, () => false); // whatever the cause, it cannot be taken

// Node is linked with libatomic, which Debian does not count among what every system needs.
const debootstrap = ['--variant=minbase', '--include=libatomic1'];

/** A Debian like that of this machine, with Node and npm where the official image has them. */
const fill = async (root: string, { suite, npm }: { readonly suite: string; readonly npm: string }): Promise<void> => {
  await run('debootstrap', [...debootstrap, suite, root], { maxBuffer: 1 << 26 });
  for (const cache of ['var/cache/apt', 'var/lib/apt/lists']) await rm(join(root, cache), { recursive: true, force: true });
  const local = join(root, 'usr', 'local');
  const node = await realpath(process.execPath);
  await copyFile(node, join(local, 'bin', 'node'));
  await copyFile(join(dirname(dirname(node)), 'LICENSE'), join(local, 'LICENSE'));
  await mkdir(join(local, 'lib', 'node_modules'), { recursive: true });
  await cp(npm, join(local, 'lib', 'node_modules', 'npm'), { recursive: true });
  await symlink('../lib/node_modules/npm/bin/npm-cli.js', join(local, 'bin', 'npm'));
};

const suiteOf = async (): Promise<string> => /^VERSION_CODENAME=(.+)$/m.exec(await readFile('/etc/os-release', 'utf8'))?.[1] ?? 'stable';

/** The path of an archive with the stand-in for the official image, made once for all processes of the machine. */
const archive = async (progress: Progress): Promise<string> => {
  const [suite, npm] = await Promise.all([suiteOf(), npmFolder()]);
  const { version } = JSON.parse(await readFile(join(npm, 'package.json'), 'utf8')) as { readonly version: string };
  const hash = createHash('sha256').update([process.version, process.arch, suite, version, ...debootstrap].join('\n')).digest('hex').slice(0, 12);
  const whole = join(cacheHome(process.env), `image-base-${suite}-${hash}.tar`);
  return withLock(`${whole}.lock`, () => undefined, async () => {
    if (await isThere(whole)) return whole;
    progress(`making ${baseName} of Debian ${suite} and Node ${process.version}: half a minute`);
    const [root, unfinished] = [`${whole}.root`, `${whole}.unfinished`];
    await rm(root, { recursive: true, force: true });
    await fill(root, { suite, npm });
    await run('tar', ['--create', '--file', unfinished, '--directory', root, '--numeric-owner', '.']);
    await rm(root, { recursive: true });
    await rename(unfinished, whole);
    return whole;
  });
};

/**
 * Puts a stand-in for the official base image into the engine's store, under the name that the Dockerfile asks for: no registry needs to be
 * reached. Its packages come from Debian, by debootstrap.
 */
export const importBase = async ({ run: engine }: Engine, progress: Progress): Promise<void> => {
  await engine('podman', 'import', '--quiet', await archive(progress), baseName);
};
