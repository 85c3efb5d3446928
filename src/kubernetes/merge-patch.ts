import { isDeepStrictEqual } from 'node:util';
import { isRecord } from './object.ts';

/**
 * The smallest JSON merge patch that makes `after` of `before`; undefined where they are equal. Members that are undefined count as
 * absent; a list is replaced whole.
 * @see https://www.rfc-editor.org/rfc/rfc7386
 */
export const mergePatchBetween = (before: unknown, after: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> | undefined => {
  const old = isRecord(before) ? before : {};
  const changed = Object.entries(after).flatMap(([key, value]) => {
    const patch = patchOf(old[key], value);
    return patch.is === 'same' ? [] : [[key, patch.value] as const];
  });
  const removed = Object.keys(old).filter((key) => old[key] !== undefined && after[key] === undefined).map((key) => [key, null] as const);
  const patch = Object.fromEntries([...changed, ...removed]);
  return Object.keys(patch).length === 0 ? undefined : patch;
};

const patchOf = (before: unknown, after: unknown): { readonly is: 'same' } | { readonly is: 'other'; readonly value: unknown } => {
  if (after === undefined || isDeepStrictEqual(before, after)) return { is: 'same' };
  if (!isRecord(after)) return { is: 'other', value: after };
  const value = mergePatchBetween(before, after);
  return value === undefined && isRecord(before) ? { is: 'same' } : { is: 'other', value: value ?? {} };
};
