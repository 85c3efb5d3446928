import { KeyAlgorithm } from '@aws-sdk/client-acm';
import { describe, expect, test } from 'vitest';
import { anyTime, fresh, landed, now, setUp } from './fleet-world.ts';

describe('indexes', () => {
  test('certificates are found by their names and, once learned, by their owner', async () => {
    const world = setUp();
    world.account.certificates.set('arn:aws:acm:1', { names: ['B.example.com', 'a.example.com'], status: 'ISSUED' });
    world.account.certificates.set('arn:aws:acm:2', { names: ['c.example.com'], status: 'ISSUED' });
    const found = await landed(world, world.fleet.certificates.where('names', 'a.example.com b.example.com', fresh(anyTime)));
    expect(found.map(({ arn, names }) => [arn, names])).toEqual([['arn:aws:acm:1', ['a.example.com', 'b.example.com']]]);
    await expect(world.fleet.certificates.where('owner', 'shop/brand', fresh(anyTime))).resolves.toEqual([]);
    world.learnOwner('arn:aws:acm:1', 'shop/brand');
    world.learnOwner('arn:aws:acm:2', 'shop/other');
    world.learnOwner('arn:aws:acm:2', 'shop/brand');
    const owned = await world.fleet.certificates.where('owner', 'shop/brand', fresh(anyTime));
    expect(owned.map(({ arn }) => arn)).toEqual(['arn:aws:acm:1', 'arn:aws:acm:2']);
    await expect(world.fleet.certificates.where('owner', 'shop/other', fresh(anyTime))).resolves.toEqual([]);
  });

  test('an owner may be learned before the certificate is listed', async () => {
    const world = setUp();
    world.learnOwner('arn:aws:acm:1', 'shop/brand');
    world.account.certificates.set('arn:aws:acm:1', { names: ['a.example.com'], status: 'PENDING_VALIDATION' });
    expect(await landed(world, world.fleet.certificates.where('owner', 'shop/brand', fresh(anyTime)))).toHaveLength(1);
  });

  test('tenants are found by a certificate only while they use it', async () => {
    const world = setUp();
    world.account.tenants.set('a', { etag: 'E1', enabled: true, certificateArn: 'arn:1' });
    expect(await landed(world, world.fleet.tenants.where('certificate', 'arn:1', fresh(anyTime)))).toHaveLength(1);
    world.account.tenants.set('a', { etag: 'E2', enabled: true, certificateArn: 'arn:2' });
    await landed(world, world.fleet.tenants.get('a', now(world)));
    await expect(world.fleet.tenants.where('certificate', 'arn:1', fresh(anyTime))).resolves.toEqual([]);
    await expect(world.fleet.tenants.where('certificate', 'arn:2', fresh(anyTime))).resolves.toHaveLength(1);
  });

  test('the default connection group is found by saying so', async () => {
    const world = setUp();
    world.account.groups.set('cg_1', { isDefault: false }).set('cg_2', { isDefault: true });
    const found = await landed(world, world.fleet.connectionGroups.where('default', 'true', fresh(anyTime)));
    expect(found.map(({ id, endpoint }) => [id, endpoint])).toEqual([['cg_2', 'dcg_2.cloudfront.net']]);
  });

  test('certificates of every key type are listed, 1,000 a page', async () => {
    const world = setUp();
    await landed(world, world.fleet.certificates.get('arn:1', fresh(anyTime)));
    expect(world.account.made.map(({ input }) => input)).toEqual([{ Includes: { keyTypes: Object.values(KeyAlgorithm) }, MaxItems: 1_000 }]);
  });
});
