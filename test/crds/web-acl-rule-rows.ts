import { CountryCode } from '@aws-sdk/client-wafv2';
import { many, tier, type Row } from './manifest-row.ts';

type Fields = Readonly<Record<string, unknown>>;

const withRules = (...rules: readonly Fields[]): Row['manifest'] => tier({ webACL: { type: 'Managed', managed: { rules } } });

const country = (fields: Fields = {}): Row['manifest'] => withRules({ name: 'home', type: 'Country', action: 'Block', countries: ['DE'], ...fields });
const limit = (rateLimit: Fields, action = 'Block'): Row['manifest'] => withRules({ name: 'flood', type: 'RateLimit', action, rateLimit: { requests: 100, key: 'IP', ...rateLimit } });
const networks = (...cidrs: readonly string[]): Row['manifest'] => withRules({ name: 'offices', type: 'IPSet', action: 'Allow', ipSet: { cidrs } });
const group = (fields: Fields = {}, rule: Fields = {}): Row['manifest'] =>
  withRules({ name: 'core', type: 'ManagedRuleGroup', managedRuleGroup: { vendor: 'AWS', name: 'AWSManagedRulesCommonRuleSet', ...fields }, ...rule });
const logins = (fields: Fields = {}): Row['manifest'] =>
  group({ name: 'AWSManagedRulesATPRuleSet', accountTakeover: { loginPath: '/login', ...fields } });

const oneBlock = 'set the one that goes with type and leave the others out';
const notANetwork = 'write a network in its shortest form like 203.0.113.0/24';
const ruleAt = 'spec.webACL.managed.rules[0]';

const names: readonly Row[] = [
  { name: 'a rule with a name of 64 characters', because: 'that is the bound', manifest: country({ name: 'a'.repeat(64) }), want: 'accepted' },
  { name: 'a rule with a name of 65 characters', because: 'the ending of a copy needs room', manifest: country({ name: 'a'.repeat(65) }), want: `${ruleAt}.name` },
  { name: 'a rule with a dot in its name', because: 'AWS WAF takes none', manifest: country({ name: 'home.only' }), want: `${ruleAt}.name` },
  { name: 'a rule named like a copy', because: 'copies only count', manifest: country({ name: 'home-observed' }), want: 'may not end in -observed' },
  { name: 'a rule named like the ending of a copy', because: 'copies only count', manifest: country({ name: '-observed' }), want: 'may not end in -observed' },
  { name: 'a rule named after observing', because: 'only the ending has a meaning', manifest: country({ name: 'observed' }), want: 'accepted' },
  { name: 'a rule named All', because: 'AWS WAF has a metric of that name', manifest: country({ name: 'All' }), want: "names of AWS WAF's own metrics" },
  { name: 'a rule named like the default action', because: 'AWS WAF has a metric of that name', manifest: country({ name: 'Default_Action' }), want: "names of AWS WAF's own metrics" },
];

const shapes: readonly Row[] = [
  { name: 'a rule of a type that nobody knows', because: 'it would match nothing', manifest: country({ type: 'Regex' }), want: `${ruleAt}.type: Unsupported value: "Regex"` },
  { name: 'a rule without what it looks at', because: 'it would match nothing', manifest: country({ countries: undefined }), want: oneBlock },
  { name: 'a rule that looks at two things', because: 'one of the two would be ignored', manifest: country({ ipSet: { cidrs: ['203.0.113.0/24'] } }), want: oneBlock },
  { name: 'a rate limit by country', because: 'one of the two would be ignored', manifest: withRules({ name: 'flood', type: 'RateLimit', action: 'Block', rateLimit: { requests: 100, key: 'IP' }, countries: ['DE'] }), want: oneBlock },
  { name: 'an IP set under another type', because: 'nobody would know which is meant', manifest: withRules({ name: 'a', type: 'RateLimit', action: 'Block', ipSet: { cidrs: ['203.0.113.0/24'] } }), want: oneBlock },
  { name: 'a managed group under another type', because: 'nobody would know which is meant', manifest: withRules({ name: 'a', type: 'IPSet', action: 'Block', managedRuleGroup: { vendor: 'AWS', name: 'a' } }), want: oneBlock },
  { name: 'a rule without action', because: 'nobody would know what it does', manifest: country({ action: undefined }), want: 'action goes with every type but ManagedRuleGroup' },
  { name: 'a managed group with action', because: 'its rules bring their own', manifest: group({}, { action: 'Block' }), want: 'action goes with every type but ManagedRuleGroup' },
  { name: 'an action that nobody knows', because: 'it decides what is let through', manifest: country({ action: 'Deny' }), want: `${ruleAt}.action: Unsupported value: "Deny"` },
  { name: 'every action', because: 'all are of use with countries', manifest: withRules(...['Allow', 'Block', 'Count', 'Challenge', 'CAPTCHA'].map((action) => ({ name: action, type: 'Country', action, countries: ['DE'] }))), want: 'accepted' },
];

