import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemClock } from '../../../src/runtime/clock.ts';
import { CredentialCache, kubeconfigSource } from '../../../src/kubernetes/auth.ts';
import { createClient } from '../../../src/kubernetes/client.ts';
import type { Client, Target } from '../../../src/kubernetes/client.ts';
import { isConflict, isNotFound } from '../../../src/kubernetes/errors.ts';
import { EventRecorder } from '../../../src/kubernetes/events.ts';
import { compareVersions, isRecord } from '../../../src/kubernetes/object.ts';
import type { KubeObject } from '../../../src/kubernetes/object.ts';
import { Reflector } from '../../../src/kubernetes/reflector.ts';
import type { ReflectorState } from '../../../src/kubernetes/reflector.ts';
import { events, namespaces } from '../../../src/kubernetes/resources.ts';
import type { Resource } from '../../../src/kubernetes/resources.ts';
import { ObjectStore } from '../../../src/kubernetes/store.ts';
import { createTransport } from '../../../src/kubernetes/transport.ts';
import type { Transport } from '../../../src/kubernetes/transport.ts';
import { startControlPlane } from '../../environment/control-plane/control-plane.ts';
import type { ControlPlane } from '../../environment/control-plane/control-plane.ts';
import { createRecorder } from './recorder.ts';

// The first run of a machine builds the programs.
const buildMs = 1_800_000;
const configMaps = { group: '', version: 'v1', plural: 'configmaps', namespaced: true } as const satisfies Resource;
const never = new AbortController().signal;
const fatal = (error: unknown): never => expect.unreachable(String(error));

const targetOf = ({ metadata }: KubeObject): Target => metadata;

describe('against a real API server', { timeout: 60_000 }, () => {
  let controlPlane: ControlPlane;
  let transport: Transport;
  let client: Client;

  beforeAll(async () => {
    controlPlane = await startControlPlane({ controllerManager: false });
    const credentials = new CredentialCache(kubeconfigSource([controlPlane.adminKubeconfigPath]), systemClock);
    transport = createTransport({ credentials, clock: systemClock, random: Math.random, userAgent: 'test/1' });
    client = createClient(transport);
  }, buildMs);

  afterAll(async () => {
    await transport.close();
    await controlPlane.stop();
  }, 60_000);

  const create = (name: string): Promise<KubeObject> =>
    client.create(configMaps, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'default' }, data: { at: 'first' } }, never);

  const remove = (name: string): Promise<unknown> => transport.request('DELETE', `/api/v1/namespaces/default/configmaps/${name}`, { signal: never });

  test('a reflector lists in one stream and sees an object come, change, go and come again', async () => {
    const before = await create('there-before');
    const store = new ObjectStore({ onHandlerError: fatal });
    const states = createRecorder<ReflectorState>();
    const told = createRecorder<string>();
    store.subscribe(({ key, before: was, after: is }) => told.add(`${key} ${was === undefined ? 'added' : is === undefined ? 'deleted' : 'changed'}`));
    const ended = new AbortController();
    const source = client.source(configMaps);
    const running = new Reflector({ source, store, clock: systemClock, random: Math.random, onState: states.add }).run(ended.signal);
    await store.synced;
    expect(store.get('default/there-before')?.metadata.uid).toBe(before.metadata.uid);
    const created = await create('short-lived');
    await told.next((what) => what === 'default/short-lived added');
    const changed = await client.mergePatch(configMaps, targetOf(created), { data: { at: 'second' } }, never);
    await told.next((what) => what === 'default/short-lived changed');
    expect(store.get('default/short-lived')).not.toHaveProperty('metadata.managedFields');
    expect(compareVersions(store.lastSyncedResourceVersion() ?? '', changed.metadata.resourceVersion)).toBeGreaterThanOrEqual(0);
    await remove('short-lived');
    await told.next((what) => what === 'default/short-lived deleted');
    await create('short-lived');
    await told.next((what) => what === 'default/short-lived added');
    ended.abort(new Error('test over'));
    await running;
    expect(states.all).toEqual([{ is: 'syncing', by: 'stream', because: 'start' }, { is: 'live' }, { is: 'stopped' }]);
  });

  test('a list in pages shows one moment, and a watch goes on from it', async () => {
    for (let count = 0; count < 5; count++) await create(`page-${count}`);
    const source = client.source(configMaps);
    const first = await source.list({ limit: 3 }, never);
    await create('after-the-first-page');
    const second = await source.list({ limit: 100, continue: first.continue ?? '' }, never);
    expect(second.resourceVersion).toBe(first.resourceVersion);
    expect([...first.items, ...second.items].map(({ metadata }) => metadata.name)).not.toContain('after-the-first-page');
  });

  test('a patch meant for an older version, or for another object of that name, is a conflict', async () => {
    const created = await create('contested');
    const changed = await client.mergePatch(configMaps, targetOf(created), { data: { at: 'second' } }, never);
    const stale = client.mergePatch(configMaps, targetOf(created), { data: { at: 'lost' } }, never);
    await expect(stale).rejects.toSatisfy(isConflict);
    await remove('contested');
    const successor = await create('contested');
    expect(successor.metadata.uid).not.toBe(changed.metadata.uid);
    await expect(client.mergePatch(configMaps, targetOf(changed), { data: { at: 'lost' } }, never)).rejects.toSatisfy(isConflict);
    await expect(client.get(configMaps, { name: 'nobody', namespace: 'default' }, never)).rejects.toSatisfy(isNotFound);
  });

  test('events are accepted, also about objects without a namespace, and repeated ones become a series', async () => {
    const failures: unknown[] = [];
    const recorder = new EventRecorder({
      client,
      clock: systemClock,
      random: Math.random,
      controller: 'tenantedge.dev/controller',
      instance: 'pod-1',
      onDrop: (why, error) => failures.push(why, error),
    });
    const { metadata } = await client.get(namespaces, { name: 'default' }, never);
    const subject = { apiVersion: 'v1', kind: 'Namespace', name: metadata.name, uid: metadata.uid };
    const store = new ObjectStore({ onHandlerError: fatal });
    const told = createRecorder<KubeObject>();
    store.subscribe(({ after }) => after !== undefined && told.add(after));
    const ended = new AbortController();
    const running = [
      new Reflector({ source: client.source(events), store, clock: systemClock, random: Math.random }).run(ended.signal),
      recorder.run(ended.signal),
    ];
    for (let count = 0; count < 3; count++) recorder.record(subject, { type: 'Warning', reason: 'Tested', action: 'Test', note: 'é'.repeat(600) });
    const series = await told.next((event) => 'series' in event && isRecord(event.series) && event.series['count'] === 3);
    expect(series).toMatchObject({ note: 'é'.repeat(512), reportingController: 'tenantedge.dev/controller', metadata: { namespace: 'default' } });
    ended.abort(new Error('test over'));
    await Promise.all(running);
    expect(failures).toEqual([]);
  });
});
