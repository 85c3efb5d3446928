import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { valueAt } from '../environment/control-plane/json.ts';
import { waitFor } from '../environment/control-plane/wait.ts';
import { type Cluster, shopPath, startCluster, tenant, tier } from './cluster.ts';
import { mergePatch, people, type Person, tenantsPath, tiersPath } from './people.ts';

const reads = ['get', 'list', 'watch'];
const writes = ['create', 'update', 'patch', 'delete', 'deletecollection'];
const everyVerb = [...reads, ...writes, 'pause', 'reconcile'];
const resources = ['tenantdomains', 'tenantdomains/status', 'tenantdomains/finalizers', 'edgetiers', 'edgetiers/status', 'edgetiers/finalizers'];

type Rights = Readonly<Record<string, readonly string[]>>;

const looking: Rights = { tenantdomains: reads, 'tenantdomains/status': reads };
const lookingAtTiers: Rights = { edgetiers: reads, 'edgetiers/status': reads };
const editing: Rights = { ...looking, tenantdomains: [...reads, ...writes] };

/** In their own namespace, and in all for those whose role is bound so. */
const wanted: Readonly<Record<Exclude<Person, 'owner' | 'root' | 'controller' | 'pauser'>, { readonly here: Rights; readonly elsewhere: Rights }>> = {
  viewer: { here: looking, elsewhere: {} },
  auditor: { here: { ...looking, ...lookingAtTiers }, elsewhere: { ...looking, ...lookingAtTiers } },
  editor: { here: editing, elsewhere: {} },
  admin: { here: editing, elsewhere: {} },
  tierAdmin: (() => {
    const rights: Rights = { tenantdomains: [...reads, 'patch'], 'tenantdomains/status': ['get'], edgetiers: [...reads, ...writes, 'pause'], 'edgetiers/status': ['get'] };
    return { here: rights, elsewhere: rights };
  })(),
};

describe('the roles for people', { timeout: 60_000 }, () => {
  let cluster: Cluster;

  beforeAll(async () => {
    cluster = await startCluster();
    // A controller folds the roles into Kubernetes' own.
    await waitFor('the roles to be aggregated', 20_000, async () => ((await cluster.as('editor')('GET', shopPath)).status === 200 ? true : undefined));
  });

  afterAll(() => cluster.stop());

  const may = async (user: string, verb: string, resource: string, namespace: string): Promise<boolean> => {
    const [plural, subresource] = resource.split('/');
    const attributes = { group: 'tenantedge.dev', resource: plural, verb, ...(subresource !== undefined && { subresource }), ...(plural === 'tenantdomains' && { namespace }) };
    const review = { apiVersion: 'authorization.k8s.io/v1', kind: 'SubjectAccessReview', spec: { user, resourceAttributes: attributes } };
    return valueAt((await cluster.controlPlane.admin.request('POST', '/apis/authorization.k8s.io/v1/subjectaccessreviews', review)).body, 'status', 'allowed') === true;
  };

  const rightsOf = async (person: Person, namespace: string): Promise<Rights> => {
    const found = await Promise.all(resources.map(async (resource) => {
      const verbs = await Promise.all(everyVerb.map(async (verb) => ((await may(people[person], verb, resource, namespace)) ? [verb] : [])));
      return [resource, verbs.flat()] as const;
    }));
    return Object.fromEntries(found.filter(([, verbs]) => verbs.length > 0));
  };

  test.each(Object.entries(wanted))('%s may do just this', async (person, { here, elsewhere }) => {
    expect({ here: await rightsOf(person as Person, 'acme'), elsewhere: await rightsOf(person as Person, 'globex') }).toEqual({ here, elsewhere });
  });

  test.each([
    { name: 'a viewer reads a tenant', who: 'viewer', method: 'GET', path: shopPath, want: 200 },
    { name: 'a viewer changes none', who: 'viewer', method: 'PATCH', path: shopPath, body: { spec: { enabled: false } }, want: 403 },
    { name: 'an editor changes a tenant', who: 'editor', method: 'PATCH', path: shopPath, body: { spec: { enabled: false } }, want: 200 },
    { name: 'an editor makes a tenant', who: 'editor', method: 'POST', path: tenantsPath('acme'), body: tenant('new'), want: 201 },
    { name: 'an editor deletes a tenant', who: 'editor', method: 'DELETE', path: shopPath, want: 200 },
    { name: 'an editor has no tenants elsewhere', who: 'editor', method: 'GET', path: tenantsPath('globex'), want: 403 },
    { name: 'an editor writes no status', who: 'editor', method: 'PATCH', path: `${shopPath}/status`, body: { status: {} }, want: 403 },
    { name: 'an admin writes no status', who: 'admin', method: 'PATCH', path: `${shopPath}/status`, body: { status: {} }, want: 403 },
    { name: 'an editor changes no tier', who: 'editor', method: 'PATCH', path: `${tiersPath}/basic`, body: { spec: { allowedNamespaces: { from: 'All' } } }, want: 403 },
    { name: 'an admin makes no tier', who: 'admin', method: 'POST', path: tiersPath, body: tier('own'), want: 403 },
    { name: 'whoever has everything in a namespace has no tier', who: 'owner', method: 'PATCH', path: `${tiersPath}/basic`, body: { spec: { allowedNamespaces: { from: 'All' } } }, want: 403 },
    { name: 'a tier admin changes a tier', who: 'tierAdmin', method: 'PATCH', path: `${tiersPath}/basic`, body: { spec: { allowedNamespaces: { from: 'None' } } }, want: 200 },
    { name: 'a tier admin writes no status of it', who: 'tierAdmin', method: 'PATCH', path: `${tiersPath}/basic/status`, body: { status: {} }, want: 403 },
    { name: 'the controller makes no tenant', who: 'controller', method: 'POST', path: tenantsPath('acme'), body: tenant('new'), want: 403 },
    { name: 'the controller deletes no tenant', who: 'controller', method: 'DELETE', path: shopPath, want: 403 },
    { name: 'the controller deletes no tier', who: 'controller', method: 'DELETE', path: `${tiersPath}/idle`, want: 403 },
    { name: 'the controller reads no Secret', who: 'controller', method: 'GET', path: '/api/v1/namespaces/tenant-edge/secrets', want: 403 },
    { name: "the controller reads nobody's Lease", who: 'controller', method: 'GET', path: '/apis/coordination.k8s.io/v1/namespaces/tenant-edge/leases/another', want: 403 },
    { name: 'the controller has no Leases elsewhere', who: 'controller', method: 'GET', path: '/apis/coordination.k8s.io/v1/namespaces/kube-system/leases/tenant-edge-main', want: 403 },
    { name: 'a tier admin makes no tenant', who: 'tierAdmin', method: 'POST', path: tenantsPath('acme'), body: tenant('new'), want: 403 },
  ] as const)('$name', async ({ who, method, path, want, ...more }) => {
    const body = 'body' in more ? more.body : undefined;
    const query = method === 'GET' ? '' : '?dryRun=All';
    expect((await cluster.as(who)(method, `${path}${query}`, body, method === 'PATCH' ? mergePatch : undefined)).status).toBe(want);
  });
});
