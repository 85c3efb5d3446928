import { describe, expect, test } from 'vitest';
import { abandon, hours, listen, minutes, noTierResources, restart, serve, setUp, twoSweepsMs } from './orphan-stage.ts';

describe('what nobody remembers', () => {
  test('is told by event, log and metric where its object is gone, once, and is left alone', async () => {
    const stage = await setUp();
    const { world } = stage;
    await serve(stage);
    const uid = world.tenant('acme/shop')?.metadata.uid;
    const left = [...world.simulator.inspect.certificates(), ...world.simulator.inspect.tenants()].map(({ arn }) => arn);
    abandon(stage);
    const heard = listen(stage);
    await world.run(6 * minutes);
    expect(world.orphans).toEqual({ events: [], lines: [], counts: { ...noTierResources, Certificate: 0, DistributionTenant: 0 } });
    await world.run(twoSweepsMs + 2 * hours);
    expect(world.orphans.events.map(({ regarding, saying }) => ({ ...regarding, type: saying.type, reason: saying.reason }))).toEqual(
      left.map(() => ({ apiVersion: 'tenantedge.dev/v1alpha1', kind: 'TenantDomain', namespace: 'acme', name: 'shop', uid, type: 'Warning', reason: 'Orphaned' })),
    );
    expect(world.orphans.lines.map((line) => (JSON.parse(line) as { readonly arn: string }).arn)).toEqual(left);
    expect(world.orphans.counts).toEqual({ ...noTierResources, Certificate: 1, DistributionTenant: 1 });
    expect(heard.changes()).toEqual([]);
    expect(heard.tagReads()).toEqual(left.toSorted());
  });

  test('is told of no more once a person deleted it', async () => {
    const stage = await setUp();
    await serve(stage);
    abandon(stage);
    await stage.world.run(twoSweepsMs);
    const found = { ...stage.world.orphans.counts };
    stage.operator.deleteTenant(stage.tenantServing('shop.acme.example'));
    for (const { arn } of stage.world.simulator.inspect.certificates()) stage.operator.deleteCertificate(arn);
    await stage.world.run(twoSweepsMs);
    expect({ found, after: stage.world.orphans.counts }).toEqual({ found: { ...noTierResources, Certificate: 1, DistributionTenant: 1 }, after: { ...noTierResources, Certificate: 0, DistributionTenant: 0 } });
  });

  test('is adopted where its object is created again, and changes nothing in AWS', async () => {
    const stage = await setUp();
    await serve(stage);
    abandon(stage);
    await stage.world.run(twoSweepsMs);
    const heard = listen(stage);
    stage.tenant();
    await stage.world.until('the tenant is ready', () => stage.isReady());
    await stage.world.run(twoSweepsMs);
    expect({ changes: heard.changes(), counts: stage.world.orphans.counts }).toEqual({ changes: [], counts: { ...noTierResources, Certificate: 0, DistributionTenant: 0 } });
  });

  test.each([
    { name: 'of the first request', before: undefined },
    { name: 'of a successor', before: 'shop.acme.example' },
  ])('is handed back to its living owner, who deletes it: the lost ARN $name, with other names since', async ({ before }) => {
    const stage = await setUp();
    const { world } = stage;
    if (before !== undefined) await serve(stage);
    let crashed = false;
    restart(stage, async (call, run) => {
      const value = await run();
      if (call.about !== 'aws requestCertificate') return value;
      crashed = true;
      world.kill();
      return new Promise(() => undefined);
    });
    stage.tenant({ domains: ['lost.acme.example'] });
    await world.until('the process dies after a request', () => crashed);
    stage.tenant({ domains: ['kept.acme.example'] });
    restart(stage);
    await world.until('the records are known', () => stage.knowsRecords());
    expect(world.simulator.inspect.certificates().map(({ names }) => names)).toContainEqual(['lost.acme.example']);
    stage.customerAdds();
    await world.until('the tenant is served', () => stage.isReady());
    // With DNS as it should be nothing but the sweep wakes the owner before its resync.
    stage.customerAdds();
    await world.run(2 * hours);
    expect(world.simulator.inspect.certificates().map(({ names }) => names)).toEqual([['kept.acme.example']]);
    expect(world.tenant('acme/shop')?.status?.certificates).toHaveLength(1);
    expect(world.orphans).toEqual({ events: [], lines: [], counts: { ...noTierResources, Certificate: 0, DistributionTenant: 0 } });
  });

  test('is found too where the cluster has no object at all', async () => {
    const stage = await setUp();
    await serve(stage);
    abandon(stage);
    restart(stage);
    await stage.world.run(twoSweepsMs);
    expect(stage.world.orphans.counts).toEqual({ ...noTierResources, Certificate: 1, DistributionTenant: 1 });
  });
});
