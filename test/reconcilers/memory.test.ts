import { describe, expect, test } from 'vitest';
import type { Action, Outcome, Plan } from '../../reconcilers/contract.ts';
import { afterAction, afterLook, afterPass, createMemories, isInDoubt, lookFrom, type Memory } from '../../reconcilers/memory.ts';
import { acting, action as deed, ago, decision, failed, failure, hours, minutes, noon, pace, planOf, seconds, signal, succeeded } from './builders.ts';

const memories = () => createMemories(() => noon, pace);
const fresh = (guarded = false): Memory => memories().of('brand/shop', { uid: 'uid-1', guarded });
const shared = (): boolean => false;
const lookOf = (memory: Memory, live: (concern: string) => boolean = shared) => lookFrom(memory, live, noon, signal);

describe('memories', () => {
  test('of an object nobody has guarded begin without doubt, of a guarded one in doubt of everything: another process was there', () => {
    expect([fresh(false), fresh(true)].map((memory) => isInDoubt(memory, 'Programmed'))).toEqual([false, true]);
  });

  test('are kept from pass to pass, and begin anew for another object of that name', () => {
    const of = memories();
    of.of('brand/shop', { uid: 'uid-1', guarded: false });
    of.change('brand/shop', (memory) => ({ ...memory, awaited: ['Programmed'] }));
    expect(of.of('brand/shop', { uid: 'uid-1', guarded: false }).awaited).toEqual(['Programmed']);
    expect(of.of('brand/shop', { uid: 'uid-2', guarded: false })).toEqual({ ...fresh(), uid: 'uid-2' });
  });

  test('that were forgotten are not changed', () => {
    const of = memories();
    of.of('brand/shop', { uid: 'uid-1', guarded: false });
    of.forget('brand/shop');
    expect(of.change('brand/shop', (memory) => memory)).toBeUndefined();
  });

  test('ask for a look at AWS itself one resync period later', () => {
    expect(fresh().liveDueAt).toEqual(new Date(noon.getTime() + hours(10)));
  });
});

describe('a look', () => {
  test.each<{ name: string; because: string; memory: Memory; live?: boolean; want: Date }>([
    { name: 'without a past', because: 'any answer will do', memory: fresh(), want: new Date(0) },
    { name: 'after a write', because: 'no answer may be older than it (R9)', memory: { ...fresh(), wroteAt: { Programmed: ago(minutes(3)) } }, want: ago(minutes(3)) },
    { name: "after a sibling's write", because: 'it says nothing of this concern', memory: { ...fresh(), wroteAt: { CertificateReady: ago(minutes(3)) } }, want: new Date(0) },
    { name: 'for what AWS is working on', because: 'an answer of some seconds ago is as good as none', memory: { ...fresh(), wroteAt: { Programmed: ago(minutes(3)) }, awaited: ['Programmed'] }, want: ago(seconds(5)) },
    { name: 'at AWS itself, in doubt', because: 'what was listed before this process began proves nothing', memory: fresh(true), live: true, want: noon },
    { name: 'at the listing, in doubt', because: 'nothing is done from it before AWS itself was asked', memory: fresh(true), want: new Date(0) },
  ])('$name: $because', ({ memory, live, want }) => {
    expect(lookOf(memory, () => live ?? false).notBefore('Programmed')).toEqual(want);
  });

  test('is as deep as it is told, concern by concern', () => {
    const { depth } = lookOf(fresh(), (concern) => concern === 'Programmed');
    expect([depth('Programmed'), depth('CertificateReady')]).toEqual(['live', 'shared']);
  });

  test('knows a refusal for longer than the pace of what is blocked, or nobody would ever learn from it', () => {
    const blocked = afterAction(fresh(), failed(failure('blocked')), ago(minutes(10)));
    expect(lookOf(blocked).refusals).toHaveLength(1);
  });

  test('has forgotten a refusal a quarter of an hour later', () => {
    expect(lookOf(afterAction(fresh(), failed(failure('blocked')), ago(minutes(15)))).refusals).toEqual([]);
  });
});

