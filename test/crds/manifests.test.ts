import { fileURLToPath } from 'node:url';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseDomainName } from '../../crds/domain-name.ts';
import type { Manifest } from '../environment/control-plane/apply.ts';
import { startControlPlane, type ControlPlane } from '../environment/control-plane/control-plane.ts';
import { listAt, textAt, valueAt } from '../environment/control-plane/json.ts';
import { name, nameLike } from './arbitrary-names.ts';
import { breakagesOf } from './breakages.ts';
import { isAcceptedByCel } from './cel-names.ts';
import { edgeTierRows } from './edge-tier-rows.ts';
import { acceptedInEdgeTier, acceptedInTenantDomain, fullEdgeTierSpec, fullTenantDomainSpec } from './full-specs.ts';
import { fullEdgeTierStatus, fullTenantDomainStatus } from './full-status.ts';
import { certificateArn, tenant, tier, type Row } from './manifest-row.ts';
import { tenantDomainRows } from './tenant-domain-rows.ts';

// The first start on a machine may build the control plane.
const startTimeoutMs = 20 * 60 * 1000;
const generatedTimeoutMs = 120_000;

const group = '/apis/tenantedge.dev/v1alpha1';
const pathOf = ({ kind }: Manifest): string => (kind === 'EdgeTier' ? `${group}/edgetiers` : `${group}/namespaces/default/tenantdomains`);
const dryRun = 'dryRun=All&fieldValidation=Strict';

let controlPlane: ControlPlane;

beforeAll(async () => {
  controlPlane = await startControlPlane({ controllerManager: false });
  await controlPlane.apply(['edgetiers.yaml', 'tenantdomains.yaml'].map((file) => fileURLToPath(new URL(`../../crds/${file}`, import.meta.url))));
}, startTimeoutMs);

afterAll(() => controlPlane.stop(), 60_000);

/** Stores the object for as long as `use` takes. */
const withStored = async <Result>(manifest: Manifest, use: (stored: unknown, path: string) => Promise<Result>): Promise<Result> => {
  const { admin } = controlPlane;
  const stored = await admin.request('POST', pathOf(manifest), manifest);
  const path = `${pathOf(manifest)}/${manifest.metadata.name}`;
  expect(stored).toMatchObject({ status: 201 });
  try {
    return await use(stored.body, path);
  } finally {
    await admin.request('DELETE', path);
  }
};

/** 'accepted', or the message it is refused with. */
const verdictOn = async ({ was, manifest }: Pick<Row, 'was' | 'manifest'>): Promise<string> => {
  const { admin } = controlPlane;
  const answer = was === undefined
    ? await admin.request('POST', `${pathOf(manifest)}?${dryRun}`, manifest)
    : await withStored(was, (stored, path) => {
        const resourceVersion = textAt(stored, 'metadata', 'resourceVersion');
        return admin.request('PUT', `${path}?${dryRun}`, { ...manifest, metadata: { ...manifest.metadata, resourceVersion } });
      });
  return answer.status < 300 ? 'accepted' : (textAt(answer.body, 'message') ?? 'refused without a message');
};

const tenantOf = (domains: readonly string[]): Manifest => tenant({ domains, certificate: { arn: certificateArn } });

describe.each([
  { kind: 'EdgeTier', rows: edgeTierRows },
  { kind: 'TenantDomain', rows: tenantDomainRows },
])('$kind', ({ rows }) => {
  test.each(rows)('$name: $because', async (row) => {
    expect(await verdictOn(row)).toContain(row.want);
  });
});

describe('every field', { timeout: generatedTimeoutMs }, () => {
  test.each([
    { manifest: tier(fullEdgeTierSpec), want: acceptedInEdgeTier },
    { manifest: tenant(fullTenantDomainSpec), want: acceptedInTenantDomain },
  ])('of $manifest.kind is required, bounded and of a known form, but for a known list', async ({ manifest, want }) => {
    expect(await verdictOn({ manifest })).toBe('accepted');
    const accepted: string[] = [];
    for (const { what, value, says } of breakagesOf(manifest.spec, 'spec')) {
      const verdict = await verdictOn({ manifest: { ...manifest, spec: value } });
      if (verdict === 'accepted') accepted.push(what);
      else expect(verdict).toContain(says);
    }
    expect(accepted).toEqual(want);
  });
});

describe('names', { timeout: generatedTimeoutMs }, () => {
  test('the API server accepts every canonical name', async () => {
    const canonical = name.map(parseDomainName).filter((parsed) => parsed.ok).map((parsed) => parsed.name);
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(canonical, { minLength: 1, maxLength: 5 }), async (names) => {
        expect(await verdictOn({ manifest: tenantOf(names) })).toBe('accepted');
      }),
      { numRuns: 200 },
    );
  });

  test('the API server judges a name as the same expressions do here, and knows all that the canonicaliser knows but punycode', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(name, nameLike, fc.string({ unit: 'grapheme', maxLength: 12 })), async (text) => {
        const isAccepted = (await verdictOn({ manifest: tenantOf([text]) })) === 'accepted';
        expect(isAccepted).toBe(isAcceptedByCel(text));
        const parsed = parseDomainName(text);
        if (isAccepted && !parsed.ok) expect(parsed.problem).toMatch(/no valid internationalised name: "xn--/);
      }),
      { numRuns: 500 },
    );
  });
});

describe('the status', () => {
  test.each([{ manifest: tier() }, { manifest: tenant() }])('of a new $manifest.kind is Unknown, so that nobody takes it for done', async ({ manifest }) => {
    const conditions = await withStored(manifest, async (stored) => valueAt(stored, 'status', 'conditions'));
    expect(conditions).toEqual([
      { type: 'Ready', status: 'Unknown', reason: 'Pending', message: 'Waiting for the controller', lastTransitionTime: '1970-01-01T00:00:00Z' },
    ]);
  });

  test.each([
    { manifest: tier(), status: fullEdgeTierStatus },
    { manifest: tenant(), status: fullTenantDomainStatus },
  ])('of $manifest.kind keeps every field that its type has', async ({ manifest, status }) => {
    const kept = await withStored(manifest, async (stored, path) => {
      const { body } = await controlPlane.admin.request('PUT', `${path}/status`, { ...Object(stored), status });
      return valueAt(body, 'status') ?? body;
    });
    expect(kept).toEqual(status);
  });

  test('is not taken from whoever writes the spec', async () => {
    const conditions = await withStored({ ...tenant(), status: fullTenantDomainStatus }, async (stored) => valueAt(stored, 'status', 'conditions'));
    expect(conditions).toMatchObject([{ type: 'Ready', reason: 'Pending' }]);
  });
});

test('defaults are filled in, so that the types may count on them', async () => {
  const halfWritten = tier({ certificate: {}, allowedNamespaces: {} }, 'half-written');
  const specs = await Promise.all([tier(), halfWritten, tenant()].map((manifest) => withStored(manifest, async (stored) => valueAt(stored, 'spec'))));
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

test('the tenants of one tier can be asked for', async () => {
  const found = await withStored(tenant({}, 'one'), () =>
    withStored(tenant({ tierRef: { name: 'basic' } }, 'other'), async (_, path) => {
      const { body } = await controlPlane.admin.request('GET', `${path.slice(0, path.lastIndexOf('/'))}?fieldSelector=spec.tierRef.name=basic`);
      return listAt(body, 'items').map((item) => textAt(item, 'metadata', 'name'));
    }),
  );
  expect(found).toEqual(['other']);
});
