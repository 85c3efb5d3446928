import { hostname } from 'node:os';
import type { EdgeTier, TenantDomain } from '../crds/types.ts';
import type { Namespace } from '../reconcilers/tenant-domain/subject.ts';
import type { Rates } from './aws/rates.ts';
import { createCaches } from './caches.ts';
import type { KubernetesAccess } from './config.ts';
import { CredentialCache, type CredentialSource, inClusterSource, kubeconfigSource } from './kubernetes/auth.ts';
import { createClient } from './kubernetes/client.ts';
import { EventRecorder } from './kubernetes/events.ts';
import type { KubeObject } from './kubernetes/object.ts';
import type { Rate } from './kubernetes/token-bucket.ts';
import { createTransport } from './kubernetes/transport.ts';
import { createLeadership, leaseNameOf } from './leadership.ts';
import { unlessAborted } from './runtime/abort.ts';
import { timesOf } from './runtime/lease-terms.ts';
import type { Component } from './runtime/manager.ts';
import type { Surroundings } from './surroundings.ts';
import { type Check, createHealthServer, createMetricsServer, notStopping, synced } from './telemetry/health.ts';
import { createMetrics } from './telemetry/metrics.ts';
import { createWork } from './work.ts';

/** All parts of the process, from below; `close` lets go of connections once they have ended. */
export type Assembly = { readonly layers: readonly (readonly Component[])[]; readonly close: () => Promise<void> };

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
/** Builds the process from its configuration: connects nothing before its components run. */
export const assemble = async (surroundings: Surroundings): Promise<Assembly> => {
  const { config, log, clock, random, stop, version } = surroundings;
  const userAgent = `tenant-edge/${version}`;
  const credentials = new CredentialCache(sourceOf(config.kubernetes), clock);
  const { host } = new URL((await unlessAborted(credentials.current(), stop)).server);
  const metrics = createMetrics({ clock, host, lease: leaseNameOf(config.installationId), limits: { CertificatesPerYear: config.certificatesPerYear }, version });
  const leadership = createLeadership({ config, credentials, clock, random, log, metrics: metrics.leader, onRequest: metrics.outside.kubernetesRequest, userAgent });
  const transport = createTransport({ credentials, clock, random, userAgent, rate: kubernetesRateFor(config.rates), fence: leadership.fence, mutationMs: timesOf(config.leaseDurationMs).callMs, onRequest: metrics.outside.kubernetesRequest });
  const client = createClient(transport);
  const caches = createCaches<{ tenantDomains: TenantDomain & KubeObject; edgeTiers: EdgeTier & KubeObject; namespaces: Namespace & KubeObject }>({ client, clock, random, log, metrics: metrics.caches });
  caches.stores.tenantDomains.subscribe(metrics.fleet.tenantChanged);
  caches.stores.edgeTiers.subscribe(metrics.fleet.tierChanged);
  const recorder = new EventRecorder({
    client, clock, random, controller: 'tenantedge.dev/controller', instance: hostname().slice(0, 128),
    onDrop: (why, error) => {
      metrics.events.dropped(why);
      log.debug('Gave up an event', { why, ...(error === undefined ? {} : { error }) });
    },
  });
  const record: EventRecorder['record'] = (regarding, saying) => {
    metrics.events.recorded(saying.type);
    recorder.record(regarding, saying);
  };
  const work = createWork(surroundings, { client, stores: caches.stores, metrics, fence: leadership.fence, record });
  const servers = serversOf(surroundings, { page: metrics.page, hasSynced: caches.hasSynced, live: [...work.checks, ...leadership.checks] });
  return {
    layers: [[...servers, { name: 'events', run: (signal) => recorder.run(signal) }], caches.components, leadership.components, work.components],
    close: async () => {
      metrics.close();
      work.close();
      await Promise.all([transport.close(), leadership.close()]);
    },
  };
};

type Probed = {
  readonly page: () => Promise<{ readonly type: string; readonly body: string }>;
  readonly hasSynced: Readonly<Record<string, () => boolean>>;
  readonly live: readonly Check[];
};

const serversOf = ({ config, log, stop }: Surroundings, { page, hasSynced, live }: Probed): readonly Component[] => {
  const onError = (error: unknown): void => log.error('Failed to answer a probe', { error });
  return [
    createHealthServer({
      port: config.healthPort, onError, live,
      ready: [notStopping(stop), ...Object.entries(hasSynced).map(([cache, has]) => synced(cache, has))],
    }),
    createMetricsServer({ port: config.metricsPort, onError, page }),
  ];
};
