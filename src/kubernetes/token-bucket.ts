import type { Clock } from '../runtime/clock.ts';

/** A rate with a reserve: `perSecond` in the long run, `burst` at once after a quiet time. */
export type Rate = { readonly perSecond: number; readonly burst: number };

/** Paces what it is asked about. */
export type TokenBucket = {
  /** Takes a token, on credit if need be. Returns the milliseconds to wait before the turn has come, 0 when it is now. */
  readonly reserve: () => number;
  /** Takes a token if there is one, and says whether. */
  readonly tryTake: () => boolean;
};

/** A full bucket. */
export const createTokenBucket = ({ perSecond, burst }: Rate, clock: Clock): TokenBucket => {
  let tokens = burst;
  let filledAtMs = clock.now().getTime();
  const refill = (): void => {
    const nowMs = clock.now().getTime();
    tokens = Math.min(burst, tokens + ((nowMs - filledAtMs) * perSecond) / 1000);
    filledAtMs = nowMs;
  };
  return {
    reserve: () => {
      refill();
      tokens -= 1;
      return tokens >= 0 ? 0 : (-tokens * 1000) / perSecond;
    },
    tryTake: () => {
      refill();
      if (tokens < 1) return false;
      tokens -= 1;
      return true;
    },
  };
};
