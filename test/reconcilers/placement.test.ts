import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chooseSlot, type Slot, slotsFor } from '../../reconcilers/placement.ts';

const anyTenants = fc.integer({ min: 0, max: 20_000 });
const anySeats = fc.array(fc.integer({ min: 0, max: 200 }), { maxLength: 100 });
const anyCapacity = fc.integer({ min: 1, max: 1000 });
const anyArn = fc.constantFrom('a', 'b', 'c', 'd', 'e');
const anySlots: fc.Arbitrary<readonly Slot[]> = fc.uniqueArray(fc.record({ arn: anyArn, taken: fc.integer({ min: 0, max: 5 }) }), { selector: ({ arn }) => arn });

const roomOf = (seats: readonly number[]): number => seats.reduce((sum, some) => sum + some, 0);
/** The seats of so many web ACLs: of those that are there, then of new ones. */
const firstOf = (count: number, seats: readonly number[], capacity: number): readonly number[] => Array.from({ length: count }, (_, index) => seats[index] ?? capacity);

describe('how many web ACLs a tier keeps open', () => {
  type Row = { readonly name: string; readonly tenants: number; readonly seats: readonly number[]; readonly capacity?: number; readonly want: number };
  const rows: readonly Row[] = [
    { name: 'one, before the first tenant', tenants: 0, seats: [], want: 1 },
    { name: 'one, while nine tenths are not exceeded', tenants: 90, seats: [100], want: 1 },
    { name: 'one more, as soon as they are', tenants: 91, seats: [100], want: 2 },
    { name: 'as many as it takes, at once', tenants: 1000, seats: [], want: 12 },
    { name: 'two, while one would be seven tenths full', tenants: 70, seats: [100, 100], want: 2 },
    { name: 'one fewer, as soon as it would be less full', tenants: 69, seats: [100, 100], want: 1 },
    { name: 'as few as it takes, at once', tenants: 69, seats: [100, 100, 100, 100], want: 1 },
    { name: 'one that is full of what is not ours does not count', tenants: 1, seats: [0], want: 2 },
    { name: 'new ones count with the seats that they will have', tenants: 91, seats: [100], capacity: 1, want: 3 },
    { name: 'the last ones are closed, whatever the first ones hold', tenants: 6, seats: [10, 1000], capacity: 10, want: 1 },
  ];
  test.each(rows)('$name', ({ tenants, seats, capacity = 100, want }) => {
    expect(slotsFor(tenants, seats, capacity)).toBe(want);
  });

  test('is enough, and not one more than was there or is needed', () => {
    fc.assert(
      fc.property(anyTenants, anySeats, anyCapacity, (tenants, seats, capacity) => {
        const count = slotsFor(tenants, seats, capacity);
        const open = firstOf(count, seats, capacity);
        expect(count).toBeGreaterThanOrEqual(1);
        expect(tenants * 10).toBeLessThanOrEqual(roomOf(open) * 9);
        if (count > Math.max(1, seats.length)) expect(tenants * 10).toBeGreaterThan(roomOf(open.slice(0, -1)) * 9);
        if (count > 1 && count <= seats.length) expect(tenants * 10).toBeGreaterThanOrEqual(roomOf(open.slice(0, -1)) * 7);
      }),
      { numRuns: 2000 },
    );
  });

  test('does not change while it is followed, one after the other, nor afterwards', () => {
    fc.assert(
      fc.property(anyTenants, anySeats, anyCapacity, fc.double({ min: 0, max: 1, noNaN: true }), (tenants, seats, capacity, share) => {
        const count = slotsFor(tenants, seats, capacity);
        const onTheWay = Math.round(seats.length + (count - seats.length) * share);
        expect(slotsFor(tenants, firstOf(onTheWay, seats, capacity), capacity)).toBe(count);
        expect(slotsFor(tenants, firstOf(count, seats, capacity), capacity)).toBe(count);
      }),
      { numRuns: 2000 },
    );
  });

  test('does not swing with a few tenants that come and go: between 70 % and 90 % it stays as it is', () => {
    const anyCrowd = fc.record({ open: fc.integer({ min: 1, max: 20 }), capacity: fc.integer({ min: 10, max: 200 }), share: fc.integer({ min: 70, max: 90 }) });
    fc.assert(
      fc.property(anyCrowd, ({ open, capacity, share }) => {
        const seats = firstOf(open, [], capacity);
        const tenants = Math.floor((roomOf(seats) * share) / 100);
        expect(slotsFor(tenants, seats, capacity)).toBe(open);
        expect(slotsFor(tenants, [...seats, capacity], capacity)).toBeLessThanOrEqual(open + 1);
      }),
      { numRuns: 1000 },
    );
  });

  test('never falls when a tenant comes, and never rises when one goes', () => {
    fc.assert(
      fc.property(anyTenants, anySeats, anyCapacity, (tenants, seats, capacity) => {
        expect(slotsFor(tenants + 1, seats, capacity)).toBeGreaterThanOrEqual(slotsFor(tenants, seats, capacity));
      }),
      { numRuns: 1000 },
    );
  });
});

describe('which web ACL a tenant uses', () => {
  const slots: readonly Slot[] = [{ arn: 'a', taken: 2 }, { arn: 'b', taken: 1 }, { arn: 'c', taken: 0 }];
  test.each([
    { name: 'the first that has a seat, so that gaps fill first', present: undefined, capacity: 2, want: 'b' },
    { name: 'the one it has, however full', present: 'a', capacity: 2, want: 'a' },
    { name: 'another, where the one it has takes no tenants any more', present: 'gone', capacity: 2, want: 'b' },
    { name: 'none, where none has a seat', present: undefined, capacity: 0, want: undefined },
  ])('$name', ({ present, capacity, want }) => {
    expect(chooseSlot(slots, capacity, present)).toBe(want);
  });

  test('stays the same for whoever has chosen, whoever else comes or goes', () => {
    fc.assert(
      fc.property(anySlots, anySlots, fc.integer({ min: 1, max: 5 }), fc.option(anyArn, { nil: undefined }), (now, later, capacity, present) => {
        const chosen = chooseSlot(now, capacity, present);
        if (chosen === undefined) expect(now.every(({ arn, taken }) => arn !== present && taken >= capacity)).toBe(true);
        else if (later.some(({ arn }) => arn === chosen)) expect(chooseSlot(later, capacity, chosen)).toBe(chosen);
      }),
      { numRuns: 1000 },
    );
  });
});
