import type { CountryCode, ManagedRuleGroupConfig, RateBasedStatement, RateBasedStatementCustomKey, Statement as WafStatement } from '@aws-sdk/client-wafv2';
import type { AccountTakeoverPrevention, IPSet, ManagedRuleGroup, ManagedWebACL, RateLimit, WebACLRule } from '../../../crds/types.ts';
import type { Form, FormRule } from './form.ts';
import { isShields } from './rule-kept.ts';
import { networkOf, type IpFamily, type Network } from './rule-network.ts';
import { normalOf } from './rule-statement.ts';

export type { IpFamily } from './rule-network.ts';

/** An IP set that a rule needs: addresses are networks in their shortest form, each once, sorted. */
export type IpSetWant = { readonly rule: string; readonly family: IpFamily; readonly addresses: readonly string[] };

const families = ['IPV4', 'IPV6'] as const satisfies readonly IpFamily[];

const networksOf = ({ cidrs }: IPSet): readonly Network[] => cidrs.map(networkOf).filter((network) => 'cidr' in network);

const unique = (texts: readonly string[]): readonly string[] => [...new Set(texts)].toSorted();

const wantOf = (rule: string, family: IpFamily, networks: readonly Network[]): IpSetWant => ({
  rule,
  family,
  addresses: unique(networks.filter((network) => network.family === family).map(({ cidr }) => cidr)),
});

const wantsOf = ({ name, ipSet }: WebACLRule): readonly IpSetWant[] => {
  const networks = ipSet === undefined ? [] : networksOf(ipSet);
  return families.map((family) => wantOf(name, family, networks)).filter(({ addresses }) => addresses.length > 0);
};

/**
 * The IP sets that the rules need: one for each rule and address family that occurs, since an IP set holds one family. What is no
 * network is left out, so `problemOf` is to be asked before.
 */
export const ipSetsOf = (managed: ManagedWebACL): readonly IpSetWant[] => (managed.rules ?? []).flatMap(wantsOf);

/** What GetIPSet gave, to be compared with `IpSetWant.addresses`: AWS writes the zeros of IPv6 out. What we cannot read stays as it is. */
export const addressesFrom = (answered: readonly string[]): readonly string[] =>
  unique(
    answered.map((text) => {
      const network = networkOf(text);
      return 'cidr' in network ? network.cidr : text;
    }),
  );

/** The ARN of the IP set of a rule and family, undefined while there is none. */
type ArnOf = (rule: string, family: IpFamily) => string | undefined;

/** All that are there as one statement, or undefined while one is missing. */
const ipSetStatement = (rule: WebACLRule, arnOf: ArnOf): WafStatement | undefined => {
  const arns = wantsOf(rule).map(({ family }) => arnOf(rule.name, family));
  const known = arns.filter((arn) => arn !== undefined);
  const statements = known.map((arn) => ({ IPSetReferenceStatement: { ARN: arn } }));
  if (known.length < arns.length) return undefined;
  return statements.length > 1 ? { OrStatement: { Statements: statements } } : statements[0];
};

// Host names reach us in any case: https://www.rfc-editor.org/rfc/rfc9110#section-4.2.3
const hostKey = { Header: { Name: 'host', TextTransformations: [{ Priority: 0, Type: 'LOWERCASE' }] } } satisfies RateBasedStatementCustomKey;

const countedBy = {
  IP: { AggregateKeyType: 'IP' },
  Tenant: { AggregateKeyType: 'CUSTOM_KEYS', CustomKeys: [hostKey] },
  TenantAndIP: { AggregateKeyType: 'CUSTOM_KEYS', CustomKeys: [hostKey, { IP: {} }] },
} satisfies Record<RateLimit['key'], Pick<RateBasedStatement, 'AggregateKeyType' | 'CustomKeys'>>;

const rateStatement = ({ requests, windowSeconds, key }: RateLimit): WafStatement => ({
  RateBasedStatement: { Limit: requests, EvaluationWindowSec: windowSeconds, ...countedBy[key] },
});

