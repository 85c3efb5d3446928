import { expect, test } from 'vitest';
import { awsOperations } from '../../../reconcilers/ports/aws.ts';
import type { ReflectorState } from '../../../src/kubernetes/reflector.ts';
import { virtualStart } from '../../virtual-clock.ts';
import { setUp } from './metrics-page.ts';

const watched = {
  controller: 'tenantdomain',
  workers: 32,
  depth: () => ({ 20: 1, 10: 0, 5: 0, 0: 5, [-100]: 9_000 }) as const,
  runningMs: () => [2_000, 500],
};

test("a controller's series have controller-runtime's names and stand at zero before its first pass", async () => {
  const { metrics, series } = setUp();
  metrics.controllers.watch(watched);
  const all = await series();
  const zero = [
    ...['success', 'error', 'requeue', 'requeue_after'].map((result) => `controller_runtime_reconcile_total{controller="tenantdomain",result="${result}"}`),
    ...['invalid', 'blocked', 'conflict', 'throttled', 'transient', 'unsettled'].map((kind) => `reconcile_failures_total{controller="tenantdomain",kind="${kind}"}`),
    ...['errors', 'panics', 'timeouts'].map((what) => `controller_runtime_reconcile_${what}_total{controller="tenantdomain"}`),
    'controller_runtime_terminal_reconcile_errors_total{controller="tenantdomain"}',
    'controller_runtime_reconcile_time_seconds_count{controller="tenantdomain"}',
    'stale_sync_skips_total{controller="tenantdomain"}',
    ...['adds_total', 'retries_total', 'queue_duration_seconds_count', 'work_duration_seconds_count'].map((what) => `workqueue_${what}{name="tenantdomain",controller="tenantdomain"}`),
  ];
  expect(zero.map((name) => [name, all.get(name)])).toEqual(zero.map((name) => [name, 0]));
});

test("a controller's gauges are what it says at the scrape", async () => {
  const { metrics, read } = setUp();
  metrics.controllers.watch(watched);
  const queue = 'name="tenantdomain",controller="tenantdomain"';
  expect(
    await read(
      'controller_runtime_max_concurrent_reconciles{controller="tenantdomain"}',
      'controller_runtime_active_workers{controller="tenantdomain"}',
      `workqueue_depth{${queue},priority="20"}`,
      `workqueue_depth{${queue},priority="-100"}`,
      `workqueue_unfinished_work_seconds{${queue}}`,
      `workqueue_longest_running_processor_seconds{${queue}}`,
    ),
  ).toEqual([32, 2, 1, 9_000, 2.5, 2]);
});

test('a pass is counted once by its result, and its time in seconds', async () => {
  const { metrics, read } = setUp();
  metrics.controllers.watch(watched);
  metrics.controllers.ended('tenantdomain', { result: 'error', terminal: true, durationMs: 1_500 });
  expect(
    await read(
      'controller_runtime_reconcile_total{controller="tenantdomain",result="error"}',
      'controller_runtime_reconcile_total{controller="tenantdomain",result="success"}',
      'controller_runtime_reconcile_errors_total{controller="tenantdomain"}',
      'controller_runtime_terminal_reconcile_errors_total{controller="tenantdomain"}',
      'controller_runtime_reconcile_time_seconds_sum{controller="tenantdomain"}',
      'workqueue_retries_total{name="tenantdomain",controller="tenantdomain"}',
    ),
  ).toEqual([1, 0, 1, 1, 1.5, 1]);
});

test("every AWS operation has every outcome at zero, and a call counts in its operation's, unless it was never sent", async () => {
  const { metrics, series } = setUp();
  const outcomes = ['success', 'invalid', 'blocked', 'conflict', 'throttled', 'transient', 'unsettled', 'aborted'];
  const before = [...(await series())].filter(([name]) => name.startsWith('aws_requests_total{'));
  expect(before.map(([, value]) => value)).toEqual(Array.from({ length: Object.keys(awsOperations).length * outcomes.length }, () => 0));
  metrics.outside.awsCall({ name: 'createDistributionTenant', outcome: 'throttled', code: 'ThrottlingException', waitedMs: 250, ms: 100 });
  metrics.outside.awsCall({ name: 'listCertificates', outcome: 'success', code: undefined, waitedMs: 0, ms: 2_000 });
  metrics.outside.awsCall({ name: 'listCertificates', outcome: 'aborted', code: undefined, waitedMs: 500, ms: undefined });
  const after = await series();
  const labels = 'aws_service="cloudfront",operation="CreateDistributionTenant"';
  expect([
    after.get(`aws_requests_total{aws_service="cloudfront",operation="CreateDistributionTenant",shared="false",outcome="throttled"}`),
    after.get(`aws_requests_total{aws_service="acm",operation="ListCertificates",shared="true",outcome="success"}`),
    after.get('aws_throttles_total{class="cloudfront.mutate"}'),
    after.get('aws_throttles_total{class="acm.ListCertificates"}'),
    after.get('aws_limiter_wait_seconds_sum{class="cloudfront.mutate"}'),
    after.get(`aws_request_duration_seconds_sum{${labels}}`),
    after.get('aws_limiter_wait_seconds_sum{class="acm.ListCertificates"}'),
    after.get('aws_request_duration_seconds_count{aws_service="acm",operation="ListCertificates"}'),
    after.get('aws_requests_total{aws_service="acm",operation="ListCertificates",shared="true",outcome="aborted"}'),
  ]).toEqual([1, 1, 1, 0, 0.25, 0.1, 0.5, 1, 0]);
});

