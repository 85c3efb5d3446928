import { describe, expect, test } from 'vitest';
import type { Members } from './contract.ts';
import { createTenantWorld, current } from './hand-world.ts';
import type { Knobs } from './knobs.ts';

const domains = (...names: readonly string[]): Members => ({ Domains: names.map((name) => ({ Domain: name })) });

describe('update', () => {
  test('keeps the members that are not given, and replaces customizations as one block', async () => {
    const { aws, create, certificateArn } = createTenantWorld();
    const { arn: aclArn } = aws.operator.createWebACL({ name: 'acl' });
    const target = await create('abc', { Customizations: { Certificate: { Arn: certificateArn }, WebAcl: { Action: 'override', Arn: aclArn } } });
    await aws.call('cloudfront', 'UpdateDistributionTenant', { ...target, Enabled: false });
    expect(aws.inspect.tenants()[0]).toMatchObject({ enabled: false, customizations: { WebAcl: { Arn: aclArn } } });
    await aws.call('cloudfront', 'UpdateDistributionTenant', { ...current(aws, 'abc'), Customizations: { Certificate: { Arn: certificateArn } } });
    expect(aws.inspect.tenants()[0]?.customizations).toEqual({ Certificate: { Arn: certificateArn } });
  });

  type Row = { readonly name: string; readonly given: Partial<Knobs>; readonly update: (acl: string, certificate: string) => Members; readonly want: readonly string[] };
  const rows: readonly Row[] = [
    { name: 'omitted members are cleared', given: { omittedMembers: 'clear' }, update: () => domains('abc.example.com'), want: [] },
    { name: 'customizations are merged', given: { customizations: 'merge' }, update: (acl) => ({ Customizations: { WebAcl: { Action: 'override', Arn: acl } } }), want: ['Certificate', 'WebAcl'] },
    { name: 'empty customizations clear them', given: {}, update: () => ({ Customizations: {} }), want: [] },
  ];
  test.each(rows)('$name', async ({ given, update, want }) => {
    const world = createTenantWorld({ knobs: given });
    const { id: covered } = world.aws.operator.createDistribution({ certificateArn: world.certificateArn });
    const { arn: acl } = world.aws.operator.createWebACL({ name: 'acl' });
    const target = await world.create('abc', { DistributionId: covered });
    await world.aws.call('cloudfront', 'UpdateDistributionTenant', { ...target, ...update(acl, world.certificateArn) });
    expect(Object.keys(world.aws.inspect.tenants()[0]?.customizations ?? {}).toSorted()).toEqual(want);
  });

  const preconditions = [
    { name: 'an unknown tenant before anything else', change: { Id: 'dt_1', IfMatch: undefined }, want: 'EntityNotFound' },
    { name: 'no If-Match', change: { IfMatch: undefined }, want: 'InvalidIfMatchVersion' },
    { name: 'a garbled If-Match', change: { IfMatch: 'x' }, want: 'InvalidIfMatchVersion' },
    { name: 'a star, which is not known to work', change: { IfMatch: '*' }, want: 'InvalidIfMatchVersion' },
    { name: 'a stale If-Match before the state', change: { IfMatch: 'E1' }, want: 'PreconditionFailed' },
    { name: 'a tenant that is enabled', change: {}, want: 'ResourceNotDisabled' },
  ];
  test.each(preconditions)('delete refuses $name', async ({ change, want }) => {
    const { create, outcome } = createTenantWorld();
    const { Id: id, IfMatch: etag } = await create('abc');
    expect(await outcome('cloudfront', 'DeleteDistributionTenant', { Id: id, IfMatch: etag, ...change })).toBe(want);
  });

  test('a full configuration is refused once its certificate has expired, disabling alone is not', async () => {
    const { aws, create, outcome, certificateArn } = createTenantWorld();
    const target = await create('abc');
    aws.operator.expireCertificate(certificateArn);
    const whole = { ...target, Enabled: false, Customizations: { Certificate: { Arn: certificateArn } } };
    expect(await outcome('cloudfront', 'UpdateDistributionTenant', whole)).toBe('InvalidArgument');
    expect(await outcome('cloudfront', 'UpdateDistributionTenant', { ...target, Enabled: false })).toBe('ok');
  });

  test('disabling alone is refused too where AWS checks what is not mentioned', async () => {
    const { aws, create, outcome, certificateArn } = createTenantWorld({ knobs: { checksOmittedMembers: true } });
    const target = await create('abc');
    aws.operator.expireCertificate(certificateArn);
    expect(await outcome('cloudfront', 'UpdateDistributionTenant', { ...target, Enabled: false })).toBe('InvalidArgument');
  });

  const moves = [
    { name: 'together with its group', reparenting: 'together', wants: ['ok', 'ok'] },
    { name: 'only by itself', reparenting: 'alone', wants: ['InvalidArgument', 'ok'] },
    { name: 'not at all', reparenting: 'refused', wants: ['InvalidAssociation', 'InvalidAssociation'] },
  ] as const;
  test.each(moves)('a tenant moves to another distribution $name', async ({ reparenting, wants }) => {
    const { aws, create, outcome } = createTenantWorld({ knobs: { reparenting } });
    const { id: group } = aws.operator.createConnectionGroup({ name: 'isolated' });
    const { id: distribution } = aws.operator.createDistribution();
    const both = await outcome('cloudfront', 'UpdateDistributionTenant', { ...(await create('abc')), DistributionId: distribution, ConnectionGroupId: group });
    const alone = await outcome('cloudfront', 'UpdateDistributionTenant', { ...(await create('def')), DistributionId: distribution });
    expect([both, alone]).toEqual(wants);
  });
});
