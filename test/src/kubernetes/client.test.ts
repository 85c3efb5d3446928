import { expect, onTestFinished, test } from 'vitest';
import { CredentialCache } from '../../../src/kubernetes/auth.ts';
import type { Tls } from '../../../src/kubernetes/auth.ts';
import { createClient } from '../../../src/kubernetes/client.ts';
import type { Client } from '../../../src/kubernetes/client.ts';
import { Reflector } from '../../../src/kubernetes/reflector.ts';
import type { ReflectorState } from '../../../src/kubernetes/reflector.ts';
import { collectionPath, edgeTiers, events, namespaces, objectPath, tenantDomains } from '../../../src/kubernetes/resources.ts';
import { ObjectStore } from '../../../src/kubernetes/store.ts';
import { createTransport } from '../../../src/kubernetes/transport.ts';
import type { Transport } from '../../../src/kubernetes/transport.ts';
import { createVirtualClock } from '../../virtual-clock.ts';
import type { VirtualClock } from '../../virtual-clock.ts';
import { servedFrom, startFakeApiServer } from './fake-api-server.ts';
import type { Asked, FakeApiServer, Reply } from './fake-api-server.ts';
import { FakeCluster } from './fake-cluster.ts';
import type { Thing } from './fake-cluster.ts';
import { createRecorder } from './recorder.ts';

const never = new AbortController().signal;

type World = { readonly server: FakeApiServer; readonly transport: Transport; readonly client: Client; readonly clock: VirtualClock; readonly material: { tls: Tls } };

const start = async (answer: (asked: Asked) => Reply | Promise<Reply>): Promise<World> => {
  const clock = createVirtualClock();
  const server = await startFakeApiServer(answer);
  const material: { tls: Tls } = { tls: {} };
  const credentials = new CredentialCache(() => Promise.resolve({ server: server.url, headers: {}, tls: material.tls }), clock);
  const transport = createTransport({ credentials, clock, random: () => 0.5, userAgent: 'test/1' });
  onTestFinished(async () => {
    await transport.close();
    await server[Symbol.asyncDispose]();
  });
  return { server, transport, client: createClient(transport), clock, material };
};

const stored = { apiVersion: 'v1', kind: 'X', metadata: { name: 'a', namespace: 'n', uid: 'u', resourceVersion: '8' }, status: { ready: true } };
const target = { name: 'a', namespace: 'n', uid: 'u', resourceVersion: '7' };
const gone = { metadata: { name: 'a' } };

const calls = [
  {
    name: 'get',
    call: (client: Client) => client.get(tenantDomains, { name: 'a', namespace: 'n' }, never),
    want: { method: 'GET', url: '/apis/tenantedge.dev/v1alpha1/namespaces/n/tenantdomains/a', body: '' },
  },
  {
    name: 'a status patch, with uid and version as preconditions',
    call: (client: Client) => client.mergePatchStatus(tenantDomains, target, { status: { ready: true } }, never),
    want: {
      method: 'PATCH',
      url: '/apis/tenantedge.dev/v1alpha1/namespaces/n/tenantdomains/a/status',
      body: '{"status":{"ready":true},"metadata":{"uid":"u","resourceVersion":"7"}}',
    },
  },
  {
    name: 'a patch of metadata, which keeps its own fields beside the preconditions',
    call: (client: Client) => client.mergePatch(edgeTiers, { name: 'gold', uid: 'u', resourceVersion: '7' }, { metadata: { finalizers: ['f'] } }, never),
    want: {
      method: 'PATCH',
      url: '/apis/tenantedge.dev/v1alpha1/edgetiers/gold',
      body: '{"metadata":{"finalizers":["f"],"uid":"u","resourceVersion":"7"}}',
    },
  },
  {
    name: 'create',
    call: (client: Client) => client.create(events, { kind: 'Event', metadata: { name: 'e', namespace: 'n' } }, never),
    want: { method: 'POST', url: '/apis/events.k8s.io/v1/namespaces/n/events', body: '{"kind":"Event","metadata":{"name":"e","namespace":"n"}}' },
  },
] as const;

test.each(calls)('$name', async ({ call, want }) => {
  const { server, client } = await start(() => ({ code: 200, json: stored }));
  expect(await call(client)).toEqual(stored);
  expect(server.asked).toEqual([expect.objectContaining(want)]);
  if (want.method === 'PATCH') expect(server.asked[0]?.headers['content-type']).toBe('application/merge-patch+json');
});

test('an answer that is no object is an error, not an object', async () => {
  const { client } = await start(() => ({ code: 200, json: gone }));
  await expect(client.get(namespaces, { name: 'a' }, never)).rejects.toMatchObject({ code: 0, reason: 'Malformed' });
});

test('paths are escaped, and a namespace is given exactly where there is one', () => {
  expect(objectPath(namespaces, { name: 'a/../b' })).toBe('/api/v1/namespaces/a%2F..%2Fb');
  expect(() => objectPath(tenantDomains, { name: 'a' })).toThrow(/namespace missing/);
  expect(() => collectionPath(edgeTiers, 'n')).toThrow(/cluster-scoped/);
});

const reflectOver = ({ client, clock }: World) => {
  const store = new ObjectStore<Thing>({ onHandlerError: (error) => expect.unreachable(String(error)) });
  const states = createRecorder<ReflectorState>();
  const keys = createRecorder<string>();
  store.subscribe(({ key }) => keys.add(key));
  const ended = new AbortController();
  const reflector = new Reflector<Thing>({ source: client.source(tenantDomains), store, clock, random: () => 0.5, onState: states.add });
  const running = reflector.run(ended.signal);
  const stop = async (): Promise<void> => {
    ended.abort(new Error('test over'));
    await running;
  };
  return { store, states, keys, stop };
};

test.each(['served', 'refused'] as const)('a reflector follows a server over real sockets, streams %s, and takes up a cut watch', async (streaming) => {
  const cluster = new FakeCluster();
  cluster.streaming = streaming;
  cluster.chunkBytes = 5;
  for (let count = 0; count < 700; count++) cluster.put(`thing-${count}`, count);
  const world = await start(servedFrom(cluster));
  const { store, states, keys, stop } = reflectOver(world);
  await store.synced;
  await states.next(({ is }) => is === 'live');
  expect(store.size()).toBe(700);
  while (cluster.watches().length === 0) await world.clock.settle();
  cluster.watches()[0]?.write('{"type":"ADDED","obj');
  cluster.watches()[0]?.cut();
  await states.next(({ is }) => is === 'waiting');
  cluster.remove('thing-0');
  await world.clock.advance(400);
  await keys.next((key) => key === 'default/thing-0' && store.size() === 699);
  await stop();
  expect(world.clock.pending()).toBe(0);
  while (cluster.watches().length > 0) await world.clock.settle();
});

test('new certificates open new connections; a watch on the old ones lives on', async () => {
  const cluster = new FakeCluster();
  const world = await start(servedFrom(cluster));
  const { store, keys, stop } = reflectOver(world);
  await store.synced;
  const list = (): Promise<unknown> => world.client.source(tenantDomains).list({ limit: 1 }, never);
  await list();
  const before = world.server.connections();
  await world.clock.advance(60_000);
  await list();
  expect(world.server.connections()).toBe(before);
  world.material.tls = { ca: 'another' };
  await world.clock.advance(60_000);
  await list();
  expect(world.server.connections()).toBe(before + 1);
  cluster.put('told', 1);
  await keys.next((key) => key === 'default/told');
  await stop();
});
