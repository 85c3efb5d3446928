import type { EdgeTier, EdgeTierSpec, TenantDomain } from '../../crds/types.ts';
import type { Manifest } from '../environment/in-process/cluster.ts';
import type { World } from '../environment/in-process/world.ts';
import type { Workload } from './workload.ts';

const apiVersion = 'tenantedge.dev/v1alpha1';

type Rules = NonNullable<EdgeTierSpec['webACL']['managed']>['rules'];
type Tier = Partial<Omit<EdgeTierSpec, 'webACL'>> & { readonly blueprint?: 0 | 1 | 2; readonly rules?: Rules; readonly perAcl?: number; readonly rollout?: { readonly pauseSeconds: number; readonly observe: boolean } };

const common = { name: 'common', type: 'ManagedRuleGroup', managedRuleGroup: { vendor: 'AWS', name: 'AWSManagedRulesCommonRuleSet' } } as const;
const flood = { name: 'flood', type: 'RateLimit', action: 'Block', rateLimit: { requests: 2_000, windowSeconds: 300, key: 'TenantAndIP' } } as const;
const office = { name: 'office', type: 'IPSet', action: 'Allow', ipSet: { cidrs: ['203.0.113.0/24', '2001:db8::/32'] } } as const;

/** The account's distributions in the order they were made: the first two have a certificate for every name below acme.example. */
const distributionId = (world: World, index: number): string => world.simulator.inspect.distributions()[index]?.id ?? '';

const shared = { name: 'shared', type: 'Managed', managed: { ipv6: true } } as const;
const isolated = { name: 'isolated', type: 'Managed', managed: { ipv6: false } } as const;

const tierOf = (world: World, name: string, { blueprint = 0, rules = [common], perAcl = 100, rollout = { pauseSeconds: 0, observe: false }, ...spec }: Tier): Manifest => ({
  apiVersion, kind: 'EdgeTier', metadata: { name },
  spec: {
    distributionId: distributionId(world, blueprint), connectionGroups: [shared], defaultConnectionGroup: 'shared', certificate: { issuer: 'Distribution' }, ownership: { proof: 'None' },
    allowedNamespaces: { from: 'All' }, webACL: { type: 'Managed', managed: { defaultAction: 'Allow', tenantsPerACL: perAcl, rollout, rules } }, ...spec,
  },
});

const domainOf = (index: number): string => `t${index}.acme.example`;
const numbers = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index + 1);
const tenantOf = (index: number, tier = 'basic'): Manifest => ({
  apiVersion, kind: 'TenantDomain', metadata: { name: `t${index}`, namespace: 'acme' }, spec: { tierRef: { name: tier }, domains: [domainOf(index)] },
});

const tenantsIn = (world: World): readonly TenantDomain[] => world.cluster.list('tenantdomains') as readonly TenantDomain[];

/** Every tenant is served and pointed here, every tier is ready, says so of its present spec, and has nothing under way. */
const isSettled = (world: World): boolean =>
  tenantsIn(world).every(({ metadata }) => world.isReady(`acme/${metadata.name}`) && world.condition(`acme/${metadata.name}`, 'DNSConfigured')?.status === 'True') &&
  (world.cluster.list('edgetiers') as readonly EdgeTier[]).every(({ metadata, status }) =>
    status?.observedGeneration === metadata.generation && status.rollout === undefined && status.conditions?.some(({ type, status: is }) => type === 'Ready' && is === 'True') &&
    status.tenants?.total === tenantsIn(world).filter(({ spec }) => spec.tierRef.name === metadata.name).length && status.tenants.ready === status.tenants.total);

const aclsAre = (world: World, count: number, rules: number): boolean => {
  const acls = world.simulator.inspect.webAcls();
  return acls.length === count && acls.every((acl) => acl.rules.length === rules);
};

type Story = {
  readonly name: string;
  readonly tier?: Tier;
  readonly tenants: number;
  readonly most?: number;
  readonly stays?: readonly string[];
  readonly act: (world: World) => void;
  readonly isDone: (world: World) => boolean;
  readonly hostile?: Workload['hostile'];
};

