import type { Statement, TextTransformation } from '@aws-sdk/client-wafv2';
import { describe, expect, test } from 'vitest';
import { at, createHandWorld } from './hand-world.ts';
import { publishedRates } from './rates.ts';
import { aclInput, groupOf, pathOf, ruleOf } from './waf-inputs.ts';

const none: TextTransformation[] = [{ Priority: 0, Type: 'NONE' }];
const two: TextTransformation[] = [
  { Priority: 0, Type: 'LOWERCASE' },
  { Priority: 1, Type: 'URL_DECODE' },
];
const country: Statement = { GeoMatchStatement: { CountryCodes: ['DE'] } };
const string = (constraint: 'EXACTLY' | 'CONTAINS', transformations = none): Statement => ({
  ByteMatchStatement: { SearchString: new Uint8Array([47]), FieldToMatch: { QueryString: {} }, TextTransformations: transformations, PositionalConstraint: constraint },
});
const json = { JsonBody: { MatchPattern: { All: {} }, MatchScope: 'ALL' as const } };
const host = { Header: { Name: 'host', TextTransformations: [{ Priority: 0, Type: 'LOWERCASE' as const }] } };
const rate = (members: object = {}): Statement => ({ RateBasedStatement: { Limit: 100, AggregateKeyType: 'IP', ...members } });

describe('rules take units', () => {
  const rows: readonly { readonly name: string; readonly given: Statement; readonly want: number }[] = [
    { name: 'a country', given: country, want: 1 },
    { name: 'a label', given: { LabelMatchStatement: { Scope: 'LABEL', Key: 'a:b' } }, want: 1 },
    { name: 'a network', given: { AsnMatchStatement: { AsnList: [64496] } }, want: 1 },
    { name: 'a string that is all', given: string('EXACTLY'), want: 2 },
    { name: 'a string somewhere', given: string('CONTAINS'), want: 10 },
    { name: 'two transformations', given: string('EXACTLY', two), want: 22 },
    { name: 'a size', given: { SizeConstraintStatement: { ComparisonOperator: 'GT', Size: 1, FieldToMatch: { Method: {} }, TextTransformations: none } }, want: 1 },
    { name: 'an expression in all arguments', given: { RegexMatchStatement: { RegexString: 'a+', FieldToMatch: { AllQueryArguments: {} }, TextTransformations: none } }, want: 13 },
    { name: 'an expression in JSON', given: { RegexMatchStatement: { RegexString: 'a+', FieldToMatch: json, TextTransformations: none } }, want: 6 },
    { name: 'SQL', given: { SqliMatchStatement: { FieldToMatch: { QueryString: {} }, TextTransformations: none } }, want: 20 },
    { name: 'SQL, sensitively', given: { SqliMatchStatement: { FieldToMatch: { QueryString: {} }, TextTransformations: none, SensitivityLevel: 'HIGH' } }, want: 30 },
    { name: 'scripts', given: { XssMatchStatement: { FieldToMatch: { QueryString: {} }, TextTransformations: none } }, want: 40 },
    { name: 'all of several', given: { AndStatement: { Statements: [country, { NotStatement: { Statement: string('EXACTLY') } }] } }, want: 3 },
    { name: 'a rate by address', given: rate(), want: 2 },
    { name: 'a rate by tenant and address', given: rate({ AggregateKeyType: 'CUSTOM_KEYS', CustomKeys: [host, { IP: {} }] }), want: 62 },
    { name: 'a rate of some requests', given: rate({ ScopeDownStatement: pathOf('/login') }), want: 4 },
    { name: 'the core rules', given: groupOf('CommonRuleSet'), want: 700 },
    { name: 'the core rules below a path', given: groupOf('CommonRuleSet', { ScopeDownStatement: pathOf('/shop') }), want: 702 },
    { name: 'bad addresses', given: groupOf('AmazonIpReputationList'), want: 25 },
    { name: 'bots', given: groupOf('BotControlRuleSet'), want: 50 },
  ];
  test.each(rows)('$name: $want', async ({ given, want }) => {
    const { aws } = createHandWorld();
    expect(await aws.call('wafv2', 'CheckCapacity', { Scope: 'CLOUDFRONT', Rules: [ruleOf(given)] })).toEqual({ Capacity: want });
  });

  test('an IP set: 1, and 5 where any forwarded address is looked at', async () => {
    const { aws } = createHandWorld();
    const { arn } = aws.operator.createIPSet({ name: 'set' });
    const forwarded = { HeaderName: 'X-Forwarded-For', FallbackBehavior: 'MATCH' as const, Position: 'ANY' as const };
    const Rules = [ruleOf({ IPSetReferenceStatement: { ARN: arn } }), ruleOf({ IPSetReferenceStatement: { ARN: arn, IPSetForwardedIPConfig: forwarded } }, { Name: 's', Priority: 1 })];
    expect(await aws.call('wafv2', 'CheckCapacity', { Scope: 'CLOUDFRONT', Rules })).toEqual({ Capacity: 6 });
  });
});

