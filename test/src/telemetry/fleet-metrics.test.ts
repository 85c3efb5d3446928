import { expect, test } from 'vitest';
import type { Tenant } from '../../../src/telemetry/fleet-metrics.ts';
import { setUp } from './metrics-page.ts';

type Ready = { readonly status: 'True' | 'False' | 'Unknown'; readonly reason: string; readonly since: string; readonly created?: string };

const tenant = (name: string, { status, reason, since, created = since }: Ready): Tenant => ({
  metadata: { name, namespace: 'shop', uid: name, resourceVersion: '1', generation: 1, creationTimestamp: created },
  status: { conditions: [{ type: 'Ready', status, reason, message: '', lastTransitionTime: since }] },
});

test('tenants are counted by condition and status as they come, change and go, and none by name', async () => {
  const { metrics, series } = setUp();
  const at = '2030-01-01T00:00:00Z';
  const [waiting, served] = [tenant('a-customer', { status: 'False', reason: 'Validating', since: at }), tenant('a-customer', { status: 'True', reason: 'Served', since: at })];
  const counts = async () => {
    const all = await series();
    return ['True', 'False', 'Unknown'].map((status) => all.get(`tenants{condition="Ready",status="${status}"}`));
  };
  const { fleet } = metrics;
  const seen = [await counts()];
  fleet.tenantChanged({ key: 'shop/a', after: waiting });
  fleet.tenantChanged({ key: 'shop/b', after: waiting });
  seen.push(await counts());
  fleet.tenantChanged({ key: 'shop/a', before: waiting, after: served });
  seen.push(await counts());
  fleet.tenantChanged({ key: 'shop/b', before: waiting });
  seen.push(await counts());
  expect(seen).toEqual([[0, 0, 0], [0, 2, 0], [1, 1, 0], [1, 0, 0]]);
  expect((await metrics.page()).body).not.toContain('a-customer');
});

test('the oldest tenant that is not ready is known by its reason, and forgotten when it is', async () => {
  const { clock, metrics, series } = setUp();
  const { fleet } = metrics;
  const [older, younger] = [tenant('a', { status: 'False', reason: 'WaitingForCustomerDNS', since: '2029-12-31T23:00:00Z' }), tenant('b', { status: 'False', reason: 'WaitingForCustomerDNS', since: '2029-12-31T23:30:00Z' })];
  // The CRD's default condition is of 1970: it says nothing of how long anybody has waited.
  const unseen = tenant('c', { status: 'Unknown', reason: 'Pending', since: '1970-01-01T00:00:00Z', created: '2029-12-31T23:59:00Z' });
  for (const after of [older, younger, unseen]) fleet.tenantChanged({ key: after.metadata.name, after });
  const ages = async () => {
    const all = await series();
    return ['WaitingForCustomerDNS', 'Pending', 'QuotaExceeded'].map((reason) => all.get(`oldest_unready_seconds{reason="${reason}"}`));
  };
  const before = await ages();
  fleet.tenantChanged({ key: 'a', before: older, after: tenant('a', { status: 'True', reason: 'Served', since: '2030-01-01T00:00:00Z' }) });
  fleet.tenantChanged({ key: 'c', before: unseen });
  await clock.advance(60_000);
  expect({ before, after: await ages() }).toEqual({ before: [3_600, 60, 0], after: [1_860, 0, 0] });
});

test('certificates that cannot be renewed are counted as they come to be at risk, are mended, and go', async () => {
  const { metrics, read } = setUp();
  const { fleet } = metrics;
  const served = tenant('a', { status: 'True', reason: 'Served', since: '2030-01-01T00:00:00Z' });
  const atRisk: Tenant = { ...served, status: { conditions: [{ type: 'CertificateReady', status: 'True', reason: 'RenewalAtRisk', message: '', lastTransitionTime: '2030-01-01T00:00:00Z' }] } };
  const count = async () => (await read('certificates_renewal_at_risk'))[0];
  const seen = [await count()];
  fleet.tenantChanged({ key: 'shop/a', after: atRisk });
  fleet.tenantChanged({ key: 'shop/b', before: served, after: atRisk });
  seen.push(await count());
  fleet.tenantChanged({ key: 'shop/a', before: atRisk, after: atRisk });
  fleet.tenantChanged({ key: 'shop/a', before: atRisk, after: served });
  seen.push(await count());
  fleet.tenantChanged({ key: 'shop/b', before: atRisk });
  seen.push(await count());
  expect(seen).toEqual([0, 2, 1, 0]);
});

test('orphans stand at zero until some are found', async () => {
  const { metrics, read } = setUp();
  metrics.fleet.orphans('Certificate', 2);
  expect(await read('aws_orphans{type="Certificate"}', 'aws_orphans{type="DistributionTenant"}')).toEqual([2, 0]);
});
