import type { Clock } from '../runtime/clock.ts';
import { AgentPool } from './agents.ts';
import type { Agents } from './agents.ts';
import type { CredentialCache, Credentials } from './auth.ts';
import { type Limit, unlessAborted, within } from '../runtime/abort.ts';
import { fullJitter, pause } from '../runtime/backoff.ts';
import type { Random } from '../runtime/backoff.ts';
import { answerFromCause, KubeError } from './errors.ts';
import { readChunks, readJson, send, titleOf } from './send.ts';
import type { Method, Order, Query, Reply } from './send.ts';
import { createTokenBucket } from './token-bucket.ts';
import type { Rate, TokenBucket } from './token-bucket.ts';

/** One attempt on the wire, told when it is over; for a stream, when its head has arrived. `code` is 0 when no usable answer came. */
export type Attempt = { readonly method: Method; readonly code: number; readonly ms: number };

export type RequestOptions = Pick<Order, 'query' | 'body' | 'contentType' | 'signal'> & {
  /** For all attempts together, 30 s when absent. */
  readonly timeoutMs?: number;
};

export type TransportOptions = {
  readonly credentials: CredentialCache;
  readonly clock: Clock;
  readonly random: Random;
  readonly userAgent: string;
  /** The pace of requests, streams apart; as fast as they come when absent (the lease must never queue behind others). */
  readonly rate?: Rate;
  /** Asked just before each attempt that may change something, after all waiting; what it throws is the request's error. */
  readonly fence?: () => void;
  /** How long such an attempt may take from then on; no longer than its request when absent. */
  readonly mutationMs?: number;
  readonly onRequest?: (attempt: Attempt) => void;
};

/** The way to the API server: connections kept, credentials fresh, failures typed, and only what is safe tried again. */
export type Transport = {
  /**
   * The parsed answer. Tried again: a GET that got no answer, twice; whatever was answered 429 or 503 *with* Retry-After, five times at most
   * and while time is left; once after 401, with credentials read anew. A mutation whose answer was lost is never sent twice: only the caller
   * can look what became of it.
   * @throws KubeError; the signal's own reason when it was aborted
   */
  readonly request: (method: Method, path: string, options: RequestOptions) => Promise<unknown>;
  /**
   * The bytes of an answer without an end, once its head has arrived. Tried again only after 401.
   * @throws KubeError, from the iteration too; the signal's own reason when it was aborted
   */
  readonly stream: (path: string, options: { readonly query: Query; readonly signal: AbortSignal }) => Promise<AsyncIterable<Uint8Array>>;
  /** Cuts every connection. */
  readonly close: () => Promise<void>;
};

/** With what an attempt is made, and what is read of its answer. */
type Means = { readonly credentials: Credentials; readonly agent: keyof Agents };
type Read<T> = (order: Order, reply: Reply) => Promise<T>;

const defaultTimeoutMs = 30_000;
const unansweredRetries = 2;
const askedRetries = 5;
const retryBackoff = { baseMs: 250, capMs: 2_000 };

/** A transport with connections of its own. Opens none before its first request. */
export const createTransport = (options: TransportOptions): Transport => new Wire(options);

class Wire implements Transport {
  readonly #options: TransportOptions;
  readonly #agents = new AgentPool();
  readonly #bucket: TokenBucket | undefined;

  constructor(options: TransportOptions) {
    this.#options = options;
    this.#bucket = options.rate && createTokenBucket(options.rate, options.clock);
  }

