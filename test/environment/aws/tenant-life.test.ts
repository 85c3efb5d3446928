import { describe, expect, test } from 'vitest';
import type { Members } from './contract.ts';
import { createTenantWorld, current, each } from './hand-world.ts';

const domains = (...names: readonly string[]): Members => ({ Domains: names.map((name) => ({ Domain: name })) });

describe('the life of a tenant', () => {
  test('an update while one is in progress is accepted, and the last one is deployed', async () => {
    const { aws, create, pass } = createTenantWorld();
    await create('abc');
    await pass(3);
    await aws.call('cloudfront', 'UpdateDistributionTenant', { ...current(aws, 'abc'), ...domains('abc.example.com', 'www.example.com') });
    await pass(3);
    expect(aws.inspect.tenants()[0]?.status).toBe('InProgress');
    await pass(2);
    expect(aws.inspect.tenants()[0]).toMatchObject({ status: 'Deployed', domains: [{ status: 'active' }, { status: 'active' }] });
  });

  test('the previous configuration serves until the new one is deployed', async () => {
    const { aws, create, pass } = createTenantWorld();
    await create('abc');
    await pass(5);
    await aws.call('cloudfront', 'UpdateDistributionTenant', { ...current(aws, 'abc'), ...domains('new.example.com') });
    expect([aws.serves('abc.example.com').served, aws.serves('new.example.com').served]).toEqual([true, false]);
    await pass(5);
    expect([aws.serves('abc.example.com').served, aws.serves('new.example.com').served]).toEqual([false, true]);
  });

  test('it is deleted only after the edges have heard that it is disabled', async () => {
    const { aws, create, pass, outcome } = createTenantWorld({ knobs: { disablePropagationMs: [20_000, 20_000], deletedVisibleMs: [10_000, 10_000] } });
    await create('abc');
    await pass(5);
    await aws.call('cloudfront', 'UpdateDistributionTenant', { ...current(aws, 'abc'), Enabled: false });
    expect(aws.serves('abc.example.com').served).toBe(true);
    await pass(10);
    const target = current(aws, 'abc');
    expect(aws.serves('abc.example.com')).toEqual({ served: false, why: 'the tenant is disabled' });
    expect(await outcome('cloudfront', 'DeleteDistributionTenant', target)).toBe('ResourceNotDisabled');
    await pass(10);
    expect(await outcome('cloudfront', 'DeleteDistributionTenant', target)).toBe('ok');
    expect(await outcome('cloudfront', 'GetDistributionTenant', { Identifier: 'abc' })).toBe('ok');
    expect(await outcome('cloudfront', 'DeleteDistributionTenant', target)).toBe('EntityNotFound');
    await pass(10);
    expect(await outcome('cloudfront', 'GetDistributionTenant', { Identifier: target.Id })).toBe('EntityNotFound');
  });

  test('a name and a domain are free again as soon as their tenant is deleted', async () => {
    const { aws, create, outcome, tenant } = createTenantWorld({ knobs: { deletedVisibleMs: [10_000, 10_000] } });
    await create('abc');
    aws.operator.deleteTenant('abc');
    expect(await outcome('cloudfront', 'CreateDistributionTenant', tenant('abc'))).toBe('ok');
  });

  test('tags are kept but not echoed', async () => {
    const { aws, create } = createTenantWorld();
    const { arn } = await create('abc', { Tags: { Items: [{ Key: 'owner', Value: 'a/b' }] } });
    expect(await aws.call('cloudfront', 'GetDistributionTenant', { Identifier: arn })).not.toHaveProperty('DistributionTenant.Tags');
    await aws.call('cloudfront', 'TagResource', { Resource: arn, Tags: { Items: [{ Key: 'more', Value: '' }] } });
    await aws.call('cloudfront', 'UntagResource', { Resource: arn, TagKeys: { Items: ['owner'] } });
    expect(await aws.call('cloudfront', 'ListTagsForResource', { Resource: arn })).toEqual({ Tags: { Items: [{ Key: 'more', Value: '' }] } });
  });
});

describe('lists', () => {
  test('summaries have ETags, and neither parameters nor tags', async () => {
    const { aws, create } = createTenantWorld();
    const { IfMatch: etag } = await create('abc', { Tags: { Items: [{ Key: 'owner', Value: 'a' }] } });
    const { DistributionTenantList: list } = await aws.call('cloudfront', 'ListDistributionTenants', {});
    expect(list).toEqual([expect.objectContaining({ Name: 'abc', ETag: etag })]);
    expect(list).toEqual([expect.not.objectContaining({ Tags: expect.anything() as unknown })]);
  });

  test('tenants are found by group, by distribution, by web ACL, by certificate and by domain', async () => {
    const { aws, create, distributionId, certificateArn } = createTenantWorld();
    const { id: group } = aws.operator.createConnectionGroup({ name: 'isolated' });
    const { arn: acl } = aws.operator.createWebACL({ name: 'acl' });
    await create('abc', { ConnectionGroupId: group });
    await create('def', { Customizations: { Certificate: { Arn: certificateArn }, WebAcl: { Action: 'override', Arn: acl } } });
    const names = async (operation: string, input: Members) => each(await aws.call('cloudfront', operation, input), 'DistributionTenantList', 'Name');
    expect(await names('ListDistributionTenants', { AssociationFilter: { ConnectionGroupId: group } })).toEqual(['abc']);
    expect(await names('ListDistributionTenants', { AssociationFilter: { DistributionId: distributionId } })).toEqual(['abc', 'def']);
    expect(await names('ListDistributionTenantsByCustomization', { WebACLArn: acl })).toEqual(['def']);
    expect(await names('ListDistributionTenantsByCustomization', { CertificateArn: certificateArn })).toEqual(['abc', 'def']);
    expect(await aws.call('cloudfront', 'GetDistributionTenantByDomain', { Domain: 'def.example.com' })).toMatchObject({ DistributionTenant: { Name: 'def' } });
  });

  test('a domain of another account or of a distribution is not found as a tenant', async () => {
    const { aws, outcome } = createTenantWorld();
    aws.operator.foreignDomain('foreign.example.com');
    aws.operator.createDistribution({ connectionMode: 'direct', aliases: ['old.example.com'] });
    for (const domain of ['foreign.example.com', 'old.example.com', 'nobody.example.com'])
      expect(await outcome('cloudfront', 'GetDistributionTenantByDomain', { Domain: domain })).toBe('EntityNotFound');
  });
});
