import type { RateBasedStatement, Rule, Statement } from '@aws-sdk/client-wafv2';
import { describe, expect, test } from 'vitest';
import { createHandWorld } from './hand-world.ts';
import { aclInput, groupOf, pathOf, ruleInput, ruleOf } from './waf-inputs.ts';

const country: Statement = { GeoMatchStatement: { CountryCodes: ['DE'] } };
const rate = (members: Partial<RateBasedStatement> = {}): Statement => ({ RateBasedStatement: { Limit: 10, AggregateKeyType: 'IP', ...members } });
const lowercase = [{ Priority: 0, Type: 'LOWERCASE' as const }];
const host = { Header: { Name: 'host', TextTransformations: lowercase } };
const keys = (...given: RateBasedStatement['CustomKeys'] & object): Statement => rate({ AggregateKeyType: 'CUSTOM_KEYS', CustomKeys: given });
const forwarding = { HeaderName: 'X-Forwarded-For', FallbackBehavior: 'MATCH' as const };
const path = (members: object): Statement => ({ ByteMatchStatement: { ...pathOf('/').ByteMatchStatement, ...members } }) as Statement;
const both = (...statements: Statement[]): Statement => ({ AndStatement: { Statements: statements } });
const not = (statement: Statement): Statement => ({ NotStatement: { Statement: statement } });

type Row = { readonly name: string; readonly given: Statement };

const accepted: readonly Row[] = [
  { name: 'a rate by tenant', given: keys(host) },
  { name: 'a rate by tenant and address', given: keys(host, { IP: {} }) },
  { name: 'a rate by five keys', given: keys(host, { HTTPMethod: {} }, { UriPath: { TextTransformations: lowercase } }, { LabelNamespace: { Namespace: 'a:' } }, { ASN: {} }) },
  { name: 'a rate by forwarded address', given: rate({ AggregateKeyType: 'FORWARDED_IP', ForwardedIPConfig: forwarding }) },
  { name: 'a rate of all requests to a path', given: rate({ AggregateKeyType: 'CONSTANT', ScopeDownStatement: pathOf('/login'), EvaluationWindowSec: 600 }) },
  { name: 'a string of 200 bytes', given: path({ SearchString: new Uint8Array(200) }) },
  { name: 'logic in logic', given: { OrStatement: { Statements: [country, both(country, not(both(country, country)))] } } },
  { name: 'a group below a path', given: groupOf('CommonRuleSet', { ScopeDownStatement: not(pathOf('/shop')) }) },
];

