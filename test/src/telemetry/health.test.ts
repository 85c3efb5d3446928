import { afterEach, expect, test } from 'vitest';
import { createHealthServer, createMetricsServer, noneStuck, notStopping, synced } from '../../../src/telemetry/health.ts';
import type { HttpServer } from '../../../src/telemetry/http-server.ts';

const loopback = { port: 0, address: '127.0.0.1', onError: () => undefined };
const stops: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

/** Starts a server that ends with the test, and asks it. */
const start = async (server: HttpServer) => {
  const end = new AbortController();
  const running = server.run(end.signal);
  const stop = async (): Promise<void> => {
    end.abort();
    await running;
  };
  stops.push(stop);
  while (server.port() === undefined) await new Promise((resolve) => setImmediate(resolve));
  const port = server.port() ?? 0;
  const base = `http://127.0.0.1:${port}`;
  const ask = async (path: string, method = 'GET') => {
    const answer = await fetch(`${base}${path}`, { method });
    return { code: answer.status, type: answer.headers.get('content-type'), body: await answer.text() };
  };
  return { ask, stop, base, port };
};

const healthy = { live: [], ready: [] };

test('a process that is well answers both probes with ok, and with the list when asked for it', async () => {
  const { ask } = await start(createHealthServer({ ...loopback, live: [noneStuck('tenantdomain', () => [])], ready: [synced('tenantdomains', () => true), notStopping(new AbortController().signal)] }));
  expect([await ask('/livez'), await ask('/readyz'), await ask('/livez?verbose'), await ask('/readyz?verbose=true')].map(({ code, body }) => [code, body])).toEqual([
    [200, 'ok\n'],
    [200, 'ok\n'],
    [200, '[+]ping ok\n[+]workers-tenantdomain ok\nlivez check passed\n'],
    [200, '[+]ping ok\n[+]cache-tenantdomains ok\n[+]shutdown ok\nreadyz check passed\n'],
  ]);
});

test('a stuck pass fails liveness, without naming its key, and not readiness', async () => {
  const { ask } = await start(createHealthServer({ ...loopback, live: [noneStuck('tenantdomain', () => ['shop/a', 'shop/b'])], ready: [] }));
  expect(await ask('/livez')).toMatchObject({ code: 500, body: '[+]ping ok\n[-]workers-tenantdomain failed: 2 stuck\nlivez check failed\n' });
  expect(await ask('/readyz')).toMatchObject({ code: 200 });
});

test('readiness follows the caches and ends with the stop, liveness does neither', async () => {
  let isSynced = false;
  const stop = new AbortController();
  const { ask } = await start(createHealthServer({ ...loopback, live: [], ready: [synced('fleet', () => isSynced), notStopping(stop.signal)] }));
  const codes = async () => [(await ask('/livez')).code, (await ask('/readyz')).code];
  const before = await codes();
  isSynced = true;
  const during = await codes();
  stop.abort();
  const after = await codes();
  expect({ before, during, after }).toEqual({ before: [200, 500], during: [200, 200], after: [200, 500] });
});

test('metrics are answered as their page says', async () => {
  const { ask } = await start(createMetricsServer({ ...loopback, page: () => Promise.resolve({ type: 'text/plain; version=0.0.4', body: 'up 1\n' }) }));
  expect(await ask('/metrics')).toEqual({ code: 200, type: 'text/plain; version=0.0.4', body: 'up 1\n' });
});

test.each([
  { name: 'another path is not found', path: '/', method: 'GET', code: 404 },
  { name: 'the name of a built-in property is not found', path: '/constructor', method: 'GET', code: 404 },
  { name: 'another method is not allowed', path: '/livez', method: 'POST', code: 405 },
  { name: 'HEAD is answered like GET', path: '/livez', method: 'HEAD', code: 200 },
])('$name', async ({ path, method, code }) => {
  const { ask } = await start(createHealthServer({ ...loopback, ...healthy }));
  expect((await ask(path, method)).code).toBe(code);
});

test('a page that cannot be made is answered with 500, told, and says nothing of why', async () => {
  const told: unknown[] = [];
  const broken = new Error('secret inside');
  const { ask } = await start(createMetricsServer({ ...loopback, onError: (error) => void told.push(error), page: () => Promise.reject(broken) }));
  expect({ answer: await ask('/metrics'), told }).toMatchObject({ answer: { code: 500, body: 'internal error\n' }, told: [broken] });
});

test('a stopped server has closed its port, also where a client keeps its connection open', async () => {
  const { ask, stop, base } = await start(createHealthServer({ ...loopback, ...healthy }));
  await ask('/livez');
  await stop();
  await expect(fetch(`${base}/livez`)).rejects.toThrow('fetch failed');
  expect(process.getActiveResourcesInfo()).not.toContain('TCPServerWrap');
});

test('a port that is taken ends the run, and the error names it', async () => {
  const { port } = await start(createHealthServer({ ...loopback, ...healthy }));
  const server = createHealthServer({ ...loopback, ...healthy, port });
  await expect(server.run(new AbortController().signal)).rejects.toThrow(`listen for health on port ${port}: `);
  expect(server.ready?.()).toBe(false);
});
