import type { Clock } from '../runtime/clock.ts';
import { pause } from '../runtime/backoff.ts';
import type { Random } from '../runtime/backoff.ts';
import type { Source } from './client.ts';
import { KubeError } from './errors.ts';
import { keyOf, trimmed, trusted } from './object.ts';
import type { KubeObject } from './object.ts';
import { courseAfter, firstCourse } from './reflector-course.ts';
import type { Course, Ending, ResyncReason } from './reflector-course.ts';
import type { ObjectStore } from './store.ts';
import { followWatch } from './watch-session.ts';
import type { WatchEnd, WatchNews, WatchOptions } from './watch-session.ts';

/**
 * Where a reflector stands.
 * - `syncing`: lists everything; `because` says why.
 * - `live`: the store follows the server.
 * - `waiting`: for `delayMs`, before the next attempt; `error` is absent when the watch had just come to its end.
 * - `stopped`: nothing runs any more.
 */
export type ReflectorState =
  | { readonly is: 'syncing'; readonly by: 'stream' | 'pages'; readonly because: ResyncReason }
  | { readonly is: 'live' }
  | { readonly is: 'waiting'; readonly delayMs: number; readonly error?: unknown }
  | { readonly is: 'stopped' };

export type ReflectorOptions<O extends KubeObject> = {
  readonly source: Source;
  readonly store: ObjectStore<O>;
  readonly clock: Clock;
  readonly random: Random;
  /** For metrics and readiness. Must not throw. */
  readonly onState?: (state: ReflectorState) => void;
};

// Small enough that one page is parsed in some ten milliseconds.
const pageSize = 500;

/** Keeps a store like the API server, for one resource. No answer of the server and no silence ends it: only its signal does. */
export class Reflector<O extends KubeObject> {
  readonly #options: ReflectorOptions<O>;
  #running: Promise<void> | undefined;
  #course: Course = firstCourse;
  #lastHeardAt: Date | undefined;
  /** Whether the server has ever sent a bookmark. */
  #sendsBookmarks = false;

  constructor(options: ReflectorOptions<O>) {
    this.#options = options;
  }

  /**
   * Runs until the signal is aborted, and resolves when no timer, connection or callback is left. Never rejects. Asked again while running, it
   * returns the same run.
   */
  run(signal: AbortSignal): Promise<void> {
    this.#running ??= this.#loop(signal).finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  /** When the server last told anything, bookmarks included; absent before its first word. */
  lastHeardAt(): Date | undefined {
    return this.#lastHeardAt;
  }

  async #loop(signal: AbortSignal): Promise<void> {
    const { clock, random } = this.#options;
    while (!signal.aborted) {
      const beganAt = clock.now();
      const ending = await this.#session(signal);
      if (signal.aborted) break;
      const lastedMs = clock.now().getTime() - beganAt.getTime();
      const heard = this.#lastHeardAt !== undefined && this.#lastHeardAt >= beganAt;
      this.#course = courseAfter({ ending, lastedMs, heard }, this.#course, random);
      if (ending.is === 'unstreamed') continue;
      this.#tell({ is: 'waiting', delayMs: this.#course.delayMs, ...(ending.is === 'failed' && { error: ending.error }) });
      await pause(clock, this.#course.delayMs, signal);
    }
    this.#tell({ is: 'stopped' });
  }

  async #session(signal: AbortSignal): Promise<Ending> {
    const { resync, by } = this.#course;
    try {
      if (resync !== undefined) this.#tell({ is: 'syncing', by, because: resync });
      if (resync !== undefined && by === 'stream') return await this.#listByStream(signal);
      if (resync !== undefined) await this.#listByPages(signal);
      return await this.#watch(signal);
    } catch (error) {
      return { is: 'failed', error };
    }
  }

  /** A token that expires on the way fails the session, and the next one begins with the first page. */
  async #listByPages(signal: AbortSignal): Promise<void> {
    const objects: O[] = [];
    let token: string | undefined;
    do {
      const page = await this.#options.source.list({ limit: pageSize, ...(token !== undefined && { continue: token }) }, signal);
      for (const object of page.items) objects.push(trimmed(trusted<O>(object)));
      token = page.continue;
      if (token === undefined && !signal.aborted) this.#replace(objects, page.resourceVersion);
    } while (token !== undefined);
  }

  /**
   * Lists and goes on watching in one stream: what there is arrives as additions, ended by a marked bookmark, without a version to go by.
   * @see https://kubernetes.io/docs/reference/using-api/api-concepts/#streaming-lists
   */
  async #listByStream(signal: AbortSignal): Promise<Ending> {
    let initial: Map<string, O> | undefined = new Map();
    const take = (event: WatchNews): void => {
      if (initial === undefined) this.#takeLive(event);
      else if (event.is === 'bookmark') {
        if (!event.endsInitialEvents) return;
        this.#replace(initial.values(), event.resourceVersion);
        initial = undefined;
        this.#tell({ is: 'live' });
      } else if (event.is === 'deleted') initial.delete(keyOf(event.object));
      else initial.set(keyOf(event.object), trimmed(trusted<O>(event.object)));
    };
    try {
      // The empty version asks for a listing as new as the newest write: with "0" a restart may travel back in time.
      const query = { sendInitialEvents: true, resourceVersionMatch: 'NotOlderThan', resourceVersion: '' };
      const end = await this.#follow({ query, take }, signal);
      return end === 'unlisted' ? { is: 'unstreamed' } : { is: 'ended' };
    } catch (error) {
      const isRefused = initial !== undefined && error instanceof KubeError && (error.code === 400 || error.code === 422);
      if (isRefused) return { is: 'unstreamed' };
      throw error;
    }
  }

  async #watch(signal: AbortSignal): Promise<Ending> {
    const query = { resourceVersion: this.#options.store.lastSyncedResourceVersion() ?? '' };
    const opened = (): void => this.#tell({ is: 'live' });
    await this.#follow({ query, opened, take: (event) => this.#takeLive(event) }, signal);
    return { is: 'ended' };
  }

  #follow({ take, ...watch }: Pick<WatchOptions, 'query' | 'opened' | 'take'>, signal: AbortSignal): Promise<WatchEnd> {
    const learn = (event: WatchNews): void => {
      if (event.is === 'bookmark') this.#sendsBookmarks = true;
      take(event);
    };
    return followWatch({ ...this.#options, ...watch, sendsBookmarks: this.#sendsBookmarks, take: learn }, signal);
  }

  #takeLive(event: WatchNews): void {
    this.#lastHeardAt = this.#options.clock.now();
    if (event.is === 'bookmark') this.#options.store.bookmark(event.resourceVersion);
    else this.#options.store.apply({ is: event.is, object: trimmed(trusted<O>(event.object)) });
  }

  #replace(objects: Iterable<O>, version: string): void {
    this.#options.store.replace(objects, version);
    this.#lastHeardAt = this.#options.clock.now();
    const { resync: _done, ...course } = this.#course;
    this.#course = course;
  }

  #tell(state: ReflectorState): void {
    this.#options.onState?.(state);
  }
}
