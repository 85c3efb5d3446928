import type { Rule, Statement, WebACL } from '@aws-sdk/client-wafv2';
import * as fc from 'fast-check';
import type { ManagedWebACL, WebACLRule } from '../../../../crds/types.ts';
import { type Form, settingsOf } from '../../../../reconcilers/edge-tier/web-acl/form.ts';
import { formOf, type IpFamily } from '../../../../reconcilers/edge-tier/web-acl/rules.ts';

/** A spec of these rules. */
export const managed = (...rules: readonly WebACLRule[]): ManagedWebACL => ({ defaultAction: 'Allow', tenantsPerACL: 100, rollout: { pauseSeconds: 0, observe: false }, rules });

/** The ARN of an IP set that is there. */
export const arnOf = (rule: string, family: IpFamily): string =>
  `arn:aws:wafv2:us-east-1:111122223333:global/ipset/${rule}-${family}/00000000-0000-4000-8000-000000000000`;

/** The form of a spec all of whose IP sets are there. */
export const formWith = (spec: ManagedWebACL): Form => {
  const form = formOf(spec, arnOf);
  if (form === undefined) throw new Error('a rule of the spec has no statement');
  return form;
};

/** One rule of every kind, with everything set that can be. */
export const everyRule: readonly WebACLRule[] = [
  { name: 'common', type: 'ManagedRuleGroup', managedRuleGroup: { vendor: 'AWS', name: 'AWSManagedRulesCommonRuleSet', version: 'Version_1.5', countRules: ['SizeRestrictions_BODY', 'NoUserAgent_HEADER'], pathPrefix: '/shop' } },
  { name: 'bots', type: 'ManagedRuleGroup', managedRuleGroup: { vendor: 'AWS', name: 'AWSManagedRulesBotControlRuleSet', botControl: { inspectionLevel: 'TARGETED' } } },
  {
    name: 'logins',
    type: 'ManagedRuleGroup',
    managedRuleGroup: {
      vendor: 'AWS',
      name: 'AWSManagedRulesATPRuleSet',
      accountTakeover: { loginPath: '/web/login', payloadType: 'JSON', usernameField: '/form/username', passwordField: '/form/password' },
    },
  },
  { name: 'per-address', type: 'RateLimit', action: 'Challenge', rateLimit: { requests: 2_000, windowSeconds: 300, key: 'IP' } },
  { name: 'per-tenant', type: 'RateLimit', action: 'CAPTCHA', rateLimit: { requests: 50_000, windowSeconds: 60, key: 'Tenant' } },
  { name: 'per-both', type: 'RateLimit', action: 'Block', rateLimit: { requests: 500, windowSeconds: 600, key: 'TenantAndIP' } },
  { name: 'offices', type: 'IPSet', action: 'Allow', ipSet: { cidrs: ['203.0.113.0/24', '2001:db8::/32'] } },
  { name: 'countries', type: 'Country', action: 'Count', countries: ['KP', 'DE', 'AT'] },
];

const name = fc.constantFrom('a', 'b', 'common', 'per-address');
const action = fc.constantFrom('Allow', 'Block', 'Count', 'Challenge', 'CAPTCHA' as const);
const optional = { requiredKeys: [] };

const group = fc
  .record(
    {
      version: fc.constantFrom('Version_1.5', 'Version_2.0'),
      countRules: fc.uniqueArray(fc.constantFrom('One', 'Two', 'Three'), { minLength: 1 }),
      pathPrefix: fc.constantFrom('/login', '/%E4', "/~!$&'()*+,;=:@"),
    },
    optional,
  )
  .chain((more) =>
    fc.oneof(
      fc.record({ vendor: fc.constantFrom('AWS', 'Some Seller'), name: fc.constantFrom('AWSManagedRulesCommonRuleSet', 'Other') }),
      fc.record({ vendor: fc.constant('AWS'), name: fc.constant('AWSManagedRulesBotControlRuleSet'), botControl: fc.record({ inspectionLevel: fc.constantFrom('COMMON', 'TARGETED' as const) }) }, { requiredKeys: ['vendor', 'name'] }),
      fc.record({ vendor: fc.constant('AWS'), name: fc.constant('AWSManagedRulesATPRuleSet'), accountTakeover: fc.record({ loginPath: fc.constantFrom('/login', '/in') }) }),
    ).map((base) => ({ ...base, ...more })),
  );

