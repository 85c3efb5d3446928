import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ManagedWebACL } from '../../crds/types.ts';
import { fullEdgeTierSpec } from '../crds/full-specs.ts';
import { waitFor } from '../environment/control-plane/wait.ts';
import type { RunningController } from '../environment/embedded.ts';
import { faultsIn } from './oracles.ts';
import { activityOf, askedSince, untilStill } from './silence.ts';
import { platformZone, Stage } from './stage.ts';
import { belongingsOf, group, home, inForce, managedTier, rulesOf, watchOver, webAclServing } from './tier-words.ts';

const seconds = 1_000;
const tier = 'strict';
const keys = ['acme/one', 'globex/two'];
const names = keys.map((key) => `${key.replace('/', '-')}.${platformZone}`);

const sharedLists = ['GetDistribution', 'ListCertificates', 'ListConnectionGroups', 'ListDistributionTenants', 'ListIPSets', 'ListWebACLs'];

/** Rules of every type, with every setting there is. */
const [everyKind, atOnce] = [fullEdgeTierSpec.webACL.managed?.rules ?? [], { pauseSeconds: 0, observe: false }];

// In order: what one leaves is where the next begins.
describe('a tier with everything of its own against a real API server', { timeout: 300 * seconds }, () => {
  let stage: Stage;
  let controller: RunningController;

  beforeAll(async () => {
    stage = await Stage.start({ seed: 51, knobs: { webAclNormalisation: 'verbose', ipSetAddresses: 'expanded', webAclPropagationMs: [500, 2_000], ipSetPropagationMs: [500, 2_000] } });
    controller = await stage.startController();
  });

  afterAll(() => stage.stop());

  const apply = (rules: ManagedWebACL['rules']): Promise<void> =>
    managedTier(stage, tier, { defaultAction: 'Block', tenantsPerACL: 100, rollout: atOnce, rules: rules ?? [] }, { connectionGroups: [group('own')], defaultConnectionGroup: 'own' });

  /** All addresses in its IP sets. */
  const addresses = (): readonly string[] => belongingsOf(stage, tier).ipSets.flatMap((set) => set.addresses).toSorted();

  test('serves its tenants with rules of every kind, from the first moment on', async () => {
    const watch = watchOver(stage, names);
    await Promise.all([apply(everyKind), ...keys.map((key) => stage.platformTenant(key, { tierRef: { name: tier } }))]);
    await Promise.all([inForce(stage, tier), ...keys.map((key) => stage.served(key))]);
    watch.end();
    expect(watch.gaps).toEqual([]);
    const { webAcls, groups } = belongingsOf(stage, tier);
    expect(names.map((name) => webAclServing(stage, name)?.arn)).toEqual(names.map(() => webAcls[0]?.arn));
    expect(rulesOf(stage, tier)).toEqual([everyKind.map(({ name }) => name).join(' ')]);
    expect(keys.map((key) => stage.get(key)?.status?.endpoint)).toEqual(keys.map(() => groups[0]?.endpoint));
    expect(addresses()).toEqual(['2001:db8::/32', '203.0.113.0/24']);
  });

  test('takes a rule more and other addresses, and changes no tenant for it', async () => {
    const begun = stage.world.simulator.log.length;
    const cidrs = ['2001:db8:1::/48', '198.51.100.7/32', '203.0.113.0/24'];
    const edited = everyKind.map((rule) => (rule.type === 'IPSet' ? { ...rule, ipSet: { cidrs } } : rule));
    const watch = watchOver(stage, names);
    await apply([...edited, home]);
    await inForce(stage, tier);
    watch.end();
    expect(watch.gaps).toEqual([]);
    expect(rulesOf(stage, tier)).toEqual([[...edited, home].map(({ name }) => name).join(' ')]);
    expect(addresses()).toEqual(cidrs.toSorted());
    const changes = stage.world.simulator.log.slice(begun).filter(({ mutating }) => mutating).map(({ operation }) => operation);
    expect(changes.toSorted()).toEqual(['UpdateIPSet', 'UpdateIPSet', 'UpdateWebACL']);
  });

  test('is left alone at rest: no write, no AWS call but the lists that all share, no line in the log', async () => {
    // The last to be written are the tier's counts: once in 30 s. What was changed is looked at again 10 s later.
    await waitFor('every tenant to be counted', 60 * seconds, async () => (stage.witness.tiers.get(tier)?.status?.tenants?.ready === keys.length ? true : undefined));
    const still = await untilStill(() => activityOf(stage, controller), 12 * seconds, 60 * seconds);
    expect(await askedSince(stage, stage.world.simulator.log.length, sharedLists, 60 * seconds)).toEqual(sharedLists);
    expect(await activityOf(stage, controller)).toBe(still);
  });

  test('nothing of all this was refused, contradicted itself or was told in other words than JSON', async () => {
    expect(await faultsIn(stage, [controller])).toEqual([]);
  });
});
