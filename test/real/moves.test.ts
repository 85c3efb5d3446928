import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunningController } from '../environment/embedded.ts';
import { waitFor } from '../environment/control-plane/wait.ts';
import { faultsIn } from './oracles.ts';
import { Stage } from './stage.ts';
import { belongingsOf, common, deleteTier, deleteUsedTier, group, home, inForce, managedTier, nothing, office, tierGone, untilTier, watchOver, webAclServing } from './tier-words.ts';

const seconds = 1_000;

describe('what comes and goes with tiers, against a real API server', { timeout: 480 * seconds }, () => {
  let stage: Stage;
  let controller: RunningController;

  beforeAll(async () => {
    stage = await Stage.start({ seed: 71, knobs: { groupDeployMs: [500, 1_500], managedValidationMs: [2_000, 4_000], webAclNormalisation: 'verbose', webAclUseLingerMs: [0, 5_000] } });
    controller = await stage.startController();
  });

  afterAll(() => stage.stop());

  const isClean = (tier: string): boolean => JSON.stringify(belongingsOf(stage, tier)) === JSON.stringify(nothing);

  const groupsOf = (tier: string): readonly string[] => (stage.witness.tiers.get(tier)?.status?.connectionGroups ?? []).map(({ name, state }) => `${name} ${state ?? ''}`);

  const endpointOf = (tier: string, name: string): string => stage.witness.tiers.get(tier)?.status?.connectionGroups?.find((row) => row.name === name)?.endpoint ?? '';

  describe.concurrent('each in its own time', () => {
    test('a tenant moves to another tier, and the group it leaves stays until its customer has followed', async ({ expect: expectHere }) => {
      const [key, domain] = ['acme/mover', 'mover.example'];
      const { id: other } = stage.world.simulator.operator.createDistribution({ parameters: [] });
      const own = { certificate: { issuer: 'ACM' } } as const;
      const here = (name: string): Promise<void> =>
        managedTier(stage, 'here', {}, { ...own, distributionId: stage.distributions.plain, connectionGroups: [group(name)], defaultConnectionGroup: name });
      const there = managedTier(stage, 'there', { rules: [common, home] }, { ...own, distributionId: other, connectionGroups: [group('east')], defaultConnectionGroup: 'east' });
      const watch = watchOver(stage, [domain]);
      await Promise.all([here('west'), there]);
      await stage.tenant(key, { tierRef: { name: 'here' }, domains: [domain] });
      await stage.served(key);
      const west = endpointOf('here', 'west');
      await waitFor('the customer to point at it', 60 * seconds, async () => (stage.condition(key, 'DNSConfigured')?.status === 'True' ? true : undefined));

      stage.sendAway(key);
      await stage.tenant(key, { tierRef: { name: 'there' }, domains: [domain] });
      await stage.served(key);
      await stage.until(key, 'StillAtOldEndpoint', 60 * seconds, () => stage.condition(key, 'DNSConfigured')?.reason === 'StillAtOldEndpoint');
      expectHere(stage.world.simulator.serves(domain)).toMatchObject({ distributionId: other, endpoint: endpointOf('there', 'east'), webAclArn: belongingsOf(stage, 'there').webAcls[0]?.arn });
      await here('north');
      await untilTier(stage, 'here', { what: 'the group to retire' }, () => groupsOf('here').join() === 'north Active,west Retiring');
      expectHere(belongingsOf(stage, 'here').groups.map(({ endpoint, enabled }) => [endpoint, enabled])).toContainEqual([west, true]);

      stage.callBack(key);
      await waitFor('the group to be gone', 150 * seconds, async () => (belongingsOf(stage, 'here').groups.every(({ endpoint }) => endpoint !== west) ? true : undefined));
      await untilTier(stage, 'here', { what: 'the group to be forgotten' }, () => groupsOf('here').join() === 'north Active');
      watch.end();
      expectHere(watch.gaps).toEqual([]);
      await stage.until(key, 'the customer to be seen to have followed', 60 * seconds, () => stage.condition(key, 'DNSConfigured')?.reason === 'Configured');
    });

    test('a customer of a tier whose certificates CloudFront issues redirects, or points DNS here; and both go over to ACM', async ({ expect: expectHere }) => {
      const [redirected, pointed] = ['acme/redirected', 'globex/pointed'];
      const domains: Readonly<Record<string, string>> = { [redirected]: 'redirected.example', [pointed]: 'pointed.example' };
      const both = [redirected, pointed];
      const all = Object.values(domains);
      const issuers = (): readonly (string | undefined)[] => both.flatMap((key) => stage.inAws(key).certificates.map(({ managedBy }) => managedBy ?? 'ACM'));
      const watch = watchOver(stage, all, { rules: 'any' });
      stage.sendAway(redirected);
      stage.world.zones.set('redirected.example', 'CNAME', ['old.hoster.example']);
      await stage.tier('express', { certificate: { issuer: 'CloudFront' } });
      await Promise.all(both.map((key) => stage.tenant(key, { tierRef: { name: 'express' }, domains: [domains[key] ?? ''] })));
      await stage.until(redirected, 'redirects', 90 * seconds, ({ status }) => status?.httpRedirects?.[0]?.domain === 'redirected.example');
      expectHere(stage.condition(redirected, 'Ready')?.reason).toBe('WaitingForValidation');
      expectHere(stage.get(redirected)?.status?.httpRedirects?.[0]).toMatchObject({ from: expect.stringContaining('redirected.example'), to: expect.stringContaining('/'), state: 'Mismatch' });
      stage.world.simulator.operator.serveToken('redirected.example', true);
      await Promise.all(both.map((key) => stage.served(key)));
      expectHere(issuers()).toEqual(['CLOUDFRONT', 'CLOUDFRONT']);
      expectHere(both.map((key) => stage.get(key)?.status?.httpRedirects ?? [])).toEqual([[], []]);

      stage.world.zones.set('redirected.example', 'CNAME', [stage.groups.shared.endpoint]);
      stage.callBack(redirected);
      await stage.tier('express', { certificate: { issuer: 'ACM' } });
      await waitFor('certificates of ACM alone', 120 * seconds, async () => (issuers().join() === 'ACM,ACM' ? true : undefined));
      await Promise.all(both.map((key) => stage.served(key)));
      watch.end();
      expectHere(watch.gaps).toEqual([]);
      expectHere(all.filter((name) => !stage.isServed(name))).toEqual([]);
    });

    test('a tier goes when its last tenant has gone, and leaves nothing in AWS', async ({ expect: expectHere }) => {
      const [tier, keys] = ['closing', ['acme/first', 'globex/second']];
      await managedTier(stage, tier, { rules: [office('203.0.113.0/24', '2001:db8::/32'), common] }, { connectionGroups: [group('own')], defaultConnectionGroup: 'own' });
      await Promise.all(keys.map((key) => stage.platformTenant(key, { tierRef: { name: tier } })));
      await Promise.all(keys.map((key) => stage.served(key)));
      await untilTier(stage, tier, { what: 'counting its tenants' }, ({ status }) => status?.tenants?.total === keys.length);
      expectHere(await deleteUsedTier(stage, tier)).toContain(`EdgeTier ${tier} is used by 2 TenantDomains`);
      await untilTier(stage, tier, { what: 'waiting for its tenants' }, ({ status }) => status?.conditions?.some(({ type, reason }) => type === 'Ready' && reason === 'InUse') ?? false);
      expectHere(keys.map((key) => webAclServing(stage, `${key.replace('/', '-')}.platform.example`)?.rules.length)).toEqual([2, 2]);
      // Who follows an endpoint keeps it alive: the customers go too.
      for (const key of keys) stage.sendAway(key);
      for (const key of keys) stage.world.zones.set(`${key.replace('/', '-')}.platform.example`, 'CNAME', ['other.hoster.example']);
      await Promise.all(keys.map((key) => stage.delete(key)));
      await Promise.all(keys.map((key) => stage.gone(key, 180 * seconds)));
      await waitFor('AWS to have nothing of the tier', 180 * seconds, async () => (isClean(tier) ? true : undefined));
    });

    test('a tier that nobody uses goes at once, and its object when it is sure that nothing comes late', async () => {
      const tier = 'unused';
      await managedTier(stage, tier, { rules: [office('203.0.113.0/24'), common] }, { connectionGroups: [group('own')], defaultConnectionGroup: 'own' });
      await inForce(stage, tier);
      await deleteTier(stage, tier);
      await tierGone(stage, tier, 240 * seconds);
      expect(isClean(tier)).toBe(true);
    });
  });

  test('nothing of all this was refused, contradicted itself or was told in other words than JSON', async () => {
    expect(await faultsIn(stage, [controller])).toEqual([]);
  });
});
