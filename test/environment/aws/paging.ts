import type { AwsFault } from './contract.ts';
import type { Shelf, Shelved } from './shelf.ts';
import type { World } from './world.ts';

/** One page; without `next` it is the last. */
export type Page<Item> = { readonly items: readonly Item[]; readonly next?: string };

/** What a caller asked for, and how things of one kind are shown to it. */
export type PageRequest<Thing, Item> = {
  readonly marker: string | undefined;
  readonly size: number;
  /** What a reader sees of a thing; `undefined` leaves it out. */
  readonly show: (thing: Thing) => Item | undefined;
  /** What the service answers to a marker that it did not make. */
  readonly badMarker: () => AwsFault;
};

/** Markers name the last thing seen, so that creates and deletes between two pages neither repeat nor skip what stays. The rest is noise. */
const markerFor = (world: World, sequence: number): string =>
  Buffer.from(`${sequence}:${world.random.text('marker', '0123456789abcdef', 8)}`).toString('base64url');

const sequenceOf = (marker: string): number | undefined => {
  const sequence = /^(\d+):[0-9a-f]{8}$/.exec(Buffer.from(marker, 'base64url').toString())?.[1];
  return sequence === undefined ? undefined : Number(sequence);
};

/** Cuts one page. With `emptyPageProbability` an empty page comes first, with a marker to the very same place. */
export const pageOf = <Thing extends Shelved, Item>(world: World, shelf: Shelf<Thing>, request: PageRequest<Thing, Item>): Page<Item> => {
  const start = request.marker === undefined ? 0 : sequenceOf(request.marker);
  if (start === undefined) throw request.badMarker();
  if (world.random.chance('empty page', world.knobs.emptyPageProbability)) return { items: [], next: markerFor(world, start) };
  const size = Math.max(1, Math.min(request.size, world.knobs.pageSize));
  const items: Item[] = [];
  let last = start;
  for (const thing of shelf.after(start)) {
    const item = request.show(thing);
    if (item === undefined) continue;
    if (items.length === size) return { items, next: markerFor(world, last) };
    items.push(item);
    last = thing.sequence;
  }
  return { items };
};
