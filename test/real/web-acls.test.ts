import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { EdgeTierSpec, ManagedWebACL, WebACLRule } from '../../crds/types.ts';
import { waitFor } from '../environment/control-plane/wait.ts';
import type { RunningController } from '../environment/embedded.ts';
import { faultsIn } from './oracles.ts';
import { domainOf, on } from './refusal-words.ts';
import { Stage } from './stage.ts';
import { belongingsOf, common, group, home, inForce, managedTier, office, rulesOf, untilTier, type Watch, watchOver, webAclServing } from './tier-words.ts';

const seconds = 1_000;

const ruleGroup = (name: string, from: string): WebACLRule => ({ name, type: 'ManagedRuleGroup', managedRuleGroup: { vendor: 'AWS', name: from } });
const pausing: Partial<ManagedWebACL> = { rollout: { pauseSeconds: 600, observe: false } };

const keysOf = (tier: string, count: number): readonly string[] => Array.from({ length: count }, (_, index) => `acme/${tier}-${index}`);

// Each has a tier of its own.
describe('the web ACLs of a tier in the course of its life, against a real API server', { timeout: 420 * seconds }, () => {
  let stage: Stage;
  let controller: RunningController;

  beforeAll(async () => {
    stage = await Stage.start({ seed: 151, knobs: { webAclPropagationMs: [0, 2_000], ipSetPropagationMs: [0, 2_000], webAclUseLingerMs: [0, 3_000], disablePropagationMs: [0, 2_000] } });
    controller = await stage.startController();
  });

  afterAll(() => stage.stop());

  const until = (what: string, holds: () => boolean, withinMs = 120 * seconds): Promise<true> => waitFor(what, withinMs, async () => (holds() ? true : undefined));

  /** A tier in force and tenants that are served by it; no name of theirs is unserved, or without rules of a tier's, until `end`. */
  const running = async (tier: string, count: number, managed: Partial<ManagedWebACL> = {}, spec: Partial<EdgeTierSpec> = {}): Promise<{ readonly keys: readonly string[]; readonly watch: Watch }> => {
    const keys = keysOf(tier, count);
    const watch = watchOver(stage, keys.map(domainOf));
    await managedTier(stage, tier, managed, spec);
    await Promise.all(keys.map((key) => on(stage, tier, key)));
    await Promise.all([inForce(stage, tier), ...keys.map((key) => stage.served(key, 150 * seconds))]);
    return { keys, watch };
  };

  /** Waits until the tier says this of its web ACLs, in words that include these. */
  const told = (tier: string, reason: string, words: string, withinMs = 90 * seconds): Promise<void> =>
    untilTier(stage, tier, { what: `${reason} ${words}`, withinMs }, ({ status }) =>
      status?.conditions?.some(({ type, ...condition }) => type === 'WebACLReady' && condition.reason === reason && condition.message.includes(words)) === true);

  describe.concurrent('each in its own time', () => {
    test('a web ACL too many is emptied and deleted, and who comes then takes a free seat', async ({ expect: expectHere }) => {
      const tier = 'shrinking';
      const { keys, watch } = await running(tier, 5);
      expectHere(rulesOf(stage, tier)).toHaveLength(3);
      watch.end();
      const [leaving, staying] = [keys.slice(0, 3), keys.slice(3)];
      const rest = watchOver(stage, staying.map(domainOf));
      await Promise.all(leaving.map((key) => stage.delete(key)));
      await until('one web ACL to go', () => rulesOf(stage, tier).length === 2, 240 * seconds);
      await Promise.all([inForce(stage, tier), ...staying.map((key) => stage.served(key))]);
      const arns = (): readonly string[] => belongingsOf(stage, tier).webAcls.map(({ arn }) => arn);
      const before = arns();
      const late = 'acme/shrinking-late';
      await on(stage, tier, late);
      await stage.served(late);
      expectHere(arns()).toEqual(before);
      expectHere(before).toContain(webAclServing(stage, domainOf(late))?.arn);
      rest.end();
      expectHere([...watch.gaps, ...rest.gaps]).toEqual([]);
    });

    test('rules that AWS does not take, or that are too much, are told in its words, and who is served is served with the rules before', async ({ expect: expectHere }) => {
      const tier = 'mistaken';
      const { keys, watch } = await running(tier, 1);
      const broken = async (rules: readonly WebACLRule[], reason: string, words: string): Promise<void> => {
        await managedTier(stage, tier, { rules: [...rules] });
        await told(tier, reason, words, 240 * seconds);
        expectHere(rulesOf(stage, tier)).toEqual(['common']);
      };
      await broken(Array.from({ length: 8 }, (_, index) => ruleGroup(`common-${index}`, 'AWSManagedRulesCommonRuleSet')), 'CapacityExceeded', '5,600');
      await broken([ruleGroup('mistyped', 'AWSManagedRulesComonRuleSet')], 'RulesRefused', 'rule mistyped (managed rule group AWSManagedRulesComonRuleSet of AWS)');
      await managedTier(stage, tier, { rules: [common, home] });
      await inForce(stage, tier);
      expectHere(rulesOf(stage, tier)).toEqual(['common home']);
      expectHere(stage.condition(keys[0] ?? '', 'Ready')?.status).toBe('True');
      watch.end();
      expectHere(watch.gaps).toEqual([]);
    });

    test('a rollout that is taken back half-way is undone without its pauses', async ({ expect: expectHere }) => {
      const tier = 'wavering';
      const { watch } = await running(tier, 3, pausing);
      await managedTier(stage, tier, { ...pausing, rules: [common, home] });
      await until('the first to have the new rules', () => rulesOf(stage, tier).includes('common home'));
      await managedTier(stage, tier, pausing);
      await inForce(stage, tier);
      expectHere(rulesOf(stage, tier)).toEqual(['common', 'common']);
      watch.end();
      expectHere(watch.gaps).toEqual([]);
    });

    test('what somebody changes by hand is put back: rules, addresses, a web ACL that nobody has yet, a connection group', async ({ expect: expectHere }) => {
      const tier = 'meddled';
      const rules = [common, office('203.0.113.0/24')];
      const { operator, call } = stage.world.simulator;
      const { keys, watch } = await running(tier, 2, { rules }, { connectionGroups: [group('own')], defaultConnectionGroup: 'own' });
      const [acl, spare] = belongingsOf(stage, tier).webAcls;
      const [set] = belongingsOf(stage, tier).ipSets;
      const [own] = belongingsOf(stage, tier).groups;
      const address = (one: typeof acl | typeof set): Readonly<Record<string, unknown>> => ({ Name: one?.name, Id: one?.id, LockToken: one?.lockToken, Scope: 'CLOUDFRONT' });
      const VisibilityConfig = { SampledRequestsEnabled: true, CloudWatchMetricsEnabled: true, MetricName: acl?.name };
      watch.end();
      expectHere(watch.gaps).toEqual([]);
      await call('wafv2', 'UpdateWebACL', { ...address(acl), DefaultAction: { Allow: {} }, VisibilityConfig, Rules: [] }, 'operator');
      await call('wafv2', 'UpdateIPSet', { ...address(set), Addresses: [] }, 'operator');
      await call('cloudfront', 'UpdateConnectionGroup', { Id: own?.id, IfMatch: own?.etag, Ipv6Enabled: false, Enabled: true }, 'operator');
      const isMended = (): boolean => {
        const now = belongingsOf(stage, tier);
        return rulesOf(stage, tier)[0] === 'common office' && now.ipSets.flatMap(({ addresses }) => addresses).join(' ') === '203.0.113.0/24' && now.groups[0]?.ipv6 === true;
      };
      expectHere(isMended()).toBe(false);
      await until('all three to be put back', isMended);
      expectHere(belongingsOf(stage, tier).groups[0]?.endpoint).toBe(own?.endpoint);
      operator.deleteWebACL(spare?.arn ?? '');
      await until('the spare one to be made again', () => belongingsOf(stage, tier).webAcls.some(({ arn, name }) => name === spare?.name && arn !== spare.arn));
      await inForce(stage, tier);
      expectHere(keys.map((key) => webAclServing(stage, domainOf(key))?.arn)).toEqual(keys.map(() => acl?.arn));
    });
  });

  // By itself: what AWS denies here, it denies every tier.
  test('a rollout that AWS denies on its way stops there, and says so', async () => {
    const tier = 'wavering';
    const { knobs, onMutation } = stage.world.simulator;
    const watch = watchOver(stage, keysOf(tier, 3).map(domainOf));
    const forget = onMutation(({ operation }) => {
      if (operation === 'UpdateWebACL') knobs.deniedActions = ['wafv2:UpdateWebACL'];
    });
    await managedTier(stage, tier, { rules: [common, home] });
    await told(tier, 'AccessDenied', 'UpdateWebACL');
    forget();
    expect(rulesOf(stage, tier).toSorted()).toEqual(['common', 'common home']);
    watch.end();
    expect(watch.gaps).toEqual([]);
  });

  test('nothing of all this was refused by the API server, contradicted itself or was told in other words than JSON', async () => {
    expect(await faultsIn(stage, [controller])).toEqual([]);
  });
});
