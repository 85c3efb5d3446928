import type { ManagedRuleGroupStatement, Rule, Statement } from '@aws-sdk/client-wafv2';
import type { Members } from './contract.ts';

const visibility = { SampledRequestsEnabled: true, CloudWatchMetricsEnabled: true, MetricName: 'm' };

/** A request for a web ACL that is all right but for `members`. */
export const aclInput = (members: Members = {}): Members => ({
  Name: 'acl',
  Scope: 'CLOUDFRONT',
  DefaultAction: { Allow: {} },
  VisibilityConfig: visibility,
  ...members,
});

/** A rule that blocks a country but for `members`. */
export const ruleInput = (members: Partial<Rule> = {}): Rule => ({
  Name: 'r',
  Priority: 0,
  Statement: { GeoMatchStatement: { CountryCodes: ['DE'] } },
  Action: { Block: {} },
  VisibilityConfig: visibility,
  ...members,
});

/** A rule that blocks what `statement` matches, or runs the rule group that it is. */
export const ruleOf = (statement: Statement, members: Partial<Rule> = {}): Rule => {
  const isGroup = statement.ManagedRuleGroupStatement !== undefined || statement.RuleGroupReferenceStatement !== undefined;
  return ruleInput({ Statement: statement, ...(isGroup && { Action: undefined, OverrideAction: { None: {} } }), ...members });
};

/** A managed rule group of AWS by the end of its name. */
export const groupOf = (name: string, members: Partial<ManagedRuleGroupStatement> = {}): Statement => ({
  ManagedRuleGroupStatement: { VendorName: 'AWS', Name: `AWSManagedRules${name}`, ...members },
});

/** A string at the start of the path, nothing transformed. */
export const pathOf = (path: string | Uint8Array): Statement => ({
  ByteMatchStatement: {
    SearchString: typeof path === 'string' ? new TextEncoder().encode(path) : path,
    FieldToMatch: { UriPath: {} },
    TextTransformations: [{ Priority: 0, Type: 'NONE' }],
    PositionalConstraint: 'STARTS_WITH',
  },
});
