import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { defaultRates } from './aws/rates.ts';
import type { Rates } from './aws/rates.ts';
import { decimal, duration, listOf, matching, oneOf, socketAddress, wholeNumber } from './option-types.ts';
import { describeOptions, readOptions } from './options.ts';
import type { Origin, ValuesOf } from './options.ts';
import { logLevels } from './telemetry/log.ts';

const label = matching({
  word: 'label',
  range: 'lower-case letters, digits and hyphens, a letter or digit at both ends, at most 63',
  pattern: /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/,
});
const text = matching({ word: 'text', range: 'not empty', pattern: /\S/ });
const port = wholeNumber('port', 0, 65_535);
const workers = wholeNumber('count', 1, 256);
const certificates = wholeNumber('count', 1, 10_000_000);
const callsPerSecond = decimal('calls/s', 0.01, 1_000);

/** The rate of calls of one class. Raising the quota at AWS comes first: above it, calls are throttled and the class slows down. */
const rate = (flag: string, what: string, perSecond: number) => ({
  flag, type: callsPerSecond, default: String(perSecond), description: `The most ${what} sent to AWS in a second.`,
});

/** All options there are: the only list of them. Flags and variables are an API, like the CRDs. */
const table = {
  installationId: { flag: 'installation-id', type: label, required: true, description: 'Tells our AWS resources from those of other installations in the account; never to be changed.' },
  kubeconfig: { flag: 'kubeconfig', type: listOf(text, delimiter), required: false, description: "Kubeconfig files; else those of KUBECONFIG, else the pod's ServiceAccount, else ~/.kube/config." },
  context: { flag: 'context', type: text, required: false, description: 'Context of the kubeconfig; else its current one.' },
  dnsServers: { flag: 'dns-servers', type: listOf(socketAddress, ','), required: false, description: "Resolvers to ask for customers' records; else the machine's own." },
  leaderElection: { flag: 'leader-election', type: oneOf('word', ['on', 'off']), default: 'on', description: 'Whether a Lease says which of several replicas works. Off is for one that nobody starts twice.' },
  leaseDurationMs: { flag: 'lease-duration', type: duration('5s', '5m'), default: '30s', description: 'How long a replica that died keeps another from working. A third of it is the longest that one call to AWS, or one change in Kubernetes, may take.' },
  leaseNamespace: { flag: 'lease-namespace', type: label, default: 'tenant-edge', description: 'Namespace of the Lease, which is called tenant-edge-<installation-id>.' },
  workersTenantDomain: { flag: 'workers-tenant-domain', type: workers, default: '32', description: 'TenantDomains worked on at once. They wait for AWS most of the time.' },
  workersEdgeTier: { flag: 'workers-edge-tier', type: workers, default: '4', description: 'EdgeTiers worked on at once.' },
  resyncMs: { flag: 'resync', type: duration('10m', '168h'), default: '10h', description: 'How often an object at rest is compared with AWS itself.' },
  fleetPollMs: { flag: 'fleet-poll', type: duration('30s', '6h'), default: '10m', description: "How often AWS's lists are read, and so how soon drift is seen." },
  passDeadlineMs: { flag: 'pass-deadline', type: duration('30s', '9m'), default: '5m', description: 'When a look at one object is broken off.' },
  gracefulMs: { flag: 'graceful', type: duration('1s', '10m'), default: '25s', description: "How long work under way may go on after SIGTERM; shorter than the pod's grace period." },
  certificatesPerYear: { flag: 'acm-certificates-per-year', type: certificates, default: '5000', description: "How many certificates ACM grants the account in 365 days: the last of them are kept for tenants that serve." },
  groupLingerMs: { flag: 'connection-group-linger', type: duration('1s', '168h'), default: '1h', description: "How long a connection group taken out of a tier is kept after the last sight of a use: as long as customers' records may be cached." },
  cloudFrontReads: rate('rate-cloudfront-read', 'CloudFront reads', defaultRates['cloudfront.read']),
  cloudFrontMutations: rate('rate-cloudfront-mutate', 'CloudFront changes', defaultRates['cloudfront.mutate']),
  acmRequestCertificate: rate('rate-acm-request-certificate', 'RequestCertificate calls', defaultRates['acm.RequestCertificate']),
  acmDescribeCertificate: rate('rate-acm-describe-certificate', 'DescribeCertificate calls', defaultRates['acm.DescribeCertificate']),
  acmDeleteCertificate: rate('rate-acm-delete-certificate', 'DeleteCertificate calls', defaultRates['acm.DeleteCertificate']),
  acmListCertificates: rate('rate-acm-list-certificates', 'ListCertificates calls', defaultRates['acm.ListCertificates']),
  acmListTags: rate('rate-acm-list-tags', 'ListTagsForCertificate calls', defaultRates['acm.ListTagsForCertificate']),
  acmAddTags: rate('rate-acm-add-tags', 'AddTagsToCertificate calls', defaultRates['acm.AddTagsToCertificate']),
  acmSearchCertificates: rate('rate-acm-search-certificates', 'SearchCertificates calls', defaultRates['acm.SearchCertificates']),
  wafv2Reads: rate('rate-wafv2-read', 'WAF reads', defaultRates['wafv2.read']),
  wafv2Mutations: rate('rate-wafv2-mutate', 'WAF changes', defaultRates['wafv2.mutate']),
  metricsPort: { flag: 'metrics-port', type: port, default: '8080', description: 'Port of /metrics; 0 takes a free one.' },
  healthPort: { flag: 'health-port', type: port, default: '8081', description: 'Port of /livez and /readyz; 0 takes a free one.' },
  logLevel: { flag: 'log-level', type: oneOf('level', logLevels), default: 'info', description: 'The most talkative level of log lines that are written.' },
} as const;

