import { describe, expect, test } from 'vitest';
import type { Refusal } from '../../../../reconcilers/contract.ts';
import { tenantNameOf } from '../../../../reconcilers/names.ts';
import type { WebAclWant } from '../../../../reconcilers/tenant-domain/accept.ts';
import type { TenantAction } from '../../../../reconcilers/tenant-domain/distribution-tenant/tenant.ts';
import { aclOf, webAclFor } from '../../../../reconcilers/tenant-domain/distribution-tenant/web-acl.ts';
import { tenantOf } from '../../../../reconcilers/tenant-domain/observed.ts';
import { actionsIn } from '../../builders.ts';
import { owner } from '../builders.ts';
import { setUpSeats } from './seats-account.ts';

describe('the slots of a tier', () => {
  test('are its open web ACLs in their order, with those who sit at them and those on their way', async () => {
    const { account, openAcl, see, pass } = setUpSeats();
    const [first, second] = [openAcl(), openAcl()];
    await pass('a');
    account.seats.take({ arn: second, capacity: 2 }, 'on-its-way', []);
    await expect(see('b')).resolves.toMatchObject({ slots: { known: true, value: [{ arn: first, taken: 1 }, { arn: second, taken: 1 }] } });
  });

  test("do not hold what lacks the tier's mark: a status is a hint (R11)", async () => {
    const { openAcl, see } = setUpSeats();
    openAcl('nobody');
    openAcl({ ...owner, namespace: '', name: 'silver' });
    openAcl({ ...owner, namespace: 'gold', name: 'gold' });
    openAcl({ ...owner, installation: 'other', namespace: '', name: 'gold' });
    const arn = openAcl();
    await expect(see('a')).resolves.toMatchObject({ slots: { value: [{ arn }] } });
  });

  test('are the one that the tenant has, and no other, while it is open', async () => {
    const { openAcl, see, pass } = setUpSeats();
    const arn = openAcl();
    await pass('a');
    openAcl();
    await expect(see('a')).resolves.toMatchObject({ slots: { value: [{ arn, taken: 0 }] } });
  });

  test('do not hold one that is about to be deleted', async () => {
    const { account, openAcl, see } = setUpSeats();
    account.seats.close(openAcl());
    await expect(see('a')).resolves.toMatchObject({ slots: { known: true, value: [] } });
  });

  test.each(['wafv2:ListTagsForResource', 'cloudfront:ListDistributionTenants'])('are not known where %s is denied, and the tenant waits for that', async (denied) => {
    const { openAcl, see, planned } = setUpSeats({ deniedActions: [denied] });
    openAcl();
    const observed = await see('a');
    expect(planned('a', observed)).toMatchObject({ condition: { status: 'Unknown', reason: 'AccessDenied' }, move: { is: 'unseen', failure: { kind: 'blocked' } } });
  });

  test('at rest cost no call', async () => {
    const { account, openAcl, see, pass } = setUpSeats();
    openAcl();
    await pass('a');
    await see('a', { depth: 'shared' });
    account.asked();
    await see('a', { depth: 'shared' });
    expect(account.asked()).toEqual([]);
  });
});

describe('many tenants at once', () => {
  test('of 128 that all saw the same web ACL empty, 100 sit down at it, and 28 at the next', async () => {
    const { account, openAcl, seeing, planned, apply, pass, passing, sitting, forAll } = setUpSeats({ latencyMs: [1, 500] }, 100);
    openAcl();
    const names = Array.from({ length: 128 }, (_, index) => `t${index}`);
    const plans = await forAll(names, async (name) => ({ name, actions: actionsIn(planned(name, await seeing(name))) }));
    const tried = plans.flatMap(({ name, actions }) => actions.map((action) => ({ name, result: apply(name, action).then(() => undefined, (error: unknown) => error) })));
    const results = await account.landed(Promise.all(tried.map(async ({ name, result }) => ({ name, error: await result }))));
    const conflicts = results.filter(({ error }) => error !== undefined);
    expect({ sitting: sitting(), conflicts: conflicts.length }).toEqual({ sitting: [100], conflicts: 28 });
    for (const { error } of conflicts) expect(error).toMatchObject({ kind: 'conflict', reason: 'WebACLFull' });

    const late = conflicts.map(({ name }) => name);
    expect(await pass(late[0] ?? '')).toBe('WaitingForWebACL');
    openAcl();
    expect(new Set(await forAll(late, (name) => passing(name)))).toEqual(new Set(['Creating']));
    expect({ sitting: sitting(), tenants: account.simulator.inspect.tenants().length }).toEqual({ sitting: [100, 28], tenants: 128 });
  });
});

