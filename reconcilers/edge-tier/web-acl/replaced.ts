/**
 * The lock tokens that updates of our own have replaced: what AWS shows with one of them is an older state than one we know of. Nothing here is
 * needed for correctness beyond the minutes in which AWS may show such a thing.
 */
export type Replaced = {
  /** An update made `after` of `before`. */
  readonly add: (before: string, after: string) => void;
  readonly has: (token: string) => boolean;
};

/** The most that a process keeps: the oldest are years old by then, or were replaced in a rush that AWS's rates stretch over many minutes. */
const most = 10_000;

/** No token at all. */
export const createReplaced = (): Replaced => {
  const tokens = new Set<string>();
  return {
    add: (before, after) => {
      if (before === after) return;
      tokens.add(before);
      const [oldest] = tokens;
      if (tokens.size > most && oldest !== undefined) tokens.delete(oldest);
    },
    has: (token) => tokens.has(token),
  };
};
