import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createSeats } from '../../reconcilers/seats.ts';
import { createVirtualClock } from '../virtual-clock.ts';
import { hours, minutes } from './builders.ts';

const arn = 'arn:acl/1';
const two = { arn, capacity: 2 };
const noSeat = expect.objectContaining({ kind: 'conflict', reason: 'WebACLFull' }) as Error;
const set = () => {
  const clock = createVirtualClock();
  return { clock, seats: createSeats(clock.now) };
};

describe('a seat', () => {
  test('is taken at once, and gone for the next one', () => {
    const { seats } = set();
    seats.take(two, 'a', []);
    seats.take(two, 'b', []);
    expect(() => seats.take(two, 'c', [])).toThrow(noSeat);
  });

  test('that AWS knows of is counted once, whether the write was answered or not', () => {
    const { seats } = set();
    seats.take(two, 'a', []);
    expect(seats.others(arn, 'c', ['a', 'b'])).toBe(2);
    seats.settled('a');
    expect(seats.others(arn, 'c', ['a', 'b'])).toBe(2);
  });

  test('of its own counts for nobody', () => {
    const { seats } = set();
    seats.take(two, 'a', []);
    expect([seats.others(arn, 'a', []), seats.others(arn, 'a', ['a', 'b'])]).toEqual([0, 1]);
  });

  test('is kept by whoever has it, however full and though it is closed', () => {
    const { seats } = set();
    seats.close(arn);
    expect(() => seats.take({ arn, capacity: 1 }, 'a', ['a', 'b'])).not.toThrow();
    expect(() => seats.take({ arn, capacity: 9 }, 'c', ['a', 'b'])).toThrow(noSeat);
    seats.reopen(arn);
    expect(() => seats.take({ arn, capacity: 9 }, 'c', ['a', 'b'])).not.toThrow();
  });

  test('at another web ACL is another', () => {
    const { seats } = set();
    seats.take(two, 'a', []);
    seats.take({ ...two, arn: 'arn:acl/2' }, 'a', []);
    expect([seats.others(arn, 'x', []), seats.others('arn:acl/2', 'x', [])]).toEqual([0, 1]);
  });

  test('that a distribution has is nobody else\'s', () => {
    const { seats } = set();
    seats.reserve(arn, 2);
    expect(() => seats.take(two, 'a', [])).toThrow(noSeat);
    seats.reserve(arn, 1);
    expect(() => seats.take(two, 'a', [])).not.toThrow();
  });

  test('of which nobody hears any more is free again after an hour', async () => {
    const { seats, clock } = set();
    seats.take(two, 'a', []);
    await clock.advance(minutes(59));
    expect(seats.others(arn, 'b', [])).toBe(1);
    await clock.advance(minutes(1));
    expect(seats.others(arn, 'b', [])).toBe(0);
  });
});

test("AWS's word that a web ACL is full is believed for an hour, or until somebody has left", async () => {
  const { seats, clock } = set();
  expect(seats.isRefused(arn, 2)).toBe(false);
  seats.refused(arn, 2);
  await clock.advance(minutes(59));
  expect([seats.isRefused(arn, 2), seats.isRefused(arn, 1), seats.isRefused('arn:acl/2', 2)]).toEqual([true, false, false]);
  await clock.advance(hours(1));
  expect(seats.isRefused(arn, 2)).toBe(false);
});

test('a tenant that is looked at too soon after its write still counts: AWS may show what was before', async () => {
  const { seats, clock } = set();
  seats.take(two, 'a', []);
  seats.seen('a');
  expect(seats.others(arn, 'b', [])).toBe(1);
  await clock.advance(minutes(2));
  seats.seen('a');
  expect(seats.others(arn, 'b', [])).toBe(0);
});

test('a seat that is given back leaves the tenant on the way it was on before', () => {
  const { seats } = set();
  seats.take(two, 'a', []);
  const giveBack = seats.take({ ...two, arn: 'arn:acl/2' }, 'a', []);
  giveBack();
  expect([seats.others(arn, 'b', []), seats.others('arn:acl/2', 'b', [])]).toEqual([1, 0]);
});

test('whatever is taken, answered and left, nobody sits down where none is left, and no seat is lost', () => {
  const names = ['a', 'b', 'c', 'd', 'e', 'f'];
  const anyDeed = fc.record({ does: fc.constantFrom('takes', 'is answered', 'is refused', 'leaves'), tenant: fc.constantFrom(...names) });
  fc.assert(
    fc.property(fc.array(anyDeed, { maxLength: 60 }), fc.integer({ min: 1, max: 4 }), (deeds, capacity) => {
      const { seats } = set();
      const known = new Set<string>();
      const coming = new Set<string>();
      for (const { does, tenant } of deeds) {
        if (does === 'takes') {
          const isFull = !known.has(tenant) && new Set([...known, ...coming].filter((name) => name !== tenant)).size >= capacity;
          const take = (): void => void seats.take({ arn, capacity }, tenant, [...known]);
          if (isFull) expect(take).toThrow(noSeat);
          else {
            take();
            if (!known.has(tenant)) coming.add(tenant);
          }
        } else {
          if (does === 'is answered' && coming.has(tenant)) known.add(tenant);
          if (does === 'leaves') known.delete(tenant);
          coming.delete(tenant);
          seats.settled(tenant);
        }
        expect(seats.others(arn, '', [...known])).toBe(new Set([...known, ...coming]).size);
        expect(known.size).toBeLessThanOrEqual(capacity);
      }
    }),
    { numRuns: 500 },
  );
});