test('a call that AWS denied is counted by its operation, whatever AWS calls that; another that needs a person is not', async () => {
  const { metrics, read } = setUp();
  const ended = (code: string): void => metrics.outside.awsCall({ name: 'requestCertificate', outcome: 'blocked', code, waitedMs: 0, ms: 10 });
  for (const code of ['AccessDenied', 'AccessDeniedException', 'LimitExceededException']) ended(code);
  const labels = 'aws_service="acm",operation="RequestCertificate"';
  expect(await read(`aws_denied_total{${labels}}`, 'aws_denied_total{aws_service="acm",operation="DeleteCertificate"}', `aws_requests_total{${labels},shared="false",outcome="blocked"}`)).toEqual([2, 0, 3]);
});

test('events are counted by type, and those given up by why, from zero', async () => {
  const { metrics, read } = setUp();
  metrics.events.recorded('Warning');
  metrics.events.dropped('chatty');
  expect(await read('events_recorded_total{type="Normal"}', 'events_recorded_total{type="Warning"}', ...['full', 'chatty', 'failed'].map((why) => `events_dropped_total{why="${why}"}`))).toEqual([0, 1, 0, 1, 0]);
});

test("requests to the API server have client-go's names, also where no answer came", async () => {
  const { metrics, read } = setUp();
  metrics.outside.kubernetesRequest({ method: 'PATCH', code: 409, ms: 20 });
  metrics.outside.kubernetesRequest({ method: 'GET', code: 0, ms: 15_000 });
  expect(
    await read(
      'rest_client_requests_total{code="409",method="PATCH",host="api:443"}',
      'rest_client_requests_total{code="<error>",method="GET",host="api:443"}',
      'rest_client_request_duration_seconds_sum{verb="PATCH",host="api:443"}',
      'rest_client_request_duration_seconds_count{verb="DELETE",host="api:443"}',
    ),
  ).toEqual([1, 1, 0.02, 0]);
});

test('a cache shows where it stands, how much it holds and how long it has heard nothing', async () => {
  const { clock, metrics, read } = setUp();
  metrics.caches.watch({ kind: 'TenantDomain', reasons: ['start', 'expired'], lastHeardAt: () => virtualStart, size: () => 3 });
  const states: readonly ReflectorState[] = [{ is: 'syncing', because: 'start', by: 'stream' }, { is: 'syncing', because: 'start', by: 'pages' }, { is: 'live' }];
  for (const state of states) metrics.caches.state('TenantDomain', state);
  await clock.advance(90_000);
  expect(
    await read(
      'reflector_state{kind="TenantDomain",state="live"}',
      'reflector_state{kind="TenantDomain",state="syncing"}',
      'reflector_resyncs_total{kind="TenantDomain",reason="start"}',
      'reflector_resyncs_total{kind="TenantDomain",reason="expired"}',
      'reflector_last_event_age_seconds{kind="TenantDomain"}',
      'store_objects{kind="TenantDomain"}',
    ),
  ).toEqual([1, 0, 1, 0, 90, 3]);
});

test('a cache that has heard nothing yet shows no age', async () => {
  const { metrics, read } = setUp();
  metrics.caches.watch({ kind: 'EdgeTier', reasons: [], lastHeardAt: () => undefined, size: () => 0 });
  expect(await read('reflector_last_event_age_seconds{kind="EdgeTier"}', 'store_objects{kind="EdgeTier"}')).toEqual([undefined, 0]);
});

test('a list of AWS shows for how long those who ask have had no newer one, and nothing while nobody asks', async () => {
  const { clock, metrics, read } = setUp();
  metrics.caches.watchLists([{ source: 'tenants', staleSince: () => virtualStart }, { source: 'webAcls', staleSince: () => undefined }]);
  await clock.advance(90_000);
  expect(await read('fleet_list_age_seconds{source="tenants"}', 'fleet_list_age_seconds{source="webAcls"}')).toEqual([90, undefined]);
});

test('the process shows its memory, its start, its version and how late its event loop is', async () => {
  const { series } = setUp();
  const all = await series();
  const shown = ['process_resident_memory_bytes', 'nodejs_heap_size_used_bytes', 'process_start_time_seconds'].map((name) => (all.get(name) ?? 0) > 0);
  const delays = ['p50', 'p99', 'max'].map((statistic) => (all.get(`event_loop_delay_seconds{statistic="${statistic}"}`) ?? -1) >= 0);
  expect([...shown, ...delays, all.get(`build_info{version="1.2.3",node="${process.version}"}`)]).toEqual([true, true, true, true, true, true, 1]);
});

test('two sets of metrics share nothing, so that a process may have several', async () => {
  const [one, other] = [setUp(), setUp()];
  one.metrics.fleet.orphans('Certificate', 2);
  expect(await other.read('aws_orphans{type="Certificate"}')).toEqual([0]);
});
