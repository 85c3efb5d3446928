import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Members } from './contract.ts';
import { createHandWorld, each, type HandWorld } from './hand-world.ts';
import { aclInput, ruleOf } from './waf-inputs.ts';
import { networkFrom, spelledOut } from './wafv2/cidr.ts';

const setInput = (members: Members = {}): Members => ({ Name: 'set', Scope: 'CLOUDFRONT', IPAddressVersion: 'IPV4', Addresses: ['203.0.113.0/24'], ...members });

const addressOf = ({ aws }: HandWorld) => {
  const { id = '', name = '', lockToken = '' } = aws.inspect.ipSets()[0] ?? {};
  return { Name: name, Scope: 'CLOUDFRONT', Id: id, LockToken: lockToken };
};

/** An ACL that refers to a set three statements deep. */
const aclAbout = (arn: string): Members => {
  const set = { IPSetReferenceStatement: { ARN: arn } };
  const country = { GeoMatchStatement: { CountryCodes: ['DE' as const] } };
  const scope = { NotStatement: { Statement: { OrStatement: { Statements: [country, set] } } } };
  return aclInput({ Rules: [ruleOf({ RateBasedStatement: { Limit: 10, AggregateKeyType: 'IP', ScopeDownStatement: scope } })] });
};

describe('an IP set is refused', () => {
  const many = Array.from({ length: 10_001 }, (_, index) => `10.${index >> 8}.${index & 255}.0/24`);
  const rows: readonly { readonly name: string; readonly input: Members; readonly want: string }[] = [
    { name: 'with a dot in its name', input: { Name: 'a.b' }, want: 'WAFInvalidParameterException' },
    { name: 'of another scope', input: { Scope: 'REGIONAL' }, want: 'WAFInvalidParameterException' },
    { name: 'with an empty description', input: { Description: '' }, want: 'WAFInvalidParameterException' },
    { name: 'with an empty list of tags', input: { Tags: [] }, want: 'WAFInvalidParameterException' },
    { name: 'of no family', input: { IPAddressVersion: 'IPV5' }, want: 'WAFInvalidParameterException' },
    { name: 'without a list of addresses', input: { Addresses: undefined }, want: 'WAFInvalidParameterException' },
    { name: 'with an address of the other family', input: { Addresses: ['2001:db8::/32'] }, want: 'WAFInvalidParameterException' },
    { name: 'with an address that has no length', input: { Addresses: ['203.0.113.7'] }, want: 'WAFInvalidParameterException' },
    { name: 'with every address there is', input: { Addresses: ['0.0.0.0/0'] }, want: 'WAFInvalidParameterException' },
    { name: 'with a length beyond the family', input: { Addresses: ['203.0.113.7/33'] }, want: 'WAFInvalidParameterException' },
    { name: 'with a host inside a network', input: { Addresses: ['195.178.188.66/29'] }, want: 'WAFInvalidParameterException' },
    { name: 'with an octet above 255', input: { Addresses: ['256.0.0.0/8'] }, want: 'WAFInvalidParameterException' },
    { name: 'with a zone', input: { IPAddressVersion: 'IPV6', Addresses: ['fe80::%eth0/64'] }, want: 'WAFInvalidParameterException' },
    { name: 'with one network twice', input: { Addresses: ['10.0.0.0/8', '10.0.0.0/8'] }, want: 'WAFInvalidParameterException' },
    { name: 'with one network in two spellings', input: { IPAddressVersion: 'IPV6', Addresses: ['2001:db8::/32', '2001:0DB8::/32'] }, want: 'WAFInvalidParameterException' },
    { name: 'with more than 10,000 addresses', input: { Addresses: many }, want: 'WAFLimitsExceededException' },
  ];
  test.each(rows)('$name', async ({ input, want }) => {
    const { aws, outcome } = createHandWorld();
    expect(await outcome('wafv2', 'CreateIPSet', setInput(input))).toBe(want);
    expect(aws.inspect.ipSets()).toEqual([]);
  });

  test('with a name that is taken, and beyond the quota', async () => {
    const { outcome } = createHandWorld({ knobs: { maxIpSets: 1 } });
    expect(await outcome('wafv2', 'CreateIPSet', setInput())).toBe('ok');
    expect(await outcome('wafv2', 'CreateIPSet', setInput())).toBe('WAFDuplicateItemException');
    expect(await outcome('wafv2', 'CreateIPSet', setInput({ Name: 'other' }))).toBe('WAFLimitsExceededException');
  });
});

