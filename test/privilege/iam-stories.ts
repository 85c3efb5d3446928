import type { FeatureSet } from '../../helm/iam/statements.ts';
import type { WorldOptions } from '../environment/in-process/world.ts';
import { World } from '../environment/in-process/world.ts';
import { tenantWorkloads } from '../faults/tenant-workloads.ts';
import { tierWorkloads } from '../faults/tier-workloads.ts';
import type { Workload } from '../faults/workload.ts';
import { namespace, Stage } from '../scenario/stage.ts';

/** Somebody does something, and then something is to hold. */
type Step = { readonly act?: () => void; readonly until: () => boolean };

/** What happens in an account, and which feature sets that takes. */
export type Story = { readonly name: string; readonly sets: readonly FeatureSet[]; readonly open: (options: WorldOptions) => { readonly world: World; readonly steps: readonly Step[] } };

const minutes = 60_000;

/** The customers do what they are asked within 20 s. */
const customersIn = (world: World): void => {
  for (const { metadata } of world.cluster.list('tenantdomains')) world.customerAdds(`${metadata.namespace ?? ''}/${metadata.name}`);
  world.clock.after(20_000, () => customersIn(world));
};

/** The fault plans' workload, without the faults. */
const fromWorkload = (workloads: readonly Workload[], name: string, ...more: readonly FeatureSet[]): Story => ({
  name,
  sets: ['observe', 'tenants', ...more],
  open: (options) => {
    const workload = workloads.find((one) => one.name === name);
    if (workload === undefined) throw new Error(`find workload "${name}": there is none`);
    const world = new World(options);
    workload.given(world);
    customersIn(world);
    return { world, steps: [{ until: () => workload.isGiven(world) }, { act: () => workload.act(world), until: () => workload.isDone(world) }] };
  },
});

const onStage = (name: string, steps: (stage: Stage) => readonly Step[], ...more: readonly FeatureSet[]): Story => ({
  name,
  sets: ['observe', 'tenants', ...more],
  open: (options) => {
    const stage = new Stage(options);
    stage.world.apply(namespace('acme'));
    customersIn(stage.world);
    return { world: stage.world, steps: steps(stage) };
  },
});

const tagged = { 'tenantedge.dev/allow-namespace': 'acme' };

const office = (...cidrs: readonly string[]) => ({ rules: [{ name: 'office', type: 'IPSet', action: 'Allow', ipSet: { cidrs } }] }) as const;
const front = { connectionGroups: [{ name: 'front', type: 'Managed', managed: { ipv6: true } }], defaultConnectionGroup: 'front' } as const;

/** Every permission is needed in one of them at least, and none is needed in any of them that its sets do not have. */
export const stories: readonly Story[] = [
  ...['create', 'grow', 'delete'].map((name) => fromWorkload(tenantWorkloads, name)),
  onStage('a name is taken', (stage) => [
    { act: () => [stage.operator.foreignDomain('www.acme.example'), stage.tier('basic'), stage.tenant({ domains: ['shop.acme.example', 'www.acme.example'] })], until: () => stage.is('Programmed', 'DomainTaken') },
  ]),
  onStage('another process takes over', (stage) => [
    { act: () => [stage.tier('basic'), stage.tenant()], until: () => stage.isReady() },
    { act: () => [stage.world.kill(), stage.start(), stage.tenant({ domains: ['www.acme.example'] })], until: () => stage.isReady() },
  ]),
  onStage('a tenant brings what it may', (stage) => [
    {
      act: () => {
        const certificate = { arn: stage.operator.importCertificate({ names: ['shop.acme.example'], tags: tagged }).arn };
        const webACL = { type: 'Existing' as const, arn: stage.operator.createWebACL({ name: 'own', tags: tagged }).arn };
        stage.tier('basic', { tenantOverrides: { webACL: { allow: ['TaggedARN'] }, certificate: { allow: ['TaggedARN'] } }, webACL: { type: 'Existing', arn: stage.operator.createWebACL({ name: 'all' }).arn } });
        stage.tenant({ certificate, webACL });
      },
      until: () => stage.isReady(),
    },
  ]),
  onStage('another process changes addresses and groups', (stage) => [
    { act: () => stage.managedTier('basic', office('203.0.113.0/24'), { ...front, distributionId: stage.distributions.basic }), until: () => stage.isTierSettled() },
    { act: () => [stage.world.kill(), stage.start(), stage.managedTier('basic', office('198.51.100.0/24'), { ...front, distributionId: stage.distributions.basic })], until: () => stage.isTierSettled() },
  ], 'connection-groups', 'web-acls'),
  fromWorkload(tierWorkloads, 'group-move', 'connection-groups', 'web-acls'),
  fromWorkload(tierWorkloads, 'tier-rules-observed', 'connection-groups', 'web-acls'),
  fromWorkload(tierWorkloads, 'tier-delete', 'connection-groups', 'web-acls'),
  fromWorkload(tierWorkloads, 'issuer-to-cloudfront', 'connection-groups', 'web-acls', 'managed-certificates'),
];

/** Lives through a story until it is told, or `isOver`; then one poll of AWS's lists more, so that what comes seldom comes too. */
export const live = async (story: Story, options: WorldOptions, isOver: () => boolean): Promise<void> => {
  const { world, steps } = story.open(options);
  try {
    world.start();
    for (const { act, until } of steps) {
      act?.();
      await world.until(`${story.name} goes on`, () => isOver() || until());
    }
    if (!isOver()) await world.run(15 * minutes);
  } finally {
    world.kill();
  }
};
