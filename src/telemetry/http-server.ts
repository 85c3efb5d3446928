import { createServer } from 'node:http';
import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { Component } from '../runtime/manager.ts';

/** What a path answers. */
export type Answer = { readonly code: number; readonly type: string; readonly body: string };

export type HttpServerOptions = {
  readonly name: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** All addresses of the machine when absent. */
  readonly address?: string;
  /** By path. What throws is answered with 500. */
  readonly routes: Readonly<Record<string, (url: URL) => Answer | Promise<Answer>>>;
  /** A route threw. */
  readonly onError: (error: unknown) => void;
};

/** A server of small texts, asked with GET. Ready while it listens. */
export type HttpServer = Component & {
  /** The port it listens on; absent while it does not. */
  readonly port: () => number | undefined;
};

// Those who ask are near and ask for little: who takes longer than this to say what is wanted is cut off.
const requestTimeoutMs = 10_000;

/** A server that does not listen yet. Its `run` rejects when the port is taken. */
export const createHttpServer = (options: HttpServerOptions): HttpServer => {
  let port: number | undefined;
  const run = async (signal: AbortSignal): Promise<void> => {
    const server = createServer({ requestTimeout: requestTimeoutMs, headersTimeout: requestTimeoutMs }, listener(options));
    try {
      port = await listen(server, options);
      if (!signal.aborted) await once(signal, 'abort');
    } finally {
      port = undefined;
      await close(server);
    }
  };
  return { name: options.name, run, ready: () => port !== undefined, port: () => port };
};

const listen = async (server: Server, { name, port, address }: HttpServerOptions): Promise<number> => {
  server.listen({ port, ...(address !== undefined && { host: address }) });
  try {
    await once(server, 'listening');
  } catch (cause) {
    throw new Error(`listen for ${name} on port ${port}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
  const bound = server.address();
  return bound !== null && typeof bound === 'object' ? bound.port : port;
};

const close = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    // The only error is that it did not listen, which is what we want.
    server.close(() => resolve());
    server.closeAllConnections();
  });

const listener =
  (options: HttpServerOptions): RequestListener =>
  (request, response) => {
    void answer(request, options).then((said) => say(response, said));
  };

const answer = async (request: IncomingMessage, { routes, onError }: HttpServerOptions): Promise<Answer> => {
  if (request.method !== 'GET' && request.method !== 'HEAD') return text(405, 'only GET is answered');
  const url = URL.parse(request.url ?? '/', 'http://server');
  const route = url === null || !Object.hasOwn(routes, url.pathname) ? undefined : routes[url.pathname];
  if (url === null || route === undefined) return text(404, 'not found');
  try {
    return await route(url);
  } catch (error) {
    onError(error);
    return text(500, 'internal error');
  }
};

const say = (response: ServerResponse, { code, type, body }: Answer): void => {
  response.writeHead(code, { 'content-type': type, 'content-length': Buffer.byteLength(body), 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' });
  response.end(body);
};

/** A plain text. */
export const text = (code: number, body: string): Answer => ({ code, type: 'text/plain; charset=utf-8', body: `${body}\n` });
