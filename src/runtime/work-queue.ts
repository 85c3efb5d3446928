import type { Clock } from './clock.ts';
import { createHeap } from './heap.ts';
import type { Heap } from './heap.ts';
import { descending, perPriority, priorities, type Priority } from './priorities.ts';

/*
 * Where a key can be. `add` merges: the higher priority wins, and the earlier time.
 *
 *                      due later                        due
 *      add ──▶ waiting ───────────▶ in line ──▶ taken ──▶ done
 *        │     one heap, one timer  a line for    │         │
 *        │                          each priority │         ▼
 *        └──▶ parked ◀── added while taken ───────┘   nowhere, or where `parked` belongs by now
 */

/** `afterMs` is 0 when absent. */
export type AddOptions = { readonly priority: Priority; readonly afterMs?: number };

/** A key handed out to a worker; `waitedMs` is the time it spent in line after it was due, while there was anybody to take it. */
export type Item = { readonly key: string; readonly priority: Priority; readonly waitedMs: number };

/**
 * What is to be looked at, and when. Q1: a key is with one worker at most, until `done`. Q2: an add is never lost; while the key is taken it
 * counts from its own moment. Q3: one timer at most. Q4: every operation takes O(log n).
 */
export type WorkQueue = {
  readonly add: (key: string, options: AddOptions) => void;
  /** The next key; undefined once the signal is aborted or the queue shut down. Keys go to those who ask in the order they asked. */
  readonly get: (signal: AbortSignal) => Promise<Item | undefined>;
  /** Gives back a key that was handed out. */
  readonly done: (key: string) => void;
  /**
   * Takes a key out again, where nobody has asked for any yet: of a thing that is gone before anybody looked at it there is nothing to do. A
   * replica that stands by would otherwise gather the keys of all that ever was.
   */
  readonly forget: (key: string) => void;
  /** Hands out nothing more and leaves no timer. */
  readonly shutDown: () => void;
  /** How many keys are in line (due, and not taken) with each priority. */
  readonly depth: () => Readonly<Record<Priority, number>>;
};

/** `onLine`: a key came into line. */
export type WorkQueueOptions = { readonly clock: Clock; readonly onLine?: () => void };

// Nobody starves: each eighth key is the one that has been in line longest, whatever its class. What users ask for stays first, or a slow
// restart would in the end stand before them.
const turnsToFair = 8;

type Entry = {
  readonly key: string;
  priority: Priority;
  dueMs: number;
  /** Since when it is in line; absent before. */
  linedMs: number | undefined;
  /** First come, first served: counted on when it is added, and when it comes into line. */
  order: number;
  /** Where it lies; absent while parked. */
  heap: Heap<Entry> | undefined;
  position: number;
};

const byOrder = (left: Entry, right: Entry): boolean => left.order < right.order;
const byDue = (left: Entry, right: Entry): boolean => left.dueMs < right.dueMs || (left.dueMs === right.dueMs && byOrder(left, right));

/** An empty queue. Sets no timer before the first delayed key. */
export const createWorkQueue = (options: WorkQueueOptions): WorkQueue => new Queue(options);

class Queue implements WorkQueue {
  readonly #options: WorkQueueOptions;
  readonly #entries = new Map<string, Entry>();
  readonly #taken = new Set<string>();
  readonly #waiting = createHeap(byDue);
  readonly #lines = perPriority(() => createHeap(byOrder));
  readonly #askers = new Set<(item: Item | undefined) => void>();
  #timer: { readonly dueMs: number; readonly cancel: () => void } | undefined;
  #order = 0;
  #turns = 0;
  #isShutDown = false;
  /** When a key was asked for first. */
  #openedMs: number | undefined;

  constructor(options: WorkQueueOptions) {
    this.#options = options;
  }

