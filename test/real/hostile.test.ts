import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { waitFor } from '../environment/control-plane/wait.ts';
import type { RunningController } from '../environment/embedded.ts';
import { hostile } from './hostile.ts';
import { faultsIn } from './oracles.ts';
import { Stage } from './stage.ts';

const seconds = 1_000;

const certified = ['acme/a', 'acme/b', 'globex/c'];
const platform = ['acme/p', 'globex/q', 'globex/r', 'globex/s'];
const killed = { inRequest: 'acme/killed-in-request', inCreate: 'acme/killed-in-create' };
const all = [...certified, ...platform, ...Object.values(killed)];
const domainOf = (key: string): string => `${key.split('/').toReversed().join('.')}.example`;

// In order: what one leaves is where the next begins.
describe('a hostile AWS and processes that are killed', { timeout: 300 * seconds }, () => {
  let stage: Stage;
  const controllers: RunningController[] = [];

  beforeAll(async () => {
    stage = await Stage.start({ seed: 31, knobs: hostile });
    controllers.push(await stage.startController());
  });

  afterAll(() => stage.stop());

  /** Kills the controller the moment AWS has done this and before it hears of it, and starts another one. Resolves when that runs. */
  const killedAt = async (operation: string, isIt: (subject: string) => boolean): Promise<void> => {
    const { promise: dead, resolve } = Promise.withResolvers<void>();
    const forget = stage.world.simulator.onMutation((entry) => {
      const { process: child } = controllers.at(-1) ?? {};
      if (entry.operation !== operation || !isIt(entry.subject ?? '') || child?.pid === undefined) return;
      forget();
      process.kill(child.pid, 'SIGKILL');
      void child.exited.then(() => resolve());
    });
    await dead;
    controllers.push(await stage.startController());
  };

  /** What this one has in AWS beyond, or short of, one tenant and (where it needs its own) one certificate. */
  const surplus = (key: string, certificates: number): string | undefined => {
    const held = stage.inAws(key);
    const is = `${held.tenants.length} tenants, ${held.certificates.length} certificates`;
    return is === `1 tenants, ${certificates} certificates` ? undefined : `${key}: ${is}`;
  };

  test('every tenant comes to be served, whatever answers are lost and wherever the process dies', async () => {
    const { faults } = stage.world.simulator;
    faults.next({ operation: 'RequestCertificate', nth: 1 }, 'lost');
    faults.next({ operation: 'RequestCertificate', nth: 3 }, 'late');
    faults.next({ operation: 'CreateDistributionTenant', nth: 1 }, 'lost');
    faults.next({ operation: 'CreateDistributionTenant', nth: 3 }, 'late');
    await Promise.all([...certified.map((key) => stage.tenant(key, { domains: [domainOf(key)] })), ...platform.map((key) => stage.platformTenant(key))]);
    const inRequest = killedAt('RequestCertificate', (subject) => subject === domainOf(killed.inRequest));
    await stage.tenant(killed.inRequest, { domains: [domainOf(killed.inRequest)] });
    await inRequest;
    const inCreate = killedAt('CreateDistributionTenant', (subject) => subject.includes('killed-in-create'));
    await stage.platformTenant(killed.inCreate);
    await inCreate;
    await Promise.all(all.map((key) => stage.served(key, 240 * seconds)));
    expect(all.flatMap((key) => stage.get(key)?.spec.domains ?? []).filter((name) => !stage.isServed(name))).toEqual([]);
  });

  test('and has everything in AWS once', async () => {
    const own = [...certified, killed.inRequest];
    expect(all.map((key) => surplus(key, own.includes(key) ? 1 : 0)).filter(Boolean)).toEqual([]);
    const made = stage.world.simulator.log.filter(({ operation, committed, caller }) => committed && caller !== 'operator' && /^(Delete|Disable)/.test(operation));
    expect(made.map(({ operation, subject }) => `${operation} ${subject ?? ''}`)).toEqual([]);
  });

  test('a change and deletions go through all the same, and leave nothing', async () => {
    const [changed = '', ...others] = certified;
    const leaving = [...others, 'globex/q', 'globex/r', killed.inRequest, killed.inCreate];
    const names = [domainOf(changed), `www.${domainOf(changed)}`];
    stage.world.simulator.faults.next({ operation: 'UpdateDistributionTenant', nth: 2 }, 'lost');
    stage.world.simulator.faults.next({ operation: 'DeleteDistributionTenant', nth: 1 }, 'lost');
    await Promise.all([stage.tenant(changed, { domains: names }), ...leaving.map((key) => stage.delete(key))]);
    await waitFor('AWS to be clean', 240 * seconds, async () =>
      leaving.every((key) => surplus(key, 0)?.endsWith('0 tenants, 0 certificates')) ? true : undefined);
    await stage.served(changed, 240 * seconds);
    await waitFor('the old certificate to go', 120 * seconds, async () => (surplus(changed, 1) === undefined ? true : undefined));
    expect(names.filter((name) => !stage.isServed(name))).toEqual([]);
  });

  test('and AWS has been as hostile as that', () => {
    const outcomes = new Set(stage.world.simulator.log.map(({ operation, outcome }) => `${operation} ${outcome}`));
    const struck = ['RequestCertificate', 'CreateDistributionTenant', 'UpdateDistributionTenant', 'DeleteDistributionTenant'].map((operation) => `${operation} TimeoutError`);
    expect(struck.filter((outcome) => !outcomes.has(outcome))).toEqual([]);
    const throttled = stage.world.simulator.log.filter(({ outcome }) => outcome.includes('Throttling'));
    expect(throttled.length).toBeGreaterThan(stage.world.simulator.log.length / 50);
  });

  test('nothing was refused by the API server, no process met a bug, and nobody was taken for an orphan', async () => {
    expect(await faultsIn(stage, controllers)).toEqual([]);
    const lines = (await Promise.all(controllers.map(({ logLines }) => logLines()))).flat();
    expect(lines.filter(({ reason }) => reason === 'Orphaned').map(({ owner }) => owner)).toEqual([]);
  });
});
