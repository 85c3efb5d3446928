import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { finalizer } from '../../reconcilers/ports/objects.ts';
import { startControlPlane, type ControlPlane } from '../environment/control-plane/control-plane.ts';
import { controllerKubeconfig } from '../environment/control-plane/controller-kubeconfig.ts';
import { apiVersion, type Asking, bindingsFor, mergePatch, peopleAt, type Person, tenantsPath, tiersPath } from './people.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

export const manifestPath = join(root, 'helm', 'install.yaml');
export const account = { namespace: 'tenant-edge', serviceAccount: 'tenant-edge', manifestPath };

export const tier = (name: string) => ({
  apiVersion, kind: 'EdgeTier', metadata: { name, finalizers: [finalizer] },
  spec: { distributionId: 'E2EXAMPLE', ownership: { proof: 'None' }, allowedNamespaces: { from: 'All' } },
});

export const tenant = (name: string, metadata: Readonly<Record<string, unknown>> = {}, tierName = 'basic') => ({
  apiVersion, kind: 'TenantDomain', metadata: { name, namespace: 'acme', ...metadata }, spec: { tierRef: { name: tierName }, domains: [`${name}.acme.example`] },
});

/** A real API server with what the installation brings and no controller: tiers and tenants as one would have left them, and people. */
export type Cluster = { readonly controlPlane: ControlPlane; readonly as: (person: Person) => Asking; readonly stop: () => Promise<void> };

const restrained = { annotations: { 'tenantedge.dev/paused': 'true' } };
const kept = { finalizers: [finalizer] };

/** `basic` has 3 tenants, `solo` one, `idle` none; `acme/shop` is on `basic`, `acme/still` too and paused, `acme/gold` on `gold`. */
export const startCluster = async (): Promise<Cluster> => {
  await using starting = new AsyncDisposableStack();
  const controlPlane = await startControlPlane();
  starting.defer(controlPlane.stop);
  await controlPlane.apply([join(root, 'crds', 'edgetiers.yaml'), join(root, 'crds', 'tenantdomains.yaml')]);
  await controllerKubeconfig(controlPlane, account);
  const objects = [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'acme' } },
    ...bindingsFor('acme'),
    ...['basic', 'solo', 'idle', 'gold'].map(tier),
    tenant('shop', kept), tenant('still', { ...kept, ...restrained }), tenant('gold', kept, 'gold'),
  ];
  await controlPlane.apply(objects.map((object) => JSON.stringify(object)).join('\n---\n'));
  const { as, close } = peopleAt(controlPlane);
  starting.defer(close);
  for (const [name, total] of Object.entries({ basic: 3, solo: 1, idle: 0, gold: 1 })) {
    const { status, message } = await as('controller')('PATCH', `${tiersPath}/${name}/status`, { status: { tenants: { total, ready: 0, updated: 0 } } }, mergePatch);
    if (status !== 200) throw new Error(`count the tenants of tier ${name}: ${status}: ${message}`);
  }
  const parts = starting.move();
  return { controlPlane, as, stop: () => parts.disposeAsync() };
};

export const shopPath = `${tenantsPath('acme')}/shop`;
