import type { EdgeTier, EdgeTierStatus, TenantDomain, TenantDomainStatus } from '../crds/types.ts';
import { edgeTierIndexes, wakesOf as edgeTierWakes } from '../reconcilers/edge-tier/subject.ts';
import { createMarks, type Marks, ownerKeyOf } from '../reconcilers/aws/mark.ts';
import type { Reconciler } from '../reconcilers/contract.ts';
import { createReconcilers } from '../reconcilers/index.ts';
import type { Aws } from '../reconcilers/ports/aws.ts';
import type { Dns } from '../reconcilers/ports/dns.ts';
import type { Lookup } from '../reconcilers/ports/objects.ts';
import { type Namespace, tenantDomainIndexes, wakesOf as tenantDomainWakes } from '../reconcilers/tenant-domain/subject.ts';
import type { LiveFleet } from './aws/fleet.ts';
import type { Client } from './kubernetes/client.ts';
import { createConsistency } from './kubernetes/consistency.ts';
import type { KubeObject } from './kubernetes/object.ts';
import { objectsOf } from './kubernetes/objects.ts';
import { edgeTiers, tenantDomains } from './kubernetes/resources.ts';
import type { Change, Store } from './kubernetes/store.ts';
import type { Clock } from './runtime/clock.ts';
import { type Controller, type ControllerHooks, createController } from './runtime/controller.ts';
import { type Priority, priorities } from './runtime/priorities.ts';
import { createWorkQueue, type WorkQueue } from './runtime/work-queue.ts';

/** What the watches have seen. */
export type Stores = { readonly tenantDomains: Store<TenantDomain>; readonly edgeTiers: Store<EdgeTier>; readonly namespaces: Store<Namespace & KubeObject> };

/** Everything the two controllers stand on: started and stopped by others. */
export type Foundation = {
  readonly installation: string;
  readonly client: Client;
  readonly stores: Stores;
  readonly aws: Aws;
  readonly live: LiveFleet;
  readonly marks: Marks;
  readonly dns: Dns;
  readonly clock: Clock;
  readonly random: () => number;
  readonly resyncMs: number;
  /** How many certificates ACM grants the account in 365 days. */
  readonly certificatesPerYear: number;
  readonly groupLingerMs: number;
  readonly deadlineMs: number;
  readonly workers: { readonly tenantDomain: number; readonly edgeTier: number };
  readonly hooksOf: (controller: ControllerName) => ControllerHooks;
  /** A key came into line. */
  readonly onLine: (controller: ControllerName) => void;
};

export type ControllerName = 'tenantdomain' | 'edgetier';

/** A controller with what is measured of its queue. */
export type QueuedController = Controller & { readonly name: ControllerName; readonly workers: number; readonly depth: WorkQueue['depth'] };

/** Both controllers, each woken by what concerns it. */
export type Controllers = { readonly tenantDomain: QueuedController; readonly edgeTier: QueuedController };

const lookup = <Obj extends KubeObject, Index extends string>(store: Store<Obj>): Lookup<Obj, Index> => ({ get: store.get, by: store.byIndex });

const indexed = <Obj extends KubeObject>(store: Store<Obj>, indexes: Readonly<Record<string, (object: Obj) => readonly string[]>>): void => {
  for (const [name, valuesOf] of Object.entries(indexes)) store.index(name, valuesOf);
};

/** A change that somebody made is urgent; what a listing shows at a start is not, and what is new comes after what was begun before it. */
const priorityOf = ({ from, before }: Change<KubeObject>): Priority => {
  if (from === 'listing') return priorities.idle;
  return before === undefined ? priorities.arrival : priorities.user;
};

/** The marks of what is in AWS: once one of ours was read, the fleet finds certificates by it. */
export const createFleetMarks = ({ installation, aws, live, clock }: Pick<Foundation, 'installation' | 'aws' | 'live' | 'clock'>): Marks =>
  createMarks(aws, clock.now, (arn, mark) => mark.installation === installation && live.learnOwner(arn, ownerKeyOf(mark)));

