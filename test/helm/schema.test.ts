import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openRenderer, type Renderer, valuesOf } from './chart.ts';

let renderer: Renderer;
beforeAll(async () => {
  renderer = await openRenderer();
});
afterAll(() => renderer.close());

type Row = { readonly name: string; readonly because: string; readonly given: Readonly<Record<string, unknown>>; readonly want: string };

// As written by a person in a file of values.
const rows: readonly Row[] = [
  { name: 'no installation id', because: 'the process cannot start', given: { installationId: '' }, want: 'installationId is required: a name like main that tells our AWS resources from those of other installations in the account' },
  { name: 'an installation id with capitals', because: 'it is part of names in AWS', given: { installationId: 'Main' }, want: "at '/installationId': 'Main' does not match pattern" },
  { name: 'an installation id that YAML reads as a number', because: 'quotes were forgotten', given: { installationId: 7 }, want: "at '/installationId': got number, want string" },
  { name: 'a value nobody knows', because: 'a typing error must not be silent', given: { replicaCount: 3 }, want: "at '': additional properties 'replicaCount' not allowed" },
  { name: 'a value nobody knows, further in', because: 'a typing error must not be silent', given: { controller: { resyncs: '10h' } }, want: "at '/controller': additional properties 'resyncs' not allowed" },
  { name: 'text for a number', because: 'three is not 3', given: { replicas: 'three' }, want: "at '/replicas': got string, want integer" },
  { name: 'more replicas than anybody needs', because: 'each fills its caches', given: { replicas: 11 }, want: "at '/replicas': maximum: got 11, want 10" },
  { name: 'a duration without a unit', because: 'it would be seconds or minutes', given: { controller: { resync: '10' } }, want: "at '/controller/resync': '10' does not match pattern" },
  { name: 'a duration as a number', because: 'it would be seconds or minutes', given: { controller: { resync: 10 } }, want: "at '/controller/resync': got number, want string" },
  { name: 'a duration that is too short', because: 'AWS would be asked all the time', given: { controller: { resync: '5m' } }, want: 'controller.resync is 5m, and has to be from 10m to 168h' },
  { name: 'a duration that is too short in another unit', because: 'units are compared too', given: { controller: { resync: '599999ms' } }, want: 'controller.resync is 599999ms, and has to be from 10m to 168h' },
  { name: 'a rate as text that is too high', because: '--set makes text of numbers with a fraction', given: { controller: { rates: { wafv2Read: '1000.5' } } }, want: 'controller.rates.wafv2Read is 1000.5, and has to be from 0.01 to 1000' },
  { name: 'a resolver by name', because: 'a resolver would be needed to find it', given: { controller: { dnsServers: ['dns.example:53'] } }, want: "at '/controller/dnsServers/0': 'dns.example:53' does not match pattern" },
  { name: 'a resolver without a port', because: 'the process wants one', given: { controller: { dnsServers: ['10.0.0.10'] } }, want: "at '/controller/dnsServers/0': '10.0.0.10' does not match pattern" },
  { name: 'an unknown log level', because: 'the process knows four', given: { controller: { logLevel: 'verbose' } }, want: "at '/controller/logLevel': value must be one of 'error', 'warn', 'info', 'debug'" },
  { name: 'half a digest', because: 'it would name nothing', given: { image: { digest: 'sha256:abc' } }, want: "at '/image/digest': 'sha256:abc' does not match pattern" },
  { name: 'an image with its tag in the repository', because: 'the tag is a value of its own', given: { image: { repository: 'tenant-edge:1' } }, want: "at '/image/repository': 'tenant-edge:1' does not match pattern" },
  { name: 'a role by its name', because: 'IRSA wants the ARN', given: { aws: { roleArn: 'tenant-edge' } }, want: "at '/aws/roleArn': 'tenant-edge' does not match pattern" },
  { name: 'an endpoint without a scheme', because: 'the SDK wants a URL', given: { aws: { endpoints: { acm: 'acm.example' } } }, want: "at '/aws/endpoints/acm': 'acm.example' does not match pattern" },
  { name: 'a port below 1024', because: 'nobody but root may listen there', given: { metrics: { port: 80 } }, want: "at '/metrics/port': minimum: got 80, want 1,024" },
  { name: 'the same port twice', because: 'the second to listen would fail', given: { metrics: { port: 8081 } }, want: 'metrics.port and probes.port are both 8081' },
  { name: 'no port of the API server', because: 'the rule would let everything out', given: { networkPolicy: { apiServer: { ports: null } } }, want: 'networkPolicy.apiServer needs cidrs and ports' },
  { name: 'root', because: 'Pod Security refuses it', given: { podSecurityContext: { runAsUser: 0 } }, want: "at '/podSecurityContext/runAsUser': minimum: got 0, want 1" },
  { name: 'a weaker security context', because: 'there is no choice in that', given: { podSecurityContext: { runAsNonRoot: false } }, want: "at '/podSecurityContext': additional properties 'runAsNonRoot' not allowed" },
  { name: 'a memory limit that is no quantity', because: 'the heap is computed from it', given: { resources: { limits: { memory: '512MB' } } }, want: "at '/resources/limits/memory': '512MB' does not match pattern" },
  { name: 'less time to end than to finish', because: 'the kubelet would kill a process that is finishing its work', given: { terminationGracePeriodSeconds: 25 }, want: 'terminationGracePeriodSeconds is 25, and has to be more than controller.graceful, 25s' },
  { name: 'two that do not elect', because: 'both would act', given: { controller: { leaderElection: { enabled: false } } }, want: 'replicas is 2 without controller.leaderElection.enabled' },
  { name: 'a share over all', because: 'there are no more than 100 %', given: { podDisruptionBudget: { maxUnavailable: '150%' } }, want: "at '/podDisruptionBudget/maxUnavailable': '150%' does not match pattern" },
  { name: 'an unknown way to spread', because: 'Kubernetes has two', given: { topologySpread: { zone: 'Sometimes' } }, want: "at '/topologySpread/zone': value must be one of 'ScheduleAnyway', 'DoNotSchedule', 'None'" },
  { name: 'a peer that is none', because: 'the API server would refuse it only when it is applied', given: { networkPolicy: { metricsFrom: [{ namespace: 'monitoring' }] } }, want: "at '/networkPolicy/metricsFrom/0': additional properties 'namespace' not allowed" },
  { name: 'no address of the API server', because: 'the controller would reach none', given: { networkPolicy: { apiServer: { cidrs: [] } } }, want: "at '/networkPolicy/apiServer/cidrs': minItems: got 0, want 1" },
  { name: 'an option of the controller as a variable', because: 'there is a value for it', given: { extraEnv: [{ name: 'TENANT_EDGE_RESYNC', value: '1h' }] }, want: 'extraEnv has TENANT_EDGE_RESYNC, which the chart sets from values of its own' },
  { name: 'Node options as a variable', because: 'the heap is in them', given: { extraEnv: [{ name: 'NODE_OPTIONS', value: '--inspect' }] }, want: 'extraEnv has NODE_OPTIONS, which the chart sets from values of its own' },
  { name: 'a ServiceMonitor without its Service', because: 'it would find no pods', given: { metrics: { service: { enabled: false }, serviceMonitor: { enabled: true } } }, want: 'metrics.serviceMonitor.enabled needs metrics.service.enabled' },
  { name: 'alerts on a job that nobody scrapes', because: 'TenantEdgeDown would never fall silent', given: { metrics: { prometheusRule: { enabled: true } } }, want: 'metrics.prometheusRule.enabled without metrics.serviceMonitor.enabled needs metrics.prometheusRule.job' },
  { name: 'a scrape that may take longer than the next one is away', because: 'the Prometheus operator would leave the ServiceMonitor out', given: { metrics: { serviceMonitor: { enabled: true, interval: '500ms', scrapeTimeout: '1s' } } }, want: 'metrics.serviceMonitor.scrapeTimeout is 1s, and has to be at most the interval, 500ms' },
  { name: 'a scrape of as many seconds as the next one is away, and a minute', because: 'parts of a duration are added up', given: { metrics: { serviceMonitor: { enabled: true, interval: '30s', scrapeTimeout: '1m30s' } } }, want: 'metrics.serviceMonitor.scrapeTimeout is 1m30s, and has to be at most the interval, 30s' },
  { name: 'a name that begins with a digit', because: 'a Service cannot have it', given: { fullnameOverride: '4edge' }, want: '4edge is no name for a Service' },
  { name: 'a name with a dot', because: 'a Service cannot have it', given: { nameOverride: 'edge.eu' }, want: 'tenant-edge-edge.eu is no name for a Service' },
  { name: 'a label that Kubernetes refuses', because: 'no object would be made', given: { commonLabels: { team: 'not allowed' } }, want: "at '/commonLabels/team': 'not allowed' does not match pattern" },
];

