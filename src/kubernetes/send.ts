import { request } from 'undici';
import type { Dispatcher } from 'undici';
import type { Credentials } from './auth.ts';
import { answerFromCause, answerFromStatus, KubeError } from './errors.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export type Query = Readonly<Record<string, string | number | boolean>>;

/** One request, as it goes on the wire. */
export type Order = {
  readonly method: Method;
  readonly path: string;
  readonly query?: Query;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** `application/json` when absent. */
  readonly contentType?: string;
  readonly userAgent: string;
  readonly signal: AbortSignal;
};

/** The good answer to an order: its status, and a body that is still to be read, or it holds on to its connection. */
export type Reply = { readonly code: number; readonly body: Dispatcher.ResponseData['body'] };

/**
 * Sends the order once and resolves when the head of a good answer (2xx) is there.
 * @throws KubeError; the signal's own reason when it was aborted
 */
export const send = async (order: Order, credentials: Credentials, dispatcher: Dispatcher): Promise<Reply> => {
  order.signal.throwIfAborted();
  const reply = await request(credentials.server + order.path, {
    dispatcher,
    method: order.method,
    headers: headersOf(order, credentials),
    query: { ...order.query },
    signal: order.signal,
    ...(order.body !== undefined && { body: JSON.stringify(order.body) }),
  }).catch((cause: unknown) => {
    throw failureFrom(order, cause);
  });
  if (reply.statusCode >= 200 && reply.statusCode < 300) return { code: reply.statusCode, body: reply.body };
  // A refusal that cannot be read to its end is still a refusal.
  const text = await reply.body.text().catch(() => '');
  const answer = answerFromStatus(reply.statusCode, parsedOrNothing(text));
  const retryAfterMs = retryAfterFrom(reply.headers['retry-after']);
  throw new KubeError(titleOf(order), retryAfterMs === undefined ? answer : { ...answer, retryAfterMs });
};

/**
 * The whole body, parsed.
 * @throws KubeError of code 0 when it ends early or is not JSON; the signal's own reason when it was aborted
 */
export const readJson = async (order: Order, { body }: Reply): Promise<unknown> => {
  try {
    return JSON.parse(await body.text()) as unknown;
  } catch (cause) {
    throw failureFrom(order, cause);
  }
};

/** The body as it comes. The iteration throws what `readJson` would. */
export const readChunks = async function* (order: Order, { body }: Reply): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    const chunks: AsyncIterable<Uint8Array> = body;
    for await (const chunk of chunks) yield chunk;
  } catch (cause) {
    throw failureFrom(order, cause);
  }
};

/** What was tried, on what: the beginning of every message about an order. */
export const titleOf = ({ method, path }: Pick<Order, 'method' | 'path'>): string => `${method.toLowerCase()} "${path}"`;

const failureFrom = (order: Order, cause: unknown): unknown =>
  order.signal.aborted ? order.signal.reason : new KubeError(titleOf(order), answerFromCause(cause), { cause });

const headersOf = (order: Order, credentials: Credentials): Record<string, string> => ({
  ...credentials.headers,
  accept: 'application/json',
  'user-agent': order.userAgent,
  ...(order.body !== undefined && { 'content-type': order.contentType ?? 'application/json' }),
});

const parsedOrNothing = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // A proxy's page: only the status counts.
  }
};

// The API server writes seconds; the other form of the header, a date, would need two clocks that agree.
const retryAfterFrom = (header: string | readonly string[] | undefined): number | undefined =>
  typeof header === 'string' && /^[0-9]{1,9}$/.test(header) ? Number(header) * 1000 : undefined;
