import { isDeepStrictEqual } from 'node:util';
import type { EdgeTier, TenantDomain } from '../../crds/types.ts';
import { CredentialCache, kubeconfigSource } from '../../src/kubernetes/auth.ts';
import { createClient } from '../../src/kubernetes/client.ts';
import type { KubeObject } from '../../src/kubernetes/object.ts';
import { Reflector } from '../../src/kubernetes/reflector.ts';
import { edgeTiers, type Resource, tenantDomains } from '../../src/kubernetes/resources.ts';
import { type Change, ObjectStore } from '../../src/kubernetes/store.ts';
import { createTransport } from '../../src/kubernetes/transport.ts';
import { systemClock } from '../../src/runtime/clock.ts';
import type { Zones } from '../environment/dns/zones.ts';
import { actAsCustomer, isPointed, isReady } from './customer.ts';

/** New versions of objects that exist already, as the API server told them; those of a changed spec are the bench's own and not among them. */
export type Writes = { readonly tenantFinalizers: number; readonly tenantStatus: number; readonly tiers: number };

/** Sees every version of every object, and plays the customers: nobody is asked object by object. */
export type Watcher = {
  readonly ready: () => number;
  /** When each of them first was, in milliseconds of `performance.now()`, the earliest first. */
  readonly readySince: () => readonly number[];
  /** Those whose customer's DNS the controller has seen pointing here. */
  readonly pointed: () => number;
  readonly writes: () => Writes;
  /** When the last of these writes was seen, in milliseconds of `performance.now()`. */
  readonly lastWriteAt: () => number;
  readonly stop: () => Promise<void>;
};

type Tenant = TenantDomain & KubeObject;

/** Starts to watch, and returns once everything there is has been seen. */
export const startWatcher = async (kubeconfig: string, zones: Zones): Promise<Watcher> => {
  const ended = new AbortController();
  const credentials = new CredentialCache(kubeconfigSource([kubeconfig], undefined), systemClock);
  const transport = createTransport({ credentials, clock: systemClock, random: Math.random, userAgent: 'tenant-edge-bench' });
  const client = createClient(transport);
  const running: Promise<void>[] = [];
  const follow = async <O extends KubeObject>(resource: Resource, onChange: (change: Change<O>) => void): Promise<void> => {
    const store = new ObjectStore<O>({ onHandlerError: (error) => console.error(error) });
    store.subscribe(onChange);
    running.push(new Reflector<O>({ source: client.source(resource), store, clock: systemClock, random: Math.random }).run(ended.signal));
    await store.synced;
  };

  const [ready, pointed] = [new Set<string>(), new Set<string>()];
  const since = new Map<string, number>();
  const writes = { tenantFinalizers: 0, tenantStatus: 0, tiers: 0 };
  let lastWriteAt = performance.now();
  const wrote = (kind: keyof Writes): void => {
    writes[kind] += 1;
    lastWriteAt = performance.now();
  };
  const onTenant = ({ key, before, after }: Change<Tenant>): void => {
    mark(ready, key, after !== undefined && isReady(after));
    mark(pointed, key, after !== undefined && isPointed(after));
    if (ready.has(key) && !since.has(key)) since.set(key, performance.now());
    if (after === undefined) return;
    actAsCustomer(zones, after);
    if (before !== undefined && before.metadata.generation === after.metadata.generation) wrote(isDeepStrictEqual(before.metadata.finalizers, after.metadata.finalizers) ? 'tenantStatus' : 'tenantFinalizers');
  };
  const onTier = ({ before, after }: Change<EdgeTier & KubeObject>): void => {
    if (before !== undefined && after !== undefined) wrote('tiers');
  };
  await Promise.all([follow(tenantDomains, onTenant), follow(edgeTiers, onTier)]);
  return {
    ready: () => ready.size,
    readySince: () => [...since.values()],
    pointed: () => pointed.size,
    writes: () => ({ ...writes }),
    lastWriteAt: () => lastWriteAt,
    stop: async () => {
      ended.abort();
      await Promise.all(running);
      await transport.close();
    },
  };
};

const mark = (keys: Set<string>, key: string, holds: boolean): void => {
  if (holds) keys.add(key);
  else keys.delete(key);
};
