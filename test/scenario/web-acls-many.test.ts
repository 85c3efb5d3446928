import { expect, test } from 'vitest';
import type { EdgeTier, TenantDomain } from '../../crds/types.ts';
import { hostileKnobs, type Knobs } from '../environment/aws/knobs.ts';
import { RulesGuard } from '../environment/in-process/rules-guard.ts';
import type { World } from '../environment/in-process/world.ts';
import { crowdedIn } from './oracles.ts';
import { hours, minutes } from './scenario.ts';
import { namespace, Stage } from './stage.ts';
import { aclsThere, areInForce, common, deleteTenants, home } from './web-acl-words.ts';

const numbers = (from: number, to: number): readonly number[] => Array.from({ length: to - from + 1 }, (_, index) => from + index);

/** Fills with what is wrong at any mutation in AWS: a tenant without its tier's rules, or one too many with a web ACL. */
const watch = (world: World): readonly string[] => {
  const guard = new RulesGuard(world);
  const wrongs: string[] = [];
  world.simulator.onMutation(({ at, operation }) => {
    wrongs.push(...[...guard.look(), ...crowdedIn(world)].map((wrong) => `${at.toISOString()} ${operation}: ${wrong}`));
  });
  return wrongs;
};

const isReady = ({ status, metadata }: TenantDomain | EdgeTier): boolean => status?.conditions?.some(({ type, status: is, observedGeneration }) => type === 'Ready' && is === 'True' && observedGeneration === metadata.generation) ?? false;

const tenantsOf = ({ cluster }: World): readonly TenantDomain[] => cluster.list('tenantdomains') as readonly TenantDomain[];

/** Whether there are so many tenants, all ready and each with one of the tier's web ACLs. */
const areAllSeated = ({ world }: Stage, count: number): boolean => {
  const arns = new Set(world.simulator.inspect.webAcls().map(({ arn }) => arn));
  const seated = world.simulator.inspect.tenants().filter(({ customizations }) => arns.has(customizations.WebAcl?.Arn ?? ''));
  return seated.length === count && tenantsOf(world).length === count && tenantsOf(world).every(isReady);
};

/** How often AWS was called since, by operation. */
const calls = ({ world: { simulator } }: Stage): string => {
  const counts = new Map<string, number>();
  for (const { operation } of simulator.log) counts.set(operation, (counts.get(operation) ?? 0) + 1);
  const told = [...counts].toSorted(([, a], [, b]) => b - a).map(([operation, count]) => `${operation} ${count}`);
  simulator.clearLog();
  return told.join(', ');
};

const weathers: readonly { readonly name: string; readonly seed: number; readonly knobs: Partial<Knobs> }[] = [
  { name: 'calm', seed: 1, knobs: {} },
  { name: 'hostile', seed: 1, knobs: { ...hostileKnobs, pageSize: 25 } },
];

test.each(weathers)('90, 350 and again 90 tenants have as many web ACLs as they need, and rules all the time: $name', { timeout: 300_000 }, async ({ name, seed, knobs }) => {
  const stage = new Stage({ seed, knobs, wildcard: true });
  const { world } = stage;
  const told: string[] = [];
  const step = async (what: string, holds: () => boolean): Promise<void> => {
    const spentMs = await world.until(what, holds, 2 * hours);
    told.push(`${what}, ${Math.round(spentMs / 1000)} s: ${calls(stage)}`);
  };
  try {
    world.apply(namespace('acme'));
    stage.managedTier('basic', { tenantsPerACL: 100, rules: [common] });
    stage.start();
    const wrongs = watch(world);
    await step('the tier is made', () => areInForce(stage) && aclsThere(stage) === '1');
    stage.tenants(numbers(1, 90));
    await step('90 tenants', () => areAllSeated(stage, 90) && areInForce(stage));
    stage.tenants(numbers(91, 350));
    await step('350 tenants', () => areAllSeated(stage, 350) && areInForce(stage) && aclsThere(stage) === '1 2 3 4');
    stage.managedTier('basic', { tenantsPerACL: 100, rules: [common, home] });
    await step('other rules', () => areInForce(stage));
    // Some of each web ACL, so that tenants have to move before one can go.
    deleteTenants(stage, numbers(1, 350).filter((number) => number % 35 >= 9));
    await step('90 tenants again', () => areAllSeated(stage, 90) && areInForce(stage) && aclsThere(stage) === '1 2');
    await world.run(10 * minutes);
    expect(wrongs).toEqual([]);
    expect(aclsThere(stage)).toBe('1 2');
  } finally {
    world.kill();
    process.stdout.write(`${name}:\n${told.map((line) => `  ${line}\n`).join('')}`);
  }
});
