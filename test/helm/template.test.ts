import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import packageFile from '../../package.json' with { type: 'json' };
import { listAt, textAt, valueAt } from '../environment/control-plane/json.ts';
import { chartFile, objectOf, objectsIn, openRenderer, type Renderer, textsExcept, valuesOf, withValue } from './chart.ts';

// Compared with their sources.
const elsewhere = ['crds', 'prometheusrule', 'dashboard'];

const sets = ['default', 'minimal', 'full'] as const;

let renderer: Renderer;
beforeAll(async () => {
  renderer = await openRenderer();
});
afterAll(() => renderer.close());

describe.each(sets)('the chart with %s values', (set) => {
  test('renders what was read and agreed to', async () => {
    await expect(textsExcept(await renderer.text(valuesOf(set)), elsewhere)).toMatchFileSnapshot(`golden/${set}.yaml`);
  });

  test('has nothing that helm lint --strict minds', async () => {
    expect(await renderer.lint(valuesOf(set))).toMatchObject({ code: 0, stderr: '' });
  });
});

describe('the chart', () => {
  test('has the version of the controller', () => {
    const { version, appVersion } = parse(chartFile('Chart.yaml'));
    expect({ version, appVersion }).toEqual({ version: packageFile.version, appVersion: packageFile.version });
  });

  test('gives out rules and dashboard as they are in files/, the rules with the job, else the name of its Service, and the address of the runbook', async () => {
    const objects = objectsIn(await renderer.text(valuesOf('full')));
    const rules = (job: string): unknown => parse(chartFile('files/alerts.yaml').replaceAll('tenant-edge-metrics', job).replaceAll('docs/runbook.md', 'https://runbooks.example/edge').replaceAll('3 * 600', '3 * 300'));
    expect(objectOf(objects, 'PrometheusRule')['spec']).toEqual(rules('platform/edge'));
    const ours = objectsIn(await renderer.text(withValue(valuesOf('full'), ['metrics', 'prometheusRule', 'job'], '')));
    expect(objectOf(ours, 'PrometheusRule')['spec']).toEqual(rules('edge-of-platform-metrics'));
    expect(objectOf(objects, 'Service').metadata.name).toBe('edge-of-platform-metrics');
    expect(JSON.parse(textAt(objectOf(objects, 'ConfigMap'), 'data', 'tenant-edge.json') ?? '')).toEqual(JSON.parse(chartFile('files/dashboard.json')));
  });

  test('never lets helm delete a CustomResourceDefinition, and leaves them to others where told', async () => {
    const [by, without] = await Promise.all([true, false].map(async (install) => {
      const objects = objectsIn(await renderer.text(withValue(valuesOf('default'), ['crds', 'install'], install)));
      return objects.filter(({ kind }) => kind === 'CustomResourceDefinition').map((crd) => [crd.metadata.name, valueAt(crd, 'metadata', 'annotations', 'helm.sh/resource-policy')]);
    }));
    expect(by).toEqual([['edgetiers.tenantedge.dev', 'keep'], ['tenantdomains.tenantedge.dev', 'keep']]);
    expect(without).toEqual([]);
  });

  test.each([
    { fleetPoll: '30s', window: '[20m]', oldest: '3 * 30' },
    { fleetPoll: '20m', window: '[20m]', oldest: '3 * 1200' },
    { fleetPoll: '6h', window: '[21600s]', oldest: '3 * 21600' },
  ])('looks back over $window where the lists are read every $fleetPoll, and calls them old after $oldest seconds', async ({ fleetPoll, window, oldest }) => {
    const values = withValue(valuesOf('full'), ['controller', 'fleetPoll'], fleetPoll);
    const rules = JSON.stringify(objectOf(objectsIn(await renderer.text(values)), 'PrometheusRule')['spec']);
    expect(new Set(rules.match(/(?<=max_over_time\([^[]*)\[\w+\]/g))).toEqual(new Set([window]));
    expect(rules.match(/3 \* \d+/g)).toEqual([oldest]);
  });

  const images = [
    { name: 'the version of the chart', given: {}, want: `tenant-edge:${packageFile.version}` },
    { name: 'a registry with a port', given: { registry: 'registry.example:5000' }, want: `registry.example:5000/tenant-edge:${packageFile.version}` },
    { name: 'another tag', given: { tag: 'next' }, want: 'tenant-edge:next' },
    { name: 'a digest without the tag, which it need not be', given: { digest: `sha256:${'a'.repeat(64)}` }, want: `tenant-edge@sha256:${'a'.repeat(64)}` },
    { name: 'a digest and the tag that people gave it', given: { tag: 'next', digest: `sha256:${'a'.repeat(64)}` }, want: `tenant-edge:next@sha256:${'a'.repeat(64)}` },
  ];
  test.each(images)('runs the image of $name', async ({ given, want }) => {
    const deployment = objectOf(objectsIn(await renderer.text({ ...valuesOf('default'), image: given })), 'Deployment');
    expect(textAt(listAt(deployment, 'spec', 'template', 'spec', 'containers')[0], 'image')).toBe(want);
  });

  const heaps = [
    { limit: '512Mi', percent: 70, want: '--max-old-space-size=358' },
    { limit: '1Gi', percent: 75, want: '--max-old-space-size=768' },
    { limit: '1.5Gi', percent: 70, want: '--max-old-space-size=1075' },
    { limit: '1G', percent: 70, want: '--max-old-space-size=667' },
    { limit: 536_870_912, percent: 50, want: '--max-old-space-size=256' },
  ];
  test.each(heaps)('gives Node $percent % of a limit of $limit', async ({ limit, percent, want }) => {
    const values = { ...valuesOf('default'), resources: { limits: { memory: limit } }, heapPercent: percent };
    const deployment = objectOf(objectsIn(await renderer.text(values)), 'Deployment');
    expect(listAt(listAt(deployment, 'spec', 'template', 'spec', 'containers')[0], 'env')).toContainEqual({ name: 'NODE_OPTIONS', value: want });
  });

  test('lets nobody in, and nothing out, where a list of peers is empty', async () => {
    const networkPolicy = { metricsFrom: [], dnsTo: [], awsCidrs: [] };
    const { spec } = objectOf(objectsIn(await renderer.text({ ...valuesOf('default'), networkPolicy })), 'NetworkPolicy');
    expect(listAt(spec, 'ingress')).toEqual([{ ports: [{ port: 'health' }] }]);
    expect(listAt(spec, 'egress').map((rule) => valueAt(rule, 'ports'))).toEqual([[{ port: 443 }, { port: 6443 }]]);
  });

  test('lets DNS out on port 53 alone where no port is named, as with values from before there was a choice', async () => {
    const { spec } = objectOf(objectsIn(await renderer.text(withValue(valuesOf('default'), ['networkPolicy', 'dnsPorts'], null))), 'NetworkPolicy');
    expect(valueAt(listAt(spec, 'egress')[0], 'ports')).toEqual([{ port: 53, protocol: 'UDP' }, { port: 53, protocol: 'TCP' }]);
  });

  test('is known by its release where that is called like a number, and wants another name there: a Service has to begin with a letter', async () => {
    expect((await renderer.attempt(valuesOf('default'), [], '42')).stderr).toContain('42-tenant-edge is no name for a Service');
    const { stdout } = await renderer.attempt({ ...valuesOf('default'), fullnameOverride: 'edge' }, [], '42');
    expect(valueAt(objectOf(objectsIn(stdout), 'Service'), 'spec', 'selector')).toEqual({ 'app.kubernetes.io/name': 'tenant-edge', 'app.kubernetes.io/instance': '42' });
  });

  test('keeps the labels that select its pods, whatever others are wanted', async () => {
    const given = { 'app.kubernetes.io/name': 'mine', 'app.kubernetes.io/instance': 'mine', team: 'platform' };
    const deployment = objectOf(objectsIn(await renderer.text({ ...valuesOf('default'), commonLabels: given, podLabels: given })), 'Deployment');
    expect(valueAt(deployment, 'spec', 'template', 'metadata', 'labels')).toMatchObject({ ...(valueAt(deployment, 'spec', 'selector', 'matchLabels') as object), team: 'platform' });
    expect(valueAt(deployment, 'spec', 'selector', 'matchLabels')).toEqual({ 'app.kubernetes.io/name': 'tenant-edge', 'app.kubernetes.io/instance': 'tenant-edge' });
  });

  test.each([
    { version: 'v1.31.9', is: 'too old', code: 1 },
    { version: 'v1.32.0', is: 'new enough', code: 0 },
    { version: 'v1.32.3-eks-4096722', is: "new enough, as a vendor's", code: 0 },
  ])('finds Kubernetes $version $is', async ({ version, code }) => {
    expect(await renderer.attempt(valuesOf('default'), ['--kube-version', version])).toMatchObject({ code });
  });

  test.each([
    { name: 'of missing credentials', values: {}, want: true },
    { name: 'of no missing credentials with IRSA', values: { aws: { roleArn: 'arn:aws:iam::123456789012:role/edge' } }, want: false },
    { name: 'of no missing credentials with Pod Identity', values: { aws: { podIdentity: true } }, want: false },
  ])('tells whoever installed it $name', async ({ values, want }) => {
    const notes = await renderer.notes({ ...valuesOf('default'), ...values });
    expect(notes).toContain('Tenant Edge 0.1.0 runs in namespace tenant-edge as installation "main", with 2 replicas.');
    expect(notes.includes('No AWS credentials are named')).toBe(want);
  });
});
