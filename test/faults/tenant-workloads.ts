import type { Manifest } from '../environment/in-process/cluster.ts';
import type { World } from '../environment/in-process/world.ts';
import type { Workload } from './workload.ts';

const key = 'acme/shop';
const [shop, www, blog] = ['shop.acme.example', 'www.acme.example', 'blog.acme.example'] as const;

const tenantOf = (domains: readonly string[], tier = 'basic'): Manifest => ({
  apiVersion: 'tenantedge.dev/v1alpha1', kind: 'TenantDomain', metadata: { name: 'shop', namespace: 'acme' }, spec: { tierRef: { name: tier }, domains },
});

const tierOf = (name: string, distributionId: string, group: string): Manifest => ({
  apiVersion: 'tenantedge.dev/v1alpha1', kind: 'EdgeTier', metadata: { name },
  spec: {
    distributionId, connectionGroups: [{ name: 'shared', type: 'Existing', id: group }], defaultConnectionGroup: 'shared',
    ownership: { proof: 'None' }, allowedNamespaces: { from: 'All' }, geoRestriction: { type: 'Deny', countries: ['KP'] },
  },
});

const isTierReady = (world: World): boolean => world.tier('basic')?.status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') ?? false;
const isSettled = (world: World): boolean => world.isReady(key) && world.simulator.inspect.certificates().length === 1 && world.condition(key, 'DNSConfigured')?.status === 'True';
const isGone = (world: World): boolean => world.tenant(key) === undefined;

type Story = Pick<Workload, 'name' | 'act' | 'isDone'> & { readonly before?: readonly string[]; readonly stays?: readonly string[] };

/** One tenant on one of two tiers, each with a blueprint of its own. */
const story = ({ name, before, act, stays = [], isDone }: Story): Workload => ({
  name, act, stays, isDone, tenants: 1, hostile: { seeds: 40, faulted: 1 },
  given: (world) => {
    const { createDistribution, createConnectionGroup } = world.simulator.operator;
    world.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'acme' } });
    for (const tier of ['basic', 'premium']) world.apply(tierOf(tier, createDistribution().id, createConnectionGroup({ name: tier }).id));
    if (before !== undefined) world.apply(tenantOf(before));
  },
  isGiven: before === undefined ? isTierReady : isSettled,
});

const change = (name: string, from: readonly string[], to: readonly string[], tier = 'basic'): Workload =>
  story({ name, before: from, act: (world) => world.apply(tenantOf(to, tier)), stays: from.filter((domain) => to.includes(domain)), isDone: isSettled });

/** Applied, and deleted again so much later: while the certificate is asked for, while it waits, while the tenant is made. */
const deletedAfter = (name: string, delayMs: number): Workload =>
  story({
    name, isDone: isGone,
    act: (world) => {
      world.apply(tenantOf([shop]));
      world.clock.after(delayMs, () => world.cluster.delete('TenantDomain', key));
    },
  });

/** What may happen to one tenant. */
export const tenantWorkloads: readonly Workload[] = [
  story({ name: 'create', act: (world) => world.apply(tenantOf([shop, www])), isDone: isSettled }),
  change('grow', [shop], [shop, www]),
  change('shrink', [shop, www], [shop]),
  change('replace', [shop], [blog]),
  change('exchange', [shop, www], [shop, blog]),
  change('tier-move', [shop], [shop], 'premium'),
  story({ name: 'delete', before: [shop], act: (world) => world.cluster.delete('TenantDomain', key), isDone: isGone }),
  deletedAfter('delete-at-request', 1_000),
  deletedAfter('delete-while-waiting', 75_000),
  deletedAfter('delete-at-create', 82_300),
];
