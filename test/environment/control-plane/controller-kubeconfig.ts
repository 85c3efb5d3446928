import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Manifest } from './apply.ts';
import type { ControlPlane } from './control-plane.ts';
import { listAt, textAt, valueAt } from './json.ts';
import { kubeconfigFor } from './kubeconfig.ts';
import { waitFor } from './wait.ts';

/** Whom the controller runs as, and the manifests that make the account and say what it may do. */
export type Account = { readonly namespace: string; readonly serviceAccount: string; readonly rbacPath: string };

// Longer than any test or demonstration; the API server signs for what it is asked.
const lifetimeSeconds = 12 * 3_600;
const effectiveWithinMs = 20_000;

/**
 * The API server learns of a rule by a watch, a moment after it has stored it. Asks for the last rule of the last ClusterRole,
 * because rules come in the order in which they were applied.
 */
const effective = async (controlPlane: ControlPlane, account: Account, stored: readonly Manifest[]): Promise<void> => {
  const rule = stored.filter((object) => object.kind === 'ClusterRole').flatMap((role) => listAt(role, 'rules')).at(-1);
  const review = {
    apiVersion: 'authorization.k8s.io/v1',
    kind: 'SubjectAccessReview',
    spec: {
      user: `system:serviceaccount:${account.namespace}:${account.serviceAccount}`,
      resourceAttributes: { group: listAt(rule, 'apiGroups')[0], resource: listAt(rule, 'resources')[0], verb: listAt(rule, 'verbs')[0] },
    },
  };
  await waitFor(`the rules of ${account.rbacPath} to hold`, effectiveWithinMs, async () => {
    const { body } = await controlPlane.admin.request('POST', '/apis/authorization.k8s.io/v1/subjectaccessreviews', review);
    return valueAt(body, 'status', 'allowed') === true ? true : undefined;
  });
};

/**
 * Applies the controller's own RBAC and returns the path of a kubeconfig with a fresh token of its ServiceAccount, good for 12 h: whoever uses it may do
 * what those manifests allow, and nothing besides. Lies in the control plane's folder, and goes with it. May be repeated.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/authentication-resources/token-request-v1/
 */
export const controllerKubeconfig = async (controlPlane: ControlPlane, account: Account): Promise<string> => {
  const { namespace, serviceAccount, rbacPath } = account;
  await effective(controlPlane, account, await controlPlane.apply([rbacPath]));
  const { status, body } = await controlPlane.admin.request('POST', `/api/v1/namespaces/${namespace}/serviceaccounts/${serviceAccount}/token`, {
    apiVersion: 'authentication.k8s.io/v1',
    kind: 'TokenRequest',
    spec: { expirationSeconds: lifetimeSeconds },
  });
  const token = textAt(body, 'status', 'token');
  if (token === undefined) {
    throw new Error(`request a token for ${namespace}/${serviceAccount}: ${String(status)}: ${textAt(body, 'message') ?? 'no message'}`);
  }
  const path = join(controlPlane.directory, `${namespace}.${serviceAccount}.kubeconfig`);
  await writeFile(path, kubeconfigFor(controlPlane, { is: 'token', token }), { mode: 0o600 });
  return path;
};
