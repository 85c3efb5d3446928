import type { Rule } from '@aws-sdk/client-wafv2';
import { expect, test } from 'vitest';
import { at, createHandWorld } from './hand-world.ts';
import type { Knobs } from './knobs.ts';
import { aclInput, groupOf, pathOf, ruleOf } from './waf-inputs.ts';

const countries = { GeoMatchStatement: { CountryCodes: ['FR' as const, 'DE' as const] } };
const flood = ruleOf({ RateBasedStatement: { Limit: 10, AggregateKeyType: 'IP', ScopeDownStatement: { NotStatement: { Statement: countries } } } }, { Name: 'flood', Priority: 1 });
const bots = ruleOf(groupOf('BotControlRuleSet', { ScopeDownStatement: pathOf('/shop') }), { Name: 'bots' });

const givenBack = async (form: Knobs['webAclNormalisation'], rules: readonly Rule[]) => {
  const { aws } = createHandWorld({ knobs: { webAclNormalisation: form } });
  await aws.call('wafv2', 'CreateWebACL', aclInput({ Rules: rules }));
  return at(await aws.call('wafv2', 'GetWebACL', { ARN: aws.inspect.webAcls()[0]?.arn }), 'WebACL');
};

test('an ACL comes back as it was sent, with its identity and the one default that is certain', async () => {
  const { Statement: statement, ...rest } = flood;
  const { Scope: _, ...sent } = aclInput();
  const want = {
    ...sent,
    Id: expect.any(String),
    ARN: expect.stringMatching(/^arn:aws:wafv2:us-east-1:123456789012:global\/webacl\/acl\//),
    Rules: [{ ...rest, Statement: { RateBasedStatement: { ...statement?.RateBasedStatement, EvaluationWindowSec: 300 } } }, bots],
    Capacity: 55,
    LabelNamespace: 'awswaf:123456789012:webacl:acl:',
    ManagedByFirewallManager: false,
    RetrofittedByFirewallManager: false,
  };
  expect(await givenBack('plain', [flood, bots])).toEqual(want);
});

test('it may also come back sorted and with every default', async () => {
  const acl = await givenBack('verbose', [flood, bots]);
  expect(acl).toMatchObject({ Description: '', PreProcessFirewallManagerRuleGroups: [], PostProcessFirewallManagerRuleGroups: [], Rules: [{ Name: 'bots' }, { Name: 'flood' }] });
  expect(at(acl, 'Rules.0.Statement.ManagedRuleGroupStatement')).toMatchObject({
    ExcludedRules: [],
    ManagedRuleGroupConfigs: [{ AWSManagedRulesBotControlRuleSet: { InspectionLevel: 'COMMON', EnableMachineLearning: false } }],
    ScopeDownStatement: pathOf('/shop'),
  });
  expect(at(acl, 'Rules.1.Statement.RateBasedStatement.ScopeDownStatement.NotStatement.Statement.GeoMatchStatement.CountryCodes')).toEqual(['DE', 'FR']);
});

test.each(['plain', 'verbose'] as const)('what came back %s comes back the same when it is sent again, but for an empty description', async (form) => {
  const { aws, outcome } = createHandWorld({ knobs: { webAclNormalisation: form } });
  await aws.call('wafv2', 'CreateWebACL', aclInput({ Rules: [flood, bots] }));
  const before = aws.inspect.webAcls()[0];
  const update = aclInput({ Id: before?.id, LockToken: before?.lockToken, Rules: before?.rules });
  expect(await outcome('wafv2', 'UpdateWebACL', { ...update, Description: '' })).toBe('WAFInvalidParameterException');
  await aws.call('wafv2', 'UpdateWebACL', update);
  expect(aws.inspect.webAcls()[0]?.rules).toEqual(before?.rules);
});

test('strings come back as bytes of their own', async () => {
  const bytes = new TextEncoder().encode('xx/shopxx').subarray(2, 7);
  const sought = at(await givenBack('plain', [ruleOf(pathOf(bytes))]), 'Rules.0.Statement.ByteMatchStatement.SearchString');
  expect(sought).toEqual(new TextEncoder().encode('/shop'));
  expect(at(sought, 'buffer.byteLength')).toBe(5);
});
