import { looksFor } from '../reconcilers/edge-tier/subject.ts';
import { createBudget } from './aws/budget.ts';
import { connectAws } from './aws/clients.ts';
import { createFleet } from './aws/fleet.ts';
import { withLayers } from './aws/layers.ts';
import { OrphanSweep } from './aws/orphan-sweep.ts';
import { type Controllers, createControllers, createFleetMarks, type Foundation, type Stores } from './controllers.ts';
import { createResolver } from './dns/resolver.ts';
import type { EventRecorder } from './kubernetes/events.ts';
import { timesOf } from './runtime/lease-terms.ts';
import { aborted, type Component } from './runtime/manager.ts';
import { priorities } from './runtime/priorities.ts';
import type { Surroundings } from './surroundings.ts';
import { countedLists } from './telemetry/account.ts';
import { type Check, noneStuck } from './telemetry/health.ts';
import type { Metrics } from './telemetry/metrics.ts';
import { createOrphanTeller } from './telemetry/orphans.ts';
import { createReporter } from './telemetry/report.ts';

/** What only the replica that leads does: it looks at AWS, and acts. Its queues fill before that. */
export type Work = { readonly components: readonly Component[]; readonly checks: readonly Check[]; readonly close: () => void };

export type WorkOptions = {
  readonly client: Foundation['client'];
  readonly stores: Stores;
  readonly metrics: Metrics;
  readonly fence: () => void;
  readonly record: EventRecorder['record'];
};

/** How long one DNS question may take, and how often a silent resolver is asked in that time. */
const dnsPatience = { timeoutMs: 2_000, tries: 2 };

/** AWS and everything that stands on it. */
export const createWork = (surroundings: Surroundings, { client, stores, metrics, fence, record }: WorkOptions): Work => {
  const { config, log, clock, random } = surroundings;
  const installation = config.installationId;
  const { aws: wire, close } = connectAws({ requestTimeoutMs: timesOf(config.leaseDurationMs).callMs, fence });
  const budget = createBudget({ clock, rates: config.rates });
  const aws = withLayers(wire, { budget, clock, onCall: metrics.outside.awsCall });
  const live = createFleet({ aws, clock, random, pollMs: config.fleetPollMs, resyncMs: config.resyncMs });
  metrics.caches.watchLists(live.lists);
  const marks = createFleetMarks({ installation, aws, live, clock });
  const controllers = createControllers({
    ...config, installation, client, stores, aws, live, marks, clock, random,
    dns: createResolver({ ...dnsPatience, clock, ...(config.dnsServers ? { servers: config.dnsServers } : {}) }),
    deadlineMs: config.passDeadlineMs,
    workers: { tenantDomain: config.workersTenantDomain, edgeTier: config.workersEdgeTier },
    hooksOf: (controller) => createReporter({ controller, log, metrics: metrics.controllers, record }),
    onLine: metrics.controllers.lined,
  });
  for (const { name, workers, depth, runningMs } of Object.values(controllers)) metrics.controllers.watch({ controller: name, workers, depth, runningMs });
  const { get, byIndex: by } = stores.tenantDomains;
  const lists = countedLists(live, metrics.account, { tiers: stores.edgeTiers.list, tenantsWith: (arn) => by('certificate', arn) });
  const orphans = new OrphanSweep({
    installation, live: lists, marks, clock, objects: { get, by, tiers: (kind) => stores.edgeTiers.list().filter((tier) => looksFor(tier, kind)).map(({ metadata }) => metadata.name) },
    wake: (key) => controllers.tenantDomain.enqueue(key, { priority: priorities.dependent }),
    hooks: createOrphanTeller({ log, record, count: metrics.fleet.orphans }),
  });
  return {
    components: [
      ...Object.values(controllers).map(({ name, run }) => ({ name, run })),
      { name: 'fleet', run: live.run },
      { name: 'orphans', run: (signal) => orphans.run(signal) },
      { name: 'budget', run: (signal) => closedWith(signal, budget.close) },
    ],
    checks: checksOf(controllers),
    close,
  };
};

const checksOf = (controllers: Controllers): readonly Check[] => Object.values(controllers).map(({ name, stuck }) => noneStuck(name, stuck));

/** A pass that waits for its turn at AWS has done nothing since its last step: it need not be waited for. */
const closedWith = async (signal: AbortSignal, close: () => void): Promise<void> => {
  await aborted(signal);
  close();
};
