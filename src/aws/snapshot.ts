import { isDeepStrictEqual } from 'node:util';
import type { Clock } from '../runtime/clock.ts';

/** When a read began. `order` tells apart what began within one millisecond. */
export type Stamp = { readonly order: number; readonly atMs: number };

/** One thing as it was and as it is. */
export type Change<Summary> = { readonly before?: Summary; readonly after?: Summary };

type Options<Summary, Index extends string> = {
  readonly clock: Clock;
  readonly idOf: (summary: Summary) => string;
  readonly indexes: { readonly [Name in Index]: (summary: Summary) => readonly string[] };
  /** Told of each change after all of one answer's changes are made. */
  readonly onChange: (change: Change<Summary>) => void;
};

/**
 * What is known of one kind of thing in AWS: the last complete list, corrected by single answers that are newer than it.
 *
 *     list begins ──────────── list lands          a list replaces everything but the corrections stamped after it
 *         │        correction      │               began; an older correction is healed by it. So a list that was
 *         └────────────────────────┘               under way cannot undo what is known since.
 */
export class Snapshot<Summary, Index extends string> {
  readonly #options: Options<Summary, Index>;
  readonly #summaries = new Map<string, Summary>();
  /** Ids of which a single answer is newer than the list, also where that answer was "not there". */
  readonly #corrected = new Map<string, Stamp>();
  readonly #byIndex = new Map<string, Map<string, Set<string>>>();
  #listed: Stamp | undefined;
  #order = 0;

  constructor(options: Options<Summary, Index>) {
    this.#options = options;
  }

  /** When the last complete list began. */
  get listedAtMs(): number | undefined {
    return this.#listed?.atMs;
  }

  idOf(summary: Summary): string {
    return this.#options.idOf(summary);
  }

  /** A stamp of this moment, for a read that begins or an answer that comes now. */
  stamp(): Stamp {
    return { order: ++this.#order, atMs: this.#options.clock.now().getTime() };
  }

  /** What is known of one, from a read begun at or after `notBeforeMs`; undefined where nothing that new is known. */
  one(id: string, notBeforeMs: number): { readonly summary: Summary | undefined } | undefined {
    const stamp = this.#corrected.get(id) ?? this.#listed;
    return stamp !== undefined && stamp.atMs >= notBeforeMs ? { summary: this.#summaries.get(id) } : undefined;
  }

  /** All with this value, from a list begun at or after `notBeforeMs`; undefined where the list is older, or there is none. */
  matching(index: Index, value: string, notBeforeMs: number): readonly Summary[] | undefined {
    return this.#listed === undefined || this.#listed.atMs < notBeforeMs ? undefined : this.known(index, value);
  }

  /** All with this value that are known now, from whatever answer. */
  known(index: Index, value: string): readonly Summary[] {
    return [...(this.#byIndex.get(index)?.get(value) ?? [])].flatMap((id) => this.#summaries.get(id) ?? []);
  }

  /** All there are, from a list begun at or after `notBeforeMs`; undefined where the list is older, or there is none. */
  all(notBeforeMs: number): readonly Summary[] | undefined {
    if (this.#listed === undefined || this.#listed.atMs < notBeforeMs) return undefined;
    return [...this.#summaries.values()];
  }

  /** A single answer: what it is, or undefined for "not there". Left aside where something newer is known. */
  correct(id: string, summary: Summary | undefined, stamp: Stamp): void {
    const known = this.#corrected.get(id) ?? this.#listed;
    if (known !== undefined && known.order > stamp.order) return;
    this.#corrected.set(id, stamp);
    this.#tell(this.#set(id, summary));
  }

  /** Our own answer: as a correction, but told to nobody, since the key that got it is the one it is about. */
  know(id: string, summary: Summary | undefined): void {
    this.#corrected.set(id, this.stamp());
    this.#set(id, summary);
  }

  /** A complete list. What the first one brings is no change: nothing was known before, so nobody has acted on less. */
  replace(list: readonly Summary[], begun: Stamp): void {
    const listed = new Map(list.map((summary) => [this.#options.idOf(summary), summary]));
    const changes: Change<Summary>[] = [];
    for (const id of new Set([...this.#summaries.keys(), ...listed.keys()])) {
      const corrected = this.#corrected.get(id);
      if (corrected !== undefined && corrected.order > begun.order) continue;
      const news = this.#set(id, listed.get(id));
      if (news !== undefined && (this.#listed !== undefined || corrected !== undefined)) changes.push(news);
    }
    for (const [id, stamp] of this.#corrected) if (stamp.order < begun.order) this.#corrected.delete(id);
    this.#listed = begun;
    changes.forEach((change) => this.#tell(change));
  }

  /** Computes one thing's indexes again, where they rest on more than its summary. */
  reindex(id: string, change: () => void): void {
    const summary = this.#summaries.get(id);
    if (summary !== undefined) this.#index(id, summary, false);
    change();
    if (summary !== undefined) this.#index(id, summary, true);
  }

  #set(id: string, after: Summary | undefined): Change<Summary> | undefined {
    const before = this.#summaries.get(id);
    if (isDeepStrictEqual(before, after)) return undefined;
    if (before !== undefined) this.#index(id, before, false);
    if (after === undefined) {
      this.#summaries.delete(id);
    } else {
      this.#summaries.set(id, after);
      this.#index(id, after, true);
    }
    return { ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) };
  }

  #index(id: string, summary: Summary, present: boolean): void {
    for (const [index, valuesOf] of Object.entries<(summary: Summary) => readonly string[]>(this.#options.indexes)) {
      const byValue = this.#byIndex.get(index) ?? new Map<string, Set<string>>();
      this.#byIndex.set(index, byValue);
      for (const value of valuesOf(summary)) {
        const ids = byValue.get(value) ?? new Set<string>();
        if (present) byValue.set(value, ids.add(id));
        else if (ids.delete(id) && ids.size === 0) byValue.delete(value);
      }
    }
  }

  #tell(change: Change<Summary> | undefined): void {
    if (change !== undefined) this.#options.onChange(change);
  }
}
