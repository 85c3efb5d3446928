import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RolloutStatus } from '../../crds/types.ts';
import { waitFor } from '../environment/control-plane/wait.ts';
import type { RunningController } from '../environment/embedded.ts';
import { faultsIn } from './oracles.ts';
import { platformZone, Stage } from './stage.ts';
import { common, home, inForce, managedTier, rulesOf, type Watch, watchOver, webAclServing } from './tier-words.ts';

const seconds = 1_000;
const tier = 'growing';
const keys = [1, 2, 3, 4, 5].map((number) => `acme/t${number}`);
const names = keys.map((key) => `${key.replace('/', '-')}.${platformZone}`);
const rollout = { observe: true, pauseSeconds: 2 };

// In order: what one leaves is where the next begins.
describe('a tier that grows over one web ACL', { timeout: 180 * seconds }, () => {
  let stage: Stage;
  let watch: Watch;
  const controllers: RunningController[] = [];
  /** What its status said of rollouts, in order. */
  const told: RolloutStatus[] = [];

  beforeAll(async () => {
    stage = await Stage.start({ seed: 61, knobs: { webAclPropagationMs: [0, 2_000] } });
    stage.witness.tiers.subscribe(({ after }) => {
      if (after?.metadata.name === tier && after.status?.rollout !== undefined) told.push(after.status.rollout);
    });
    watch = watchOver(stage, names);
    controllers.push(await stage.startController());
  });

  afterAll(() => stage.stop());

  /** Kills the controller in the midst of these web ACL updates, counted from 1: AWS has done them, and nobody hears of it. Another one starts each time. */
  const killedInUpdates = async (numbers: readonly number[]): Promise<void> => {
    let count = 0;
    const forget = stage.world.simulator.onMutation(({ operation }) => {
      if (operation !== 'UpdateWebACL') return;
      count += 1;
      const pid = controllers.at(-1)?.process.pid;
      if (numbers.includes(count) && pid !== undefined) process.kill(pid, 'SIGKILL');
    });
    for (const number of numbers) {
      const died = await controllers.at(-1)?.process.exited;
      expect(died, `at update ${number}`).toMatchObject({ signal: 'SIGKILL' });
      controllers.push(await stage.startController());
    }
    forget();
  };

  test('opens web ACLs as tenants come, two to each, and none is ever served without rules', async () => {
    await Promise.all([managedTier(stage, tier, { rollout }), ...keys.map((key) => stage.platformTenant(key, { tierRef: { name: tier } }))]);
    await Promise.all([inForce(stage, tier), ...keys.map((key) => stage.served(key))]);
    const seats = names.map((name) => webAclServing(stage, name)?.arn);
    expect([...Map.groupBy(seats, (arn) => arn).values()].map(({ length }) => length).toSorted((a, b) => a - b)).toEqual([1, 2, 2]);
    expect(rulesOf(stage, tier)).toEqual(['common', 'common', 'common']);
    expect(watch.gaps).toEqual([]);
  });

  test('rolls a change out to one after the other, first counting, though the process is killed in both phases', async () => {
    // Three web ACLs: the 2nd update is in the phase that counts, the 5th in the one that acts.
    const killed = killedInUpdates([2, 5]);
    await managedTier(stage, tier, { rollout, rules: [common, home] });
    await killed;
    await inForce(stage, tier);
    expect(rulesOf(stage, tier)).toEqual(['common home', 'common home', 'common home']);
    expect(watch.gaps).toEqual([]);
  });

  test('has told how far it was, and went no step back', () => {
    const steps = told.map(({ phase, updated, total }) => `${phase} ${updated}/${total}`);
    const course = ['Observing', 'Enforcing'].flatMap((phase) => [0, 1, 2, 3].map((updated) => `${phase} ${updated}/3`));
    expect(new Set(told.map(({ phase }) => phase))).toEqual(new Set(['Observing', 'Enforcing']));
    expect(steps.filter((step) => !course.includes(step))).toEqual([]);
    expect(steps).toEqual(steps.toSorted((a, b) => course.indexOf(a) - course.indexOf(b)));
  });

  test('let the new rule count on every web ACL before it acted on any, with a pause between', () => {
    const changes = stage.world.simulator.log.filter(({ operation, committed, input }) => operation === 'UpdateWebACL' && committed && JSON.stringify(input).includes('home'));
    const isObserving = changes.map(({ input }) => JSON.stringify(input).includes('home-observed'));
    expect(isObserving).toEqual([true, true, true, false, false, false]);
    const pausesMs = changes.slice(1).map(({ at }, index) => at.getTime() - (changes[index]?.at.getTime() ?? 0));
    // Times in a status are whole seconds.
    expect(pausesMs.filter((pauseMs) => pauseMs < (rollout.pauseSeconds - 1) * seconds)).toEqual([]);
  });

  test('kept every tenant on the web ACL it had, and moved none', async () => {
    const { log } = stage.world.simulator;
    const from = log.findIndex(({ operation }) => operation === 'UpdateWebACL');
    expect(log.slice(from).filter(({ operation, mutating }) => mutating && operation !== 'UpdateWebACL').map(({ operation }) => operation)).toEqual([]);
    await waitFor('every tenant to be counted', 60 * seconds, async () => (stage.witness.tiers.get(tier)?.status?.tenants?.ready === keys.length ? true : undefined));
    watch.end();
    expect(watch.gaps).toEqual([]);
  });

  test('nothing was refused by the API server, and no process met a bug', async () => {
    expect(await faultsIn(stage, controllers)).toEqual([]);
  });
});
