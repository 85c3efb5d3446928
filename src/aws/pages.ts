import { Failure } from '../../reconcilers/failure.ts';
import type { Clock } from '../runtime/clock.ts';
import { pause } from './pause.ts';

/** One page of a list; `marker` is absent on the last one. An empty page may have one. */
export type Page<Item> = { readonly items: readonly Item[]; readonly marker: string | undefined };

/** A whole list, and how many calls it took. */
export type Pages<Item> = { readonly items: readonly Item[]; readonly pages: number };

/**
 * A list of hundreds of pages would hardly ever be complete if one page that failed ended it, and what is already read would be asked
 * for again. So a page alone is asked for again, a few times; only reads are (R4).
 */
const pauseBeforeRetryMs = [1_000, 4_000, 16_000] as const;

const mayPass = (error: unknown): boolean => error instanceof Failure && (error.kind === 'throttled' || error.kind === 'transient');

/**
 * Reads all pages, or rejects. A marker that comes back ends in a `Failure`: following it would never end, and stopping would pass a
 * part for the whole. An item that moved to a later page while reading counts as it was seen last.
 */
export const readPages = async <Item>(read: (marker: string | undefined, signal: AbortSignal) => Promise<Page<Item>>, clock: Clock, signal: AbortSignal): Promise<Pages<Item>> => {
  const items: Item[] = [];
  const markers = new Set<string>();
  for (let marker: string | undefined; ; ) {
    const page = await readPage(() => read(marker, signal), clock, signal);
    items.push(...page.items);
    if (page.marker === undefined || page.marker === '') return { items, pages: markers.size + 1 };
    if (markers.has(page.marker)) {
      throw new Failure({ kind: 'transient', reason: 'AWSError', code: 'RepeatedMarker', message: `read page ${markers.size + 1} of a list: its marker was given before` });
    }
    markers.add(page.marker);
    marker = page.marker;
  }
};

const readPage = async <Item>(read: () => Promise<Page<Item>>, clock: Clock, signal: AbortSignal): Promise<Page<Item>> => {
  for (const pauseMs of pauseBeforeRetryMs) {
    try {
      return await read();
    } catch (error) {
      if (!mayPass(error)) throw error;
      await pause(clock, pauseMs, signal);
    }
  }
  return read();
};
