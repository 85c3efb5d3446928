import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { issueCredentials, type Credentials } from './certificates.ts';
import { kubeconfigFor } from './kubeconfig.ts';
import { freePorts } from './ports.ts';

/** Where the parts of one control plane are: files in `directory`, ports of 127.0.0.1. */
export type Layout = {
  readonly directory: string;
  readonly url: string;
  readonly etcdPort: number;
  readonly peerPort: number;
  readonly apiserverPort: number;
  readonly credentials: Credentials;
  readonly adminKubeconfig: string;
  readonly adminKubeconfigPath: string;
};

const filesOf = (credentials: Credentials): Readonly<Record<string, string>> => ({
  'authority.crt': credentials.authority,
  'apiserver.crt': credentials.server.certificate,
  'apiserver.key': credentials.server.key,
  'serviceaccount.pub': credentials.serviceAccount.publicKey,
  'serviceaccount.key': credentials.serviceAccount.privateKey,
});

/**
 * Who asked for what, and how it was answered, one line a request: of ServiceAccounts that are not the control plane's own, which is what a test
 * may want to know of a controller.
 *
 * @see https://kubernetes.io/docs/reference/config-api/apiserver-audit.v1/
 */
const auditPolicy = {
  apiVersion: 'audit.k8s.io/v1',
  kind: 'Policy',
  omitStages: ['RequestReceived', 'ResponseStarted'],
  rules: [
    { level: 'None', userGroups: ['system:serviceaccounts:kube-system'] },
    { level: 'Metadata', userGroups: ['system:serviceaccounts'] },
    { level: 'None' },
  ],
};

/** Chooses ports and makes credentials for one start, and writes what the programs read from files. Only the owner may read them. */
export const layOut = async (directory: string): Promise<Layout> => {
  await mkdir(directory, { recursive: true });
  const credentials = issueCredentials(new Date());
  const [etcdPort = 0, peerPort = 0, apiserverPort = 0] = await freePorts(3);
  const url = `https://127.0.0.1:${String(apiserverPort)}`;
  const adminKubeconfig = kubeconfigFor({ url, authority: credentials.authority }, { is: 'certificate', pair: credentials.admin });
  const files = { ...filesOf(credentials), 'admin.kubeconfig': adminKubeconfig, 'audit-policy.json': JSON.stringify(auditPolicy) };
  await Promise.all(Object.entries(files).map(([name, text]) => writeFile(join(directory, name), text, { mode: 0o600 })));
  return { directory, url, etcdPort, peerPort, apiserverPort, credentials, adminKubeconfig, adminKubeconfigPath: join(directory, 'admin.kubeconfig') };
};
