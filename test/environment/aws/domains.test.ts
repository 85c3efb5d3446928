import { describe, expect, test } from 'vitest';
import type { Members } from './contract.ts';
import { at, createTenantWorld, current } from './hand-world.ts';
import type { Knobs } from './knobs.ts';

describe('VerifyDnsConfiguration', () => {
  const rows = [
    { name: 'points here', record: 'ENDPOINT', want: 'valid-configuration' },
    { name: 'points elsewhere', record: 'elsewhere.net', want: 'invalid-configuration' },
    { name: 'is missing', record: undefined, want: 'invalid-configuration' },
    { name: 'cannot be read', record: 'failed', want: 'unknown-configuration' },
  ];
  test.each(rows)('a name that $name is $want', async ({ record, want }) => {
    const { aws, dns, create } = createTenantWorld();
    await create('abc');
    dns('abc.example.com', 'CNAME', record === 'ENDPOINT' ? aws.operator.defaultConnectionGroup().endpoint : record);
    expect(await aws.call('cloudfront', 'VerifyDnsConfiguration', { Identifier: 'abc' })).toMatchObject({ DnsConfigurationList: [{ Domain: 'abc.example.com', Status: want }] });
  });

  test('a name that the tenant does not have is refused', async () => {
    const { create, outcome } = createTenantWorld();
    await create('abc');
    expect(await outcome('cloudfront', 'VerifyDnsConfiguration', { Identifier: 'abc', Domain: 'other.example.com' })).toBe('InvalidArgument');
  });

  const nudges = [
    { verifyDnsActivates: false, want: 'inactive' },
    { verifyDnsActivates: true, want: 'active' },
  ];
  test.each(nudges)('whether it activates a name that has its certificate since is a knob: $verifyDnsActivates', async ({ verifyDnsActivates, want }) => {
    const { aws, pass, create } = createTenantWorld({ knobs: { verifyDnsActivates } });
    const { CertificateArn: arn } = await aws.call('acm', 'RequestCertificate', { DomainName: 'shop.brand.com', ValidationMethod: 'DNS' });
    aws.operator.issueCertificate(String(arn));
    await create('abc', { Domains: [{ Domain: 'shop.brand.com' }], Customizations: { Certificate: { Arn: arn } } });
    aws.operator.expireCertificate(String(arn));
    await pass(5);
    aws.operator.issueCertificate(String(arn));
    await aws.call('cloudfront', 'VerifyDnsConfiguration', { Identifier: 'abc' });
    expect(aws.inspect.tenants()).toMatchObject([{ domains: [{ status: want }] }]);
  });
});

const asked = async (domain: string, prepare: (world: ReturnType<typeof createTenantWorld>) => unknown) => {
  const world = createTenantWorld();
  const { Id: id } = await world.create('abc');
  await prepare(world);
  return at(
    await world.aws.call('cloudfront', 'ListDomainConflicts', { Domain: domain, DomainControlValidationResource: { DistributionTenantId: id } }),
    'DomainConflicts',
  );
};

describe('ListDomainConflicts', () => {
  test('a name conflicts with itself and with the wildcard above it', async () => {
    const conflicts = await asked('shop.example.com', async ({ create }) => {
      await create('shop');
      await create('wide', { Domains: [{ Domain: '*.example.com' }] });
    });
    expect(conflicts).toMatchObject([{ Domain: '*.example.com' }, { Domain: 'shop.example.com', ResourceType: 'distribution-tenant' }]);
  });

  test('ids of another account are masked', async () => {
    const conflicts = await asked('shop.example.com', ({ aws }) => {
      aws.operator.foreignDomain('shop.example.com');
    });
    expect(conflicts).toEqual([{ Domain: 'shop.example.com', ResourceType: 'distribution-tenant', ResourceId: `${'*'.repeat(14)}${'f'.repeat(16)}`, AccountId: '******887777' }]);
  });

  test('control must be shown by a certificate that covers the name', async () => {
    const { create, outcome } = createTenantWorld();
    const { Id: id } = await create('abc');
    const input = { Domain: 'shop.brand.com', DomainControlValidationResource: { DistributionTenantId: id } };
    expect(await outcome('cloudfront', 'ListDomainConflicts', input)).toBe('InvalidArgument');
  });
});