describe('addresses come back', () => {
  const Addresses = ['2001:0DB8:0:0::/32', '1111:0000:0000:0000:0000:0000:0000:0111/128'];
  const rows = [
    { knob: 'compressed', want: ['2001:db8::/32', '1111::111/128'] },
    { knob: 'expanded', want: ['1111:0000:0000:0000:0000:0000:0000:0111/128', '2001:0db8:0000:0000:0000:0000:0000:0000/32'] },
  ] as const;
  test.each(rows)('$knob, as a knob has it', async ({ knob, want }) => {
    const world = createHandWorld({ knobs: { ipSetAddresses: knob } });
    await world.aws.call('wafv2', 'CreateIPSet', setInput({ IPAddressVersion: 'IPV6', Addresses }));
    expect(await world.aws.call('wafv2', 'GetIPSet', addressOf(world))).toMatchObject({ IPSet: { Addresses: want } });
    expect(new Set(world.aws.inspect.ipSets()[0]?.addresses)).toEqual(new Set(['2001:db8::/32', '1111::111/128']));
  });

  test('in spellings of one network each, whatever it is', () => {
    fc.assert(
      fc.property(fc.ipV6(), fc.ipV4(), (six, four) => {
        const [network = '', host = ''] = [networkFrom(`${six}/128`, 'IPV6'), networkFrom(`${four}/32`, 'IPV4')];
        expect(networkFrom(network, 'IPV6')).toBe(network);
        expect(spelledOut(network)).toMatch(/^([0-9a-f]{4}:){7}[0-9a-f]{4}\/128$/);
        expect(networkFrom(spelledOut(network), 'IPV6')).toBe(network);
        expect([host, spelledOut(host)]).toEqual([`${four}/32`, `${four}/32`]);
      }),
    );
  });
});

test('an update replaces addresses and description, and moves the lock token', async () => {
  const world = createHandWorld();
  await world.aws.call('wafv2', 'CreateIPSet', setInput({ Description: 'of a tier', Tags: [{ Key: 'k', Value: 'v' }] }));
  const update = { ...addressOf(world), Addresses: ['198.51.100.0/24', '192.0.2.1/32'] };
  expect(await world.aws.call('wafv2', 'UpdateIPSet', update)).toEqual({ NextLockToken: addressOf(world).LockToken });
  expect(await world.outcome('wafv2', 'UpdateIPSet', update)).toBe('WAFOptimisticLockException');
  expect(await world.outcome('wafv2', 'UpdateIPSet', { ...addressOf(world), Addresses: ['2001:db8::/32'] })).toBe('WAFInvalidParameterException');
  const { IPSet: after } = await world.aws.call('wafv2', 'GetIPSet', addressOf(world));
  expect(after).toMatchObject({ IPAddressVersion: 'IPV4', Addresses: ['198.51.100.0/24', '192.0.2.1/32'] });
  expect(after).not.toHaveProperty('Description');
  expect(world.aws.inspect.ipSets()).toMatchObject([{ tags: { k: 'v' } }]);
});

test('a set is seen late by those who read and those who list', async () => {
  const world = createHandWorld({ knobs: { staleReads: [1, 1], deletedVisibleMs: [5_000, 5_000] } });
  const { aws, pass, outcome } = world;
  const listed = async () => each(await aws.call('wafv2', 'ListIPSets', { Scope: 'CLOUDFRONT' }), 'IPSets', 'Name');
  await aws.call('wafv2', 'CreateIPSet', setInput());
  const address = addressOf(world);
  expect([await outcome('wafv2', 'GetIPSet', address), await outcome('wafv2', 'GetIPSet', address)]).toEqual(['WAFNonexistentItemException', 'ok']);
  await aws.call('wafv2', 'DeleteIPSet', address);
  expect([await listed(), aws.inspect.ipSets()]).toEqual([['set'], []]);
  await pass(5);
  expect(await listed()).toEqual([]);
});