  readonly add = (key: string, { priority, afterMs = 0 }: AddOptions): void => {
    const nowMs = this.#nowMs();
    const dueMs = nowMs + Math.max(0, afterMs);
    const known = this.#entries.get(key);
    if (known !== undefined && priority <= known.priority && dueMs >= known.dueMs) return;
    const entry = known ?? { key, priority, dueMs, linedMs: undefined, order: this.#order++, heap: undefined, position: 0 };
    entry.heap?.remove(entry);
    entry.priority = priority > entry.priority ? priority : entry.priority;
    entry.dueMs = Math.min(dueMs, entry.dueMs);
    this.#entries.set(key, entry);
    this.#place(entry, nowMs);
    this.#handOut();
  };

  readonly get = (signal: AbortSignal): Promise<Item | undefined> =>
    new Promise((resolve) => {
      this.#openedMs ??= this.#nowMs();
      const leave = (): void => answer(undefined);
      const answer = (item: Item | undefined): void => {
        this.#askers.delete(answer);
        signal.removeEventListener('abort', leave);
        resolve(item);
      };
      if (signal.aborted || this.#isShutDown) return answer(undefined);
      signal.addEventListener('abort', leave, { once: true });
      this.#askers.add(answer);
      this.#handOut();
    });

  readonly done = (key: string): void => {
    if (!this.#taken.delete(key)) return;
    const parked = this.#entries.get(key);
    if (parked === undefined) return;
    this.#place(parked, this.#nowMs());
    this.#handOut();
  };

  readonly forget = (key: string): void => {
    const entry = this.#openedMs === undefined ? this.#entries.get(key) : undefined;
    if (entry === undefined) return;
    entry.heap?.remove(entry);
    this.#entries.delete(key);
    this.#setTimer();
  };

  readonly shutDown = (): void => {
    this.#isShutDown = true;
    this.#timer?.cancel();
    this.#timer = undefined;
    for (const answer of this.#askers) answer(undefined);
  };

  readonly depth = (): Readonly<Record<Priority, number>> => perPriority((priority) => this.#lines[priority].size());

  /** Puts an entry where it belongs now. One that is in line already keeps its turn there, also in a higher line. */
  #place(entry: Entry, nowMs: number): void {
    if (this.#taken.has(entry.key)) return;
    if (entry.linedMs === undefined && entry.dueMs <= nowMs) {
      entry.linedMs = nowMs;
      entry.order = this.#order++;
      this.#options.onLine?.();
    }
    entry.heap = entry.linedMs === undefined ? this.#waiting : this.#lines[entry.priority];
    entry.heap.add(entry);
  }

  #handOut(): void {
    if (this.#isShutDown) return;
    for (const answer of this.#askers) {
      const item = this.#take();
      if (item === undefined) break;
      answer(item);
    }
    this.#setTimer();
  }

  #take(): Item | undefined {
    const firsts = descending.flatMap((priority) => this.#lines[priority].first() ?? []);
    const isFair = (this.#turns + 1) % turnsToFair === 0 && firsts[0]?.priority !== priorities.user;
    const best = isFair ? firsts.toSorted((left, right) => left.order - right.order)[0] : firsts[0];
    if (best === undefined) return undefined;
    const { key, priority, heap, linedMs } = best;
    heap?.remove(best);
    this.#entries.delete(key);
    this.#taken.add(key);
    this.#turns += 1;
    return { key, priority, waitedMs: this.#nowMs() - Math.max(linedMs ?? 0, this.#openedMs ?? 0) };
  }

  #setTimer(): void {
    const dueMs = this.#waiting.first()?.dueMs;
    if (dueMs === this.#timer?.dueMs) return;
    this.#timer?.cancel();
    this.#timer = dueMs === undefined ? undefined : { dueMs, cancel: this.#options.clock.after(dueMs - this.#nowMs(), this.#onDue) };
  }

  readonly #onDue = (): void => {
    this.#timer = undefined;
    const nowMs = this.#nowMs();
    for (let first = this.#waiting.first(); first !== undefined && first.dueMs <= nowMs; first = this.#waiting.first()) {
      this.#waiting.remove(first);
      this.#place(first, nowMs);
    }
    this.#handOut();
  };

  #nowMs(): number {
    return this.#options.clock.now().getTime();
  }
}
