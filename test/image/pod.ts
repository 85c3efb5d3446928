import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { textAt } from '../environment/control-plane/json.ts';
import { kubeconfigFor } from '../environment/control-plane/kubeconfig.ts';
import { freePorts } from '../environment/control-plane/ports.ts';
import type { Child } from '../environment/control-plane/process.ts';
import { waitFor } from '../environment/control-plane/wait.ts';
import type { EmbeddedWorld } from '../environment/embedded.ts';
import { pageAt } from '../real/page.ts';

/** What the kubelet gives to a pod of the controller's own. */
export type Pod = {
  /** `token`, `ca.crt` and `namespace`, to be mounted where a pod finds them. */
  readonly accountFolder: string;
  /** The same as a kubeconfig, for a process outside of any pod. */
  readonly kubeconfig: string;
  /** A token that says to AWS which pod this is. */
  readonly identityToken: string;
  /** Every option, and the way to AWS, by variables as the chart gives them; neither Kubernetes nor credentials. */
  readonly environment: Readonly<Record<string, string>>;
  readonly healthUrl: string;
};

const namespace = 'tenant-edge';
const podFolder = '/var/run/secrets/kubernetes.io/serviceaccount';

const tokenFor = async ({ controlPlane }: EmbeddedWorld): Promise<string> => {
  const { status, body } = await controlPlane.admin.request('POST', `/api/v1/namespaces/${namespace}/serviceaccounts/tenant-edge/token`, {
    apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: { expirationSeconds: 3_600 },
  });
  const token = textAt(body, 'status', 'token');
  if (token === undefined) throw new Error(`request a token for the pod: ${status}: ${textAt(body, 'message') ?? 'no message'}`);
  return token;
};

/** Lays out a pod of this world in a new folder. */
export const layOutPod = async (world: EmbeddedWorld, folder: string): Promise<Pod> => {
  const accountFolder = join(folder, 'account');
  await mkdir(accountFolder, { recursive: true });
  const token = await tokenFor(world);
  const files = { token, 'ca.crt': world.controlPlane.authority, namespace };
  // Readable for the container's user, as the kubelet makes them by fsGroup.
  for (const [name, text] of Object.entries(files)) await writeFile(join(accountFolder, name), text, { mode: 0o644 });
  const [kubeconfig, identityToken] = [join(folder, 'kubeconfig'), join(accountFolder, 'aws-token')];
  await writeFile(kubeconfig, kubeconfigFor(world.controlPlane, { is: 'token', token }), { mode: 0o600 });
  await writeFile(identityToken, 'which-pod-this-is', { mode: 0o644 });
  const [metricsPort = 0, healthPort = 0] = await freePorts(2);
  const environment = {
    AWS_ENDPOINT_URL: world.awsUrl, AWS_REGION: 'us-east-1', AWS_EC2_METADATA_DISABLED: 'true',
    TENANT_EDGE_INSTALLATION_ID: 'main', TENANT_EDGE_LEADER_ELECTION: 'off', TENANT_EDGE_DNS_SERVERS: world.dnsAddress, TENANT_EDGE_FLEET_POLL: '30s',
    TENANT_EDGE_METRICS_PORT: String(metricsPort), TENANT_EDGE_HEALTH_PORT: String(healthPort),
  };
  return { accountFolder, kubeconfig, identityToken, environment, healthUrl: `http://127.0.0.1:${healthPort}` };
};

/** What is added in a cluster: where the API server is, and where the files of `accountFolder` are within the container. */
export const inCluster = ({ controlPlane }: EmbeddedWorld): { readonly folder: string; readonly environment: Readonly<Record<string, string>> } => {
  const { hostname, port } = new URL(controlPlane.url);
  return { folder: podFolder, environment: { KUBERNETES_SERVICE_HOST: hostname, KUBERNETES_SERVICE_PORT: port } };
};

/** Seconds until a process that was started at `sinceMs` of the performance clock says that it is ready. Rejects when it ends before. */
export const secondsToReady = async (started: Child, { healthUrl }: Pod, sinceMs: number): Promise<number> => {
  await waitFor('/readyz', 60_000, async () => {
    await started.check();
    return (await pageAt(`${healthUrl}/readyz`).catch(() => undefined))?.status === 200 ? true : undefined;
  });
  return (performance.now() - sinceMs) / 1_000;
};
