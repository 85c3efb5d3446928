import { onTestFinished } from 'vitest';
import { CredentialCache } from '../../../src/kubernetes/auth.ts';
import type { Credentials } from '../../../src/kubernetes/auth.ts';
import { KubeError } from '../../../src/kubernetes/errors.ts';
import { createTransport } from '../../../src/kubernetes/transport.ts';
import type { Attempt, Transport, TransportOptions } from '../../../src/kubernetes/transport.ts';
import { createVirtualClock } from '../../virtual-clock.ts';
import type { VirtualClock } from '../../virtual-clock.ts';
import { startFakeApiServer } from './fake-api-server.ts';
import type { Asked, FakeApiServer, Reply } from './fake-api-server.ts';

/** A server that is told what to answer, a transport to it on virtual time, and what was tried with which token. */
export type World = { readonly server: FakeApiServer; readonly transport: Transport; readonly clock: VirtualClock; readonly attempts: Attempt[]; readonly tokens: string[] };

/** A good answer. */
export const fine: Reply = { code: 200, json: { fine: true } };
export const never = new AbortController().signal;

/** Ends with the test. */
export const start = async (answer: (asked: Asked, count: number) => Reply, more: Partial<TransportOptions> = {}): Promise<World> => {
  const clock = createVirtualClock();
  const attempts: Attempt[] = [];
  const tokens: string[] = [];
  let count = 0;
  const server = await startFakeApiServer((asked) => answer(asked, ++count));
  const credentials = new CredentialCache(() => {
    tokens.push(`token-${tokens.length + 1}`);
    const read: Credentials = { server: server.url, headers: { authorization: `Bearer token-${tokens.length}` }, tls: {} };
    return Promise.resolve(read);
  }, clock);
  const transport = createTransport({ credentials, clock, random: () => 0.5, userAgent: 'test/1', onRequest: (attempt) => attempts.push(attempt), ...more });
  onTestFinished(async () => {
    await transport.close();
    await server[Symbol.asyncDispose]();
  });
  return { server, transport, clock, attempts, tokens };
};

/** Turns real sockets and virtual time until the promise is settled. */
export const settled = async <T>(clock: VirtualClock, promise: Promise<T>): Promise<T> => {
  const state = { done: false };
  const end = (): void => {
    state.done = true;
  };
  promise.then(end, end);
  // By single milliseconds, so that time never runs far ahead of what the sockets are doing.
  while (!state.done) await clock.advance(1);
  return await promise;
};

/** The failure that this ends with, and must. */
export const failureOf = async (promise: Promise<unknown>): Promise<KubeError> => {
  const error = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof KubeError)) throw new Error('expected a KubeError', { cause: error });
  return error;
};