const takeoverConfig = ({ loginPath, usernameField: username, passwordField: password, payloadType }: AccountTakeoverPrevention): ManagedRuleGroupConfig => {
  const isWhole = username !== undefined && password !== undefined && payloadType !== undefined;
  const inspection = { PayloadType: payloadType, UsernameField: { Identifier: username }, PasswordField: { Identifier: password } };
  return { AWSManagedRulesATPRuleSet: { LoginPath: loginPath, ...(isWhole && { RequestInspection: inspection }) } };
};

const startsWith = (prefix: string): WafStatement => ({
  ByteMatchStatement: {
    FieldToMatch: { UriPath: {} },
    PositionalConstraint: 'STARTS_WITH',
    SearchString: Buffer.from(prefix),
    TextTransformations: [{ Priority: 0, Type: 'NONE' }],
  },
});

const groupStatement = ({ vendor, name, version, countRules, pathPrefix, botControl, accountTakeover }: ManagedRuleGroup): WafStatement => ({
  ManagedRuleGroupStatement: {
    VendorName: vendor,
    Name: name,
    Version: version,
    RuleActionOverrides: (countRules ?? []).map((rule) => ({ Name: rule, ActionToUse: { Count: {} } })),
    ScopeDownStatement: pathPrefix === undefined ? undefined : startsWith(pathPrefix),
    ManagedRuleGroupConfigs: [
      ...(botControl === undefined ? [] : [{ AWSManagedRulesBotControlRuleSet: { InspectionLevel: botControl.inspectionLevel } }]),
      ...(accountTakeover === undefined ? [] : [takeoverConfig(accountTakeover)]),
    ],
  },
});

const statementOf = (rule: WebACLRule, arnOf: ArnOf): WafStatement | undefined => {
  const { managedRuleGroup, rateLimit, countries } = rule;
  switch (rule.type) {
    case 'ManagedRuleGroup':
      return managedRuleGroup && groupStatement(managedRuleGroup);
    case 'RateLimit':
      return rateLimit && rateStatement(rateLimit);
    case 'IPSet':
      return ipSetStatement(rule, arnOf);
    case 'Country':
      return countries && { GeoMatchStatement: { CountryCodes: countries as CountryCode[] } };
  }
};

const formRuleOf = (rule: WebACLRule, arnOf: ArnOf): FormRule | undefined => {
  const statement = statementOf(rule, arnOf);
  const action = rule.type === 'ManagedRuleGroup' ? 'Group' : rule.action;
  return statement && action && { name: rule.name, action, statement: normalOf(statement) };
};

/** The form that a tier's web ACLs are to have, or undefined while an IP set has no ARN yet. */
export const formOf = (managed: ManagedWebACL, arnOf: ArnOf): Form | undefined => {
  const rules = (managed.rules ?? []).map((rule) => formRuleOf(rule, arnOf));
  const whole = rules.filter((rule) => rule !== undefined);
  return whole.length < rules.length ? undefined : { defaultAction: managed.defaultAction, rules: whole };
};

// Enough to see the pattern; a condition's message is no report.
const maxProblems = 3;

const problemsOf = ({ name, ipSet }: WebACLRule): readonly string[] => [
  ...(isShields(name) ? [`rule ${name}: names that start so belong to AWS Shield Advanced: choose another name`] : []),
  ...(ipSet?.cidrs ?? []).flatMap((text) => {
    const network = networkOf(text);
    return 'problem' in network ? [`rule ${name}: ipSet.cidrs: ${text} ${network.problem}`] : [];
  }),
];

/** What is wrong with the rules that the schema could not see, in words that name the rule and the value; undefined where nothing is. */
export const problemOf = (managed: ManagedWebACL): string | undefined => {
  const problems = (managed.rules ?? []).flatMap(problemsOf);
  const more = problems.length > maxProblems ? [`and ${problems.length - maxProblems} more like this`] : [];
  return problems.length === 0 ? undefined : `spec.webACL.managed.rules: ${[...problems.slice(0, maxProblems), ...more].join('; ')}`;
};
