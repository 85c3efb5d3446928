import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ControlPlane } from '../environment/control-plane/control-plane.ts';
import { listAt, textAt, valueAt } from '../environment/control-plane/json.ts';
import { fullEdgeTierStatus, fullTenantDomainStatus } from './full-status.ts';
import { many, tenant, tier } from './manifest-row.ts';
import { startManifestServer, startTimeoutMs, withStored } from './manifest-server.ts';

let controlPlane: ControlPlane;

beforeAll(async () => {
  controlPlane = await startManifestServer();
}, startTimeoutMs);

afterAll(() => controlPlane.stop(), 60_000);

describe('the status', () => {
  test.each([{ manifest: tier() }, { manifest: tenant() }])('of a new $manifest.kind is Unknown, so that nobody takes it for done', async ({ manifest }) => {
    const conditions = await withStored(controlPlane, manifest, async (stored) => valueAt(stored, 'status', 'conditions'));
    expect(conditions).toEqual([
      { type: 'Ready', status: 'Unknown', reason: 'Pending', message: 'Waiting for the controller', lastTransitionTime: '1970-01-01T00:00:00Z' },
    ]);
  });

  test.each([
    { manifest: tier(), status: fullEdgeTierStatus },
    { manifest: tenant(), status: fullTenantDomainStatus },
  ])('of $manifest.kind keeps every field that its type has', async ({ manifest, status }) => {
    const kept = await withStored(controlPlane, manifest, async (stored, path) => {
      const { body } = await controlPlane.admin.request('PUT', `${path}/status`, { ...Object(stored), status });
      return valueAt(body, 'status') ?? body;
    });
    expect(kept).toEqual(status);
  });

  test('has room for as many connection groups again as a spec has, while they retire', async () => {
    const connectionGroups = many(20, (index) => ({ name: `group-${index}`, state: index < 10 ? 'Active' : 'Retiring' }));
    const kept = await withStored(controlPlane, tier(), async (stored, path) => {
      const { body } = await controlPlane.admin.request('PUT', `${path}/status`, { ...Object(stored), status: { connectionGroups } });
      return valueAt(body, 'status') ?? body;
    });
    expect(kept).toMatchObject({ connectionGroups });
  });

  test('is not taken from whoever writes the spec', async () => {
    const conditions = await withStored(controlPlane, { ...tenant(), status: fullTenantDomainStatus }, async (stored) => valueAt(stored, 'status', 'conditions'));
    expect(conditions).toMatchObject([{ type: 'Ready', reason: 'Pending' }]);
  });
});

test('defaults are filled in, so that the types may count on them', async () => {
  const halfWritten = tier({ certificate: {}, allowedNamespaces: {} }, 'half-written');
  const specs = await Promise.all([tier(), halfWritten, tenant()].map((manifest) => withStored(controlPlane, manifest, async (stored) => valueAt(stored, 'spec'))));
  const tierSpec = {
    distributionId: 'E2EXAMPLE1234',
    webACL: { type: 'Inherit' },
    certificate: { issuer: 'ACM' },
    ownership: { proof: 'None' },
    allowedNamespaces: { from: 'None' },
    deletionPolicy: 'Delete',
  };
  expect(specs).toEqual([
    tierSpec,
    tierSpec,
    { tierRef: { name: 'enterprise' }, domains: ['shop.example.com'], enabled: true },
  ]);
});

test('defaults are filled in within what Tenant Edge is to manage', async () => {
  const rules = [
    { name: 'flood', type: 'RateLimit', action: 'Block', rateLimit: { requests: 100, key: 'IP' } },
    { name: 'bots', type: 'ManagedRuleGroup', managedRuleGroup: { vendor: 'AWS', name: 'AWSManagedRulesBotControlRuleSet', botControl: {} } },
  ];
  const connectionGroups = [{ name: 'own', type: 'Managed', managed: {} }, { name: 'plain', type: 'Managed' }];
  const managing = tier({ connectionGroups, defaultConnectionGroup: 'own', webACL: { type: 'Managed', managed: { rules } } });
  const spec = await withStored(controlPlane, managing, async (stored) => valueAt(stored, 'spec'));
  expect(spec).toMatchObject({
    connectionGroups: [{ name: 'own', type: 'Managed', managed: { ipv6: true } }, { name: 'plain', type: 'Managed' }],
    webACL: {
      type: 'Managed',
      managed: {
        defaultAction: 'Allow',
        tenantsPerACL: 100,
        rollout: { pauseSeconds: 0, observe: false },
        rules: [{ rateLimit: { requests: 100, windowSeconds: 300, key: 'IP' } }, { managedRuleGroup: { botControl: { inspectionLevel: 'COMMON' } } }],
      },
    },
  });
});

test('the tenants of one tier can be asked for', async () => {
  const found = await withStored(controlPlane, tenant({}, 'one'), () =>
    withStored(controlPlane, tenant({ tierRef: { name: 'basic' } }, 'other'), async (_, path) => {
      const { body } = await controlPlane.admin.request('GET', `${path.slice(0, path.lastIndexOf('/'))}?fieldSelector=spec.tierRef.name=basic`);
      return listAt(body, 'items').map((item) => textAt(item, 'metadata', 'name'));
    }),
  );
  expect(found).toEqual(['other']);
});
