import { beforeAll, describe, expect, type OnTestFinishedHandler, test } from 'vitest';
import { Random } from '../environment/aws/random.ts';
import { controlPlaneBinaries } from '../environment/control-plane/binaries.ts';
import { waitFor } from '../environment/control-plane/wait.ts';
import type { RunningController } from '../environment/embedded.ts';
import { type ReplicaOptions, Replicas, signalTo } from './replicas.ts';
import { Stage } from './stage.ts';

const seconds = 1_000;

/** How many boundaries each world has: 52 in all. */
const rounds = 13;
const worlds = [{ seed: 101 }, { seed: 202 }, { seed: 303 }, { seed: 404 }] as const;

type Blow = 'SIGKILL' | 'SIGSTOP';

/** Where a blow falls: when AWS has done a change and before the process hears of it, or about when the API server has stored what the process wrote. */
type Boundary = 'change' | 'write';

/** One blow: to the process that leads, at its nth boundary of this kind from now on. */
const struckAt = (stage: Stage, boundary: Boundary, nth: number, strike: () => void): Promise<void> =>
  new Promise((resolve) => {
    let left = nth;
    const count = (): void => {
      left -= 1;
      if (left > 0) return;
      forget();
      strike();
      resolve();
    };
    const forget = boundary === 'change'
      ? stage.world.simulator.onMutation(({ caller }) => {
          if (caller !== 'operator') count();
        })
      : stage.witness.tenants.subscribe(({ before, after }) => {
          if (after !== undefined && after.metadata.generation === before?.metadata.generation) count();
        });
  });

const changesBy = (stage: Stage, { accessKeyId }: RunningController): number => stage.world.simulator.log.filter(({ mutating, caller }) => mutating && caller === accessKeyId).length;

/** Creates two tenants, one with a certificate of its own, edits one and deletes one: at least three changes of AWS at once. */
const disturb = async (stage: Stage, round: number): Promise<void> => {
  const domain = `shop-${round}.customer.example`;
  stage.point(domain);
  stage.point(`acme-plain-${round}.platform.example`);
  const work = [stage.tenant(`globex/own-${round}`, { domains: [domain] }), stage.platformTenant(`acme/plain-${round}`)];
  if (round > 0) work.push(stage.platformTenant(`acme/plain-${round - 1}`, { parameters: [{ name: 'site', value: `round-${round}` }] }));
  if (round > 1) work.push(stage.delete(`globex/own-${round - 2}`));
  await Promise.all(work);
};

const livingAfter = (count: number): { readonly own: readonly string[]; readonly plain: readonly string[] } => ({
  own: [count - 2, count - 1].map((round) => `globex/own-${round}`),
  plain: Array.from({ length: count }, (_, round) => [`acme/plain-${round}`, `acme/fresh-${round}`]).flat(),
});

// On a new machine they are built first, which is none of a test's time.
beforeAll(() => controlPlaneBinaries((line) => void process.stderr.write(`${line}\n`)));

