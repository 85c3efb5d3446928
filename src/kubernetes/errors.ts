import { isRecord } from './object.ts';

/**
 * A request to the API server that failed, on one line. Told apart by `code` and `reason`, never by its text.
 * - `code`: the HTTP status, or that of a watch's ERROR event; 0 when no usable answer came, so that a mutation may or may not have happened.
 * - `reason`: the server's word (`Conflict`, `Expired`), or for code 0 the name of what went wrong on the way (`ECONNREFUSED`, `Timeout`).
 * - `retryAfterMs`: how long the server asks to be left alone; absent when it did not say.
 */
export class KubeError extends Error {
  override readonly name = 'KubeError';
  readonly code: number;
  readonly reason: string;
  readonly retryAfterMs?: number;

  constructor(tried: string, answer: Answer, options?: { readonly cause?: unknown }) {
    super(oneLine(`${tried}: ${answer.code === 0 ? answer.reason : `${answer.code} ${answer.reason}`}${answer.message ? `: ${answer.message}` : ''}`), options);
    this.code = answer.code;
    this.reason = answer.reason;
    if (answer.retryAfterMs !== undefined) this.retryAfterMs = answer.retryAfterMs;
  }
}

/** What came back instead of what was asked for. */
export type Answer = { readonly code: number; readonly reason: string; readonly message?: string; readonly retryAfterMs?: number };

/** Whether our picture of the object was old: another version, or another object of that name. */
export const isConflict = (error: unknown): error is KubeError => error instanceof KubeError && error.code === 409 && error.reason === 'Conflict';

/** Whether there is no such object, or no such resource. */
export const isNotFound = (error: unknown): error is KubeError => error instanceof KubeError && error.code === 404;

/**
 * What the server says in a Status object; with anything else in its place, only the number is believed.
 * @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/status/
 */
export const answerFromStatus = (code: number, status: unknown): Answer => {
  if (!isRecord(status) || status.kind !== 'Status') return { code, reason: reasonByCode(code) };
  const seconds = isRecord(status.details) ? status.details.retryAfterSeconds : undefined;
  return {
    code,
    reason: typeof status.reason === 'string' && status.reason !== '' ? status.reason : reasonByCode(code),
    ...(typeof status.message === 'string' && { message: status.message }),
    ...(typeof seconds === 'number' && seconds > 0 && { retryAfterMs: seconds * 1000 }),
  };
};

/** What happened on the way, for a request that has no usable answer. */
export const answerFromCause = (cause: unknown): Answer => {
  if (!(cause instanceof Error)) return { code: 0, reason: 'Unknown', message: String(cause) };
  const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : cause.name;
  return { code: 0, reason: code, message: cause.message };
};

// Proxies and overloaded servers answer without a Status; the two that the code below asks for by name get theirs.
const reasonByCode = (code: number): string => ({ 404: 'NotFound', 409: 'Conflict', 410: 'Expired', 429: 'TooManyRequests' })[code] ?? 'Unknown';

/** The text on one line of printable characters, at most 1,024 of them. */
const oneLine = (text: string): string => text.replaceAll(/[\p{C}\p{Z}]+/gu, ' ').trim().slice(0, 1024);
