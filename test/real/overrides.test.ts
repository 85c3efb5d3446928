import type { Customizations } from '@aws-sdk/client-cloudfront';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { EdgeTierSpec } from '../../crds/types.ts';
import { tagKeys } from '../../reconcilers/aws/mark.ts';
import { waitFor } from '../environment/control-plane/wait.ts';
import type { RunningController } from '../environment/embedded.ts';
import { faultsIn } from './oracles.ts';
import { domainOf, isServedBy, on, refused } from './refusal-words.ts';
import { Stage } from './stage.ts';
import { common, home, inForce, managedTier, namesOf, rulesOf, watchOver, webAclServing } from './tier-words.ts';

const seconds = 1_000;

/** What a tier has to say for its tenants to bring web ACLs and certificates of their own. */
const generous: Partial<EdgeTierSpec> = { tenantOverrides: { webACL: { allow: ['TaggedARN'] }, certificate: { allow: ['TaggedARN'] } } };

describe('what a tenant may choose beside the web ACLs of its tier, against a real API server', { timeout: 180 * seconds }, () => {
  let stage: Stage;
  let controller: RunningController;

  beforeAll(async () => {
    stage = await Stage.start({ seed: 111 });
    controller = await stage.startController();
  });

  afterAll(() => stage.stop());

  /** A web ACL by this name that others made, and who may use it. */
  const webAclFor = (namespace: string, name: string): string => stage.world.simulator.operator.createWebACL({ name, tags: { [tagKeys.allowNamespace]: namespace } }).arn;

  /** A certificate that others imported for this tenant's name, and who may use it. */
  const certificateFor = (key: string, tags: Readonly<Record<string, string>>): string => stage.world.simulator.operator.importCertificate({ names: [domainOf(key)], tags }).arn;

  /** What the tenant has beside its distribution's configuration in AWS now. */
  const customized = (key: string): Customizations => stage.inAws(key).tenants[0]?.customizations ?? {};

  /** Somebody takes this away from the tenant in the console. */
  const takeAway = (key: string, member: keyof Customizations): void => {
    const { [member]: _, ...others } = customized(key);
    stage.world.simulator.operator.editTenant(stage.inAws(key).tenants[0]?.id ?? '', { Customizations: others });
  };

  describe.concurrent('each in its own time', () => {
    test('a web ACL and a certificate that tenants bring serve them, are put back when somebody takes them away, and are given up again', async ({ expect: expectHere }) => {
      const [shielded, certified] = ['acme/shielded', 'acme/certified'];
      const both = [shielded, certified];
      const [webAcl, certificate] = [webAclFor('acme', 'theirs'), certificateFor(certified, { [tagKeys.allowNamespace]: 'acme' })];
      const watch = watchOver(stage, both.map(domainOf), { rules: 'any' });
      const areOwn = (): boolean => customized(shielded).WebAcl?.Arn === webAcl && customized(certified).Certificate?.Arn === certificate;
      await managedTier(stage, 'generous', {}, generous);
      await Promise.all([on(stage, 'generous', shielded, { webACL: { type: 'Existing', arn: webAcl } }), on(stage, 'generous', certified, { certificate: { arn: certificate } })]);
      await Promise.all(both.map((key) => stage.served(key)));
      expectHere(stage.world.simulator.serves(domainOf(shielded))).toMatchObject({ webAclArn: webAcl });
      expectHere(stage.world.simulator.serves(domainOf(certified))).toMatchObject({ certificateArn: certificate });
      expectHere(both.map((key) => isServedBy(stage, 'generous', key))).toEqual([false, true]);

      takeAway(shielded, 'WebAcl');
      takeAway(certified, 'Certificate');
      expectHere(areOwn()).toBe(false);
      await waitFor('both to be put back', 90 * seconds, async () => (areOwn() ? true : undefined));

      await Promise.all(both.map((key) => on(stage, 'generous', key)));
      await Promise.all(both.map((key) => stage.served(key)));
      expectHere(both.map((key) => [isServedBy(stage, 'generous', key), customized(key).Certificate])).toEqual(both.map(() => [true, undefined]));
      watch.end();
      expectHere(watch.gaps).toEqual([]);
    });

    test('a web ACL and a certificate whose owners have not said yes are not used, and nothing is changed for them', async ({ expect: expectHere }) => {
      const [shielded, certified] = ['globex/shielded', 'globex/certified'];
      const [webAcl, certificate] = [webAclFor('initech', 'others'), certificateFor(certified, {})];
      const watch = watchOver(stage, [domainOf(shielded)]);
      await managedTier(stage, 'cautious', {}, generous);
      await Promise.all([on(stage, 'cautious', shielded), on(stage, 'cautious', certified, { certificate: { arn: certificate } })]);
      await stage.served(shielded);
      const before = stage.inAws(shielded);
      await on(stage, 'cautious', shielded, { webACL: { type: 'Existing', arn: webAcl } });
      await refused(stage, shielded, 'WebACLNotAllowed', `the tag ${tagKeys.allowNamespace}`);
      await refused(stage, certified, 'CertificateNotAllowed', `the tag ${tagKeys.allowNamespace}`);
      expectHere(stage.inAws(shielded)).toEqual(before);
      expectHere(stage.inAws(certified).tenants).toEqual([]);
      await on(stage, 'cautious', shielded);
      await stage.served(shielded);
      expectHere(stage.inAws(shielded)).toEqual(before);
      watch.end();
      expectHere(watch.gaps).toEqual([]);
    });

    test('what the tier does not allow is refused by the setting that would allow it, and had once that is so', async ({ expect: expectHere }) => {
      const key = 'acme/wishful';
      const [webAcl, certificate] = [webAclFor('acme', 'wished-for'), certificateFor(key, { [tagKeys.allowNamespace]: 'acme' })];
      const watch = watchOver(stage, [domainOf(key)]);
      await managedTier(stage, 'strict');
      await on(stage, 'strict', key);
      await stage.served(key);
      const before = stage.inAws(key);
      await on(stage, 'strict', key, { webACL: { type: 'Existing', arn: webAcl } });
      await refused(stage, key, 'OverrideNotAllowed', 'tenantOverrides.webACL.allow: [TaggedARN]');
      await on(stage, 'strict', key, { certificate: { arn: certificate } });
      await refused(stage, key, 'OverrideNotAllowed', 'tenantOverrides.certificate.allow: [TaggedARN]');
      expectHere(stage.inAws(key)).toEqual(before);
      await managedTier(stage, 'strict', {}, generous);
      await stage.served(key);
      watch.end();
      expectHere(watch.gaps).toEqual([]);
      expectHere([customized(key).Certificate?.Arn, isServedBy(stage, 'strict', key)]).toEqual([certificate, true]);
    });

    test('a namespace that may no longer use the tier is frozen and never cut: it is served on, with every change of the rules', async ({ expect: expectHere }) => {
      const key = 'initech/one';
      const selective: Partial<EdgeTierSpec> = { allowedNamespaces: { from: 'Selector', selector: { matchLabels: { plan: 'gold' } } }, tenantOverrides: { geoRestriction: { allow: ['Deny'] } } };
      const namespace = (plan: string): Promise<unknown> => stage.world.controlPlane.apply(`{apiVersion: v1, kind: Namespace, metadata: {name: initech, labels: {plan: ${plan}}}}`);
      const watch = watchOver(stage, [domainOf(key)]);
      await Promise.all([namespace('gold'), managedTier(stage, 'gold', {}, selective)]);
      await on(stage, 'gold', key);
      await stage.served(key);
      const before = stage.inAws(key);
      await namespace('none');
      await refused(stage, key, 'NamespaceNotAllowed');
      await on(stage, 'gold', key, { geoRestriction: { type: 'Deny', countries: ['US'] } });
      await refused(stage, key, 'NamespaceNotAllowed');
      await managedTier(stage, 'gold', { rules: [common, home] }, selective);
      await inForce(stage, 'gold');
      expectHere(rulesOf(stage, 'gold')).toEqual(['common home']);
      expectHere(namesOf(webAclServing(stage, domainOf(key))?.rules ?? [])).toBe('common home');
      expectHere(stage.condition(key, 'Programmed')).toMatchObject({ status: 'True', reason: 'Deployed' });
      expectHere(stage.inAws(key)).toEqual(before);
      await namespace('gold');
      await stage.served(key);
      expectHere(customized(key).GeoRestrictions?.Locations).toEqual(['US']);
      watch.end();
      expectHere(watch.gaps).toEqual([]);
    });
  });

  test('nothing of all this was refused, contradicted itself or was told in other words than JSON', async () => {
    expect(await faultsIn(stage, [controller])).toEqual([]);
  });
});
