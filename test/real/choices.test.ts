import type { Customizations } from '@aws-sdk/client-cloudfront';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ConnectionGroup, EdgeTierSpec, TenantDomainSpec } from '../../crds/types.ts';
import type { TenantSnapshot } from '../environment/aws/snapshots.ts';
import { waitFor } from '../environment/control-plane/wait.ts';
import type { RunningController } from '../environment/embedded.ts';
import { faultsIn } from './oracles.ts';
import { domainOf, isServedBy, on, refused } from './refusal-words.ts';
import { Stage } from './stage.ts';
import { belongingsOf, group, inForce, managedTier, watchOver } from './tier-words.ts';

const seconds = 1_000;
const list = 'aip_0123456789';

const everything: Partial<EdgeTierSpec> = {
  connectionGroups: [group('shared'), group('isolated')], defaultConnectionGroup: 'shared',
  tenantOverrides: {
    parameters: [{ name: 'site', values: ['main', 'outlet'] }], geoRestriction: { allow: ['None', 'Deny'] },
    webACL: { allow: ['Inherit', 'Disabled'] }, connectionGroup: { allow: ['isolated'] },
  },
};

// Each has a tier of its own.
describe('what a tenant and its tier may choose, against a real API server', { timeout: 300 * seconds }, () => {
  let stage: Stage;
  let controller: RunningController;

  beforeAll(async () => {
    stage = await Stage.start({ seed: 161, knobs: { anycastLists: [list] } });
    controller = await stage.startController();
  });

  afterAll(() => stage.stop());

  const until = (what: string, holds: () => boolean, withinMs = 90 * seconds): Promise<true> => waitFor(what, withinMs, async () => (holds() ? true : undefined));

  const inCloudFront = (key: string): TenantSnapshot | undefined => stage.inAws(key).tenants[0];

  const groupOf = (tier: string, name: string) => belongingsOf(stage, tier).groups.find((one) => one.name.includes(name));

  /** Asks for this, and waits until it is so and deployed. */
  const chosen = async (tier: string, key: string, spec: Partial<TenantDomainSpec>): Promise<void> => {
    await on(stage, tier, key, spec);
    await stage.served(key);
  };

  describe.concurrent('each in its own time', () => {
    test("the distribution's web ACL, or none, in place of its tier's; what the tier does not allow is refused by value; and the tier's rules come back", async ({ expect: expectHere }) => {
      const [tier, key] = ['open', 'acme/choosy'];
      const webAclOf = (): Customizations['WebAcl'] => inCloudFront(key)?.customizations.WebAcl;
      await managedTier(stage, tier, {}, everything);
      await chosen(tier, key, {});
      expectHere(isServedBy(stage, tier, key)).toBe(true);
      await chosen(tier, key, { webACL: { type: 'Inherit' } });
      expectHere(webAclOf()).toBeUndefined();
      await chosen(tier, key, { webACL: { type: 'Disabled' } });
      expectHere(webAclOf()).toEqual({ Action: 'disable' });
      const before = inCloudFront(key);
      const unwanted: readonly (readonly [Partial<TenantDomainSpec>, string])[] = [
        [{ parameters: [{ name: 'site', value: 'warehouse' }] }, 'not one of "main", "outlet"'],
        [{ geoRestriction: { type: 'Allow', countries: ['DE'] } }, 'tenantOverrides.geoRestriction.allow: [Allow]'],
        [{ connectionGroup: 'other' }, 'tenantOverrides.connectionGroup.allow: [other]'],
      ];
      for (const [spec, words] of unwanted) {
        await on(stage, tier, key, { webACL: { type: 'Disabled' }, ...spec });
        await refused(stage, key, 'OverrideNotAllowed', words);
      }
      expectHere(inCloudFront(key)).toEqual(before);
      await chosen(tier, key, {});
      expectHere(isServedBy(stage, tier, key)).toBe(true);
    });

    test('parameters, countries and group are its own, and put back when somebody changes them by hand', async ({ expect: expectHere }) => {
      const [tier, key] = ['held', 'acme/held'];
      await managedTier(stage, tier, {}, everything);
      await inForce(stage, tier);
      const watch = watchOver(stage, [domainOf(key)]);
      await chosen(tier, key, { parameters: [{ name: 'site', value: 'outlet' }], geoRestriction: { type: 'Deny', countries: ['KP', 'IR'] }, connectionGroup: 'isolated' });
      const holds = (): boolean => {
        const { parameters, customizations, connectionGroupId } = inCloudFront(key) ?? {};
        return parameters?.map(({ Value }) => Value).join() === 'outlet' && customizations?.GeoRestrictions?.Locations?.toSorted().join() === 'IR,KP' && connectionGroupId === groupOf(tier, 'isolated')?.id;
      };
      expectHere(holds()).toBe(true);
      const { id = '', customizations } = inCloudFront(key) ?? {};
      const drifts: readonly Parameters<typeof stage.world.simulator.operator.editTenant>[1][] = [
        { Parameters: [{ Name: 'site', Value: 'main' }] },
        { Customizations: { ...customizations, GeoRestrictions: { RestrictionType: 'blacklist', Locations: ['US'] } } },
        { ConnectionGroupId: groupOf(tier, 'shared')?.id },
      ];
      for (const drift of drifts) {
        stage.world.simulator.operator.editTenant(id, drift);
        expectHere(holds()).toBe(false);
        await until('that to be put back', holds);
      }
      await stage.served(key);
      watch.end();
      expectHere(watch.gaps).toEqual([]);
    });

    test('names of one level are served by one wildcard, with a certificate that has it beside an exact name', async ({ expect: expectHere }) => {
      const key = 'acme/wild';
      const domains = ['*.brand.example', 'brand.example'];
      domains.forEach((domain) => stage.point(domain));
      await stage.tenant(key, { domains });
      await stage.served(key);
      expectHere(stage.inAws(key).certificates.map(({ names }) => names.toSorted())).toEqual([domains]);
      expectHere(['shop.brand.example', 'brand.example', 'a.shop.brand.example'].map((name) => stage.isServed(name))).toEqual([true, true, false]);
    });

    test("a tier's own group gets an Anycast list and gives it back, under the endpoint that customers have", async ({ expect: expectHere }) => {
      const [tier, key] = ['anycast', 'acme/fixed'];
      const front = (anycastIpListId?: string): ConnectionGroup => ({ name: 'front', type: 'Managed', managed: { ipv6: true, ...(anycastIpListId === undefined ? {} : { anycastIpListId }) } });
      const apply = async (wanted?: string): Promise<void> => {
        await managedTier(stage, tier, {}, { connectionGroups: [front(wanted)], defaultConnectionGroup: 'front' });
        await until('the group to have it', () => groupOf(tier, 'front')?.anycastList === wanted && groupOf(tier, 'front')?.status === 'Deployed');
        await inForce(stage, tier);
      };
      await apply(list);
      await chosen(tier, key, {});
      const { endpoint } = groupOf(tier, 'front') ?? {};
      const watch = watchOver(stage, [domainOf(key)]);
      await apply();
      await apply(list);
      expectHere([groupOf(tier, 'front')?.endpoint, stage.get(key)?.status?.endpoint]).toEqual([endpoint, endpoint]);
      watch.end();
      expectHere(watch.gaps).toEqual([]);
    });
  });

  test("a tier without groups puts its tenants into the account's, which is found and never changed", async () => {
    const [tier, key] = ['plain', 'globex/plain'];
    const spec = { distributionId: stage.distributions.platform, certificate: { issuer: 'Distribution' }, ownership: { proof: 'None' }, allowedNamespaces: { from: 'All' } };
    await stage.world.controlPlane.apply(JSON.stringify({ apiVersion: 'tenantedge.dev/v1alpha1', kind: 'EdgeTier', metadata: { name: tier }, spec }));
    await chosen(tier, key, {});
    const own = stage.world.simulator.inspect.connectionGroups().find(({ isDefault }) => isDefault);
    expect([inCloudFront(key)?.connectionGroupId, stage.get(key)?.status?.endpoint]).toEqual([own?.id, own?.endpoint]);
    const changed = stage.world.simulator.log.filter(({ operation, subject }) => /^(Update|Delete)ConnectionGroup$/.test(operation) && subject === own?.id);
    expect([changed, own?.tags]).toEqual([[], {}]);
  });

  test('nothing of all this was refused by the API server, contradicted itself or was told in other words than JSON', async () => {
    expect(await faultsIn(stage, [controller])).toEqual([]);
  });
});
