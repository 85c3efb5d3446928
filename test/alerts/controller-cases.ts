import type { AlertCase, NearMiss } from './alert-case.ts';

const standby = '10.0.0.2:8080';
const of = (controller: string) => ({ controller, name: controller });

/** Alerts of the processes themselves. Trouble begins in minute 10, and is mended in minute 71 unless the series say otherwise. */
export const controllerCases: readonly AlertCase[] = [
  {
    alert: 'TenantEdgeDown', because: 'both replicas are gone, and come back',
    series: [{ name: 'up', values: '1x9 0x60 1x20' }, { name: 'up', labels: { instance: standby }, values: '1x9 0x60 1x20' }],
    fires: { at: 16, says: 'Every tenant that is served goes on being served. Nothing new is served, nothing is repaired, and no certificate that a customer needs is asked for.' },
    silent: [9, 14, 75],
  },
  {
    alert: 'TenantEdgeReplicaDown', because: 'the standby does not answer for an hour',
    series: [{ name: 'up', values: '1x90' }, { name: 'up', labels: { instance: standby }, values: '1x9 0x60 1x20' }],
    fires: { at: 26, labels: { instance: standby }, says: '10.0.0.2:8080 has not answered for 15 minutes. If the other replica leads, all goes on; unless a rollout is stuck, nobody stands by for it.' },
    silent: [9, 23, 75],
  },
  {
    alert: 'TenantEdgeNoLeader', because: 'nobody takes the Lease, and then somebody does',
    series: [{ name: 'leader_election_master_status', labels: { name: 'tenant-edge-main' }, values: '1x9 0x60 0x20' }, { name: 'leader_election_master_status', labels: { name: 'tenant-edge-main', instance: standby }, values: '0x9 0x60 1x20' }],
    fires: { at: 14, says: 'Controllers run, and none of them holds the Lease, so that nothing is done: a standby would take over within the lease time.' },
    silent: [9, 12, 75],
  },
  {
    alert: 'TenantEdgeRestarting', because: 'a process starts every two minutes for a while',
    series: [{ name: 'process_start_time_seconds', values: '100x9 200x1 300x1 400x1 500x100' }],
    fires: { at: 18, labels: { instance: '10.0.0.1:8080' }, says: '10.0.0.1:8080 has started 4 times within an hour.' },
    silent: [9, 80],
  },
  {
    alert: 'TenantEdgeNotSynced', because: "one replica's watch does not come up again, the other's does",
    series: [
      { name: 'reflector_state', labels: { kind: 'tenantdomains', state: 'live' }, values: '1x9 0x60 1x20' },
      { name: 'reflector_state', labels: { kind: 'tenantdomains', state: 'live', instance: standby }, values: '1x9 0x4 1x80' },
    ],
    fires: { at: 22, labels: { instance: '10.0.0.1:8080', kind: 'tenantdomains' }, says: 'The cache of tenantdomains on 10.0.0.1:8080 has no live watch. Changes of these objects are not seen.' },
    silent: [9, 18, 75],
  },
  {
    alert: 'TenantEdgeWatchStale', because: 'a watch is silent for an hour',
    series: [{ name: 'reflector_last_event_age_seconds', labels: { kind: 'edgetiers' }, values: '30x9 60+60x59 30x20' }],
    fires: { at: 27, labels: { instance: '10.0.0.1:8080', kind: 'edgetiers' }, says: 'The watch of edgetiers on 10.0.0.1:8080 has been silent for 18m 0s; the API server sends bookmarks about once a minute.' },
    silent: [9, 20, 75],
  },
  {
    alert: 'TenantEdgePassStuck', because: 'a pass does not end at its deadline',
    series: [{ name: 'workqueue_longest_running_processor_seconds', labels: of('tenantdomain'), values: '2x9 60+60x59 2x20' }],
    fires: {
      at: 23, labels: { instance: '10.0.0.1:8080', controller: 'tenantdomain' },
      says: 'A pass of tenantdomain on 10.0.0.1:8080 has been running for 14m 0s, past its deadline. Liveness fails, so that the kubelet should have started the process anew.',
    },
    silent: [9, 19, 75],
  },
  {
    alert: 'TenantEdgePassesBroken', because: 'one pass throws',
    series: [{ name: 'controller_runtime_reconcile_panics_total', labels: { controller: 'edgetier' }, values: '0x9 1x120' }],
    fires: { at: 13, labels: { controller: 'edgetier' }, says: 'Passes of edgetier threw something that nobody expected. They are tried again, at most every 5 minutes.' },
    silent: [9, 80],
  },
  {
    alert: 'TenantEdgePassesTimeOut', because: 'a pass is ended by its deadline every six minutes',
    series: [{ name: 'controller_runtime_reconcile_timeouts_total', labels: { controller: 'tenantdomain' }, values: '0x9 1x5 2x5 3x5 4x5 5x5 6x120' }],
    fires: { at: 42, labels: { controller: 'tenantdomain' }, says: 'About 6 passes of tenantdomain within an hour were ended by their deadline: AWS, DNS or the API server answers too slowly.' },
    silent: [9, 20, 110],
  },
  {
    alert: 'TenantEdgeReconcileErrors', because: 'two passes a minute fail for an hour',
    series: [{ name: 'reconcile_failures_total', labels: { controller: 'tenantdomain', kind: 'transient' }, values: '0x9 0+2x60 120x30' }],
    fires: { at: 45, labels: { controller: 'tenantdomain' }, says: 'About 30 failures of tenantdomain in 15 minutes that nobody has to mend and that do not stop.' },
    silent: [9, 25, 90],
  },
  {
    alert: 'TenantEdgeEventLoopStalled', because: 'the process gets no CPU for an hour',
    series: [{ name: 'event_loop_delay_seconds', labels: { statistic: 'p99' }, values: '0.01x9 3x60 0.01x20' }],
    fires: { at: 21, labels: { instance: '10.0.0.1:8080' }, says: 'The event loop of 10.0.0.1:8080 is 3s late. A leader that is late by 15 s loses the Lease.' },
    silent: [9, 18, 75],
  },
  {
    alert: 'TenantEdgeKubernetesErrors', because: 'a rule of the ClusterRole is missing',
    series: [{ name: 'rest_client_requests_total', labels: { code: '403', method: 'PATCH', host: 'api:443' }, values: '0x9 0+2x60 120x30' }],
    fires: { at: 45, labels: { code: '403' }, says: 'About 30 requests in 15 minutes were answered with 403. 403 means that a rule of the ClusterRole is missing.' },
    silent: [9, 25, 90],
  },
  {
    alert: 'TenantEdgeKubernetesErrors', because: 'the ClusterRole lets nobody make Events',
    series: [
      { name: 'rest_client_requests_total', labels: { code: '403', method: 'POST', host: 'api:443' }, values: '0x9 0+2x60 120x30' },
      { name: 'rest_client_requests_total', labels: { code: '409', method: 'POST', host: 'api:443' }, values: '0+1x99' },
    ],
    fires: { at: 45, labels: { code: '403' }, says: 'About 30 requests in 15 minutes were answered with 403. 403 means that a rule of the ClusterRole is missing.' },
    silent: [9, 25, 90],
  },
];

