import { failureFrom } from '../../reconcilers/aws/errors.ts';
import { Failure, type FailureKind } from '../../reconcilers/failure.ts';
import { type Aws, type AwsOperation, awsOperations, layered, type Layer } from '../../reconcilers/ports/aws.ts';
import type { Clock } from '../runtime/clock.ts';
import { Stopped } from '../runtime/stopped.ts';
import type { Budget } from './budget.ts';

/*
 * What stands around every AWS call, from the outside in:
 *
 *   budget ──> classify ──> credentials, signature ──> fence ──> send
 *
 * The fence (clients.ts) comes last, because waiting before it is what makes leadership old (R10). The budget sees the classified failure,
 * so that it can slow down.
 */

/** What became of one call. `waitedMs` is the wait for the budget, `ms` the time from sending to the answer: absent where it was never its turn. */
export type CallEntry = AwsOperation & {
  readonly name: keyof Aws;
  readonly outcome: 'success' | 'aborted' | FailureKind;
  /** AWS's error name where it failed. */
  readonly code: string | undefined;
  readonly waitedMs: number;
  readonly ms: number | undefined;
};

/** Turns what the SDK throws into a `Failure`; an abort stays what it is, and so does the fence's word. Innermost. */
export const classified: Layer = (name, call) => async (input, signal) => {
  try {
    return await call(input, signal);
  } catch (error) {
    if (error instanceof Stopped) throw error;
    const subject = subjectOf(input);
    throw failureFrom(error, subject === undefined ? { operation: wordsOf(name) } : { operation: wordsOf(name), subject });
  }
};

/** Waits for the call's turn, slows its class down where AWS throttles, and tells `onCall` of each call. Outermost. */
export const budgeted = ({ budget, clock, onCall }: { readonly budget: Budget; readonly clock: Clock; readonly onCall: (entry: CallEntry) => void }): Layer =>
  (name, call) => async (input, signal) => {
    const askedMs = clock.now().getTime();
    let sentAt: Date | undefined;
    const tell = (outcome: CallEntry['outcome'], code?: string): void => {
      const endMs = clock.now().getTime();
      const sentMs = sentAt?.getTime();
      onCall({ ...awsOperations[name], name, outcome, code, waitedMs: (sentMs ?? endMs) - askedMs, ms: sentMs === undefined ? undefined : endMs - sentMs });
    };
    try {
      await budget.turn(name, signal);
      sentAt = clock.now();
      const answer = await call(input, signal);
      tell('success');
      return answer;
    } catch (error) {
      if (error instanceof Failure && error.kind === 'throttled' && sentAt !== undefined) budget.slowDown(name, sentAt);
      if (error instanceof Failure) tell(error.kind, error.code);
      else tell('aborted');
      throw error;
    }
  };

/** `raw` with all layers in their order: the `Aws` that reconcilers and the fleet are given. */
export const withLayers = (raw: Aws, options: { readonly budget: Budget; readonly clock: Clock; readonly onCall: (entry: CallEntry) => void }): Aws =>
  [classified, budgeted(options)].reduce(layered, raw);

/** "createDistributionTenant" as people say it: "create distribution tenant". */
const wordsOf = (name: keyof Aws): string => name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

// What a call is about, under AWS's many words for it; the first that is there.
const subjectMembers = ['Name', 'Identifier', 'Id', 'Domain', 'CertificateArn', 'DomainName', 'Resource', 'ResourceARN', 'ARN'] as const;

const subjectOf = (input: unknown): string | undefined => {
  if (typeof input !== 'object' || input === null) return undefined;
  return subjectMembers.map((member): unknown => Reflect.get(input, member)).find((value): value is string => typeof value === 'string');
};
