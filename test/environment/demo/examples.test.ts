import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { startControlPlane } from '../control-plane/control-plane.ts';
import { Customers } from '../customers.ts';
import { World } from '../in-process/world.ts';
import { hurry, provideAccount } from './account.ts';
import { accountsOf, ownersIn } from './calls.ts';
import { cast, habitOf } from './cast.ts';
import { createCritic } from './critic.ts';
import { exampleFiles, exampleManifests, tierOrdersIn } from './examples.ts';

// The first start on a machine may build the control plane.
const startTimeoutMs = 20 * 60_000;

/** Applies the examples in a world of virtual time, and plays their customers until nothing is wrong, or for so long. */
const playExamples = async (limitMs: number) => {
  const world = new World({ seed: 1, knobs: hurry });
  const manifests = await exampleManifests();
  provideAccount(world.simulator.operator, tierOrdersIn(manifests));
  world.start();
  world.apply(...manifests);
  const customers = new Customers(world.zones, habitOf);
  const judge = createCritic((domain) => world.simulator.serves(domain).served);
  const look = () => {
    const tenants = cast.flatMap(({ key }) => world.tenant(key) ?? []);
    customers.look(tenants, world.clock.now());
    return judge(tenants);
  };
  let verdict = look();
  for (let spentMs = 0; verdict.wrong.length > 0 && spentMs < limitMs; spentMs += 500) {
    await world.run(500);
    await world.simulator.settle();
    verdict = look();
  }
  return { world, verdict };
};

test('each tenant of the examples ends where the demonstration says that it will', async () => {
  const { world, verdict } = await playExamples(5 * 60_000);
  expect(verdict.wrong).toEqual([]);
  const accounts = accountsOf(world.simulator.log, ownersIn(world.simulator.inspect, cast.flatMap(({ key }) => world.tenant(key) ?? [])));
  expect([...accounts.own.keys()]).toEqual(['acme/shop', 'bakery/orders', 'cinema/tickets', 'fashion/store']);
  world.kill();
});

test('a story that is broken off too early says what is missing, tenant by tenant', async () => {
  const { world, verdict } = await playExamples(5_000);
  expect([...verdict.done]).toEqual(['dental/portal', 'energy/meters']);
  expect(verdict.wrong.map((line) => line.split(':')[0])).toEqual(['acme/shop', 'bakery/orders', 'cinema/tickets', 'fashion/store']);
  world.kill();
});

test('the cast plays all tenants of the examples and no others', async () => {
  const tenants = (await exampleManifests()).filter(({ kind }) => kind === 'TenantDomain').map(({ metadata }) => `${metadata.namespace ?? ''}/${metadata.name}`);
  expect(tenants).toEqual(cast.map(({ key }) => key));
});

test('a real API server takes the examples as they are, one file after another', async () => {
  const controlPlane = await startControlPlane({ controllerManager: false });
  try {
    await controlPlane.apply(['edgetiers.yaml', 'tenantdomains.yaml'].map((file) => fileURLToPath(new URL(`../../../crds/${file}`, import.meta.url))));
    const stored = await controlPlane.apply(await exampleFiles());
    expect(stored.map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual((await exampleManifests()).map(({ kind, metadata }) => `${kind} ${metadata.name}`));
  } finally {
    await controlPlane.stop();
  }
}, startTimeoutMs);