const withoutName: fc.Arbitrary<Omit<WebACLRule, 'name'>> = fc.oneof(
  group.map((managedRuleGroup) => ({ type: 'ManagedRuleGroup' as const, managedRuleGroup })),
  fc.record({
    type: fc.constant('RateLimit' as const),
    action,
    rateLimit: fc.record({ requests: fc.constantFrom(10, 2_000), windowSeconds: fc.constantFrom(60, 300), key: fc.constantFrom('IP', 'Tenant', 'TenantAndIP' as const) }),
  }),
  fc.record({ type: fc.constant('IPSet' as const), action, ipSet: fc.record({ cidrs: fc.uniqueArray(fc.constantFrom('203.0.113.0/24', '198.51.100.7/32', '2001:db8::/32'), { minLength: 1 }) }) }),
  fc.record({ type: fc.constant('Country' as const), action, countries: fc.uniqueArray(fc.constantFrom('DE', 'AT', 'KP'), { minLength: 1 }) }),
);

/** Any spec that the schema lets in, of few values, so that two of them are often nearly the same. */
export const anyManaged: fc.Arbitrary<ManagedWebACL> = fc
  .tuple(fc.constantFrom('Allow', 'Block' as const), fc.uniqueArray(fc.tuple(name, withoutName), { selector: ([of]) => of, maxLength: 4 }))
  .map(([defaultAction, rules]) => ({ ...managed(...rules.map(([of, rule]) => ({ name: of, ...rule }))), defaultAction }));

const decorated = (statement: Statement, seed: number): Statement => {
  const { ManagedRuleGroupStatement: of, RateBasedStatement: rate, GeoMatchStatement: geo, OrStatement: or } = statement;
  const turned = <T>(list: readonly T[] | undefined): T[] => (seed % 2 === 0 ? [...(list ?? [])] : (list ?? []).toReversed());
  if (of !== undefined)
    return { ManagedRuleGroupStatement: { ...of, Version: of.Version ?? '', ExcludedRules: [], RuleActionOverrides: turned(of.RuleActionOverrides), ManagedRuleGroupConfigs: of.ManagedRuleGroupConfigs ?? [] } };
  if (rate !== undefined) {
    const { EvaluationWindowSec: window, ...others } = rate;
    return { RateBasedStatement: { ...others, ...(window !== 300 && { EvaluationWindowSec: window }), CustomKeys: turned(rate.CustomKeys) } };
  }
  if (geo !== undefined) return { GeoMatchStatement: { ...geo, CountryCodes: turned(geo.CountryCodes) } };
  return or === undefined ? statement : { OrStatement: { Statements: turned(or.Statements) } };
};

const decoratedRule = (rule: Rule, seed: number): Rule => ({
  ...rule,
  Priority: (rule.Priority ?? 0) * 10 + 3,
  RuleLabels: [],
  ...(seed % 3 === 0 && { CaptchaConfig: { ImmunityTimeProperty: { ImmunityTime: 300 } }, ChallengeConfig: {} }),
  ...(rule.Statement !== undefined && { Statement: decorated(rule.Statement, seed) }),
});

/** A web ACL as GetWebACL gives it back after it was sent this form: with defaults, empty members and other orders, as `seed` has it. */
export const stored = (form: Form, seed: number): WebACL => {
  const { Rules: rules = [], ...settings } = settingsOf(form, 'gold-1', undefined);
  const shown = rules.map((rule, index) => decoratedRule(rule, seed + index));
  return {
    ...settings,
    Name: 'gold-1',
    Id: '00000000-0000-4000-8000-000000000000',
    ARN: 'arn:aws:wafv2:us-east-1:111122223333:global/webacl/gold-1/00000000-0000-4000-8000-000000000000',
    Description: '',
    Rules: seed % 2 === 0 ? shown : shown.toReversed(),
    Capacity: 777,
    ManagedByFirewallManager: false,
    RetrofittedByFirewallManager: false,
    LabelNamespace: 'awswaf:111122223333:webacl:gold-1:',
    TokenDomains: [],
    CustomResponseBodies: {},
  };
};
