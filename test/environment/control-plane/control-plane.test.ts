import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { CoreV1Api, KubeConfig } from '@kubernetes/client-node';
import { Agent, request } from 'undici';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { controlPlaneBinaries } from './binaries.ts';
import { controllerKubeconfig } from './controller-kubeconfig.ts';
import { startControlPlane, type ControlPlane } from './control-plane.ts';
import { textAt } from './json.ts';
import { waitFor } from './wait.ts';

const root = join(import.meta.dirname, '../../..');
const account = { namespace: 'tenant-edge', serviceAccount: 'tenant-edge', manifestPath: join(root, 'helm/install.yaml') };
const withinMs = 20_000;
// The first run of a machine builds the programs.
const buildMs = 1_800_000;

const statusOf = async (controlPlane: ControlPlane, path: string): Promise<number> => (await controlPlane.admin.request('GET', path)).status;

const gone = (controlPlane: ControlPlane, path: string): Promise<true> =>
  waitFor(`${path} to be gone`, withinMs, async () => ((await statusOf(controlPlane, path)) === 404 ? true : undefined));

const configMap = (name: string): string => `{apiVersion: v1, kind: ConfigMap, metadata: {name: ${name}}}`;

/** The processes whose command line names this folder. */
const processesIn = async (directory: string): Promise<readonly string[]> => {
  const { stdout } = await promisify(execFile)('ps', ['-A', '-ww', '-o', 'args=']);
  return stdout.split('\n').filter((args) => args.includes(directory));
};

