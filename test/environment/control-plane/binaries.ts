import { join } from 'node:path';
import { cachedPrograms, isExecutable, pinnedBy } from './binaries-cache.ts';
import type { GoProgram, Progress } from './build.ts';

/** Paths of the programs of a control plane and of kubectl, which is of the same version, and where they came from. */
export type Binaries = {
  readonly etcd: string;
  readonly kubeApiserver: string;
  readonly kubectl: string;
  /** Absent where KUBEBUILDER_ASSETS has none, as its convention allows: namespaces then never finish being deleted. */
  readonly kubeControllerManager?: string;
  readonly source: 'assets' | 'cache' | 'built';
};

const inWords = 'etcd, kube-apiserver and kubectl';

const binariesIn = async (directory: string, source: Binaries['source']): Promise<Binaries | undefined> => {
  const [etcd, kubeApiserver, kubectl, kubeControllerManager] = [
    join(directory, 'etcd'),
    join(directory, 'kube-apiserver'),
    join(directory, 'kubectl'),
    join(directory, 'kube-controller-manager'),
  ] as const;
  const needed = await Promise.all([etcd, kubeApiserver, kubectl].map(isExecutable));
  if (!needed.every(Boolean)) return undefined;
  return { etcd, kubeApiserver, kubectl, source, ...((await isExecutable(kubeControllerManager)) ? { kubeControllerManager } : {}) };
};

const assets = async (directory: string): Promise<Binaries> => {
  const found = await binariesIn(directory, 'assets');
  if (found === undefined) throw new Error(`take the control plane from KUBEBUILDER_ASSETS: no ${inWords} to run in ${directory}`);
  return found;
};

const programsOf = (version: string): readonly GoProgram[] => {
  const [major = '', minor = ''] = version.split('.');
  const field = 'k8s.io/component-base/version';
  // Without these the API server calls itself v0.0.0-master, and whoever compares versions (kubectl, helm's kubeVersion) goes wrong.
  const variables = { [`${field}.gitVersion`]: `v${version}`, [`${field}.gitMajor`]: major, [`${field}.gitMinor`]: minor };
  return [
    { name: 'etcd', package: 'go.etcd.io/etcd/server/v3' },
    { name: 'kube-apiserver', package: 'k8s.io/kubernetes/cmd/kube-apiserver', variables },
    { name: 'kube-controller-manager', package: 'k8s.io/kubernetes/cmd/kube-controller-manager', variables },
    { name: 'kubectl', package: 'k8s.io/kubernetes/cmd/kubectl', variables },
  ];
};

/**
 * The programs of a control plane, and kubectl, ready to run: from KUBEBUILDER_ASSETS when that is set; else from the cache folder (in TENANT_EDGE_CACHE, or the
 * user's own); else built with Go into that folder, once for all processes of the machine, which takes minutes and about 4 GB of Go's caches.
 * `progress` is told at least every 10 s for as long as it takes. Rejects when there is neither, and says what to provide.
 *
 * @see https://book.kubebuilder.io/reference/envtest
 */
export const controlPlaneBinaries = async (progress: Progress, environment: NodeJS.ProcessEnv = process.env): Promise<Binaries> => {
  if (environment.KUBEBUILDER_ASSETS !== undefined) return assets(environment.KUBEBUILDER_ASSETS);
  const module = import.meta.dirname;
  const { version, pins } = await pinnedBy(module, 'k8s.io/kubernetes');
  const { directory, built } = await cachedPrograms(
    {
      module,
      name: 'control-plane',
      version,
      key: pins,
      programs: programsOf(version),
      inWords,
      folderVariable: 'KUBEBUILDER_ASSETS',
      environment,
    },
    progress,
  );
  const found = await binariesIn(directory, built ? 'built' : 'cache');
  if (found === undefined) throw new Error(`take the control plane from the cache: ${directory} lost it`);
  return found;
};
