import { expect, test } from 'vitest';
import { isConflict, isNotFound, KubeError } from '../../../src/kubernetes/errors.ts';
import type { Method } from '../../../src/kubernetes/send.ts';
import { type Reply, statusOf } from './fake-api-server.ts';
import { failureOf, fine, never, settled, start } from './transport-world.ts';

test('a request carries credentials, query, body and their type, and answers with parsed JSON', async () => {
  const { server, transport } = await start(() => fine);
  const patch = { query: { fieldManager: 'a b' }, body: { spec: 1 }, contentType: 'application/merge-patch+json', signal: never };
  expect(await transport.request('PATCH', '/apis/x', patch)).toEqual({ fine: true });
  const [asked] = server.asked;
  expect(asked).toMatchObject({ method: 'PATCH', url: '/apis/x?fieldManager=a%20b', body: '{"spec":1}' });
  expect(asked?.headers).toMatchObject({ authorization: 'Bearer token-1', 'content-type': 'application/merge-patch+json', 'user-agent': 'test/1', accept: 'application/json' });
});

test('a thousand requests, one after the other, go over a handful of connections', async () => {
  const { server, transport } = await start(() => fine);
  for (let count = 0; count < 1_000; count++) await transport.request('GET', '/x', { signal: never });
  expect(server.asked.length).toBe(1_000);
  expect(server.connections()).toBeLessThanOrEqual(4);
});

test('many requests at once go over at most 16 connections', async () => {
  const { server, transport } = await start(() => fine);
  await Promise.all(Array.from({ length: 200 }, () => transport.request('GET', '/x', { signal: never })));
  expect(server.connections()).toBeLessThanOrEqual(16);
});

const refusals = [
  { name: 'conflict', code: 409, status: statusOf(409, 'Conflict'), want: { code: 409, reason: 'Conflict' }, is: isConflict },
  { name: 'not found', code: 404, status: statusOf(404, 'NotFound'), want: { code: 404, reason: 'NotFound' }, is: isNotFound },
  { name: 'a name that is taken, which is no conflict', code: 409, status: statusOf(409, 'AlreadyExists'), want: { code: 409, reason: 'AlreadyExists' }, is: (e: unknown) => !isConflict(e) },
  { name: 'a page of some proxy', code: 502, status: '<html>', want: { code: 502, reason: 'Unknown' }, is: (e: unknown) => e instanceof KubeError },
] as const;

test.each(refusals)('$name is typed', async ({ code, status, want, is }) => {
  const { transport, server } = await start(() => ({ code, json: status }));
  const error = await failureOf(transport.request('PATCH', '/x', { body: {}, signal: never }));
  expect({ ...want, is: is(error), asked: server.asked.length }).toEqual({ code: error.code, reason: error.reason, is: true, asked: 1 });
});

test('a message has one line of printable characters, however the server writes', async () => {
  const { transport } = await start(() => ({ code: 422, json: { ...Object(statusOf(422, 'Invalid')), message: `no\n\t\u0007good${'.'.repeat(5_000)}` } }));
  const error = await failureOf(transport.request('POST', '/apis/x', { body: {}, signal: never }));
  expect(error.message).toMatch(/^post "\/apis\/x": 422 Invalid: no good\.+$/);
  expect(error.message.length).toBe(1_024);
});

const retried = [
  { name: 'a GET whose connection broke', method: 'GET', bad: { cutAfter: '' }, times: 2 },
  { name: 'a GET whose answer broke off', method: 'GET', bad: { cutAfter: '{"fine":' }, times: 1 },
  { name: 'a GET answered with half a JSON text', method: 'GET', bad: { code: 200, text: '{"fine":' }, times: 1 },
  { name: 'a PATCH told to come again after 429', method: 'PATCH', bad: { code: 429, json: {}, headers: { 'retry-after': '1' } }, times: 5 },
  { name: 'a POST told to come again after 503', method: 'POST', bad: { code: 503, json: {}, headers: { 'retry-after': '1' } }, times: 3 },
  { name: 'a PATCH told so in the body', method: 'PATCH', bad: { code: 429, json: statusOf(429, 'TooManyRequests', { details: { retryAfterSeconds: 1 } }) }, times: 2 },
] as const satisfies readonly { readonly name: string; readonly method: Method; readonly bad: Reply; readonly times: number }[];

