/**
 * The lock tokens that updates of our own have just replaced: what AWS shows with one of them is an older state than one we know of. After
 * `forMs` AWS is believed again, whatever it shows.
 */
export type Replaced = {
  /** An update made `after` of `before`. */
  readonly add: (before: string, after: string) => void;
  readonly has: (token: string) => boolean;
};

/** A change of a web ACL is everywhere after some minutes at most. @see https://docs.aws.amazon.com/waf/latest/developerguide/web-acl.html */
const forMs = 15 * 60_000;

/** No token at all. */
export const createReplaced = (now: () => Date): Replaced => {
  /** Until when each is old news, the earliest first. */
  const untilMs = new Map<string, number>();
  return {
    add: (before, after) => {
      if (before === after) return;
      const nowMs = now().getTime();
      for (const [token, endMs] of untilMs) {
        if (endMs > nowMs) break;
        untilMs.delete(token);
      }
      untilMs.set(before, nowMs + forMs);
    },
    has: (token) => (untilMs.get(token) ?? 0) > now().getTime(),
  };
};
