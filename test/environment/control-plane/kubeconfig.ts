import { stringify } from 'yaml';
import type { KeyPair } from './certificates.ts';

/** Who a kubeconfig speaks as. */
export type User = { readonly is: 'certificate'; readonly pair: KeyPair } | { readonly is: 'token'; readonly token: string };

/** One cluster, by its address and the PEM of the authority that signed its certificate. */
export type Cluster = { readonly url: string; readonly authority: string };

const base64 = (text: string): string => Buffer.from(text, 'utf8').toString('base64');

const userFields = (user: User): Readonly<Record<string, string>> =>
  user.is === 'token'
    ? { token: user.token }
    : { 'client-certificate-data': base64(user.pair.certificate), 'client-key-data': base64(user.pair.key) };

/**
 * The text of a kubeconfig with one cluster, one user and one context, complete in itself: it points to no other file.
 *
 * @see https://kubernetes.io/docs/reference/config-api/kubeconfig.v1/
 */
export const kubeconfigFor = (cluster: Cluster, user: User): string => {
  const name = 'tenant-edge';
  return stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name, cluster: { server: cluster.url, 'certificate-authority-data': base64(cluster.authority) } }],
    users: [{ name, user: userFields(user) }],
    contexts: [{ name, context: { cluster: name, user: name } }],
    'current-context': name,
  });
};
