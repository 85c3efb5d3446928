/**
 * A real Kubernetes control plane on loopback, for one test file or one person at a terminal. Stopped in the reverse of the order
 * that it was started in: an API server without its etcd hangs, and keeps its port.
 *
 *   etcd ── kube-apiserver ── kube-controller-manager
 *           RBAC, admission   namespaces end, owned objects go, ServiceAccounts come
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { apiserverArgs, controllerManagerArgs, etcdArgs } from './arguments.ts';
import { applyManifest, manifestsFrom, type Manifest } from './apply.ts';
import { controlPlaneBinaries, type Binaries } from './binaries.ts';
import type { Progress } from './build.ts';
import { adminClient, type Admin } from './client.ts';
import { layOut, type Layout } from './layout.ts';
import { programsIn } from './programs.ts';
import { waitFor } from './wait.ts';

/** A running control plane. Everything in it is gone after `stop`. */
export type ControlPlane = {
  readonly url: string;
  /** PEM of the authority that signed the API server's certificate. */
  readonly authority: string;
  /** Logs, keys and etcd's data: `etcd.log`, `kube-apiserver.log`, `kube-controller-manager.log`, and in `audit.log` what ServiceAccounts asked for. */
  readonly directory: string;
  /** Whether one runs. Without it nothing ends namespaces, collects owned objects or makes ServiceAccounts. */
  readonly controllerManager: boolean;
  readonly adminKubeconfigPath: string;
  readonly adminKubeconfig: string;
  readonly admin: Admin;
  /** Server-side applies a YAML text, or the files of these paths, one object after another in their order; resolves with them as stored. */
  readonly apply: (manifests: string | readonly string[]) => Promise<readonly Manifest[]>;
  /** Kills the API server and starts it again, at the same address and with all objects; resolves when it is ready. */
  readonly restartApiServer: () => Promise<void>;
  /** Ends every process and removes the folder, unless it was given. May be repeated. */
  readonly stop: () => Promise<void>;
};

/** What may be asked of a control plane. */
export type Options = {
  /** Told what is being waited for, while the programs are being built. Silent when absent. */
  readonly progress?: Progress;
  /** Where to live. Kept on `stop`, with all objects: a later start in it finds them. A fresh temporary folder when absent. */
  readonly directory?: string;
  /** False to go without; true when absent. */
  readonly controllerManager?: boolean;
  /** Flags of the API server besides the usual ones, as for the ways of an older one. */
  readonly apiServerFlags?: readonly string[];
};

// Ready in 2.4 s on an idle machine of two cores; the bound is for one that is building something else.
const readyWithinMs = 60_000;
const attempts = 3;

/** True for a 200; no connection, or silence for a second from a stranger on the port, is no answer yet. */
const isOk = async (admin: Admin, path: string): Promise<true | undefined> => {
  const asked = admin.request('GET', path).catch(() => undefined);
  const answer = await Promise.race([asked, pause(1_000, undefined, { ref: false })]);
  return answer?.status === 200 ? true : undefined;
};

const apiServer = 'kube-apiserver';

type Programs = Binaries & Pick<Options, 'apiServerFlags'> & { readonly isTemporary: boolean };

/** Runs the three programs, and resolves with the way to start the API server anew; what has not come up has nothing to lose, and is ended at once. */
const run = async (layout: Layout, binaries: Programs, admin: Admin, stack: AsyncDisposableStack): Promise<ControlPlane['restartApiServer']> => {
  const { kubeControllerManager, apiServerFlags = [], isTemporary } = binaries;
  const programs = programsIn({ directory: layout.directory, isTemporary }, stack);
  const ready = async (what: string, path: string): Promise<void> => {
    await waitFor(what, readyWithinMs, async () => {
      await programs.check();
      return isOk(admin, path);
    });
  };
  const beginApiServer = async (): Promise<void> => {
    await programs.begin(apiServer, binaries.kubeApiserver, [...apiserverArgs(layout, kubeControllerManager !== undefined), ...apiServerFlags]);
    await ready('the API server to be ready', '/readyz');
  };
  const beginAnew = async (): Promise<void> => {
    await programs.end(apiServer, 0); // asked politely, it would wait for its watches
    await beginApiServer();
  };
  try {
    await programs.begin('etcd', binaries.etcd, etcdArgs(layout));
    await beginApiServer();
    if (kubeControllerManager === undefined) return beginAnew;
    await programs.begin('kube-controller-manager', kubeControllerManager, controllerManagerArgs(layout));
    // Its port is off; that it does what it is there for says more than a health page.
    await ready('the default ServiceAccount', '/api/v1/namespaces/default/serviceaccounts/default');
    return beginAnew;
  } catch (error) {
    await Promise.all(['etcd', apiServer, 'kube-controller-manager'].map((name) => programs.end(name, 0)));
    throw error;
  }
};

const startOnce = async (directory: string, binaries: Programs, stack: AsyncDisposableStack): Promise<ControlPlane> => {
  const layout = await layOut(directory);
  const { url, credentials, adminKubeconfig, adminKubeconfigPath } = layout;
  const { admin, close } = adminClient(url, credentials);
  stack.defer(close);
  const restartApiServer = await run(layout, binaries, admin, stack);
  const apply: ControlPlane['apply'] = async (manifests) => {
    const stored: Manifest[] = [];
    for (const manifest of await manifestsFrom(manifests)) stored.push(await applyManifest(admin, manifest)); // a namespace before what is in it
    return stored;
  };
  let stopping: Promise<void> | undefined;
  const stop = (): Promise<void> => (stopping ??= stack.disposeAsync());
  const controllerManager = binaries.kubeControllerManager !== undefined;
  return { url, authority: credentials.authority, directory, controllerManager, adminKubeconfigPath, adminKubeconfig, admin, apply, restartApiServer, stop };
};

/** Ports are found free and bound later; in between anybody may take one. */
const lostPort = async (directory: string): Promise<boolean> => {
  const logs = await Promise.all(['etcd', 'kube-apiserver'].map((name) => readFile(join(directory, `${name}.log`), 'utf8').catch(() => '')));
  return logs.some((log) => log.includes('address already in use'));
};

/**
 * Starts etcd, kube-apiserver and, where there is one, kube-controller-manager, and resolves when they serve: in about 3 s once the programs are there
 * (see `controlPlaneBinaries`). ServiceAccount admission is on exactly when a controller manager makes the accounts it asks for.
 * Leaves nothing behind when it rejects, nor, once its first program runs, when this process dies before `stop`.
 */
export const startControlPlane = async (options: Options = {}): Promise<ControlPlane> => {
  const found = await controlPlaneBinaries(options.progress ?? (() => {}));
  const { kubeControllerManager: _, ...withoutManager } = found;
  const { apiServerFlags = [] } = options;
  const binaries: Programs = { ...(options.controllerManager === false ? withoutManager : found), apiServerFlags, isTemporary: options.directory === undefined };
  for (let attempt = 1; ; attempt += 1) {
    const stack = new AsyncDisposableStack();
    const directory = options.directory ?? (await mkdtemp(join(tmpdir(), 'tenant-edge-control-plane-')));
    if (options.directory === undefined) stack.defer(() => rm(directory, { recursive: true, force: true }));
    try {
      return await startOnce(directory, binaries, stack);
    } catch (error) {
      const again = attempt < attempts && (await lostPort(directory));
      await stack.disposeAsync();
      if (!again) throw error;
    }
  }
};
