import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Helm, RunHelm } from '../../helm/chart.ts';
import type { TenantDomainSpec } from '../../crds/types.ts';
import { platformZone, Stage } from '../real/stage.ts';
import { openHelm } from '../environment/tools/helm.ts';

const seconds = 1_000;

describe('a release that holds a TenantDomain', { timeout: 240 * seconds }, () => {
  let stage: Stage;
  let folder = '';
  let helm: RunHelm;
  let close: () => Promise<void>;

  beforeAll(async () => {
    stage = await Stage.start({ seed: 61 });
    await stage.startController();
    folder = await mkdtemp(join(tmpdir(), 'tenant-edge-release-'));
    ({ helm, close } = await openHelm(stage.world.controlPlane.adminKubeconfigPath));
  });

  afterAll(async () => {
    await close();
    await rm(folder, { recursive: true, force: true });
    await stage.stop();
  });

  /** Installs a chart with this tenant, and waits as long as helm sees a reason to. */
  const installed = async (name: string, spec: Partial<TenantDomainSpec>): Promise<Helm> => {
    const chart = join(folder, name);
    const tenant = { apiVersion: 'tenantedge.dev/v1alpha1', kind: 'TenantDomain', metadata: { name }, spec: { tierRef: { name: 'platform' }, domains: [`${name}.${platformZone}`], ...spec } };
    await mkdir(join(chart, 'templates'), { recursive: true });
    await writeFile(join(chart, 'Chart.yaml'), JSON.stringify({ apiVersion: 'v2', name, version: '1.0.0' }));
    await writeFile(join(chart, 'templates', 'tenant.yaml'), JSON.stringify(tenant));
    return helm(['install', name, chart, '--namespace', 'acme', '--wait', '--timeout', '120s']);
  };

  test('is installed when the tenant is served, and not before', async () => {
    const { code, stderr } = await installed('served', {});
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stage.condition('acme/served', 'Ready')).toMatchObject({ status: 'True', reason: 'Served' });
    expect(stage.isServed(`served.${platformZone}`)).toBe(true);
  });

  test('fails as soon as the tenant is refused, and says so', async () => {
    const { code, stderr } = await installed('refused', { webACL: { type: 'Disabled' } });
    expect(stage.condition('acme/refused', 'Stalled')).toMatchObject({ status: 'True', reason: 'OverrideNotAllowed' });
    expect({ code, stderr }).toMatchObject({ code: 1, stderr: expect.stringMatching(/TenantDomain\/acme\/refused not ready\. status: Failed/) as string });
    expect(stderr).not.toContain('deadline');
  });
});