const limits: readonly Row[] = [
  { name: 'the lowest limit', because: 'that is the bound', manifest: limit({ requests: 10, windowSeconds: 60, key: 'Tenant' }), want: 'accepted' },
  { name: 'the highest limit', because: 'that is the bound', manifest: limit({ requests: 2_000_000_000, windowSeconds: 600, key: 'TenantAndIP' }, 'CAPTCHA'), want: 'accepted' },
  { name: 'a limit below what AWS WAF can count', because: 'it would be refused', manifest: limit({ requests: 9 }), want: `${ruleAt}.rateLimit.requests` },
  { name: 'a limit above what AWS WAF can count', because: 'it would be refused', manifest: limit({ requests: 2_000_000_001 }), want: `${ruleAt}.rateLimit.requests` },
  { name: 'a window that AWS WAF does not have', because: 'it would be refused', manifest: limit({ windowSeconds: 30 }), want: `${ruleAt}.rateLimit.windowSeconds: Unsupported value: 30` },
  { name: 'a limit of nobody', because: 'it must be said what is counted apart', manifest: limit({ key: undefined }), want: `${ruleAt}.rateLimit.key: Required value` },
  { name: 'a limit that allows', because: 'only what is beyond it matches', manifest: limit({}, 'Allow'), want: 'a rate limit cannot allow' },
  { name: 'a limit for tenants that allows', because: 'only what is beyond it matches', manifest: limit({ key: 'Tenant' }, 'Allow'), want: 'a rate limit cannot allow' },
];

const addresses: readonly Row[] = [
  { name: 'networks of both families', because: 'viewers have either', manifest: networks('203.0.113.0/24', '203.0.113.7/32', '10.0.0.0/8', '0.0.0.0/1', '2001:db8::/32', '2001:db8::1/128', '::/1', '2000::/3'), want: 'accepted' },
  { name: 'a thousand and one networks', because: 'a thousand is the bound', manifest: networks(...many(1001, (index) => `10.${index >> 8}.${index & 255}.0/24`)), want: `${ruleAt}.ipSet.cidrs: Too many: 1001` },
  { name: 'thirty lists of a thousand networks', because: 'the rules about them must be affordable', manifest: withRules(...many(30, (list) => ({ name: `list-${list}`, type: 'IPSet', action: 'Block', ipSet: { cidrs: many(1000, (index) => `2001:db8:${(index + 1).toString(16)}:1111:2222:3333:4444:5555/128`) } }))), want: 'accepted' },
  { name: 'no network', because: 'it would match nobody', manifest: networks(), want: `${ruleAt}.ipSet.cidrs` },
  { name: 'one network twice', because: 'it is a set', manifest: networks('10.0.0.0/8', '10.0.0.0/8'), want: `${ruleAt}.ipSet.cidrs[1]: Duplicate value` },
  { name: 'an address without length', because: 'AWS WAF takes networks', manifest: networks('203.0.113.7'), want: `${ruleAt}.ipSet.cidrs[0]` },
  { name: 'a name', because: 'AWS WAF takes networks', manifest: networks('example.com/24'), want: `${ruleAt}.ipSet.cidrs[0]` },
  { name: 'an address within a network', because: 'one network has one spelling', manifest: networks('203.0.113.7/24'), want: notANetwork },
  { name: 'a long spelling of IPv6', because: 'one network has one spelling', manifest: networks('2001:0db8:0:0::/32'), want: notANetwork },
  { name: 'IPv6 in capitals', because: 'one network has one spelling', manifest: networks('2001:DB8::/32'), want: `${ruleAt}.ipSet.cidrs[0]` },
  { name: 'IPv4 dressed as IPv6', because: 'one network has one spelling', manifest: networks('::ffff:203.0.113.0/120'), want: notANetwork },
  { name: 'more than 255', because: 'it is no address', manifest: networks('256.0.0.0/8'), want: notANetwork },
  { name: 'a network longer than an address', because: 'it has 32 bits', manifest: networks('203.0.113.0/33'), want: notANetwork },
  { name: 'every address of IPv4', because: 'AWS WAF takes no /0', manifest: networks('0.0.0.0/0'), want: notANetwork },
  { name: 'every address of IPv6', because: 'AWS WAF takes no /0', manifest: networks('::/0'), want: notANetwork },
  { name: 'fifty countries', because: 'that is the bound', manifest: country({ countries: Object.values(CountryCode).slice(0, 50) }), want: 'accepted' },
  { name: 'fifty-one countries', because: 'AWS WAF takes fifty', manifest: country({ countries: Object.values(CountryCode).slice(0, 51) }), want: `${ruleAt}.countries: Too many: 51` },
  { name: 'no country', because: 'it would match nobody', manifest: country({ countries: [] }), want: `${ruleAt}.countries` },
  { name: 'a country in lower case', because: 'ISO writes capitals', manifest: country({ countries: ['de'] }), want: `${ruleAt}.countries[0]` },
  { name: 'a country that there is none of', because: 'AWS WAF would refuse the web ACL', manifest: country({ countries: ['DE', 'EL'] }), want: `${ruleAt}.countries[1]: Invalid value: "EL": write a two-letter country code` },
];

