import type { CreateWebACLCommandInput, Rule, Statement, VisibilityConfig } from '@aws-sdk/client-wafv2';
import { wafFault } from '../errors.ts';

type Settings = Pick<CreateWebACLCommandInput, 'Name' | 'Scope' | 'DefaultAction' | 'VisibilityConfig' | 'Description' | 'Rules'>;

/** The error that WAF answers to a wrong member. */
export const invalidParameter = (field: string, parameter: unknown, reason: string) =>
  wafFault('WAFInvalidParameterException', `Error reason: ${reason}, field: ${field}, parameter: ${String(parameter)}`, {
    Field: field,
    Parameter: String(parameter),
    Reason: reason,
  });

const checkVisibility = (visibility: VisibilityConfig | undefined): void => {
  const isWhole = visibility?.SampledRequestsEnabled !== undefined && visibility.CloudWatchMetricsEnabled !== undefined;
  if (!isWhole || !/^[\w#:.\-/]{1,255}$/.test(visibility?.MetricName ?? ''))
    throw invalidParameter('METRIC_NAME', visibility?.MetricName, 'Your visibility configuration is not complete');
};

const windows: readonly number[] = [60, 120, 300, 600];

const checkStatement = (statement: Statement): void => {
  if (Object.keys(statement).length !== 1) throw invalidParameter('STATEMENT', Object.keys(statement).join(), 'A statement must have exactly one value');
  const { RateBasedStatement: rate, IPSetReferenceStatement: set, ManagedRuleGroupStatement: group, GeoMatchStatement: geo } = statement;
  if (rate !== undefined && ((rate.Limit ?? 0) < 10 || (rate.Limit ?? 0) > 2_000_000_000))
    throw invalidParameter('RATE_BASED_STATEMENT', rate.Limit, 'The limit is out of range');
  if (rate?.EvaluationWindowSec !== undefined && !windows.includes(rate.EvaluationWindowSec))
    throw invalidParameter('RATE_BASED_STATEMENT', rate.EvaluationWindowSec, 'The evaluation window is not valid');
  if (group !== undefined && (group.VendorName === undefined || group.Name === undefined))
    throw invalidParameter('MANAGED_RULE_SET', group.Name, 'VendorName and Name are required');
  if (geo !== undefined && (geo.CountryCodes ?? []).length > 50) throw wafFault('WAFLimitsExceededException', 'At most 50 country codes', { SourceType: 'GEO' });
  if (set !== undefined) throw wafFault('WAFNonexistentItemException', 'AWS WAF couldn’t perform the operation because your resource doesn’t exist.');
};

const checkRule = (rule: Rule): void => {
  if (!/^[\w-]{1,128}$/.test(rule.Name ?? '')) throw invalidParameter('RULE', rule.Name, 'The rule name is not valid');
  if (rule.Priority === undefined || rule.Statement === undefined) throw invalidParameter('RULE', rule.Name, 'Priority and Statement are required');
  checkStatement(rule.Statement);
  checkVisibility(rule.VisibilityConfig);
  const isGroup = rule.Statement.ManagedRuleGroupStatement !== undefined || rule.Statement.RuleGroupReferenceStatement !== undefined;
  if ((rule.OverrideAction !== undefined) !== isGroup || (rule.Action !== undefined) === isGroup)
    throw invalidParameter('RULE_ACTION', rule.Name, 'A rule group takes an override action, every other rule an action');
};

// https://docs.aws.amazon.com/waf/latest/developerguide/limits.html
const maxRateRules = 10;

const checkRules = (rules: readonly Rule[]): void => {
  for (const rule of rules) checkRule(rule);
  if (new Set(rules.map(({ Priority: priority }) => priority)).size !== rules.length) throw invalidParameter('RULE', 'Priority', 'Priorities must be unique');
  if (new Set(rules.map(({ Name: name }) => name)).size !== rules.length) throw invalidParameter('RULE', 'Name', 'Rule names must be unique');
  if (rules.filter(({ Statement: statement }) => statement?.RateBasedStatement !== undefined).length > maxRateRules)
    throw wafFault('WAFLimitsExceededException', `At most ${maxRateRules} rate-based rules`, { SourceType: 'RATE_BASED_RULE' });
};

/** Everything about a web ACL that can be wrong in itself. */
export const checkSettings = (settings: Settings): void => {
  if (!/^[\w-]{1,128}$/.test(settings.Name ?? '')) throw invalidParameter('ENTITY_NAME', settings.Name, 'The name is not valid');
  checkScope(settings.Scope);
  const actions = Object.values(settings.DefaultAction ?? {}).filter((action) => action !== undefined);
  if (actions.length !== 1) throw invalidParameter('DEFAULT_ACTION', '', 'The default action must be exactly one of Allow and Block');
  checkVisibility(settings.VisibilityConfig);
  const { Description: description } = settings;
  if (description !== undefined && !/^[\w+=:#@/\-,.][\w+=:#@/\-,.\s]{1,254}[\w+=:#@/\-,.]$/.test(description))
    throw invalidParameter('DESCRIPTION', description, 'The description is not valid');
  checkRules(settings.Rules ?? []);
};

/** CloudFront's web ACLs are those of scope CLOUDFRONT; no others exist here. */
export const checkScope = (scope: string | undefined): void => {
  if (scope !== 'CLOUDFRONT') throw invalidParameter('SCOPE_VALUE', scope, 'The scope is not valid.');
};
