import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { KubeError } from '../../../src/kubernetes/errors.ts';
import type { Query } from '../../../src/kubernetes/send.ts';
import type { FakeCluster } from './fake-cluster.ts';

/** A request as the server saw it. */
export type Asked = { readonly method: string; readonly url: string; readonly headers: IncomingMessage['headers']; readonly body: string };

/** What to answer: a status with a JSON value or a text; a cut after the first bytes; silence; or anything, by hand. */
export type Reply =
  | { readonly code: number; readonly json: unknown; readonly headers?: Readonly<Record<string, string>> }
  | { readonly code: number; readonly text: string }
  | { readonly cutAfter: string }
  | { readonly hang: true }
  | { readonly by: (response: ServerResponse) => void };

/** An HTTP server on a free port of loopback that answers as `answer` says. */
export type FakeApiServer = AsyncDisposable & {
  readonly url: string;
  readonly asked: readonly Asked[];
  /** How many connections were ever opened to it. */
  readonly connections: () => number;
};

/** Starts one. */
export const startFakeApiServer = async (answer: (asked: Asked) => Reply | Promise<Reply>): Promise<FakeApiServer> => {
  const asked: Asked[] = [];
  let connections = 0;
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const one = { method: request.method ?? '', url: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks).toString('utf8') };
    asked.push(one);
    write(response, await answer(one));
  };
  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined));
  });
  server.on('connection', () => {
    connections += 1;
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('start a server on loopback: it has no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    asked,
    connections: () => connections,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
};

const write = (response: ServerResponse, reply: Reply): void => {
  if ('hang' in reply) return;
  if ('by' in reply) reply.by(response);
  else if ('cutAfter' in reply) {
    response.writeHead(200, { 'content-length': '1000' });
    response.write(reply.cutAfter, () => response.destroy());
  } else if ('json' in reply) response.writeHead(reply.code, { 'content-type': 'application/json', ...reply.headers }).end(JSON.stringify(reply.json));
  else response.writeHead(reply.code, { 'content-type': 'text/plain' }).end(reply.text);
};

/** Answers lists and watches from a fake cluster, over the wire. */
export const servedFrom =
  (cluster: FakeCluster) =>
  async ({ url }: Asked): Promise<Reply> => {
    const query = Object.fromEntries([...new URL(url, 'http://fake').searchParams].map(([name, value]) => [name, value === 'true' ? true : value]));
    try {
      if (query['watch'] !== true) {
        const { items, resourceVersion, continue: next } = await cluster.list({ ...query, limit: Number(query['limit']) });
        return { code: 200, json: { metadata: { resourceVersion, ...(next !== undefined && { continue: next }) }, items } };
      }
      return { by: await streamed(cluster, query) };
    } catch (error) {
      if (!(error instanceof KubeError)) throw error;
      return { code: error.code, json: statusOf(error.code, error.reason) };
    }
  };

const streamed = async (cluster: FakeCluster, query: Query): Promise<(response: ServerResponse) => void> => {
  const gone = new AbortController();
  const chunks = await cluster.watch(query, gone.signal);
  return (response) => {
    response.on('close', () => {
      gone.abort(new Error('client gone'));
    });
    const pour = async (): Promise<void> => {
      response.writeHead(200, { 'content-type': 'application/json' }).flushHeaders();
      for await (const chunk of chunks) response.write(chunk);
      response.end();
    };
    pour().catch(() => response.destroy()); // The watch was cut: so is the connection.
  };
};

/** The body of a refusal. */
export const statusOf = (code: number, reason: string, more: Readonly<Record<string, unknown>> = {}): unknown => ({
  kind: 'Status',
  apiVersion: 'v1',
  status: 'Failure',
  code,
  reason,
  message: `told to answer ${reason}`,
  ...more,
});