const refused: readonly Row[] = [
  { name: 'of no kind', given: {} },
  { name: 'of two kinds', given: { ...country, ...rate() } },
  { name: 'of a kind that WAF does not have', given: { SomethingStatement: {} } as Statement },
  { name: 'of two kinds inside', given: not({ ...country, ...pathOf('/') }) },
  { name: 'with one of two parts', given: both(country) },
  { name: 'with one of two choices', given: { OrStatement: { Statements: [country] } } },
  { name: 'that denies nothing', given: { NotStatement: { Statement: undefined } } },
  { name: 'with a rate inside', given: both(country, rate()) },
  { name: 'with a rate inside a rate', given: rate({ ScopeDownStatement: rate() }) },
  { name: 'with a group inside', given: not(groupOf('CommonRuleSet')) },
  { name: 'with a rate inside a group', given: groupOf('CommonRuleSet', { ScopeDownStatement: rate() }) },
  { name: 'with a rate below 10', given: rate({ Limit: 9 }) },
  { name: 'with a rate above 2,000,000,000', given: rate({ Limit: 2_000_000_001 }) },
  { name: 'with a rate in half a minute', given: rate({ EvaluationWindowSec: 30 }) },
  { name: 'with a rate by nothing', given: rate({ AggregateKeyType: undefined }) },
  { name: 'with a rate by keys that are not there', given: keys() },
  { name: 'with a rate by six keys', given: keys(host, host, host, host, host, host) },
  { name: 'with keys for a rate by address', given: rate({ CustomKeys: [host] }) },
  { name: 'with a rate by address as the only key', given: keys({ IP: {} }) },
  { name: 'with a key of two kinds', given: keys({ ...host, IP: {} }, host) },
  { name: 'with a key by a header that has no name', given: keys({ Header: { Name: '', TextTransformations: lowercase } }) },
  { name: 'with a key by a header that is not transformed', given: keys({ Header: { Name: 'host', TextTransformations: [] } }) },
  { name: 'with a key by fingerprint that does not say what becomes of those without', given: keys({ JA4Fingerprint: { FallbackBehavior: undefined } }) },
  { name: 'with a rate by forwarded address and no header', given: rate({ AggregateKeyType: 'FORWARDED_IP' }) },
  { name: 'with a forwarded address among keys and no header', given: keys(host, { ForwardedIP: {} }) },
  { name: 'with one rate for everything', given: rate({ AggregateKeyType: 'CONSTANT' }) },
  { name: 'with a string of 201 bytes', given: path({ SearchString: new Uint8Array(201) }) },
  { name: 'with a string that is text', given: path({ SearchString: '/' }) },
  { name: 'with a string in no place', given: path({ PositionalConstraint: 'MIDDLE' }) },
  { name: 'with a string in no field', given: path({ FieldToMatch: {} }) },
  { name: 'with a string in two fields', given: path({ FieldToMatch: { UriPath: {}, Method: {} } }) },
  { name: 'with a string in a header that has no name', given: path({ FieldToMatch: { SingleHeader: {} } }) },
  { name: 'with a string that is not transformed', given: path({ TextTransformations: [] }) },
  { name: 'with an unknown transformation', given: path({ TextTransformations: [{ Priority: 0, Type: 'ROT13' }] }) },
  { name: 'with two transformations at once', given: path({ TextTransformations: [...lowercase, { Priority: 0, Type: 'TRIM' }] }) },
  { name: 'with no country', given: { GeoMatchStatement: { CountryCodes: [] } } },
  { name: 'with a country in lower case', given: { GeoMatchStatement: { CountryCodes: ['de'] } } as unknown as Statement },
  { name: 'with a label of no scope', given: { LabelMatchStatement: { Scope: undefined, Key: 'a' } } },
  { name: 'with a label that has a space', given: { LabelMatchStatement: { Scope: 'LABEL', Key: 'a b' } } },
  { name: 'with a size below nothing', given: { SizeConstraintStatement: { ComparisonOperator: 'GT', Size: -1, FieldToMatch: { UriPath: {} }, TextTransformations: lowercase } } },
];

const create = (rule: Rule) => createHandWorld().outcome('wafv2', 'CreateWebACL', aclInput({ Rules: [rule] }));

describe('a statement', () => {
  test.each(accepted)('is accepted: $name', async ({ given }) => {
    expect(await create(ruleOf(given))).toBe('ok');
  });

  test.each(refused)('is refused $name', async ({ given }) => {
    expect(await create(ruleOf(given))).toBe('WAFInvalidParameterException');
  });

  test('is refused with more than 50 countries, in words of their own', async () => {
    const given = { GeoMatchStatement: { CountryCodes: Array.from({ length: 51 }, () => 'DE' as const) } };
    expect(await create(ruleOf(given))).toBe('WAFLimitsExceededException');
  });

  test.each(['RuleGroupReferenceStatement', 'RegexPatternSetReferenceStatement'])('is refused with a reference to what no account here has: %s', async (kind) => {
    expect(await create(ruleOf({ [kind]: { ARN: 'arn:aws:wafv2:x' } }))).toBe('WAFNonexistentItemException');
  });
});

describe('a rule is refused', () => {
  const rows: readonly { readonly name: string; readonly given: Rule }[] = [
    { name: 'with no action', given: ruleInput({ Action: {} }) },
    { name: 'with two actions', given: ruleInput({ Action: { Block: {}, Count: {} } }) },
    { name: 'with an action and an override', given: ruleInput({ OverrideAction: { None: {} } }) },
    { name: 'that overrides in two ways', given: ruleOf(groupOf('CommonRuleSet'), { OverrideAction: { None: {}, Count: {} } }) },
    { name: 'that allows beyond a rate', given: ruleOf(rate(), { Action: { Allow: {} } }) },
    { name: 'with a priority below nothing', given: ruleInput({ Priority: -1 }) },
    { name: 'with a dot in its name', given: ruleInput({ Name: 'a.b' }) },
  ];
  test.each(rows)('$name', async ({ given }) => {
    expect(await create(given)).toBe('WAFInvalidParameterException');
  });
});
