import { hostname } from 'node:os';
import type { EdgeTier, TenantDomain } from '../crds/types.ts';
import type { Namespace } from '../reconcilers/tenant-domain/subject.ts';
import { createBudget } from './aws/budget.ts';
import { connectAws } from './aws/clients.ts';
import { createFleet } from './aws/fleet.ts';
import { withLayers } from './aws/layers.ts';
import { OrphanSweep } from './aws/orphan-sweep.ts';
import type { Rates } from './aws/rates.ts';
import type { Config, KubernetesAccess } from './config.ts';
import { createControllers, type Controllers, createFleetMarks } from './controllers.ts';
import { createResolver } from './dns/resolver.ts';
import { CredentialCache, type CredentialSource, inClusterSource, kubeconfigSource } from './kubernetes/auth.ts';
import { createClient } from './kubernetes/client.ts';
import { EventRecorder } from './kubernetes/events.ts';
import type { KubeObject } from './kubernetes/object.ts';
import type { Rate } from './kubernetes/token-bucket.ts';
import { createTransport } from './kubernetes/transport.ts';
import type { Clock } from './runtime/clock.ts';
import type { Component } from './runtime/manager.ts';
import { priorities } from './runtime/work-queue.ts';
import { createCaches } from './caches.ts';
import { createHealthServer, createMetricsServer, noneStuck, notStopping, synced } from './telemetry/health.ts';
import type { Log } from './telemetry/log.ts';
import { createMetrics } from './telemetry/metrics.ts';
import { createOrphanTeller } from './telemetry/orphans.ts';
import { createReporter } from './telemetry/report.ts';

/** All parts of the process, from below; `close` lets go of connections once they have ended. */
export type Assembly = { readonly layers: readonly (readonly Component[])[]; readonly close: () => Promise<void> };

export type Surroundings = { readonly config: Config; readonly log: Log; readonly clock: Clock; readonly random: () => number; readonly stop: AbortSignal; readonly version: string };

const podFolder = '/var/run/secrets/kubernetes.io/serviceaccount';

const sourceOf = (access: KubernetesAccess): CredentialSource =>
  access.is === 'pod' ? inClusterSource({ host: access.host, port: access.port, folder: podFolder }) : kubeconfigSource(access.files, access.context);

/**
 * Requests to the API server a second; watches apart. Too little to hurt a small one, and enough for onboarding at AWS's pace: about
 * 10 a tenant, Events among them, so that an account whose quotas were raised is not held back here.
 */
const kubernetesRateFor = (rates: Rates): Rate => {
  const perSecond = Math.max(50, 20 * rates['cloudfront.mutate']);
  return { perSecond, burst: 2 * perSecond };
};
/** How long one DNS question may take, and how often a silent resolver is asked in that time. */
const dnsPatience = { timeoutMs: 2_000, tries: 2 };

/** Builds the process from its configuration: connects nothing before its components run. */
export const assemble = async (surroundings: Surroundings): Promise<Assembly> => {
  const { config, log, clock, random, stop, version } = surroundings;
  const credentials = new CredentialCache(sourceOf(config.kubernetes), clock);
  const { host } = new URL((await credentials.current()).server);
  const metrics = createMetrics({ clock, host, version });
  const transport = createTransport({ credentials, clock, random, userAgent: `tenant-edge/${version}`, rate: kubernetesRateFor(config.rates), onRequest: metrics.outside.kubernetesRequest });
  const client = createClient(transport);
  const caches = createCaches<{ tenantDomains: TenantDomain & KubeObject; edgeTiers: EdgeTier & KubeObject; namespaces: Namespace & KubeObject }>({ client, clock, random, log, metrics: metrics.caches });
  const { aws: wire, close: closeAws } = connectAws({});
  // The lease's fence goes here, after the budget and just before the send (R10); one replica has nothing to fence off.
  const aws = withLayers(wire, { budget: createBudget({ clock, rates: config.rates }), fence: () => undefined, clock, onCall: metrics.outside.awsCall });
  const live = createFleet({ aws, clock, random, pollMs: config.fleetPollMs });
  const recorder = new EventRecorder({
    client, clock, random, controller: 'tenantedge.dev/controller', instance: hostname().slice(0, 128),
    onDrop: (why, error) => log.debug('Gave up an event', { why, ...(error === undefined ? {} : { error }) }),
  });
  const record: EventRecorder['record'] = (regarding, saying) => recorder.record(regarding, saying);
  const installation = config.installationId;
  const marks = createFleetMarks({ installation, aws, live, clock });
  const controllers = createControllers({
    installation, client, stores: caches.stores, aws, live, marks,
    dns: createResolver({ ...dnsPatience, clock, ...(config.dnsServers ? { servers: config.dnsServers } : {}) }),
    clock, random, resyncMs: config.resyncMs, certificatesPerYear: config.certificatesPerYear, groupLingerMs: config.groupLingerMs, deadlineMs: config.passDeadlineMs,
    workers: { tenantDomain: config.workersTenantDomain, edgeTier: config.workersEdgeTier },
    hooksOf: (controller) => createReporter({ controller, log, metrics: metrics.controllers, record }),
    onLine: metrics.controllers.lined,
  });
  caches.stores.tenantDomains.subscribe(metrics.fleet.tenantChanged);
  for (const { name, workers, depth, runningMs } of Object.values(controllers)) metrics.controllers.watch({ controller: name, workers, depth, runningMs });
  const { get, byIndex: by } = caches.stores.tenantDomains;
  const orphans = new OrphanSweep({
    installation, live, marks, clock, objects: { get, by, tiers: () => caches.stores.edgeTiers.list().map(({ metadata }) => metadata.name) },
    wake: (key) => controllers.tenantDomain.enqueue(key, { priority: priorities.dependent }),
    hooks: createOrphanTeller({ log, record, count: metrics.fleet.orphans }),
  });
  const servers = serversOf(surroundings, controllers, { page: metrics.page, hasSynced: caches.hasSynced });
  return {
    layers: [
      [...servers, { name: 'events', run: (signal) => recorder.run(signal) }],
      [...caches.components, { name: 'fleet', run: live.run }],
      [...Object.values(controllers).map(({ name, run }) => ({ name, run })), { name: 'orphans', run: (signal) => orphans.run(signal) }],
    ],
    close: async () => {
      metrics.close();
      closeAws();
      await transport.close();
      if (!stop.aborted) log.debug('Ended without being asked to');
    },
  };
};

type Probed = { readonly page: () => Promise<{ readonly type: string; readonly body: string }>; readonly hasSynced: Readonly<Record<string, () => boolean>> };

const serversOf = ({ config, log, stop }: Surroundings, controllers: Controllers, { page, hasSynced }: Probed): readonly Component[] => {
  const onError = (error: unknown): void => log.error('Failed to answer a probe', { error });
  return [
    createHealthServer({
      port: config.healthPort, onError,
      live: Object.values(controllers).map(({ name, stuck }) => noneStuck(name, stuck)),
      ready: [notStopping(stop), ...Object.entries(hasSynced).map(([cache, has]) => synced(cache, has))],
    }),
    createMetricsServer({ port: config.metricsPort, onError, page }),
  ];
};
