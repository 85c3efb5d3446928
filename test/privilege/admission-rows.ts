import { finalizer } from '../../reconcilers/ports/objects.ts';
import type { Method } from '../environment/control-plane/client.ts';
import { shopPath, tenant, tier } from './cluster.ts';
import { applyPatch, mergePatch, type Person, tenantsPath, tiersPath } from './people.ts';

export type Deed = { readonly method: Method; readonly path: string; readonly body?: unknown; readonly type?: string };

/** Who does what, and what the API server says to it; without `want` it lets it through. */
export type Row = { readonly name: string; readonly who: Person; readonly deed: Deed; readonly want?: string };

const patch = (path: string, body: unknown): Deed => ({ method: 'PATCH', path, body, type: mergePatch });
const status = (path: string): Deed => patch(`${path}/status`, { status: { observedGeneration: 7 } });
const annotated = (path: string, annotations: Readonly<Record<string, string | null>>): Deed => patch(path, { metadata: { annotations } });
const unfinalized = (path: string): Deed => patch(path, { metadata: { finalizers: [] } });
const created = (body: object): Deed => ({ method: 'POST', path: tenantsPath('acme'), body });
const deleted = (path: string): Deed => ({ method: 'DELETE', path });

const [stillPath, goldPath, basicPath] = [`${tenantsPath('acme')}/still`, `${tenantsPath('acme')}/gold`, `${tiersPath}/basic`];
const [paused, dryRun] = ['tenantedge.dev/paused', 'tenantedge.dev/dry-run'];

const by = (policy: string, object: string, message: string): string =>
  `${object} is forbidden: ValidatingAdmissionPolicy 'tenant-edge-${policy}' with binding 'tenant-edge-${policy}' denied request: ${message}`;
const tenantNamed = (name: string): string => `tenantdomains.tenantedge.dev "${name}"`;
const tierNamed = (name: string): string => `edgetiers.tenantedge.dev "${name}"`;

const statusOf = (object: string): string => by('status', object, 'status is what Tenant Edge has seen and done, and only Tenant Edge writes it: change spec instead. To repair a status by hand you need the verb reconcile on edgetiers.tenantedge.dev in the whole cluster, as cluster admins have it');

const finalizerOf = (object: string): string => by('finalizer', object, 'the finalizer tenantedge.dev/finalizer keeps the object until everything of it is gone from AWS: without it that would stay there, served and paid for. Delete the object and read its conditions; use kubectl apply and not replace, which takes finalizers away. To let go of what is in AWS you need the verb reconcile on edgetiers.tenantedge.dev in the whole cluster, as cluster admins have it');

const restraintOf = (name: string): string => by('restraint', tenantNamed(name), 'the annotations tenantedge.dev/paused and tenantedge.dev/dry-run keep Tenant Edge from repairing and deleting: only those who run the platform set, change or remove them on a TenantDomain. Ask them, or for the verb pause on edgetiers.tenantedge.dev, which is in the ClusterRole tenant-edge-tier-admin');

const inUse = (name: string, tenants: string): string => by('tier-in-use', tierNamed(name), `EdgeTier ${name} is used by ${tenants}: delete it when they are gone or moved to another tier, and up to 30 s have passed. To see them: kubectl get tenantdomains -A --field-selector spec.tierRef.name=${name}`);

const itself = (object: string): string => by('controller', object, 'Tenant Edge itself writes status and its own finalizer, and nothing else of a TenantDomain or EdgeTier');

/** Status, whoever may do everything in a namespace: RBAC lets them. */
const statusRows: readonly Row[] = [
  { name: "a namespace's owner writes the status of a tenant", who: 'owner', deed: status(shopPath), want: statusOf(tenantNamed('shop')) },
  { name: 'with PUT', who: 'owner', deed: { method: 'PUT', path: `${shopPath}/status`, body: { ...tenant('shop'), status: {} } }, want: statusOf(tenantNamed('shop')) },
  { name: 'the controller writes the status of a tenant', who: 'controller', deed: status(shopPath) },
  { name: 'the controller writes the status of a tier', who: 'controller', deed: status(basicPath) },
  { name: 'a cluster admin repairs the status of a tenant', who: 'root', deed: status(shopPath) },
  { name: 'a cluster admin repairs the status of a tier', who: 'root', deed: status(basicPath) },
];

const finalizerRows: readonly Row[] = [
  { name: "a namespace's owner takes the finalizer away", who: 'owner', deed: unfinalized(shopPath), want: finalizerOf(tenantNamed('shop')) },
  { name: 'an editor takes the finalizer away', who: 'editor', deed: unfinalized(shopPath), want: finalizerOf(tenantNamed('shop')) },
  { name: 'an editor takes all metadata away with kubectl replace', who: 'editor', deed: { method: 'PUT', path: shopPath, body: tenant('shop') }, want: finalizerOf(tenantNamed('shop')) },
  { name: 'a tier admin takes the finalizer of a tier away', who: 'tierAdmin', deed: unfinalized(basicPath), want: finalizerOf(tierNamed('basic')) },
  { name: 'the controller lifts the finalizer of a tenant', who: 'controller', deed: unfinalized(shopPath) },
  { name: 'the controller lifts the finalizer of a tier', who: 'controller', deed: unfinalized(basicPath) },
  { name: 'a cluster admin lets a tenant go', who: 'root', deed: unfinalized(shopPath) },
  { name: 'an editor adds a finalizer of their own', who: 'editor', deed: patch(shopPath, { metadata: { finalizers: [finalizer, 'acme.example/billing'] } }) },
  { name: 'an editor applies a manifest that names no finalizer', who: 'editor', deed: { method: 'PATCH', path: `${shopPath}?fieldManager=gitops&force=true`, body: tenant('shop'), type: applyPatch } },
  { name: 'a tier admin applies a tier that names no finalizer', who: 'tierAdmin', deed: { method: 'PATCH', path: `${tiersPath}/idle?fieldManager=gitops&force=true`, body: { ...tier('idle'), metadata: { name: 'idle' } }, type: applyPatch } },
  { name: 'an editor deletes a tenant', who: 'editor', deed: deleted(shopPath) },
];

