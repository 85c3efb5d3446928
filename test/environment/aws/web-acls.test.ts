import { describe, expect, test } from 'vitest';
import type { Members } from './contract.ts';
import { createHandWorld, createTenantWorld, current, each, type HandWorld } from './hand-world.ts';
import { aclInput as acl, ruleInput as rule } from './waf-inputs.ts';

const addressIn = ({ aws }: HandWorld) => {
  const { id = '', name = '', lockToken = '' } = aws.inspect.webAcls()[0] ?? {};
  return { Name: name, Scope: 'CLOUDFRONT', Id: id, LockToken: lockToken };
};

const rate = (limit: number) => ({ RateBasedStatement: { Limit: limit, AggregateKeyType: 'IP' as const } });

describe('a web ACL is refused', () => {
  const rows: readonly { readonly name: string; readonly input: Members; readonly want: string }[] = [
    { name: 'with a dot in its name', input: { Name: 'a.b' }, want: 'WAFInvalidParameterException' },
    { name: 'of another scope', input: { Scope: 'REGIONAL' }, want: 'WAFInvalidParameterException' },
    { name: 'with two default actions', input: { DefaultAction: { Allow: {}, Block: {} } }, want: 'WAFInvalidParameterException' },
    { name: 'with an empty description', input: { Description: '' }, want: 'WAFInvalidParameterException' },
    { name: 'with an empty list of tags', input: { Tags: [] }, want: 'WAFInvalidParameterException' },
    { name: 'without a metric name', input: { VisibilityConfig: { SampledRequestsEnabled: true, CloudWatchMetricsEnabled: true } }, want: 'WAFInvalidParameterException' },
    { name: 'with two rules of one priority', input: { Rules: [rule(), rule({ Name: 's' })] }, want: 'WAFInvalidParameterException' },
    { name: 'with a rule that has no action', input: { Rules: [rule({ Action: undefined })] }, want: 'WAFInvalidParameterException' },
    { name: 'with a rule group that has an action', input: { Rules: [rule({ Statement: { ManagedRuleGroupStatement: { VendorName: 'AWS', Name: 'n' } } })] }, want: 'WAFInvalidParameterException' },
    { name: 'with a rate below 10', input: { Rules: [rule({ Statement: rate(9) })] }, want: 'WAFInvalidParameterException' },
    { name: 'with eleven rate rules', input: { Rules: Array.from({ length: 11 }, (_, index) => rule({ Name: `r${index}`, Priority: index, Statement: rate(10) })) }, want: 'WAFLimitsExceededException' },
    { name: 'with an IP set that is not there', input: { Rules: [rule({ Statement: { IPSetReferenceStatement: { ARN: 'arn:aws:wafv2:x' } } })] }, want: 'WAFNonexistentItemException' },
  ];
  test.each(rows)('$name', async ({ input, want }) => {
    const { aws, outcome } = createHandWorld();
    expect(await outcome('wafv2', 'CreateWebACL', acl(input))).toBe(want);
    expect(aws.inspect.webAcls()).toEqual([]);
  });

  test('with a name that is taken, and beyond the quota', async () => {
    const { outcome } = createHandWorld({ knobs: { maxWebAcls: 1 } });
    expect(await outcome('wafv2', 'CreateWebACL', acl())).toBe('ok');
    expect(await outcome('wafv2', 'CreateWebACL', acl())).toBe('WAFDuplicateItemException');
    expect(await outcome('wafv2', 'CreateWebACL', acl({ Name: 'other' }))).toBe('WAFLimitsExceededException');
  });
});

test('an update replaces everything but name and tags, and moves the lock token', async () => {
  const world = createHandWorld();
  await world.aws.call('wafv2', 'CreateWebACL', acl({ Description: 'of a tier', Tags: [{ Key: 'k', Value: 'v' }] }));
  const address = addressIn(world);
  const update = { ...acl({ Rules: [rule()] }), ...address };
  expect(await world.aws.call('wafv2', 'UpdateWebACL', update)).toEqual({ NextLockToken: addressIn(world).LockToken });
  expect(await world.outcome('wafv2', 'UpdateWebACL', update)).toBe('WAFOptimisticLockException');
  const { WebACL: after } = await world.aws.call('wafv2', 'GetWebACL', { ARN: world.aws.inspect.webAcls()[0]?.arn });
  expect(after).toMatchObject({ Name: 'acl', Rules: [{ Name: 'r' }] });
  expect(after).not.toHaveProperty('Description');
  expect(world.aws.inspect.webAcls()).toMatchObject([{ tags: { k: 'v' } }]);
});

test('a new ACL can be attached only once CloudFront knows it', async () => {
  const { aws, pass, outcome, tenant, certificateArn } = createTenantWorld({ knobs: { webAclPropagationMs: [30_000, 30_000] } });
  await aws.call('wafv2', 'CreateWebACL', acl());
  const { arn } = aws.inspect.webAcls()[0] ?? {};
  const input = tenant('abc', { Customizations: { Certificate: { Arn: certificateArn }, WebAcl: { Action: 'override', Arn: arn } } });
  expect(await outcome('cloudfront', 'CreateDistributionTenant', input)).toBe('InvalidArgument');
  await pass(30);
  expect(await outcome('cloudfront', 'CreateDistributionTenant', input)).toBe('ok');
});

