import type { Rate, Rates } from './rates.ts';

type Bucket = { tokens: number; filledAt: number };

/** The token buckets of one account: one for each operation that has a rate. */
export class TokenBuckets {
  readonly #buckets = new Map<string, Bucket>();

  /** Takes a token for the call; false when there is none, which is AWS's "Rate exceeded". */
  take(call: { readonly service: string; readonly operation: string; readonly mutating: boolean }, rates: Rates, nowMs: number): boolean {
    const key = `${call.service}.${call.operation}`;
    const rate = rates[key] ?? rates[`${call.service}.${call.mutating ? 'write' : 'read'}`];
    return rate === undefined || this.#takeFrom(key, rate, nowMs);
  }

  #takeFrom(key: string, rate: Rate, nowMs: number): boolean {
    const bucket = this.#buckets.get(key) ?? { tokens: rate.burst, filledAt: nowMs };
    bucket.tokens = Math.min(rate.burst, bucket.tokens + ((nowMs - bucket.filledAt) / 1_000) * rate.perSecond);
    bucket.filledAt = nowMs;
    this.#buckets.set(key, bucket);
    if (bucket.tokens < 1) return false;
    bucket.tokens -= 1;
    return true;
  }
}
