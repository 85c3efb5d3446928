import type { FleetChange } from '../../src/aws/fleet.ts';
import { createMetrics } from '../../src/telemetry/metrics.ts';
import { priorities } from '../../src/runtime/priorities.ts';
import { createVirtualClock } from '../virtual-clock.ts';
import { familiesOf, type Family } from './families.ts';

const noneInLine = Object.fromEntries(Object.values(priorities).map((priority) => [priority, 0])) as Record<(typeof priorities)[keyof typeof priorities], number>;

/** Those sources of the fleet that AWS lists: all but the distributions, which are read one by one. */
const lists: Readonly<Record<Exclude<FleetChange['source'], 'blueprints'>, true>> = { tenants: true, certificates: true, renewals: true, connectionGroups: true, webAcls: true, ipSets: true };

/** The metrics as a process shows them when it starts, made without one. */
const startPage = async (): Promise<string> => {
  const clock = createVirtualClock();
  const metrics = createMetrics({ clock, host: 'HOST', lease: 'LEASE', limits: { CertificatesPerYear: 5_000 }, version: 'VERSION' });
  for (const controller of ['edgetier', 'tenantdomain']) metrics.controllers.watch({ controller, workers: 1, depth: () => noneInLine, runningMs: () => [] });
  for (const kind of ['edgetiers', 'namespaces', 'tenantdomains']) metrics.caches.watch({ kind, reasons: ['start', 'expired', 'rejected', 'failing'], lastHeardAt: clock.now, size: () => 0 });
  metrics.caches.watchLists(Object.keys(lists).map((source) => ({ source, staleSince: clock.now })));
  metrics.outside.kubernetesRequest({ method: 'GET', code: 200, ms: 1 });
  const { body } = await metrics.page();
  metrics.close();
  return body;
};

/** Every metric there is. */
export const documentedFamilies = async (): Promise<readonly Family[]> => familiesOf(await startPage());

// Values that differ from one installation to another, or that are too many to read.
const open = new Set(['host', 'name', 'version', 'node', 'code', 'method']);
const mostValues = 9;

const labelText = ([label, values]: readonly [string, readonly string[]]): string =>
  open.has(label) || values.length > mostValues ? `\`${label}\`` : `\`${label}\`: ${values.join(', ')}`;

const rowOf = ({ name, type, help, labels }: Family): string => `| \`${name}\` | ${type} | ${Object.entries(labels).map(labelText).join('<br>')} | ${help} |`;

/** docs/metrics.md, from what the process itself says of its metrics. */
export const metricsReference = async (): Promise<string> => {
  const families = await documentedFamilies();
  return `# Metrics

Every replica serves these at \`/metrics\`, by default on port 8080. The names of controllers, queues and requests are controller-runtime's and
client-go's, so that dashboards for those work. No tenant has a series of its own: their names are nobody else's business, and there may be 100,000.

- Every label that has a closed list of values stands at zero from the start, so that rates and alerts have something to begin from.
- Both replicas see the whole fleet: read \`tenants\`, \`tiers\`, \`certificates_renewal_at_risk\`, \`web_acls\`, \`web_acl_tenants\`, \`web_acl_seats\` and \`store_objects\` with \`max\`, not with \`sum\`.
- Only the leader asks AWS: \`aws_quota_used\`, \`certificates_expiring\` and \`aws_orphans\` are zero on a standby, and on a new leader until it has read the
  lists for the first time (after half of \`--fleet-poll\`: 5 minutes); \`fleet_list_age_seconds\` is absent on a standby. Nobody asks AWS for a metric's sake.
- \`reason\` is one of the reasons of conditions. \`turn\` says whose turn it is with what is not Ready: \`ours\` (the controller's or AWS's), \`person\` (somebody has to
  change something: Stalled), \`customer\` (their DNS is waited for, or nobody's: disabled, paused, dry run).
- A standby keeps its queues filled and takes nothing from them: read \`workqueue_depth\` of the leader, with \`* on (job, instance) group_left () leader_election_master_status\`.
- \`within\` counts the nearer within the farther: \`30d\` has those of \`7d\` too.

This table is generated from the registry. The alerts on them are in [runbook.md](runbook.md).

| Metric | Type | Labels | What it says |
|---|---|---|---|
${families.map(rowOf).join('\n')}
`;
};
