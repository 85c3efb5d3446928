import { describe, expect, test } from 'vitest';
import { createHandWorld, createTenantWorld, current } from './hand-world.ts';

const groupOf = (aws: ReturnType<typeof createHandWorld>['aws'], name: string) => {
  const group = aws.inspect.connectionGroups().find((each) => each.name === name);
  if (group === undefined) throw new Error(`find connection group "${name}": there is none`);
  return { Id: group.id, IfMatch: group.etag, endpoint: group.endpoint };
};

test('a group is deployed in its own time, and is found by id, name, ARN and endpoint', async () => {
  const { aws, pass } = createHandWorld();
  const { ConnectionGroup: group, ETag: etag } = await aws.call('cloudfront', 'CreateConnectionGroup', { Name: 'shared' });
  expect(group).toMatchObject({ Status: 'InProgress', Enabled: true, Ipv6Enabled: true, IsDefault: false });
  await pass(5);
  const { id, arn, endpoint } = aws.inspect.connectionGroups()[0] ?? { id: '', arn: '', endpoint: '' };
  const deployed = { ConnectionGroup: { Id: id, Status: 'Deployed', RoutingEndpoint: endpoint }, ETag: etag };
  for (const identifier of [id, arn, 'shared']) expect(await aws.call('cloudfront', 'GetConnectionGroup', { Identifier: identifier })).toMatchObject(deployed);
  expect(await aws.call('cloudfront', 'GetConnectionGroupByRoutingEndpoint', { RoutingEndpoint: endpoint })).toMatchObject(deployed);
});

describe('the default group', () => {
  const rows = [
    { madeBy: 'distribution', wants: [1, 1] },
    { madeBy: 'tenant', wants: [0, 1] },
  ] as const;
  test.each(rows)('is made by the first $madeBy', async ({ madeBy, wants }) => {
    const { aws, create } = createTenantWorld({ knobs: { defaultGroupMadeBy: madeBy } });
    const before = aws.inspect.connectionGroups().filter(({ isDefault }) => isDefault).length;
    await create('abc');
    expect([before, aws.inspect.connectionGroups().filter(({ isDefault }) => isDefault).length]).toEqual(wants);
  });

  test('is found by its flag in the list and can never be deleted', async () => {
    const { aws, outcome } = createTenantWorld();
    expect(await aws.call('cloudfront', 'ListConnectionGroups', {})).toMatchObject({ ConnectionGroups: [{ IsDefault: true }] });
    const { id, etag } = aws.inspect.connectionGroups()[0] ?? { id: '', etag: '' };
    await aws.call('cloudfront', 'UpdateConnectionGroup', { Id: id, IfMatch: etag, Enabled: false });
    expect(await outcome('cloudfront', 'DeleteConnectionGroup', { Id: id, IfMatch: aws.inspect.connectionGroups()[0]?.etag })).toBe('CannotDeleteEntityWhileInUse');
  });
});

test('it is deleted in the order that AWS asks for: no tenants, disabled, heard of by the edges', async () => {
  const { aws, create, pass, outcome } = createTenantWorld({ knobs: { disablePropagationMs: [10_000, 10_000] } });
  const { id } = aws.operator.createConnectionGroup({ name: 'isolated' });
  const remove = () => {
    const { Id, IfMatch } = groupOf(aws, 'isolated');
    return outcome('cloudfront', 'DeleteConnectionGroup', { Id, IfMatch });
  };
  await create('abc', { ConnectionGroupId: id });
  await pass(5);
  const outcomes = [await remove()];
  await aws.call('cloudfront', 'UpdateDistributionTenant', { ...current(aws, 'abc'), ConnectionGroupId: aws.operator.defaultConnectionGroup().id });
  outcomes.push(await remove());
  await pass(5);
  outcomes.push(await remove());
  const { Id, IfMatch } = groupOf(aws, 'isolated');
  await aws.call('cloudfront', 'UpdateConnectionGroup', { Id, IfMatch, Enabled: false });
  outcomes.push(await remove());
  await pass(10);
  outcomes.push(await remove());
  expect(outcomes).toEqual(['CannotDeleteEntityWhileInUse', 'CannotDeleteEntityWhileInUse', 'ResourceNotDisabled', 'ResourceNotDisabled', 'ok']);
});

test('tenants behind a disabled group are served until the edges have heard', async () => {
  const { aws, create, pass } = createTenantWorld();
  const { id } = aws.operator.createConnectionGroup({ name: 'isolated' });
  await create('abc', { ConnectionGroupId: id });
  await pass(5);
  const { Id, IfMatch } = groupOf(aws, 'isolated');
  await aws.call('cloudfront', 'UpdateConnectionGroup', { Id, IfMatch, Enabled: false });
  expect(aws.serves('abc.example.com').served).toBe(true);
  await pass(5);
  expect(aws.serves('abc.example.com')).toEqual({ served: false, why: 'the connection group is disabled or not deployed' });
});

describe('a group is refused', () => {
  const rows = [
    { name: 'with a name that is taken', given: {}, input: { Name: 'shared' }, want: 'EntityAlreadyExists' },
    { name: 'with a name of one letter', given: {}, input: { Name: 's' }, want: 'InvalidArgument' },
    { name: 'with an Anycast list, which no account has by default', given: {}, input: { Name: 'other', AnycastIpListId: 'aip_1' }, want: 'EntityNotFound' },
    { name: 'beyond the quota', given: { maxConnectionGroups: 1 }, input: { Name: 'other' }, want: 'EntityLimitExceeded' },
    { name: 'with a reserved tag', given: {}, input: { Name: 'other', Tags: { Items: [{ Key: 'aws:x' }] } }, want: 'InvalidTagging' },
  ];
  test.each(rows)('$name', async ({ given, input, want }) => {
    const { aws, outcome } = createHandWorld({ knobs: given });
    aws.operator.createConnectionGroup({ name: 'shared' });
    expect(await outcome('cloudfront', 'CreateConnectionGroup', input)).toBe(want);
  });
});

describe('an Anycast list that the account has', () => {
  const rows = [
    { name: 'is taken off with an empty id', given: 'removed', input: { AnycastIpListId: '' }, want: undefined },
    { name: 'may stay in spite of that, without a word', given: 'kept', input: { AnycastIpListId: '' }, want: 'aip_1' },
    { name: 'stays where an update does not mention it', given: 'removed', input: { Ipv6Enabled: false }, want: 'aip_1' },
    { name: 'is changed for another', given: 'removed', input: { AnycastIpListId: 'aip_2' }, want: 'aip_2' },
  ] as const;
  test.each(rows)('$name', async ({ given, input, want }) => {
    const { aws } = createHandWorld({ knobs: { anycastLists: ['aip_1', 'aip_2'], anycastListEmptied: given } });
    await aws.call('cloudfront', 'CreateConnectionGroup', { Name: 'front', AnycastIpListId: 'aip_1' });
    const [group] = aws.inspect.connectionGroups();
    await aws.call('cloudfront', 'UpdateConnectionGroup', { Id: group?.id, IfMatch: group?.etag, ...input });
    expect(aws.inspect.connectionGroups()[0]?.anycastList).toBe(want);
    const { ConnectionGroups: found } = await aws.call('cloudfront', 'ListConnectionGroups', { AssociationFilter: { AnycastIpListId: 'aip_1' } });
    expect(found).toHaveLength(want === 'aip_1' ? 1 : 0);
  });
});
