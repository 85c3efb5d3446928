/** A good value with one thing wrong in it, and what a refusal of it says at least. */
export type Breakage = { readonly what: string; readonly value: unknown; readonly says: string };

// No list holds more than a thousand.
const tooMany = 1001;

type Rebuild = (part: unknown) => unknown;

const ofText = (text: string, path: string, rebuild: Rebuild): readonly Breakage[] => [
  { what: `${path}: empty`, value: rebuild(''), says: path },
  { what: `${path}: nonsense`, value: rebuild('no such\nthing'), says: path },
  { what: `${path}: endless`, value: rebuild(text + text.slice(-1).repeat(4096)), says: path },
];

const ofList = (list: readonly unknown[], path: string, rebuild: Rebuild): readonly Breakage[] => [
  { what: `${path}: nothing in it`, value: rebuild([]), says: 'spec' },
  { what: `${path}: the first twice`, value: rebuild([...list, list[0]]), says: path },
  { what: `${path}: too many of the first`, value: rebuild(Array.from({ length: tooMany }, () => list[0])), says: `${path}: Too many` },
  ...list.flatMap((item, index) => breakagesOf(item, `${path}[${index}]`, (part) => rebuild(list.with(index, part)))),
];

const ofObject = (object: object, path: string, rebuild: Rebuild): readonly Breakage[] =>
  Object.entries(object).flatMap(([key, field]) => [
    { what: `${path}.${key}: left out`, value: rebuild({ ...object, [key]: undefined }), says: path },
    ...breakagesOf(field, `${path}.${key}`, (part) => rebuild({ ...object, [key]: part })),
  ]);

/**
 * Every way to break one part of a good value: each text empty, nonsense and endless, each list empty, with a double and too
 * long, each field left out. It knows nothing of the schema.
 */
export const breakagesOf = (value: unknown, path: string, rebuild: Rebuild = (part) => part): readonly Breakage[] => {
  if (typeof value === 'string') return ofText(value, path, rebuild);
  if (Array.isArray(value)) return ofList(value, path, rebuild);
  return typeof value === 'object' && value !== null ? ofObject(value, path, rebuild) : [];
};
