import type { ManagedRuleGroupConfig, ManagedRuleGroupStatement } from '@aws-sdk/client-wafv2';
import { describe, expect, test } from 'vitest';
import { at, createHandWorld } from './hand-world.ts';
import { aclInput, groupOf, ruleOf } from './waf-inputs.ts';

const check = (name: string, members: Partial<ManagedRuleGroupStatement> = {}) =>
  createHandWorld().outcome('wafv2', 'CheckCapacity', { Scope: 'CLOUDFRONT', Rules: [ruleOf(groupOf(name, members))] });

const invalid = 'WAFInvalidParameterException';
const fields = { PayloadType: 'JSON' as const, UsernameField: { Identifier: '/user' }, PasswordField: { Identifier: '/secret' } };

describe('a managed rule group', () => {
  const rows: readonly { readonly name: string; readonly group?: string; readonly given: Partial<ManagedRuleGroupStatement>; readonly want: string }[] = [
    { name: 'that AWS has', given: {}, want: 'ok' },
    { name: 'that AWS does not have', group: 'NoRuleSet', given: {}, want: 'WAFNonexistentItemException' },
    { name: 'of nobody', given: { VendorName: undefined }, want: invalid },
    { name: 'of an unknown vendor', given: { VendorName: 'Nobody' }, want: 'WAFNonexistentItemException' },
    { name: 'of a seller', given: { VendorName: 'Fortinet' }, want: 'WAFSubscriptionNotFoundException' },
    { name: 'of a version', given: { Version: 'Version_1.5' }, want: 'ok' },
    { name: 'of a version that never was', given: { Version: 'Version_9.9' }, want: invalid },
    { name: 'of a version though it has none', group: 'AnonymousIpList', given: { Version: 'Version_1.0' }, want: invalid },
    { name: 'with an override to two actions', given: { RuleActionOverrides: [{ Name: 'SizeRestrictions_BODY', ActionToUse: { Count: {}, Block: {} } }] }, want: invalid },
    { name: 'with the configuration of another', given: { ManagedRuleGroupConfigs: [{ AWSManagedRulesBotControlRuleSet: { InspectionLevel: 'COMMON' } }] }, want: invalid },
  ];
  test.each(rows)('$name: $want', async ({ group = 'CommonRuleSet', given, want }) => {
    expect(await check(group, given)).toBe(want);
  });
});

describe('a paid group', () => {
  const rows: readonly { readonly name: string; readonly group: string; readonly given?: ManagedRuleGroupConfig; readonly want: string }[] = [
    { name: 'bot control as it is', group: 'BotControlRuleSet', want: 'ok' },
    { name: 'bot control for targets', group: 'BotControlRuleSet', given: { AWSManagedRulesBotControlRuleSet: { InspectionLevel: 'TARGETED' } }, want: 'ok' },
    { name: 'bot control at no level', group: 'BotControlRuleSet', given: { AWSManagedRulesBotControlRuleSet: { InspectionLevel: undefined } }, want: invalid },
    { name: 'account takeover of no login', group: 'ATPRuleSet', want: invalid },
    { name: 'account takeover of an empty login', group: 'ATPRuleSet', given: { AWSManagedRulesATPRuleSet: { LoginPath: '' } }, want: invalid },
    { name: 'account takeover of a login', group: 'ATPRuleSet', given: { AWSManagedRulesATPRuleSet: { LoginPath: '/login' } }, want: 'ok' },
    { name: 'account takeover of a login and its fields', group: 'ATPRuleSet', given: { AWSManagedRulesATPRuleSet: { LoginPath: '/login', RequestInspection: fields } }, want: 'ok' },
    { name: 'account takeover without the password', group: 'ATPRuleSet', given: { AWSManagedRulesATPRuleSet: { LoginPath: '/login', RequestInspection: { ...fields, PasswordField: undefined } } }, want: invalid },
    { name: 'account creation of no page', group: 'ACFPRuleSet', given: { AWSManagedRulesACFPRuleSet: { CreationPath: '/new', RegistrationPagePath: '', RequestInspection: { PayloadType: 'JSON' } } }, want: invalid },
    { name: 'account creation', group: 'ACFPRuleSet', given: { AWSManagedRulesACFPRuleSet: { CreationPath: '/new', RegistrationPagePath: '/join', RequestInspection: { PayloadType: 'JSON' } } }, want: 'ok' },
    { name: 'floods, unconfigured', group: 'AntiDDoSRuleSet', want: invalid },
    { name: 'floods', group: 'AntiDDoSRuleSet', given: { AWSManagedRulesAntiDDoSRuleSet: { ClientSideActionConfig: { Challenge: { UsageOfAction: 'DISABLED' } } } }, want: 'ok' },
    { name: 'a challenge of everything', group: 'AntiDDoSRuleSet', given: { AWSManagedRulesAntiDDoSRuleSet: { ClientSideActionConfig: { Challenge: { UsageOfAction: 'ENABLED' } } } }, want: invalid },
    { name: 'a configuration of two kinds', group: 'ATPRuleSet', given: { AWSManagedRulesATPRuleSet: { LoginPath: '/login' }, LoginPath: '/login' }, want: invalid },
  ];
  test.each(rows)('$name: $want', async ({ group, given, want }) => {
    expect(await check(group, given === undefined ? {} : { ManagedRuleGroupConfigs: [given] })).toBe(want);
  });
});

