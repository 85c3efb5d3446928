import { describe, expect, test } from 'vitest';
import type { Members } from './contract.ts';
import { createTenantWorld, current } from './hand-world.ts';

const managed = (members: Members = {}): Members => ({
  Customizations: {},
  Domains: [{ Domain: 'shop.brand.com' }],
  ManagedCertificateRequest: { ValidationTokenHost: 'cloudfront', ...members },
});

const endpointOf = (world: ReturnType<typeof createTenantWorld>): string => world.aws.operator.defaultConnectionGroup().endpoint;

describe('a name proves its owner', () => {
  const rows = [
    { name: 'nothing in DNS', records: [], want: 'InvalidArgument' },
    { name: 'a CNAME for the endpoint', records: [['shop.brand.com', 'CNAME', 'ENDPOINT']], want: 'ok' },
    { name: 'a CNAME over another', records: [['shop.brand.com', 'CNAME', 'edge.brand.com'], ['edge.brand.com', 'CNAME', 'ENDPOINT']], want: 'ok' },
    { name: 'a CNAME for somewhere else', records: [['shop.brand.com', 'CNAME', 'elsewhere.net']], want: 'InvalidArgument' },
    { name: 'a loop of CNAMEs', records: [['shop.brand.com', 'CNAME', 'shop.brand.com']], want: 'InvalidArgument' },
    { name: 'a challenge record at a name that has an alias', records: [['_cf-challenge.shop.brand.com', 'TXT', 'ENDPOINT']], want: 'ok' },
    { name: 'a resolver that fails', records: [['shop.brand.com', 'CNAME', 'failed']], want: 'InvalidArgument' },
  ] as const;
  test.each(rows)('$name: $want', async ({ records, want }) => {
    const world = createTenantWorld();
    for (const [name, type, value] of records) world.dns(name, type, value === 'ENDPOINT' ? endpointOf(world) : value);
    expect(await world.outcome('cloudfront', 'CreateDistributionTenant', world.tenant('abc', managed()))).toBe(want);
    expect(world.aws.inspect.tenants()).toHaveLength(want === 'ok' ? 1 : 0);
  });

  test('the refusal says so in the only text that tells it apart', async () => {
    const { aws, tenant } = createTenantWorld();
    await expect(aws.call('cloudfront', 'CreateDistributionTenant', tenant('abc', managed()))).rejects.toThrow(/Could not verify Domain Name ownership/);
  });

  test('one name that does not point refuses all', async () => {
    const world = createTenantWorld();
    world.dns('shop.brand.com', 'CNAME', endpointOf(world));
    const two = { ...managed(), Domains: [{ Domain: 'shop.brand.com' }, { Domain: 'www.brand.com' }] };
    expect(await world.outcome('cloudfront', 'CreateDistributionTenant', world.tenant('abc', two))).toBe('InvalidArgument');
  });

  test('a wildcard can never be proved over HTTP', async () => {
    const { outcome, tenant } = createTenantWorld();
    const wildcard = { ...managed({ ValidationTokenHost: 'self-hosted' }), Domains: [{ Domain: '*.brand.com' }] };
    expect(await outcome('cloudfront', 'CreateDistributionTenant', tenant('abc', wildcard))).toBe('InvalidArgument');
  });
});

test('an issued certificate moves the ETag, serves nothing until it is attached, and then activates the name', async () => {
  const world = createTenantWorld();
  const { aws, pass, dns, create } = world;
  dns('shop.brand.com', 'CNAME', endpointOf(world));
  const { IfMatch: etag } = await create('abc', managed());
  const details = () => aws.call('cloudfront', 'GetManagedCertificateDetails', { Identifier: 'abc' });
  expect(await details()).toMatchObject({ ManagedCertificateDetails: { CertificateStatus: 'pending-validation', ValidationTokenHost: 'cloudfront' } });
  await pass(10);
  await pass(60);
  const issued = await details();
  expect(issued).toMatchObject({ ManagedCertificateDetails: { CertificateStatus: 'issued' } });
  const target = current(aws, 'abc');
  expect(target.IfMatch).not.toBe(etag);
  expect(aws.serves('shop.brand.com')).toEqual({ served: false, why: 'no valid certificate covers the name' });
  const arn = aws.inspect.tenants()[0]?.managedCertificateArn;
  await aws.call('cloudfront', 'UpdateDistributionTenant', { ...target, Customizations: { Certificate: { Arn: arn } } });
  await pass(5);
  expect(aws.serves('shop.brand.com')).toMatchObject({ served: true, certificateArn: arn });
});

