import type { EdgeTier, TenantDomain } from '../../../crds/types.ts';
import type { Report } from '../../../reconcilers/contract.ts';
import { looksFor } from '../../../reconcilers/edge-tier/subject.ts';
import { type Aws, awsOperations, layered } from '../../../reconcilers/ports/aws.ts';
import type { Dns, DnsAnswer } from '../../../reconcilers/ports/dns.ts';
import type { Namespace } from '../../../reconcilers/tenant-domain/subject.ts';
import { createFleet } from '../../../src/aws/fleet.ts';
import { classified } from '../../../src/aws/layers.ts';
import { type OrphanHooks, OrphanSweep } from '../../../src/aws/orphan-sweep.ts';
import { createControllers, createFleetMarks } from '../../../src/controllers.ts';
import type { Client } from '../../../src/kubernetes/client.ts';
import { type KubeObject, trusted } from '../../../src/kubernetes/object.ts';
import { ObjectStore } from '../../../src/kubernetes/store.ts';
import type { Clock } from '../../../src/runtime/clock.ts';
import { priorities } from '../../../src/runtime/priorities.ts';
import type { Cluster } from './cluster.ts';

/** One call to the outside, as a fault plan sees it. `about` is the name of its port and operation, like `aws createDistributionTenant`; of a lookup also the question. */
export type OutsideCall = { readonly about: string; readonly mutates: boolean };

/** Stands between the process and every call it makes to the outside. */
export type Tap = <Value>(call: OutsideCall, run: () => Promise<Value>) => Promise<Value>;

export type ProcessOptions = {
  readonly cluster: Cluster;
  readonly aws: Aws;
  readonly dns: Dns;
  readonly clock: Clock;
  readonly random: () => number;
  readonly installation: string;
  readonly certificatesPerYear: number;
  readonly tap: Tap;
  readonly onReport: (report: Report) => void;
  readonly orphanHooks: OrphanHooks;
};

/** A controller process in memory: the production shell but for watches, budget and wire. */
export type ControllerProcess = {
  /** Drops everything at once, as SIGKILL does: no callback runs, no answer is heard. */
  readonly kill: () => void;
  /** Asks for a pass of every object now. */
  readonly resync: () => void;
};

/** A clock whose timers die with the process. */
const mortal = (clock: Clock, isAlive: () => boolean): Clock => ({
  now: clock.now,
  after: (delayMs, run) =>
    clock.after(delayMs, () => {
      if (isAlive()) run();
    }),
});

const never = <Value>(): Promise<Value> => new Promise<Value>(() => {});

const tapped = (client: Client, tap: Tap): Client => ({
  ...client,
  get: (resource, address, signal) => tap({ about: `kubernetes get ${resource.plural}`, mutates: false }, () => client.get(resource, address, signal)),
  mergePatch: (resource, target, patch, signal) => tap({ about: `kubernetes patch ${resource.plural}`, mutates: true }, () => client.mergePatch(resource, target, patch, signal)),
  mergePatchStatus: (resource, target, patch, signal) => tap({ about: `kubernetes patch ${resource.plural}/status`, mutates: true }, () => client.mergePatchStatus(resource, target, patch, signal)),
});

/** What a tap throws is a resolver that nobody could ask; what the port itself throws is a bug, and stays one. */
const tappedDns = (dns: Dns, tap: Tap): Dns => ({
  lookUp: async (question, signal) => {
    const own: unknown[] = [];
    const asked = (): Promise<DnsAnswer> => dns.lookUp(question, signal).catch((error: unknown) => {
      own.push(error);
      throw error;
    });
    try {
      return await tap({ about: `dns lookUp ${question.type} ${question.name}`, mutates: false }, asked);
    } catch (error) {
      signal.throwIfAborted();
      if (own.includes(error)) throw error;
      return { is: 'failed', reason: error instanceof Error ? error.message : String(error) };
    }
  },
});

/** Fills a store and keeps it up, as a reflector does. */
const follow = <O extends KubeObject>(cluster: Cluster, plural: string, store: ObjectStore<O>): (() => void) => {
  store.replace(cluster.list(plural).map((object) => trusted<O>(object)), cluster.version());
  return cluster.watch((event) => {
    if (event.plural === plural) store.apply({ is: event.is, object: trusted<O>(event.object) });
  });
};

/** Starts a process on the world as it is. */
export const startProcess = (options: ProcessOptions): ControllerProcess => {
  const { cluster, random, installation } = options;
  let alive = true;
  const ended = new AbortController();
  const clock = mortal(options.clock, () => alive);
  const tap: Tap = async (call, run) => {
    if (!alive) return never();
    const value = await options.tap(call, run);
    return alive ? value : never();
  };
  const bug = (error: unknown): never => {
    throw error;
  };
  const stores = {
    tenantDomains: new ObjectStore<TenantDomain & KubeObject>({ onHandlerError: bug }),
    edgeTiers: new ObjectStore<EdgeTier & KubeObject>({ onHandlerError: bug }),
    namespaces: new ObjectStore<Namespace & KubeObject>({ onHandlerError: bug }),
  };
  const aws = layered(layered(options.aws, (name, call) => (input, signal) => tap({ about: `aws ${name}`, mutates: awsOperations[name].mutates }, () => call(input, signal))), classified);
  const live = createFleet({ aws, clock, random });
  const marks = createFleetMarks({ installation, aws, live, clock });
  const controllers = createControllers({
    marks, installation, onLine: () => undefined, client: tapped(cluster.client, tap), stores, aws, live, dns: tappedDns(options.dns, tap), clock, random,
    resyncMs: 10 * 3_600_000, certificatesPerYear: options.certificatesPerYear, groupLingerMs: 3_600_000, deadlineMs: 300_000, workers: { tenantDomain: 8, edgeTier: 2 },
    hooksOf: () => ({ onReport: options.onReport, onPanic: (_key, error) => bug(error), onTimeout: (_key, error) => bug(error), onStuck: () => undefined, onStale: () => undefined, onTake: () => undefined }),
  });
  const orphans = new OrphanSweep({
    installation, live, marks, clock, objects: { get: stores.tenantDomains.get, by: stores.tenantDomains.byIndex, tiers: (kind) => stores.edgeTiers.list().filter((tier) => looksFor(tier, kind)).map(({ metadata }) => metadata.name) }, hooks: options.orphanHooks,
    wake: (key) => controllers.tenantDomain.enqueue(key, { priority: priorities.dependent }),
  });
  const unwatches = [follow(cluster, 'namespaces', stores.namespaces), follow(cluster, 'edgetiers', stores.edgeTiers), follow(cluster, 'tenantdomains', stores.tenantDomains)];
  const crash = (error: unknown): void => {
    if (alive) queueMicrotask(() => bug(error));
  };
  for (const part of [live.run(ended.signal), controllers.tenantDomain.run(ended.signal), controllers.edgeTier.run(ended.signal), orphans.run(ended.signal)]) part.catch(crash);
  return {
    kill: () => {
      alive = false;
      for (const unwatch of unwatches) unwatch();
      ended.abort();
    },
    resync: () => {
      for (const object of stores.tenantDomains.list()) controllers.tenantDomain.enqueue(`${object.metadata.namespace ?? ''}/${object.metadata.name}`, { priority: priorities.user });
      for (const object of stores.edgeTiers.list()) controllers.edgeTier.enqueue(object.metadata.name, { priority: priorities.user });
    },
  };
};