const tierRows: readonly Row[] = [
  { name: 'a tier admin deletes a tier with tenants', who: 'tierAdmin', deed: deleted(basicPath), want: inUse('basic', '3 TenantDomains') },
  { name: 'a tier admin deletes a tier with one tenant', who: 'tierAdmin', deed: deleted(`${tiersPath}/solo`), want: inUse('solo', '1 TenantDomain') },
  { name: 'a cluster admin deletes a tier with tenants', who: 'root', deed: deleted(basicPath), want: inUse('basic', '3 TenantDomains') },
  { name: 'a tier admin deletes a tier without tenants', who: 'tierAdmin', deed: deleted(`${tiersPath}/idle`) },
  { name: 'a tier admin deletes a tier that nobody has looked at', who: 'tierAdmin', deed: deleted(`${tiersPath}/unseen`) },
  { name: 'a tier admin deletes once more what is being deleted', who: 'tierAdmin', deed: deleted(`${tiersPath}/leaving`) },
];

const restraintRows: readonly Row[] = [
  { name: 'an editor pauses a tenant', who: 'editor', deed: annotated(shopPath, { [paused]: 'true' }), want: restraintOf('shop') },
  { name: 'an editor orders a dry run', who: 'editor', deed: annotated(shopPath, { [dryRun]: 'true' }), want: restraintOf('shop') },
  { name: 'an editor makes a tenant that is paused', who: 'editor', deed: created(tenant('new', { annotations: { [paused]: 'true' } })), want: restraintOf('new') },
  { name: 'an editor goes on with a tenant that is paused', who: 'editor', deed: annotated(stillPath, { [paused]: null }), want: restraintOf('still') },
  { name: 'an editor says that a pause is false', who: 'editor', deed: annotated(stillPath, { [paused]: 'false' }), want: restraintOf('still') },
  { name: 'an editor adds a pause that says nothing', who: 'editor', deed: annotated(shopPath, { [paused]: '' }), want: restraintOf('shop') },
  { name: 'an admin of the namespace pauses a tenant', who: 'admin', deed: annotated(shopPath, { [paused]: 'true' }), want: restraintOf('shop') },
  { name: "a namespace's owner pauses a tenant", who: 'owner', deed: annotated(shopPath, { [paused]: 'true' }), want: restraintOf('shop') },
  { name: 'an editor changes a tenant that is paused', who: 'editor', deed: patch(stillPath, { spec: { domains: ['new.acme.example'] } }) },
  { name: 'an editor annotates a tenant otherwise', who: 'editor', deed: annotated(shopPath, { 'acme.example/team': 'shop' }) },
  { name: 'an editor makes a tenant', who: 'editor', deed: created(tenant('new')) },
  { name: 'a tier admin pauses a tenant', who: 'tierAdmin', deed: annotated(shopPath, { [paused]: 'true' }) },
  { name: 'a tier admin lets a tenant go on', who: 'tierAdmin', deed: annotated(stillPath, { [paused]: null }) },
  { name: 'who may pause tier basic pauses a tenant of it', who: 'pauser', deed: annotated(shopPath, { [paused]: 'true' }) },
  { name: 'who may pause tier basic pauses a tenant of another', who: 'pauser', deed: annotated(goldPath, { [paused]: 'true' }), want: restraintOf('gold') },
  { name: 'who may pause tier basic moves a tenant there and pauses it', who: 'pauser', deed: patch(goldPath, { spec: { tierRef: { name: 'basic' } }, metadata: { annotations: { [paused]: 'true' } } }), want: restraintOf('gold') },
  { name: 'a tier admin pauses a tier', who: 'tierAdmin', deed: annotated(basicPath, { [paused]: 'true' }) },
];

const controllerRows: readonly Row[] = [
  { name: 'the controller changes the spec of a tenant', who: 'controller', deed: patch(shopPath, { spec: { domains: ['evil.example'] } }), want: itself(tenantNamed('shop')) },
  { name: 'the controller opens a tier', who: 'controller', deed: patch(basicPath, { spec: { allowedNamespaces: { from: 'None' } } }), want: itself(tierNamed('basic')) },
  { name: 'the controller annotates a tenant', who: 'controller', deed: annotated(shopPath, { 'acme.example/team': 'shop' }), want: itself(tenantNamed('shop')) },
  { name: 'the controller labels a tenant', who: 'controller', deed: patch(shopPath, { metadata: { labels: { team: 'shop' } } }), want: itself(tenantNamed('shop')) },
  { name: "the controller takes another's finalizer away", who: 'controller', deed: patch(`${tenantsPath('acme')}/guarded`, { metadata: { finalizers: [finalizer] } }), want: itself(tenantNamed('guarded')) },
  { name: "the controller lifts its finalizer and leaves another's", who: 'controller', deed: patch(`${tenantsPath('acme')}/guarded`, { metadata: { finalizers: ['acme.example/billing'] } }) },
  { name: 'the controller stores its finalizer', who: 'controller', deed: patch(`${tenantsPath('acme')}/fresh`, { metadata: { finalizers: [finalizer] } }) },
];

/** By policy. */
export const admissionRows: Readonly<Record<string, readonly Row[]>> = { status: statusRows, finalizer: finalizerRows, 'tier-in-use': tierRows, restraint: restraintRows, controller: controllerRows };
