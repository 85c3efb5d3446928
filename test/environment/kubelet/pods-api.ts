import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ControlPlane } from '../control-plane/control-plane.ts';
import { listAt, textAt } from '../control-plane/json.ts';
import { kubeconfigFor } from '../control-plane/kubeconfig.ts';
import { type Pod, podFrom } from './pod.ts';

/** The one node there is. */
export const nodeName = 'this-machine';

/** What a process is doing, as its Pod's status tells it. */
export type Running = { readonly isReady: boolean; readonly restarts: number; readonly startedAt: Date };

const pathOf = ({ namespace, name }: Pod): string => `/api/v1/namespaces/${namespace}/pods/${name}`;

/** The Pods of a namespace. None while the API server is away: whoever asks asks again. */
export const podsIn = async ({ admin }: ControlPlane, namespace: string): Promise<readonly Pod[] | undefined> => {
  const { status, body } = await admin.request('GET', `/api/v1/namespaces/${namespace}/pods`).catch(() => ({ status: 0, body: undefined }));
  return status === 200 ? listAt(body, 'items').map(podFrom) : undefined;
};

const post = async ({ admin }: ControlPlane, what: string, path: string, body: unknown): Promise<unknown> => {
  const answer = await admin.request('POST', path, body);
  if (answer.status >= 300) throw new Error(`${what}: ${String(answer.status)}: ${textAt(answer.body, 'message') ?? 'no message'}`);
  return answer.body;
};

/** Gives the Pod its node: what a scheduler does. */
export const bind = async (controlPlane: ControlPlane, pod: Pod): Promise<void> => {
  const binding = { apiVersion: 'v1', kind: 'Binding', metadata: { name: pod.name }, target: { apiVersion: 'v1', kind: 'Node', name: nodeName } };
  await post(controlPlane, `bind pod ${pod.name}`, `${pathOf(pod)}/binding`, binding);
};

/**
 * The path of a kubeconfig with a token as the kubelet mounts it: of the Pod's ServiceAccount, for as long as its volume says, and good only as
 * long as the Pod is there.
 */
export const kubeconfigOf = async (controlPlane: ControlPlane, pod: Pod): Promise<string> => {
  const boundObjectRef = { apiVersion: 'v1', kind: 'Pod', name: pod.name, uid: pod.uid };
  const request = { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: { expirationSeconds: pod.tokenSeconds, boundObjectRef } };
  const body = await post(controlPlane, `request a token for pod ${pod.name}`, `/api/v1/namespaces/${pod.namespace}/serviceaccounts/${pod.serviceAccount}/token`, request);
  const path = join(controlPlane.directory, `${pod.name}.kubeconfig`);
  await writeFile(path, kubeconfigFor(controlPlane, { is: 'token', token: textAt(body, 'status', 'token') ?? '' }), { mode: 0o600 });
  return path;
};

const statusOf = (pod: Pod, { isReady, restarts, startedAt }: Running, now: Date): unknown => {
  const ready = isReady ? 'True' : 'False';
  const conditions = Object.entries({ PodScheduled: 'True', Initialized: 'True', PodReadyToStartContainers: 'True', ContainersReady: ready, Ready: ready });
  const { name, image } = pod.container;
  return {
    phase: 'Running', podIP: '127.0.0.1', podIPs: [{ ip: '127.0.0.1' }], hostIP: '127.0.0.1', startTime: startedAt.toISOString(), observedGeneration: pod.generation,
    conditions: conditions.map(([type, status]) => ({ type, status, lastTransitionTime: now.toISOString(), observedGeneration: pod.generation })),
    containerStatuses: [{ name, image, imageID: image, ready: isReady, started: true, restartCount: restarts, state: { running: { startedAt: startedAt.toISOString() } } }],
  };
};

/** Tells how the Pod is doing. One that is gone is no failure. */
export const report = async ({ admin }: ControlPlane, pod: Pod, running: Running): Promise<void> => {
  const { status, body } = await admin.request('PATCH', `${pathOf(pod)}/status`, { status: statusOf(pod, running, new Date()) }, 'application/merge-patch+json');
  if (status >= 300 && status !== 404) throw new Error(`report pod ${pod.name}: ${String(status)}: ${textAt(body, 'message') ?? 'no message'}`);
};

/** Says that nothing of the Pod runs any more, upon which the API server lets go of it. */
export const remove = async ({ admin }: ControlPlane, pod: Pod): Promise<void> => {
  await admin.request('DELETE', pathOf(pod), { apiVersion: 'v1', kind: 'DeleteOptions', gracePeriodSeconds: 0, preconditions: { uid: pod.uid } });
};
