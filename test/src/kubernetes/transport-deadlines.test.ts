import { expect, onTestFinished, test } from 'vitest';
import { CredentialCache } from '../../../src/kubernetes/auth.ts';
import { createTransport } from '../../../src/kubernetes/transport.ts';
import { createVirtualClock } from '../../virtual-clock.ts';
import { failureOf, never, settled, start } from './transport-world.ts';

test('an answer that does not come ends with the deadline', async () => {
  const { transport, clock } = await start(() => ({ hang: true }));
  const error = await failureOf(settled(clock, transport.request('GET', '/x', { signal: never, timeoutMs: 500 })));
  expect({ code: error.code, reason: error.reason }).toEqual({ code: 0, reason: 'Timeout' });
  expect(clock.pending()).toBe(0);
});

test('a change has so much time from the fence on, and its waiting before does not count', async () => {
  const hanging = { code: 429, json: {}, headers: { 'retry-after': '20' } } as const;
  const { transport, clock, server } = await start((_asked, count) => (count === 1 ? hanging : { hang: true }), { mutationMs: 5_000 });
  const beganMs = clock.now().getTime();
  const error = await failureOf(settled(clock, transport.request('PATCH', '/x', { body: {}, signal: never })));
  const tookMs = clock.now().getTime() - beganMs;
  // The request as a whole has 30 seconds.
  expect({ sent: server.asked.length, reason: error.reason, timers: clock.pending(), beforeItsEnd: tookMs > 25_000 && tookMs < 29_000 }).toEqual({ sent: 2, reason: 'Timeout', timers: 0, beforeItsEnd: true });
});

test('a read has the time of its request', async () => {
  const { transport, clock } = await start(() => ({ hang: true }), { mutationMs: 500 });
  const beganMs = clock.now().getTime();
  await failureOf(settled(clock, transport.request('GET', '/x', { signal: never, timeoutMs: 2_000 })));
  expect(clock.now().getTime() - beganMs).toBeGreaterThanOrEqual(2_000);
});

test('an abort ends a request with its own reason, in flight or waiting, and leaves no timer', async () => {
  const reason = new Error('pass over');
  for (const bad of [{ hang: true }, { code: 503, json: {}, headers: { 'retry-after': '20' } }] as const) {
    const { transport, clock, server } = await start(() => bad);
    const abort = new AbortController();
    const asking = transport.request('GET', '/x', { signal: abort.signal });
    const ending = expect(asking).rejects.toBe(reason);
    while (server.asked.length === 0) await clock.settle();
    abort.abort(reason);
    await ending;
    expect(clock.pending()).toBe(0);
  }
});

test('credentials that do not come hold a request no longer than its deadline, or its signal', async () => {
  const clock = createVirtualClock();
  const credentials = new CredentialCache(() => new Promise(() => undefined), clock);
  const transport = createTransport({ credentials, clock, random: () => 0, userAgent: 'test/1' });
  const late = await failureOf(settled(clock, transport.request('PUT', '/x', { signal: never, timeoutMs: 500 })));
  const [stop, reason] = [new AbortController(), new Error('process is ending')];
  const asking = Promise.allSettled([transport.request('GET', '/x', { signal: stop.signal }), transport.stream('/x', { query: {}, signal: stop.signal })]);
  stop.abort(reason);
  expect({ late: late.reason, asking: await asking, timers: clock.pending() }).toEqual({ late: 'Timeout', asking: [{ status: 'rejected', reason }, { status: 'rejected', reason }], timers: 0 });
});

test('credentials that cannot be read, for a request that was broken off while it waited for its turn or another try, are nobody\'s business', async () => {
  const clock = createVirtualClock();
  const credentials = new CredentialCache(() => Promise.reject(new Error('no such file')), clock);
  const transport = createTransport({ credentials, clock, random: () => 0, userAgent: 'test/1', rate: { perSecond: 1, burst: 1 } });
  const unhandled: unknown[] = [];
  const note = (error: unknown): void => void unhandled.push(error);
  process.on('unhandledRejection', note);
  onTestFinished(() => void process.off('unhandledRejection', note));
  const [stop, reason] = [new AbortController(), new Error('process is ending')];
  const asking = Promise.allSettled([1, 2].map(() => transport.request('GET', '/x', { signal: stop.signal })));
  await clock.settle();
  stop.abort(reason);
  const ends = await asking;
  await clock.settle();
  expect({ ends, unhandled, timers: clock.pending() }).toEqual({ ends: [1, 2].map(() => ({ status: 'rejected', reason })), unhandled: [], timers: 0 });
});

test('credentials that cannot be read fail the request, not the process', async () => {
  const clock = createVirtualClock();
  const credentials = new CredentialCache(() => Promise.reject(new Error('no such file')), clock);
  const transport = createTransport({ credentials, clock, random: () => 0, userAgent: 'test/1' });
  const error = await failureOf(settled(clock, transport.request('PATCH', '/x', { signal: never })));
  expect({ code: error.code, reason: error.reason }).toEqual({ code: 0, reason: 'Credentials' });
});
