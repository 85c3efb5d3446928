import { expect, onTestFinished, test } from 'vitest';
import { CredentialCache } from '../../../src/kubernetes/auth.ts';
import { createTransport } from '../../../src/kubernetes/transport.ts';
import { systemClock } from '../../../src/runtime/clock.ts';
import { Stopped } from '../../../src/runtime/stopped.ts';
import { startFakeApiServer, statusOf } from './fake-api-server.ts';

test('the fence is asked just before each attempt that may change something, after every wait, and never of a read', async () => {
  const server = await startFakeApiServer(({ method }) =>
    method === 'GET' ? { code: 200, json: {} } : { code: 429, json: statusOf(429, 'TooManyRequests'), headers: { 'retry-after': '0' } });
  const credentials = new CredentialCache(() => Promise.resolve({ server: server.url, headers: {}, tls: {} }), systemClock);
  let asked = 0;
  // The first attempt may go; while its retry is waited for, the lease is lost.
  const fence = (): void => {
    asked += 1;
    if (asked > 1) throw new Stopped('send a call: this process does not lead');
  };
  const transport = createTransport({ credentials, clock: systemClock, random: () => 0, userAgent: 'test/1', fence });
  onTestFinished(async () => {
    await transport.close();
    await server[Symbol.asyncDispose]();
  });
  const { signal } = new AbortController();
  await transport.request('GET', '/a', { signal });
  await expect(transport.request('PATCH', '/b', { signal, body: {} })).rejects.toThrow(new Stopped('send a call: this process does not lead'));
  expect({ asked, sent: server.asked.map(({ method }) => method) }).toEqual({ asked: 2, sent: ['GET', 'PATCH'] });
});
