import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Action, Move, Outcome, Plan, Wait } from '../../reconcilers/contract.ts';
import type { Failure, FailureKind } from '../../reconcilers/failure.ts';
import { type History, nextLook, waitKey } from '../../reconcilers/requeue.ts';
import { acting, action, ago, decision, failed, failure, hours, minutes, noon, pace, planOf, seconds, succeeded } from './builders.ts';

type Given = { readonly moves?: readonly Move<Action>[]; readonly outcomes?: readonly Outcome<Action>[]; readonly failures?: readonly Failure[]; readonly failuresInARow?: number; readonly forMs?: number };
type Row = { readonly name: string; readonly because: string; readonly given: Given; readonly want: { readonly afterMs: number; readonly urgency: 'progress' | 'idle' } };

const soon = (afterMs: number) => ({ afterMs, urgency: 'progress' as const });
const waiting = (on: Wait, between?: { readonly minMs: number; readonly maxMs: number }): Move<Action> => (between ? { is: 'waiting', on, between } : { is: 'waiting', on });

const everyWait: readonly Wait[] = ['aws', 'customer', 'sibling', 'reference', 'person'];

/** A history in which everything has been going on for so long. */
const historyOf = ({ failuresInARow = 1, forMs = 0 }: Given): History => {
  const since = ago(forMs);
  return { failures: failuresInARow, failingSince: since, waitingSince: Object.fromEntries([...everyWait, 'unsettled' as const].map((on) => [waitKey('Programmed', on), since])) };
};

const planned = ({ moves = [] }: Given): Plan<Action> => planOf(moves.map((move) => decision(move)));

const rows: readonly Row[] = [
  { name: 'settled', because: 'drift is found by lists; the object itself is looked at once a resync', given: { moves: [{ is: 'settled' }] }, want: { afterMs: hours(10), urgency: 'idle' } },
  { name: 'gone', because: 'nothing is left to look at', given: { moves: [{ is: 'gone' }] }, want: { afterMs: hours(10), urgency: 'idle' } },
  { name: 'nothing decided', because: 'no plan can stall', given: {}, want: { afterMs: hours(10), urgency: 'idle' } },
  { name: 'acted', because: 'AWS shows what was done some seconds later', given: { moves: [acting(action())], outcomes: [succeeded()] }, want: soon(seconds(10)) },
  { name: 'waiting for AWS, at first', because: 'nothing there is done sooner', given: { moves: [waiting('aws')] }, want: soon(seconds(15)) },
  { name: 'waiting for AWS, for 4 minutes', because: 'a quarter of the time waited', given: { moves: [waiting('aws')], forMs: minutes(4) }, want: soon(minutes(1)) },
  { name: 'waiting for AWS, for a day', because: 'never rarer than this', given: { moves: [waiting('aws')], forMs: hours(24) }, want: soon(minutes(2)) },
  { name: 'waiting for a customer, at first', because: 'a record is noticed within 30 s', given: { moves: [waiting('customer')] }, want: soon(seconds(27)) },
  { name: 'waiting for a customer, for 14 minutes', because: 'the customer may be at it just now', given: { moves: [waiting('customer')], forMs: minutes(14) }, want: soon(seconds(27)) },
  { name: 'waiting for a customer, for an hour', because: 'a thirtieth of the time waited', given: { moves: [waiting('customer')], forMs: hours(1) }, want: soon(minutes(2)) },
  { name: 'waiting for a customer, for a month', because: 'a record is still noticed within minutes', given: { moves: [waiting('customer')], forMs: hours(720) }, want: soon(minutes(5)) },
  { name: 'waiting for a sibling that waits for a person', because: "the sibling's own pace counts", given: { moves: [waiting('sibling'), waiting('person')] }, want: soon(minutes(10)) },
  { name: 'waiting for a sibling, with nothing else that goes on', because: 'no plan can stall', given: { moves: [waiting('sibling'), { is: 'settled' }] }, want: soon(seconds(30)) },
  { name: 'waiting for another object', because: 'its change wakes the key', given: { moves: [waiting('reference')], forMs: hours(24) }, want: soon(minutes(10)) },
  { name: 'waiting for a person', because: 'a new generation wakes the key', given: { moves: [waiting('person')] }, want: soon(minutes(10)) },
  { name: 'a pace of its own, at first', because: 'a concern knows better', given: { moves: [waiting('aws', { minMs: seconds(30), maxMs: minutes(10) })] }, want: soon(seconds(30)) },
  { name: 'a pace of its own, at last', because: 'a concern knows better', given: { moves: [waiting('aws', { minMs: seconds(30), maxMs: minutes(10) })], forMs: hours(9) }, want: soon(minutes(10)) },
  { name: 'two concerns', because: 'the more urgent one decides', given: { moves: [waiting('person'), waiting('aws')] }, want: soon(seconds(15)) },
  { name: 'conflict', because: 'our picture is old', given: { outcomes: [failed(failure('conflict'))] }, want: soon(0) },
  { name: 'the fifth conflict in a row', because: 'a race is won within a few tries', given: { outcomes: [failed(failure('conflict'))], failuresInARow: 5 }, want: soon(0) },
  { name: 'the sixth conflict in a row', because: 'bounded: it backs off like anything else', given: { outcomes: [failed(failure('conflict'))], failuresInARow: 6 }, want: soon(500) },
  { name: 'transient', because: 'it may work next time', given: { outcomes: [failed(failure('transient'))] }, want: soon(500) },
  { name: 'transient, five times in a row', because: 'doubling: half of 16 s, as the dice fell', given: { failures: [failure('transient')], failuresInARow: 5 }, want: soon(seconds(8)) },
  { name: 'transient, a hundred times in a row', because: 'never rarer than 5 min: half of it, as the dice fell', given: { failures: [failure('transient')], failuresInARow: 100 }, want: soon(minutes(2.5)) },
  { name: 'throttled', because: 'AWS asks for fewer calls', given: { outcomes: [failed(failure('throttled'))] }, want: soon(2500) },
  { name: 'unsettled, at first', because: 'a fresh certificate is seen within seconds', given: { outcomes: [failed(failure('unsettled'))] }, want: soon(seconds(5)) },
  { name: 'unsettled, for 2 minutes', because: 'a fifth of the time waited', given: { outcomes: [failed(failure('unsettled'))], forMs: minutes(2) }, want: soon(seconds(24)) },
  { name: 'unsettled, for 15 minutes', because: 'it is a refusal', given: { outcomes: [failed(failure('unsettled'))], forMs: minutes(15) }, want: soon(minutes(10)) },
  { name: 'blocked', because: 'somebody has to act', given: { outcomes: [failed(failure('blocked'))] }, want: soon(minutes(10)) },
  { name: 'invalid', because: 'a new generation wakes the key', given: { outcomes: [failed(failure('invalid'))] }, want: soon(hours(6)) },
  { name: 'unseen', because: 'a failed read is a failure', given: { moves: [{ is: 'unseen', failure: failure('blocked') }] }, want: soon(minutes(10)) },
  { name: 'a failure beside a success', because: 'the more urgent one decides', given: { outcomes: [failed(failure('invalid')), succeeded()] }, want: soon(seconds(10)) },
];

