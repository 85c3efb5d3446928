import { isDeepStrictEqual } from 'node:util';
import type { CreateWebACLCommandInput, DefaultAction, OverrideAction, Rule, RuleAction, Statement as WafStatement, WebACL } from '@aws-sdk/client-wafv2';
import { configHashOf } from '../../names.ts';
import { isShields, keptOf, shieldRulesOf, type Kept } from './rule-kept.ts';
import { normalOf, sentOf, type Plain, type Statement } from './rule-statement.ts';

/*
 * What is wanted and what is there are compared, hashed, observed and sent as one noun, the form:
 *
 *     spec --formOf--> Form <--formFrom-- GetWebACL
 *                       |
 *                       +--settingsOf--> CreateWebACL, UpdateWebACL
 *                       +--rulesOf-----> CheckCapacity
 */

/** What becomes of a request that a rule matches; a Group's own rules decide, a GroupCount's only count. */
export type FormAction = 'Allow' | 'Block' | 'Count' | 'Challenge' | 'CAPTCHA' | 'Group' | 'GroupCount';

/** What a rule may say that no rule of a tier ever does, such as custom responses: it makes the rule another one. */
export type Besides = Plain<Partial<Pick<Rule, 'Action' | 'RuleLabels' | 'CaptchaConfig' | 'ChallengeConfig'>>>;

/** One rule in normal form: what AWS gives back and what we would send are equal if and only if they mean the same. */
export type FormRule = {
  readonly name: string;
  readonly action: FormAction;
  readonly statement: Statement;
  /** Never there in a form made of a spec. */
  readonly besides?: Besides;
};

/** What a web ACL does, in normal form; the order of rules is their priority. */
export type Form = {
  readonly defaultAction: 'Allow' | 'Block';
  readonly rules: readonly FormRule[];
  /** A default action with a custom response or custom headers; never there in a form made of a spec. */
  readonly besides?: Plain<DefaultAction>;
};

/** Whether the rules are the same, in the same order, with the same default action. */
export const isSameForm = (a: Form, b: Form): boolean => isDeepStrictEqual(a, b);

/** 16 characters that are equal for forms that are the same. */
export const hashOfForm = (form: Form): string => configHashOf(form);

const actions = {
  Allow: 'Allow',
  Block: 'Block',
  Count: 'Count',
  Challenge: 'Challenge',
  Captcha: 'CAPTCHA',
} as const satisfies Partial<Record<keyof RuleAction, FormAction>>;

const isPlainAction = (action: Plain<RuleAction | DefaultAction>): boolean => Object.values(action).every((details) => !hasMembers(details));

/** The action's kind; one that has no word here (such as Monetize) is told by `besides` alone. */
const kindOf = (action: Plain<RuleAction>): FormAction | undefined =>
  Object.entries(actions).find(([member]) => action[member as keyof RuleAction] !== undefined)?.[1];

const hasMembers = (value: object | undefined): boolean => Object.keys(value ?? {}).length > 0;

// How long a solved challenge or CAPTCHA is good for unless somebody sets it; AWS may give it back without having been asked.
// https://docs.aws.amazon.com/waf/latest/APIReference/API_ImmunityTimeProperty.html
const defaultImmunity = { ImmunityTimeProperty: { ImmunityTime: 300 } };

/** `isWord`: the form's word for the action says at least what kind it is. */
const besidesOf = (action: Plain<RuleAction>, isWord: boolean, rule: Rule): Besides => {
  const { RuleLabels: labels, CaptchaConfig: captcha, ChallengeConfig: challenge } = rule;
  const configs = normalOf({ CaptchaConfig: captcha, ChallengeConfig: challenge });
  return {
    ...(!(isWord && isPlainAction(action)) && { Action: action }),
    ...normalOf({ RuleLabels: labels }),
    ...Object.fromEntries(Object.entries(configs).filter(([, config]) => hasMembers(config) && !isDeepStrictEqual(config, defaultImmunity))),
  };
};

