import type { Rule, Statement, WebACL } from '@aws-sdk/client-wafv2';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { WebACLRule } from '../../../../crds/types.ts';
import { type Form, formFrom, hashOfForm, isSameForm, observing, settingsOf } from '../../../../reconcilers/edge-tier/web-acl/form.ts';
import { anyManaged, everyRule, formWith, managed, stored } from './form-specs.ts';

/** A rule as no tier makes one: bytes that are no text, labels, and an action with a custom response. */
const ownRule: Rule = {
  Name: 'own',
  Priority: 7,
  Statement: {
    ByteMatchStatement: { SearchString: Uint8Array.of(0, 0xff, 0x61), FieldToMatch: { SingleHeader: { Name: 'X-Own' } }, PositionalConstraint: 'EXACTLY', TextTransformations: [{ Priority: 0, Type: 'NONE' }] },
  },
  Action: { Block: { CustomResponse: { ResponseCode: 404 } } },
  RuleLabels: [{ Name: 'own' }],
  VisibilityConfig: { MetricName: 'own', CloudWatchMetricsEnabled: true, SampledRequestsEnabled: true },
};

const seeds = fc.nat({ max: 11 });

describe('formFrom', () => {
  test('is the form that was sent, whatever AWS adds and reorders', () => {
    fc.assert(
      fc.property(anyManaged, seeds, (spec, seed) => {
        const form = formWith(spec);
        expect(formFrom(stored(form, seed))).toEqual(form);
        expect(isSameForm(formFrom(stored(form, seed)), form)).toBe(true);
      }),
    );
  });

  test('is the form that was sent for every kind of rule, and while new rules are observed', () => {
    const { defaultAction, rules } = formWith(managed(...everyRule));
    const form: Form = { defaultAction, rules: [...rules, ...rules.map(observing)] };
    for (const seed of [0, 1, 2, 3]) expect(formFrom(stored(form, seed))).toEqual(form);
  });

  test('survives being sent and read again where a person has written rules of their own', () => {
    const own: WebACL = { ...stored(formWith(managed()), 0), DefaultAction: { Block: { CustomResponse: { ResponseCode: 404 } } }, Rules: [ownRule] };
    const form = formFrom(own);
    expect(formFrom({ ...own, ...settingsOf(form, 'gold-1', own) })).toEqual(form);
    expect(settingsOf(form, 'gold-1', own)).toMatchObject({ DefaultAction: own.DefaultAction, Rules: [{ ...ownRule, Priority: 0 }] });
  });

  test.each<{ name: string; given: WebACLRule; written: Statement }>([
    {
      name: 'a header by another case and a transformation by another priority',
      given: { name: 'a', type: 'RateLimit', action: 'Block', rateLimit: { requests: 100, windowSeconds: 300, key: 'Tenant' } },
      written: { RateBasedStatement: { Limit: 100, AggregateKeyType: 'CUSTOM_KEYS', CustomKeys: [{ Header: { Name: 'Host', TextTransformations: [{ Priority: 7, Type: 'LOWERCASE' }] } }] } },
    },
    {
      name: 'rules that only count as excluded ones',
      given: { name: 'a', type: 'ManagedRuleGroup', managedRuleGroup: { vendor: 'AWS', name: 'Some', countRules: ['A', 'B'] } },
      written: { ManagedRuleGroupStatement: { VendorName: 'AWS', Name: 'Some', ExcludedRules: [{ Name: 'A' }], RuleActionOverrides: [{ Name: 'B', ActionToUse: { Count: {} } }] } },
    },
    {
      name: 'a login path that says it is no regular expression',
      given: { name: 'a', type: 'ManagedRuleGroup', managedRuleGroup: { vendor: 'AWS', name: 'AWSManagedRulesATPRuleSet', accountTakeover: { loginPath: '/login' } } },
      written: { ManagedRuleGroupStatement: { VendorName: 'AWS', Name: 'AWSManagedRulesATPRuleSet', ManagedRuleGroupConfigs: [{ AWSManagedRulesATPRuleSet: { LoginPath: '/login', EnableRegexInPath: false } }] } },
    },
  ])('knows $name', ({ given, written }) => {
    const form = formWith(managed(given));
    const acl = stored(form, 0);
    expect(formFrom({ ...acl, Rules: (acl.Rules ?? []).map((rule) => ({ ...rule, Statement: written })) })).toEqual(form);
  });

  test('takes text transformations for others in another order', () => {
    const turned = (first: number, second: number): WebACL => {
      const statement = { ByteMatchStatement: { ...ownRule.Statement?.ByteMatchStatement, TextTransformations: [{ Priority: first, Type: 'LOWERCASE' }, { Priority: second, Type: 'URL_DECODE' }] } } as Statement;
      return { ...stored(formWith(managed()), 0), Rules: [{ ...ownRule, Statement: statement }] };
    };
    expect([turned(3, 9), turned(1, 0)].map((acl) => isSameForm(formFrom(acl), formFrom(turned(0, 1))))).toEqual([true, false]);
  });
});

