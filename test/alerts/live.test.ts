import { execFile } from 'node:child_process';
import { delimiter, dirname } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { controlPlaneBinaries } from '../environment/control-plane/binaries.ts';
import { waitFor } from '../environment/control-plane/wait.ts';
import type { RunningController } from '../environment/embedded.ts';
import { faultsIn } from '../real/oracles.ts';
import { pageAt, samplesOf } from '../real/page.ts';
import { Stage } from '../real/stage.ts';
import { readAlerts } from './alerts-file.ts';
import { expressionsOf, readDashboard } from './dashboard.ts';
import { familiesOf, type Family, sampleNames } from './families.ts';
import { documentedFamilies } from './metrics-reference.ts';
import { metricsIn } from './promql.ts';
import { runbookSections } from './runbook.ts';

const seconds = 1_000;
const shop = 'shop.acme.example';

/** They ask for pods, which only a node has. */
const needsNodes = /^kubectl -n tenant-edge logs deployment\/tenant-edge --all-pods( --[a-z]+(=\w+)?)*$/;

const shape = ({ name, type, help, labels }: Family) => ({ name, type, help, labels: Object.keys(labels).toSorted() });

describe('what alerts, dashboard, runbook and reference name, in a controller that runs', { timeout: 120 * seconds }, () => {
  let stage: Stage;
  let controller: RunningController;

  beforeAll(async () => {
    stage = await Stage.start({ seed: 301 });
    controller = await stage.startController(['--leader-election', 'on']);
    stage.point(shop);
    await Promise.all([stage.tenant('acme/own', { domains: [shop] }), stage.platformTenant('acme/wildcard')]);
    await Promise.all(['acme/own', 'acme/wildcard'].map((key) => stage.served(key)));
  }, 180 * seconds);

  afterAll(() => stage.stop());

  const page = async (): Promise<string> => (await pageAt(controller.metricsUrl)).text;

  const valueOf = async (name: string, labels: string): Promise<number | undefined> => samplesOf(await page(), name).find((sample) => sample.labels === labels)?.value;

  test('the reference names every metric that there is, as it is, and no other', async () => {
    expect(familiesOf(await page()).map(shape)).toEqual((await documentedFamilies()).map(shape));
  });

  test('every alert, panel and query of the runbook reads metrics that there are', async () => {
    const there = sampleNames(familiesOf(await page()));
    const asked = [
      ...(await readAlerts()).map(({ alert, expr }) => ({ by: alert, expr })),
      ...expressionsOf(await readDashboard()).map(({ title, expr }) => ({ by: `panel ${title}`, expr })),
      ...(await runbookSections()).flatMap(({ title, queries }) => queries.map((expr) => ({ by: `runbook ${title}`, expr }))),
    ];
    expect(asked.flatMap(({ by, expr }) => metricsIn(expr).filter((name) => !there.has(name)).map((name) => `${by}: ${name}`))).toEqual([]);
    expect(asked.filter(({ expr }) => metricsIn(expr).length === 0).map(({ by }) => by)).toEqual(['TenantEdgeDown', 'TenantEdgeReplicaDown', 'runbook TenantEdgeReplicaDown']);
    // What Grafana fills the list of jobs from.
    expect(there.has('certificates_renewal_at_risk')).toBe(true);
  });

  test('they tell the fleet, and the account as the lists show it, without a call for their sake', async () => {
    await waitFor('the lists to be counted', 60 * seconds, async () => ((await valueOf('aws_quota_used', '{quota="DistributionTenants"}')) === 2 ? true : undefined));
    const told: readonly (readonly [string, string, number])[] = [
      ['tenants', '{condition="Ready",status="True"}', 2],
      ['tenants_by_reason', '{condition="Ready",reason="Served"}', 2],
      ['tenants_unready', '{turn="ours"}', 0],
      ['tiers', '{condition="Ready",status="True"}', 2],
      ['aws_quota_used', '{quota="CertificatesPerYear"}', 1],
      ['aws_quota_limit', '{quota="CertificatesPerYear"}', 5_000],
      ['certificates_expiring', '{of="tenant",within="ever"}', 1],
      ['certificates_expiring', '{of="distribution",within="ever"}', 1],
      ['certificates_expiring', '{of="tenant",within="7d"}', 0],
    ];
    const seen = await Promise.all(told.map(async ([name, labels]) => [name, labels, await valueOf(name, labels)]));
    expect(seen).toEqual(told);
    expect(samplesOf(await page(), 'leader_election_master_status').map(({ value }) => value)).toEqual([1]);
    expect(await valueOf('events_recorded_total', '{type="Normal"}')).toBeGreaterThan(0);
    const lists = stage.world.simulator.log.filter(({ operation }) => operation === 'GetDistribution');
    expect(lists.length).toBeLessThan(10);
  });

  test('the commands of the runbook are understood by the API server', async () => {
    const commands = [...new Set((await runbookSections()).flatMap((section) => section.commands))];
    const [asking, others] = [commands.filter((command) => !command.includes(' logs ')), commands.filter((command) => command.includes(' logs '))];
    expect(others.filter((command) => !needsNodes.test(command))).toEqual([]);
    expect(asking.length).toBeGreaterThan(10);
    const folder = dirname((await controlPlaneBinaries(() => {})).kubectl);
    const environment = { PATH: `${folder}${delimiter}${process.env['PATH'] ?? ''}`, HOME: process.env['HOME'], KUBECONFIG: stage.world.controlPlane.adminKubeconfigPath };
    const refused = asking.map(async (command) =>
      promisify(execFile)('sh', ['-ec', command], { env: environment }).then(() => [], (error: unknown) => [`${command}: ${String(error)}`]));
    expect((await Promise.all(refused)).flat()).toEqual([]);
  });

  test('nothing was refused, contradicted itself, or was told in other words than JSON', async () => {
    expect(await faultsIn(stage, [controller])).toEqual([]);
  });
});