const ruleFrom = (rule: Rule): FormRule => {
  const isGroup = rule.OverrideAction !== undefined;
  const action = normalOf<RuleAction>(rule.Action ?? {});
  const word = isGroup ? (rule.OverrideAction?.Count === undefined ? 'Group' : 'GroupCount') : kindOf(action);
  const besides = besidesOf(action, word !== undefined, rule);
  return { name: rule.Name ?? '', action: word ?? 'Block', statement: normalOf(rule.Statement ?? {}), ...(hasMembers(besides) && { besides }) };
};

/** The form of what GetWebACL answered, without what AWS adds, without what means nothing, and without rules of AWS Shield Advanced. */
export const formFrom = (webAcl: WebACL): Form => {
  const byPriority = (webAcl.Rules ?? []).toSorted((a, b) => (a.Priority ?? 0) - (b.Priority ?? 0));
  const besides = normalOf<DefaultAction>(webAcl.DefaultAction ?? {});
  return {
    defaultAction: besides.Block === undefined ? 'Allow' : 'Block',
    rules: byPriority.filter(({ Name: name = '' }) => !isShields(name)).map(ruleFrom),
    ...(!isPlainAction(besides) && { besides }),
  };
};

const observedSuffix = '-observed';

/** The rule as one that only counts, under the name `<name>-observed`. */
export const observing = ({ name, action, statement }: FormRule): FormRule => ({
  name: `${name}${observedSuffix}`,
  action: action === 'Group' || action === 'GroupCount' ? 'GroupCount' : 'Count',
  statement,
});

/** Whether it is a rule that `observing` made; a rule of a spec cannot be named so. */
export const isObserving = ({ name }: FormRule): boolean => name.endsWith(observedSuffix);

const sentActions = {
  Allow: { Action: { Allow: {} } },
  Block: { Action: { Block: {} } },
  Count: { Action: { Count: {} } },
  Challenge: { Action: { Challenge: {} } },
  CAPTCHA: { Action: { Captcha: {} } },
  Group: { OverrideAction: { None: {} } },
  GroupCount: { OverrideAction: { Count: {} } },
} as const satisfies Record<FormAction, { readonly Action: RuleAction } | { readonly OverrideAction: OverrideAction }>;

const visible = (metricName: string) => ({ MetricName: metricName, CloudWatchMetricsEnabled: true, SampledRequestsEnabled: true });

/** The rules of a form as CheckCapacity, CreateWebACL and UpdateWebACL take them; each has a CloudWatch metric of its own name. */
export const rulesOf: (form: Form) => Rule[] = ({ rules }) =>
  rules.map(({ name, action, statement, besides }, index) => ({
    Name: name,
    Priority: index,
    Statement: sentOf<WafStatement>(statement),
    VisibilityConfig: visible(name),
    ...sentActions[action],
    ...(besides !== undefined && sentOf<Partial<Rule>>(besides)),
  }));

/** The whole input of CreateWebACL and UpdateWebACL but for name, scope, id, lock token and tags. */
export type Settings = Pick<CreateWebACLCommandInput, 'DefaultAction' | 'Rules' | 'VisibilityConfig'> & Kept;

/**
 * What to send so that a web ACL does what the form says. `current` is the web ACL as it is: whatever the form does not speak of is
 * kept, because UpdateWebACL replaces everything. `metricName` is that of the whole web ACL in CloudWatch.
 * @see https://docs.aws.amazon.com/waf/latest/APIReference/API_UpdateWebACL.html
 */
export const settingsOf = (form: Form, metricName: string, current: WebACL | undefined): Settings => ({
  ...keptOf(current),
  DefaultAction: form.besides === undefined ? { [form.defaultAction]: {} } : sentOf<DefaultAction>(form.besides),
  Rules: [...rulesOf(form), ...shieldRulesOf(current)],
  VisibilityConfig: visible(metricName),
});
