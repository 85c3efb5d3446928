import type { EdgeTier, TenantDomain } from '../../crds/types.ts';
import { CredentialCache, kubeconfigSource } from '../../src/kubernetes/auth.ts';
import { createClient } from '../../src/kubernetes/client.ts';
import type { KubeObject } from '../../src/kubernetes/object.ts';
import { Reflector } from '../../src/kubernetes/reflector.ts';
import { edgeTiers, type Resource, tenantDomains } from '../../src/kubernetes/resources.ts';
import { type Change, ObjectStore, type Store } from '../../src/kubernetes/store.ts';
import { createTransport } from '../../src/kubernetes/transport.ts';
import { systemClock } from '../../src/runtime/clock.ts';

/** Sees every version of every object, as admin, and beside the controller under test. */
export type Witness = {
  readonly tenants: Store<TenantDomain & KubeObject>;
  readonly tiers: Store<EdgeTier & KubeObject>;
  /** Every version that there was of any of them, the oldest first. */
  readonly versions: readonly (TenantDomain | EdgeTier)[];
  readonly stop: () => Promise<void>;
};

/** What a handler throws would be kept from the test by the store. */
const failLoudly = (error: unknown): void => {
  queueMicrotask(() => {
    throw error;
  });
};

/** Resolves when it sees what there is. */
export const startWitness = async (kubeconfigPath: string): Promise<Witness> => {
  const transport = createTransport({
    credentials: new CredentialCache(kubeconfigSource([kubeconfigPath]), systemClock), clock: systemClock, random: Math.random, userAgent: 'witness/1',
  });
  const client = createClient(transport);
  const ended = new AbortController();
  const runs: Promise<void>[] = [];
  const follow = async <O extends KubeObject>(resource: Resource, onChange: (change: Change<O>) => void): Promise<Store<O>> => {
    const store = new ObjectStore<O>({ onHandlerError: failLoudly });
    store.subscribe(onChange);
    runs.push(new Reflector<O>({ source: client.source(resource), store, clock: systemClock, random: Math.random }).run(ended.signal));
    await store.synced;
    return store;
  };
  const versions: (TenantDomain | EdgeTier)[] = [];
  const keep = ({ after }: Change<TenantDomain & KubeObject> | Change<EdgeTier & KubeObject>): void => {
    if (after !== undefined) versions.push(after);
  };
  const tenants = await follow<TenantDomain & KubeObject>(tenantDomains, keep);
  const tiers = await follow<EdgeTier & KubeObject>(edgeTiers, keep);
  return {
    tenants, tiers, versions,
    stop: async () => {
      ended.abort();
      await Promise.all(runs);
      await transport.close();
    },
  };
};
