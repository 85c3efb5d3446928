import { unlessAborted } from '../runtime/abort.ts';

/** One read that many wait for. It ends early when the last of them has gone, and nobody can join it from then on. */
export class Flight {
  readonly begunMs: number;
  readonly #controller = new AbortController();
  readonly #done: Promise<void>;
  #riders = 0;

  /** Begins `read` at once; its signal aborts when nobody waits any more. */
  constructor(begunMs: number, read: (signal: AbortSignal) => Promise<void>) {
    this.begunMs = begunMs;
    this.#done = read(this.#controller.signal);
    // Each rider is told of a failure; this one keeps the process from ending where all of them have gone.
    this.#done.catch(() => undefined);
  }

  /** Whether everybody has left, so that it ends with an abort that is nobody's. */
  get abandoned(): boolean {
    return this.#controller.signal.aborted;
  }

  /** Settles as the read does, or rejects with the signal's reason as soon as that aborts. */
  async ride(signal: AbortSignal): Promise<void> {
    this.#riders++;
    try {
      await unlessAborted(this.#done, signal);
    } finally {
      this.#riders--;
      if (this.#riders === 0) this.#controller.abort();
    }
  }
}