describe('associations', () => {
  test('they are counted over tenants and distributions up to the quota, and a tenant that has the ACL may keep it', async () => {
    const { aws, create, outcome, tenant, certificateArn } = createTenantWorld({ knobs: { maxAssociationsPerWebAcl: 2 } });
    const { arn } = aws.operator.createWebACL({ name: 'acl' });
    aws.operator.createDistribution({ webAclArn: arn });
    const override = { Customizations: { Certificate: { Arn: certificateArn }, WebAcl: { Action: 'override', Arn: arn } } };
    await create('abc', override);
    expect(await outcome('cloudfront', 'CreateDistributionTenant', tenant('def', override))).toBe('EntityLimitExceeded');
    expect(await outcome('cloudfront', 'UpdateDistributionTenant', { ...current(aws, 'abc'), ...override })).toBe('ok');
    expect(aws.inspect.webAcls()).toMatchObject([{ associations: 2 }]);
  });

  test('whether overrides count is a knob', async () => {
    const { aws, create, certificateArn } = createTenantWorld({ knobs: { maxAssociationsPerWebAcl: 0, overridesCountTowardsWebAclQuota: false } });
    const { arn } = aws.operator.createWebACL({ name: 'acl' });
    await create('abc', { Customizations: { Certificate: { Arn: certificateArn }, WebAcl: { Action: 'override', Arn: arn } } });
    expect(aws.inspect.webAcls()).toMatchObject([{ associations: 1 }]);
  });

  test('an ACL is deleted only after its last use has been forgotten', async () => {
    const world = createTenantWorld({ knobs: { webAclUseLingerMs: [60_000, 60_000] } });
    const { aws, create, pass, outcome } = world;
    const { arn } = aws.operator.createWebACL({ name: 'acl' });
    await create('abc');
    await aws.call('cloudfront', 'AssociateDistributionTenantWebACL', { Id: current(aws, 'abc').Id, WebACLArn: arn });
    await pass(5);
    expect(aws.serves('abc.example.com')).toMatchObject({ webAclArn: arn });
    await aws.call('cloudfront', 'DisassociateDistributionTenantWebACL', { Id: current(aws, 'abc').Id });
    expect(await outcome('wafv2', 'DeleteWebACL', addressIn(world))).toBe('WAFAssociatedItemException');
    await pass(5);
    expect(await outcome('wafv2', 'DeleteWebACL', addressIn(world))).toBe('WAFAssociatedItemException');
    await pass(60);
    expect(await outcome('wafv2', 'DeleteWebACL', addressIn(world))).toBe('ok');
  });

  test('they are listed only when the tenant is read anew', async () => {
    const { aws, create, certificateArn } = createTenantWorld({ knobs: { staleReads: [1, 1] } });
    const { arn } = aws.operator.createWebACL({ name: 'acl' });
    const listed = async () => each(await aws.call('cloudfront', 'ListDistributionTenantsByCustomization', { WebACLArn: arn }), 'DistributionTenantList', 'Name');
    await create('abc', { Customizations: { Certificate: { Arn: certificateArn }, WebAcl: { Action: 'override', Arn: arn } } });
    expect([await listed(), await listed()]).toEqual([[], ['abc']]);
  });

  const leftovers = [
    { knob: 'inherit', want: undefined },
    { knob: 'disable', want: { Action: 'disable' } },
  ] as const;
  test.each(leftovers)('what a disassociation leaves behind is a knob: $knob', async ({ knob, want }) => {
    const { aws, create } = createTenantWorld({ knobs: { disassociatedWebAcl: knob } });
    const { arn } = aws.operator.createWebACL({ name: 'acl' });
    const { Id: id } = await create('abc');
    await aws.call('cloudfront', 'AssociateDistributionTenantWebACL', { Id: id, WebACLArn: arn });
    await aws.call('cloudfront', 'DisassociateDistributionTenantWebACL', { Id: id });
    expect(aws.inspect.tenants()[0]?.customizations.WebAcl).toEqual(want);
  });
});

test('tags and lists', async () => {
  const { aws } = createHandWorld();
  const { arn } = aws.operator.createWebACL({ name: 'acl', tags: { k: 'v' } });
  await aws.call('wafv2', 'TagResource', { ResourceARN: arn, Tags: [{ Key: 'more', Value: '' }] });
  await aws.call('wafv2', 'UntagResource', { ResourceARN: arn, TagKeys: ['k'] });
  expect(await aws.call('wafv2', 'ListTagsForResource', { ResourceARN: arn })).toEqual({ TagInfoForResource: { ResourceARN: arn, TagList: [{ Key: 'more', Value: '' }] } });
  expect(await aws.call('wafv2', 'ListWebACLs', { Scope: 'CLOUDFRONT' })).toMatchObject({ WebACLs: [{ Name: 'acl', ARN: arn }] });
});
