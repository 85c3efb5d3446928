import { execFile } from 'node:child_process';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { textAt, valueAt } from './json.ts';
import { logTail, startChild } from './process.ts';

/** One line for whoever waits, without a line break. */
export type Progress = (line: string) => void;

/** Where the pinned versions are, and what to make of them. */
export type Build = {
  /** The folder of go.mod. Nothing is written there. */
  readonly module: string;
  /** The Kubernetes version of that file, without the `v`. */
  readonly version: string;
  /** Where the programs go, all at once: it exists only when the build is whole. */
  readonly directory: string;
  readonly environment: NodeJS.ProcessEnv;
};

const packages = {
  etcd: 'go.etcd.io/etcd/server/v3',
  'kube-apiserver': 'k8s.io/kubernetes/cmd/kube-apiserver',
  'kube-controller-manager': 'k8s.io/kubernetes/cmd/kube-controller-manager',
} as const;

const progressEveryMs = 5_000;

/** Without these the API server calls itself v0.0.0-master, and whoever compares versions (kubectl, helm's kubeVersion) goes wrong. */
const linkerFlags = (version: string): string => {
  const [major = '', minor = ''] = version.split('.');
  const fields = { gitVersion: `v${version}`, gitMajor: major, gitMinor: minor };
  return ['-s', '-w', ...Object.entries(fields).map(([name, value]) => `-X k8s.io/component-base/version.${name}=${value}`)].join(' ');
};

/** The caller's environment, but for what could change the versions or write into the module's folder. */
const goEnvironment = (environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv => ({
  ...environment,
  CGO_ENABLED: '0',
  GOTOOLCHAIN: 'local',
  GOWORK: 'off',
  // Here rather than on the command line, because it takes the place of any flags that the machine has set for all.
  GOFLAGS: '-mod=readonly -buildvcs=false -trimpath',
});

/** Whether there is a Go to build with. Its version is Go's own to judge, against the one in go.mod. */
export const hasGo = async (environment: NodeJS.ProcessEnv): Promise<boolean> => {
  try {
    await promisify(execFile)('go', ['version'], { env: goEnvironment(environment) });
    return true;
  } catch (error) {
    if (valueAt(error, 'code') === 'ENOENT') return false;
    throw new Error(`ask Go for its version: ${textAt(error, 'stderr')?.trim() ?? String(error)}`, { cause: error });
  }
};

const buildOne = async (build: Build, name: keyof typeof packages, into: string, progress: Progress): Promise<void> => {
  const logPath = join(into, `${name}.log`);
  const started = performance.now();
  const say = (): void => {
    progress(`building ${name}: ${Math.round((performance.now() - started) / 1_000)} s`);
  };
  say();
  const timer = setInterval(say, progressEveryMs);
  const child = await startChild({
    command: 'go',
    args: ['build', '-ldflags', linkerFlags(build.version), '-o', join(into, name), packages[name]],
    logPath,
    directory: build.module,
    environment: goEnvironment(build.environment),
  });
  const exit = await child.exited;
  clearInterval(timer);
  if (exit.code !== 0) throw new Error(`build ${name} with Go: ${exit.failure?.message ?? (await logTail(logPath))}`, { cause: exit.failure });
};

/**
 * Builds etcd and the Kubernetes programs of the pinned versions, one after another, because each already uses all cores. Takes minutes the first
 * time. To be run by one process at a time; what an earlier one left unfinished is thrown away.
 */
export const buildControlPlane = async (build: Build, progress: Progress): Promise<void> => {
  const unfinished = `${build.directory}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { recursive: true });
  for (const name of ['etcd', 'kube-apiserver', 'kube-controller-manager'] as const) await buildOne(build, name, unfinished, progress);
  await rename(unfinished, build.directory);
};
