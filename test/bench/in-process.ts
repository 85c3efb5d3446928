import type { TenantDomain } from '../../crds/types.ts';
import type { Aws } from '../../reconcilers/ports/aws.ts';
import { createBudget } from '../../src/aws/budget.ts';
import type { Tap } from '../environment/in-process/process.ts';
import { World } from '../environment/in-process/world.ts';
import { floorSecondsFor, knobsFor, ratesFor } from './account.ts';
import { type AwsTally, tallyOf } from './aws-tally.ts';
import { actAsCustomer, isPointed, isReady } from './customer.ts';
import { blueprint, namespaces, tenantManifest, tierManifest } from './manifests.ts';
import type { Settings } from './settings.ts';

/** `seconds` are the account's, not the machine's: what the rates and AWS's own delays make of so many tenants. */
export type VirtualStretch = { readonly seconds: number; readonly aws: AwsTally; readonly writes: number };

/** The same fleet in memory: onboarded, at rest for an hour, and found again by another process. */
export type VirtualFigures = { readonly settings: Settings; readonly floorSeconds: number; readonly toReady: VirtualStretch; readonly anHourAtRest: VirtualStretch; readonly coldStart: VirtualStretch };

const hourMs = 3_600_000;
const awsCall = /^aws (\w+)$/;

/** The budget stands where the production process has it: before the call. */
const budgetTap = (world: World, settings: Settings): Tap => {
  const budget = createBudget({ clock: world.clock, rates: ratesFor(settings) });
  const never = new AbortController().signal;
  return async ({ about }, run) => {
    const [, name] = awsCall.exec(about) ?? [];
    if (name !== undefined) await budget.turn(name as keyof Aws, never);
    return run();
  };
};

/** How many tenants are where, counted as they change: a look at all of them at each step would take hours. */
const follow = (world: World): { readonly ready: Set<string>; readonly pointed: Set<string>; readonly writes: () => number } => {
  const [ready, pointed] = [new Set<string>(), new Set<string>()];
  let writes = 0;
  world.cluster.watch(({ is, plural, object }) => {
    if (is === 'modified') writes += 1;
    if (plural !== 'tenantdomains') return;
    const tenant = object as TenantDomain;
    actAsCustomer(world.zones, tenant);
    if (isReady(tenant)) ready.add(tenant.metadata.name);
    if (isPointed(tenant)) pointed.add(tenant.metadata.name);
  });
  return { ready, pointed, writes: () => writes };
};

/** Runs a whole fleet's life without waiting for it. */
export const measureInProcess = async (settings: Settings): Promise<VirtualFigures> => {
  const { tenants, seed } = settings;
  const world = new World({ seed, knobs: knobsFor(settings) });
  const { operator, log } = world.simulator;
  const fleet = follow(world);
  world.apply(...namespaces, tierManifest(operator.createDistribution(blueprint).id, operator.createConnectionGroup({ name: 'shared' }).id, settings.tenants));
  const start = (): Set<string> => {
    const looked = new Set<string>();
    world.start(budgetTap(world, settings), ({ key }) => looked.add(key));
    return looked;
  };
  const stretch = async (live: () => Promise<unknown>): Promise<VirtualStretch> => {
    const [fromMs, calls, writes] = [world.clock.now().getTime(), log.length, fleet.writes()];
    await live();
    return { seconds: (world.clock.now().getTime() - fromMs) / 1_000, aws: tallyOf(log.slice(calls)), writes: fleet.writes() - writes };
  };
  const floorSeconds = floorSecondsFor(tenants, ratesFor(settings));
  const limitMs = (10 * floorSeconds + 3_600) * 1_000;
  start();
  const toReady = await stretch(async () => {
    for (let index = 0; index < tenants; index++) world.apply(tenantManifest(index));
    await world.until(`${tenants} tenants are Ready`, () => fleet.ready.size === tenants, limitMs);
  });
  await world.until('all DNS is seen', () => fleet.pointed.size === tenants, limitMs);
  await world.run(60_000);
  const anHourAtRest = await stretch(() => world.run(hourMs));
  world.kill();
  const coldStart = await stretch(async () => {
    const looked = start();
    await world.until('every key is looked at', () => looked.size > tenants, limitMs);
  });
  world.kill();
  return { settings, floorSeconds, toReady, anHourAtRest, coldStart };
};