/** Where the API server is found: in kubeconfig files, the first of them winning, or as a pod finds it. */
export type KubernetesAccess =
  | { readonly is: 'kubeconfig'; readonly files: readonly [string, ...string[]]; readonly context?: string }
  | { readonly is: 'pod'; readonly host: string; readonly port: string };

type Values = ValuesOf<typeof table>;

/** What the process was told to do. Times are milliseconds, rates calls a second, ports 0 where a free one shall be taken. */
export type Config = Pick<
  Values,
  | 'installationId' | 'dnsServers' | 'leaderElection' | 'leaseDurationMs' | 'leaseNamespace' | 'workersTenantDomain' | 'workersEdgeTier' | 'resyncMs' | 'fleetPollMs' | 'passDeadlineMs' | 'gracefulMs' | 'certificatesPerYear' | 'groupLingerMs'
  | 'metricsPort' | 'healthPort' | 'logLevel'
> & { readonly kubernetes: KubernetesAccess; readonly rates: Rates };

/** The configuration, the text that was asked for, or every mistake in one line each. */
export type Told =
  | { readonly is: 'config'; readonly config: Config }
  | { readonly is: 'help'; readonly text: string }
  | { readonly is: 'mistaken'; readonly mistakes: readonly string[] };

/** Reads flags and environment, by default this process's own: nothing else of the program reads them (the AWS SDK reads its own AWS_ variables). */
export const readConfig = (origin: Origin = { args: process.argv.slice(2), env: process.env }): Told => {
  const given = readOptions(table, origin);
  if (given.is === 'values') return { is: 'config', config: configFrom(given.values, origin.env) };
  return given.is === 'help' ? { is: 'help', text: help } : given;
};

const help = [
  'Tenant Edge: puts every customer of a SaaS platform on their own domain with AWS CloudFront SaaS Manager.',
  '',
  'Every option is a flag and an environment variable; the flag wins. AWS credentials and endpoints are found as the AWS SDK does.',
  '',
  describeOptions(table),
  '',
].join('\n');

const configFrom = (values: Values, env: Origin['env']): Config => {
  const { kubeconfig, context, ...rest } = values;
  return {
    ...rest,
    kubernetes: accessFrom(kubeconfig, context, env),
    rates: {
      'cloudfront.read': values.cloudFrontReads,
      'cloudfront.mutate': values.cloudFrontMutations,
      'acm.RequestCertificate': values.acmRequestCertificate,
      'acm.DescribeCertificate': values.acmDescribeCertificate,
      'acm.DeleteCertificate': values.acmDeleteCertificate,
      'acm.ListCertificates': values.acmListCertificates,
      'acm.ListTagsForCertificate': values.acmListTags,
      'acm.AddTagsToCertificate': values.acmAddTags,
      'acm.SearchCertificates': values.acmSearchCertificates,
      'wafv2.read': values.wafv2Reads,
      'wafv2.mutate': values.wafv2Mutations,
    },
  };
};

/** As kubectl looks for it, but the pod's own ServiceAccount comes before a file that happens to be in the image. */
const accessFrom = (kubeconfig: Values['kubeconfig'], context: string | undefined, env: Origin['env']): KubernetesAccess => {
  const chosen = context === undefined ? {} : { context };
  const [first, ...others] = kubeconfig ?? env['KUBECONFIG']?.split(delimiter).filter((file) => file !== '') ?? [];
  if (first !== undefined) return { is: 'kubeconfig', files: [first, ...others], ...chosen };
  const { KUBERNETES_SERVICE_HOST: host, KUBERNETES_SERVICE_PORT: podPort } = env;
  if (context === undefined && host !== undefined && podPort !== undefined) return { is: 'pod', host, port: podPort };
  return { is: 'kubeconfig', files: [join(env['HOME'] ?? homedir(), '.kube', 'config')], ...chosen };
};
