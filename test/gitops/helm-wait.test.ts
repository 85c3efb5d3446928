import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Helm, RunHelm } from '../../helm/chart.ts';
import type { EdgeTierSpec, TenantDomainSpec } from '../../crds/types.ts';
import { platformZone, Stage } from '../real/stage.ts';
import { openHelm } from '../environment/tools/helm.ts';

const seconds = 1_000;

describe('a release that holds an object of ours', { timeout: 240 * seconds }, () => {
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

  /** Installs a chart with this object, and waits as long as helm sees a reason to. */
  const installed = async (kind: 'TenantDomain' | 'EdgeTier', name: string, spec: Partial<TenantDomainSpec> | Partial<EdgeTierSpec>): Promise<Helm> => {
    const chart = join(folder, name);
    const object = { apiVersion: 'tenantedge.dev/v1alpha1', kind, metadata: { name }, spec };
    await mkdir(join(chart, 'templates'), { recursive: true });
    await writeFile(join(chart, 'Chart.yaml'), JSON.stringify({ apiVersion: 'v2', name, version: '1.0.0' }));
    await writeFile(join(chart, 'templates', 'object.yaml'), JSON.stringify(object));
    return helm(['install', name, chart, '--namespace', 'acme', '--wait', '--timeout', '120s']);
  };

  const tenant = (name: string, spec: Partial<TenantDomainSpec>): Promise<Helm> => installed('TenantDomain', name, { tierRef: { name: 'platform' }, domains: [`${name}.${platformZone}`], ...spec });

  test('is installed when the tenant is served, and not before', async () => {
    const { code, stderr } = await tenant('served', {});
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stage.condition('acme/served', 'Ready')).toMatchObject({ status: 'True', reason: 'Served' });
    expect(stage.isServed(`served.${platformZone}`)).toBe(true);
  });

  test('fails as soon as the tenant is refused, and says so', async () => {
    const { code, stderr } = await tenant('refused', { webACL: { type: 'Disabled' } });
    expect(stage.condition('acme/refused', 'Stalled')).toMatchObject({ status: 'True', reason: 'OverrideNotAllowed' });
    expect({ code, stderr }).toMatchObject({ code: 1, stderr: expect.stringMatching(/TenantDomain\/acme\/refused not ready\. status: Failed/) as string });
    expect(stderr).not.toContain('deadline');
  });

  const tier = (name: string, distributionId: string): Promise<Helm> =>
    installed('EdgeTier', name, {
      distributionId, connectionGroups: [{ name: 'shared', type: 'Existing', id: stage.groups.shared.id }], defaultConnectionGroup: 'shared',
      certificate: { issuer: 'ACM' }, ownership: { proof: 'None' }, allowedNamespaces: { from: 'All' },
    });

  test('is installed when the tier can take tenants', async () => {
    expect(await tier('silver', stage.distributions.plain)).toMatchObject({ code: 0, stderr: '' });
    expect(stage.witness.tiers.get('silver')?.status?.conditions?.find(({ type }) => type === 'Ready')).toMatchObject({ status: 'True', reason: 'Available' });
  });

  test('fails as soon as the tier waits for a person, and says so', async () => {
    const { code, stderr } = await tier('bronze', 'E1NOSUCHONE');
    expect({ code, stderr }).toMatchObject({ code: 1, stderr: expect.stringMatching(/EdgeTier\/\S*bronze not ready\. status: Failed/) as string });
    expect(stderr).not.toContain('deadline');
  });
});
