import { describe, expect, test } from 'vitest';
import type { Depth, Refusal } from '../../../../reconcilers/contract.ts';
import { type TenantAddress, tenantObserver } from '../../../../reconcilers/tenant-domain/distribution-tenant/observe.ts';
import type { TenantAction } from '../../../../reconcilers/tenant-domain/distribution-tenant/tenant.ts';
import { domains, failure, look, noon } from '../../builders.ts';
import { type Account, putTenant, setUp } from '../account.ts';
import { config, noLessons, owner, shop, tenantName } from '../builders.ts';

const seeing = (account: Account) => {
  const observe = tenantObserver(account);
  return (over: { readonly depth?: Depth; readonly refusals?: readonly Refusal[] } & Partial<TenantAddress> = {}) =>
    account.landed(observe({ owner, names: shop, webAcl: undefined, webAclToProve: undefined, ...over }, look({ depth: over.depth ?? 'shared', refusals: over.refusals ?? [], notBefore: account.now() })));
};

const calm = { ...noLessons, taken: [], webAclAllowed: { known: true, value: true }, slots: { known: true, value: [] } };
const base = { concern: 'Programmed', because: '', destroys: false, needs: 'shared', name: tenantName } as const;
const created = (...names: readonly string[]): TenantAction => ({ ...base, verb: 'CreateDistributionTenant', config: config({ domains: domains(...names) }), seat: undefined, request: undefined });
const refusal = (action: TenantAction, code = 'CNAMEAlreadyExists'): Refusal => ({ action, failure: failure('blocked', code), at: noon });

describe('the tenant', () => {
  test.each(['shared', 'live'] as const)('is absent in an empty account, looking at %s', async (depth) => {
    await expect(seeing(setUp())({ depth })).resolves.toEqual({ ...calm, tenant: { known: true, value: { is: 'absent' } } });
  });

  test('is found by its name in the list that all share, without its parameters', async () => {
    const account = setUp();
    await putTenant(account);
    const { tenant } = await seeing(account)();
    expect(tenant).toMatchObject({ known: true, value: { is: 'present', tenant: { name: tenantName, deployed: true, enabled: true, parameters: undefined, domains: [{ name: 'shop.example.com', active: true }] } } });
    expect(account.asked()).toEqual(['ListDistributionTenants']);
  });

  test('comes whole from AWS itself, its mark read', async () => {
    const account = setUp();
    await putTenant(account);
    const { tenant } = await seeing(account)({ depth: 'live' });
    expect(tenant).toMatchObject({ known: true, value: { is: 'present', tenant: { name: tenantName, parameters: [], distributionId: account.distributionId, connectionGroupId: account.group.id, certificateArn: account.wildcardArn, webAcl: { is: 'inherit' } } } });
    expect(account.asked()).toEqual(['GetDistributionTenant', 'ListTagsForResource']);
  });

  test.each([
    { name: 'nobody marked', who: 'untagged' as const },
    { name: 'another installation made', who: { installation: 'other' } },
  ])('is foreign where $name one of its name (R14)', async ({ who }) => {
    const account = setUp();
    await putTenant(account, who);
    await expect(seeing(account)({ depth: 'live' })).resolves.toMatchObject({ tenant: { known: true, value: { is: 'foreign', arn: account.simulator.inspect.tenants()[0]?.arn } } });
  });

  test('made before the cluster was rebuilt is ours, whatever its uid (R1)', async () => {
    const account = setUp();
    await putTenant(account, { uid: 'an older one' });
    await expect(seeing(account)({ depth: 'live' })).resolves.toMatchObject({ tenant: { known: true, value: { is: 'present' } } });
  });

  test.each([{ depth: 'shared', denied: 'ListDistributionTenants' }, { depth: 'live', denied: 'GetDistributionTenant' }] as const)('is not seen where $denied fails', async ({ depth, denied }) => {
    const account = setUp({ deniedActions: [`cloudfront:${denied}`] });
    await expect(seeing(account)({ depth })).resolves.toMatchObject({ tenant: { known: false, failure: { kind: 'blocked', reason: 'AccessDenied' } } });
  });
});

describe('after a refusal', () => {
  test('that named no domain, it is asked which one another tenant of the account holds', async () => {
    const account = setUp();
    await account.simulator.call('cloudfront', 'CreateDistributionTenant', { Name: 'theirs', DistributionId: account.distributionId, Domains: [{ Domain: 'b.example.com' }], Customizations: { Certificate: { Arn: account.wildcardArn } }, Enabled: true });
    const names = domains('a.example.com', 'b.example.com');
    await expect(seeing(account)({ names, refusals: [refusal(created(...names))] })).resolves.toMatchObject({ taken: domains('b.example.com'), cautious: true, refusedAlone: [] });
  });

  test('of a single name, that name is known to be held, by whatever account', async () => {
    const account = setUp();
    await expect(seeing(account)({ refusals: [refusal(created('shop.example.com'))] })).resolves.toMatchObject({ taken: [], cautious: true, refusedAlone: shop });
  });

  test('it is asked once, and again after the next one', async () => {
    const account = setUp();
    const see = seeing(account);
    const [first, second] = [refusal(created('a.example.com', 'shop.example.com')), refusal(created('shop.example.com'))];
    for (const refusals of [[first], [first], [first, second], [first, second]]) await see({ refusals });
    expect(account.asked().filter((operation) => operation === 'GetDistributionTenantByDomain')).toHaveLength(2);
  });

  test('to disable with the whole configuration, it is disabled with nothing else said', async () => {
    const disable: TenantAction = { ...base, verb: 'DisableDistributionTenant', id: 'dt_1', etag: 'E1', config: undefined };
    const see = seeing(setUp());
    await expect(see({ refusals: [refusal(disable, 'InvalidArgument')] })).resolves.toMatchObject({ disableAlone: true });
    await expect(see({ refusals: [refusal(disable, 'PreconditionFailed')] })).resolves.toMatchObject({ disableAlone: false });
  });

  test("of a sibling, nothing is to be learnt", async () => {
    await expect(seeing(setUp())({ refusals: [{ ...refusal(created('shop.example.com')), action: { ...created('shop.example.com'), concern: 'CertificateReady' } }] })).resolves.toMatchObject({ cautious: false, refusedAlone: [] });
  });
});

describe('a web ACL that the tenant names itself', () => {
  test.each([
    { name: 'is allowed by its tag', tag: 'brand', allowed: true },
    { name: 'is not allowed with the tag of another namespace', tag: 'other', allowed: false },
  ])('$name', async ({ tag, allowed }) => {
    const account = setUp();
    const { arn } = account.simulator.operator.createWebACL({ name: 'x', tags: { 'tenantedge.dev/allow-namespace': tag } });
    await expect(seeing(account)({ webAclToProve: arn })).resolves.toMatchObject({ webAclAllowed: { known: true, value: allowed } });
  });

  test('whose tags cannot be read is neither', async () => {
    const account = setUp({ deniedActions: ['wafv2:ListTagsForResource'] });
    const { arn } = account.simulator.operator.createWebACL({ name: 'x' });
    await expect(seeing(account)({ webAclToProve: arn })).resolves.toMatchObject({ webAclAllowed: { known: false } });
  });
});
