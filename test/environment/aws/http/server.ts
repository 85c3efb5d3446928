import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { systemClock } from '../../../../src/runtime/clock.ts';
import type { Clock } from '../../../../src/runtime/clock.ts';
import { answer, refuseTooLarge } from './front.ts';
import type { Backend, WireAnswer, WireRequest } from './protocol.ts';
import type { SecretOf } from './signature.ts';

/** Request bodies above this are read to the end, not kept, and answered with 413. AWS's own bounds are not published. */
const maxBodyBytes = 1 << 20;

export type AwsServerOptions = {
  readonly backend: Backend;
  /** The keys that may sign; the access key id is the `caller` the backend is told. */
  readonly secretOf: SecretOf;
  /** Dates the answers and judges the age of signatures: the clients' own time, or theirs is corrected by the first refusal. */
  readonly now: () => Date;
  /** A free one when absent. */
  readonly port?: number;
  /** How long each answer is held back after the backend gave it; asked once an answer, 0 or more. None when absent. */
  readonly responseDelayMs?: () => number;
  /** What `responseDelayMs` is measured by; the machine's time when absent. */
  readonly after?: Clock['after'];
};

/** A server in motion. `stop` ends open connections and is done when the port is free. */
export type AwsServer = { readonly url: string; readonly stop: () => Promise<void> };

type Received = { readonly request: WireRequest; readonly complete: boolean };

function splitTarget(target: string): readonly [path: string, search: string] {
  const at = target.indexOf('?');
  return at === -1 ? [target, ''] : [target.slice(0, at), target.slice(at + 1)];
}

async function receive(message: IncomingMessage): Promise<Received> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of message as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes <= maxBodyBytes) chunks.push(chunk);
  }
  const [path, search] = splitTarget(message.url ?? '/');
  // A plus sign is itself in an AWS query, not a space.
  const query = Object.fromEntries(new URLSearchParams(search.replaceAll('+', '%2B')));
  const headers = Object.fromEntries(Object.entries(message.headers).map(([name, value]) => [name, String(value ?? '')]));
  const complete = bytes <= maxBodyBytes;
  return { request: { method: message.method ?? '', path, query, headers, body: complete ? Buffer.concat(chunks) : Buffer.alloc(0) }, complete };
}

function send(response: ServerResponse, { status, headers, body }: WireAnswer, now: Date): void {
  // 204 has neither body nor length: https://www.rfc-editor.org/rfc/rfc9110#section-8.6
  const length = status === 204 ? {} : { 'content-length': String(Buffer.byteLength(body)) };
  response.writeHead(status, { ...headers, ...length, date: now.toUTCString() });
  response.end(status === 204 ? undefined : body);
}

/** Request ids look like AWS's and count up, so that a run can be told again. */
const requestIds = (): (() => string) => {
  let count = 0;
  return () => `00000000-0000-4000-8000-${String((count += 1)).padStart(12, '0')}`;
};

async function serve(message: IncomingMessage, response: ServerResponse, requestId: string, options: AwsServerOptions): Promise<void> {
  const { request, complete } = await receive(message);
  const given = complete ? await answer(request, requestId, options) : refuseTooLarge(request, requestId, maxBodyBytes);
  const delayMs = options.responseDelayMs?.() ?? 0;
  if (delayMs > 0) {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    (options.after ?? systemClock.after)(delayMs, () => {
      resolve(undefined);
    });
    await promise;
  }
  if (given === 'lost') message.socket.destroy();
  else send(response, given, options.now());
}

/**
 * Serves CloudFront, ACM, WAFv2 and STS over HTTP/1.1 on 127.0.0.1, as the real SDK and the `aws` command line expect them. Whatever a
 * client sends is answered or its connection ended; the process stays up. Rejects when the port is taken.
 */
export async function startAwsServer(options: AwsServerOptions): Promise<AwsServer> {
  const nextRequestId = requestIds();
  const server = createServer((message, response) => {
    // Only a client that has gone, or an answer no header can carry, ends here: neither can be told more.
    serve(message, response, nextRequestId(), options).catch(() => message.socket.destroy());
  });
  // A pooled connection closed by the server just as the client reuses it would look like a lost answer that nobody ordered.
  server.keepAliveTimeout = 0;
  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('listen on 127.0.0.1: no port came back');
  return {
    url: `http://127.0.0.1:${String(address.port)}`,
    stop: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