const story = ({ name, tier = {}, tenants, most = tenants, stays, act, isDone, hostile = { seeds: 10, faulted: 0 } }: Story): Workload => ({
  name, act, tenants: most, hostile,
  stays: stays ?? numbers(tenants).map(domainOf),
  given: (world) => {
    const { createDistribution, importCertificate } = world.simulator.operator;
    const { arn } = importCertificate({ names: ['*.acme.example'] });
    for (const certificate of [{ certificateArn: arn }, { certificateArn: arn }, {}]) createDistribution(certificate);
    world.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'acme' } }, tierOf(world, 'basic', tier), ...numbers(tenants).map((index) => tenantOf(index)));
  },
  isGiven: isSettled,
  isDone,
});

const own: Tier = { blueprint: 2, certificate: { issuer: 'ACM' } };
const fromCloudFront: Tier = { blueprint: 2, certificate: { issuer: 'CloudFront' } };
const edit = (tier: Tier) => (world: World): void => world.apply(tierOf(world, 'basic', tier));
const issuedBy = (world: World, managedBy: string | undefined): boolean => {
  const certificates = world.simulator.inspect.certificates().filter(({ type }) => type === 'AMAZON_ISSUED');
  return certificates.length === tenantsIn(world).length && certificates.every((certificate) => certificate.managedBy === managedBy && certificate.status === 'ISSUED');
};

/** What may happen to a tier, and to its tenants with it. */
export const tierWorkloads: readonly Workload[] = [
  story({ name: 'tier-rules', tenants: 50, tier: { perAcl: 20 }, act: edit({ perAcl: 20, rules: [common, flood] }), isDone: (world) => isSettled(world) && aclsAre(world, 3, 2), hostile: { seeds: 3, faulted: 0 } }),
  story({
    name: 'tier-rules-observed', tenants: 4, tier: { perAcl: 2, rollout: { pauseSeconds: 30, observe: true } },
    act: edit({ perAcl: 2, rules: [office, common], rollout: { pauseSeconds: 30, observe: true } }), isDone: (world) => isSettled(world) && aclsAre(world, 3, 2),
  }),
  story({ name: 'acl-split', tenants: 2, most: 7, tier: { perAcl: 3 }, act: (world) => world.apply(...[3, 4, 5, 6, 7].map((index) => tenantOf(index))), isDone: (world) => isSettled(world) && aclsAre(world, 3, 1) }),
  story({
    name: 'acl-merge', tenants: 7, tier: { perAcl: 3 }, stays: [6, 7].map(domainOf),
    act: (world) => [1, 2, 3, 4, 5].forEach((index) => world.cluster.delete('TenantDomain', `acme/t${index}`)),
    isDone: (world) => tenantsIn(world).length === 2 && isSettled(world) && aclsAre(world, 1, 1),
  }),
  story({
    name: 'group-move', tenants: 2, act: edit({ connectionGroups: [isolated], defaultConnectionGroup: 'isolated' }),
    isDone: (world) => isSettled(world) && world.simulator.inspect.connectionGroups().filter(({ isDefault }) => !isDefault).length === 1,
  }),
  story({ name: 'issuer-to-cloudfront', tenants: 1, tier: own, act: edit(fromCloudFront), isDone: (world) => isSettled(world) && issuedBy(world, 'CLOUDFRONT'), hostile: { seeds: 20, faulted: 1 } }),
  story({ name: 'issuer-to-acm', tenants: 1, tier: fromCloudFront, act: edit(own), isDone: (world) => isSettled(world) && issuedBy(world, undefined), hostile: { seeds: 20, faulted: 1 } }),
  story({ name: 'create-from-cloudfront', tenants: 0, most: 1, tier: fromCloudFront, act: (world) => world.apply(tenantOf(1)), isDone: (world) => tenantsIn(world).length === 1 && isSettled(world) && issuedBy(world, 'CLOUDFRONT'), hostile: { seeds: 20, faulted: 1 } }),
  story({
    name: 'move-up', tenants: 1,
    act: (world) => world.apply(tierOf(world, 'premium', { blueprint: 1, rules: [common, flood] }), tenantOf(1, 'premium')),
    isDone: (world) => isSettled(world) && world.simulator.inspect.tenants().every((tenant) => tenant.distributionId === distributionId(world, 1)), hostile: { seeds: 20, faulted: 1 },
  }),
  story({
    name: 'tier-delete', tenants: 2, stays: [], tier: { rules: [office] },
    act: (world) => {
      [1, 2].forEach((index) => world.cluster.delete('TenantDomain', `acme/t${index}`));
      world.cluster.delete('EdgeTier', 'basic');
    },
    isDone: (world) => world.tier('basic') === undefined,
  }),
];
