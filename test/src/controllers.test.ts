import { expect, test } from 'vitest';
import type { EdgeTier, TenantDomain } from '../../crds/types.ts';
import { createMarks } from '../../reconcilers/aws/mark.ts';
import type { Namespace } from '../../reconcilers/tenant-domain/subject.ts';
import { createFleet } from '../../src/aws/fleet.ts';
import { createControllers } from '../../src/controllers.ts';
import { createClient } from '../../src/kubernetes/client.ts';
import type { KubeObject } from '../../src/kubernetes/object.ts';
import { ObjectStore } from '../../src/kubernetes/store.ts';
import { edgeTier, tenantDomain } from '../reconcilers/builders.ts';
import { createVirtualClock } from '../virtual-clock.ts';
import { createAccount } from './aws/account.ts';

const unused = (): never => {
  throw new Error('call the outside: nothing runs here');
};

const storeOf = <Obj>() => new ObjectStore<Obj & KubeObject>({ onHandlerError: unused });

/** The controllers of a replica that stands by: the stores are followed, and nothing runs. */
const standBy = () => {
  const clock = createVirtualClock();
  const { aws } = createAccount(clock);
  const stores = { tenantDomains: storeOf<TenantDomain>(), edgeTiers: storeOf<EdgeTier>(), namespaces: storeOf<Namespace>() };
  const hooks = { onReport: unused, onPanic: unused, onTimeout: unused, onStuck: unused, onStale: unused, onTake: unused };
  const controllers = createControllers({
    installation: 'main', client: createClient({ request: unused, stream: unused, close: unused }), stores, aws, live: createFleet({ aws, clock, random: () => 1 }), marks: createMarks(aws, clock.now),
    dns: { lookUp: unused }, clock, random: () => 1, resyncMs: 36_000_000, certificatesPerYear: 5_000, groupLingerMs: 3_600_000, deadlineMs: 300_000,
    workers: { tenantDomain: 1, edgeTier: 1 }, hooksOf: () => hooks, onLine: () => undefined,
  });
  const waiting = () => [controllers.tenantDomain, controllers.edgeTier].map(({ depth }) => Object.values(depth()).reduce((sum, count) => sum + count, 0));
  return { clock, stores, waiting };
};

test.each([
  { name: 'the tenant before its tier', order: ['tenantDomains', 'edgeTiers'] },
  { name: 'the tier before the tenant that names it', order: ['edgeTiers', 'tenantDomains'] },
] as const)('a replica that stands by keeps no key of an object that is gone: $name', async ({ order }) => {
  const { clock, stores, waiting } = standBy();
  const tenant = (resourceVersion: string) => tenantDomain({}, { metadata: { resourceVersion } });
  const tier = (resourceVersion: string) => edgeTier({}, { metadata: { resourceVersion } });
  stores.edgeTiers.apply({ is: 'added', object: tier('1') });
  stores.tenantDomains.apply({ is: 'added', object: tenant('2') });
  await clock.advance(600_000);
  const before = waiting();
  const remove = { tenantDomains: () => stores.tenantDomains.apply({ is: 'deleted', object: tenant('3') }), edgeTiers: () => stores.edgeTiers.apply({ is: 'deleted', object: tier('4') }) };
  for (const kind of order) remove[kind]();
  await clock.advance(600_000);
  expect({ before, after: waiting(), timers: clock.pending() }).toEqual({ before: [1, 1], after: [0, 0], timers: 0 });
});
