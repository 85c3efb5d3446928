import { Agent, request } from 'undici';
import { parse } from 'yaml';
import type { Method } from '../environment/control-plane/client.ts';
import type { ControlPlane } from '../environment/control-plane/control-plane.ts';
import { textAt, valueAt } from '../environment/control-plane/json.ts';

/** What the API server answered; `message` is that of a Status. */
export type Answer = { readonly status: number; readonly message: string; readonly body: unknown };

/** Asks the API server as somebody: `path` with its query, `body` as JSON, under `contentType` where given. */
export type Asking = (method: Method, path: string, body?: unknown, contentType?: string) => Promise<Answer>;

export const mergePatch = 'application/merge-patch+json';
export const applyPatch = 'application/apply-patch+yaml';

const group = 'tenantedge.dev';
export const apiVersion = `${group}/v1alpha1`;
export const tiersPath = `/apis/${apiVersion}/edgetiers`;
export const tenantsPath = (namespace: string): string => `/apis/${apiVersion}/namespaces/${namespace}/tenantdomains`;

/** Who asks: a person by name, or the controller's ServiceAccount. Each is only what the bindings of `bindingsOf` make of them. */
export const people = {
  viewer: 'viewer', editor: 'editor', admin: 'admin', owner: 'owner', tierAdmin: 'tier-admin', auditor: 'auditor', pauser: 'pauser', root: 'root',
  controller: 'system:serviceaccount:tenant-edge:tenant-edge',
} as const;
export type Person = keyof typeof people;

const bound = (kind: 'RoleBinding' | 'ClusterRoleBinding', name: string, role: string, namespace?: string) => ({
  apiVersion: 'rbac.authorization.k8s.io/v1', kind, metadata: { name: `test-${name}-${role}`, ...(namespace !== undefined && { namespace }) },
  roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: role }, subjects: [{ kind: 'User', name, apiGroup: 'rbac.authorization.k8s.io' }],
});

/**
 * People of a platform: Kubernetes' own roles in one namespace, everything in one namespace (`owner`), the tier admins', looking everywhere (`auditor`), who may edit there and pause what
 * is on tier `basic` (`pauser`), and everything everywhere (`root`).
 */
export const bindingsFor = (namespace: string): readonly object[] => [
  ...(['view', 'edit', 'admin'] as const).map((role) => bound('RoleBinding', { view: people.viewer, edit: people.editor, admin: people.admin }[role], role, namespace)),
  bound('RoleBinding', people.owner, 'cluster-admin', namespace),
  bound('ClusterRoleBinding', people.tierAdmin, 'tenant-edge-tier-admin'),
  bound('ClusterRoleBinding', people.auditor, 'view'),
  {
    apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name: 'pause-basic' },
    rules: [{ apiGroups: [group], resources: ['edgetiers'], resourceNames: ['basic'], verbs: ['pause'] }],
  },
  bound('ClusterRoleBinding', people.pauser, 'pause-basic'),
  bound('RoleBinding', people.pauser, 'edit', namespace),
  bound('ClusterRoleBinding', people.root, 'cluster-admin'),
];

type Pair = { readonly certificate: string; readonly key: string };

const adminPair = (kubeconfig: string): Pair => {
  const user: unknown = valueAt(parse(kubeconfig), 'users', '0', 'user');
  const decoded = (key: string): string => Buffer.from(textAt(user, key) ?? '', 'base64').toString();
  return { certificate: decoded('client-certificate-data'), key: decoded('client-key-data') };
};

/** Everybody at this control plane, by impersonation. `close` ends the connections. */
export const peopleAt = (controlPlane: ControlPlane): { readonly as: (person: Person) => Asking; readonly close: () => Promise<void> } => {
  const { certificate: cert, key } = adminPair(controlPlane.adminKubeconfig);
  const agent = new Agent({ allowH2: false, connect: { ca: controlPlane.authority, cert, key } });
  return {
    as: (person) => async (method, path, body, contentType = 'application/json') => {
      const groups = person === 'controller' ? ['system:serviceaccounts', 'system:serviceaccounts:tenant-edge', 'system:authenticated'] : ['system:authenticated'];
      const headers = { 'impersonate-user': people[person], 'impersonate-group': groups, 'content-type': contentType };
      const answer = await request(`${controlPlane.url}${path}`, { dispatcher: agent, method, headers, body: body === undefined ? null : JSON.stringify(body) });
      const said: unknown = JSON.parse(await answer.body.text());
      return { status: answer.statusCode, message: textAt(said, 'message') ?? '', body: said };
    },
    close: () => agent.destroy(),
  };
};
