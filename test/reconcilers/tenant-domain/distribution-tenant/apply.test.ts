import { describe, expect, test } from 'vitest';
import { applyTenant } from '../../../../reconcilers/tenant-domain/distribution-tenant/apply.ts';
import type { CreateTenant, TenantAction, TenantConfig, UpdateTenant } from '../../../../reconcilers/tenant-domain/distribution-tenant/tenant.ts';
import type { Knobs } from '../../../environment/aws/knobs.ts';
import { domains, signal } from '../../builders.ts';
import { type Account, putTenant, setUp } from '../account.ts';
import { config, owner, tenantName } from '../builders.ts';

const base = { concern: 'Programmed', because: '', destroys: false, needs: 'live', name: tenantName } as const;
const nothing = { seat: undefined, request: undefined, moving: undefined, again: false } as const;
const configIn = ({ distributionId, group, wildcardArn }: Account, over: Partial<TenantConfig> = {}): TenantConfig => config({ distributionId, connectionGroupId: group.id, certificateArn: wildcardArn, ...over });
const create = (account: Account, over: Partial<TenantConfig> = {}, takes: Partial<CreateTenant> = {}): TenantAction => ({ ...base, seat: undefined, request: undefined, ...takes, verb: 'CreateDistributionTenant', config: configIn(account, over) });
const there = ({ simulator }: Account) => simulator.inspect.tenants().find(({ name }) => name === tenantName);
const version = (account: Account) => ({ id: there(account)?.id ?? '', etag: there(account)?.etag ?? '' });
const update = (account: Account, over: Partial<TenantConfig> = {}, takes: Partial<UpdateTenant> = {}): TenantAction => ({ ...base, ...nothing, ...takes, ...version(account), verb: 'UpdateDistributionTenant', config: configIn(account, over), adds: [] });
const applying = (account: Account, action: TenantAction) => applyTenant(account, owner, action, signal);

describe('a create', () => {
  test('says everything, with our tags, and tells the tenant as AWS answered it', async () => {
    const account = setUp();
    const { arn } = account.simulator.operator.createWebACL({ name: 'x' });
    const learned = await applying(account, create(account, { webAcl: { is: 'override', arn }, geo: { type: 'whitelist', countries: ['DE'] }, parameters: [{ name: 'path', value: '/a' }] }));
    expect(there(account)).toMatchObject({
      name: tenantName, distributionId: account.distributionId, connectionGroupId: account.group.id, enabled: true, domains: [{ domain: 'shop.example.com' }], parameters: [{ Name: 'path', Value: '/a' }],
      customizations: { Certificate: { Arn: account.wildcardArn }, WebAcl: { Action: 'override', Arn: arn }, GeoRestrictions: { RestrictionType: 'whitelist', Locations: ['DE'] } },
      tags: { 'tenantedge.dev/installation': 'test', 'tenantedge.dev/owner': 'brand/shop', 'tenantedge.dev/uid': 'uid-1' },
    });
    expect(learned).toMatchObject({ is: 'tenant', tenant: { name: tenantName, etag: there(account)?.etag, parameters: [{ name: 'path', value: '/a' }] } });
  });

  test('made twice is made once: the second finds the name taken, and looks (R2)', async () => {
    const account = setUp();
    await applying(account, create(account));
    await expect(applying(account, create(account))).rejects.toMatchObject({ kind: 'conflict', reason: 'NameTaken' });
    expect(account.simulator.inspect.tenants()).toHaveLength(1);
  });

  test('needs no reading of tags afterwards: this process made it', async () => {
    const account = setUp();
    await applying(account, create(account));
    await expect(account.marks.of(there(account)?.arn ?? '', signal)).resolves.toEqual(owner);
    expect(account.asked()).toEqual(['CreateDistributionTenant']);
  });

  test('leaves the group to CloudFront where none is known', async () => {
    const account = setUp();
    await applying(account, create(account, { connectionGroupId: undefined }));
    expect(there(account)?.connectionGroupId).toBe(account.group.id);
  });

  test.each([
    { name: 'one name, which is then named', names: ['shop.example.com'], message: /^shop\.example\.com is associated with another CloudFront resource/ },
    { name: 'two names, of which nobody knows which', names: ['a.example.com', 'shop.example.com'], message: /^create distribution tenant .*CNAMEAlreadyExists/ },
  ])('is refused for $name', async ({ names, message }) => {
    const account = setUp();
    account.simulator.operator.foreignDomain('shop.example.com');
    const [failure] = await Promise.allSettled([applying(account, create(account, { domains: domains(...names) }))]);
    expect(failure).toMatchObject({ status: 'rejected', reason: { kind: 'blocked', reason: 'DomainTaken', code: 'CNAMEAlreadyExists', message: expect.stringMatching(message) as string } });
  });
});

describe('an update', () => {
  test('says everything again, so that nothing is lost that it does not change (R5)', async () => {
    const account = setUp();
    await putTenant(account);
    await applying(account, update(account, { geo: { type: 'none', countries: [] }, webAcl: { is: 'disable' } }));
    expect(there(account)?.customizations).toEqual({ Certificate: { Arn: account.wildcardArn }, WebAcl: { Action: 'disable' }, GeoRestrictions: { RestrictionType: 'none' } });
  });

  test('from an older version is a conflict, and changes nothing', async () => {
    const account = setUp();
    await putTenant(account);
    const stale = update(account, { domains: domains('b.example.com') });
    account.simulator.operator.editTenant(tenantName, { Enabled: false });
    await expect(applying(account, stale)).rejects.toMatchObject({ kind: 'conflict' });
    expect(there(account)?.domains).toMatchObject([{ domain: 'shop.example.com' }]);
  });

  test('is known to the fleet at once', async () => {
    const account = setUp();
    await putTenant(account);
    await applying(account, update(account, { enabled: false }));
    await expect(account.fleet.tenants.get(tenantName, { notBefore: account.now(), signal })).resolves.toMatchObject({ enabled: false, etag: there(account)?.etag });
  });
});

