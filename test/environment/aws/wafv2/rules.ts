import type { CreateWebACLCommandInput, Rule, VisibilityConfig } from '@aws-sdk/client-wafv2';
import type { World } from '../world.ts';
import { capacityOf, maxCapacity } from './capacity.ts';
import { exactlyOne, invalidParameter, limitsExceeded } from './refusals.ts';
import { checkIdentity, membersOf } from './requests.ts';
import { checkStatement } from './statements.ts';

type Settings = Pick<CreateWebACLCommandInput, 'Name' | 'Scope' | 'DefaultAction' | 'VisibilityConfig' | 'Description' | 'Rules'>;

const checkVisibility = (visibility: VisibilityConfig | undefined): void => {
  const isWhole = visibility?.SampledRequestsEnabled !== undefined && visibility.CloudWatchMetricsEnabled !== undefined;
  if (!isWhole || !/^[\w#:.\-/]{1,255}$/.test(visibility?.MetricName ?? ''))
    throw invalidParameter('METRIC_NAME', visibility?.MetricName, 'Your visibility configuration is not complete');
};

/** A rule group takes an override action and every other rule an action, each with exactly one member. */
const checkAction = ({ Name: name, Statement: statement, Action: action, OverrideAction: override }: Rule): void => {
  const isGroup = statement?.ManagedRuleGroupStatement !== undefined || statement?.RuleGroupReferenceStatement !== undefined;
  if ((override !== undefined) !== isGroup || (action !== undefined) === isGroup)
    throw invalidParameter('RULE_ACTION', name, 'A rule group takes an override action, every other rule an action');
  if (membersOf(action ?? override).length !== 1) throw invalidParameter(isGroup ? 'OVERRIDE_ACTION' : 'RULE_ACTION', name, exactlyOne);
  if (statement?.RateBasedStatement !== undefined && action?.Allow !== undefined)
    throw invalidParameter('RULE_ACTION', name, 'A rate-based rule cannot allow');
};

const checkRule = (world: World, rule: Rule): void => {
  const { Name: name = '', Priority: priority, Statement: statement } = rule;
  if (!/^[\w-]{1,128}$/.test(name)) throw invalidParameter('RULE', name, 'The rule name is not valid');
  if (priority === undefined || statement === undefined) throw invalidParameter('RULE', name, 'Priority and Statement are required');
  if (!Number.isInteger(priority) || priority < 0) throw invalidParameter('RULE', priority, 'The priority is out of range');
  checkAction(rule);
  checkStatement(world, statement, true);
  checkVisibility(rule.VisibilityConfig);
};

// https://docs.aws.amazon.com/waf/latest/developerguide/limits.html
const maxRateRules = 10;

/** Everything about rules that can be wrong, in themselves and in what they refer to. */
export const checkRules = (world: World, rules: readonly Rule[] | undefined): void => {
  if (rules === undefined) throw invalidParameter('RULE', 'Rules', 'Rules are required');
  for (const rule of rules) checkRule(world, rule);
  if (new Set(rules.map(({ Priority: priority }) => priority)).size !== rules.length) throw invalidParameter('RULE', 'Priority', 'Priorities must be unique');
  if (new Set(rules.map(({ Name: name }) => name)).size !== rules.length) throw invalidParameter('RULE', 'Name', 'Rule names must be unique');
  if (rules.filter(({ Statement: statement }) => statement?.RateBasedStatement !== undefined).length > maxRateRules) throw limitsExceeded('RATE_BASED_RULE');
};

/** Which error it is is a knob: live AWS was seen to answer WAFInvalidParameterException with the units as parameter. */
const checkCapacity = (world: World, rules: readonly Rule[]): void => {
  const capacity = capacityOf(rules);
  if (capacity <= maxCapacity) return;
  if (world.knobs.whenOverCapacity === 'WAFLimitsExceededException') throw limitsExceeded('WEBACL_CAPACITY');
  throw invalidParameter('WEB_ACL', capacity, 'You exceeded the capacity limit for a rule group or web ACL.');
};

/** Everything about a web ACL that can be wrong before it meets the others. */
export const checkSettings = (world: World, settings: Settings): void => {
  checkIdentity(settings);
  if (membersOf(settings.DefaultAction).length !== 1)
    throw invalidParameter('DEFAULT_ACTION', '', 'The default action must be exactly one of Allow and Block');
  checkVisibility(settings.VisibilityConfig);
  const { Rules: rules = [] } = settings;
  checkRules(world, rules);
  checkCapacity(world, rules);
};
