import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { listAt, textAt, valueAt } from '../environment/control-plane/json.ts';
import { ask, customizationOf, judgePath, type Verdict } from './judge.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = async (path: string): Promise<unknown> => parse(await readFile(`${root}${path}`, 'utf8'));

describe('the snippet for argocd-cm', () => {
  test('is what its generator makes of the health scripts', async () => {
    await expect(promisify(execFile)(process.execPath, ['helm/argocd/generate.ts', '--check'], { cwd: root })).resolves.toMatchObject({ stderr: '' });
  });

  test.each(['TenantDomain', 'EdgeTier'] as const)('has the script of %s, letter by letter', async (kind) => {
    const script = textAt(await read('helm/argocd/argocd-cm.yaml'), 'data', `resource.customizations.health.tenantedge.dev_${kind}`);
    expect(script).toBe(await readFile(`${customizationOf(kind)}health.lua`, 'utf8'));
  });

  test('has Argo CD ignore only what there is, and no condition', async () => {
    const ignored: unknown = parse(textAt(await read('helm/argocd/argocd-cm.yaml'), 'data', 'resource.customizations.ignoreResourceUpdates.tenantedge.dev_EdgeTier') ?? '');
    const schema = valueAt(listAt(await read('crds/edgetiers.yaml'), 'spec', 'versions')[0], 'schema', 'openAPIV3Schema');
    const pointers = listAt(ignored, 'jsonPointers').map(String);
    const described = pointers.map((pointer) => valueAt(schema, ...pointer.split('/').slice(1).flatMap((name) => ['properties', name])));
    expect(described.filter((each) => each === undefined)).toEqual([]);
    expect(pointers).toEqual(['/status/tenants']);
  });
});

describe('the snippet for waves of Applications', () => {
  beforeAll(judgePath);

  test.each([
    { name: 'one that Argo CD has not looked at', status: undefined, want: { status: 'Progressing', message: '' } },
    { name: 'one whose health is not known yet', status: { sync: { status: 'Synced' } }, want: { status: 'Progressing', message: '' } },
    { name: 'one that is as it says', status: { health: { status: 'Healthy' } }, want: { status: 'Healthy', message: '' } },
    { name: 'one that says why not', status: { health: { status: 'Degraded', message: 'a tier waits' } }, want: { status: 'Degraded', message: 'a tier waits' } },
  ] satisfies readonly { readonly name: string; readonly status: unknown; readonly want: Verdict }[])('judges $name', async ({ status, want }) => {
    const script = textAt(await read('examples/gitops/argocd/argocd-cm.yaml'), 'data', 'resource.customizations.health.argoproj.io_Application') ?? '';
    const scratch = await mkdtemp(join(tmpdir(), 'tenant-edge-gitops-'));
    try {
      await writeFile(join(scratch, 'health.lua'), script);
      const [judgement] = await ask([{ script: join(scratch, 'health.lua'), object: { apiVersion: 'argoproj.io/v1alpha1', kind: 'Application', metadata: { name: 'tiers' }, status } }]);
      expect(judgement?.argo).toEqual(want);
    } finally {
      await rm(scratch, { recursive: true, force: true });
    }
  });
});