describe('a request for a certificate of CloudFront\'s own', () => {
  const byCloudFront = { request: { host: 'cloudfront' } } as const;
  const bare = { certificateArn: undefined } as const;

  test('goes with the write, and nothing else is said of it', async () => {
    const account = setUp();
    account.zones.set('shop.example.com', 'CNAME', [account.group.endpoint]);
    await account.landed(applying(account, create(account, bare, byCloudFront)));
    const sent = account.simulator.log.find(({ operation }) => operation === 'CreateDistributionTenant')?.input;
    expect(sent).toMatchObject({ ManagedCertificateRequest: { ValidationTokenHost: 'cloudfront' } });
    expect(Object.keys(sent?.['ManagedCertificateRequest'] as object)).toEqual(['ValidationTokenHost']);
    expect(there(account)?.managedCertificateArn).toBeDefined();
  });

  test('goes with an update too, and needs no DNS where the customer serves the token', async () => {
    const account = setUp();
    await putTenant(account);
    await account.landed(applying(account, update(account, {}, { request: { host: 'self-hosted' } })));
    expect(there(account)?.managedCertificateArn).toBeDefined();
  });

  test('of which CloudFront does not see yet that its names lead here waits', async () => {
    const account = setUp();
    const [result] = await account.landed(Promise.allSettled([applying(account, create(account, bare, byCloudFront))]));
    expect(result).toMatchObject({ status: 'rejected', reason: { kind: 'unsettled', reason: 'WaitingForValidation', code: 'InvalidArgument', message: expect.stringMatching(/^our DNS sees shop\.example\.com point here, CloudFront does not yet; it is asked again: create distribution tenant/) as string } });
    expect(there(account)).toBeUndefined();
  });

  test('refused for something else is no matter of validation', async () => {
    const account = setUp();
    const [result] = await account.landed(Promise.allSettled([applying(account, create(account, { domains: domains('*.example.org') }, { request: { host: 'self-hosted' } }))]));
    expect(result).toMatchObject({ status: 'rejected', reason: { kind: 'unsettled', reason: 'Pending' } });
  });
});

describe('a move to another distribution', () => {
  const moving = async (how: UpdateTenant['moving'], reparenting: Knobs['reparenting']) => {
    const account = setUp({ reparenting });
    await putTenant(account);
    const { id: distributionId } = account.simulator.operator.createDistribution();
    const over = { distributionId, ...(how === 'together' ? { geo: { type: 'none', countries: [] } as const } : {}) };
    const [result] = await account.landed(Promise.allSettled([applying(account, update(account, over, { moving: how }))]));
    return { result, moved: there(account)?.distributionId === distributionId };
  };

  test.each([
    { name: 'with all that changes', how: 'together', reparenting: 'together' },
    { name: 'alone', how: 'alone', reparenting: 'alone' },
  ] as const)('is made $name, where AWS allows it', async ({ how, reparenting }) => {
    await expect(moving(how, reparenting)).resolves.toMatchObject({ result: { status: 'fulfilled' }, moved: true });
  });

  test.each(['alone', 'refused'] as const)('that AWS does not make with all that changes is looked at again at once (%s)', async (reparenting) => {
    await expect(moving('together', reparenting)).resolves.toMatchObject({ result: { status: 'rejected', reason: { kind: 'conflict' } }, moved: false });
  });

  test("that AWS does not make at all is blocked, in AWS's words", async () => {
    await expect(moving('alone', 'refused')).resolves.toMatchObject({
      result: { status: 'rejected', reason: { kind: 'blocked', reason: 'MoveRefused', code: 'InvalidAssociation', message: expect.stringMatching(/^CloudFront refuses to move the tenant to distribution E\w+, so that it is served as before: update distribution tenant .* cannot be associated/) as string } },
      moved: false,
    });
  });
});

describe('an end', () => {
  test.each([{ name: 'with all that it has', isWhole: true }, { name: 'alone', isWhole: false }])('begins with a disable, said $name', async ({ isWhole }) => {
    const account = setUp();
    await putTenant(account);
    await applying(account, { ...base, ...version(account), verb: 'DisableDistributionTenant', config: isWhole ? configIn(account) : undefined });
    expect(there(account)).toMatchObject({ enabled: false, customizations: { Certificate: { Arn: account.wildcardArn } }, domains: [{ domain: 'shop.example.com' }] });
  });

  test('is a deletion of what is disabled; of what is not, the picture was old', async () => {
    const account = setUp();
    await putTenant(account);
    const remove = (): Promise<unknown> => applying(account, { ...base, ...version(account), verb: 'DeleteDistributionTenant' });
    await expect(remove()).rejects.toMatchObject({ kind: 'conflict' });
    account.simulator.operator.editTenant(tenantName, { Enabled: false });
    await account.clock.advance(60_000);
    await remove();
    expect(there(account)).toBeUndefined();
  });

  test('of what is gone already is done', async () => {
    await expect(applying(setUp(), { ...base, id: 'dt_gone', etag: 'E1', verb: 'DeleteDistributionTenant' })).resolves.toBeUndefined();
  });
});