test.each(retried)('$name is sent again', async ({ method, bad, times }) => {
  const { server, transport, clock } = await start((_asked, count) => (count <= times ? bad : fine));
  expect(await settled(clock, transport.request(method, '/x', { signal: never }))).toEqual({ fine: true });
  expect(server.asked.length).toBe(times + 1);
});

const notRetried = [
  { name: 'a PATCH whose answer was lost', method: 'PATCH', bad: { cutAfter: '{"fine":' }, sent: 1, code: 0 },
  { name: 'a POST whose answer was lost', method: 'POST', bad: { cutAfter: '' }, sent: 1, code: 0 },
  { name: 'a GET without an answer, after the third time', method: 'GET', bad: { cutAfter: '' }, sent: 3, code: 0 },
  { name: '429 without Retry-After', method: 'GET', bad: { code: 429, json: {} }, sent: 1, code: 429 },
  { name: '500 with Retry-After', method: 'GET', bad: { code: 500, json: {}, headers: { 'retry-after': '1' } }, sent: 1, code: 500 },
  { name: '503 that asks for more time than there is', method: 'GET', bad: { code: 503, json: {}, headers: { 'retry-after': '40' } }, sent: 1, code: 503 },
  { name: '429 that never ends, after the sixth time', method: 'PATCH', bad: { code: 429, json: {}, headers: { 'retry-after': '0' } }, sent: 6, code: 429 },
] as const satisfies readonly { readonly name: string; readonly method: Method; readonly bad: Reply; readonly sent: number; readonly code: number }[];

test.each(notRetried)('$name is given back', async ({ method, bad, sent, code }) => {
  const { server, transport, clock } = await start(() => bad);
  const error = await failureOf(settled(clock, transport.request(method, '/x', { signal: never })));
  expect({ sent: server.asked.length, code: error.code }).toEqual({ sent, code });
});

test('Retry-After is waited for, and handed on when it is not', async () => {
  const { server, transport, clock } = await start((_asked, count) => (count === 1 ? { code: 429, json: {}, headers: { 'retry-after': '7' } } : fine));
  const asking = transport.request('GET', '/x', { signal: never });
  await settled(clock, asking);
  expect(clock.now().getTime() - Date.UTC(2030, 0, 1)).toBeGreaterThanOrEqual(7_125);
  expect(server.asked.length).toBe(2);
  const impatient = await start(() => ({ code: 429, json: {}, headers: { 'retry-after': '7' } }));
  const error = await failureOf(settled(impatient.clock, impatient.transport.request('GET', '/x', { signal: never, timeoutMs: 5_000 })));
  expect(error.retryAfterMs).toBe(7_000);
});

test('after 401 the credentials are read anew and the request is sent once more, only once', async () => {
  const { server, transport, tokens } = await start(({ headers }) => (headers.authorization === 'Bearer token-1' ? { code: 401, json: {} } : fine));
  expect(await transport.request('PATCH', '/x', { signal: never })).toEqual({ fine: true });
  expect({ sent: server.asked.length, tokens }).toEqual({ sent: 2, tokens: ['token-1', 'token-2'] });
  const closed = await start(() => ({ code: 401, json: {} }));
  expect((await failureOf(closed.transport.request('GET', '/x', { signal: never }))).code).toBe(401);
  expect(closed.server.asked.length).toBe(2);
});

test('requests keep to the pace, the first ones in a burst', async () => {
  const { transport, clock } = await start(() => fine, { rate: { perSecond: 10, burst: 5 } });
  await settled(clock, Promise.all(Array.from({ length: 25 }, () => transport.request('GET', '/x', { signal: never, timeoutMs: 60_000 }))));
  expect(clock.now().getTime() - Date.UTC(2030, 0, 1)).toBeGreaterThanOrEqual(2_000);
});

test('every attempt is told, with its code, or 0 when there was none', async () => {
  const { transport, clock, attempts } = await start((_asked, count) => (count === 1 ? { cutAfter: '' } : count === 2 ? { code: 503, json: {}, headers: { 'retry-after': '1' } } : fine));
  await settled(clock, transport.request('GET', '/x', { signal: never }));
  expect(attempts.map(({ method, code }) => `${method} ${code}`)).toEqual(['GET 0', 'GET 503', 'GET 200']);
});
