import type { CreateWebACLCommandInput, Rule, WebACL } from '@aws-sdk/client-wafv2';

/* UpdateWebACL replaces a web ACL whole, so whatever of it is not ours to say has to be sent again as it is. */

const keptMembers = [
  'Description',
  'DataProtectionConfig',
  'CustomResponseBodies',
  'CaptchaConfig',
  'ChallengeConfig',
  'TokenDomains',
  'AssociationConfig',
  'OnSourceDDoSProtectionConfig',
  'ApplicationConfig',
  'MonetizationConfig',
] as const satisfies readonly (keyof WebACL & keyof CreateWebACLCommandInput)[];

/** The settings of a web ACL that no form speaks of. */
export type Kept = Pick<CreateWebACLCommandInput, (typeof keptMembers)[number]>;

// WAF refuses an empty description, list or map, and may give one back for what was never set.
const isSet = (value: object | string | undefined): boolean => Object.keys(value ?? {}).length > 0;

/** The settings of this web ACL that no form speaks of, as UpdateWebACL takes them back. */
export const keptOf = (current: WebACL | undefined): Kept =>
  Object.fromEntries(keptMembers.map((member) => [member, current?.[member]] as const).filter(([, value]) => isSet(value)));

const shieldPrefix = 'ShieldMitigationRuleGroup';

/**
 * Whether a rule of this name is AWS Shield Advanced's: it puts one into a web ACL, and again whenever it is taken away.
 * @see https://docs.aws.amazon.com/waf/latest/developerguide/ddos-automatic-app-layer-response-rg.html
 */
export const isShields = (name: string): boolean => name.startsWith(shieldPrefix);

/** The rules of AWS Shield Advanced, as they are; their priority of 10,000,000 comes after all of ours. */
export const shieldRulesOf = (current: WebACL | undefined): readonly Rule[] =>
  (current?.Rules ?? []).filter(({ Name: name = '' }) => isShields(name));
