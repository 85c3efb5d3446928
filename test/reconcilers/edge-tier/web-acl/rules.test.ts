import { describe, expect, test } from 'vitest';
import type { ManagedWebACL, WebACLRule } from '../../../../crds/types.ts';
import { rulesOf } from '../../../../reconcilers/edge-tier/web-acl/form.ts';
import { addressesFrom, formOf, ipSetsOf } from '../../../../reconcilers/edge-tier/web-acl/rules.ts';
import { arnOf, everyRule, formWith, managed } from './form-specs.ts';

const group = (managedRuleGroup: WebACLRule['managedRuleGroup'] & object): WebACLRule => ({ name: 'a', type: 'ManagedRuleGroup', managedRuleGroup });
const rate = (key: 'IP' | 'Tenant' | 'TenantAndIP'): WebACLRule => ({ name: 'a', type: 'RateLimit', action: 'Block', rateLimit: { requests: 100, windowSeconds: 300, key } });
const addresses = (...cidrs: readonly string[]): WebACLRule => ({ name: 'a', type: 'IPSet', action: 'Block', ipSet: { cidrs } });

const hostKey = { Header: { Name: 'host', TextTransformations: [{ Priority: 0, Type: 'LOWERCASE' }] } };
const loginRule = { vendor: 'AWS', name: 'AWSManagedRulesATPRuleSet' };

describe('formOf says to AWS WAF', () => {
  test.each<{ name: string; because?: string; given: WebACLRule; want: object }>([
    {
      name: 'a rule group as its vendor keeps it',
      given: group({ vendor: 'AWS', name: 'AWSManagedRulesCommonRuleSet' }),
      want: { ManagedRuleGroupStatement: { VendorName: 'AWS', Name: 'AWSManagedRulesCommonRuleSet' } },
    },
    {
      name: 'a version, rules that only count, and the paths to judge',
      given: group({ vendor: 'AWS', name: 'Some', version: 'Version_2.0', countRules: ['B', 'A'], pathPrefix: '/login' }),
      want: {
        ManagedRuleGroupStatement: {
          VendorName: 'AWS',
          Name: 'Some',
          Version: 'Version_2.0',
          RuleActionOverrides: [
            { Name: 'A', ActionToUse: { Count: {} } },
            { Name: 'B', ActionToUse: { Count: {} } },
          ],
          ScopeDownStatement: {
            ByteMatchStatement: { SearchString: Uint8Array.from(Buffer.from('/login')), FieldToMatch: { UriPath: {} }, PositionalConstraint: 'STARTS_WITH', TextTransformations: [{ Priority: 0, Type: 'NONE' }] },
          },
        },
      },
    },
    {
      name: 'how closely Bot Control looks',
      given: group({ vendor: 'AWS', name: 'AWSManagedRulesBotControlRuleSet', botControl: { inspectionLevel: 'TARGETED' } }),
      want: {
        ManagedRuleGroupStatement: {
          VendorName: 'AWS',
          Name: 'AWSManagedRulesBotControlRuleSet',
          ManagedRuleGroupConfigs: [{ AWSManagedRulesBotControlRuleSet: { InspectionLevel: 'TARGETED' } }],
        },
      },
    },
    {
      name: 'the common level of Bot Control',
      because: 'it is what AWS takes where none is asked for, and may say when it is asked back',
      given: group({ vendor: 'AWS', name: 'AWSManagedRulesBotControlRuleSet' }),
      want: {
        ManagedRuleGroupStatement: {
          VendorName: 'AWS',
          Name: 'AWSManagedRulesBotControlRuleSet',
          ManagedRuleGroupConfigs: [{ AWSManagedRulesBotControlRuleSet: { InspectionLevel: 'COMMON' } }],
        },
      },
    },
    {
      name: 'where logins are posted to, and where credentials are in them',
      given: group({ ...loginRule, accountTakeover: { loginPath: '/web/login', payloadType: 'JSON', usernameField: '/form/user', passwordField: '/form/password' } }),
      want: {
        ManagedRuleGroupStatement: {
          VendorName: 'AWS',
          Name: 'AWSManagedRulesATPRuleSet',
          ManagedRuleGroupConfigs: [
            {
              AWSManagedRulesATPRuleSet: {
                LoginPath: '/web/login',
                RequestInspection: { PayloadType: 'JSON', UsernameField: { Identifier: '/form/user' }, PasswordField: { Identifier: '/form/password' } },
              },
            },
          ],
        },
      },
    },
    {
      name: 'only where logins are posted to',
      given: group({ ...loginRule, accountTakeover: { loginPath: '/login' } }),
      want: {
        ManagedRuleGroupStatement: { VendorName: 'AWS', Name: 'AWSManagedRulesATPRuleSet', ManagedRuleGroupConfigs: [{ AWSManagedRulesATPRuleSet: { LoginPath: '/login' } }] },
      },
    },
    { name: 'a limit for every address', given: rate('IP'), want: { RateBasedStatement: { Limit: 100, EvaluationWindowSec: 300, AggregateKeyType: 'IP' } } },
    {
      name: 'a limit for every domain',
      given: rate('Tenant'),
      want: { RateBasedStatement: { Limit: 100, EvaluationWindowSec: 300, AggregateKeyType: 'CUSTOM_KEYS', CustomKeys: [hostKey] } },
    },
    {
      name: 'a limit for every address on every domain',
      given: rate('TenantAndIP'),
      want: { RateBasedStatement: { Limit: 100, EvaluationWindowSec: 300, AggregateKeyType: 'CUSTOM_KEYS', CustomKeys: [hostKey, { IP: {} }] } },
    },
    { name: 'addresses of one family', given: addresses('2001:db8::/32'), want: { IPSetReferenceStatement: { ARN: arnOf('a', 'IPV6') } } },
    {
      name: 'addresses of both families',
      because: 'an IP set holds one family',
      given: addresses('2001:db8::/32', '203.0.113.0/24'),
      want: { OrStatement: { Statements: [{ IPSetReferenceStatement: { ARN: arnOf('a', 'IPV4') } }, { IPSetReferenceStatement: { ARN: arnOf('a', 'IPV6') } }] } },
    },
    { name: 'countries', given: { name: 'a', type: 'Country', action: 'Block', countries: ['KP', 'DE'] }, want: { GeoMatchStatement: { CountryCodes: ['DE', 'KP'] } } },
  ])('$name', ({ given, want }) => {
    expect(rulesOf(formWith(managed(given))).map(({ Statement: statement }) => statement)).toEqual([want]);
  });

  test('rules in the order of the spec, with the actions that it names', () => {
    expect(formWith(managed(...everyRule)).rules.map(({ name, action }) => [name, action])).toEqual([
      ['common', 'Group'],
      ['bots', 'Group'],
      ['logins', 'Group'],
      ['per-address', 'Challenge'],
      ['per-tenant', 'CAPTCHA'],
      ['per-both', 'Block'],
      ['offices', 'Allow'],
      ['countries', 'Count'],
    ]);
  });

  test('only the default action where there are no rules', () => {
    const { rules: _, ...spec } = managed();
    expect(formWith({ ...spec, defaultAction: 'Block' })).toEqual({ defaultAction: 'Block', rules: [] });
  });

  test('nothing while an IP set has no ARN', () => {
    const spec = managed(...everyRule);
    expect(formOf(spec, (rule, family) => (family === 'IPV6' ? undefined : arnOf(rule, family)))).toBeUndefined();
  });

  test('the same whatever addresses its IP sets hold', () => {
    expect(formWith(managed(addresses('203.0.113.0/24')))).toEqual(formWith(managed(addresses('198.51.100.7/32', '192.0.2.0/25'))));
  });
});

