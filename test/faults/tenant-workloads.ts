import { hostileKnobs, type Knobs } from '../environment/aws/knobs.ts';
import type { Manifest } from '../environment/in-process/cluster.ts';
import { World } from '../environment/in-process/world.ts';

export const key = 'acme/shop';
const [shop, www, blog] = ['shop.acme.example', 'www.acme.example', 'blog.acme.example'] as const;

/** What is done to a tenant, from which state to which. `stays`: the domains that are to be served at every moment in between. */
export type Workload = {
  readonly name: string;
  readonly before: readonly string[] | undefined;
  readonly act: (world: World) => void;
  readonly stays: readonly string[];
  /** Reached, as far as the object and AWS can tell. */
  readonly isDone: (world: World) => boolean;
};

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

/** What AWS is like: on time and friendly, or as slow, limited, stale and unsure as it may be. */
export const weathers = {
  calm: {},
  hostile: { ...hostileKnobs, rates: 'off', lostProbability: 0.02, lateProbability: 0.02 },
} as const satisfies Record<string, Partial<Knobs>>;
export type Weather = keyof typeof weathers;

/** An account with two blueprints, a cluster with a tier for each, and a customer who adds every record within a minute. */
export const worldFor = (seed: number, weather: Weather): World => {
  const world = new World({ seed, knobs: weathers[weather] });
  const { createDistribution, createConnectionGroup } = world.simulator.operator;
  world.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'acme' } });
  for (const tier of ['basic', 'premium']) world.apply(tierOf(tier, createDistribution().id, createConnectionGroup({ name: tier }).id));
  const play = (): void => {
    world.customerAdds(key);
    world.clock.after(20_000, play);
  };
  play();
  return world;
};

const isSettled = (world: World): boolean => world.isReady(key) && world.simulator.inspect.certificates().length === 1 && world.condition(key, 'DNSConfigured')?.status === 'True';

const change = (name: string, from: readonly string[], to: readonly string[], tier = 'basic'): Workload => ({
  name, before: from, act: (world) => world.apply(tenantOf(to, tier)), stays: from.filter((domain) => to.includes(domain)), isDone: isSettled,
});

const isGone = (world: World): boolean => world.tenant(key) === undefined;

/** Applied, and deleted again so much later: while the certificate is asked for, while it waits, while the tenant is made. */
const deletedAfter = (name: string, delayMs: number): Workload => ({
  name, before: undefined, stays: [], isDone: isGone,
  act: (world) => {
    world.apply(tenantOf([shop]));
    world.clock.after(delayMs, () => world.cluster.delete('TenantDomain', key));
  },
});

export const workloads: readonly Workload[] = [
  { name: 'create', before: undefined, act: (world) => world.apply(tenantOf([shop, www])), stays: [], isDone: isSettled },
  change('grow', [shop], [shop, www]),
  change('shrink', [shop, www], [shop]),
  change('replace', [shop], [blog]),
  change('exchange', [shop, www], [shop, blog]),
  change('tier-move', [shop], [shop], 'premium'),
  { name: 'delete', before: [shop], act: (world) => world.cluster.delete('TenantDomain', key), stays: [], isDone: isGone },
  deletedAfter('delete-at-request', 1_000),
  deletedAfter('delete-while-waiting', 75_000),
  deletedAfter('delete-at-create', 82_300),
];

/** Brings a world to where the workload begins: served and at rest, or empty. */
export const prepare = async (world: World, { before }: Workload): Promise<void> => {
  if (before === undefined) {
    await world.until('the tiers are ready', () => world.tier('basic')?.status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') ?? false);
    return;
  }
  world.apply(tenantOf(before));
  await world.until('the tenant is served', () => isSettled(world));
};
