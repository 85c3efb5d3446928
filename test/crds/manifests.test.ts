import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseDomainName } from '../../crds/domain-name.ts';
import type { Manifest } from '../environment/control-plane/apply.ts';
import type { ControlPlane } from '../environment/control-plane/control-plane.ts';
import { name, nameLike } from './arbitrary-names.ts';
import { breakagesOf } from './breakages.ts';
import { isAcceptedByCel } from './cel-names.ts';
import { edgeTierRows } from './edge-tier-rows.ts';
import { exampleManifests } from './example-manifests.ts';
import { acceptedInEdgeTier, acceptedInTenantDomain, fullEdgeTierSpec, fullTenantDomainSpec } from './full-specs.ts';
import { certificateArn, tenant, tier } from './manifest-row.ts';
import { startManifestServer, startTimeoutMs, verdictOn } from './manifest-server.ts';
import { tenantDomainRows } from './tenant-domain-rows.ts';

const generatedTimeoutMs = 120_000;

let controlPlane: ControlPlane;

beforeAll(async () => {
  controlPlane = await startManifestServer();
}, startTimeoutMs);

afterAll(() => controlPlane.stop(), 60_000);

const tenantOf = (domains: readonly string[]): Manifest => tenant({ domains, certificate: { arn: certificateArn } });

describe.each([
  { kind: 'EdgeTier', rows: edgeTierRows },
  { kind: 'TenantDomain', rows: tenantDomainRows },
])('$kind', ({ rows }) => {
  test.each(rows)('$name: $because', async (row) => {
    expect(await verdictOn(controlPlane, row)).toContain(row.want);
  });
});

test.each(exampleManifests)('the example $manifest.kind $manifest.metadata.name in $file is accepted', async ({ manifest }) => {
  expect(await verdictOn(controlPlane, { manifest: { ...manifest, metadata: { name: manifest.metadata.name } } })).toBe('accepted');
});

describe('every field', { timeout: generatedTimeoutMs }, () => {
  test.each([
    { manifest: tier(fullEdgeTierSpec), want: acceptedInEdgeTier },
    { manifest: tenant(fullTenantDomainSpec), want: acceptedInTenantDomain },
  ])('of $manifest.kind is required, bounded and of a known form, but for a known list', async ({ manifest, want }) => {
    expect(await verdictOn(controlPlane, { manifest })).toBe('accepted');
    const accepted: string[] = [];
    for (const { what, value, says } of breakagesOf(manifest.spec, 'spec')) {
      const verdict = await verdictOn(controlPlane, { manifest: { ...manifest, spec: value } });
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
        expect(await verdictOn(controlPlane, { manifest: tenantOf(names) })).toBe('accepted');
      }),
      { numRuns: 200 },
    );
  });

  test('the API server judges a name as the same expressions do here, and knows all that the canonicaliser knows but punycode', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(name, nameLike, fc.string({ unit: 'grapheme', maxLength: 12 })), async (text) => {
        const isAccepted = (await verdictOn(controlPlane, { manifest: tenantOf([text]) })) === 'accepted';
        expect(isAccepted).toBe(isAcceptedByCel(text));
        const parsed = parseDomainName(text);
        if (isAccepted && !parsed.ok) expect(parsed.problem).toMatch(/no valid internationalised name: "xn--/);
      }),
      { numRuns: 500 },
    );
  });
});
