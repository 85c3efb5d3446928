import { describe, expect, test } from 'vitest';
import type { TenantDomain, TenantDomainStatus } from '../../../crds/types.ts';
import { finalizer } from '../../../reconcilers/ports/objects.ts';
import type { Client } from '../../../src/kubernetes/client.ts';
import { KubeError } from '../../../src/kubernetes/errors.ts';
import { objectsOf } from '../../../src/kubernetes/objects.ts';
import { tenantDomains } from '../../../src/kubernetes/resources.ts';
import { Cluster } from '../../environment/in-process/cluster.ts';
import { createVirtualClock } from '../../virtual-clock.ts';

const key = 'brand/shop';
const manifest = { apiVersion: 'tenantedge.dev/v1alpha1', kind: 'TenantDomain', metadata: { namespace: 'brand', name: 'shop' }, spec: { tierRef: { name: 'gold' }, domains: ['shop.example.com'] } };

/** One TenantDomain in a cluster in memory, and the core's way to write to it. `requests` are what it took. */
const setUp = () => {
  const cluster = new Cluster(createVirtualClock());
  cluster.apply(manifest);
  const requests: string[] = [];
  const failures: KubeError[] = [];
  const between: (() => void)[] = [];
  const written: string[] = [];
  const noted = <Value>(name: string, run: () => Promise<Value>): Promise<Value> => {
    requests.push(name);
    between.shift()?.();
    const failure = failures.shift();
    return failure ? Promise.reject(failure) : run();
  };
  const client: Client = {
    ...cluster.client,
    get: (...args) => noted('get', () => cluster.client.get(...args)),
    mergePatch: (...args) => noted('patch', () => cluster.client.mergePatch(...args)),
    mergePatchStatus: (...args) => noted('patch status', () => cluster.client.mergePatchStatus(...args)),
  };
  const awaited = { wroteAt: (...write: readonly string[]) => written.push(write.join(' ')), isFresh: () => true };
  const objects = objectsOf<TenantDomain, TenantDomainStatus>(client, tenantDomains, awaited);
  const stored = () => cluster.get('tenantdomains', key) as TenantDomain | undefined;
  const read = (): TenantDomain => {
    const object = stored();
    if (object === undefined) throw new Error('read the object: it is gone');
    return object;
  };
  /** Somebody else writes a label. */
  const meddle = (): void => cluster.edit('TenantDomain', key, { metadata: { labels: { touched: String(requests.length) } } });
  /** The object is deleted and made anew. */
  const replace = (): void => {
    cluster.delete('TenantDomain', key);
    cluster.apply(manifest);
  };
  return { cluster, objects, requests, failures, between, written, stored, read, meddle, replace };
};

const status = (endpoint: string): TenantDomainStatus => ({ observedGeneration: 1, endpoint });
const refused = (code: number, reason: string): KubeError => new KubeError('write the object', { code, reason });

describe('the finalizer', () => {
  test('is stored beside those of others, and the object comes back as stored', async () => {
    const { cluster, objects, read, requests, written } = setUp();
    cluster.edit('TenantDomain', key, { metadata: { finalizers: ['other'] } });
    const guarded = await objects.guard(read());
    expect(guarded.metadata.finalizers).toEqual(['other', finalizer]);
    expect({ requests, written }).toEqual({ requests: ['patch'], written: [`${key} ${guarded.metadata.uid} ${guarded.metadata.resourceVersion}`] });
  });

  test('that is there is not written again', async () => {
    const { objects, read, requests } = setUp();
    await objects.guard(await objects.guard(read()));
    expect(requests).toEqual(['patch']);
  });

  test("is stored though somebody else writes in between, whose write stays", async () => {
    const { objects, read, requests, between, meddle } = setUp();
    const object = read();
    between.push(meddle);
    await objects.guard(object);
    expect({ requests, labels: read().metadata.labels, finalizers: read().metadata.finalizers }).toEqual({ requests: ['patch', 'get', 'patch'], labels: { touched: '1' }, finalizers: [finalizer] });
  });

  test('is given up after five tries against somebody who keeps writing', async () => {
    const { objects, read, requests, between, meddle } = setUp();
    const object = read();
    between.push(...Array.from({ length: 20 }, () => meddle));
    await expect(objects.guard(object)).rejects.toMatchObject({ kind: 'conflict' });
    expect(requests.filter((request) => request === 'patch')).toHaveLength(5);
  });

  test('is never stored on another object of that name', async () => {
    const { objects, read, replace } = setUp();
    const object = read();
    replace();
    await expect(objects.guard(object)).rejects.toMatchObject({ kind: 'conflict', code: 'Gone' });
    expect(read().metadata.finalizers).toBeUndefined();
  });

  test('is lifted, and the others stay', async () => {
    const { cluster, objects, read } = setUp();
    cluster.edit('TenantDomain', key, { metadata: { finalizers: ['other', finalizer] } });
    await objects.release(read());
    expect(read().metadata.finalizers).toEqual(['other']);
  });

  test('lifted from a deleted object ends it; from one that is gone already it is lifted too', async () => {
    const { cluster, objects, read, stored } = setUp();
    const guarded = await objects.guard(read());
    cluster.delete('TenantDomain', key);
    const deleted = read();
    await objects.release(deleted);
    expect(stored()).toBeUndefined();
    await expect(objects.release(guarded)).resolves.toBeUndefined();
  });

  test('is not taken for lifted where nobody knows', async () => {
    const { objects, read, failures } = setUp();
    failures.push(refused(0, 'ECONNRESET'));
    await expect(objects.release(read())).rejects.toMatchObject({ kind: 'transient' });
  });
});