describe('an override of a rule that the group does not have', () => {
  const overrides = [{ Name: 'sizerestrictions_body', ActionToUse: { Count: {} } }];
  const rows = [
    { knob: 'ignore', want: 'ok' },
    { knob: 'refuse', want: invalid },
  ] as const;
  test.each(rows)('$want, as a knob has it: $knob', async ({ knob, want }) => {
    const { outcome } = createHandWorld({ knobs: { unknownRuleOverrides: knob } });
    const known = [{ Name: 'SizeRestrictions_BODY', ActionToUse: { Count: {} } }];
    const input = (given: typeof overrides) => aclInput({ Rules: [ruleOf(groupOf('CommonRuleSet', { RuleActionOverrides: given }))] });
    expect(await outcome('wafv2', 'CreateWebACL', input(overrides))).toBe(want);
    expect(await outcome('wafv2', 'CheckCapacity', { Scope: 'CLOUDFRONT', Rules: input(known)['Rules'] })).toBe('ok');
  });

  test('is given back where it is ignored', async () => {
    const { aws } = createHandWorld();
    await aws.call('wafv2', 'CreateWebACL', aclInput({ Rules: [ruleOf(groupOf('CommonRuleSet', { RuleActionOverrides: overrides }))] }));
    expect(at(aws.inspect.webAcls()[0]?.rules[0], 'Statement.ManagedRuleGroupStatement.RuleActionOverrides')).toEqual(overrides);
  });
});

test('a version that is over can be named by no rule any more, not even one that has it', async () => {
  const { aws, outcome } = createHandWorld();
  const Rules = [ruleOf(groupOf('SQLiRuleSet', { Version: 'Version_1.1' }))];
  await aws.call('wafv2', 'CreateWebACL', aclInput({ Rules }));
  aws.operator.expireRuleGroupVersion({ name: 'AWSManagedRulesSQLiRuleSet', version: 'Version_1.1' });
  const { id, lockToken } = aws.inspect.webAcls()[0] ?? {};
  expect(await outcome('wafv2', 'UpdateWebACL', aclInput({ Id: id, LockToken: lockToken, Rules }))).toBe('WAFExpiredManagedRuleGroupVersionException');
  const newer = [ruleOf(groupOf('SQLiRuleSet', { Version: 'Version_1.2' }))];
  expect(await outcome('wafv2', 'UpdateWebACL', aclInput({ Id: id, LockToken: lockToken, Rules: newer }))).toBe('ok');
});
