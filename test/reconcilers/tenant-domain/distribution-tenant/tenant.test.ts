import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { configOf, differences, hashOfConfig, takenMessage, type Tenant, type TenantConfig } from '../../../../reconcilers/tenant-domain/distribution-tenant/tenant.ts';
import { domains } from '../../builders.ts';
import { arnOf, config, tenant, tenantSpec } from '../builders.ts';

const acl = (name: string) => ({ is: 'override', arn: `arn:aws:wafv2:us-east-1:111122223333:global/webacl/${name}/1` }) as const;

describe('differences', () => {
  type Row = { readonly name: string; readonly wanted?: Partial<TenantConfig>; readonly tenant?: Partial<Tenant>; readonly want: readonly string[] };
  const rows: readonly Row[] = [
    { name: 'nothing', want: [] },
    { name: 'names', wanted: { domains: domains('a.example.com', 'b.example.com') }, want: ['domains +a.example.com +b.example.com -shop.example.com'] },
    { name: 'the distribution', wanted: { distributionId: 'E2NEW' }, want: ['distribution E2EXAMPLE -> E2NEW'] },
    { name: 'the group', wanted: { connectionGroupId: 'cg_2' }, want: ['connection group cg_1 -> cg_2'] },
    { name: 'no group asked for', wanted: { connectionGroupId: undefined }, want: [] },
    { name: 'the certificate', wanted: { certificateArn: arnOf('b') }, want: [`certificate ${arnOf('a')} -> ${arnOf('b')}`] },
    { name: 'no certificate any more', wanted: { certificateArn: undefined }, want: [`certificate ${arnOf('a')} -> none`] },
    { name: 'a web ACL', wanted: { webAcl: acl('x') }, want: [`web ACL inherit -> ${acl('x').arn}`] },
    { name: 'another web ACL', wanted: { webAcl: acl('x') }, tenant: { webAcl: acl('y') }, want: [`web ACL ${acl('y').arn} -> ${acl('x').arn}`] },
    { name: 'no web ACL', wanted: { webAcl: { is: 'disable' } }, want: ['web ACL inherit -> disable'] },
    { name: 'countries', wanted: { geo: { type: 'whitelist', countries: ['AT', 'DE'] } }, tenant: { geo: { type: 'whitelist', countries: ['DE'] } }, want: ['geo restriction Allow DE -> Allow AT,DE'] },
    { name: 'no restriction any more', tenant: { geo: { type: 'blacklist', countries: ['DE'] } }, want: ['geo restriction Deny DE -> none'] },
    { name: 'parameters', wanted: { parameters: [{ name: 'a', value: '1' }] }, want: ['parameters none -> a=1'] },
    { name: 'parameters that no spec can hold', wanted: { parameters: [{ name: 'a', value: '1' }, { name: 'b', value: '2' }] }, tenant: { parameters: [{ name: 'a', value: '1,b=2' }] }, want: ['parameters a="1,b=2" -> a=1,b=2'] },
    { name: 'parameters that were not read', wanted: { parameters: [{ name: 'a', value: '1' }] }, tenant: { parameters: undefined }, want: [] },
    { name: 'enabled', wanted: { enabled: false }, want: ['enabled true -> false'] },
    { name: 'two things', wanted: { enabled: false, distributionId: 'E2NEW' }, want: ['distribution E2EXAMPLE -> E2NEW', 'enabled true -> false'] },
  ];
  test.each(rows)('are told in words: $name', ({ wanted, tenant: over, want }) => {
    expect(differences(config(wanted), tenant(over))).toEqual(want);
  });
});

const anyConfig: fc.Arbitrary<TenantConfig> = fc.record({
  distributionId: fc.constantFrom('E1', 'E2'),
  connectionGroupId: fc.constantFrom('cg_1', 'cg_2'),
  domains: fc.subarray([...domains('a.example.com', 'b.example.com', 'c.example.com')], { minLength: 1 }),
  certificateArn: fc.constantFrom(undefined, arnOf('a'), arnOf('b')),
  webAcl: fc.constantFrom<TenantConfig['webAcl']>({ is: 'inherit' }, { is: 'disable' }, acl('x'), acl('y')),
  geo: fc.constantFrom<TenantConfig['geo']>(undefined, { type: 'none', countries: [] }, { type: 'whitelist', countries: ['DE'] }, { type: 'blacklist', countries: ['DE'] }),
  parameters: fc.subarray([{ name: 'a', value: '1' }, { name: 'b', value: '2' }]),
  enabled: fc.boolean(),
});
const tenantWith = (of: TenantConfig): Tenant => tenant({ ...of, domains: of.domains.map((name) => ({ name, active: true })) });

describe('a configuration', () => {
  test('differs from another exactly where its hash does, and so does what is told of it', () => {
    fc.assert(
      fc.property(anyConfig, anyConfig, (one, other) => {
        const isSame = JSON.stringify(one) === JSON.stringify(other);
        expect(hashOfConfig(one) === hashOfConfig(other)).toBe(isSame);
        expect(differences(one, tenantWith(other)).length === 0).toBe(isSame);
      }),
      { numRuns: 1000 },
    );
  });

  test('is read back from the tenant that has it', () => {
    fc.assert(
      fc.property(anyConfig, (one) => {
        expect(configOf(tenantWith(one))).toEqual(one);
      }),
    );
  });

  test('is not known of a tenant whose parameters were not read', () => {
    expect(configOf(tenant({ parameters: undefined }))).toBeUndefined();
  });

  test('has a hash that knows nothing but the configuration', () => {
    expect(hashOfConfig(tenantSpec({ name: 'other' }))).toBe(hashOfConfig(config()));
  });
});

test('names that are taken come with what to do', () => {
  expect(takenMessage(domains('a.example.com', 'b.example.com'))).toBe('a.example.com, b.example.com is associated with another CloudFront resource: have its owner remove it there, or remove it from spec.domains');
});