describe('after an action', () => {
  test('AWS is in doubt for its concern, and its answers must be newer', () => {
    const memory = afterAction(fresh(), succeeded(), noon);
    expect([isInDoubt(memory, 'Programmed'), isInDoubt(memory, 'CertificateReady')]).toEqual([true, false]);
    expect(memory.wroteAt).toEqual({ Programmed: noon });
  });

  test('doubt of everything stays what it is', () => {
    expect(afterAction(fresh(true), succeeded(), noon).doubt).toBe('all');
  });

  test('a failure is remembered until the same action succeeds', () => {
    const refused = [failed(failure('blocked'), { verb: 'Create' }), failed(failure('blocked'), { verb: 'Update' })].reduce((memory, outcome) => afterAction(memory, outcome, noon), fresh());
    expect(refused.refusals.map(({ action }) => action.verb)).toEqual(['Create', 'Update']);
    expect(afterAction(refused, succeeded({ verb: 'Update' }), noon).refusals.map(({ action }) => action.verb)).toEqual(['Create']);
  });

  test.each<{ name: string; because: string; refused: object; done: object; want: number }>([
    { name: 'of a group of another name', because: 'each is refused by itself', refused: { name: 'eu' }, done: { name: 'us' }, want: 1 },
    { name: 'of the same group in a later version', because: 'it is the same thing', refused: { name: 'eu', etag: 'E1' }, done: { name: 'eu', etag: 'E2' }, want: 0 },
    { name: 'of a web ACL of another number', because: 'it has no name yet', refused: { number: 2 }, done: { number: 1 }, want: 1 },
    { name: 'of the IP set of another rule', because: 'it has no name yet', refused: { rule: 'a', family: 'IPV4' }, done: { rule: 'b', family: 'IPV4' }, want: 1 },
    { name: 'of the IP set of the same rule with other addresses', because: 'it is the same thing', refused: { rule: 'a', family: 'IPV4', addresses: ['x'] }, done: { rule: 'a', family: 'IPV4', addresses: [] }, want: 0 },
    { name: 'of another certificate', because: 'each is refused by itself', refused: { arn: 'arn:a' }, done: { arn: 'arn:b' }, want: 1 },
  ])('a success $name leaves so many refusals: $because', ({ refused, done, want }) => {
    const memory = afterAction(fresh(), failed(failure('blocked'), refused), noon);
    expect(afterAction(memory, succeeded(done), noon).refusals).toHaveLength(want);
  });

  test('what is forgotten is let go: a year of refusals does not fill the memory', () => {
    const year = Array.from({ length: 1000 }, (_, index) => ago(minutes(10) * (1000 - index)));
    expect(year.reduce((memory, at) => afterAction(memory, failed(failure('blocked')), at), fresh()).refusals.length).toBeLessThan(3);
  });
});

describe('after a look', () => {
  test('at everything, the next one is due a resync period later; after any other the old date stands', () => {
    const memory = { ...fresh(), liveDueAt: ago(1) };
    expect([true, false].map((everything) => afterLook(memory, { everything, gone: false }, noon, pace).liveDueAt)).toEqual([new Date(noon.getTime() + hours(10)), ago(1)]);
  });

  test('absence is counted from the first time, and from anew once something was seen again (R9)', () => {
    const first = afterLook(fresh(), { everything: true, gone: true }, ago(minutes(1)), pace);
    const second = afterLook(first, { everything: true, gone: true }, noon, pace);
    const third = afterLook(second, { everything: true, gone: false }, noon, pace);
    expect([first, second, third].map(({ absentSince }) => absentSince)).toEqual([ago(minutes(1)), ago(minutes(1)), undefined]);
  });
});

