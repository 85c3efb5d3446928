import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listAt } from '../environment/control-plane/json.ts';
import { waitFor } from '../environment/control-plane/wait.ts';
import type { RunningController } from '../environment/embedded.ts';
import { auditOf } from './audit.ts';
import { faultsIn } from './oracles.ts';
import { pageAt, samplesOf } from './page.ts';
import { activityOf, askedSince, untilStill } from './silence.ts';
import { Stage } from './stage.ts';

const keys = ['acme/one', 'acme/two', 'globex/three'];
const own = 'globex/certified';
const seconds = 1_000;

const sharedLists = ['GetDistribution', 'ListCertificates', 'ListConnectionGroups', 'ListDistributionTenants', 'SearchCertificates'];

const dashboards = [
  'tenants', 'oldest_unready_seconds', 'aws_requests_total', 'controller_runtime_reconcile_total', 'workqueue_depth', 'rest_client_requests_total',
  'reflector_state', 'store_objects', 'process_resident_memory_bytes',
];

/** What is needed on other days: a conflict or a deletion reads the object, a server that cannot stream is listed in pages, a repeated event is counted, a policy asks. */
const rareRights = [
  'get tenantedge.dev/edgetiers', 'get tenantedge.dev/tenantdomains',
  'list tenantedge.dev/edgetiers', 'list tenantedge.dev/tenantdomains', 'list /namespaces',
  'patch events.k8s.io/events', 'reconcile tenantedge.dev/edgetiers',
];

// In order: what one leaves is where the next begins.
describe('the process of the controller', { timeout: 120 * seconds }, () => {
  let stage: Stage;
  let controller: RunningController;

  beforeAll(async () => {
    stage = await Stage.start({ seed: 11 });
  });

  afterAll(() => stage.stop());

  const metrics = async (): Promise<string> => (await pageAt(controller.metricsUrl)).text;

  const readyIn = (tier: string): number | undefined => stage.witness.tiers.get(tier)?.status?.tenants?.ready;

  test.for([
    { args: ['--fleet-poll', '1s'], want: ['--fleet-poll "1s"'] },
    { args: ['--nonsense', 'x'], want: ['--nonsense is unknown', '"x" is no option'] },
    { args: ['--metrics-port', '123456', '--log-level', 'loud'], want: ['--metrics-port is given twice', '--log-level "loud"'] },
  ])('does not start with $args, and has a line for each mistake', async ({ args, want }) => {
    const { process, logPath } = await stage.world.startController(args);
    expect(await process.exited).toEqual({ code: 2, signal: null });
    const lines = (await readFile(logPath, 'utf8')).trimEnd().split('\n');
    expect(lines.map((line, index) => line.startsWith(want[index] ?? '-'))).toEqual(want.map(() => true));
  });

  test('is ready within seconds, and alive', async () => {
    controller = await stage.startController(['--log-level', 'debug']);
    const ready = await waitFor('/readyz', 20 * seconds, async () => {
      const answer = await pageAt(`${controller.healthUrl}/readyz?verbose`).catch(() => undefined);
      return answer?.status === 200 ? answer.text : undefined;
    });
    expect(ready).toContain('[+]cache-tenantdomains ok');
    expect(await pageAt(`${controller.healthUrl}/livez`)).toEqual({ status: 200, text: 'ok\n' });
  });

  test('serves what it is given', async () => {
    for (const key of keys) stage.point(`${key.replace('/', '-')}.platform.example`);
    stage.point('shop.globex.example');
    await Promise.all([...keys.map((key) => stage.platformTenant(key)), stage.tenant(own, { domains: ['shop.globex.example'] })]);
    await Promise.all([...keys, own].map((key) => stage.served(key)));
  });

  test('tells its metrics under the names that dashboards know, and never a customer by name', async () => {
    const text = await metrics();
    expect(dashboards.filter((name) => samplesOf(text, name).length === 0)).toEqual([]);
    expect(samplesOf(text, 'tenants').find(({ labels }) => labels === '{condition="Ready",status="True"}')?.value).toBe(4);
    const names = [...keys, own].flatMap((key) => [...key.split('/'), ...(stage.get(key)?.spec.domains ?? [])]);
    const samples = text.split('\n').filter((line) => !line.startsWith('#')).join('\n');
    expect(names.filter((name) => samples.split(/[^a-z0-9.-]+/).includes(name))).toEqual([]);
  });

  test('leaves a settled fleet alone: no write, no AWS call but the lists that all share, no line in the log', { timeout: 180 * seconds }, async () => {
    // The last to be written are the tiers' counts: once in 30 s.
    await waitFor('every tenant to be counted', 60 * seconds, async () => (readyIn('basic') === 1 && readyIn('platform') === 3 ? true : undefined));
    const still = await untilStill(() => activityOf(stage, controller), 3 * seconds, 60 * seconds);
    expect(await askedSince(stage, stage.world.simulator.log.length, sharedLists, 60 * seconds)).toEqual(sharedLists);
    expect(await activityOf(stage, controller)).toBe(still);
  });

  test('is refused nothing', async () => {
    expect(await faultsIn(stage, [controller])).toEqual([]);
  });

  test('goes on after the API server was away', async () => {
    const begun = stage.world.simulator.log.length;
    await stage.world.controlPlane.restartApiServer();
    await stage.platformTenant('acme/later');
    await stage.served('acme/later', 90 * seconds);
    await controller.process.check();
    const changes = stage.world.simulator.log.slice(begun).filter(({ mutating }) => mutating).map(({ operation }) => operation);
    expect(changes).toEqual(['CreateDistributionTenant']);
  });

  test('ends with 0 in the midst of work, and another goes on from there', async () => {
    const { promise: created, resolve } = Promise.withResolvers<void>();
    const forget = stage.world.simulator.onMutation(({ operation }) => {
      if (operation === 'CreateDistributionTenant') resolve();
    });
    await stage.platformTenant('acme/last');
    await created;
    forget();
    await controller.process.stop(25 * seconds);
    expect(await controller.process.exited).toEqual({ code: 0, signal: null });
    expect((await controller.logLines()).at(-1)).toMatchObject({ level: 'info', message: 'Stopped' });
    const next = await stage.startController();
    await stage.served('acme/last', 60 * seconds);
    expect(stage.inAws('acme/last').tenants).toHaveLength(1);
    await next.process.stop(25 * seconds);
    expect(await next.process.exited).toEqual({ code: 0, signal: null });
  });

  test('has no right that it never uses', async () => {
    const { body } = await stage.world.controlPlane.admin.request('GET', '/apis/rbac.authorization.k8s.io/v1/clusterroles/tenant-edge');
    type Rule = { readonly apiGroups: readonly string[]; readonly resources: readonly string[]; readonly verbs: readonly string[] };
    const rights = (listAt(body, 'rules') as readonly Rule[]).flatMap(({ apiGroups, resources, verbs }) =>
      apiGroups.flatMap((group) => resources.flatMap((resource) => verbs.map((verb) => `${verb} ${group}/${resource}`))));
    const used = new Set((await auditOf(stage.world.controlPlane.directory)).map(({ verb, resource }) => `${verb} ${resource}`));
    expect(rights.filter((right) => !used.has(right) && !rareRights.includes(right))).toEqual([]);
  });
});
