import { answerFromCause, KubeError } from '../../../src/kubernetes/errors.ts';

/** The server's end of one watch: says lines, in chunks of any size, until it is ended, cut, or the client goes. */
export class OpenWatch implements AsyncIterable<Uint8Array> {
  readonly #signal: AbortSignal;
  readonly #chunkBytes: number;
  #unread: Buffer = Buffer.alloc(0);
  #over: { readonly error?: unknown } | undefined;
  #wake: () => void = () => undefined;

  /** Chunks have at most `chunkBytes` bytes, and cut through lines and characters alike. */
  constructor(signal: AbortSignal, chunkBytes: number) {
    this.#signal = signal;
    this.#chunkBytes = chunkBytes;
    signal.addEventListener('abort', () => {
      this.#finish({ error: signal.reason });
    });
  }

  isOpen(): boolean {
    return this.#over === undefined;
  }

  say(event: unknown): void {
    this.write(`${JSON.stringify(event)}\n`);
  }

  /** Writes as it is: also half a line, or no JSON. */
  write(text: string): void {
    if (!this.isOpen()) return;
    this.#unread = Buffer.concat([this.#unread, Buffer.from(text, 'utf8')]);
    this.#wake();
  }

  /** The regular end. */
  end(): void {
    this.#finish({});
  }

  /** The connection breaks. */
  cut(): void {
    this.#finish({ error: new KubeError('watch the fake', answerFromCause(Object.assign(new Error('other side closed'), { code: 'UND_ERR_SOCKET' }))) });
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array, void, undefined> {
    try {
      for (;;) {
        this.#signal.throwIfAborted();
        const chunk = this.#unread.subarray(0, this.#chunkBytes);
        this.#unread = this.#unread.subarray(chunk.length);
        if (chunk.length > 0) yield chunk;
        else if (this.#over === undefined) await this.#news();
        else if ('error' in this.#over) throw this.#over.error;
        else return;
      }
    } finally {
      this.#finish({}); // The reader has gone.
    }
  }

  #news(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }

  #finish(how: { readonly error?: unknown }): void {
    this.#over ??= how;
    this.#wake();
  }
}