// What an installation may rest on.
const taken: readonly Omit<Row, 'want'>[] = [
  { name: 'a part of a name that begins with a digit', because: 'the whole begins with a letter, and pods are selected by the part', given: { nameOverride: '4edge' } },
  { name: 'a name that no Service can have', because: 'there is no Service', given: { fullnameOverride: '4edge.eu', metrics: { service: { enabled: false } } } },
  { name: 'a scrape of any length', because: 'nobody is told to scrape', given: { metrics: { serviceMonitor: { interval: '5s' } } } },
  { name: 'a duration of two units', because: 'Prometheus takes it', given: { metrics: { serviceMonitor: { enabled: true, interval: '1m30s', scrapeTimeout: '1m15s' } } } },
];

describe('the chart', () => {
  test.each(taken)('takes $name: $because', async ({ given }) => {
    expect(await renderer.attempt({ ...valuesOf('default'), ...given })).toMatchObject({ code: 0, stderr: '' });
  });

  test.each(rows)('refuses $name: $because', async ({ given, want }) => {
    const { code, stderr } = await renderer.attempt({ ...valuesOf('default'), ...given });
    expect({ code, says: stderr.includes(want) ? want : stderr }).toEqual({ code: 1, says: want });
  });

  test('says all that is wrong at once', async () => {
    const { stderr } = await renderer.attempt({ installationId: 'Main', replicas: 'three', unknown: true });
    expect(stderr.match(/^- at /gm)).toHaveLength(3);
  });

  test('takes what helm gives to a chart that another depends on', async () => {
    expect(await renderer.attempt({ ...valuesOf('default'), enabled: true, global: { region: 'eu' } })).toMatchObject({ code: 0 });
  });

  test('takes a rate as --set makes it', async () => {
    const { stdout } = await renderer.attempt(valuesOf('default'), ['--set', 'controller.rates.wafv2Mutate=0.5']);
    expect(stdout).toContain('--rate-wafv2-mutate=0.5\n');
  });
});
