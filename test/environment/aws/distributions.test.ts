import type { DistributionConfig } from '@aws-sdk/client-cloudfront';
import { describe, expect, test } from 'vitest';
import type { Members } from './contract.ts';
import { at, createHandWorld, createTenantWorld, current, each, type HandWorld } from './hand-world.ts';

/** The smallest multi-tenant configuration that AWS is known to take. */
const config = (patch: Partial<DistributionConfig> = {}): Members => ({
  CallerReference: 'one',
  Comment: '',
  Enabled: true,
  ConnectionMode: 'tenant-only',
  Origins: { Quantity: 1, Items: [{ Id: 'o', DomainName: 'o.example.net', S3OriginConfig: { OriginAccessIdentity: '' } }] },
  DefaultCacheBehavior: { TargetOriginId: 'o', ViewerProtocolPolicy: 'https-only', CachePolicyId: 'p' },
  ...patch,
});

const createdIn = async ({ aws }: HandWorld): Promise<{ readonly Id: string; readonly IfMatch: string }> => {
  await aws.call('cloudfront', 'CreateDistribution', { DistributionConfig: config() });
  const { id = '', etag = '' } = aws.inspect.distributions().at(-1) ?? {};
  return { Id: id, IfMatch: etag };
};

describe('a distribution is refused', () => {
  const behavior = { TargetOriginId: 'o', ViewerProtocolPolicy: 'https-only', CachePolicyId: 'p' } as const;
  const rows: readonly { readonly name: string; readonly patch: Partial<DistributionConfig>; readonly want: string }[] = [
    { name: 'with aliases', patch: { Aliases: { Quantity: 1, Items: ['a.example.com'] } }, want: 'InvalidArgument' },
    { name: 'with a price class', patch: { PriceClass: 'PriceClass_100' }, want: 'InvalidArgument' },
    { name: 'with IPv6 of its own', patch: { IsIPV6Enabled: true }, want: 'InvalidArgument' },
    ...['MinTTL', 'DefaultTTL', 'MaxTTL'].map((member) => ({ name: `with the legacy cache setting ${member}`, patch: { DefaultCacheBehavior: { ...behavior, [member]: 0 } }, want: 'InvalidArgument' })),
    { name: 'without a cache policy', patch: { DefaultCacheBehavior: { TargetOriginId: 'o', ViewerProtocolPolicy: 'https-only' } }, want: 'InvalidArgument' },
    { name: 'with trusted signers', patch: { DefaultCacheBehavior: { ...behavior, TrustedSigners: { Enabled: true, Quantity: 0 } } }, want: 'InvalidArgument' },
    { name: 'with quantities that do not agree', patch: { Origins: { Quantity: 2, Items: [{ Id: 'o', DomainName: 'o.example.net' }] } }, want: 'InconsistentQuantities' },
    { name: 'with an origin that is not there', patch: { DefaultCacheBehavior: { ...behavior, TargetOriginId: 'x' } }, want: 'NoSuchOrigin' },
    { name: 'with a certificate that is not there', patch: { ViewerCertificate: { ACMCertificateArn: 'arn:aws:acm:x' } }, want: 'InvalidViewerCertificate' },
    { name: 'with a web ACL that is not there', patch: { WebACLId: 'arn:aws:wafv2:x' }, want: 'InvalidWebACLId' },
  ];
  test.each(rows)('$name', async ({ patch, want }) => {
    const { aws, outcome } = createHandWorld();
    expect(await outcome('cloudfront', 'CreateDistribution', { DistributionConfig: config(patch) })).toBe(want);
    expect(aws.inspect.distributions()).toEqual([]);
  });

  test('with the caller reference of another, even if it is the same configuration', async () => {
    const { outcome } = createHandWorld();
    await outcome('cloudfront', 'CreateDistribution', { DistributionConfig: config() });
    expect(await outcome('cloudfront', 'CreateDistribution', { DistributionConfig: config() })).toBe('DistributionAlreadyExists');
  });

  test('beyond the quota', async () => {
    const { outcome } = createHandWorld({ knobs: { maxTenantDistributions: 0 } });
    expect(await outcome('cloudfront', 'CreateDistributionWithTags', { DistributionConfigWithTags: { DistributionConfig: config(), Tags: { Items: [] } } })).toBe('TooManyDistributions');
  });
});

test('what the caller leaves out comes back with AWS’s defaults', async () => {
  const world = createHandWorld();
  const { Id: id, IfMatch: etag } = await createdIn(world);
  expect(await world.aws.call('cloudfront', 'GetDistributionConfig', { Id: id })).toMatchObject({ ETag: etag, DistributionConfig: { WebACLId: '', HttpVersion: 'http2', DefaultRootObject: '' } });
});