/** So many rules, 702 units each. */
const costly = (count: number) => Array.from({ length: count }, (_, index) => ruleOf(groupOf('CommonRuleSet', { ScopeDownStatement: pathOf('/') }), { Name: `r${index}`, Priority: index }));

test('an ACL shows what its rules take, now and after an update', async () => {
  const { aws } = createHandWorld();
  await aws.call('wafv2', 'CreateWebACL', aclInput({ Rules: costly(2) }));
  const { arn, id, lockToken } = aws.inspect.webAcls()[0] ?? {};
  const capacity = async () => at(await aws.call('wafv2', 'GetWebACL', { ARN: arn }), 'WebACL.Capacity');
  expect(await capacity()).toBe(1_404);
  await aws.call('wafv2', 'UpdateWebACL', aclInput({ Id: id, LockToken: lockToken }));
  expect(await capacity()).toBe(0);
});

describe('above 5,000 units', () => {
  test.each(['WAFInvalidParameterException', 'WAFLimitsExceededException'] as const)('no ACL is made or changed: %s, as a knob has it', async (knob) => {
    const { aws, outcome } = createHandWorld({ knobs: { whenOverCapacity: knob } });
    expect(await outcome('wafv2', 'CreateWebACL', aclInput({ Rules: costly(8) }))).toBe(knob);
    expect(await outcome('wafv2', 'CreateWebACL', aclInput({ Rules: costly(7) }))).toBe('ok');
    const { id, lockToken } = aws.inspect.webAcls()[0] ?? {};
    expect(await outcome('wafv2', 'UpdateWebACL', aclInput({ Id: id, LockToken: lockToken, Rules: costly(8) }))).toBe(knob);
  });

  test('CheckCapacity goes on counting', async () => {
    const { aws } = createHandWorld();
    expect(await aws.call('wafv2', 'CheckCapacity', { Scope: 'CLOUDFRONT', Rules: costly(8) })).toEqual({ Capacity: 5_616 });
  });
});

test('a check changes nothing, and is allowed as often as a read', async () => {
  const { aws, outcome } = createHandWorld({ knobs: { rates: publishedRates } });
  const outcomes: string[] = [];
  for (let call = 0; call < 6; call += 1) outcomes.push(await outcome('wafv2', 'CheckCapacity', { Scope: 'CLOUDFRONT', Rules: [] }));
  expect(outcomes).toEqual(['ok', 'ok', 'ok', 'ok', 'ok', 'ThrottlingException']);
  expect(aws.log[0]).toMatchObject({ mutating: false, committed: false });
  const sets = [await outcome('wafv2', 'CreateIPSet', {}), await outcome('wafv2', 'CreateIPSet', {})];
  expect(sets).toEqual(['WAFInvalidParameterException', 'ThrottlingException']);
});
