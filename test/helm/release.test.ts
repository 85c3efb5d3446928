import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { waitFor } from '../environment/control-plane/wait.ts';
import { argsOfPods, changesInAws, current, earlier, ends, hasField, helm, metric, onboard, running, stored, unserved, versions } from './release.ts';
import { type HelmWorld, release, startHelmWorld } from './world.ts';

const before = 'tenant-edge:0.0.9';
const now = 'tenant-edge:0.1.0';
const gone = { code: 0, signal: null };

// In order: what one leaves is where the next begins.
describe('a release of the chart', { timeout: 120_000 }, () => {
  let world: HelmWorld;
  let domains: readonly string[];

  beforeAll(async () => {
    world = await startHelmWorld({ seed: 51 });
    await helm(world, ['install', release, earlier.path], earlier.values(world));
    domains = await onboard(world);
    world.simulator.clearLog();
  });

  afterAll(() => world.stop());

  /** What must hold of every step: nobody is unserved meanwhile, AWS is not touched, and processes end by themselves. */
  const step = async (args: readonly string[], values?: Readonly<Record<string, unknown>>): Promise<void> => {
    expect(await unserved(world, domains, () => helm(world, args, values))).toEqual([]);
    expect(changesInAws(world)).toEqual([]);
    expect(ends(world).filter((end) => JSON.stringify(end) !== JSON.stringify(gone))).toEqual([]);
    expect(world.kubelet.failures).toEqual([]);
  };

  /** Helm does not wait for pods that go, only for those that come. */
  const left = (images: readonly string[]): Promise<true> =>
    waitFor(`${images.join(', ')} to run alone`, 60_000, async () => (JSON.stringify(running(world)) === JSON.stringify(images) ? true : undefined));

  test('of the version before serves tenants with what its definitions had', async () => {
    expect(running(world)).toEqual([before]);
    expect(domains.filter((domain) => !world.simulator.serves(domain).served)).toEqual([]);
    expect(await hasField(world, 'edgetiers', 'tenantOverrides')).toBe(false);
    expect(await hasField(world, 'tenantdomains', 'connectionGroup')).toBe(false);
  });

  test('is upgraded: definitions too, two replicas, tenants served all the time', async () => {
    await step(['upgrade', release, current.path], current.values(world));
    await left([now, now]);
    expect(await hasField(world, 'edgetiers', 'tenantOverrides')).toBe(true);
    expect(await hasField(world, 'tenantdomains', 'connectionGroup')).toBe(true);
  });

  test('cannot be given another installation id', async () => {
    const { code, stderr } = await world.helm(['upgrade', release, current.path], current.values(world, { installationId: 'other' }));
    expect({ code, isSaid: stderr.includes('installationId is other, and this release was installed as main') }).toEqual({ code: 1, isSaid: true });
  });

  test('leaves its definitions where they are when they are left to others', async () => {
    await step(['upgrade', release, current.path], current.values(world, { crds: { install: false } }));
    expect(await hasField(world, 'edgetiers', 'tenantOverrides')).toBe(true);
    expect(await stored(world)).toHaveLength(2);
  });

  test('is rolled by another value, and no step is left half done', async () => {
    const [first, second] = world.kubelet.processes.slice(-2);
    const { controller } = world.connection as { readonly controller: object };
    await step(['upgrade', release, current.path], current.values(world, { controller: { ...controller, logLevel: 'debug' } }));
    await left([now, now]);
    expect([await first?.child.exited, await second?.child.exited]).toEqual([gone, gone]);
    expect((await argsOfPods(world)).map((args) => args.includes('--log-level=debug'))).toEqual([true, true]);
  });

  test('is rolled back, to the version before too, and forth again', async () => {
    await step(['rollback', release, '1']);
    await left([before]);
    expect(await hasField(world, 'edgetiers', 'tenantOverrides')).toBe(false);
    await step(['rollback', release]);
    await left([now, now]);
    expect(await hasField(world, 'edgetiers', 'tenantOverrides')).toBe(true);
  });

  test('is uninstalled: processes end, tenants stay served, and their objects stay', async () => {
    await step(['uninstall', release]);
    await left([]);
    expect(domains.filter((domain) => !world.simulator.serves(domain).served)).toEqual([]);
    expect(await stored(world)).toHaveLength(2);
    expect(await hasField(world, 'tenantdomains', 'connectionGroup')).toBe(true);
  });

  test('is installed again, takes over, and changes nothing, neither in AWS nor in the cluster', async () => {
    const were = await versions(world);
    await step(['install', release, current.path], current.values(world));
    await left([now, now]);
    await waitFor('every tenant to be looked at', 60_000, async () =>
      (await metric(world, 'controller_runtime_reconcile_total', 'controller="tenantdomain"')) >= domains.length ? true : undefined);
    expect(await metric(world, 'leader_election_master_status', '')).toBe(1);
    expect(await versions(world)).toEqual(were);
    expect(changesInAws(world)).toEqual([]);
  });
});
