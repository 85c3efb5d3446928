import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, test } from 'vitest';
import { connectAws } from '../../../src/aws/clients.ts';
import { Stopped } from '../../../src/runtime/stopped.ts';
import { calls, never, tenant } from './wire-rows.ts';

const cleanUps: (() => void)[] = [];

afterEach(() => {
  for (const cleanUp of cleanUps.splice(0)) cleanUp();
});

type Received = { readonly method: string; readonly path: string; readonly target: string | undefined; readonly authorization: string };

const listen = (server: Server): Promise<number> =>
  new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });

/** AWS at the other end of a real connection, which does `answer` with each request once it has all of it. */
const connect = async (answer: (response: ServerResponse, request: IncomingMessage) => void, { requestTimeoutMs = 10_000, fence = () => undefined }: { readonly requestTimeoutMs?: number; readonly fence?: () => void } = {}) => {
  const received: Received[] = [];
  const take = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    await text(request);
    const { 'x-amz-target': target, authorization = '' } = request.headers;
    received.push({ method: request.method ?? '', path: request.url ?? '', target: typeof target === 'string' ? target : undefined, authorization });
    answer(response, request);
  };
  const server = createServer((request, response) => void take(request, response));
  const port = await listen(server);
  const { aws, close } = connectAws({ endpoint: `http://127.0.0.1:${port}`, credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' }, requestTimeoutMs, fence });
  cleanUps.push(close, () => server.close(), () => server.closeAllConnections());
  return { aws, received };
};


describe('a call', () => {
  test('is sent once where the connection is reset after AWS has taken it', async () => {
    const { aws, received } = await connect((_response, request) => request.socket.resetAndDestroy());
    await expect(aws.createDistributionTenant(tenant, never)).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(received).toHaveLength(1);
  });

  test.each([500, 503, 429])('is sent once where AWS answers %i', async (status) => {
    const { aws, received } = await connect((response) => response.writeHead(status).end());
    await expect(aws.requestCertificate({ DomainName: 'shop.example.com' }, never)).rejects.toMatchObject({ $metadata: { httpStatusCode: status, attempts: 1 } });
    expect(received).toHaveLength(1);
  });

  test('ends after the request timeout where no answer comes, and is sent once', async () => {
    const { aws, received } = await connect(() => undefined, { requestTimeoutMs: 150 });
    await expect(aws.createDistributionTenant(tenant, never)).rejects.toMatchObject({ name: 'TimeoutError' });
    expect(received).toHaveLength(1);
  });

  test('does not wait for others that AWS has not answered yet', async () => {
    const unanswered: ServerResponse[] = [];
    const many = 120;
    const { aws } = await connect((response) => {
      unanswered.push(response);
      if (unanswered.length === many) for (const each of unanswered) each.writeHead(200).end('{}');
    });
    await Promise.all(Array.from({ length: many }, () => aws.describeCertificate({ CertificateArn: 'arn:aws:acm:us-east-1:111122223333:certificate/a' }, never)));
    expect(unanswered).toHaveLength(many);
  });

  test('ends where an answer begins and then stalls', async () => {
    const { aws } = await connect((response) => response.writeHead(200, { 'content-type': 'text/xml' }).write('<DistributionTenant>'), { requestTimeoutMs: 150 });
    await expect(aws.getDistributionTenant({ Identifier: 'shop' }, never)).rejects.toThrow();
  });

  test('fails where the answer is cut or is no answer of AWS', async () => {
    const { aws } = await connect((response) => response.writeHead(200).end('{"CertificateSummaryList": [{"Certif'));
    await expect(aws.listCertificates({}, never)).rejects.toThrow();
  });

  test('ends with an AbortError as soon as the signal aborts', async () => {
    const stop = new AbortController();
    const { aws } = await connect(() => stop.abort(new Error('shutting down')));
    await expect(aws.createDistributionTenant(tenant, stop.signal)).rejects.toMatchObject({ name: 'AbortError' });
  });

  test('rejects with the error as the SDK names it', async () => {
    const { aws } = await connect((response) => response.writeHead(400).end('{"__type":"LimitExceededException","message":"too many"}'));
    await expect(aws.requestCertificate({ DomainName: 'shop.example.com' }, never)).rejects.toMatchObject({ name: 'LimitExceededException', $metadata: { httpStatusCode: 400 } });
  });

  test('is signed for us-east-1', async () => {
    const { aws, received } = await connect((response) => response.end('{}'));
    await aws.listCertificates({}, never);
    expect(received[0]?.authorization).toContain('/us-east-1/acm/aws4_request');
  });
});

describe('the port', () => {
  test.each(Object.entries(calls))('sends %s as AWS calls it', async (_name, { send, wire }) => {
    const { aws, received } = await connect((response) => response.writeHead(500).end());
    await expect(send(aws)).rejects.toThrow();
    expect(received.map(({ method, path, target }) => target ?? `${method} ${path}`)).toEqual([wire]);
  });
});

describe('the fence', () => {
  const lost = new Stopped('send a call: this process does not lead');

  test.each([
    { name: 'before the send', allowed: 0 },
    { name: 'when a new connection stands', allowed: 1 },
  ])('is asked $name, and keeps a call from AWS', async ({ allowed }) => {
    let asked = 0;
    const fence = (): void => {
      asked += 1;
      if (asked > allowed) throw lost;
    };
    const { aws, received } = await connect((response) => response.writeHead(500).end(), { fence });
    await expect(aws.createDistributionTenant(tenant, never)).rejects.toBe(lost);
    expect({ asked, received }).toEqual({ asked: allowed + 1, received: [] });
  });
});
