import { execFile } from 'node:child_process';
import { access, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { manifestsFrom, type Manifest } from '../environment/control-plane/apply.ts';
import type { ControlPlane } from '../environment/control-plane/control-plane.ts';
import { listAt, textAt, valueAt } from '../environment/control-plane/json.ts';
import { toolPath } from '../environment/tools/tools.ts';
import { startManifestServer, startTimeoutMs } from '../crds/manifest-server.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const home = join(root, 'examples', 'gitops');

const yamlFilesIn = async (directory: string): Promise<readonly string[]> =>
  (await readdir(directory, { recursive: true })).filter((file) => file.endsWith('.yaml')).toSorted().map((file) => join(directory, file));

const kindsIn = async (directory: string): Promise<ReadonlySet<string>> => new Set((await manifestsFrom(await yamlFilesIn(directory))).map(({ kind }) => kind));

/** What a step of either tool brings: the kinds in the folder that it reads, or the chart. */
const bringsOf = async (path: string): Promise<string> => {
  const isChart = await access(join(root, path, 'Chart.yaml')).then(() => true, () => false);
  const kinds = isChart ? new Set(['chart']) : await kindsIn(join(root, path));
  const known = ['CustomResourceDefinition', 'chart', 'HelmRelease', 'EdgeTier', 'TenantDomain'].filter((kind) => kinds.has(kind));
  return known.join(' ') || `nothing known: ${[...kinds].join(' ')}`;
};

const documents = async (folder: string): Promise<readonly Manifest[]> => manifestsFrom(await yamlFilesIn(join(home, folder)));

/** The Applications that the root brings, the earliest wave first. */
const applications = async (): Promise<readonly { readonly wave: number; readonly path: string }[]> => {
  const apps = (await documents('argocd/apps')).map((app) => ({ wave: Number(valueAt(app, 'metadata', 'annotations', 'argocd.argoproj.io/sync-wave')), path: textAt(app, 'spec', 'source', 'path') ?? '' }));
  return apps.toSorted((one, other) => one.wave - other.wave);
};

/** Flux's Kustomizations by what each brings. */
const kustomizations = async (): Promise<ReadonlyMap<string, Manifest>> => {
  const all = (await documents('flux')).filter(({ kind }) => kind === 'Kustomization');
  return new Map(await Promise.all(all.map(async (one) => [await bringsOf(textAt(one.spec, 'path') ?? ''), one] as const)));
};

describe('the examples for Argo CD', () => {
  test('the root reads the folder of the Applications', async () => {
    const [rootApp] = await documents('argocd').then((all) => all.filter(({ metadata }) => metadata.name === 'tenant-edge-root'));
    expect(join(root, textAt(rootApp, 'spec', 'source', 'path') ?? '')).toBe(join(home, 'argocd', 'apps'));
  });

  test('bring definitions, the chart, tiers and tenants in waves one after the other', async () => {
    const apps = await applications();
    expect(await Promise.all(apps.map(({ path }) => bringsOf(path)))).toEqual(['CustomResourceDefinition', 'chart', 'EdgeTier', 'TenantDomain']);
    expect(apps.map(({ wave }) => wave)).toEqual([0, 1, 2, 3]);
  });

  test('try a tier that is still used again until it may go, and take up a correction meanwhile', async () => {
    const [tiers] = await documents('argocd/apps').then((all) => all.filter(({ metadata }) => metadata.name === 'tenant-edge-tiers'));
    expect(valueAt(tiers?.spec, 'syncPolicy', 'retry')).toMatchObject({ limit: -1, refresh: true });
  });

  test('all read one repository, that the user replaces', async () => {
    const sources = (await documents('argocd')).filter(({ kind }) => kind === 'Application').map((app) => textAt(app, 'spec', 'source', 'repoURL'));
    const [repository] = (await documents('flux')).filter(({ kind }) => kind === 'GitRepository');
    expect(new Set([...sources, textAt(repository, 'spec', 'url')])).toEqual(new Set(['https://git.example.com/platform/tenant-edge.git']));
    expect(await readFile(join(home, 'README.md'), 'utf8')).toContain('https://git.example.com/platform/tenant-edge.git');
  });
});

describe('the examples for Flux', () => {
  test('bring definitions, the chart, and tiers and tenants beside one another: a tier that is Stalled holds up no tenant', async () => {
    const all = await kustomizations();
    const bringer = new Map([...all].map(([brings, { metadata }]) => [metadata.name, brings]));
    const after = [...all].map(([brings, { spec }]) => [brings, listAt(spec, 'dependsOn').map((one) => bringer.get(textAt(one, 'name') ?? ''))]);
    expect(Object.fromEntries(after)).toEqual({ CustomResourceDefinition: [], HelmRelease: ['CustomResourceDefinition'], EdgeTier: ['HelmRelease'], TenantDomain: ['HelmRelease'] });
    const [release] = (await documents('flux')).filter(({ kind }) => kind === 'HelmRelease');
    expect(await bringsOf(textAt(release, 'spec', 'chart', 'spec', 'chart') ?? '')).toBe('chart');
  });

  test('wait for all but the tenants, whose customers may take days', async () => {
    const waits = [...(await kustomizations())].map(([brings, { spec }]) => [brings, valueAt(spec, 'wait') === true || listAt(spec, 'healthChecks').length > 0]);
    expect(Object.fromEntries(waits)).toEqual({ CustomResourceDefinition: true, HelmRelease: true, EdgeTier: true, TenantDomain: false });
  });

  test('read the repository that is there', async () => {
    const all = await documents('flux');
    const known = all.filter(({ kind }) => kind === 'GitRepository').map(({ metadata }) => metadata.name);
    const named = all.flatMap(({ spec }) => textAt(spec, 'sourceRef', 'name') ?? textAt(spec, 'chart', 'spec', 'sourceRef', 'name') ?? []);
    expect(new Set(named)).toEqual(new Set(known));
  });
});

describe('what the examples bring', () => {
  let controlPlane: ControlPlane;
  let helm = '';

  beforeAll(async () => {
    helm = await toolPath('helm', (line) => void process.stderr.write(`${line}\n`));
    controlPlane = await startManifestServer();
  }, startTimeoutMs);

  afterAll(() => controlPlane.stop());

  test('is accepted by a real API server, each object', async () => {
    const manifests = [...(await documents('tiers')), ...(await documents('tenants'))];
    const [namespaces, ours] = [manifests.filter(({ kind }) => kind === 'Namespace'), manifests.filter(({ kind }) => kind !== 'Namespace')];
    for (const namespace of namespaces) await controlPlane.apply(JSON.stringify(namespace));
    const refused = await Promise.all(ours.map(async (manifest) => {
      const place = manifest.metadata.namespace === undefined ? 'edgetiers' : `namespaces/${manifest.metadata.namespace}/tenantdomains`;
      const { status, body } = await controlPlane.admin.request('POST', `/apis/tenantedge.dev/v1alpha1/${place}?dryRun=All&fieldValidation=Strict`, manifest);
      return status === 201 ? [] : [`${manifest.metadata.name}: ${textAt(body, 'message') ?? String(status)}`];
    }));
    expect(refused.flat()).toEqual([]);
    expect(ours.map(({ kind }) => kind).toSorted()).toEqual(['EdgeTier', 'EdgeTier', 'TenantDomain', 'TenantDomain']);
  });

  test('refers to tiers and namespaces that come with it', async () => {
    const [tiers, tenants] = [await documents('tiers'), await documents('tenants')];
    const names = new Set([...tiers, ...tenants].map(({ kind, metadata }) => `${kind} ${metadata.name}`));
    const named = tenants.filter(({ kind }) => kind === 'TenantDomain').flatMap(({ metadata, spec }) => [`Namespace ${metadata.namespace ?? ''}`, `EdgeTier ${textAt(spec, 'tierRef', 'name') ?? ''}`]);
    expect(named.filter((name) => !names.has(name))).toEqual([]);
  });

  test('is a chart that takes the values given', async () => {
    const [app] = (await documents('argocd/apps')).filter(({ spec }) => valueAt(spec, 'source', 'helm') !== undefined);
    const [release] = (await documents('flux')).filter(({ kind }) => kind === 'HelmRelease');
    const values = [valueAt(app, 'spec', 'source', 'helm', 'valuesObject'), valueAt(release, 'spec', 'values')];
    expect(values[0]).toEqual(values[1]);
    const scratch = await mkdtemp(join(tmpdir(), 'tenant-edge-gitops-'));
    try {
      await writeFile(join(scratch, 'values.yaml'), stringify(values[0]));
      const { stdout } = await promisify(execFile)(helm, ['template', 'tenant-edge', join(root, 'helm', 'tenant-edge'), `--values=${scratch}/values.yaml`, '--namespace=tenant-edge'], { maxBuffer: 16 << 20, env: { HOME: scratch } });
      const objects = await manifestsFrom(stdout);
      const kinds = objects.map(({ kind }) => kind);
      const deployment = objects.find(({ kind }) => kind === 'Deployment');
      const [registry = ''] = (textAt(listAt(deployment?.spec, 'template', 'spec', 'containers')[0], 'image') ?? '').split('/');
      expect(registry).toBe('registry.example.com');
      expect(await readFile(join(home, 'README.md'), 'utf8')).toContain(`\`${registry}\``);
      expect(kinds).not.toContain('CustomResourceDefinition');
    } finally {
      await rm(scratch, { recursive: true, force: true });
    }
  });
});