/** What is no trouble of a process. */
export const controllerMisses: readonly NearMiss[] = [
  { alert: 'TenantEdgeDown', because: 'one replica of two is enough', series: [{ name: 'up', values: '0x60' }, { name: 'up', labels: { instance: standby }, values: '1x60' }], silent: [30, 60] },
  {
    alert: 'TenantEdgeNoLeader', because: 'a standby takes over within the lease time',
    series: [{ name: 'leader_election_master_status', labels: { name: 'tenant-edge-main' }, values: '1x9 0x40' }, { name: 'leader_election_master_status', labels: { name: 'tenant-edge-main', instance: standby }, values: '0x10 1x40' }],
    silent: [10, 14, 40],
  },
  { alert: 'TenantEdgeRestarting', because: 'a rollout of a new version starts each process once', series: [{ name: 'process_start_time_seconds', values: '100x9 200x60' }], silent: [12, 40] },
  { alert: 'TenantEdgeReconcileErrors', because: 'what needs a person is told by other alerts', series: [{ name: 'reconcile_failures_total', labels: { controller: 'tenantdomain', kind: 'blocked' }, values: '0+5x90' }], silent: [45, 90] },
  { alert: 'TenantEdgeReplicaDown', because: 'a pod that was replaced is no target any more', series: [{ name: 'up', values: '1x90' }, { name: 'up', labels: { instance: standby }, values: '1x9 0x5 _x70' }], silent: [14, 30, 60] },
  { alert: 'TenantEdgeKubernetesErrors', because: 'Events of a namespace that is being deleted are refused', series: [{ name: 'rest_client_requests_total', labels: { code: '403', method: 'POST', host: 'api:443' }, values: '0+5x90' }, { name: 'rest_client_requests_total', labels: { code: '201', method: 'POST', host: 'api:443' }, values: '0+6x90' }], silent: [45, 90] },
  { alert: 'TenantEdgeKubernetesErrors', because: 'a conflict is no error: it is looked at again', series: [{ name: 'rest_client_requests_total', labels: { code: '409', method: 'PATCH', host: 'api:443' }, values: '0+5x90' }], silent: [45, 90] },
];
