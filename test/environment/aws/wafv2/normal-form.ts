import type { ManagedRuleGroupStatement, RateBasedStatement, Rule, Statement, WebACL } from '@aws-sdk/client-wafv2';
import type { Knobs } from '../knobs.ts';

type Form = Knobs['webAclNormalisation'];

const botControl = 'AWSManagedRulesBotControlRuleSet';

// https://docs.aws.amazon.com/waf/latest/APIReference/API_AWSManagedRulesBotControlRuleSet.html
const botControlOf = ({ ManagedRuleGroupConfigs: [{ [botControl]: given } = {}] = [] }: ManagedRuleGroupStatement) => {
  const level = given?.InspectionLevel ?? 'COMMON';
  return { [botControl]: { InspectionLevel: level, EnableMachineLearning: given?.EnableMachineLearning ?? level === 'TARGETED' } };
};

const groupForm = (group: ManagedRuleGroupStatement, form: Form): ManagedRuleGroupStatement => {
  const { ScopeDownStatement: scope, ...rest } = group;
  return {
    ...rest,
    ...(form === 'verbose' && { ExcludedRules: rest.ExcludedRules ?? [] }),
    ...(form === 'verbose' && rest.Name === botControl && { ManagedRuleGroupConfigs: [botControlOf(rest)] }),
    ...(scope !== undefined && { ScopeDownStatement: statementForm(scope, form) }),
  };
};

const rateForm = ({ ScopeDownStatement: scope, ...rest }: RateBasedStatement, form: Form): RateBasedStatement => ({
  ...rest,
  // https://docs.aws.amazon.com/waf/latest/APIReference/API_RateBasedStatement.html, default
  EvaluationWindowSec: rest.EvaluationWindowSec ?? 300,
  ...(scope !== undefined && { ScopeDownStatement: statementForm(scope, form) }),
});

const statementForm = (statement: Statement, form: Form): Statement => {
  const { AndStatement: and, OrStatement: or, NotStatement: not, ByteMatchStatement: bytes } = statement;
  const { RateBasedStatement: rate, ManagedRuleGroupStatement: group, GeoMatchStatement: geo } = statement;
  const inside = (parts: readonly Statement[] = []) => ({ Statements: parts.map((part) => statementForm(part, form)) });
  if (and !== undefined) return { AndStatement: inside(and.Statements) };
  if (or !== undefined) return { OrStatement: inside(or.Statements) };
  if (not?.Statement !== undefined) return { NotStatement: { Statement: statementForm(not.Statement, form) } };
  if (rate !== undefined) return { RateBasedStatement: rateForm(rate, form) };
  if (group !== undefined) return { ManagedRuleGroupStatement: groupForm(group, form) };
  // A view of the caller's buffer would carry all of it along.
  if (bytes?.SearchString !== undefined) return { ByteMatchStatement: { ...bytes, SearchString: new Uint8Array(bytes.SearchString) } };
  if (geo !== undefined && form === 'verbose') return { GeoMatchStatement: { ...geo, CountryCodes: (geo.CountryCodes ?? []).toSorted() } };
  return statement;
};

const rulesForm = (rules: readonly Rule[], form: Form): Rule[] => {
  const ordered = form === 'verbose' ? rules.toSorted((one, other) => (one.Priority ?? 0) - (other.Priority ?? 0)) : rules;
  return ordered.map(({ Statement: statement, ...rule }) => ({ ...rule, Statement: statement === undefined ? undefined : statementForm(statement, form) }));
};

/**
 * An ACL as AWS gives it back: with the defaults of what was left out. `verbose` also sorts what has no order and writes out what may be
 * left out; an empty description is then refused if it is sent back.
 */
export const normalForm = (acl: WebACL, form: Form): WebACL => ({
  ...acl,
  Rules: rulesForm(acl.Rules ?? [], form),
  ...(form === 'verbose' && {
    Description: acl.Description ?? '',
    PreProcessFirewallManagerRuleGroups: [],
    PostProcessFirewallManagerRuleGroups: [],
  }),
});