describe('a seat that a write took', () => {
  test('stays taken while nobody knows what became of the write, and is free again once the tenant is seen not to be there, when AWS cannot show an old picture any more', async () => {
    const { account, openAcl, apply, pass, planned, see } = setUpSeats({}, 1);
    openAcl();
    const [create] = actionsIn(planned('a', await see('a')));
    Object.assign(account.simulator.knobs, { failureProbability: 1 });
    const [result] = await account.landed(Promise.allSettled(create ? [apply('a', create)] : []));
    expect(result).toMatchObject({ status: 'rejected', reason: { kind: 'transient' } });
    Object.assign(account.simulator.knobs, { failureProbability: 0 });
    await expect(pass('b')).resolves.toBe('WaitingForWebACL');
    await see('a');
    await expect(pass('b')).resolves.toBe('WaitingForWebACL');
    await account.clock.advance(120_000);
    await see('a');
    await expect(pass('b')).resolves.toBe('Creating');
  });

  test('is held by the tenant itself where the answer was lost and the write was made', async () => {
    const { account, openAcl, pass, see } = setUpSeats({}, 1);
    const arn = openAcl();
    Object.assign(account.simulator.knobs, { lostProbability: 1 });
    await expect(pass('a')).resolves.toMatchObject({ kind: 'transient' });
    Object.assign(account.simulator.knobs, { lostProbability: 0 });
    await expect(see('a')).resolves.toMatchObject({ slots: { value: [{ arn, taken: 0 }] } });
    await expect(pass('b')).resolves.toBe('WaitingForWebACL');
  });

  test('is given back by a definite refusal', async () => {
    const { account, openAcl, pass } = setUpSeats({}, 1);
    openAcl();
    account.simulator.operator.foreignDomain('a.example.com');
    await expect(pass('a')).resolves.toMatchObject({ kind: 'blocked', reason: 'DomainTaken' });
    await expect(pass('b')).resolves.toBe('Creating');
  });

  test('is given back with the tenant', async () => {
    const { account, openAcl, pass, see } = setUpSeats({}, 1);
    openAcl();
    await pass('a');
    account.simulator.operator.deleteTenant(tenantNameOf({ ...owner, name: 'a' }));
    await account.clock.advance(120_000);
    await see('a');
    await expect(pass('b')).resolves.toBe('Creating');
  });
});

describe('a web ACL that AWS calls full, whatever we counted', () => {
  test('is not chosen again, by this tenant or others: the next one is', async () => {
    const { account, openAcl, pass, see, sitting } = setUpSeats({ maxAssociationsPerWebAcl: 1 });
    const [full] = [openAcl(), openAcl()];
    await pass('a');
    const refusals: Refusal[] = [];
    await expect(pass('b', refusals)).resolves.toMatchObject({ kind: 'blocked', reason: 'QuotaExceeded' });
    expect(account.seats.isRefused(full, 1)).toBe(true);
    await expect(see('c')).resolves.toMatchObject({ fullAcls: [full] });
    await expect(pass('b', refusals)).resolves.toBe('Creating');
    expect(sitting()).toEqual([1, 1]);
  });

  test('is waited for, where it is the only one, until the tier opens another', async () => {
    const { openAcl, pass } = setUpSeats({ maxAssociationsPerWebAcl: 1 });
    openAcl();
    await pass('a');
    const refusals: Refusal[] = [];
    await pass('b', refusals);
    await expect(pass('b', refusals)).resolves.toBe('WaitingForWebACL');
    openAcl();
    await expect(pass('b', refusals)).resolves.toBe('Creating');
  });

  test('and is not at fault where the account may have no more tenants: that is what is told, and no web ACL after the other is opened for it', async () => {
    const { account, openAcl, pass, see } = setUpSeats({ maxTenants: 1 });
    const [first, second] = [openAcl(), openAcl()];
    await pass('a');
    const refusals: Refusal[] = [];
    for (const _ of [first, second]) await expect(pass('b', refusals)).resolves.toMatchObject({ reason: 'QuotaExceeded' });
    expect(account.seats.isRefused(second, 0)).toBe(false);
    const observed = await see('b', { refusals });
    expect(observed.fullAcls).toEqual([]);
    expect(refusals.map(({ action }) => ('seat' in action ? (action as Extract<TenantAction, { verb: 'CreateDistributionTenant' }>).seat?.arn : undefined))).toEqual([first, second]);
  });
});

test('a tenant keeps its web ACL, though its tier holds fewer tenants each from now on', async () => {
  const { account, openAcl, see, pass } = setUpSeats({}, 2);
  const arn = openAcl();
  await pass('a');
  await pass('b');
  const observed = await see('b');
  const want: WebAclWant = { is: 'seat', tier: 'gold', open: [arn], capacity: 1 };
  const tenant = tenantOf({ tenant: observed });
  expect(webAclFor(want, observed, tenant)).toEqual({ webAcl: { is: 'override', arn }, seat: { arn, capacity: 1 } });
  expect([aclOf(tenant), account.seats.others(arn, tenant?.name ?? '', [tenantNameOf({ ...owner, name: 'a' })])]).toEqual([arn, 1]);
});
