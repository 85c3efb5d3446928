/** What stands on a shelf: `sequence` grows with age and is what pages are cut by. */
export type Shelved = { readonly id: string; readonly sequence: number };

/** Things of one kind by id, in order of creation. */
export class Shelf<Thing extends Shelved> {
  readonly #byId = new Map<string, Thing>();
  readonly #inOrder: Thing[] = [];
  #sequence = 0;

  get size(): number {
    return this.#byId.size;
  }

  nextSequence(): number {
    this.#sequence += 1;
    return this.#sequence;
  }

  get(id: string | undefined): Thing | undefined {
    return id === undefined ? undefined : this.#byId.get(id);
  }

  /** Sequences must be added in growing order. */
  add(thing: Thing): void {
    this.#byId.set(thing.id, thing);
    this.#inOrder.push(thing);
  }

  remove(thing: Thing): void {
    if (this.#byId.get(thing.id) !== thing) return;
    this.#byId.delete(thing.id);
    this.#inOrder.splice(this.#indexAfter(thing.sequence - 1), 1);
  }

  values(): readonly Thing[] {
    return this.#inOrder;
  }

  /** All that is younger than `sequence`, oldest first. */
  *after(sequence: number): Generator<Thing> {
    for (let index = this.#indexAfter(sequence); index < this.#inOrder.length; index += 1) {
      const thing = this.#inOrder[index];
      if (thing !== undefined) yield thing;
    }
  }

  #indexAfter(sequence: number): number {
    let [low, high] = [0, this.#inOrder.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#inOrder[middle]?.sequence ?? Infinity) <= sequence) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