describe('a running control plane', { timeout: 60_000 }, () => {
  let controlPlane: ControlPlane;

  beforeAll(async () => {
    controlPlane = await startControlPlane({ progress: console.error });
  }, buildMs);

  afterAll(() => controlPlane.stop(), 60_000);

  test('calls itself by the version that was pinned when it was built from here, and so does kubectl', async ({ skip }) => {
    const { kubectl, source } = await controlPlaneBinaries(() => {});
    skip(source === 'assets', 'KUBEBUILDER_ASSETS brings its own version');
    const pin = /k8s\.io\/kubernetes (v\S+)/.exec(await readFile(join(import.meta.dirname, 'go.mod'), 'utf8'));
    const { body } = await controlPlane.admin.request('GET', '/version');
    const { stdout } = await promisify(execFile)(kubectl, ['version', '--client', '--output=json']);
    expect([textAt(body, 'gitVersion'), textAt(JSON.parse(stdout), 'clientVersion', 'gitVersion')]).toEqual([pin?.[1], pin?.[1]]);
  });

  test('is open to a client that has nothing but the admin kubeconfig', async () => {
    const kubeconfig = new KubeConfig();
    kubeconfig.loadFromFile(controlPlane.adminKubeconfigPath);
    const { items } = await kubeconfig.makeApiClient(CoreV1Api).listNamespace();
    expect(items.map((namespace) => namespace.metadata?.name)).toContain('kube-system');
  });

  test('lets a deleted namespace end with everything in it', async ({ skip }) => {
    skip(!controlPlane.controllerManager, 'KUBEBUILDER_ASSETS has no kube-controller-manager');
    await controlPlane.apply('{apiVersion: v1, kind: Namespace, metadata: {name: short-lived}}');
    await controlPlane.apply('{apiVersion: v1, kind: ConfigMap, metadata: {name: inside, namespace: short-lived}}');
    expect((await controlPlane.admin.request('DELETE', '/api/v1/namespaces/short-lived')).status).toBe(200);
    await gone(controlPlane, '/api/v1/namespaces/short-lived');
  });

  test('collects what a deleted object owned', async ({ skip }) => {
    skip(!controlPlane.controllerManager, 'KUBEBUILDER_ASSETS has no kube-controller-manager');
    const [owner] = await controlPlane.apply(configMap('owner'));
    const uid = textAt(owner, 'metadata', 'uid');
    const ownerReferences = `[{apiVersion: v1, kind: ConfigMap, name: owner, uid: ${String(uid)}}]`;
    await controlPlane.apply(`{apiVersion: v1, kind: ConfigMap, metadata: {name: owned, ownerReferences: ${ownerReferences}}}`);
    await controlPlane.admin.request('DELETE', '/api/v1/namespaces/default/configmaps/owner');
    await gone(controlPlane, '/api/v1/namespaces/default/configmaps/owned');
  });

  test('keeps an object as it is when the same manifest is applied again', async () => {
    const first = await controlPlane.apply(configMap('repeated'));
    expect(await controlPlane.apply(configMap('repeated'))).toEqual(first);
  });

  test('says which object was refused, and why', async () => {
    const refused = controlPlane.apply('{apiVersion: v1, kind: ConfigMap, metadata: {name: Not_A_Name}}');
    await expect(refused).rejects.toThrow(/^apply ConfigMap Not_A_Name: 422: .*RFC 1123/);
    const unknown = controlPlane.apply('{apiVersion: example.com/v1, kind: Nothing, metadata: {name: a}}');
    await expect(unknown).rejects.toThrow('apply Nothing a: the API server does not serve example.com/v1 Nothing');
  });

  test('has its objects still when its API server has died and come again', async () => {
    const [stored] = await controlPlane.apply(configMap('survivor'));
    await controlPlane.restartApiServer();
    expect((await controlPlane.admin.request('GET', '/api/v1/namespaces/default/configmaps/survivor')).body).toEqual(stored);
  });

  test('writes down what ServiceAccounts ask for', async () => {
    const path = await controllerKubeconfig(controlPlane, account);
    const kubeconfig = new KubeConfig();
    kubeconfig.loadFromFile(path);
    await expect(kubeconfig.makeApiClient(CoreV1Api).listSecretForAllNamespaces()).rejects.toThrow('403');
    const line = await waitFor('the request in the audit log', withinMs, async () => {
      const text = await readFile(join(controlPlane.directory, 'audit.log'), 'utf8');
      return text.split('\n').find((each) => each.includes('"resource":"secrets"'));
    });
    expect(line).toContain('system:serviceaccount:tenant-edge:tenant-edge');
  });

  test('enforces a ValidatingAdmissionPolicy', async () => {
    await controlPlane.apply([join(import.meta.dirname, 'refuse-forbidden.yaml')]);
    const body = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'forbidden' } };
    const message = await waitFor('the policy to be enforced', withinMs, async () => {
      const answer = await controlPlane.admin.request('POST', '/api/v1/namespaces/default/configmaps?dryRun=All', body);
      return answer.status === 422 ? textAt(answer.body, 'message') : undefined;
    });
    expect(message).toContain('this name is refused');
  });

  test('gives the controller its own rules and nothing besides', async () => {
    const path = await controllerKubeconfig(controlPlane, account);
    const token = textAt(parse(await readFile(path, 'utf8')), 'users', '0', 'user', 'token');
    const agent = new Agent({ allowH2: false, connect: { ca: controlPlane.authority } });
    const asked = async (method: string, resource: string): Promise<number> => {
      const headers = { authorization: `Bearer ${String(token)}`, 'content-type': 'application/merge-patch+json' };
      const answer = await request(`${controlPlane.url}${resource}`, { dispatcher: agent, method, headers, body: method === 'PATCH' ? '{}' : null });
      await answer.body.dump();
      return answer.statusCode;
    };
    const group = '/apis/tenantedge.dev/v1alpha1';
    const object = `${group}/namespaces/default/tenantdomains/absent`;
    expect(await asked('GET', `${group}/tenantdomains`)).toBe(404);
    await controlPlane.apply([join(root, 'crds/edgetiers.yaml'), join(root, 'crds/tenantdomains.yaml')]);
    const answers = {
      listTenantDomains: await asked('GET', `${group}/tenantdomains`),
      listEdgeTiers: await asked('GET', `${group}/edgetiers`),
      listNamespaces: await asked('GET', '/api/v1/namespaces'),
      patchTenantDomain: await asked('PATCH', object),
      patchTenantDomainStatus: await asked('PATCH', `${object}/status`),
      patchEdgeTierStatus: await asked('PATCH', `${group}/edgetiers/absent/status`),
      patchEvent: await asked('PATCH', '/apis/events.k8s.io/v1/namespaces/default/events/absent'),
      deleteTenantDomain: await asked('DELETE', object),
      deleteNamespace: await asked('DELETE', '/api/v1/namespaces/absent'),
      listEvents: await asked('GET', '/apis/events.k8s.io/v1/events'),
      listSecrets: await asked('GET', '/api/v1/secrets'),
    };
    await agent.destroy();
    expect(answers).toEqual({
      listTenantDomains: 200,
      listEdgeTiers: 200,
      listNamespaces: 200,
      patchTenantDomain: 404,
      patchTenantDomainStatus: 404,
      patchEdgeTierStatus: 404,
      patchEvent: 404,
      deleteTenantDomain: 403,
      deleteNamespace: 403,
      listEvents: 403,
      listSecrets: 403,
    });
  });
});

describe('a stopped control plane', { timeout: 60_000 }, () => {
  let directory: string;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'tenant-edge-restart-'));
  });

  afterAll(() => rm(directory, { recursive: true, force: true }));

  test('leaves no process, and its objects to the next start in its folder', async () => {
    const first = await startControlPlane({ directory, controllerManager: false });
    const stored = await first.apply(configMap('kept'));
    expect(await processesIn(directory)).toHaveLength(2);
    await Promise.all([first.stop(), first.stop()]);
    expect(await processesIn(directory)).toEqual([]);

    const second = await startControlPlane({ directory, controllerManager: false });
    const { body } = await second.admin.request('GET', '/api/v1/namespaces/default/configmaps/kept');
    await second.stop();
    expect(body).toEqual(stored[0]);
  });
});
