import type { Rule, WebACL } from '@aws-sdk/client-wafv2';
import { describe, expect, test } from 'vitest';
import { formFrom, isObserving, isSameForm, observing, rulesOf, settingsOf } from '../../../../reconcilers/edge-tier/web-acl/form.ts';
import { everyRule, formWith, managed, stored } from './form-specs.ts';

describe('observing', () => {
  test('makes every rule one that only counts, under a name that says so', () => {
    const { rules } = formWith(managed(...everyRule));
    const observed = rules.map(observing);
    expect(observed.map(({ name, action }) => [name, action])).toEqual([
      ['common-observed', 'GroupCount'],
      ['bots-observed', 'GroupCount'],
      ['logins-observed', 'GroupCount'],
      ['per-address-observed', 'Count'],
      ['per-tenant-observed', 'Count'],
      ['per-both-observed', 'Count'],
      ['offices-observed', 'Count'],
      ['countries-observed', 'Count'],
    ]);
    expect(observed.map(({ statement }) => statement)).toEqual(rules.map(({ statement }) => statement));
    expect([...rules, ...observed].map(isObserving)).toEqual([...rules.map(() => false), ...observed.map(() => true)]);
  });
});

describe('rulesOf', () => {
  test('numbers the rules in their order and gives each a metric of its own name', () => {
    const rules = rulesOf(formWith(managed(...everyRule)));
    expect(rules.map(({ Priority: priority }) => priority)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(rules.map(({ VisibilityConfig: visibility }) => visibility?.MetricName)).toEqual(everyRule.map(({ name }) => name));
  });

  test('sends an action for rules of the tier, and an override for groups that others keep', () => {
    const form = formWith(managed(...everyRule));
    expect(rulesOf({ ...form, rules: form.rules.slice(0, 1).flatMap((rule) => [rule, observing(rule)]) }).map(({ Action: action, OverrideAction: override }) => ({ action, override }))).toEqual([
      { action: undefined, override: { None: {} } },
      { action: undefined, override: { Count: {} } },
    ]);
    expect(rulesOf(form).map(({ Action: action }) => action)).toEqual([undefined, undefined, undefined, { Challenge: {} }, { Captcha: {} }, { Block: {} }, { Allow: {} }, { Count: {} }]);
  });
});

describe('settingsOf', () => {
  const form = formWith(managed({ name: 'a', type: 'Country', action: 'Block', countries: ['DE'] }));

  test('makes a web ACL of nothing but the form', () => {
    expect(settingsOf(form, 'gold-1', undefined)).toEqual({
      DefaultAction: { Allow: {} },
      VisibilityConfig: { MetricName: 'gold-1', CloudWatchMetricsEnabled: true, SampledRequestsEnabled: true },
      Rules: [
        {
          Name: 'a',
          Priority: 0,
          Action: { Block: {} },
          Statement: { GeoMatchStatement: { CountryCodes: ['DE'] } },
          VisibilityConfig: { MetricName: 'a', CloudWatchMetricsEnabled: true, SampledRequestsEnabled: true },
        },
      ],
    });
  });

  test('keeps what UpdateWebACL would else take away', () => {
    const kept = {
      Description: 'of the tier gold',
      DataProtectionConfig: { DataProtections: [{ Field: { FieldType: 'SINGLE_COOKIE' as const, FieldKeys: ['session'] }, Action: 'HASH' as const }] },
      CustomResponseBodies: { sorry: { ContentType: 'TEXT_PLAIN' as const, Content: 'sorry' } },
      CaptchaConfig: { ImmunityTimeProperty: { ImmunityTime: 60 } },
      ChallengeConfig: { ImmunityTimeProperty: { ImmunityTime: 90 } },
      TokenDomains: ['example.com'],
      AssociationConfig: { RequestBody: { CLOUDFRONT: { DefaultSizeInspectionLimit: 'KB_32' as const } } },
      OnSourceDDoSProtectionConfig: { ALBLowReputationMode: 'ALWAYS_ON' as const },
      ApplicationConfig: { Attributes: [{ Name: 'kind', Values: ['shop'] }] },
    };
    expect(settingsOf(form, 'gold-1', { ...stored(form, 0), ...kept })).toEqual({ ...settingsOf(form, 'gold-1', undefined), ...kept });
  });

  test('does not send back what AWS shows as empty and refuses to be sent', () => {
    expect(settingsOf(form, 'gold-1', stored(form, 0))).toEqual(settingsOf(form, 'gold-1', undefined));
  });

  test('keeps the rule of AWS Shield Advanced as it is, which is no part of the form', () => {
    const shields: Rule = {
      Name: 'ShieldMitigationRuleGroup_111122223333_e0c2_1f5e',
      Priority: 10_000_000,
      Statement: { RuleGroupReferenceStatement: { ARN: 'arn:aws:wafv2:us-east-1:153427709519:global/rulegroup/ShieldMitigationRuleGroup/1' } },
      OverrideAction: { None: {} },
      VisibilityConfig: { MetricName: 'shield', CloudWatchMetricsEnabled: true, SampledRequestsEnabled: false },
    };
    const current: WebACL = { ...stored(form, 0), Rules: [shields, ...(stored(form, 0).Rules ?? [])] };
    expect(isSameForm(formFrom(current), form)).toBe(true);
    expect(settingsOf(form, 'gold-1', current).Rules).toEqual([...rulesOf(form), shields]);
  });
});
