type Event = { readonly dueMs: number; readonly sequence: number; readonly run: () => void };

const isBefore = (one: Event, other: Event): boolean => one.dueMs < other.dueMs || (one.dueMs === other.dueMs && one.sequence < other.sequence);

/**
 * What will happen by itself, in order of time. Nothing runs on timers: `advanceTo` plays what is due, each event at its own moment, so
 * that an event may plan the next one and a long silence looks the same as many short ones.
 */
export class Timeline {
  readonly #heap: Event[] = [];
  readonly #listeners = new Set<() => void>();
  #sequence = 0;
  #nowMs: number;
  #isPlaying = false;

  constructor(nowMs: number) {
    this.#nowMs = nowMs;
  }

  /** The moment that is being played. Never goes back, even if the clock does. */
  get nowMs(): number {
    return this.#nowMs;
  }

  get now(): Date {
    return new Date(this.#nowMs);
  }

  /** Plans `run` for `delayMs` from now; with 0 it runs at once. */
  in(delayMs: number, run: () => void): void {
    if (delayMs <= 0) {
      run();
      return;
    }
    this.#sequence += 1;
    this.#heap.push({ dueMs: this.#nowMs + delayMs, sequence: this.#sequence, run });
    this.#lift(this.#heap.length - 1);
  }

  /** Calls `listener` right after each event, at the event's own moment. Returns the way to stop. */
  onEvent(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  advanceTo(nowMs: number): void {
    // A listener that looks around would otherwise play what is to come, and see the world after it.
    if (this.#isPlaying) return;
    this.#isPlaying = true;
    try {
      for (let first = this.#heap[0]; first !== undefined && first.dueMs <= nowMs; first = this.#heap[0]) this.#playFirst(first);
    } finally {
      this.#isPlaying = false;
    }
    this.#nowMs = Math.max(this.#nowMs, nowMs);
  }

  #playFirst(first: Event): void {
    this.#removeFirst();
    this.#nowMs = Math.max(this.#nowMs, first.dueMs);
    first.run();
    for (const listener of this.#listeners) listener();
  }

  #lift(start: number): void {
    for (let index = start; index > 0; ) {
      const parent = (index - 1) >> 1;
      if (!this.#swapIfBefore(index, parent)) return;
      index = parent;
    }
  }

  #removeFirst(): void {
    const last = this.#heap.pop();
    if (last === undefined || this.#heap.length === 0) return;
    this.#heap[0] = last;
    for (let index = 0; ; ) {
      const [left, right] = [2 * index + 1, 2 * index + 2];
      const [leftEvent, rightEvent] = [this.#heap[left], this.#heap[right]];
      if (leftEvent === undefined) return;
      const child = rightEvent !== undefined && isBefore(rightEvent, leftEvent) ? right : left;
      if (!this.#swapIfBefore(child, index)) return;
      index = child;
    }
  }

  #swapIfBefore(lower: number, upper: number): boolean {
    const [one, other] = [this.#heap[lower], this.#heap[upper]];
    if (one === undefined || other === undefined || !isBefore(one, other)) return false;
    this.#heap[upper] = one;
    this.#heap[lower] = other;
    return true;
  }
}
