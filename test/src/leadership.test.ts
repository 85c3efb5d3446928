import { expect, onTestFinished, test } from 'vitest';
import { CredentialCache } from '../../src/kubernetes/auth.ts';
import type { Attempt } from '../../src/kubernetes/transport.ts';
import { createLeadership } from '../../src/leadership.ts';
import { createLog } from '../../src/telemetry/log.ts';
import { createVirtualClock } from '../virtual-clock.ts';
import { type Reply, startFakeApiServer, statusOf } from './kubernetes/fake-api-server.ts';

/** A candidate whose requests are answered as told, one after the other; told what it said, and which requests it counted. */
const candidate = async (replies: readonly Reply[]) => {
  const clock = createVirtualClock();
  const server = await startFakeApiServer(() => replies[server.asked.length - 1] ?? { hang: true });
  const [lines, attempts]: [string[], Attempt[]] = [[], []];
  const leadership = createLeadership({
    config: { installationId: 'prod', leaderElection: 'on', leaseDurationMs: 30_000, leaseNamespace: 'here' },
    credentials: new CredentialCache(() => Promise.resolve({ server: server.url, headers: {}, tls: {} }), clock),
    clock, random: () => 0.5, userAgent: 'test/1', metrics: { leads: () => undefined, slowPath: () => undefined },
    log: createLog({ level: 'debug', clock, write: (line) => lines.push(line) }),
    onRequest: (attempt) => attempts.push(attempt),
  });
  const stop = new AbortController();
  const running = Promise.all(leadership.components.map(({ run }) => run(stop.signal)));
  onTestFinished(async () => {
    stop.abort();
    await clock.settle();
    await leadership.close();
    await running;
    await server[Symbol.asyncDispose]();
  });
  /** Turns sockets and time until so many requests have been answered. */
  const answered = async (count: number): Promise<void> => {
    while (attempts.length < count) await clock.advance(10);
  };
  const levels = (): readonly string[] => lines.map((line) => /"level":"(\w+)"/.exec(line)?.[1] ?? '');
  return { clock, attempts, answered, levels };
};

const forbidden: Reply = { code: 403, json: statusOf(403, 'Forbidden') };
const failing: Reply = { code: 500, json: statusOf(500, 'InternalError') };

test('every request about the lease is told, also those that are refused', async () => {
  const { attempts, answered } = await candidate([forbidden, failing]);
  await answered(2);
  expect(attempts.map(({ method, code }) => `${method} ${code}`)).toEqual(['GET 403', 'GET 500']);
});

test('a trouble is said aloud when it comes, and not at each try', async () => {
  const { answered, levels } = await candidate([forbidden, forbidden, forbidden, failing, failing, forbidden]);
  await answered(6);
  expect(levels()).toEqual(['warn', 'debug', 'debug', 'warn', 'debug', 'debug']);
});
