import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { waitFor } from '../environment/control-plane/wait.ts';
import type { RunningController } from '../environment/embedded.ts';
import { hostile } from './hostile.ts';
import { faultsIn } from './oracles.ts';
import { platformZone, Stage } from './stage.ts';
import { belongingsOf, common, deleteTier, group, home, inForce, managedTier, nothing, office, rulesOf, untilTier, type Watch, watchOver, webAclServing } from './tier-words.ts';

const seconds = 1_000;
const tier = 'battered';
const keys = ['acme/one', 'globex/two'];
const names = keys.map((key) => `${key.replace('/', '-')}.${platformZone}`);
const groups = { connectionGroups: [group('own'), group('spare')], defaultConnectionGroup: 'own' };
const things = ['WebACL', 'IPSet', 'ConnectionGroup'];

/** Hostile in what it does and seldom in refusing to do it: refusals in a row make the pauses between tries long, and those have tests of their own. */
const brisk = {
  ...hostile, throttleProbability: 0.01, failureProbability: 0.005, pageSize: 10, staleForMs: 4_000, lateCommitMs: 3_000, webAclUseLingerMs: [0, 1_000], groupDeployMs: [500, 1_500],
} as const;

// In order: what one leaves is where the next begins.
describe("a hostile AWS and what is a tier's own", { timeout: 240 * seconds }, () => {
  let stage: Stage;
  let watch: Watch;
  let controller: RunningController;

  beforeAll(async () => {
    stage = await Stage.start({ seed: 91, knobs: brisk });
    watch = watchOver(stage, names);
    // Nobody follows an endpoint, so that no group is kept for them.
    for (const key of keys) stage.sendAway(key);
    controller = await stage.startController();
  });

  afterAll(() => stage.stop());

  test('serves its tenants with its rules and makes everything once, whatever answers are lost or come late', async () => {
    const { faults } = stage.world.simulator;
    for (const thing of things) {
      faults.next({ operation: `Create${thing}`, nth: 1 }, 'lost');
      faults.next({ operation: `Create${thing}`, nth: 2 }, 'late');
    }
    await Promise.all([managedTier(stage, tier, { rules: [office('203.0.113.0/24', '2001:db8::/32'), common] }, groups), ...keys.map((key) => stage.platformTenant(key, { tierRef: { name: tier } }))]);
    await Promise.all([inForce(stage, tier, 180 * seconds), ...keys.map((key) => stage.served(key, 180 * seconds))]);
    const { webAcls, ipSets, groups: made } = belongingsOf(stage, tier);
    expect({ webAcls: webAcls.length, ipSets: ipSets.length, groups: made.length }).toEqual({ webAcls: 2, ipSets: 2, groups: 2 });
    expect(names.map((name) => webAclServing(stage, name)?.rules.length)).toEqual([2, 2]);
  });

  test('brings a change to all of it, though answers are lost', async () => {
    for (const thing of things) stage.world.simulator.faults.next({ operation: `Update${thing}`, nth: 1 }, 'lost');
    await managedTier(stage, tier, { rules: [office('198.51.100.0/24', '2001:db8::/32'), common, home] }, { ...groups, connectionGroups: [group('own'), group('spare', false)] });
    await inForce(stage, tier, 180 * seconds);
    const { ipSets, groups: made } = belongingsOf(stage, tier);
    expect(rulesOf(stage, tier)).toEqual(['office common home', 'office common home']);
    expect(ipSets.flatMap(({ addresses }) => addresses).toSorted()).toEqual(['198.51.100.0/24', '2001:db8::/32']);
    expect(made.map(({ ipv6 }) => ipv6)).toEqual([true, false]);
  });

  test('has left no name without its rules for a moment', () => {
    watch.end();
    expect(watch.gaps).toEqual([]);
  });

  test('goes when its tenants have moved on, who are served all the while, and leaves nothing', async () => {
    const moves = watchOver(stage, names, { rules: 'any' });
    for (const thing of things) stage.world.simulator.faults.next({ operation: `Delete${thing}`, nth: 1 }, 'lost');
    await Promise.all(keys.map((key) => stage.platformTenant(key)));
    await untilTier(stage, tier, { what: 'unused' }, ({ status }) => status?.tenants?.total === 0);
    await deleteTier(stage, tier);
    await waitFor('AWS to have nothing of the tier', 180 * seconds, async () => (JSON.stringify(belongingsOf(stage, tier)) === JSON.stringify(nothing) ? true : undefined));
    await Promise.all(keys.map((key) => stage.served(key)));
    moves.end();
    expect(moves.gaps).toEqual([]);
  });

  test('has made nothing beyond that in the meantime', () => {
    const made = stage.world.simulator.log.filter(({ operation, committed, caller }) => committed && caller !== 'operator' && operation.startsWith('Create')).map(({ operation }) => operation);
    expect(made.toSorted()).toEqual(['CreateConnectionGroup', 'CreateConnectionGroup', 'CreateDistributionTenant', 'CreateDistributionTenant', 'CreateIPSet', 'CreateIPSet', 'CreateWebACL', 'CreateWebACL']);
  });

  test('and AWS has been as hostile as that', () => {
    const outcomes = new Set(stage.world.simulator.log.map(({ operation, outcome }) => `${operation} ${outcome}`));
    const struck = things.flatMap((thing) => ['Create', 'Update', 'Delete'].map((verb) => `${verb}${thing} TimeoutError`));
    expect(struck.filter((outcome) => !outcomes.has(outcome))).toEqual([]);
  });

  test('nothing was refused by the API server, no process met a bug, and nobody was taken for an orphan', async () => {
    expect(await faultsIn(stage, [controller])).toEqual([]);
    expect((await controller.logLines()).filter(({ reason }) => reason === 'Orphaned').map(({ owner }) => owner)).toEqual([]);
  });
});
