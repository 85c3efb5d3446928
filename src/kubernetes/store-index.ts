import type { KubeObject } from './object.ts';

/** The values under which an object is found, none or several. Pure: what it said once of an object it says always. */
export type ValuesOf<O extends KubeObject> = (object: O) => readonly string[];

/** Finds objects by what a function says of them, without going through all of them. */
export class StoreIndex<O extends KubeObject> {
  readonly #valuesOf: ValuesOf<O>;
  readonly #byValue = new Map<string, Map<string, O>>();

  constructor(valuesOf: ValuesOf<O>) {
    this.#valuesOf = valuesOf;
  }

  /** The objects with this value, in the order they got it. */
  find(value: string): readonly O[] {
    return [...(this.#byValue.get(value)?.values() ?? [])];
  }

  add(key: string, object: O): void {
    for (const value of this.#valuesOf(object)) {
      const found = this.#byValue.get(value);
      if (found === undefined) this.#byValue.set(value, new Map([[key, object]]));
      else found.set(key, object);
    }
  }

  remove(key: string, object: O): void {
    for (const value of this.#valuesOf(object)) {
      const found = this.#byValue.get(value);
      found?.delete(key);
      // A value nobody has any more must not stay behind: values come and go with the tenants.
      if (found?.size === 0) this.#byValue.delete(value);
    }
  }
}