describe('UpdateDomainAssociation', () => {
  type World = ReturnType<typeof createTenantWorld>;
  type Row = { readonly name: string; readonly given?: Partial<Knobs>; readonly prepare: (world: World) => unknown; readonly input?: Members; readonly want: string };
  const rows: readonly Row[] = [
    { name: 'a name that nobody has', prepare: () => undefined, want: 'IllegalUpdate' },
    { name: 'a name that the target cannot secure', prepare: () => undefined, input: { Domain: 'shop.brand.com' }, want: 'IllegalUpdate' },
    { name: 'the last name of a tenant', prepare: ({ create }) => create('source', { Domains: [{ Domain: 'shop.example.com' }] }), want: 'IllegalUpdate' },
    { name: 'with a stale If-Match of the target', prepare: ({ create }) => create('shop'), input: { IfMatch: 'E1' }, want: 'PreconditionFailed' },
    {
      name: 'from an enabled source where AWS forbids that',
      given: { moveNeedsDisabledSource: true },
      prepare: ({ create }) => create('source', { Domains: [{ Domain: 'shop.example.com' }, { Domain: 'b.example.com' }] }),
      want: 'IllegalUpdate',
    },
    {
      name: 'from another account whose source is enabled',
      prepare: ({ aws, dns }) => {
        aws.operator.foreignDomain('shop.example.com');
        dns('_shop.example.com', 'TXT', aws.operator.defaultConnectionGroup().endpoint);
      },
      want: 'IllegalUpdate',
    },
    {
      name: 'from another account without proof',
      prepare: ({ aws }) => {
        aws.operator.foreignDomain('shop.example.com', { enabled: false });
      },
      want: 'IllegalUpdate',
    },
    {
      name: 'from another account, disabled and proved',
      prepare: ({ aws, dns }) => {
        aws.operator.foreignDomain('shop.example.com', { enabled: false });
        dns('_shop.example.com', 'TXT', aws.operator.defaultConnectionGroup().endpoint);
      },
      want: 'ok',
    },
  ];
  test.each(rows)('$name: $want', async ({ given, prepare, input, want }) => {
    const world = createTenantWorld(given === undefined ? {} : { knobs: given });
    const { Id: id } = await world.create('target');
    await prepare(world);
    expect(await world.outcome('cloudfront', 'UpdateDomainAssociation', { Domain: 'shop.example.com', TargetResource: { DistributionTenantId: id }, ...input })).toBe(want);
  });

  test('viewers of a name that moves are served at every moment', async () => {
    const { aws, create, pass } = createTenantWorld({ knobs: { domainActivationMs: [20_000, 20_000] } });
    const source = await create('source', { Domains: [{ Domain: 'shop.example.com' }, { Domain: 'b.example.com' }] });
    await create('target');
    await pass(25);
    const moved = await aws.call('cloudfront', 'UpdateDomainAssociation', { Domain: 'shop.example.com', TargetResource: { DistributionTenantId: current(aws, 'target').Id } });
    expect(moved).toMatchObject({ ETag: current(aws, 'target').IfMatch });
    expect(aws.serves('shop.example.com')).toMatchObject({ served: true, tenantId: source.Id });
    await pass(5);
    expect(aws.serves('shop.example.com')).toMatchObject({ served: true, tenantName: 'target' });
    expect(aws.inspect.tenants()).toMatchObject([{ domains: [{ domain: 'b.example.com' }] }, { domains: [{ domain: 'target.example.com' }, { domain: 'shop.example.com' }] }]);
  });

  test('a name moves from a distribution to a tenant', async () => {
    const { aws, create } = createTenantWorld();
    const { id } = aws.operator.createDistribution({ connectionMode: 'direct', aliases: ['old.example.com'] });
    await create('target');
    await aws.call('cloudfront', 'UpdateDomainAssociation', { Domain: 'old.example.com', TargetResource: { DistributionTenantId: current(aws, 'target').Id } });
    expect(aws.inspect.distributions().find((distribution) => distribution.id === id)?.aliases).toEqual([]);
    expect(await aws.call('cloudfront', 'GetDistributionTenantByDomain', { Domain: 'old.example.com' })).toMatchObject({ DistributionTenant: { Name: 'target' } });
  });
});

describe('a name that another account claims', () => {
  const unhurried = { domainActivationMs: [600_000, 600_000] } as const;
  const rows = [
    { claimedDomain: 'leaves', want: [] },
    { claimedDomain: 'staysInactive', want: [{ domain: 'abc.example.com', status: 'inactive' }] },
  ] as const;
  test.each(rows)('is theirs, and $claimedDomain here', async ({ claimedDomain, want }) => {
    const { aws, pass, create, outcome, tenant } = createTenantWorld({ knobs: { ...unhurried, claimedDomain } });
    await create('abc');
    await pass(5);
    aws.operator.claimDomain('abc.example.com');
    for (const seconds of [5, 600]) await pass(seconds);
    expect(aws.inspect.tenants()[0]?.domains).toEqual(want);
    expect(aws.serves('abc.example.com')).toMatchObject({ served: false });
    expect(await outcome('cloudfront', 'CreateDistributionTenant', tenant('other', { Domains: [{ Domain: 'abc.example.com' }] }))).toBe('CNAMEAlreadyExists');
  });

  test('was inactive, and not kept by a pending managed certificate', async () => {
    const { aws, pass, create } = createTenantWorld();
    await create('abc');
    await create('kept', { Domains: [{ Domain: 'shop.brand.com' }], Customizations: {}, ManagedCertificateRequest: { ValidationTokenHost: 'self-hosted' } });
    await pass(5);
    const claims = ['nobodys.example.com', 'abc.example.com', 'shop.brand.com'].map((name) => () => aws.operator.claimDomain(name));
    for (const [index, words] of ['no tenant of ours has it', 'it is active', 'a managed certificate is pending for it'].entries()) expect(claims[index]).toThrow(words);
  });
});
