import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { covers } from './acm/coverage.ts';
import { Random } from './random.ts';
import { Shelf } from './shelf.ts';
import { Timeline } from './timeline.ts';
import { Uses } from './uses.ts';

describe('the timeline', () => {
  test('plays what is due in order of time, then of planning, whatever the steps', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 50 }), { maxLength: 40 }), fc.array(fc.integer({ min: 0, max: 20 })), (delays, steps) => {
        const timeline = new Timeline(0);
        const played: { readonly at: number; readonly index: number }[] = [];
        for (const [index, delay] of delays.entries()) timeline.in(delay, () => played.push({ at: timeline.nowMs, index }));
        let now = 0;
        for (const step of steps) timeline.advanceTo((now += step));
        timeline.advanceTo(now + 51);
        const want = delays.map((at, index) => ({ at, index })).toSorted((one, other) => one.at - other.at || one.index - other.index);
        expect(played).toEqual(want);
      }),
    );
  });

  test('an event may plan another that is due in the same step, at its own time', () => {
    const timeline = new Timeline(0);
    const times: number[] = [];
    timeline.in(10, () => {
      timeline.in(5, () => times.push(timeline.nowMs));
    });
    timeline.advanceTo(100);
    expect(times).toEqual([15]);
  });

  test('tells of each event at its own moment, and a listener that looks around does not run ahead', () => {
    const timeline = new Timeline(0);
    const seen: (readonly [number, string])[] = [];
    let state = 'nothing';
    for (const [delay, next] of [[10, 'dark'], [20, 'light']] as const) timeline.in(delay, () => (state = next));
    const forget = timeline.onEvent(() => {
      timeline.advanceTo(100);
      seen.push([timeline.nowMs, state]);
    });
    timeline.advanceTo(100);
    forget();
    timeline.in(1, () => (state = 'unheard'));
    timeline.advanceTo(200);
    expect([seen, state]).toEqual([[[10, 'dark'], [20, 'light']], 'unheard']);
  });

  test('never goes back, and what takes no time happens at once', () => {
    const timeline = new Timeline(100);
    let hasRun = false;
    timeline.in(0, () => {
      hasRun = true;
    });
    timeline.advanceTo(50);
    expect([hasRun, timeline.nowMs]).toEqual([true, 100]);
  });
});

test('a shelf keeps order and ids through removals', () => {
  fc.assert(
    fc.property(fc.array(fc.boolean(), { maxLength: 60 }), fc.nat(60), (removals, after) => {
      const shelf = new Shelf<{ readonly id: string; readonly sequence: number }>();
      const things = removals.map(() => {
        const sequence = shelf.nextSequence();
        const thing = { id: String(sequence), sequence };
        shelf.add(thing);
        return thing;
      });
      for (const [index, thing] of things.entries()) if (removals[index] === true) shelf.remove(thing);
      const left = things.filter((_, index) => removals[index] !== true);
      expect(shelf.values()).toEqual(left);
      expect(shelf.size).toBe(left.length);
      expect([...shelf.after(after)]).toEqual(left.filter(({ sequence }) => sequence > after));
      for (const [index, thing] of things.entries()) expect(shelf.get(thing.id)).toBe(removals[index] === true ? undefined : thing);
    }),
  );
});

describe('uses', () => {
  test('one that ended is reported for its time, and one that begins again never ended', () => {
    const uses = new Uses();
    uses.hold('r', 'a', 0);
    uses.hold('r', 'a', 0);
    uses.release('r', 'a', 10, 5);
    uses.release('r', 'a', 10, 500);
    expect([uses.held('r'), uses.reported('r', 14), uses.reported('r', 15)]).toEqual([0, ['a'], []]);
    uses.hold('r', 'a', 20);
    uses.release('r', 'a', 20, 5);
    uses.hold('r', 'a', 21);
    expect([uses.held('r'), uses.reported('r', 99)]).toEqual([1, ['a']]);
  });

  test('one that begins is counted at once and reported in its time', () => {
    const uses = new Uses();
    uses.hold('r', 'a', 10);
    expect([uses.isUsed('r', 5), uses.reported('r', 5), uses.reported('r', 10)]).toEqual([true, [], ['a']]);
  });
});

describe('coverage', () => {
  const rows = [
    { names: ['a.example.com'], domain: 'a.example.com', want: true },
    { names: ['*.example.com'], domain: 'a.example.com', want: true },
    { names: ['*.example.com'], domain: 'a.b.example.com', want: false },
    { names: ['*.example.com'], domain: 'example.com', want: false },
    { names: ['*.example.com'], domain: '*.example.com', want: true },
    { names: ['*.example.com'], domain: '*.b.example.com', want: false },
    { names: ['a.example.com'], domain: '*.example.com', want: false },
  ];
  test.each(rows)('$names covers $domain: $want', ({ names, domain, want }) => {
    expect(covers(names, domain)).toBe(want);
  });
});

describe('chance', () => {
  test('a purpose draws the same however often others draw', () => {
    const [alone, among] = [new Random(1), new Random(1)];
    const wanted = [alone.next('a'), alone.next('a')];
    const drawn = [among.next('a'), among.next('b'), among.next('b'), among.next('a')];
    expect([drawn[0], drawn[3]]).toEqual(wanted);
  });

  test('a range has both its ends and nothing beyond', () => {
    const random = new Random(1);
    const drawn = new Set(Array.from({ length: 200 }, () => random.between('x', [3, 5])));
    expect([...drawn].toSorted((one, other) => one - other)).toEqual([3, 4, 5]);
  });
});
