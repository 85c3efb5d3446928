/** What lies in a JSON value under these keys, one inside the other; undefined where the way ends early. */
export const valueAt = (value: unknown, ...keys: readonly string[]): unknown => {
  let at = value;
  for (const key of keys) {
    if (typeof at !== 'object' || at === null) return undefined;
    at = Reflect.get(at, key);
  }
  return at;
};

/** The same, where it is text. */
export const textAt = (value: unknown, ...keys: readonly string[]): string | undefined => {
  const found = valueAt(value, ...keys);
  return typeof found === 'string' ? found : undefined;
};

/** The same, where it is a list; empty otherwise. */
export const listAt = (value: unknown, ...keys: readonly string[]): readonly unknown[] => {
  const found = valueAt(value, ...keys);
  return Array.isArray(found) ? found : [];
};
