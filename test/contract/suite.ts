import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { reasons } from '../../crds/reasons.ts';
import type { Action } from '../../reconcilers/contract.ts';
import { Failure } from '../../reconcilers/failure.ts';
import { nextLook } from '../../reconcilers/requeue.ts';
import { actionsIn, hours, look, noon, pace, planOf } from '../reconcilers/builders.ts';
import type { Stage } from '../reconcilers/stage.ts';
import { type ConcernUnderTest, foreignIn, oursIn, passesOf, type Site, truthOf } from './concern.ts';

/** Makes a value and all below it immutable: a plan that changes what it is given fails. */
export const frozen = <Value>(value: Value): Value => {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value) || value instanceof Date || value instanceof Error) return value;
  for (const member of Object.values(value)) frozen(member);
  return Object.freeze(value);
};

const weathers = ['calm', 'hostile'] as const;

const plansWell = <Spec, Observed, A extends Action>({ type, plan, desired, observed }: ConcernUnderTest<Spec, Observed, A>): void => {
  const inputs = fc.tuple(desired, observed).map(frozen);
  const history = { failures: 1, failingSince: noon, waitingSince: {} };

  test('plan is pure: the same twice gives the same, and what is given is left as it is', () => {
    const pure = fc.property(inputs, ([want, seen]) => {
      expect(plan(want, seen, noon)).toEqual(plan(want, seen, noon));
    });
    fc.assert(pure, { numRuns: 500 });
  });

  test('plan is total: whatever is asked for and seen, there is a condition, and a next look within a resync period and a tenth', () => {
    const total = fc.property(inputs, ([want, seen]) => {
      const decision = plan(want, seen, noon);
      const { condition, move } = decision;
      expect({ type: condition.type, isReason: Object.hasOwn(reasons, condition.reason), lines: condition.message.split('\n').length }).toEqual({ type, isReason: true, lines: 1 });
      expect(condition.message).not.toMatch(/^$|undefined|\[object/);
      if (move.is === 'acting' && move.afterwards) expect(move.afterwards.type).toBe(type);
      for (const { concern } of actionsIn(decision)) expect(concern).toBe(type);
      const { afterMs } = nextLook({ plan: planOf([decision]), outcomes: [], failures: [], now: noon }, history, pace);
      expect(afterMs).toBeGreaterThanOrEqual(0);
      expect(afterMs).toBeLessThanOrEqual(hours(11));
    });
    fc.assert(total, { numRuns: 2000 });
  });

  test('what could not be seen is told neither as there nor as not there', () => {
    const unseen = fc.property(inputs, ([want, seen]) => {
      const { condition, move } = plan(want, seen, noon);
      if (move.is === 'unseen') expect({ status: condition.status, reason: condition.reason }).toEqual({ status: 'Unknown', reason: move.failure.reason });
    });
    fc.assert(unseen, { numRuns: 500 });
  });
};

const sees = <Spec, Observed, A extends Action>(concern: ConcernUnderTest<Spec, Observed, A>): void => {
  test.each(['shared', 'live'] as const)('observe changes nothing, looking %s, before anything is done and after', async (depth) => {
    const site = await concern.arrange('calm');
    for (const isSettled of [false, true]) {
      if (isSettled) await passesOf(concern, site).until('present', 'settled', 30);
      const before = truthOf(site.stage);
      site.stage.mutations();
      await site.stage.landed(site.observe(look({ depth, notBefore: site.stage.now() })));
      expect({ mutations: site.stage.mutations(), truth: truthOf(site.stage) }).toEqual({ mutations: [], truth: before });
    }
  });

  test('observe hears an abort, which is no failure of AWS', async () => {
    const { stage, observe } = await concern.arrange('calm');
    const looking = stage.landed(observe({ ...look({ depth: 'live', notBefore: stage.now() }), signal: AbortSignal.abort() }));
    await expect(looking).rejects.toMatchObject({ name: 'AbortError' });
  });
};

const settles = <Spec, Observed, A extends Action>(concern: ConcernUnderTest<Spec, Observed, A>): void => {
  test.each(weathers)('settles in %s weather, and stays settled: nothing is done any more', async (weather) => {
    const site = await concern.arrange(weather);
    const { pass, until } = passesOf(concern, site);
    expect((await until('present', 'settled', 200)).length).toBeGreaterThan(1);
    site.stage.mutations();
    const moves = new Set<string>();
    for (let again = 0; again < 5; again++) {
      await site.stage.clock.advance(hours(10));
      moves.add((await pass('present')).decision.move.is);
    }
    // In hostile weather a read may fail: that is no reason to do anything.
    if (weather === 'hostile') moves.delete('unseen');
    expect({ moves: [...moves], mutations: site.stage.mutations() }).toEqual({ moves: ['settled'], mutations: [] });
  });
};

/** The site with a check around each action. */
const watched = <Spec, Observed, A extends Action>(site: Site<Spec, Observed, A>, around: (apply: () => Promise<unknown>) => Promise<unknown>): Site<Spec, Observed, A> => ({
  ...site, apply: (action) => around(() => site.apply?.(action) ?? Promise.reject(new Error(`apply ${action.verb}: there is nothing to apply it with`))),
});

const acts = <Spec, Observed, A extends Action>(concern: ConcernUnderTest<Spec, Observed, A>): void => {
  test('apply twice equals once', async () => {
    const site = await concern.arrange('calm');
    let applied = 0;
    const twice = watched(site, async (apply) => {
      await apply();
      const once = truthOf(site.stage);
      const [again] = await Promise.allSettled([apply()]);
      if (again.status === 'rejected') expect(again.reason).toBeInstanceOf(Failure);
      expect(truthOf(site.stage)).toBe(once);
      applied++;
    });
    const { until } = passesOf(concern, twice);
    await until('present', 'settled', 30);
    await until('absent', 'gone', 60);
    expect(applied).toBeGreaterThanOrEqual(2);
  });

  test('what is not marked ours is never changed', async () => {
    const site = await concern.arrange('calm');
    expect(foreignIn(site)).not.toBe('[]');
    const careful = watched(site, async (apply) => {
      const before = foreignIn(site);
      await apply();
      expect(foreignIn(site)).toBe(before);
    });
    const { until } = passesOf(concern, careful);
    await until('present', 'settled', 30);
    await until('absent', 'gone', 60);
  });

  test.each(weathers)('absent tears down in %s weather, in as many passes as AWS needs', async (weather) => {
    const site = await concern.arrange(weather);
    const { until } = passesOf(concern, site);
    await until('present', 'settled', 200);
    expect(oursIn(site)).toHaveLength(concern.has ?? 1);
    expect((await until('absent', 'gone', 500)).length).toBeGreaterThan(1);
    await site.stage.clock.advance(hours(1));
    expect(oursIn(site)).toEqual([]);
  });
};

const isUsurped = <Spec, Observed, A extends Action>(concern: ConcernUnderTest<Spec, Observed, A>, usurped: () => Promise<Site<Spec, Observed, A>>): void => {
  test.each(['present', 'absent'] as const)("somebody else's in the place of ours is left alone, asked for %s", async (want) => {
    const site = await usurped();
    const { pass } = passesOf(concern, site);
    const before = truthOf(site.stage);
    for (let again = 0; again < 5; again++) {
      await pass(want);
      await site.stage.clock.advance(hours(1));
    }
    expect({ mutations: site.stage.mutations(), truth: truthOf(site.stage) }).toEqual({ mutations: [], truth: before });
  });
};

/** What was planned from an older version fails as a conflict and changes nothing, whatever it would have done; then it goes on. */
const heedsVersions = <Spec, Observed, A extends Action>(concern: ConcernUnderTest<Spec, Observed, A>, interfere: (stage: Stage) => void | Promise<void>): void => {
  test('a stale version is a conflict, for each action that rests on one', async () => {
    const site = await concern.arrange('calm');
    await passesOf(concern, site).until('present', 'settled', 30);
    const refused = new Set<string>();
    const late = async (action: A): Promise<unknown> => {
      if (refused.has(action.verb)) return site.apply?.(action);
      refused.add(action.verb);
      await interfere(site.stage);
      const before = truthOf(site.stage);
      const [result] = await Promise.allSettled([Promise.resolve(site.apply?.(action))]);
      expect(result).toMatchObject({ status: 'rejected', reason: { kind: 'conflict' } });
      expect(truthOf(site.stage)).toBe(before);
      throw result.status === 'rejected' ? result.reason : new Error('apply from a stale version: it was accepted');
    };
    const { until } = passesOf(concern, { ...site, apply: late });
    await interfere(site.stage);
    await until('present', 'settled', 30);
    await until('absent', 'gone', 60);
    expect(refused.size).toBeGreaterThanOrEqual(3);
  });
};

/** What every concern promises (reconcilers/contract.ts), whatever it is about. `isActing`: it does not only look. */
export const keepsTheContract = <Spec, Observed, A extends Action>(concern: ConcernUnderTest<Spec, Observed, A>, isActing: boolean): void => {
  describe(concern.name, () => {
    plansWell(concern);
    sees(concern);
    settles(concern);
    if (isActing) acts(concern);
    if (concern.interfere) heedsVersions(concern, concern.interfere);
    if (concern.usurped) isUsurped(concern, concern.usurped);
  });
};
