import { describe, expect, test } from 'vitest';
import type { Members } from './contract.ts';
import { createTenantWorld } from './hand-world.ts';
import type { Knobs } from './knobs.ts';

const domains = (...names: readonly string[]): Members => ({ Domains: names.map((name) => ({ Domain: name })) });

describe('a tenant is refused', () => {
  type World = ReturnType<typeof createTenantWorld>;
  type Row = { readonly name: string; readonly given?: Partial<Knobs>; readonly tenant: (world: World) => Members | Promise<Members>; readonly want: string };
  const rows: readonly Row[] = [
    { name: 'without a valid name', tenant: ({ tenant }) => tenant('a', { Name: '-a' }), want: 'InvalidArgument' },
    { name: 'without domains', tenant: ({ tenant }) => tenant('a', { Domains: [] }), want: 'InvalidArgument' },
    { name: 'with an upper-case domain', tenant: ({ tenant }) => tenant('abc', domains('A.example.com')), want: 'InvalidArgument' },
    { name: 'with a wildcard inside a label', tenant: ({ tenant }) => tenant('abc', domains('a*.example.com')), want: 'InvalidArgument' },
    { name: 'with too many domains', given: { maxDomainsPerTenant: 1 }, tenant: ({ tenant }) => tenant('abc', domains('a.example.com', 'b.example.com')), want: 'EntityLimitExceeded' },
    { name: 'of a distribution that is not there', tenant: ({ tenant }) => tenant('abc', { DistributionId: 'E1' }), want: 'EntityNotFound' },
    { name: 'of a connection group that is not there', tenant: ({ tenant }) => tenant('abc', { ConnectionGroupId: 'cg_1' }), want: 'EntityNotFound' },
    {
      name: 'of a standard distribution',
      tenant: ({ aws, tenant }) => tenant('abc', { DistributionId: aws.operator.createDistribution({ connectionMode: 'direct' }).id }),
      want: 'InvalidAssociation',
    },
    { name: 'with a domain that no certificate covers', tenant: ({ tenant }) => tenant('abc', domains('a.b.example.com')), want: 'InvalidArgument' },
    { name: 'with a certificate that is not there', tenant: ({ tenant }) => tenant('abc', { Customizations: { Certificate: { Arn: 'arn:aws:acm:x' } } }), want: 'InvalidArgument' },
    {
      name: 'with a certificate that is still pending',
      tenant: async ({ aws, tenant }) => {
        const { CertificateArn: arn } = await aws.call('acm', 'RequestCertificate', { DomainName: 'abc.example.com', ValidationMethod: 'DNS' });
        return tenant('abc', { Customizations: { Certificate: { Arn: arn } } });
      },
      want: 'InvalidArgument',
    },
    {
      name: 'with a certificate that has expired',
      tenant: ({ aws, tenant, certificateArn }) => {
        aws.operator.expireCertificate(certificateArn);
        return tenant('abc');
      },
      want: 'InvalidArgument',
    },
    {
      name: 'with a key type that CloudFront does not take',
      tenant: ({ aws, tenant }) => {
        const { arn } = aws.operator.importCertificate({ names: ['*.example.com'], keyAlgorithm: 'EC_secp384r1' });
        return tenant('abc', { Customizations: { Certificate: { Arn: arn } } });
      },
      want: 'InvalidArgument',
    },
    { name: 'with a parameter that the distribution does not define', tenant: ({ tenant }) => tenant('abc', { Parameters: [{ Name: 'p', Value: 'v' }] }), want: 'InvalidArgument' },
    {
      name: 'without a parameter that the distribution requires',
      tenant: ({ aws, tenant }) => tenant('abc', { DistributionId: aws.operator.createDistribution({ parameters: [{ Name: 'p', Definition: { StringSchema: { Required: true } } }] }).id }),
      want: 'InvalidArgument',
    },
    { name: 'with a web ACL that is not there', tenant: ({ tenant }) => tenant('abc', { Customizations: { WebAcl: { Action: 'override', Arn: 'arn:aws:wafv2:x' } } }), want: 'InvalidArgument' },
    { name: 'with a web ACL that is disabled and named', tenant: ({ tenant }) => tenant('abc', { Customizations: { WebAcl: { Action: 'disable', Arn: 'arn:aws:wafv2:x' } } }), want: 'InvalidArgument' },
    { name: 'with an allow list of no country', tenant: ({ tenant }) => tenant('abc', { Customizations: { GeoRestrictions: { RestrictionType: 'whitelist' } } }), want: 'InvalidArgument' },
    { name: 'with a tag that AWS reserves', tenant: ({ tenant }) => tenant('abc', { Tags: { Items: [{ Key: 'aws:x', Value: '' }] } }), want: 'InvalidTagging' },
    { name: 'beyond the quota', given: { maxTenants: 0 }, tenant: ({ tenant }) => tenant('abc'), want: 'EntityLimitExceeded' },
    {
      name: 'with a name that is taken',
      tenant: async ({ create, tenant }) => {
        await create('abc');
        return tenant('abc', domains('other.example.com'));
      },
      want: 'EntityAlreadyExists',
    },
    {
      name: 'with a domain that is taken',
      tenant: async ({ create, tenant }) => {
        await create('abc');
        return tenant('other', domains('abc.example.com'));
      },
      want: 'CNAMEAlreadyExists',
    },
    {
      name: 'with a domain of another account',
      tenant: ({ aws, tenant }) => {
        aws.operator.foreignDomain('abc.example.com');
        return tenant('abc');
      },
      want: 'CNAMEAlreadyExists',
    },
    {
      name: 'with both taken, by the error that the knob names',
      given: { whenNameAndDomainTaken: 'CNAMEAlreadyExists' },
      tenant: async ({ create, tenant }) => {
        await create('abc');
        return tenant('abc');
      },
      want: 'CNAMEAlreadyExists',
    },
  ];
  test.each(rows)('$name', async ({ given, tenant, want }) => {
    const world = createTenantWorld(given === undefined ? {} : { knobs: given });
    const input = await tenant(world);
    const before = world.aws.inspect.tenants();
    expect(await world.outcome('cloudfront', 'CreateDistributionTenant', input)).toBe(want);
    expect(world.aws.inspect.tenants()).toEqual(before);
  });
});

test('a wildcard may overlap the name of another tenant, and the more specific one serves', async () => {
  const { aws, create, pass } = createTenantWorld();
  const wide = await create('wide', domains('*.example.com'));
  await create('narrow', domains('shop.example.com'));
  await pass(5);
  expect(aws.serves('shop.example.com')).toMatchObject({ served: true, tenantName: 'narrow' });
  expect(aws.serves('other.example.com')).toMatchObject({ served: true, tenantId: wide.Id });
});

