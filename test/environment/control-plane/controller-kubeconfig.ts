import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ControlPlane } from './control-plane.ts';
import { grantedRights, type Right, rightsManifests, type Subject } from './install-manifest.ts';
import { textAt, valueAt } from './json.ts';
import { kubeconfigFor } from './kubeconfig.ts';
import { waitFor } from './wait.ts';

/** Whom the controller runs as, and the file that makes the account and says what it may do. */
export type Account = Subject & { readonly manifestPath: string };

// Longer than any test or demonstration; the API server signs for what it is asked.
const lifetimeSeconds = 12 * 3_600;
const effectiveWithinMs = 20_000;

const isAllowed = async (controlPlane: ControlPlane, { namespace, serviceAccount }: Subject, right: Right): Promise<boolean> => {
  const [resource, subresource] = right.resource.split('/');
  const review = {
    apiVersion: 'authorization.k8s.io/v1',
    kind: 'SubjectAccessReview',
    spec: { user: `system:serviceaccount:${namespace}:${serviceAccount}`, resourceAttributes: { ...right, resource, ...(subresource !== undefined && { subresource }) } },
  };
  const { body } = await controlPlane.admin.request('POST', '/apis/authorization.k8s.io/v1/subjectaccessreviews', review);
  return valueAt(body, 'status', 'allowed') === true;
};

/** The API server learns of roles and bindings by watches, a moment after it has stored them. */
const effective = async (controlPlane: ControlPlane, account: Account, rights: readonly Right[]): Promise<void> => {
  await waitFor(`the rules of ${account.manifestPath} to hold`, effectiveWithinMs, async () => {
    const answers = await Promise.all(rights.map((right) => isAllowed(controlPlane, account, right)));
    return answers.every(Boolean) ? true : undefined;
  });
};

/**
 * Applies the accounts, roles and admission policies of the installation and returns the path of a kubeconfig with a fresh token of the controller's
 * ServiceAccount, good for 12 h: whoever uses it may do what those manifests allow, and nothing besides. Policies hold a moment later than rules. The
 * kubeconfig lies in the control plane's folder, and goes with it. May be repeated.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/authentication-resources/token-request-v1/
 */
export const controllerKubeconfig = async (controlPlane: ControlPlane, account: Account): Promise<string> => {
  const { namespace, serviceAccount, manifestPath } = account;
  const manifests = await rightsManifests(manifestPath);
  const rights = grantedRights(manifests, account);
  if (rights.length === 0) throw new Error(`read ${manifestPath}: it allows ServiceAccount ${namespace}/${serviceAccount} nothing`);
  await controlPlane.apply(manifests.map((manifest) => JSON.stringify(manifest)).join('\n---\n'));
  await effective(controlPlane, account, rights);
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
