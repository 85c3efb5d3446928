import { afterAll, beforeAll, describe, test } from 'vitest';
import type { RunningController } from '../environment/embedded.ts';
import { waitFor } from '../environment/control-plane/wait.ts';
import { faultsIn } from './oracles.ts';
import { pageAt, samplesOf, sumOf } from './page.ts';
import { Stage } from './stage.ts';

const seconds = 1_000;
const ending = 'ending';
const lost = 'acme/lost';

describe('the life of tenants against a real API server', { timeout: 300 * seconds }, () => {
  let stage: Stage;
  let controller: RunningController;

  beforeAll(async () => {
    stage = await Stage.start({ seed: 21 });
    controller = await stage.startController();
  });

  afterAll(() => stage.stop());

  /** Complains of every change in AWS after which a name is not served any more. */
  const watchOver = (name: string): { readonly gaps: readonly string[]; readonly end: () => void } => {
    const gaps: string[] = [];
    const end = stage.world.simulator.onMutation(({ operation }) => {
      if (!stage.isServed(name)) gaps.push(operation);
    });
    return { gaps, end };
  };

  /** Waits until one certificate and one tenant are all that there is, and they carry just these names. */
  const holdsOnly = (key: string, names: readonly string[]): Promise<true> =>
    waitFor(`${key} to hold one tenant and one certificate of ${names.join(', ')}`, 90 * seconds, async () => {
      const { tenants, certificates } = stage.inAws(key);
      const [tenant, certificate] = [tenants[0], certificates[0]];
      const carried = [tenant?.domains.map(({ domain }) => domain), certificate?.names].map((each) => [...(each ?? [])].toSorted().join(' '));
      return tenants.length === 1 && certificates.length === 1 && carried.every((each) => each === names.toSorted().join(' ')) ? true : undefined;
    });

  describe.concurrent('each in its own time', () => {
    test('a tenant is served, grows by a domain and sheds one, without a gap', async ({ expect }) => {
      const [shop, www] = ['shop.acme.example', 'www.acme.example'];
      await stage.tenant('acme/shop', { domains: [shop] });
      await stage.served('acme/shop');
      expect(stage.isServed(shop)).toBe(true);
      const watch = watchOver(shop);
      await stage.tenant('acme/shop', { domains: [shop, www] });
      await stage.served('acme/shop');
      await holdsOnly('acme/shop', [shop, www]);
      watch.end();
      expect(watch.gaps).toEqual([]);
      await stage.tenant('acme/shop', { domains: [www] });
      await stage.served('acme/shop');
      await holdsOnly('acme/shop', [www]);
      expect([shop, www].map((name) => stage.isServed(name))).toEqual([false, true]);
      expect(stage.get('acme/shop')?.status?.certificates?.map(({ use }) => use)).toEqual(['Serving']);
    });

    test('a deleted tenant is torn down in the order that AWS wants, and leaves nothing', async ({ expect }) => {
      await stage.tenant('globex/leaves', { domains: ['leaves.globex.example'] });
      await stage.served('globex/leaves');
      const { tenants, certificates } = stage.inAws('globex/leaves');
      const ids = [...tenants.map(({ id }) => id), ...certificates.map(({ arn }) => arn)];
      const begun = stage.world.simulator.log.length;
      await stage.delete('globex/leaves');
      await waitFor('AWS to be clean', 120 * seconds, async () => (stage.inAws('globex/leaves').certificates.length === 0 ? true : undefined));
      const changes = stage.world.simulator.log.slice(begun).filter(({ subject, mutating }) => mutating && ids.includes(subject ?? ''));
      expect(changes.map(({ operation, outcome }) => `${operation} ${outcome}`)).toEqual(['UpdateDistributionTenant ok', 'DeleteDistributionTenant ok', 'DeleteCertificate ok']);
      expect(changes[0]?.input['Enabled']).toBe(false);
      expect(stage.inAws('globex/leaves').tenants).toEqual([]);
    });

    test('a deleted namespace takes its tenants along, and ends', async ({ expect, skip }) => {
      skip(!stage.world.controlPlane.controllerManager, 'KUBEBUILDER_ASSETS has no kube-controller-manager');
      const { admin } = stage.world.controlPlane;
      await stage.world.controlPlane.apply(`{apiVersion: v1, kind: Namespace, metadata: {name: ${ending}}}`);
      await stage.platformTenant(`${ending}/one`);
      await stage.served(`${ending}/one`);
      await admin.request('DELETE', `/api/v1/namespaces/${ending}`);
      await stage.gone(`${ending}/one`, 240 * seconds);
      expect(stage.inAws(`${ending}/one`)).toEqual({ tenants: [], certificates: [] });
      await waitFor('the namespace to end', 30 * seconds, async () => ((await admin.request('GET', `/api/v1/namespaces/${ending}`)).status === 404 ? true : undefined));
    });

    test('a retained tenant goes on being served as it was, tags included', async ({ expect }) => {
      await stage.tenant('globex/stays', { domains: ['stays.globex.example'], deletionPolicy: 'Retain' });
      await stage.served('globex/stays');
      const before = stage.inAws('globex/stays');
      await stage.delete('globex/stays');
      await stage.gone('globex/stays', 30 * seconds);
      expect(stage.inAws('globex/stays')).toEqual(before);
      expect(stage.isServed('stays.globex.example')).toBe(true);
      const events = await waitFor('an event that names what stays', 10 * seconds, async () => {
        const found = (await stage.events('stays')).filter((event) => event.startsWith('Normal Retained'));
        return found.length > 0 ? found : undefined;
      });
      for (const id of [before.tenants[0]?.id, before.certificates[0]?.arn]) expect(events[0]).toContain(id);
    });

    test('countries, parameters and connection group reach CloudFront, and leave it again', async ({ expect }) => {
      const settings = () => {
        const { customizations, parameters, connectionGroupId } = stage.inAws('acme/settings').tenants[0] ?? {};
        return { countries: customizations?.GeoRestrictions?.Locations ?? [], parameters, connectionGroupId };
      };
      await stage.platformTenant('acme/settings');
      await stage.served('acme/settings');
      expect(settings()).toEqual({ countries: [], parameters: [], connectionGroupId: stage.groups.shared.id });
      await stage.platformTenant('acme/settings', {
        geoRestriction: { type: 'Allow', countries: ['DE', 'AT'] }, parameters: [{ name: 'site', value: 'blue' }], connectionGroup: 'isolated',
      });
      await stage.served('acme/settings');
      expect(settings()).toEqual({ countries: ['AT', 'DE'], parameters: [{ Name: 'site', Value: 'blue' }], connectionGroupId: stage.groups.isolated.id });
      expect(stage.get('acme/settings')?.status?.endpoint).toBe(stage.groups.isolated.endpoint);
      await stage.platformTenant('acme/settings');
      await stage.served('acme/settings');
      expect(settings()).toEqual({ countries: [], parameters: [], connectionGroupId: stage.groups.shared.id });
    });

    test('a tenant that somebody changed or deleted by hand is repaired or made anew, and events say so', async ({ expect }) => {
      await stage.platformTenant('acme/drift');
      await stage.served('acme/drift');
      const first = stage.inAws('acme/drift').tenants[0]?.id ?? '';
      stage.world.simulator.operator.editTenant(first, { Enabled: false });
      await waitFor('the repair', 90 * seconds, async () => (stage.inAws('acme/drift').tenants[0]?.enabled ? true : undefined));
      await stage.served('acme/drift');
      stage.world.simulator.operator.deleteTenant(first);
      const second = await waitFor('another tenant', 90 * seconds, async () => stage.inAws('acme/drift').tenants[0]?.id);
      expect(second).not.toBe(first);
      await stage.served('acme/drift');
      const events = await stage.events('drift');
      expect(events.filter((event) => event.startsWith('Normal UpdateDistributionTenant:') && event.includes('enabled'))).toHaveLength(1);
      expect(events.filter((event) => event.startsWith('Normal CreateDistributionTenant:'))).not.toEqual([]);
    });

    test('what is left of an object whose finalizer somebody took away is told of, and left alone', async ({ expect }) => {
      await stage.platformTenant(lost);
      await stage.served(lost);
      const [before] = stage.inAws(lost).tenants;
      await stage.withoutFinalizer(lost);
      await stage.gone(lost, 30 * seconds);
      const told = await waitFor('an event', 120 * seconds, async () => (await stage.events('lost')).find((event) => event.startsWith('Warning Orphaned')));
      expect(told).toContain(before?.arn);
      expect(sumOf(samplesOf((await pageAt(controller.metricsUrl)).text, 'aws_orphans'))).toBeGreaterThan(0);
      // Its deletion may have begun: what was under way is done, and no more.
      expect(stage.inAws(lost).tenants.map(({ id }) => id)).toEqual([before?.id]);
    });
  });

  test('nobody else was taken for an orphan but what was to stay', async ({ expect }) => {
    const owners = (await controller.logLines()).filter(({ reason }) => reason === 'Orphaned').map(({ owner }) => owner);
    expect(owners.filter((owner) => owner !== lost && owner !== 'globex/stays')).toEqual([]);
  });

  test('nothing of all this was refused, contradicted itself or was told in other words than JSON', async ({ expect }) => {
    expect(await faultsIn(stage, [controller], [ending])).toEqual([]);
  });
});
