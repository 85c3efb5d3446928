import { array, assert, asyncProperty, constantFrom, nat, record, type Arbitrary } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { timesOf } from '../../../src/runtime/lease-terms.ts';
import { createLeaseWorld, type Fate, prompt } from './lease-world.ts';

const withoutTime = (line: string): string => line.split(' ').slice(1).join(' ');

test('the times of 30 s are those of the design, and the last effect of an old leader ends before the next one leads', () => {
  const { leaseMs, renewMs, retryMs, callMs } = timesOf(30_000);
  expect({ renewMs, retryMs, callMs }).toEqual({ renewMs: 15_000, retryMs: 3_000, callMs: 10_000 });
  expect(renewMs + callMs).toBeLessThan(leaseMs);
});

describe('a candidate', () => {
  test('alone takes the lease at once, may act, and gives it back when it is asked to end', async () => {
    const { clock, told, candidate, held } = createLeaseWorld();
    const a = candidate('a');
    expect(a.mayAct()).toBe(false);
    await clock.advance(60_000);
    expect({ mayAct: a.mayAct(), leads: a.elector.leads(), held: held() }).toMatchObject({ mayAct: true, leads: true, held: { holder: 'a', durationMs: 30_000, transitions: 0 } });
    a.stop();
    await clock.advance(10);
    expect({ ended: await a.ended, mayAct: a.mayAct(), held: held()?.holder, told, timers: clock.pending() }).toEqual({ ended: 'ended', mayAct: false, held: '', told: ['0.01 a leading', '60.005 a released'], timers: 0 });
  });

  test('takes over what was given back at its next look', async () => {
    const { clock, told, candidate, held } = createLeaseWorld();
    const [a, b] = [candidate('a'), candidate('b')];
    await clock.advance(10_000);
    a.stop();
    await clock.advance(4_000);
    expect({ told: told.map(withoutTime), acts: [a.mayAct(), b.mayAct()], held: held() }).toMatchObject({
      told: ['a leading', 'b waiting', 'a released', 'b leading'], acts: [false, true], held: { holder: 'b', transitions: 1 },
    });
  });

  test('waits a whole lease time by its own clock after the last renewal it saw, whatever the record says of time', async () => {
    const { clock, candidate, write } = createLeaseWorld();
    write({ renewedAt: new Date(0) });
    const a = candidate('a');
    await clock.advance(20_000);
    write({ renewedAt: new Date(1) });
    await clock.advance(30_000);
    expect(a.mayAct()).toBe(false);
    await clock.advance(4_000);
    expect(a.mayAct()).toBe(true);
  });

  test('believes a longer lease of somebody else', async () => {
    const { clock, candidate, write } = createLeaseWorld();
    write({ durationMs: 60_000 });
    const a = candidate('a');
    await clock.advance(59_000);
    expect(a.mayAct()).toBe(false);
    await clock.advance(2_000);
    expect(a.mayAct()).toBe(true);
  });

  test('goes on after failures, and tells of them', async () => {
    const { clock, told, candidate } = createLeaseWorld();
    const fates: Fate[] = [{ is: 'refused', ms: 5 }, { is: 'answered', ms: 5 }, { is: 'unanswered', ms: 5 }];
    const a = candidate('a', () => fates.shift() ?? prompt);
    await clock.advance(10_000);
    expect({ told: told.map(withoutTime), mayAct: a.mayAct() }).toEqual({ told: ['a troubled', 'a troubled', 'a leading'], mayAct: true });
  });

  test('ends without a word while it waits', async () => {
    const { clock, told, candidate, write } = createLeaseWorld();
    write({});
    const a = candidate('a');
    await clock.advance(1_000);
    a.stop();
    await clock.advance(5);
    expect({ ended: await a.ended, told: told.length, timers: clock.pending() }).toEqual({ ended: 'ended', told: 1, timers: 0 });
  });
});

