import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { access, mkdir, mkdtemp, rm, statfs, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { textAt } from '../environment/control-plane/json.ts';

/** Builds and runs images in a store of its own: what the machine has of them is neither seen nor touched. */
export type Engine = {
  /** Run by root, in this environment, both programs find the store. */
  readonly environment: NodeJS.ProcessEnv;
  /** Resolves with what it prints. Rejects with the end of what it complains of. */
  readonly run: (program: 'buildah' | 'podman', ...args: readonly string[]) => Promise<string>;
  /** Ends every container, and removes the store with all that is in it. */
  readonly close: () => Promise<void>;
};

const programs = ['buildah', 'podman', 'debootstrap', 'tar', 'umount'];

const pathOf = async (program: string): Promise<string | undefined> => {
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    const path = join(folder, program);
    const isThere = await access(path, constants.X_OK).then(() => true, () => false); // why it cannot be run does not matter here
    if (isThere) return path;
  }
  return undefined;
};

/** Why there can be no image on this machine; undefined where there can. */
export const engineMissing = async (): Promise<string | undefined> => {
  if (process.platform !== 'linux') return 'only Linux builds images without a virtual machine';
  if (process.getuid?.() !== 0) return 'only root builds a base image and mounts layers';
  const found = await Promise.all(programs.map(pathOf));
  const missing = programs.filter((_program, index) => found[index] === undefined);
  return missing.length === 0 ? undefined : `not on the PATH: ${missing.join(', ')}`;
};

// Neither systemd nor its journal need run here. runc is what works under cgroups of both versions.
// The engine's lasting state is with the layers, where a container that ends looks for it without having been told.
const containersConf = (folder: string, runtime: string | undefined): string => `[containers]
default_ulimits = ["nofile=1024:1024", "nproc=4096:4096"]
[engine]
cgroup_manager = "cgroupfs"
events_logger = "file"
lock_type = "file"
tmp_dir = "${folder}/engine-run"
${runtime === undefined ? '' : `runtime = "${runtime}"`}
`;

const overlayMagic = 0x794c7630; // OVERLAYFS_SUPER_MAGIC of linux/magic.h

/** Layers cannot be laid over each other on what is laid over itself, as the disk of a container is: there they are copied. */
const storageConf = async (folder: string): Promise<string> => `[storage]
driver = "${(await statfs(folder)).type === overlayMagic ? 'vfs' : 'overlay'}"
graphroot = "${folder}/layers"
runroot = "${folder}/layers-run"
`;

/** Makes an empty store in the machine's temporary folder. It takes some 3 GB while an image is built in it. */
export const openEngine = async (): Promise<Engine> => {
  const folder = await mkdtemp(join(tmpdir(), 'tenant-edge-image-'));
  await mkdir(join(folder, 'engine-run'));
  const files = {
    'storage.conf': await storageConf(folder), 'registries.conf': 'unqualified-search-registries = []\n',
    'containers.conf': containersConf(folder, (await pathOf('runc')) === undefined ? undefined : 'runc'),
  };
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  const environment = {
    PATH: process.env['PATH'], HOME: folder, TMPDIR: folder, CONTAINERS_STORAGE_CONF: join(folder, 'storage.conf'), CONTAINERS_CONF: join(folder, 'containers.conf'),
    CONTAINERS_REGISTRIES_CONF: join(folder, 'registries.conf'),
  };
  const run: Engine['run'] = async (program, ...args) => {
    try {
      return (await promisify(execFile)(program, args, { env: environment, maxBuffer: 1 << 26 })).stdout.trimEnd();
    } catch (error) {
      const complaint = (textAt(error, 'stderr') ?? '').trimEnd().split('\n').slice(-5).join(' | ');
      throw new Error(`run ${program} ${args[0] ?? ''}: ${complaint === '' ? String(error) : complaint}`, { cause: error });
    }
  };
  return {
    environment, run,
    close: async () => {
      await run('podman', 'rm', '--all', '--force', '--time', '0');
      await run('buildah', 'rm', '--all');
      await run('podman', 'image', 'unmount', '--all');
      // The store mounts its own folder on itself, so that mounts within it stay private.
      await promisify(execFile)('umount', ['--recursive', join(folder, 'layers', 'overlay')]).catch(() => undefined); // other drivers have no such mount
      await rm(folder, { recursive: true, force: true });
    },
  };
};