const groups: readonly Row[] = [
  { name: 'a managed group', because: 'that is the usual rule', manifest: group(), want: 'accepted' },
  { name: 'a managed group with all it may have', because: 'false alarms and prices ask for it', manifest: group({ version: 'Version_1.5', countRules: ['SizeRestrictions_BODY'], pathPrefix: '/shop/' }), want: 'accepted' },
  { name: 'a managed group of a seller', because: 'AWS Marketplace has some', manifest: group({ vendor: 'Cyber Security Cloud Inc.', name: 'CyberSecurityCloud-HighSecurityOWASPSet-' }), want: 'accepted' },
  { name: 'a managed group without vendor', because: 'two may give one name', manifest: group({ vendor: undefined }), want: `${ruleAt}.managedRuleGroup.vendor: Required value` },
  { name: 'a version with a space', because: 'there is none', manifest: group({ version: 'Version 1' }), want: `${ruleAt}.managedRuleGroup.version` },
  { name: 'a path without slash', because: 'every path has one', manifest: group({ pathPrefix: 'shop' }), want: `${ruleAt}.managedRuleGroup.pathPrefix` },
  { name: 'a path with a query', because: 'the query is no part of the path', manifest: group({ pathPrefix: '/shop?a=b' }), want: `${ruleAt}.managedRuleGroup.pathPrefix` },
  { name: 'bot control', because: 'it has defaults', manifest: group({ name: 'AWSManagedRulesBotControlRuleSet' }), want: 'accepted' },
  { name: 'bot control with an empty block', because: 'it has defaults', manifest: group({ name: 'AWSManagedRulesBotControlRuleSet', botControl: {} }), want: 'accepted' },
  { name: 'bot control in another group', because: 'it would be ignored', manifest: group({ botControl: { inspectionLevel: 'TARGETED' } }), want: 'botControl is for the group' },
  { name: 'bot control in account takeover prevention', because: 'it would be ignored', manifest: group({ name: 'AWSManagedRulesATPRuleSet', botControl: {}, accountTakeover: { loginPath: '/login' } }), want: 'botControl is for the group' },
  { name: 'account takeover prevention', because: 'the login page is enough', manifest: logins(), want: 'accepted' },
  { name: 'account takeover prevention with JSON', because: 'fields are pointers', manifest: logins({ usernameField: '/user', passwordField: '/secret', payloadType: 'JSON' }), want: 'accepted' },
  { name: 'account takeover prevention with a form', because: 'fields are names', manifest: logins({ usernameField: 'user', passwordField: 'secret', payloadType: 'FORM_ENCODED' }), want: 'accepted' },
  { name: 'account takeover prevention without its block', because: 'AWS WAF must know the login page', manifest: group({ name: 'AWSManagedRulesATPRuleSet' }), want: 'the group AWSManagedRulesATPRuleSet needs accountTakeover' },
  { name: 'a login page for another group', because: 'it would be ignored', manifest: group({ accountTakeover: { loginPath: '/login' } }), want: 'the group AWSManagedRulesATPRuleSet needs accountTakeover' },
  ...['AWSManagedRulesACFPRuleSet', 'AWSManagedRulesAntiDDoSRuleSet'].map((name): Row => (
    { name: `the managed group ${name}`, because: 'AWS WAF would refuse it without settings that there are no fields for', manifest: group({ name }), want: 'need settings that a tier has no fields for' }
  )),
  { name: 'a login page by address', because: 'the path is the same for all tenants', manifest: logins({ loginPath: 'https://example.com/login' }), want: `${ruleAt}.managedRuleGroup.accountTakeover.loginPath` },
  { name: 'a user name without password', because: 'one means nothing without the others', manifest: logins({ usernameField: 'user', payloadType: 'FORM_ENCODED' }), want: 'set all three or none' },
  { name: 'fields without their form', because: 'one means nothing without the others', manifest: logins({ usernameField: 'user', passwordField: 'secret' }), want: 'set all three or none' },
  { name: 'a form without fields', because: 'one means nothing without the others', manifest: logins({ payloadType: 'JSON' }), want: 'set all three or none' },
  { name: 'a user name of JSON without slash', because: 'a JSON pointer starts with one', manifest: logins({ usernameField: 'user', passwordField: '/secret', payloadType: 'JSON' }), want: 'are JSON pointers' },
  { name: 'a password of JSON without slash', because: 'a JSON pointer starts with one', manifest: logins({ usernameField: '/user', passwordField: 'secret', payloadType: 'JSON' }), want: 'are JSON pointers' },
];

/** Rules of web ACLs, and what the API server makes of them. */
export const webAclRuleRows: readonly Row[] = [...names, ...shapes, ...limits, ...addresses, ...groups];