describe('nextLook', () => {
  test.each(rows)('$name: $because', ({ given, want }) => {
    const pass = { plan: planned(given), outcomes: given.outcomes ?? [], failures: given.failures ?? [], now: noon };
    expect(nextLook(pass, historyOf(given), pace)).toEqual(want);
  });

  const kinds: readonly FailureKind[] = ['invalid', 'blocked', 'conflict', 'throttled', 'transient', 'unsettled'];
  const anyMove: fc.Arbitrary<Move<Action>> = fc.oneof(
    fc.constantFrom<Move<Action>>({ is: 'settled' }, { is: 'gone' }),
    fc.constantFrom(...everyWait).map((on) => waiting(on)),
    fc.constantFrom(...kinds).map((kind): Move<Action> => ({ is: 'unseen', failure: failure(kind) })),
  );
  const anyGiven = fc.record({
    moves: fc.array(anyMove, { maxLength: 4 }),
    outcomes: fc.array(fc.constantFrom(...kinds).map((kind) => failed(failure(kind))), { maxLength: 3 }),
    failuresInARow: fc.integer({ min: 1, max: 2000 }),
    forMs: fc.integer({ min: 0, max: hours(10_000) }),
  });

  test('there is always a next look, within the resync period and a tenth, and never a negative one', () => {
    fc.assert(
      fc.property(anyGiven, fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (given, dice) => {
        const { afterMs } = nextLook({ plan: planned(given), outcomes: given.outcomes, failures: [], now: noon }, historyOf(given), { random: () => dice, resyncMs: hours(10) });
        expect(Number.isInteger(afterMs)).toBe(true);
        expect(afterMs).toBeGreaterThanOrEqual(0);
        expect(afterMs).toBeLessThanOrEqual(hours(11));
      }),
      { numRuns: 1000 },
    );
  });

  test('the looks at a settled fleet are spread over a fifth of the resync period', () => {
    const afterMs = (dice: number): number => nextLook({ plan: planOf([]), outcomes: [], failures: [], now: noon }, historyOf({}), { random: () => dice, resyncMs: hours(10) }).afterMs;
    expect([afterMs(0), afterMs(1)]).toEqual([hours(9), hours(11)]);
  });
});
