import { Registry } from 'prom-client';
import type { Clock } from '../runtime/clock.ts';
import { createAccountMetrics } from './account-metrics.ts';
import type { AccountMetrics, Quota } from './account-metrics.ts';
import { createCacheMetrics } from './cache-metrics.ts';
import type { CacheMetrics } from './cache-metrics.ts';
import { createControllerMetrics } from './controller-metrics.ts';
import type { ControllerMetrics } from './controller-metrics.ts';
import { createEventMetrics } from './event-metrics.ts';
import type { EventMetrics } from './event-metrics.ts';
import { createFleetMetrics } from './fleet-metrics.ts';
import type { FleetMetrics } from './fleet-metrics.ts';
import { createLeaderMetrics } from './leader-metrics.ts';
import type { LeaderMetrics } from './leader-metrics.ts';
import { createOutsideMetrics } from './outside-metrics.ts';
import type { OutsideMetrics } from './outside-metrics.ts';
import { createProcessMetrics } from './process-metrics.ts';

export type MetricsOptions = {
  readonly clock: Pick<Clock, 'now'>;
  /** The API server, as `name:port`. */
  readonly host: string;
  /** The name of the Lease. */
  readonly lease: string;
  /** The account's quotas, as far as the process was told; none by default. */
  readonly limits?: Partial<Readonly<Record<Quota, number>>>;
  /** Of this program. */
  readonly version: string;
};

/** Everything that is measured, in a registry of its own. The other floors know the callbacks and nothing of Prometheus. */
export type Metrics = {
  readonly controllers: ControllerMetrics;
  readonly outside: OutsideMetrics;
  readonly caches: CacheMetrics;
  readonly fleet: FleetMetrics;
  readonly account: AccountMetrics;
  readonly events: EventMetrics;
  readonly leader: LeaderMetrics;
  /** The text that Prometheus scrapes, and its content type. */
  readonly page: () => Promise<{ readonly type: string; readonly body: string }>;
  /** Stops watching the event loop. */
  readonly close: () => void;
};

/** Metrics whose finite labels all stand at zero. Measures the event loop until it is closed. */
export const createMetrics = (options: MetricsOptions): Metrics => {
  const registry = new Registry();
  const { close } = createProcessMetrics(registry, options.version);
  return {
    controllers: createControllerMetrics(registry),
    outside: createOutsideMetrics(registry, options.host),
    caches: createCacheMetrics(registry, options.clock),
    fleet: createFleetMetrics(registry, options.clock),
    account: createAccountMetrics(registry, { clock: options.clock, limits: options.limits ?? {} }),
    events: createEventMetrics(registry),
    leader: createLeaderMetrics(registry, options.lease),
    page: async () => ({ type: registry.contentType, body: await registry.metrics() }),
    close,
  };
};
