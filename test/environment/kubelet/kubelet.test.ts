import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { type ControlPlane, startControlPlane } from '../control-plane/control-plane.ts';
import { listAt, textAt, valueAt } from '../control-plane/json.ts';
import { waitFor } from '../control-plane/wait.ts';
import { type Kubelet, startKubelet } from './kubelet.ts';
import type { Launch } from './replica.ts';

/** Ready after its first SIGUSR2; deaf to SIGTERM where its first argument says so. */
const program = `
  const { createServer } = require('node:http');
  let ready = false;
  process.on('SIGUSR2', () => { ready = true; });
  if (process.argv[1] === 'deaf') process.on('SIGTERM', () => {});
  createServer((_, response) => { response.writeHead(ready ? 200 : 500).end(); }).listen(Number(process.argv[2]), '127.0.0.1');
`;

const launch: Launch = ({ pod: { container }, ports, kubeconfig }) => ({
  command: process.execPath,
  args: ['--eval', program, '--', container.args[0] ?? '', String(ports['health'])],
  environment: { KUBECONFIG: kubeconfig },
});

const podOf = (name: string, word: string): string => JSON.stringify({
  apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace: 'stage' },
  spec: {
    terminationGracePeriodSeconds: 1,
    containers: [{ name: 'c', image: 'i', args: [word], ports: [{ name: 'health', containerPort: 8081 }], readinessProbe: { httpGet: { path: '/readyz', port: 'health' } } }],
  },
});

const withinMs = 30_000;

// In order: what one leaves is where the next begins.
describe('the stand-in for the kubelet', () => {
  let controlPlane: ControlPlane;
  let kubelet: Kubelet;

  beforeAll(async () => {
    controlPlane = await startControlPlane();
    await controlPlane.apply('{apiVersion: v1, kind: Namespace, metadata: {name: stage}}\n---\n{apiVersion: v1, kind: ServiceAccount, metadata: {name: default, namespace: stage}}');
    kubelet = startKubelet({ controlPlane, namespace: 'stage', launch });
    await controlPlane.apply([podOf('polite', 'hears'), podOf('deaf', 'deaf')].join('\n---\n'));
  });
  afterAll(async () => {
    await kubelet.stop();
    await controlPlane.stop();
  });

  const get = async (name: string): Promise<unknown> => (await controlPlane.admin.request('GET', `/api/v1/namespaces/stage/pods/${name}`)).body;
  const until = (name: string, what: string, isSo: (pod: unknown) => boolean): Promise<true> =>
    waitFor(`pod ${name} to be ${what}`, withinMs, async () => (isSo(await get(name)) ? true : undefined));
  const isReady = (pod: unknown): boolean => listAt(pod, 'status', 'conditions').some((condition) => textAt(condition, 'type') === 'Ready' && textAt(condition, 'status') === 'True');
  const latest = (name: string) => kubelet.processes.findLast(({ pod }) => pod === name);
  /** As soon as it listens, and not before: the signal would end it. */
  const makeReady = async (name: string): Promise<void> => {
    await waitFor(`${name} to listen`, withinMs, () => fetch(`http://127.0.0.1:${String(latest(name)?.ports['health'])}/readyz`).then((answer) => answer.status, () => undefined));
    process.kill(latest(name)?.child.pid ?? Number.NaN, 'SIGUSR2');
    await until(name, 'ready', isReady);
  };

  test('runs a Pod, and calls it ready when its process says so', async () => {
    await until('polite', 'running', (pod) => textAt(pod, 'status', 'phase') === 'Running');
    expect(isReady(await get('polite'))).toBe(false);
    await makeReady('polite');
  });

  test("gives the process a token of the Pod's own ServiceAccount", async () => {
    const kubeconfig: unknown = parse(await readFile(`${controlPlane.directory}/polite.kubeconfig`, 'utf8'));
    const token = textAt(listAt(kubeconfig, 'users')[0], 'user', 'token');
    const review = { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenReview', spec: { token } };
    const { body } = await controlPlane.admin.request('POST', '/apis/authentication.k8s.io/v1/tokenreviews', review);
    expect(textAt(body, 'status', 'user', 'username')).toBe('system:serviceaccount:stage:default');
    expect(valueAt(body, 'status', 'user', 'extra', 'authentication.kubernetes.io/pod-name')).toEqual(['polite']);
  });

  test('starts anew what has ended, and tells of it', async () => {
    const first = latest('polite');
    process.kill(first?.child.pid ?? Number.NaN, 'SIGKILL');
    await until('polite', 'restarted', (pod) => valueAt(listAt(pod, 'status', 'containerStatuses')[0], 'restartCount') === 1 && !isReady(pod));
    expect(latest('polite')).not.toBe(first);
    await makeReady('polite');
  });

  test.each([
    { name: 'polite', because: 'it ends when it is asked to', signal: 'SIGTERM' },
    { name: 'deaf', because: 'it is killed when its time is over', signal: 'SIGKILL' },
  ])('lets go of a Pod when its process has ended: $because', async ({ name, signal }) => {
    if (name === 'deaf') await makeReady(name);
    const ended = latest(name);
    await controlPlane.admin.request('DELETE', `/api/v1/namespaces/stage/pods/${name}`);
    await until(name, 'gone', (pod) => textAt(pod, 'reason') === 'NotFound');
    expect(await ended?.child.exited).toEqual({ code: null, signal });
  });

  test('met nothing that it did not expect', () => {
    expect(kubelet.failures).toEqual([]);
  });
});