describe('a leader', () => {
  test('that cannot renew may not act from half a lease time on, and ends', async () => {
    const { clock, candidate } = createLeaseWorld();
    let fate = prompt;
    const a = candidate('a', () => fate);
    await clock.advance(1_000);
    fate = { is: 'refused', ms: 5 };
    await clock.advance(13_500);
    const before = a.mayAct();
    await clock.advance(600);
    expect({ before, after: a.mayAct() }).toEqual({ before: true, after: false });
    await clock.advance(5_000);
    expect(await a.ended).toMatch(/^renew the lease: not done for 15\d{3} ms$/);
  });

  test.each<{ name: string; hung: Fate }>([
    { name: 'that hangs', hung: { is: 'answered', ms: 60_000 } },
    { name: 'that is carried out and hangs', hung: { is: 'unanswered', ms: 4_900 } },
  ])('survives one request $name', async ({ hung }) => {
    const { clock, candidate } = createLeaseWorld();
    const fates: Fate[] = [prompt, prompt, prompt, hung];
    const a = candidate('a', () => fates.shift() ?? prompt);
    await clock.advance(60_000);
    expect({ mayAct: a.mayAct(), left: fates.length }).toEqual({ mayAct: true, left: 0 });
  });

  test('ends as soon as it reads another name in the lease', async () => {
    const { clock, candidate, write } = createLeaseWorld();
    const a = candidate('a');
    await clock.advance(1_000);
    write({ holder: 'b' });
    await clock.advance(4_000);
    expect(await a.ended).toBe('renew the lease: "b" holds it');
  });

  test('renews what somebody only annotated, and what somebody deleted', async () => {
    const { clock, candidate, told, write, remove, held } = createLeaseWorld();
    const a = candidate('a');
    await clock.advance(1_000);
    write({});
    await clock.advance(20_000);
    remove();
    await clock.advance(20_000);
    expect({ mayAct: a.mayAct(), holder: held()?.holder, slow: told.filter((line) => line === 'a slow path').length }).toEqual({ mayAct: true, holder: 'a', slow: 2 });
  });

  test('that stood still past half a lease time is stopped by the fence before any timer runs', async () => {
    const { clock, candidate } = createLeaseWorld();
    const a = candidate('a', () => ({ is: 'answered', ms: 14_900 }));
    await clock.advance(29_800);
    expect(a.mayAct()).toBe(true);
    await clock.advance(200);
    expect(a.mayAct()).toBe(false);
  });

  test.each([
    { name: 'right', setByMs: 0 },
    { name: 'set back by a minute before', setByMs: -60_000 },
  ])('that was suspended is stopped by the fence, with a wall clock $name', async ({ setByMs }) => {
    const { clock, candidate, setWall } = createLeaseWorld();
    const a = candidate('a');
    await clock.advance(2_900);
    setWall(setByMs);
    await clock.advance(7_000);
    const before = a.mayAct();
    setWall(45_000);
    expect({ before, after: a.mayAct() }).toEqual({ before: true, after: false });
  });
});

test('no two may act within the time of a call of each other, whatever becomes of their requests', async () => {
  const fateArb: Arbitrary<Fate> = record({ is: constantFrom('answered', 'answered', 'answered', 'refused', 'unanswered'), ms: constantFrom(1, 5, 50, 2_000, 9_000, 16_000) });
  await assert(
    asyncProperty(array(fateArb, { minLength: 10, maxLength: 60 }), array(nat(400), { maxLength: 4 }), async (fates, starts) => {
      const { clock, candidate } = createLeaseWorld();
      const { callMs } = timesOf(30_000);
      let next = 0;
      const fateOf = (): Fate => fates[next++ % fates.length] ?? prompt;
      const started = [0, ...starts.map((at) => at * 500)].toSorted((a, b) => a - b);
      const all: ReturnType<typeof candidate>[] = [];
      const lastActed: number[] = [];
      for (let ms = 0; ms < 240_000; ms += 500) {
        while (started[all.length] !== undefined && (started[all.length] ?? 0) <= ms) all.push(candidate(`candidate-${all.length}`, fateOf));
        await clock.advance(500);
        all.forEach((one, index) => {
          if (!one.mayAct()) return;
          const others = lastActed.filter((_, other) => other !== index).map((at) => ms - at);
          expect(Math.min(Number.POSITIVE_INFINITY, ...others)).toBeGreaterThan(callMs);
          lastActed[index] = ms;
        });
      }
      for (const one of all) one.stop();
      await clock.advance(60_000);
      await Promise.all(all.map(({ ended }) => ended));
      expect(clock.pending()).toBe(0);
    }),
    { numRuns: 60 },
  );
});