test('a rule may refer to a new set only once it is known, and never to one that is not there', async () => {
  const { aws, pass, outcome } = createHandWorld({ knobs: { ipSetPropagationMs: [30_000, 30_000] } });
  await aws.call('wafv2', 'CreateIPSet', setInput());
  const { arn = '' } = aws.inspect.ipSets()[0] ?? {};
  const refusals = new Set<string>();
  for (let attempt = 0; attempt < 20; attempt += 1) refusals.add(await outcome('wafv2', 'CreateWebACL', aclAbout(arn)));
  expect([...refusals].toSorted()).toEqual(['WAFNonexistentItemException', 'WAFUnavailableEntityException']);
  await pass(30);
  expect(await outcome('wafv2', 'CheckCapacity', { Scope: 'CLOUDFRONT', Rules: aclAbout(arn)['Rules'] })).toBe('ok');
  expect(await outcome('wafv2', 'CreateWebACL', aclAbout(`${arn}0`))).toBe('WAFNonexistentItemException');
});

test('a set is deleted only after the last ACL that refers to it, at any depth, has been forgotten', async () => {
  const world = createHandWorld({ knobs: { webAclUseLingerMs: [60_000, 60_000] } });
  const { aws, pass, outcome } = world;
  const { arn } = aws.operator.createIPSet({ name: 'set' });
  await aws.call('wafv2', 'CreateWebACL', aclAbout(arn));
  expect(aws.inspect.ipSets()).toMatchObject([{ usedBy: ['acl'] }]);
  expect(await outcome('wafv2', 'DeleteIPSet', addressOf(world))).toBe('WAFAssociatedItemException');
  const { id, lockToken } = aws.inspect.webAcls()[0] ?? {};
  await aws.call('wafv2', 'UpdateWebACL', aclInput({ Id: id, LockToken: lockToken }));
  expect(aws.inspect.ipSets()).toMatchObject([{ usedBy: [] }]);
  expect(await outcome('wafv2', 'DeleteIPSet', addressOf(world))).toBe('WAFAssociatedItemException');
  await pass(60);
  expect(await outcome('wafv2', 'DeleteIPSet', { ...addressOf(world), LockToken: 'x' })).toBe('WAFOptimisticLockException');
  expect(await outcome('wafv2', 'DeleteIPSet', addressOf(world))).toBe('ok');
});

test('an ACL that is deleted lets its sets go', async () => {
  const world = createHandWorld();
  const { arn } = world.aws.operator.createIPSet({ name: 'set' });
  await world.aws.call('wafv2', 'CreateWebACL', aclAbout(arn));
  world.aws.operator.deleteWebACL(world.aws.inspect.webAcls()[0]?.arn ?? '');
  expect(await world.outcome('wafv2', 'DeleteIPSet', addressOf(world))).toBe('ok');
});

test('tags and pages', async () => {
  const { aws, outcome } = createHandWorld();
  const { arn } = aws.operator.createIPSet({ name: 'one', tags: { k: 'v' } });
  aws.operator.createIPSet({ name: 'two', version: 'IPV6', addresses: ['2001:db8::/32'] });
  await aws.call('wafv2', 'TagResource', { ResourceARN: arn, Tags: [{ Key: 'more', Value: '' }] });
  await aws.call('wafv2', 'UntagResource', { ResourceARN: arn, TagKeys: ['k'] });
  expect(await aws.call('wafv2', 'ListTagsForResource', { ResourceARN: arn })).toEqual({ TagInfoForResource: { ResourceARN: arn, TagList: [{ Key: 'more', Value: '' }] } });
  const first = await aws.call('wafv2', 'ListIPSets', { Scope: 'CLOUDFRONT', Limit: 1 });
  expect(first).toMatchObject({ IPSets: [{ Name: 'one', ARN: arn, Description: '' }] });
  expect(await aws.call('wafv2', 'ListIPSets', { Scope: 'CLOUDFRONT', Limit: 1, NextMarker: first['NextMarker'] })).toMatchObject({ IPSets: [{ Name: 'two' }] });
  expect(await outcome('wafv2', 'ListIPSets', { Scope: 'CLOUDFRONT', Limit: 101 })).toBe('WAFInvalidParameterException');
});
