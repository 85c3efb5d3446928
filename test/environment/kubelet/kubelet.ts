/**
 * A stand-in for the scheduler and the kubelet, for a control plane without nodes: Pods of a namespace run as processes of this machine.
 *
 *   Deployment ─ kube-controller-manager ─> Pods ─ this ─> processes, and their readiness back into the Pods' status
 *
 * It binds each Pod to the one node there is, starts its container's arguments and environment with a token of the Pod's own ServiceAccount, asks the
 * readiness probe's path, starts anew what ended, and upon deletion sends SIGTERM, waits as long as the Pod grants, kills, and lets go of the Pod.
 *
 * What a kubelet does besides, and this does not: pull and unpack images; hold a process in its user, its namespaces, its read-only root, its memory and
 * its system calls; mount volumes; ask startup and liveness probes, and at the pace that a probe says; look at init containers and a second container,
 * preStop hooks and node conditions; enforce a NetworkPolicy (its network plugin does); log for `kubectl logs`. What of this matters is asked of the API server's
 * admission (Pod Security), or of a real container runtime in the tests of the image.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { ControlPlane } from '../control-plane/control-plane.ts';
import { podsIn } from './pods-api.ts';
import { type Launch, type Process, Replica } from './replica.ts';

/** A stand-in at work. */
export type Kubelet = {
  /** Every process that was started so far, in order. */
  readonly processes: readonly Process[];
  /** What went wrong, one line each; the next look tries again. */
  readonly failures: readonly string[];
  /** Looks no more, and ends what runs. May be repeated. */
  readonly stop: () => Promise<void>;
};

export type KubeletOptions = { readonly controlPlane: ControlPlane; readonly namespace: string; readonly launch: Launch };

const everyMs = 100;
const stopGraceMs = 30_000;

/** Runs the Pods of a namespace from now on. */
export const startKubelet = ({ controlPlane, namespace, launch }: KubeletOptions): Kubelet => {
  const replicas = new Map<string, Replica>();
  /** Those that something is being done for: one that takes its time to end holds up no other. */
  const busy = new Map<string, Promise<void>>();
  const processes: Process[] = [];
  const failures: string[] = [];
  const ending = new AbortController();

  const replicaOf = (uid: string): Replica => {
    const replica = replicas.get(uid) ?? new Replica(controlPlane, launch, (process) => processes.push(process));
    replicas.set(uid, replica);
    return replica;
  };
  const occupy = (uid: string, work: () => Promise<void>): void => {
    if (busy.has(uid)) return;
    const working = work()
      .catch((error: unknown) => void failures.push(error instanceof Error ? error.message : String(error)))
      .finally(() => busy.delete(uid));
    busy.set(uid, working);
  };
  const look = async (): Promise<void> => {
    const pods = await podsIn(controlPlane, namespace);
    if (pods === undefined) return;
    for (const pod of pods) occupy(pod.uid, () => replicaOf(pod.uid).follow(pod));
    const present = new Set(pods.map(({ uid }) => uid));
    for (const [uid, replica] of replicas) {
      if (present.has(uid)) continue;
      // Deleted by force: nobody waits for its process, which has to go all the same.
      occupy(uid, () => replica.stop(0));
      replicas.delete(uid);
    }
  };
  const looking = (async () => {
    while (!ending.signal.aborted) {
      await look();
      await pause(everyMs);
    }
  })();

  const end = async (): Promise<void> => {
    ending.abort();
    await looking;
    await Promise.all([...replicas.values()].map((replica) => replica.stop(stopGraceMs)).concat([...busy.values()]));
  };
  let stopping: Promise<void> | undefined;
  return { processes, failures, stop: () => (stopping ??= end()) };
};