describe('ipSetsOf', () => {
  test.each<{ name: string; given: ManagedWebACL; want: readonly (readonly [string, string, readonly string[]])[] }>([
    { name: 'is nothing without rules about addresses', given: managed(rate('IP')), want: [] },
    { name: 'has one set for one family, sorted', given: managed(addresses('203.0.113.0/24', '192.0.2.7/32')), want: [['a', 'IPV4', ['192.0.2.7/32', '203.0.113.0/24']]] },
    {
      name: 'has one set for each rule and family',
      given: managed(addresses('203.0.113.0/24', '2001:db8::/32'), { ...addresses('2001:db8:1::/48'), name: 'b' }),
      want: [
        ['a', 'IPV4', ['203.0.113.0/24']],
        ['a', 'IPV6', ['2001:db8::/32']],
        ['b', 'IPV6', ['2001:db8:1::/48']],
      ],
    },
    { name: 'writes a network in its shortest form, and once', given: managed(addresses('2001:DB8:0:0::/32', '2001:db8::/32')), want: [['a', 'IPV6', ['2001:db8::/32']]] },
  ])('$name', ({ given, want }) => {
    expect(ipSetsOf(given).map(({ rule, family, addresses: list }) => [rule, family, list])).toEqual(want);
  });

  test('holds what AWS gives back for it, with zeros written out and in another order', () => {
    const [want] = ipSetsOf(managed(addresses('2001:db8::/32', '2001:db8:0:1::/64')));
    expect(addressesFrom(['2001:0db8:0000:0001:0000:0000:0000:0000/64', '2001:0db8:0000:0000:0000:0000:0000:0000/32'])).toEqual(want?.addresses);
  });

  test('does not hold what somebody added that is no network', () => {
    expect(addressesFrom(['203.0.113.0/24', 'else'])).toEqual(['203.0.113.0/24', 'else']);
  });
});