const perAddress = (): WebACL => stored(formWith(managed({ name: 'a', type: 'Country', action: 'Block', countries: ['DE'] }, { name: 'b', type: 'Country', action: 'Block', countries: ['AT'] })), 0);

const changed = (change: Partial<Rule>): WebACL => {
  const acl = perAddress();
  return { ...acl, Rules: (acl.Rules ?? []).map((rule) => (rule.Name === 'a' ? { ...rule, ...change } : rule)) };
};

describe('what a person changed by hand makes another form', () => {
  test.each<{ name: string; given: WebACL }>([
    { name: 'a default action', given: { ...perAddress(), DefaultAction: { Block: {} } } },
    { name: 'a default action with headers of its own', given: { ...perAddress(), DefaultAction: { Allow: { CustomRequestHandling: { InsertHeaders: [{ Name: 'x', Value: 'y' }] } } } } },
    { name: 'an action', given: changed({ Action: { Count: {} } }) },
    { name: 'an action that no tier has', given: changed({ Action: { Monetize: {} } }) },
    { name: 'a custom response', given: changed({ Action: { Block: { CustomResponse: { ResponseCode: 404 } } } }) },
    { name: 'a label', given: changed({ RuleLabels: [{ Name: 'x' }] }) },
    { name: 'how long a solved CAPTCHA is good for', given: changed({ CaptchaConfig: { ImmunityTimeProperty: { ImmunityTime: 60 } } }) },
    { name: 'a country', given: changed({ Statement: { GeoMatchStatement: { CountryCodes: ['FR'] } } }) },
    { name: 'whose address counts', given: changed({ Statement: { GeoMatchStatement: { CountryCodes: ['DE'], ForwardedIPConfig: { HeaderName: 'X-Forwarded-For', FallbackBehavior: 'MATCH' } } } }) },
    { name: 'the order', given: changed({ Priority: 1_000 }) },
    { name: 'a rule added', given: { ...perAddress(), Rules: [...(perAddress().Rules ?? []), ownRule] } },
    { name: 'a rule taken away', given: { ...perAddress(), Rules: (perAddress().Rules ?? []).slice(1) } },
  ])('$name', ({ given }) => {
    expect(isSameForm(formFrom(given), formFrom(perAddress()))).toBe(false);
    expect(hashOfForm(formFrom(given))).not.toBe(hashOfForm(formFrom(perAddress())));
  });

  test('machine learning switched off in Bot Control at the targeted level', () => {
    const form = formWith(managed({ name: 'bots', type: 'ManagedRuleGroup', managedRuleGroup: { vendor: 'AWS', name: 'AWSManagedRulesBotControlRuleSet', botControl: { inspectionLevel: 'TARGETED' } } }));
    const learning = (isOn: boolean): WebACL => {
      const acl = stored(form, 0);
      const config = { AWSManagedRulesBotControlRuleSet: { InspectionLevel: 'TARGETED' as const, EnableMachineLearning: isOn } };
      return { ...acl, Rules: (acl.Rules ?? []).map((rule) => ({ ...rule, Statement: { ManagedRuleGroupStatement: { VendorName: 'AWS', Name: 'AWSManagedRulesBotControlRuleSet', ManagedRuleGroupConfigs: [config] } } })) };
    };
    expect([learning(true), learning(false)].map((acl) => isSameForm(formFrom(acl), form))).toEqual([true, false]);
  });
});
