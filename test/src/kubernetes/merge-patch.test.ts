import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mergePatchBetween } from '../../../src/kubernetes/merge-patch.ts';
import { isRecord } from '../../../src/kubernetes/object.ts';

type Json = Readonly<Record<string, unknown>>;

type Row = { readonly name: string; readonly because: string; readonly before: unknown; readonly after: Json; readonly want: Json | undefined };
const rows: readonly Row[] = [
  { name: 'nothing and nothing', because: 'there is nothing to write', before: undefined, after: {}, want: undefined },
  { name: 'equal objects', because: 'a settled object is never written (R13)', before: { a: { b: [1] } }, after: { a: { b: [1] } }, want: undefined },
  { name: 'a new member', because: 'only it is said', before: { a: 1 }, after: { a: 1, b: 2 }, want: { b: 2 } },
  { name: 'a changed member', because: 'only it is said', before: { a: 1, b: 1 }, after: { a: 1, b: 2 }, want: { b: 2 } },
  { name: 'a member gone', because: 'null removes it', before: { a: 1, b: 2 }, after: { a: 1 }, want: { b: null } },
  { name: 'a member that is undefined', because: 'it counts as absent', before: { a: 1, b: 2 }, after: { a: 1, b: undefined }, want: { b: null } },
  { name: 'a member that was undefined', because: 'it counts as absent', before: { a: 1, b: undefined }, after: { a: 1 }, want: undefined },
  { name: 'a change deep inside', because: 'its neighbours are left alone', before: { a: { b: 1, c: { d: 1, e: 1 } } }, after: { a: { b: 1, c: { d: 2, e: 1 } } }, want: { a: { c: { d: 2 } } } },
  { name: 'a list with one item more', because: 'a merge patch knows lists only as a whole', before: { a: [1] }, after: { a: [1, 2] }, want: { a: [1, 2] } },
  { name: 'an object in place of a list', because: 'it is said whole', before: { a: [1] }, after: { a: { b: 1 } }, want: { a: { b: 1 } } },
  { name: 'a list in place of an object', because: 'it is said whole', before: { a: { b: 1 } }, after: { a: [1] }, want: { a: [1] } },
  { name: 'an empty object in place of a text', because: 'an empty patch would change nothing', before: { a: 'x' }, after: { a: {} }, want: { a: {} } },
  { name: 'an object emptied', because: 'each of its members is removed', before: { a: { b: 1 } }, after: { a: {} }, want: { a: { b: null } } },
  { name: 'a status where there was none', because: 'all of it is new', before: undefined, after: { a: { b: 1 } }, want: { a: { b: 1 } } },
];

/** @see https://www.rfc-editor.org/rfc/rfc7386 (section 2, in its own words) */
const applied = (target: unknown, patch: unknown): unknown => {
  if (!isRecord(patch)) return patch;
  const result: Record<string, unknown> = isRecord(target) ? { ...target } : {};
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) delete result[name];
    else result[name] = applied(result[name], value);
  }
  return result;
};

const { json } = fc.letrec<{ json: unknown; record: Json }>((tie) => ({
  json: fc.oneof({ maxDepth: 3 }, fc.constantFrom<unknown>(1, 2, 'a', true, false), fc.array(fc.constantFrom<unknown>(1, 'a', { a: 1 }), { maxLength: 2 }), tie('record')),
  record: fc.dictionary(fc.constantFrom('a', 'b', 'c'), tie('json'), { maxKeys: 3 }),
}));
const anyRecord = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), json, { maxKeys: 4 });

describe('mergePatchBetween', () => {
  test.each(rows)('$name: $because', ({ before, after, want }) => {
    expect(mergePatchBetween(before, after)).toEqual(want);
  });

  test('gives what the API server makes `after` of, whatever was there before', () => {
    fc.assert(
      fc.property(fc.option(anyRecord, { nil: undefined }), anyRecord, (before, after) => {
        const patch = mergePatchBetween(before, after);
        expect(patch === undefined ? (before ?? {}) : applied(before, patch)).toEqual(after);
      }),
      { numRuns: 2000 },
    );
  });

  test('gives nothing between equal objects, and changes neither', () => {
    fc.assert(
      fc.property(anyRecord, (one) => {
        const copy = structuredClone(one);
        expect(mergePatchBetween(one, copy)).toBeUndefined();
        expect(copy).toEqual(one);
      }),
    );
  });
});
