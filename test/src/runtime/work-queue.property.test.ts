import * as fc from 'fast-check';
import { test } from 'vitest';
import { priorities, type Priority } from '../../../src/runtime/priorities.ts';
import { createWorkQueue } from '../../../src/runtime/work-queue.ts';
import { createVirtualClock } from '../../virtual-clock.ts';

/*
 * The queue does what a list that is searched from end to end would do, whatever is asked of it in whatever order:
 * - the same keys are handed out, in the same order, at the same times, after the same wait in line since somebody asked first;
 * - no key is with two workers;
 * - no add is lost: in the end every key that was added has been handed out after its last add, but those forgotten before somebody asked;
 * - the depth is that of the list; at most one timer is set, and none when nothing waits.
 */

type Step =
  | { readonly is: 'add'; readonly key: string; readonly priority: Priority; readonly afterMs: number }
  | { readonly is: 'forget'; readonly key: string }
  | { readonly is: 'get' }
  | { readonly is: 'done'; readonly which: number }
  | { readonly is: 'advance'; readonly ms: number };

type Listed = { key: string; priority: Priority; dueMs: number; added: number; linedMs?: number; lined?: number };
type Handed = { readonly key: string; readonly atMs: number; readonly waitedMs: number };

const classes = [20, 10, 5, 0, -100] as const;

/** The naive queue: one list. */
const createModel = () => {
  const list: Listed[] = [];
  const taken = new Set<string>();
  const handed: Handed[] = [];
  let nowMs = 0;
  let count = 0;
  let askers = 0;
  let openedMs: number | undefined;

  const rank = ({ priority }: Listed): number => classes.indexOf(priority);

  const turn = (): void => {
    const due = list.filter((entry) => !taken.has(entry.key) && entry.linedMs === undefined && entry.dueMs <= nowMs);
    for (const entry of due.toSorted((left, right) => left.dueMs - right.dueMs || left.added - right.added)) {
      entry.linedMs = nowMs;
      entry.lined = count++;
    }
    while (askers > 0) {
      const inLine = list.filter((entry) => entry.linedMs !== undefined);
      const isFair = (handed.length + 1) % 8 === 0 && inLine.every(({ priority }) => priority !== priorities.user);
      const [next] = inLine.toSorted((left, right) => (isFair ? 0 : rank(left) - rank(right)) || (left.lined ?? 0) - (right.lined ?? 0));
      if (next === undefined) return;
      list.splice(list.indexOf(next), 1);
      taken.add(next.key);
      askers -= 1;
      handed.push({ key: next.key, atMs: nowMs, waitedMs: nowMs - Math.max(next.linedMs ?? nowMs, openedMs ?? nowMs) });
    }
  };

  return {
    handed,
    taken,
    list,
    add: (key: string, priority: Priority, afterMs: number) => {
      const known = list.find((entry) => entry.key === key);
      if (known === undefined) list.push({ key, priority, dueMs: nowMs + afterMs, added: count++ });
      else Object.assign(known, { priority: Math.max(known.priority, priority), dueMs: Math.min(known.dueMs, nowMs + afterMs) });
      turn();
    },
    forget: (key: string) => {
      const at = openedMs === undefined ? list.findIndex((entry) => entry.key === key) : -1;
      if (at >= 0) list.splice(at, 1);
    },
    get: () => {
      openedMs ??= nowMs;
      askers += 1;
      turn();
    },
    done: (key: string) => {
      taken.delete(key);
      turn();
    },
    advance: (ms: number) => {
      const untilMs = nowMs + ms;
      for (;;) {
        const waiting = list.filter((entry) => entry.linedMs === undefined && !taken.has(entry.key)).map(({ dueMs }) => dueMs);
        const nextMs = Math.min(...waiting);
        if (nextMs > untilMs) break;
        nowMs = Math.max(nowMs, nextMs);
        turn();
      }
      nowMs = untilMs;
    },
    depth: () => Object.fromEntries(classes.map((priority) => [priority, list.filter((entry) => entry.linedMs !== undefined && entry.priority === priority).length])),
    waits: () => list.some((entry) => entry.linedMs === undefined && !taken.has(entry.key)),
  };
};

const key = fc.nat(15).map(String);
const delay = fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: 900_000 }));
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ is: fc.constant('add' as const), key, priority: fc.constantFrom(...Object.values(priorities)), afterMs: delay }) },
  { weight: 1, arbitrary: fc.record({ is: fc.constant('forget' as const), key }) },
  { weight: 3, arbitrary: fc.constant({ is: 'get' as const }) },
  { weight: 3, arbitrary: fc.record({ is: fc.constant('done' as const), which: fc.nat(8) }) },
  { weight: 2, arbitrary: fc.record({ is: fc.constant('advance' as const), ms: delay }) },
);

/** Runs the steps against both, and then until nothing is left. */
const run = async (steps: readonly Step[]): Promise<void> => {
  const clock = createVirtualClock(new Date(0));
  const queue = createWorkQueue({ clock });
  const model = createModel();
  const handed: Handed[] = [];
  const withWorker = new Set<string>();
  const ask = async (): Promise<void> => {
    const item = await queue.get(new AbortController().signal);
    if (item === undefined) return;
    if (withWorker.has(item.key)) throw new Error(`${item.key} is with two workers`);
    withWorker.add(item.key);
    handed.push({ key: item.key, atMs: clock.now().getTime(), waitedMs: item.waitedMs });
  };
  const give = (given: string): void => {
    withWorker.delete(given);
    queue.done(given);
    model.done(given);
  };
  const asked: Promise<void>[] = [];
  const perform = async (each: Step): Promise<void> => {
    if (each.is === 'add') {
      queue.add(each.key, each);
      model.add(each.key, each.priority, each.afterMs);
    } else if (each.is === 'forget') {
      queue.forget(each.key);
      model.forget(each.key);
    } else if (each.is === 'get') {
      asked.push(ask());
      model.get();
    } else if (each.is === 'advance') {
      await clock.advance(each.ms);
      model.advance(each.ms);
    } else {
      const chosen = [...model.taken][each.which];
      if (chosen !== undefined) give(chosen);
    }
    await clock.settle();
    same(handed, model.handed, 'handed out');
    same(queue.depth(), model.depth(), 'depth');
    same(clock.pending(), model.waits() ? 1 : 0, 'timers');
  };

  for (const each of steps) await perform(each);
  for (const rest = () => model.list.length + model.taken.size; rest() > 0; ) {
    for (const chosen of model.taken) give(chosen);
    await perform({ is: 'advance', ms: 900_000 });
    for (let more = model.list.length; more > 0; more--) await perform({ is: 'get' });
  }
  queue.shutDown();
  await Promise.all(asked);
  same(clock.pending(), 0, 'timers after the end');
};

const same = (got: unknown, want: unknown, what: string): void => {
  const [left, right] = [JSON.stringify(got), JSON.stringify(want)];
  if (left !== right) throw new Error(`${what}: got ${left}, want ${right}`);
};

test('the queue does what a searched list would do, whatever is asked in whatever order', async () => {
  // A failure prints its seed and the shortest run that shows it.
  await fc.assert(fc.asyncProperty(fc.array(step, { maxLength: 120, size: 'max' }), run), { numRuns: 200 });
}, 60_000);
