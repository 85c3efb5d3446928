import { expect, onTestFinished, test } from 'vitest';
import type { Client, NewObject } from '../../../src/kubernetes/client.ts';
import { KubeError } from '../../../src/kubernetes/errors.ts';
import { EventRecorder } from '../../../src/kubernetes/events.ts';
import type { Saying } from '../../../src/kubernetes/events.ts';
import type { KubeObject } from '../../../src/kubernetes/object.ts';
import { createVirtualClock } from '../../virtual-clock.ts';

const subject = { apiVersion: 'tenantedge.dev/v1alpha1', kind: 'TenantDomain', name: 'shop', namespace: 'brand', uid: 'u-1' };
const saying: Saying = { type: 'Normal', reason: 'CertificateIssued', action: 'Issue', note: 'certificate issued' };

/** The events of an API server, and a recorder that writes to it. */
const start = (options: { readonly running: boolean } = { running: true }) => {
  const clock = createVirtualClock();
  const held = new Map<string, NewObject>();
  const dropped: string[] = [];
  const server = { writes: 0, failing: false };
  const write = async <O extends KubeObject>(name: string, object: NewObject): Promise<O> => {
    server.writes += 1;
    await Promise.resolve();
    if (server.failing) throw new KubeError('write', { code: 0, reason: 'ECONNRESET' });
    held.set(name, object);
    return JSON.parse(JSON.stringify({ ...object, metadata: { ...object.metadata, uid: name, resourceVersion: String(server.writes) } }));
  };
  const client: Client = {
    get: () => Promise.reject(new Error('not used')),
    mergePatchStatus: () => Promise.reject(new Error('not used')),
    create: (_resource, object) => write(object.metadata.name, object),
    mergePatch: async (_resource, { name, resourceVersion }, patch) => {
      const known = held.get(name);
      if (known === undefined) throw new KubeError('patch', { code: 404, reason: 'NotFound' });
      if (Number(resourceVersion) > server.writes) throw new KubeError('patch', { code: 409, reason: 'Conflict' });
      return await write(name, { ...known, ...patch, metadata: known.metadata });
    },
    source: () => expect.unreachable('not used'),
  };
  const recorder = new EventRecorder({ client, clock, random: () => 0, controller: 'tenantedge.dev/controller', instance: 'pod-1', onDrop: (why) => dropped.push(why) });
  const ended = new AbortController();
  const running = options.running ? recorder.run(ended.signal) : Promise.resolve();
  onTestFinished(async () => {
    ended.abort();
    await running;
  });
  return { clock, held, dropped, server, recorder, ended, running, all: () => [...held.values()] };
};

test('an event says who, what and when, as the API server wants it', async () => {
  const { recorder, clock, all } = start();
  recorder.record(subject, saying);
  await clock.settle();
  expect(all()).toEqual([
    {
      apiVersion: 'events.k8s.io/v1',
      kind: 'Event',
      metadata: { name: `shop.${(BigInt(Date.UTC(2030, 0, 1)) * 1_000_000n).toString(16)}`, namespace: 'brand' },
      eventTime: '2030-01-01T00:00:00.000000Z',
      reportingController: 'tenantedge.dev/controller',
      reportingInstance: 'pod-1',
      type: 'Normal',
      reason: 'CertificateIssued',
      action: 'Issue',
      note: 'certificate issued',
      regarding: subject,
    },
  ]);
});

test('what is said again within ten minutes is one event with a count', async () => {
  const { recorder, clock, all, server } = start();
  for (let minute = 0; minute < 4; minute++) {
    recorder.record(subject, saying);
    await clock.advance(60_000);
  }
  expect(all().map((event) => event['series'])).toEqual([{ count: 4, lastObservedTime: '2030-01-01T00:03:00.000000Z' }]);
  expect(server.writes).toBe(4);
});

test('what is said again later, otherwise, or of another is another event', async () => {
  const { recorder, clock, all } = start();
  recorder.record(subject, saying);
  await clock.advance(600_000);
  recorder.record(subject, saying);
  recorder.record(subject, { ...saying, note: 'certificate renewed' });
  recorder.record({ ...subject, uid: 'u-2' }, saying);
  await clock.settle();
  expect(all().length).toBe(4);
  expect(new Set(all().map(({ metadata }) => metadata.name)).size).toBe(4);
});

test('repetitions that wait in the queue are one write', async () => {
  const { recorder, clock, all, server } = start();
  for (let count = 0; count < 10; count++) recorder.record(subject, saying);
  await clock.settle();
  expect({ writes: server.writes, series: all()[0]?.['series'] }).toEqual({ writes: 2, series: { count: 10, lastObservedTime: '2030-01-01T00:00:00.000000Z' } });
});

test('events about cluster-scoped objects are in the namespace default', async () => {
  const { recorder, clock, all } = start();
  recorder.record({ apiVersion: 'v1', kind: 'EdgeTier', name: 'gold', uid: 'u-9' }, saying);
  await clock.settle();
  expect(all()[0]?.metadata.namespace).toBe('default');
});

test('a long note is cut to 1,024 bytes between two characters', async () => {
  const { recorder, clock, all } = start();
  recorder.record(subject, { ...saying, note: `a${'€'.repeat(600)}` });
  await clock.settle();
  expect(all()[0]?.['note']).toBe(`a${'€'.repeat(341)}`);
});

test('a subject that never stops is cut short, and speaks again every five minutes; others are not touched', async () => {
  const { recorder, clock, all, dropped } = start();
  for (let count = 0; count < 100; count++) recorder.record(subject, { ...saying, note: String(count) });
  recorder.record({ ...subject, uid: 'u-2' }, saying);
  await clock.settle();
  expect({ held: all().length, dropped: dropped.length }).toEqual({ held: 26, dropped: 75 });
  await clock.advance(300_000);
  recorder.record(subject, { ...saying, note: 'later' });
  await clock.settle();
  expect(all().length).toBe(27);
});

test('a queue that nobody empties holds a thousand events and no more', () => {
  const { recorder, dropped } = start({ running: false });
  for (let count = 0; count < 1_005; count++) recorder.record({ ...subject, uid: String(count) }, saying);
  expect(dropped).toEqual(['full', 'full', 'full', 'full', 'full']);
});

test('an event that could not be written is dropped, and the next one written', async () => {
  const { recorder, clock, dropped, server, all } = start();
  server.failing = true;
  recorder.record(subject, saying);
  await clock.settle();
  server.failing = false;
  recorder.record(subject, saying);
  await clock.settle();
  expect({ dropped, held: all().length }).toEqual({ dropped: ['failed'], held: 1 });
});

test('a series whose event has been removed begins anew', async () => {
  const { recorder, clock, held, dropped } = start();
  recorder.record(subject, saying);
  await clock.settle();
  held.clear();
  recorder.record(subject, saying);
  await clock.settle();
  recorder.record(subject, saying);
  await clock.settle();
  expect({ dropped, held: held.size }).toEqual({ dropped: ['failed'], held: 1 });
});

test('stopped, it writes nothing more', async () => {
  const { recorder, clock, server, ended, running } = start();
  ended.abort();
  await running;
  recorder.record(subject, saying);
  await clock.settle();
  expect(server.writes).toBe(0);
});
