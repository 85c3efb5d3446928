import type { Clock } from '../runtime/clock.ts';
import type { Random } from '../runtime/backoff.ts';
import type { Source } from './client.ts';
import type { Query } from './send.ts';
import { createLineSplitter, decodeWatchEvent } from './watch-decoder.ts';
import type { WatchEvent } from './watch-decoder.ts';

/** What a watch tells while it goes on. */
export type WatchNews = Exclude<WatchEvent, { readonly is: 'error' }>;

/**
 * How a watch ended that was not cut.
 * - `closed`: by the server, as agreed.
 * - `silent`, `outlived`: by us, because the connection cannot be alive any more.
 * - `unlisted`: by us, because the initial events did not end: this server streams no listings.
 */
export type WatchEnd = 'closed' | 'silent' | 'outlived' | 'unlisted';

export type WatchOptions = {
  readonly source: Source;
  readonly clock: Clock;
  readonly random: Random;
  /** Where to begin. The rest of the query is added here. */
  readonly query: Query;
  /** Whether this server is known to send bookmarks: only then can it be expected to break its silence. The first one shows it too. */
  readonly sendsBookmarks: boolean;
  /** Called when the server has accepted the watch. */
  readonly opened?: () => void;
  /** Called for each event, in order. */
  readonly take: (event: WatchNews) => void;
};

// client-go: an end between 5 and 10 minutes spreads the load of reconnecting, and hung watches end too.
const shortestSeconds = 300;
const graceMs = 30_000;
// Bookmarks come about once a minute: two and a half without a byte, and nobody is there.
const silenceMs = 150_000;
// 100,000 objects arrive in five seconds; a server that does not know streaming lists sends no end at all.
const initialMs = 60_000;

/**
 * Follows one watch to its end. After it resolves or rejects, nothing is called any more, and no timer or connection is left.
 * @throws KubeError when the server refuses or breaks it, or a line cannot be read; the signal's own reason when that was aborted
 */
export const followWatch = async (options: WatchOptions, signal: AbortSignal): Promise<WatchEnd> => {
  signal.throwIfAborted();
  const timeoutSeconds = shortestSeconds + Math.floor(options.random() * shortestSeconds);
  const stream = new AbortController();
  const forward = (): void => {
    stream.abort(signal.reason);
  };
  signal.addEventListener('abort', forward, { once: true });
  const watchdog = new Watchdog(options.clock, () => {
    stream.abort(new Error('watch given up'));
  });
  watchdog.limit('outlived', timeoutSeconds * 1000 + graceMs);
  if (options.sendsBookmarks) watchdog.expectWords();
  if (options.query['sendInitialEvents'] === true) watchdog.limit('unlisted', initialMs);
  try {
    const query = { ...options.query, allowWatchBookmarks: true, timeoutSeconds };
    await takeAll(await options.source.watch(query, stream.signal), options, { watchdog, signal: stream.signal });
    return 'closed';
  } catch (error) {
    if (watchdog.end === undefined || signal.aborted) throw error;
    return watchdog.end;
  } finally {
    watchdog.stop();
    signal.removeEventListener('abort', forward);
  }
};

const takeAll = async (
  chunks: AsyncIterable<Uint8Array>,
  { opened, take }: WatchOptions,
  { watchdog, signal }: { readonly watchdog: Watchdog; readonly signal: AbortSignal },
): Promise<void> => {
  opened?.();
  const lines = createLineSplitter();
  for await (const chunk of chunks) {
    watchdog.hear();
    for (const line of lines.push(chunk)) {
      signal.throwIfAborted();
      const event = decodeWatchEvent(line);
      if (event.is === 'error') throw event.error;
      if (event.is === 'bookmark') {
        watchdog.expectWords();
        if (event.endsInitialEvents) watchdog.unlimit('unlisted');
      }
      take(event);
    }
  }
};

/** Ends a watch that has lost its server: sockets can stay open for hours after the other side is gone. */
class Watchdog {
  readonly #clock: Clock;
  readonly #bite: () => void;
  readonly #cancels = new Map<WatchEnd, () => void>();
  #heardAtMs: number;
  /** Why it bit; absent while it has not. */
  end: WatchEnd | undefined;

  constructor(clock: Clock, bite: () => void) {
    this.#clock = clock;
    this.#bite = bite;
    this.#heardAtMs = clock.now().getTime();
  }

  limit(end: WatchEnd, ms: number): void {
    this.#cancels.set(
      end,
      this.#clock.after(ms, () => this.#end(end)),
    );
  }

  unlimit(end: WatchEnd): void {
    this.#cancels.get(end)?.();
    this.#cancels.delete(end);
  }

  hear(): void {
    this.#heardAtMs = this.#clock.now().getTime();
  }

  /** From now on silence ends the watch. One timer that looks back, not one for each byte heard. */
  expectWords(): void {
    if (!this.#cancels.has('silent')) this.#listenFor(silenceMs);
  }

  stop(): void {
    for (const cancel of this.#cancels.values()) cancel();
    this.#cancels.clear();
  }

  #listenFor(ms: number): void {
    const look = (): void => {
      const leftMs = this.#heardAtMs + silenceMs - this.#clock.now().getTime();
      if (leftMs > 0) this.#listenFor(leftMs);
      else this.#end('silent');
    };
    this.#cancels.set('silent', this.#clock.after(ms, look));
  }

  #end(end: WatchEnd): void {
    this.stop();
    this.end = end;
    this.#bite();
  }
}
