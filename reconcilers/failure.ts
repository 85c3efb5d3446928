import type { Reason } from '../crds/reasons.ts';

/**
 * What to do about an error, told by its kind alone (the paces are in requeue.ts):
 * - `invalid`: the spec must change, and the message names what.
 * - `blocked`: someone outside must act: a quota, a permission, a name that is taken.
 * - `conflict`: our picture is old; look again at once.
 * - `throttled`: AWS asks for fewer calls; the budget slows the whole call class down.
 * - `transient`: it may work next time; whether a mutation took effect is not known.
 * - `unsettled`: AWS refused what our own validation passed, mostly because it does not see a fresh certificate or web ACL yet.
 *   Waited for during 15 minutes, then `blocked`.
 */
export type FailureKind = 'invalid' | 'blocked' | 'conflict' | 'throttled' | 'transient' | 'unsettled';

/** A classified error of the outside world. `code` is the name it had there (an AWS error name, a Kubernetes reason). */
export class Failure extends Error {
  readonly kind: FailureKind;
  readonly reason: Reason;
  readonly code: string;
  constructor(input: { readonly kind: FailureKind; readonly reason: Reason; readonly code: string; readonly message: string; readonly cause?: unknown }) {
    super(input.message, { cause: input.cause });
    this.name = 'Failure';
    this.kind = input.kind;
    this.reason = input.reason;
    this.code = input.code;
  }
}

/** The failure as a refusal, for somebody outside to act: what was waited for is not to come. */
export const asRefusal = (failure: Failure): Failure =>
  new Failure({ kind: 'blocked', reason: failure.reason === 'Pending' ? 'InvalidRequest' : failure.reason, code: failure.code, message: failure.message, cause: failure });

/** A read's answer: what was there, or the failure that kept us from seeing. A failed read is not "not there". */
export type Seen<Value> = { readonly known: true; readonly value: Value } | { readonly known: false; readonly failure: Failure };

/** Turns a read into what was seen: a `Failure` becomes a value, anything else (an abort, our own bug) is thrown on. */
export const seen = async <Value>(read: Promise<Value>): Promise<Seen<Value>> => {
  try {
    return { known: true, value: await read };
  } catch (error) {
    if (error instanceof Failure) return { known: false, failure: error };
    throw error;
  }
};

/** The answer of `read`, or undefined where AWS says by one of these names that there is no such thing. */
export const unlessMissing = async <Value>(read: Promise<Value>, codes: readonly string[]): Promise<Value | undefined> => {
  try {
    return await read;
  } catch (error) {
    if (error instanceof Failure && codes.includes(error.code)) return undefined;
    throw error;
  }
};