/** Wires stores, fleet, reconcilers and queues together: who is woken by what. Nothing runs before the controllers do. */
export const createControllers = (foundation: Foundation): Controllers => {
  const { stores, client, live, clock, random, installation, hooksOf } = foundation;
  indexed(stores.tenantDomains, tenantDomainIndexes(installation));
  indexed(stores.edgeTiers, edgeTierIndexes(installation));
  const sources = { tenantDomains: lookup(stores.tenantDomains), edgeTiers: lookup(stores.edgeTiers), namespaces: lookup(stores.namespaces), everyTenantDomain: stores.tenantDomains.list } as const;
  const awaited = { tenantDomains: createConsistency(stores.tenantDomains), edgeTiers: createConsistency(stores.edgeTiers) };
  const reconcilers = createReconcilers({
    ...foundation,
    fleet: live.fleet,
    sources,
    now: clock.now,
    pace: { random, resyncMs: foundation.resyncMs },
    tenantDomains: objectsOf<TenantDomain, TenantDomainStatus>(client, tenantDomains, awaited.tenantDomains),
    edgeTiers: objectsOf<EdgeTier, EdgeTierStatus>(client, edgeTiers, awaited.edgeTiers),
  });
  const controllerOf = (name: ControllerName, reconciler: Reconciler, workers: number, isFresh: (key: string) => boolean): QueuedController => {
    const queue = createWorkQueue({ clock, onLine: () => foundation.onLine(name) });
    const controller = createController({ clock, random, deadlineMs: foundation.deadlineMs, reconciler, queue, workers, isFresh, hooks: hooksOf(name) });
    return { ...controller, name, workers, depth: queue.depth };
  };
  const tenantDomain = controllerOf('tenantdomain', reconcilers.tenantDomain, foundation.workers.tenantDomain, awaited.tenantDomains.isFresh);
  const edgeTier = controllerOf('edgetier', reconcilers.edgeTier, foundation.workers.edgeTier, awaited.edgeTiers.isFresh);
  connect(foundation, { tenantDomain, edgeTier }, { tenantDomain: tenantDomainWakes(sources), edgeTier: edgeTierWakes(sources) });
  return { tenantDomain, edgeTier };
};

type AllWakes = { readonly tenantDomain: ReturnType<typeof tenantDomainWakes>; readonly edgeTier: ReturnType<typeof edgeTierWakes> };

const connect = ({ stores, live }: Foundation, controllers: Controllers, wakes: AllWakes): void => {
  const { tenantDomain, edgeTier } = controllers;
  const own = priorityOf;
  // Those that are there: a tenant may name a tier that is gone, whose key nobody would take away any more, or one that is still to come.
  const tiersOf: typeof wakes.edgeTier.tenantDomains = { ...wakes.edgeTier.tenantDomains, keys: (tenant) => wakes.edgeTier.tenantDomains.keys(tenant).filter((tier) => stores.edgeTiers.get(tier) !== undefined) };
  stores.tenantDomains.subscribe((change) => {
    tenantDomain.wake(change, wakes.tenantDomain.tenantDomains, own(change));
    edgeTier.wake(change, tiersOf, priorities.dependent);
    if (change.after === undefined) tenantDomain.forget(change.key);
  });
  stores.edgeTiers.subscribe((change) => {
    edgeTier.wake(change, wakes.edgeTier.edgeTiers, own(change));
    tenantDomain.wake(change, wakes.tenantDomain.edgeTiers, priorities.dependent);
    if (change.after === undefined) edgeTier.forget(change.key);
  });
  stores.namespaces.subscribe((change) => {
    tenantDomain.wake(change, wakes.tenantDomain.namespaces, priorities.dependent);
  });
  live.subscribe((change) => {
    switch (change.source) {
      case 'tenants':
        return tenantDomain.wake(change, wakes.tenantDomain.tenants, priorities.dependent);
      case 'certificates':
        return tenantDomain.wake(change, wakes.tenantDomain.certificates, priorities.dependent);
      case 'renewals':
        return tenantDomain.wake(change, wakes.tenantDomain.renewals, priorities.dependent);
      case 'connectionGroups':
        return edgeTier.wake(change, wakes.edgeTier.connectionGroups, priorities.dependent);
      case 'blueprints':
        return edgeTier.wake(change, wakes.edgeTier.blueprints, priorities.dependent);
      case 'webAcls':
        return edgeTier.wake(change, wakes.edgeTier.webAcls, priorities.dependent);
      case 'ipSets':
        return edgeTier.wake(change, wakes.edgeTier.ipSets, priorities.dependent);
    }
  });
};
