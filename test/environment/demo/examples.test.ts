import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { startControlPlane } from '../control-plane/control-plane.ts';
import { Customers } from '../customers.ts';
import { World } from '../in-process/world.ts';
import { hurry, provideAccount } from './account.ts';
import { type Act, acts } from './acts.ts';
import { accountsOf, ownersIn } from './calls.ts';
import { cast, habitOf } from './cast.ts';
import { createCritic, type Sight, type Verdict } from './critic.ts';
import { exampleFiles, exampleManifests, tierOrdersIn } from './examples.ts';
import { Prober } from './prober.ts';

// The first start on a machine may build the control plane.
const startTimeoutMs = 20 * 60_000;

/** Plays the acts in a world of virtual time, customers included, each until nothing is wrong or for so long; stops at one that went wrong. */
const playActs = async (limitMs: number, played: readonly Act[] = acts) => {
  const world = new World({ seed: 1, knobs: hurry });
  const manifests = await exampleManifests();
  provideAccount(world.simulator.operator, tierOrdersIn(manifests));
  world.start();
  const customers = new Customers(world.zones, habitOf);
  const judge = createCritic(world.simulator);
  const prober = new Prober(world.simulator);
  prober.start();
  const sight = (): Sight => ({
    tenants: cast.flatMap(({ key }) => world.tenant(key) ?? []),
    tiers: ['basic', 'express', 'premium'].flatMap((name) => world.tier(name) ?? []),
  });
  const look = (act: Act) => {
    const seen = sight();
    customers.look(seen.tenants, world.clock.now());
    prober.look('between two changes', seen);
    return judge(act, seen);
  };
  let verdict: Verdict = { done: new Set(), wrong: ['nothing was played'] };
  for (const act of played) {
    world.apply(...act.orders(manifests));
    verdict = look(act);
    for (let spentMs = 0; verdict.wrong.length > 0 && spentMs < limitMs; spentMs += 500) {
      await world.run(500);
      await world.simulator.settle();
      verdict = look(act);
    }
    if (verdict.wrong.length > 0) break;
  }
  return { world, verdict, sight, findings: prober.findings };
};

test('each act of the demonstration ends as it says, and no name is unserved or unprotected on the way', async () => {
  const { world, verdict, sight, findings } = await playActs(5 * 60_000);
  expect(verdict.wrong).toEqual([]);
  expect(findings).toMatchObject({ unserved: [], unprotected: [] });
  expect(findings.questions).toBeGreaterThan(findings.changes);
  const accounts = accountsOf(world.simulator.log, ownersIn(world.simulator.inspect, sight().tenants));
  expect([...accounts.own.keys()]).toEqual(['acme/shop', 'bakery/orders', 'cinema/tickets', 'fashion/outlet', 'fashion/store', 'gallery/visits', 'tier basic', 'tier premium']);
  world.kill();
});

test('a story that is broken off too early says what is missing, tenant by tenant', async () => {
  const { world, verdict } = await playActs(5_000);
  expect([...verdict.done]).toEqual(['dental/portal', 'energy/meters']);
  expect(verdict.wrong.map((line) => line.split(':')[0])).toEqual(['acme/shop', 'bakery/orders', 'cinema/tickets', 'fashion/outlet', 'fashion/store', 'gallery/visits']);
  world.kill();
});

test('the prober sees a name that is cut, and one that loses its rules', async () => {
  const { world, sight } = await playActs(5 * 60_000, acts.slice(0, 1));
  const prober = new Prober(world.simulator);
  prober.look('before', sight());
  world.kill();
  const { operator, inspect } = world.simulator;
  const tenantOf = (name: string) => inspect.tenants().find(({ domains }) => domains.some(({ domain }) => domain === name));
  const outlet = tenantOf('outlet.fashion.example');
  operator.editTenant(tenantOf('shop.acme.example')?.id ?? '', { Enabled: false });
  operator.editTenant(outlet?.id ?? '', { Customizations: { ...outlet?.customizations, WebAcl: { Action: 'disable' } } });
  await world.run(60_000);
  prober.look('after', sight());
  expect(prober.findings.unserved).toEqual(['shop.acme.example after: the tenant is disabled']);
  expect(prober.findings.unprotected).toEqual(['after: "outlet.fashion.example" is served without the rules of tier premium: no web ACL of a tier']);
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