  async request(method: Method, path: string, { timeoutMs = defaultTimeoutMs, ...asked }: RequestOptions): Promise<unknown> {
    const { clock, userAgent } = this.#options;
    const endsAtMs = clock.now().getTime() + timeoutMs;
    const order = { ...asked, method, path, userAgent };
    return within(this.#limit(order, timeoutMs), asked.signal, (signal) => this.#insist({ ...order, signal }, endsAtMs));
  }

  async stream(path: string, asked: { readonly query: Query; readonly signal: AbortSignal }): Promise<AsyncIterable<Uint8Array>> {
    const order: Order = { ...asked, method: 'GET', path, userAgent: this.#options.userAgent };
    return readChunks(order, await this.#authorised(order, 'watch', (_order, reply) => Promise.resolve(reply)));
  }

  close(): Promise<void> {
    return this.#agents.destroy();
  }

  /** Tries until there is an answer, a failure that stays one, or no time for another try. */
  async #insist(order: Order, endsAtMs: number): Promise<unknown> {
    const { clock, random } = this.#options;
    for (let failures = 0; ; failures++) {
      const turnInMs = this.#bucket?.reserve() ?? 0;
      if (turnInMs > 0) await pause(clock, turnInMs, order.signal);
      try {
        return await this.#authorised(order, 'api', readJson);
      } catch (error) {
        const delayMs = delayBeforeRetry(order.method, error, { failures, random });
        if (delayMs === undefined || clock.now().getTime() + delayMs >= endsAtMs) throw error;
        await pause(clock, delayMs, order.signal);
      }
    }
  }

  async #authorised<T>(order: Order, agent: keyof Agents, read: Read<T>): Promise<T> {
    const credentials = await this.#credentials(order);
    try {
      return await this.#fenced(order, { credentials, agent }, read);
    } catch (error) {
      if (!(error instanceof KubeError) || error.code !== 401) throw error;
      this.#options.credentials.drop(credentials);
      return await this.#fenced(order, { credentials: await this.#credentials(order), agent }, read);
    }
  }

  /** What may change something is asked of the fence, and then has so much time and no more, a wait for a connection included. */
  async #fenced<T>(order: Order, by: Means, read: Read<T>): Promise<T> {
    const { fence, mutationMs } = this.#options;
    if (order.method === 'GET') return this.#attempt(order, by, read);
    fence?.();
    if (mutationMs === undefined) return this.#attempt(order, by, read);
    return within(this.#limit(order, mutationMs), order.signal, (signal) => this.#attempt({ ...order, signal }, by, read));
  }

  async #attempt<T>(order: Order, by: Means, read: Read<T>): Promise<T> {
    const { clock, onRequest } = this.#options;
    const beganMs = clock.now().getTime();
    const tell = (code: number): void => onRequest?.({ method: order.method, code, ms: clock.now().getTime() - beganMs });
    try {
      const reply = await send(order, by.credentials, this.#agents.for(by.credentials.tls)[by.agent]);
      const answer = await read(order, reply);
      tell(reply.code);
      return answer;
    } catch (error) {
      tell(error instanceof KubeError ? error.code : 0);
      throw error;
    }
  }

  async #credentials(order: Order): Promise<Credentials> {
    const reading = this.#options.credentials.current().catch((cause: unknown) => {
      throw new KubeError(titleOf(order), { ...answerFromCause(cause), reason: 'Credentials' }, { cause });
    });
    // A plugin that hangs must not hold on to a request that nobody waits for.
    return unlessAborted(reading, order.signal);
  }

  #limit(order: Pick<Order, 'method' | 'path'>, ms: number): Limit {
    const over = (): KubeError => new KubeError(titleOf(order), { code: 0, reason: 'Timeout', message: `no answer within ${ms} ms` });
    return { clock: this.#options.clock, ms, over };
  }
}

/** How long to wait before the same may be sent again; absent when it may not. */
const delayBeforeRetry = (method: Method, error: unknown, so: { readonly failures: number; readonly random: Random }): number | undefined => {
  if (!(error instanceof KubeError)) return undefined;
  const jitterMs = fullJitter(retryBackoff, so.failures, so.random);
  if (error.code === 0) return method === 'GET' && so.failures < unansweredRetries ? jitterMs : undefined;
  const asked = (error.code === 429 || error.code === 503) && error.retryAfterMs !== undefined && so.failures < askedRetries;
  return asked ? error.retryAfterMs + jitterMs : undefined;
};
