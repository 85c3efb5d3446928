import { join } from 'node:path';
import { request } from 'undici';
import type { ControlPlane } from '../control-plane/control-plane.ts';
import { freePorts } from '../control-plane/ports.ts';
import { type Child, type Exit, type Program, startChild } from '../control-plane/process.ts';
import type { Pod } from './pod.ts';
import { bind, kubeconfigOf, remove, report } from './pods-api.ts';

/** A container that is about to run. `ports` are free ones of this machine, by the names of the container's own. */
export type Start = { readonly pod: Pod; readonly ports: Readonly<Record<string, number>>; readonly kubeconfig: string };

/** How an image's container is a process of this machine. */
export type Launch = (start: Start) => Omit<Program, 'logPath'>;

/** A process that ran, or runs, for a Pod. */
export type Process = { readonly pod: string; readonly image: string; readonly logPath: string; readonly ports: Readonly<Record<string, number>>; readonly child: Child; exit?: Exit };

// Long enough not to fill a log while somebody reads it.
const restartAfterMs = 1_000;
const probeTimeoutMs = 1_000;

const freePortsFor = async (names: readonly string[]): Promise<Readonly<Record<string, number>>> => {
  const found = await freePorts(names.length);
  return Object.fromEntries(names.map((name, index) => [name, found[index] ?? 0]));
};

const isOk = async (url: string): Promise<boolean> => {
  const answer = await request(url, { headersTimeout: probeTimeoutMs, bodyTimeout: probeTimeoutMs }).catch(() => undefined);
  await answer?.body.dump();
  return answer?.statusCode === 200;
};

/** One Pod's process, from the binding to the end: started again when it ends by itself, asked for its readiness, and stopped with its grace. */
export class Replica {
  readonly #controlPlane: ControlPlane;
  readonly #launch: Launch;
  readonly #onStart: (process: Process) => void;
  #current: Process | undefined;
  #startedAt = new Date();
  #restarts = -1;
  #told = '';

  constructor(controlPlane: ControlPlane, launch: Launch, onStart: (process: Process) => void) {
    this.#controlPlane = controlPlane;
    this.#launch = launch;
    this.#onStart = onStart;
  }

  /** Brings the process to what the Pod says by now; where that is its end, resolves when nothing of it is left. */
  async follow(pod: Pod): Promise<void> {
    if (pod.deletionGraceSeconds !== undefined) {
      await this.stop(pod.deletionGraceSeconds * 1_000);
      return remove(this.#controlPlane, pod);
    }
    if (pod.node === undefined) await bind(this.#controlPlane, pod);
    if (this.#isDue()) await this.#start(pod);
    await this.#tell(pod);
  }

  /** Ends the process, and nothing else. */
  async stop(graceMs: number): Promise<void> {
    await this.#current?.child.stop(graceMs);
  }

  #isDue(): boolean {
    if (this.#current === undefined) return true;
    return this.#current.exit !== undefined && Date.now() - this.#startedAt.getTime() >= restartAfterMs;
  }

  async #start(pod: Pod): Promise<void> {
    const [ports, kubeconfig] = await Promise.all([freePortsFor(Object.keys(pod.container.ports)), kubeconfigOf(this.#controlPlane, pod)]);
    const logPath = join(this.#controlPlane.directory, `${pod.name}.log`);
    const child = await startChild({ ...this.#launch({ pod, ports, kubeconfig }), logPath });
    const process: Process = { pod: pod.name, image: pod.container.image, logPath, ports, child };
    void child.exited.then((exit) => Object.assign(process, { exit }));
    this.#current = process;
    this.#startedAt = new Date();
    this.#restarts += 1;
    this.#onStart(process);
  }

  async #isReady({ container: { readiness } }: Pod): Promise<boolean> {
    const { exit, ports } = this.#current ?? {};
    if (exit !== undefined || ports === undefined) return false;
    return readiness === undefined || isOk(`http://127.0.0.1:${ports[readiness.port] ?? Number(readiness.port)}${readiness.path}`);
  }

  async #tell(pod: Pod): Promise<void> {
    const isReady = await this.#isReady(pod);
    const telling = `${isReady} ${this.#restarts}`;
    if (telling === this.#told) return;
    await report(this.#controlPlane, pod, { isReady, restarts: this.#restarts, startedAt: this.#startedAt });
    this.#told = telling;
  }
}
