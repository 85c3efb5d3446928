import { Counter, Gauge } from 'prom-client';
import type { Registry } from 'prom-client';
import type { Clock } from '../runtime/clock.ts';

/** Where a cache stands that follows something outside; `because` says why it reads everything anew. */
export type CacheState = { readonly is: 'syncing'; readonly because: string } | { readonly is: 'live' } | { readonly is: 'waiting' } | { readonly is: 'stopped' };

/** What is read of a cache at each scrape. */
export type WatchedCache = {
  readonly kind: string;
  /** Every reason that there can be for reading everything anew. */
  readonly reasons: readonly string[];
  /** When what it follows last said anything; absent before its first word. */
  readonly lastHeardAt: () => Date | undefined;
  readonly size: () => number;
};

/** A list of AWS; `staleSince`: since when those who ask for it have had no newer one, absent while nobody asks. */
export type WatchedList = { readonly source: string; readonly staleSince: () => Date | undefined };

/** How the caches keep up with what they follow: Kubernetes' objects, AWS' lists. */
export type CacheMetrics = {
  /** Shows a cache from now on. */
  readonly watch: (cache: WatchedCache) => void;
  /** Shows these lists from now on. */
  readonly watchLists: (lists: readonly WatchedList[]) => void;
  /** A cache told where it stands. */
  readonly state: (kind: string, state: CacheState) => void;
};

const states = ['syncing', 'live', 'waiting', 'stopped'] as const satisfies readonly CacheState['is'][];

/** Adds them to the registry. */
export const createCacheMetrics = (registry: Registry, clock: Pick<Clock, 'now'>): CacheMetrics => {
  const registers = [registry];
  const watched: WatchedCache[] = [];
  const lists: WatchedList[] = [];
  const last = new Map<string, CacheState['is']>();
  const state = new Gauge({ name: 'reflector_state', help: '1 for the state that the cache is in.', labelNames: ['kind', 'state'], registers });
  const resyncs = new Counter({ name: 'reflector_resyncs_total', help: 'Times that everything was read anew.', labelNames: ['kind', 'reason'], registers });
  const ageSeconds = (since: Date): number => Math.max(0, clock.now().getTime() - since.getTime()) / 1_000;
  watchGauges(registry, watched, ageSeconds);
  watchAges(registry, lists, ageSeconds);

  return {
    watch: (cache) => {
      watched.push(cache);
      for (const each of states) state.set({ kind: cache.kind, state: each }, 0);
      for (const reason of cache.reasons) resyncs.inc({ kind: cache.kind, reason }, 0);
    },
    watchLists: (more) => {
      lists.push(...more);
    },
    state: (kind, told) => {
      // One reading may say twice that it began: a server that cannot stream is asked again, in pages.
      if (told.is === 'syncing' && last.get(kind) !== 'syncing') resyncs.inc({ kind, reason: told.because });
      last.set(kind, told.is);
      for (const each of states) state.set({ kind, state: each }, each === told.is ? 1 : 0);
    },
  };
};

/** The gauges, read from the caches at each scrape. */
const watchGauges = (registry: Registry, watched: readonly WatchedCache[], ageSeconds: (since: Date) => number): void => {
  const registers = [registry];
  void new Gauge({
    name: 'reflector_last_event_age_seconds',
    help: 'Time since the cache heard anything; absent before it did.',
    labelNames: ['kind'],
    registers,
    collect() {
      for (const { kind, lastHeardAt } of watched) {
        const heardAt = lastHeardAt();
        if (heardAt !== undefined) this.set({ kind }, ageSeconds(heardAt));
      }
    },
  });
  void new Gauge({
    name: 'store_objects',
    help: 'Objects in the cache.',
    labelNames: ['kind'],
    registers,
    collect() {
      for (const { kind, size } of watched) this.set({ kind }, size());
    },
  });
};

const watchAges = (registry: Registry, lists: readonly WatchedList[], ageSeconds: (since: Date) => number): void => {
  void new Gauge({
    name: 'fleet_list_age_seconds',
    help: 'How long those who ask for a list of AWS have had no newer one; absent where nobody asks.',
    labelNames: ['source'],
    registers: [registry],
    collect() {
      this.reset();
      for (const { source, staleSince } of lists) {
        const since = staleSince();
        if (since !== undefined) this.set({ source }, ageSeconds(since));
      }
    },
  });
};