describe.concurrent('two replicas', () => {
  type Ending = { readonly onTestFinished: (ends: OnTestFinishedHandler) => void };

  /** A world with two replicas, which ends with its test. */
  const startWorld = async ({ onTestFinished }: Ending, seed: number, options?: ReplicaOptions): Promise<{ readonly stage: Stage; readonly replicas: Replicas }> => {
    const stage = await Stage.start({ seed, controllerManager: false });
    onTestFinished(() => stage.stop());
    const replicas = await Replicas.start(stage, options);
    onTestFinished(() => replicas.end());
    return { stage, replicas };
  };

  test.for(worlds)('lose their leader at 13 boundaries, seed $seed: nothing twice, nothing left behind, and the other acts', { timeout: 900 * seconds }, async ({ seed }, context) => {
    const { stage, replicas } = await startWorld(context, seed);
    const random = new Random(seed);
    const takeoversMs: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const leader = await replicas.leader();
      await replicas.standby();
      const blow: Blow = random.next('blow') < 0.5 ? 'SIGKILL' : 'SIGSTOP';
      const boundary: Boundary = random.next('kind') < 0.6 ? 'change' : 'write';
      const struck = struckAt(stage, boundary, random.between('boundary', [1, 3]), () => signalTo(leader, blow));
      await disturb(stage, round);
      await struck;
      const sinceMs = performance.now();
      if (round === Math.floor(rounds / 2)) await stage.world.controlPlane.restartApiServer();
      await replicas.leader(leader);
      takeoversMs.push(performance.now() - sinceMs);
      const fresh = `acme/fresh-${round}`;
      await stage.platformTenant(fresh);
      await waitFor(`${fresh} to be in AWS`, 60 * seconds, async () => (stage.inAws(fresh).tenants.length > 0 ? true : undefined));
      if (blow === 'SIGSTOP') {
        // It wakes in the middle of what it was doing, while the other is at work.
        const before = changesBy(stage, leader);
        signalTo(leader, 'SIGCONT');
        expect(await leader.process.exited).toEqual({ code: 1, signal: null });
        expect(changesBy(stage, leader)).toBe(before);
      }
    }
    const { own, plain } = livingAfter(rounds);
    await Promise.all([...own, ...plain.filter((key) => key.startsWith('acme/plain'))].map((key) => stage.served(key, 300 * seconds)));
    await context.annotate(`seconds from the blow to the next leader, with a lease of 8 s: ${takeoversMs.map((ms) => (ms / seconds).toFixed(1)).join(' ')}`);
    const { inspect } = stage.world.simulator;
    await waitFor('what was deleted to be gone', 400 * seconds, async () => (inspect.tenants().length === own.length + plain.length ? true : undefined));
    await waitFor('its certificates to be gone', 60 * seconds, async () => (inspect.certificates().filter(({ tags }) => Object.keys(tags).length > 0).length === own.length ? true : undefined));
    const held = [...own, ...plain].map((key) => ({ key, tenants: stage.inAws(key).tenants.length, certificates: stage.inAws(key).certificates.length }));
    expect(held).toEqual([...own.map((key) => ({ key, tenants: 1, certificates: 1 })), ...plain.map((key) => ({ key, tenants: 1, certificates: 0 }))]);
  });

  test('an API server that restarts leaves the lease with its leader', { timeout: 600 * seconds }, async (context) => {
    const { stage, replicas } = await startWorld(context, 606, { lease: '60s' });
    const leader = await replicas.leader();
    await replicas.standby();
    await stage.platformTenant('acme/before');
    await stage.served('acme/before');
    await stage.world.controlPlane.restartApiServer();
    await stage.platformTenant('acme/after');
    await stage.served('acme/after', 120 * seconds);
    expect(await replicas.leader()).toBe(leader);
    expect((await leader.logLines()).filter(({ message }) => message === 'Leading')).toHaveLength(1);
    const callers = stage.world.simulator.log.filter(({ mutating, caller }) => mutating && caller !== 'operator').map(({ caller }) => caller);
    expect(new Set(callers)).toEqual(new Set([leader.accessKeyId]));
  });

  test('SIGTERM in the middle of much work leaves no step half done, gives the lease back, and ends with 0 in time', { timeout: 600 * seconds }, async (context) => {
    const { stage, replicas } = await startWorld(context, 505, { lease: '15s', flags: ['--rate-cloudfront-mutate', '0.5', '--graceful', '5s'] });
    const leader = await replicas.leader();
    await replicas.standby();
    const keys = Array.from({ length: 30 }, (_, index) => `acme/many-${index}`);
    const begun = struckAt(stage, 'change', 3, () => signalTo(leader, 'SIGTERM'));
    await Promise.all(keys.map((key) => stage.platformTenant(key)));
    await begun;
    expect(await leader.process.exited).toEqual({ code: 0, signal: null });
    const lines = await leader.logLines();
    expect(lines.filter(({ level }) => level === 'error')).toEqual([]);
    const last = stage.world.simulator.log.findLast(({ mutating, caller }) => mutating && caller === leader.accessKeyId);
    const given = lines.find(({ message }) => message === 'Gave the lease back');
    expect(new Date(String(given?.['time'])).getTime()).toBeGreaterThanOrEqual(last?.at.getTime() ?? Number.NaN);
    const next = await replicas.leader(leader);
    expect((await next.logLines()).find(({ message }) => message === 'Leading')).toMatchObject({ transitions: 1 });
    for (const key of keys.slice(0, 8)) stage.point(`${key.replace('/', '-')}.platform.example`);
    await waitFor('the work to go on', 120 * seconds, async () => (stage.world.simulator.inspect.tenants().length >= 8 ? true : undefined));
    expect(keys.filter((key) => stage.inAws(key).tenants.length > 1)).toEqual([]);
  });
});