test('tags are given at creation and read back by ARN', async () => {
  const { aws } = createHandWorld();
  const { Distribution: distribution } = await aws.call('cloudfront', 'CreateDistributionWithTags', {
    DistributionConfigWithTags: { DistributionConfig: config(), Tags: { Items: [{ Key: 'k', Value: 'v' }] } },
  });
  expect(await aws.call('cloudfront', 'ListTagsForResource', { Resource: at(distribution, 'ARN') })).toEqual({ Tags: { Items: [{ Key: 'k', Value: 'v' }] } });
});

test('the connection mode never changes', async () => {
  const world = createHandWorld();
  const target = await createdIn(world);
  expect(await world.outcome('cloudfront', 'UpdateDistribution', { ...target, DistributionConfig: config({ ConnectionMode: 'direct' }) })).toBe('IllegalUpdate');
});

test('it is deleted in the order that AWS asks for: no tenants, disabled, deployed', async () => {
  const world = createTenantWorld();
  const { aws, create, pass, outcome, distributionId } = world;
  const remove = () => outcome('cloudfront', 'DeleteDistribution', { Id: distributionId, IfMatch: aws.inspect.distributions()[0]?.etag });
  await create('abc');
  const outcomes = [await remove()];
  aws.operator.deleteTenant('abc');
  outcomes.push(await remove());
  const { ETag: etag } = await aws.call('cloudfront', 'GetDistribution', { Id: distributionId });
  const disabled = config({ CallerReference: 'operator-0', Enabled: false });
  await aws.call('cloudfront', 'UpdateDistribution', { Id: distributionId, IfMatch: etag, DistributionConfig: disabled });
  outcomes.push(await remove());
  await pass(5);
  outcomes.push(await remove());
  expect(outcomes).toEqual(['ResourceInUse', 'DistributionNotDisabled', 'DistributionNotDisabled', 'ok']);
});

test('lists tell the modes and the web ACLs apart', async () => {
  const { aws } = createHandWorld();
  const { arn: acl } = aws.operator.createWebACL({ name: 'acl' });
  const { id: shared } = aws.operator.createDistribution({ webAclArn: acl });
  const { id: direct } = aws.operator.createDistribution({ connectionMode: 'direct' });
  const ids = async (operation: string, input: Members) => {
    const list = await aws.call('cloudfront', operation, input);
    const found = each(list, 'DistributionList.Items', 'Id');
    expect(at(list, 'DistributionList.Quantity')).toBe(found.length);
    return found;
  };
  expect(await ids('ListDistributions', {})).toEqual([shared, direct]);
  expect(await ids('ListDistributionsByConnectionMode', { ConnectionMode: 'tenant-only' })).toEqual([shared]);
  expect(await ids('ListDistributionsByWebACLId', { WebACLId: acl })).toEqual([shared]);
  expect(await ids('ListDistributionsByWebACLId', { WebACLId: 'null' })).toEqual([direct]);
});

test('tenants inherit the certificate and the web ACL of the distribution until they have their own', async () => {
  const { aws, create, pass, certificateArn } = createTenantWorld();
  const { arn: acl } = aws.operator.createWebACL({ name: 'acl' });
  const { id } = aws.operator.createDistribution({ certificateArn, webAclArn: acl });
  await create('abc', { DistributionId: id, Customizations: {} });
  await pass(5);
  expect(aws.serves('abc.example.com')).toMatchObject({ served: true, certificateArn, webAclArn: acl });
  await aws.call('cloudfront', 'UpdateDistributionTenant', { ...current(aws, 'abc'), Customizations: { WebAcl: { Action: 'disable' } } });
  await pass(5);
  expect(aws.serves('abc.example.com')).not.toHaveProperty('webAclArn');
});

test('a certificate that the distribution gets activates the names that waited for it', async () => {
  const { aws, create, pass, distributionId } = createTenantWorld();
  await create('abc', { Domains: [{ Domain: 'shop.brand.com' }], Customizations: {}, ManagedCertificateRequest: { ValidationTokenHost: 'self-hosted' } });
  await pass(5);
  expect(aws.serves('shop.brand.com').served).toBe(false);
  const { arn } = aws.operator.importCertificate({ names: ['*.brand.com'] });
  aws.operator.editDistribution(distributionId, { ViewerCertificate: { ACMCertificateArn: arn } });
  expect(aws.serves('shop.brand.com')).toMatchObject({ served: true, certificateArn: arn });
});