test('a self-hosted request needs no DNS at first, and is issued once the token is served', async () => {
  const { aws, pass, create } = createTenantWorld();
  await create('abc', managed({ ValidationTokenHost: 'self-hosted' }));
  await pass(100);
  await pass(100);
  expect(await aws.call('cloudfront', 'GetManagedCertificateDetails', { Identifier: 'abc' })).toMatchObject({
    ManagedCertificateDetails: {
      CertificateStatus: 'pending-validation',
      ValidationTokenDetails: [{ Domain: 'shop.brand.com', RedirectFrom: expect.stringMatching(/^shop\.brand\.com\/\.well-known\/pki-validation\/\w+\.txt$/) as unknown }],
    },
  });
  aws.operator.serveToken('shop.brand.com', true);
  await pass(10);
  await pass(60);
  expect(aws.inspect.certificates().at(-1)).toMatchObject({ status: 'ISSUED', managedBy: 'CLOUDFRONT' });
});

describe('a managed certificate is renewed', () => {
  const day = 24 * 60 * 60;
  const rows = [
    { name: 'over the endpoint of its group', pointsAt: 'own', enabled: true, want: 'SUCCESS' },
    { name: 'over that of the group that it was moved from', pointsAt: 'left', enabled: true, want: 'SUCCESS' },
    { name: 'not over that of a group that serves nobody', pointsAt: 'left', enabled: false, want: 'PENDING_VALIDATION' },
  ] as const;
  test.each(rows)('$name', async ({ pointsAt, enabled, want }) => {
    const world = createTenantWorld();
    const { aws, pass, dns, create } = world;
    const [left, own] = ['left', 'own'].map((name) => aws.operator.createConnectionGroup({ name }));
    if (left === undefined || own === undefined) throw new Error('make two groups: there are none');
    dns('shop.brand.com', 'CNAME', left.endpoint);
    await create('abc', { ...managed(), ConnectionGroupId: left.id });
    for (const seconds of [10, 60]) await pass(seconds);
    const arn = aws.inspect.tenants()[0]?.managedCertificateArn;
    aws.operator.editTenant('abc', { ConnectionGroupId: own.id, Customizations: { Certificate: { Arn: arn } } });
    if (pointsAt === 'own') dns('shop.brand.com', 'CNAME', own.endpoint);
    await pass(5);
    const etag = aws.inspect.connectionGroups().find(({ id }) => id === left.id)?.etag;
    await aws.call('cloudfront', 'UpdateConnectionGroup', { Id: left.id, IfMatch: etag, Enabled: enabled });
    for (const seconds of [154 * day, 60, 60]) await pass(seconds);
    expect(await aws.call('acm', 'DescribeCertificate', { CertificateArn: arn })).toMatchObject({ Certificate: { RenewalSummary: { RenewalStatus: want } } });
  });
});

test('a tenant that never asked is not told from one that is not there', async () => {
  const { outcome, create } = createTenantWorld();
  await create('abc');
  expect(await outcome('cloudfront', 'GetManagedCertificateDetails', { Identifier: 'abc' })).toBe('EntityNotFound');
});

test('only one request may be pending for a tenant', async () => {
  const { aws, outcome, create } = createTenantWorld();
  const request = managed({ ValidationTokenHost: 'self-hosted' });
  await create('abc', request);
  expect(await outcome('cloudfront', 'UpdateDistributionTenant', { ...current(aws, 'abc'), ...request })).toBe('InvalidArgument');
});

test('a caller who may not request certificates is refused, and finds the tenant there all the same', async () => {
  const { aws, outcome, tenant } = createTenantWorld({ knobs: { deniedActions: ['acm:RequestCertificate'] } });
  expect(await outcome('cloudfront', 'CreateDistributionTenant', tenant('abc', managed({ ValidationTokenHost: 'self-hosted' })))).toBe('AccessDenied');
  expect(aws.log.at(-1)).toMatchObject({ outcome: 'AccessDenied', committed: true });
  expect(aws.inspect.tenants()).toMatchObject([{ name: 'abc' }]);
  expect(await outcome('cloudfront', 'GetManagedCertificateDetails', { Identifier: 'abc' })).toBe('EntityNotFound');
});

describe('a request for names that are covered already', () => {
  const rows = [
    { knob: 'request', want: 2 },
    { knob: 'ignore', want: 1 },
  ] as const;
  test.each(rows)('$knob', async ({ knob, want }) => {
    const { aws, create } = createTenantWorld({ knobs: { managedRequestWhenCovered: knob } });
    await create('abc', { ManagedCertificateRequest: { ValidationTokenHost: 'cloudfront' } });
    expect(aws.inspect.certificates()).toHaveLength(want);
  });
});
