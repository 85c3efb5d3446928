import { readdir, readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { readConfig } from '../../src/config.ts';
import type { Config, KubernetesAccess } from '../../src/config.ts';
import { defaultRates } from '../../src/aws/rates.ts';

const installation = ['--installation-id', 'prod'];
const pod = { KUBERNETES_SERVICE_HOST: '10.96.0.1', KUBERNETES_SERVICE_PORT: '443' };

const configOf = (args: readonly string[], env: Readonly<Record<string, string>> = pod): Config => {
  const told = readConfig({ args: [...installation, ...args], env });
  if (told.is !== 'config') throw new Error(`no configuration: ${JSON.stringify(told)}`);
  return told.config;
};

const mistakesOf = (args: readonly string[], env: Readonly<Record<string, string>> = {}): readonly string[] => {
  const told = readConfig({ args, env });
  return told.is === 'mistaken' ? told.mistakes : [];
};

test('only the installation must be named: all else has a default, AWS rates those of the budget', () => {
  expect(configOf([])).toMatchObject({
    installationId: 'prod',
    kubernetes: { is: 'pod', host: '10.96.0.1', port: '443' },
    workersTenantDomain: 32,
    workersEdgeTier: 4,
    resyncMs: 36_000_000,
    fleetPollMs: 600_000,
    certificatesPerYear: 5_000,
    groupLingerMs: 3_600_000,
    passDeadlineMs: 300_000,
    gracefulMs: 25_000,
    metricsPort: 8080,
    healthPort: 8081,
    logLevel: 'info',
    rates: defaultRates,
  });
  expect(configOf([])).not.toHaveProperty('dnsServers');
});

test('an option is a flag, or an environment variable of its name, and the flag wins', () => {
  const env = { ...pod, TENANT_EDGE_LOG_LEVEL: 'debug', TENANT_EDGE_RATE_ACM_LIST_CERTIFICATES: '8', TENANT_EDGE_FLEET_POLL: '' };
  expect(configOf(['--log-level', 'warn', '--dns-servers=10.0.0.10:53,[fd00::10]:5353', '--rate-cloudfront-mutate', '0.5'], env)).toMatchObject({
    logLevel: 'warn',
    dnsServers: ['10.0.0.10:53', '[fd00::10]:5353'],
    fleetPollMs: 600_000,
    rates: { ...defaultRates, 'acm.ListCertificates': 8, 'cloudfront.mutate': 0.5 },
  });
});

test('all mistakes are told at once, one line for each, with where it stands and what is allowed', () => {
  const args = ['--workers-edge-tier', '0', '--resync=soon', '--wokers', '3', 'extra', '--graceful', '2s', '--graceful', '3s', '--log-level'];
  expect(mistakesOf(args, { TENANT_EDGE_METRICS_PORT: 'tcp://10.0.0.1:8080' })).toEqual([
    '--wokers is unknown: see --help',
    '"3" is no option',
    '"extra" is no option',
    '--graceful is given twice',
    '--log-level needs a value',
    '--installation-id (or TENANT_EDGE_INSTALLATION_ID) is required: Tells our AWS resources from those of other installations in the account; never to be changed.',
    '--workers-edge-tier "0" is not within 1 to 256',
    '--resync "soon" is no duration like 500ms, 30s, 10m or 10h',
    'TENANT_EDGE_METRICS_PORT "tcp://10.0.0.1:8080" is no number from 0 to 65535',
  ]);
});

test.each<{ name: string; args: readonly string[]; mistake: string }>([
  { name: 'an installation with capitals', args: ['--installation-id', 'Prod'], mistake: '--installation-id "Prod" is not lower-case' },
  { name: 'an installation of 64 characters', args: ['--installation-id', 'a'.repeat(64)], mistake: 'is not lower-case' },
  { name: 'an installation that ends with a hyphen', args: ['--installation-id', 'prod-'], mistake: 'is not lower-case' },
  { name: 'an empty installation', args: ['--installation-id', ''], mistake: '--installation-id "" is not lower-case' },
  { name: 'a duration without a unit', args: ['--graceful', '25'], mistake: '--graceful "25" is no duration' },
  { name: 'a duration that is too short', args: ['--resync', '500ms'], mistake: '--resync "500ms" is not within 10m to 168h' },
  { name: 'a duration that is too long', args: ['--resync', '169h'], mistake: '--resync "169h" is not within 10m to 168h' },
  { name: 'a deadline after which the alert on stuck passes has long called', args: ['--pass-deadline', '10m'], mistake: '--pass-deadline "10m" is not within 30s to 9m' },
  { name: 'a negative number', args: ['--workers-edge-tier=-1'], mistake: '--workers-edge-tier "-1" is no number from 1 to 256' },
  { name: 'a fraction of a worker', args: ['--workers-edge-tier', '1.5'], mistake: '--workers-edge-tier "1.5" is no number from 1 to 256' },
  { name: 'a rate of zero', args: ['--rate-wafv2-read', '0'], mistake: '--rate-wafv2-read "0" is not within 0.01 to 1000' },
  { name: 'a port above the last', args: ['--health-port', '65536'], mistake: '--health-port "65536" is not within 0 to 65535' },
  { name: 'another level', args: ['--log-level', 'loud'], mistake: '--log-level "loud" is none of error, warn, info, debug' },
  { name: 'a resolver by name', args: ['--dns-servers', '10.0.0.1:53,dns.example.com:53'], mistake: '--dns-servers "10.0.0.1:53,dns.example.com:53" has "dns.example.com:53", which is no IP address with a port' },
  { name: 'a resolver without a port', args: ['--dns-servers', '10.0.0.1'], mistake: 'has "10.0.0.1", which is no IP address with a port' },
  { name: 'an IPv6 resolver without brackets', args: ['--dns-servers', 'fd00::10:53'], mistake: 'is no IP address with a port' },
  { name: 'a flag whose value is the next flag', args: ['--context', '--log-level'], mistake: '--context needs a value' },
])('$name is a mistake', ({ args, mistake }) => {
  expect(mistakesOf(args).join('\n')).toContain(mistake);
});

test.each<{ name: string; args?: readonly string[]; env: Readonly<Record<string, string>>; want: KubernetesAccess }>([
  { name: 'the flag comes first', args: ['--kubeconfig', '/a:/b', '--context', 'blue'], env: { ...pod, KUBECONFIG: '/c' }, want: { is: 'kubeconfig', files: ['/a', '/b'], context: 'blue' } },
  { name: 'then KUBECONFIG', env: { ...pod, KUBECONFIG: ':/c:/d' }, want: { is: 'kubeconfig', files: ['/c', '/d'] } },
  { name: "then the pod's ServiceAccount", env: { ...pod, HOME: '/home/me' }, want: { is: 'pod', host: '10.96.0.1', port: '443' } },
  { name: "then the file in the user's home", env: { HOME: '/home/me' }, want: { is: 'kubeconfig', files: ['/home/me/.kube/config'] } },
  { name: 'a context is one of a file, also in a pod', args: ['--context', 'blue'], env: { ...pod, HOME: '/home/me' }, want: { is: 'kubeconfig', files: ['/home/me/.kube/config'], context: 'blue' } },
])('the API server is looked for in order: $name', ({ args = [], env, want }) => {
  expect(configOf(args, env).kubernetes).toEqual(want);
});

test('help lists every option with its variable, range and default, whatever else is wrong', () => {
  const told = readConfig({ args: ['--help', '--wokers'], env: {} });
  const text = told.is === 'help' ? told.text : '';
  expect(text).toContain(
    [
      '  --workers-tenant-domain <count>   TENANT_EDGE_WORKERS_TENANT_DOMAIN',
      '      TenantDomains worked on at once. They wait for AWS most of the time.',
      '      1 to 256; default 32',
    ].join('\n'),
  );
  expect(text).toMatch(/--installation-id .*\n.*\n.*; required/);
  expect(text).toMatch(/--context .*\n.*\n.*; not set by default/);
});

test('nothing else of the program reads the environment', async () => {
  const root = new URL('../../', import.meta.url);
  const files = await Promise.all(['src', 'reconcilers', 'crds'].map(async (floor) => (await readdir(new URL(floor, root), { recursive: true })).map((file) => `${floor}/${file}`)));
  const sources = files.flat().filter((file) => file.endsWith('.ts') && file !== 'src/config.ts' && file !== 'crds/generate.ts');
  const readers = await Promise.all(sources.map(async (file) => ((await readFile(new URL(file, root), 'utf8')).includes('process.env') ? [file] : [])));
  expect({ some: sources.length > 10, readers: readers.flat() }).toEqual({ some: true, readers: [] });
});
