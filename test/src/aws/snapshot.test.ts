import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Snapshot, type Stamp } from '../../../src/aws/snapshot.ts';

type Thing = { readonly id: string; readonly version: number };

/** `begin` and `land` are a list's, `ask` and `hear` a single Get's, `answer` is one of our own writes. */
const verbs = ['change', 'remove', 'begin', 'land', 'ask', 'hear', 'answer'] as const;
type Step = { readonly does: (typeof verbs)[number]; readonly id: string };

const ids = ['a', 'b', 'c'] as const;
const steps = fc.array(fc.record<Step>({ does: fc.constantFrom(...verbs), id: fc.constantFrom(...ids) }), { minLength: 10, maxLength: 80, size: 'max' });

/** A read that landed: when it began, and what it said of one thing. */
type Said = { readonly stamp: Stamp; readonly thing: Thing | undefined };

/** Plays a script against a world that changes; `said` is, by id, what the read that began last has said. */
const play = (script: readonly Step[]) => {
  const world = new Map<string, Thing>();
  const said = new Map<string, Said>();
  const told = new Map<string, Thing>();
  let nowMs = 0;
  const snapshot = new Snapshot<Thing, 'even'>({
    clock: { now: () => new Date(++nowMs), after: () => () => undefined },
    idOf: ({ id }) => id,
    indexes: { even: ({ version }) => [String(version % 2 === 0)] },
    onChange: ({ before, after }) => {
      if (after !== undefined) told.set(after.id, after);
      else if (before !== undefined) told.delete(before.id);
    },
  });
  const hear = (id: string, { stamp, thing }: Said): void => {
    if (stamp.order > (said.get(id)?.stamp.order ?? 0)) said.set(id, { stamp, thing });
  };
  const gets = new Map<string, Said>();
  let underWay: { readonly stamp: Stamp; readonly things: ReadonlyMap<string, Thing> } | undefined;
  let version = 0;
  const act: Record<Step['does'], (id: string) => void> = {
    change: (id) => world.set(id, { id, version: ++version }),
    remove: (id) => world.delete(id),
    begin: () => {
      underWay ??= { stamp: snapshot.stamp(), things: new Map(world) };
    },
    land: () => {
      if (underWay === undefined) return;
      const { things, stamp } = underWay;
      underWay = undefined;
      snapshot.replace([...things.values()], stamp);
      for (const id of ids) hear(id, { stamp, thing: things.get(id) });
    },
    ask: (id) => gets.set(id, { stamp: snapshot.stamp(), thing: world.get(id) }),
    hear: (id) => {
      const got = gets.get(id);
      if (got === undefined) return;
      snapshot.correct(id, got.thing, got.stamp);
      hear(id, got);
    },
    answer: (id) => {
      act.ask(id);
      act.hear(id);
    },
  };
  for (const { does, id } of script) act[does](id);
  return { snapshot, said, told };
};

const begin: Step = { does: 'begin', id: 'a' };
const land: Step = { does: 'land', id: 'a' };

describe('a snapshot', () => {
  test('knows of each thing what the read said that began last, in whatever order the reads land, and how old that is', () => {
    fc.assert(
      fc.property(steps, (script) => {
        const { snapshot, said } = play(script);
        for (const [id, { stamp, thing }] of said) {
          expect(snapshot.one(id, stamp.atMs)).toEqual({ summary: thing });
          expect(snapshot.one(id, stamp.atMs + 1)).toBeUndefined();
        }
      }),
      { numRuns: 500 },
    );
  });

  test('knows nothing that no read has said', () => {
    const { snapshot } = play([begin, { does: 'answer', id: 'b' }]);
    expect([snapshot.one('a', 0), snapshot.one('b', 0), snapshot.matching('even', 'true', 0)]).toEqual([undefined, { summary: undefined }, undefined]);
  });

  test('finds by index exactly what it knows', () => {
    fc.assert(
      fc.property(steps, (script) => {
        const { snapshot } = play([begin, land, ...script]);
        const known = ids.flatMap((id) => snapshot.one(id, 0)?.summary ?? []);
        const found = ['true', 'false'].map((even) => (snapshot.matching('even', even, 0) ?? []).map(({ id }) => id).toSorted());
        expect(found).toEqual([0, 1].map((rest) => known.flatMap(({ id, version }) => (version % 2 === rest ? [id] : []))));
      }),
    );
  });

  test('tells every change after its first list, so that whoever listens knows the same', () => {
    fc.assert(
      fc.property(steps, (script) => {
        const { snapshot, told } = play([begin, land, ...script]);
        for (const id of ids) expect(told.get(id)).toEqual(snapshot.one(id, 0)?.summary);
      }),
    );
  });
});
