import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { access, readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { buildControlPlane, hasGo, type Progress } from './build.ts';
import { withLock } from './lock.ts';

/** Paths of the programs of a control plane, and where they came from. */
export type Binaries = {
  readonly etcd: string;
  readonly kubeApiserver: string;
  /** Absent where KUBEBUILDER_ASSETS has none, as its convention allows: namespaces then never finish being deleted. */
  readonly kubeControllerManager?: string;
  readonly source: 'assets' | 'cache' | 'built';
};

const module = import.meta.dirname;

const isExecutable = async (path: string): Promise<boolean> => {
  try {
    await access(path, constants.X_OK);
    return true;
  } catch {
    return false; // whatever the cause, it cannot be run
  }
};

const binariesIn = async (directory: string, source: Binaries['source']): Promise<Binaries | undefined> => {
  const [etcd, kubeApiserver, kubeControllerManager] = [
    join(directory, 'etcd'),
    join(directory, 'kube-apiserver'),
    join(directory, 'kube-controller-manager'),
  ] as const;
  if (!(await isExecutable(etcd)) || !(await isExecutable(kubeApiserver))) return undefined;
  return { etcd, kubeApiserver, source, ...((await isExecutable(kubeControllerManager)) ? { kubeControllerManager } : {}) };
};

const assets = async (directory: string): Promise<Binaries> => {
  const found = await binariesIn(directory, 'assets');
  if (found === undefined) throw new Error(`take the control plane from KUBEBUILDER_ASSETS: no etcd and kube-apiserver to run in ${directory}`);
  return found;
};

/** The versions that go.mod and go.sum pin, and a folder name that no other versions share. */
const pinned = async (): Promise<{ readonly version: string; readonly folder: string }> => {
  const [goMod, goSum] = await Promise.all([readFile(join(module, 'go.mod'), 'utf8'), readFile(join(module, 'go.sum'), 'utf8')]);
  const version = /^(?:require)?\s*k8s\.io\/kubernetes v(\S+)/m.exec(goMod)?.[1];
  if (version === undefined) throw new Error(`read the Kubernetes version of ${join(module, 'go.mod')}: it requires no k8s.io/kubernetes`);
  const hash = createHash('sha256').update([process.platform, process.arch, goMod, goSum].join('\n')).digest('hex').slice(0, 12);
  return { version, folder: `control-plane-${version}-${hash}` };
};

const cacheHome = (environment: NodeJS.ProcessEnv): string =>
  join(environment.TENANT_EDGE_CACHE ?? environment.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'tenant-edge');

/**
 * The programs of a control plane, ready to run: from KUBEBUILDER_ASSETS when that is set; else from the cache folder (in TENANT_EDGE_CACHE, or the
 * user's own); else built with Go into that folder, once for all processes of the machine, which takes minutes and about 4 GB of Go's caches.
 * `progress` is told at least every 10 s for as long as it takes. Rejects when there is neither, and says what to provide.
 *
 * @see https://book.kubebuilder.io/reference/envtest
 */
export const controlPlaneBinaries = async (progress: Progress, environment: NodeJS.ProcessEnv = process.env): Promise<Binaries> => {
  if (environment.KUBEBUILDER_ASSETS !== undefined) return assets(environment.KUBEBUILDER_ASSETS);
  const { version, folder } = await pinned();
  const directory = join(cacheHome(environment), folder);
  const cached = await binariesIn(directory, 'cache');
  if (cached !== undefined) return cached;
  if (!(await hasGo(environment))) {
    throw new Error('get etcd and kube-apiserver: put Go 1.26 or newer on the PATH, or set KUBEBUILDER_ASSETS to a folder that has both');
  }
  let seconds = 0;
  const onWait = (): void => {
    if (seconds % 5 === 0) progress(`waiting for another process that builds ${folder}: ${seconds} s`);
    seconds += 1;
  };
  return withLock(`${directory}.lock`, onWait, async () => {
    const builtMeanwhile = await binariesIn(directory, 'cache');
    if (builtMeanwhile !== undefined) return builtMeanwhile;
    await buildControlPlane({ module, version, directory, environment }, progress);
    const built = await binariesIn(directory, 'built');
    if (built === undefined) throw new Error(`build the control plane: ${directory} does not have it`);
    return built;
  });
};