describe('after a pass', () => {
  const waiting = planOf([decision({ is: 'waiting', on: 'aws' }), decision({ is: 'waiting', on: 'customer' }, 'DNSConfigured')]);

  const went = (plan: Plan<Action>) => ({ plan, outcomes: [], failed: false });
  const failing = (outcomes: readonly Outcome<Action>[] = []) => ({ plan: waiting, outcomes, failed: true });
  const streakOf = ({ history: { failures, failingSince } }: Memory) => ({ failures, failingSince });

  test('what AWS is working on is awaited', () => {
    expect(afterPass(fresh(), went(waiting), noon).awaited).toEqual(['Programmed']);
  });

  test('failures count in a row, and since when', () => {
    const once = afterPass(fresh(), failing(), ago(minutes(2)));
    const twice = afterPass(once, failing(), noon);
    const well = afterPass(twice, went(waiting), noon);
    expect([once, twice, well].map(streakOf)).toEqual([{ failures: 1, failingSince: ago(minutes(2)) }, { failures: 2, failingSince: ago(minutes(2)) }, { failures: 0, failingSince: undefined }]);
  });

  test.each<{ name: string; because: string; begunMs: number; outcomes: readonly Outcome<Action>[]; want: object }>([
    { name: 'after a minute, with progress', because: 'it is no use to wait long for the rest', begunMs: minutes(1), outcomes: [succeeded(), failed(failure())], want: { failures: 1, failingSince: noon } },
    { name: 'after a minute, without progress', because: 'it backs off', begunMs: minutes(1), outcomes: [failed(failure())], want: { failures: 7, failingSince: ago(minutes(1)) } },
    { name: 'before, with progress', because: 'what is done and undone in turns would never be slowed down', begunMs: seconds(59), outcomes: [succeeded(), failed(failure())], want: { failures: 7, failingSince: ago(seconds(59)) } },
  ])('a row of failures, $name: $because', ({ begunMs, outcomes, want }) => {
    const memory = { ...fresh(), history: { failures: 6, failingSince: ago(begunMs), waitingSince: {} } };
    expect(streakOf(afterPass(memory, failing(outcomes), noon))).toEqual(want);
  });

  const seeing: Plan<Action> = planOf([decision(acting(deed()))]);
  const unsettled = [failed(failure('unsettled'))];
  const blind: Plan<Action> = planOf([decision({ is: 'unseen', failure: failure() })]);
  test.each<{ name: string; because: string; next: Parameters<typeof afterPass>[1]; want: object }>([
    { name: 'which is refused so again', because: 'it is waited for since the first time', next: { plan: seeing, outcomes: unsettled, failed: true }, want: { 'Programmed unsettled': ago(minutes(1)) } },
    { name: 'which cannot be looked at', because: 'that says nothing of what AWS sees', next: { plan: blind, outcomes: [], failed: true }, want: { 'Programmed unsettled': ago(minutes(1)) } },
    { name: 'which fails otherwise', because: 'that says nothing of what AWS sees', next: { plan: seeing, outcomes: [failed(failure())], failed: true }, want: { 'Programmed unsettled': ago(minutes(1)) } },
    { name: 'which was not asked for', because: 'the API server failed before, which says nothing of what AWS sees', next: { plan: seeing, outcomes: [], failed: true }, want: { 'Programmed unsettled': ago(minutes(1)) } },
    { name: 'which is done, while a sibling fails', because: 'it is waited for no more', next: { plan: seeing, outcomes: [succeeded(), failed(failure(), { concern: 'CertificateReady' })], failed: true }, want: {} },
    { name: 'which is not to be done any more', because: 'it is waited for no more', next: { plan: planOf([decision({ is: 'settled' })]), outcomes: [], failed: false }, want: {} },
  ])('something that AWS did not see yet, $name: $because', ({ next, want }) => {
    const first = afterPass(fresh(), { plan: seeing, outcomes: unsettled, failed: true }, ago(minutes(1)));
    expect(afterPass(first, next, noon).history.waitingSince).toEqual(want);
  });

  test('what AWS does not see yet is no older for other failures before', () => {
    const first = afterPass(fresh(), { plan: blind, outcomes: [], failed: true }, ago(minutes(20)));
    expect(afterPass(first, { plan: seeing, outcomes: unsettled, failed: true }, noon).history.waitingSince).toEqual({ 'Programmed unsettled': noon });
  });

  test('what one concern waits for is no older for what another one has waited for long', () => {
    const first = afterPass(fresh(), went(planOf([decision({ is: 'waiting', on: 'customer' }, 'DNSConfigured')])), ago(minutes(60)));
    const second = afterPass(first, went(planOf([decision({ is: 'waiting', on: 'customer' }, 'DNSConfigured'), decision({ is: 'waiting', on: 'customer' }, 'CertificateReady')])), noon);
    expect(second.history.waitingSince).toEqual({ 'DNSConfigured customer': ago(minutes(60)), 'CertificateReady customer': noon });
  });

  test('the time waited runs on while somebody is waited for, and ends with it', () => {
    const first = afterPass(fresh(), went(waiting), ago(minutes(1)));
    const second = afterPass(first, went(planOf([decision({ is: 'waiting', on: 'customer' }, 'DNSConfigured')])), noon);
    expect(second.history.waitingSince).toEqual({ 'DNSConfigured customer': ago(minutes(1)) });
  });
});