describe('what is learned', () => {
  const fold = (live: TenantDomainStatus | undefined): TenantDomainStatus => ({ ...live, endpoint: `${live?.endpoint ?? ''}+` });

  test('is folded into the live status, not into the one that was seen', async () => {
    const { objects, read, between, cluster, requests } = setUp();
    const object = read();
    between.push(() => cluster.edit('TenantDomain', key, { status: status('theirs') }));
    const after = await objects.remember(object, fold);
    expect({ endpoint: after.status?.endpoint, requests }).toEqual({ endpoint: 'theirs+', requests: ['patch status', 'get', 'patch status'] });
  });

  test('is never folded into another object of that name', async () => {
    const { objects, read, replace } = setUp();
    const object = read();
    replace();
    await expect(objects.remember(object, fold)).rejects.toMatchObject({ kind: 'conflict', code: 'Gone' });
  });

  test('that is known already is not written', async () => {
    const { objects, read, requests } = setUp();
    const object = read();
    await objects.remember(object, (live) => ({ ...live }));
    expect(requests).toEqual([]);
  });
});

describe('the status', () => {
  test('is replaced: what is no longer said is gone', async () => {
    const { cluster, objects, read } = setUp();
    cluster.edit('TenantDomain', key, { status: { ...status('a'), domains: [{ name: 'shop.example.com', state: 'Active' }] } });
    const { conditions: _, ...rest } = (await objects.save(read(), status('b'))).status ?? {};
    expect(rest).toEqual(status('b'));
  });

  test('that is the same is not written', async () => {
    const { cluster, objects, read, requests } = setUp();
    cluster.edit('TenantDomain', key, { status: status('a') });
    const object = read();
    await expect(objects.save(object, object.status ?? {})).resolves.toBe(object);
    expect(requests).toEqual([]);
  });

  test('made of an older object is a conflict, and is not forced', async () => {
    const { objects, read, between, meddle, requests } = setUp();
    const object = read();
    between.push(meddle);
    await expect(objects.save(object, status('a'))).rejects.toMatchObject({ kind: 'conflict', reason: 'Conflict' });
    expect(requests).toEqual(['patch status']);
  });
});

describe('a live read', () => {
  test('shows the object as it is now', async () => {
    const { objects, read } = setUp();
    await expect(objects.live(key)).resolves.toEqual(read());
  });

  test('shows that it is gone', async () => {
    await expect(setUp().objects.live('brand/other')).resolves.toBeUndefined();
  });
});

describe('a refusal of the API server', () => {
  test.each([
    { code: 404, reason: 'NotFound', kind: 'conflict', because: 'our picture is old' },
    { code: 409, reason: 'Conflict', kind: 'conflict', because: 'our picture is old' },
    { code: 400, reason: 'BadRequest', kind: 'blocked', because: 'the same will be refused again' },
    { code: 403, reason: 'Forbidden', kind: 'transient', because: 'an API server that has just started says so until it knows its roles' },
    { code: 422, reason: 'Invalid', kind: 'blocked', because: 'the same will be refused again' },
    { code: 429, reason: 'TooManyRequests', kind: 'transient', because: 'it may work next time' },
    { code: 503, reason: 'ServiceUnavailable', kind: 'transient', because: 'it may work next time' },
    { code: 0, reason: 'ECONNRESET', kind: 'transient', because: 'nobody knows what became of it' },
  ])('with $code is $kind: $because', async ({ code, reason, kind }) => {
    const { objects, read, failures } = setUp();
    failures.push(refused(code, reason));
    await expect(objects.save(read(), status('a'))).rejects.toMatchObject({ name: 'Failure', kind, code: reason, cause: { name: 'KubeError' } });
  });
});
