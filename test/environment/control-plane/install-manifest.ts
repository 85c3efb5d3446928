import { manifestsFrom, type Manifest } from './apply.ts';
import { listAt, textAt } from './json.ts';

/** What a manifest says about who may do what, in the order in which it can be applied. */
const kinds = [
  'Namespace', 'ServiceAccount', 'ClusterRole', 'ClusterRoleBinding', 'Role', 'RoleBinding', 'ValidatingAdmissionPolicy', 'ValidatingAdmissionPolicyBinding',
];

/** One right of a role: a verb on a resource, on one object where it has a name. */
export type Right = {
  readonly group: string;
  /** With its subresource: `edgetiers/status`. */
  readonly resource: string;
  readonly verb: string;
  readonly name?: string;
  /** Where it holds; everywhere when absent. */
  readonly namespace?: string;
};

const textsAt = (value: unknown, key: string): readonly string[] => listAt(value, key).map(String);

const rightsOf = (rule: unknown, namespace: string | undefined): readonly Right[] => {
  const names = textsAt(rule, 'resourceNames').map((name) => ({ name }));
  const where = namespace === undefined ? {} : { namespace };
  return textsAt(rule, 'apiGroups').flatMap((group) =>
    textsAt(rule, 'resources').flatMap((resource) => textsAt(rule, 'verbs').flatMap((verb) => (names.length === 0 ? [{}] : names).map((name) => ({ group, resource, verb, ...name, ...where })))));
};

const isSubject = (subject: unknown, { namespace, serviceAccount }: Subject): boolean =>
  textAt(subject, 'kind') === 'ServiceAccount' && textAt(subject, 'namespace') === namespace && textAt(subject, 'name') === serviceAccount;

/** A ServiceAccount. */
export type Subject = { readonly namespace: string; readonly serviceAccount: string };

/** Everything in the file that accounts, roles and admission are made of, namespaces first. */
export const rightsManifests = async (path: string): Promise<readonly Manifest[]> => {
  const all = await manifestsFrom([path]);
  return kinds.flatMap((kind) => all.filter((manifest) => manifest.kind === kind));
};

/** What these manifests let the account do: every right of every role that they bind it to. */
export const grantedRights = (manifests: readonly Manifest[], account: Subject): readonly Right[] => {
  const bindings = manifests.filter(({ kind, subjects }) => kind.endsWith('RoleBinding') && Array.isArray(subjects) && subjects.some((subject) => isSubject(subject, account)));
  return bindings.flatMap(({ kind, metadata, roleRef }) => {
    const bound = manifests.filter((role) => role.kind === textAt(roleRef, 'kind') && role.metadata.name === textAt(roleRef, 'name'));
    return bound.flatMap((role) => listAt(role, 'rules').flatMap((rule) => rightsOf(rule, kind === 'RoleBinding' ? metadata.namespace : undefined)));
  });
};
