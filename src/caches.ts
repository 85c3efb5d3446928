import type { Client } from './kubernetes/client.ts';
import type { KubeObject } from './kubernetes/object.ts';
import { Reflector } from './kubernetes/reflector.ts';
import { edgeTiers, namespaces, type Resource, tenantDomains } from './kubernetes/resources.ts';
import { ObjectStore } from './kubernetes/store.ts';
import type { Clock } from './runtime/clock.ts';
import type { Component } from './runtime/manager.ts';
import type { CacheMetrics } from './telemetry/cache-metrics.ts';
import type { Log } from './telemetry/log.ts';

const resources = { tenantDomains, edgeTiers, namespaces } as const satisfies Record<string, Resource>;
type Kinds = { readonly [Name in keyof typeof resources]: KubeObject };

/** One store per kind, each kept up by its reflector once that runs. */
export type Caches<K extends Kinds> = {
  readonly stores: { readonly [Name in keyof K & keyof Kinds]: ObjectStore<K[Name]> };
  readonly components: readonly Component[];
  readonly hasSynced: Readonly<Record<string, () => boolean>>;
};

type CacheOptions = { readonly client: Client; readonly clock: Clock; readonly random: () => number; readonly log: Log; readonly metrics: CacheMetrics };

const resyncReasons = ['start', 'expired', 'rejected', 'failing'] as const;

/** The caches of everything that is watched. What goes wrong on the way is logged and counted, and tried again for ever. */
export const createCaches = <K extends Kinds>({ client, clock, random, log, metrics }: CacheOptions): Caches<K> => {
  const cacheOf = <O extends KubeObject>(resource: Resource): { readonly store: ObjectStore<O>; readonly component: Component } => {
    const kind = resource.plural;
    const store = new ObjectStore<O>({ onHandlerError: (error) => log.error('Failed to pass on a change: this is a bug', { kind, error }) });
    const reflector = new Reflector<O>({
      source: client.source(resource), store, clock, random,
      onState: (state) => {
        metrics.state(kind, state);
        if (state.is === 'waiting' && state.error !== undefined) log.warn('Failed to watch, trying again', { kind, error: state.error, delayMs: state.delayMs });
      },
    });
    metrics.watch({ kind, reasons: resyncReasons, lastHeardAt: () => reflector.lastHeardAt(), size: store.size });
    return { store, component: { name: `cache-${kind}`, run: (signal) => reflector.run(signal), ready: store.hasSynced } };
  };
  const [tenants, tiers, spaces] = [cacheOf<K['tenantDomains']>(tenantDomains), cacheOf<K['edgeTiers']>(edgeTiers), cacheOf<K['namespaces']>(namespaces)];
  return {
    stores: { tenantDomains: tenants.store, edgeTiers: tiers.store, namespaces: spaces.store },
    components: [tenants.component, tiers.component, spaces.component],
    hasSynced: { tenantdomains: tenants.store.hasSynced, edgetiers: tiers.store.hasSynced, namespaces: spaces.store.hasSynced },
  };
};
