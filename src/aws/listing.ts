import type { Freshness, Listing } from '../../reconcilers/ports/fleet.ts';
import { type ListingParts, Reader } from './reader.ts';

/** A listing with what its process needs of it. */
export type PolledListing<Summary, Index extends string> = Listing<Summary, Index> & {
  /** Reads again what was asked for since `sinceMs`. */
  readonly refresh: (sinceMs: number, signal: AbortSignal) => Promise<void>;
  /** When the last complete list began. */
  readonly listedAtMs: () => number | undefined;
  /** Since when those who ask have had no newer list; absent while nobody asks, and where there are no lists. */
  readonly staleSince: () => Date | undefined;
};

/** A listing over one snapshot. Its functions reject with the `Failure` of the read, or with the signal's reason. */
export const createListing = <Summary, Index extends string>(parts: ListingParts<Summary, Index>): PolledListing<Summary, Index> => {
  const { clock, snapshot, reads } = parts;
  const reader = new Reader(parts);
  const askedMs = new Map<string | undefined, number>();
  let wantedSinceMs = 0;
  const nowMs = (): number => clock.now().getTime();

  const fresh = async <Answer>(id: string | undefined, { notBefore, signal }: Freshness, known: (notBeforeMs: number) => Answer | undefined): Promise<Answer> => {
    if (askedMs.size === 0) wantedSinceMs = nowMs();
    askedMs.set(reads.all === undefined ? id : undefined, nowMs());
    const inMemory = known(notBefore.getTime());
    if (inMemory !== undefined) return inMemory;
    await reader.read(id, Math.min(notBefore.getTime(), nowMs()), signal);
    // What has landed is as new as can be, also for an asker whose clock was ahead.
    const answer = known(Number.NEGATIVE_INFINITY);
    if (answer === undefined) throw new Error('read a listing: the read ended and left nothing');
    return answer;
  };

  return {
    get: async (id, freshness) => (await fresh(id, freshness, (notBeforeMs) => snapshot.one(id, notBeforeMs))).summary,
    where: (index, value, freshness) => fresh(undefined, freshness, (notBeforeMs) => snapshot.matching(index, value, notBeforeMs)),
    all: (freshness) => fresh(undefined, freshness, (notBeforeMs) => snapshot.all(notBeforeMs)),
    known: (index, value) => snapshot.known(index, value),
    put: (summary) => snapshot.know(snapshot.idOf(summary), summary),
    drop: (id) => snapshot.know(id, undefined),
    refresh: async (sinceMs, signal) => {
      for (const [id, atMs] of askedMs) if (atMs < sinceMs) askedMs.delete(id);
      await Promise.all([...askedMs.keys()].map((id) => reader.read(id, nowMs(), signal)));
    },
    listedAtMs: () => snapshot.listedAtMs,
    staleSince: () => (reads.all === undefined || askedMs.size === 0 ? undefined : new Date(Math.max(snapshot.listedAtMs ?? 0, wantedSinceMs))),
  };
};
