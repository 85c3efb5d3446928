import { AwsFault } from '../contract.ts';
import type { Members, Simulator } from '../contract.ts';

/** All that the front needs of the simulator: its rejections are an AwsFault, or a LostAnswer when the client must get no answer. */
export type Backend = Pick<Simulator, 'call'>;

/** One request, whole. Header names are lower case; `path` is as sent, still percent-encoded; a query parameter given twice counts once. */
export type WireRequest = {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
};

/** One answer; the server adds its date and length. */
export type WireAnswer = { readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly body: string | Uint8Array };

/** A request understood. `input` has only what the request said. */
export type Call = { readonly operation: string; readonly input: Members };

/** An error as a service states it, here or in the simulator. */
export type Fault = Pick<AwsFault, 'name' | 'status' | 'side' | 'message' | 'members'>;

/**
 * One of AWS's wire protocols, bound to one service.
 * - `read` throws {@link Refusal} for what it does not understand;
 * - `write` throws when the output is not of the operation's shape, which is the backend's mistake;
 * - `refuse` never throws.
 */
export type Protocol = {
  readonly read: (request: WireRequest) => Promise<Call>;
  readonly write: (operation: string, output: unknown, requestId: string) => WireAnswer;
  readonly refuse: (fault: Fault, requestId: string) => WireAnswer;
  readonly refusals: Readonly<Record<RefusalKind, { readonly name: string; readonly status: number }>>;
};

export type RefusalKind =
  'unsigned' | 'incomplete signature' | 'unknown key' | 'wrong signature' | 'malformed' | 'unknown operation' | 'too large';

/** A request turned away before it reached the service. Each protocol has its own code for each kind. */
export class Refusal extends Error {
  readonly kind: RefusalKind;

  constructor(kind: RefusalKind, message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'Refusal';
    this.kind = kind;
  }
}

/** Whether a value is a bag of members, which dates, lists and blobs are not. */
export const isMembers = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date) && !(value instanceof Uint8Array);

/** The fault an error stands for, in the protocol's own words. What is neither a fault nor a refusal is an internal failure, told in full. */
export function faultFrom(error: unknown, { refusals }: Protocol): Fault {
  if (error instanceof Refusal) return { ...refusals[error.kind], side: 'client', message: error.message, members: {} };
  if (error instanceof AwsFault) return error;
  return { name: 'InternalFailure', status: 500, side: 'server', message: error instanceof Error ? error.message : String(error), members: {} };
}

/** The body as text. */
export const textOf = (request: WireRequest): string => request.body.toString('utf8');
