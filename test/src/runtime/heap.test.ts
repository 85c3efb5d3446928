import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createHeap } from '../../../src/runtime/heap.ts';

type Numbered = { readonly value: number; position: number };

const sorted = (items: readonly Numbered[]): readonly number[] => items.map(({ value }) => value).toSorted((left, right) => left - right);

test('a heap gives what lies in it from the least on, whatever was taken out of its middle', () => {
  // A failure prints its seed and the shortest lists that show it.
  fc.assert(
    fc.property(fc.array(fc.nat(1_000), { minLength: 1, maxLength: 60, size: 'max' }), fc.array(fc.nat(), { maxLength: 30, size: 'max' }), (values, removed) => {
      const heap = createHeap<Numbered>((left, right) => left.value < right.value);
      const lying = values.map((value): Numbered => ({ value, position: 0 }));
      lying.forEach(heap.add);
      for (const which of removed) {
        const [item] = lying.splice(which % Math.max(1, lying.length), 1);
        if (item !== undefined) heap.remove(item);
      }
      const size = heap.size();
      const given: number[] = [];
      for (let first = heap.first(); first !== undefined; first = heap.first()) {
        given.push(first.value);
        heap.remove(first);
      }
      expect({ size, given }).toEqual({ size: lying.length, given: sorted(lying) });
    }),
    { numRuns: 500 },
  );
});
