import { unlessAborted } from '../runtime/abort.ts';
import type { Clock } from '../runtime/clock.ts';
import { Flight } from './flight.ts';
import type { Pages } from './pages.ts';
import type { Snapshot } from './snapshot.ts';

/** How one kind of thing is read. `one` resolves with undefined where AWS says that there is no such thing. At least one is given. */
export type Reads<Summary> = {
  readonly all?: (signal: AbortSignal) => Promise<Pages<Summary>>;
  readonly one?: (id: string, signal: AbortSignal) => Promise<Summary | undefined>;
};

/** Those who ask within so short a time share one read. */
const gatherMs = 20;

/** What is read next, once the gathering is over, and how many wait for it. A list is under `all`. */
type Gathering = { readonly ids: Set<string>; all: boolean; waiting: number; readonly begun: PromiseWithResolvers<ReadonlyMap<string, Flight> | Flight> };

/** What a listing is made of. */
export type ListingParts<Summary, Index extends string> = { readonly clock: Clock; readonly snapshot: Snapshot<Summary, Index>; readonly reads: Reads<Summary> };

/*
 * What is new enough is answered from memory. Else:
 *
 *   asked ── a read under way began late enough ─────────────────────────────> wait for it
 *      └──── else gather 20 ms ── k ids < P pages: k Gets ───────────────────> wait
 *                             └── else, or `where`: one list, at most one at a time
 *
 * P is the length of the last complete list, and while there was none it is one list.
 */

/** The reads of one listing: who asks at about the same time, or while a read that is new enough is under way, shares it. */
export class Reader<Summary, Index extends string> {
  readonly #parts: ListingParts<Summary, Index>;
  readonly #gets = new Map<string, Flight>();
  #list: Flight | undefined;
  #gathering: Gathering | undefined;
  #pages: number | undefined;

  constructor(parts: ListingParts<Summary, Index>) {
    this.#parts = parts;
  }

  /** Resolves once the snapshot holds this one (or, without an id, a list) from a read begun at or after `notBeforeMs`. */
  async read(id: string | undefined, notBeforeMs: number, signal: AbortSignal): Promise<void> {
    for (;;) {
      const flight = this.#underWay(id, notBeforeMs) ?? (await this.#gathered(id, signal));
      if (flight !== undefined && !flight.abandoned) return flight.ride(signal);
    }
  }

  #underWay(id: string | undefined, notBeforeMs: number): Flight | undefined {
    const flights = [this.#list, id === undefined ? undefined : this.#gets.get(id)];
    return flights.find((flight) => flight !== undefined && !flight.abandoned && flight.begunMs >= notBeforeMs);
  }

  /** Resolves with the read that answers this, as soon as it has begun. */
  async #gathered(id: string | undefined, signal: AbortSignal): Promise<Flight | undefined> {
    const gathering = (this.#gathering ??= this.#gather());
    if (id === undefined) gathering.all = true;
    else gathering.ids.add(id);
    gathering.waiting++;
    try {
      const begun = await unlessAborted(gathering.begun.promise, signal);
      return begun instanceof Flight ? begun : begun.get(id ?? '');
    } finally {
      gathering.waiting--;
    }
  }

  #gather(): Gathering {
    this.#parts.clock.after(gatherMs, () => this.#begin());
    return { ids: new Set(), all: false, waiting: 0, begun: Promise.withResolvers() };
  }

  #begin(): void {
    const gathering = this.#gathering;
    if (gathering === undefined) return;
    const { one, all } = this.#parts.reads;
    const oneByOne = all === undefined || (!gathering.all && this.#pages !== undefined && gathering.ids.size < this.#pages);
    if (gathering.waiting === 0) this.#gathering = undefined;
    else if (one !== undefined && oneByOne) this.#begun(gathering, new Map([...gathering.ids].map((id) => [id, this.#beginOne(id, one)])));
    // While an older list is under way the gathering stays open, and goes on when that ends.
    else if (all !== undefined && this.#list === undefined) this.#begun(gathering, this.#beginList(all));
  }

  #begun(gathering: Gathering, flights: ReadonlyMap<string, Flight> | Flight): void {
    this.#gathering = undefined;
    gathering.begun.resolve(flights);
  }

  #beginOne(id: string, one: NonNullable<Reads<Summary>['one']>): Flight {
    const { snapshot } = this.#parts;
    const stamp = snapshot.stamp();
    const read = async (signal: AbortSignal): Promise<void> => {
      try {
        snapshot.correct(id, await one(id, signal), stamp);
      } finally {
        if (this.#gets.get(id) === flight) this.#gets.delete(id);
      }
    };
    const flight = new Flight(stamp.atMs, read);
    this.#gets.set(id, flight);
    return flight;
  }

  #beginList(all: NonNullable<Reads<Summary>['all']>): Flight {
    const { snapshot } = this.#parts;
    const stamp = snapshot.stamp();
    const read = async (signal: AbortSignal): Promise<void> => {
      try {
        const { items, pages } = await all(signal);
        this.#pages = pages;
        snapshot.replace(items, stamp);
      } finally {
        this.#list = undefined;
        this.#begin();
      }
    };
    this.#list = new Flight(stamp.atMs, read);
    return this.#list;
  }
}
