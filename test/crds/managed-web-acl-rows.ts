import { many, tier, webAclArn, type Row } from './manifest-row.ts';

type Fields = Readonly<Record<string, unknown>>;

/** A tier whose own web ACLs have these fields. */
const managing = (managed: Fields): Row['manifest'] => tier({ webACL: { type: 'Managed', managed } });

const country = (name: string): Fields => ({ name, type: 'Country', action: 'Block', countries: ['DE'] });
const rate = (name: string): Fields => ({ name, type: 'RateLimit', action: 'Block', rateLimit: { requests: 100, key: 'IP' } });

const kinds: readonly Row[] = [
  { name: 'a managed web ACL with only defaults', because: 'it lets all pass until rules come', manifest: managing({}), want: 'accepted' },
  { name: 'a managed web ACL that blocks', because: 'rules may let some pass', manifest: managing({ defaultAction: 'Block', rules: [country('home')] }), want: 'accepted' },
  { name: 'a managed web ACL without managed', because: 'nobody would know what it does', manifest: tier({ webACL: { type: 'Managed' } }), want: 'Existing takes arn, Managed takes managed, the others neither' },
  { name: 'a managed web ACL with ARN', because: 'there may be many', manifest: tier({ webACL: { type: 'Managed', managed: {}, arn: webAclArn } }), want: 'Existing takes arn, Managed takes managed, the others neither' },
  { name: 'an existing web ACL with rules', because: 'it is never changed', manifest: tier({ webACL: { type: 'Existing', arn: webAclArn, managed: {} } }), want: 'Existing takes arn, Managed takes managed, the others neither' },
  { name: 'no web ACL with rules', because: 'one of the two would be ignored', manifest: tier({ webACL: { type: 'Disabled', managed: {} } }), want: 'Existing takes arn, Managed takes managed, the others neither' },
  { name: 'another type of web ACL', because: 'tenants move from one to the other', was: managing({}), manifest: tier({ webACL: { type: 'Existing', arn: webAclArn } }), want: 'accepted' },
  { name: 'a web ACL of a type that nobody knows', because: 'it decides what is let through', manifest: tier({ webACL: { type: 'managed', managed: {} } }), want: 'spec.webACL.type: Unsupported value: "managed"' },
  { name: 'a default action that takes requests on', because: 'somebody has to decide in the end', manifest: managing({ defaultAction: 'Count' }), want: 'spec.webACL.managed.defaultAction: Unsupported value: "Count"' },
];

const sizes: readonly Row[] = [
  { name: 'a web ACL for every tenant', because: 'isolation may be worth its price', manifest: managing({ tenantsPerACL: 1 }), want: 'accepted' },
  { name: 'a thousand tenants to a web ACL', because: 'AWS may have raised the quota', manifest: managing({ tenantsPerACL: 1000 }), want: 'accepted' },
  { name: 'no tenant to a web ACL', because: 'there would be no end of them', manifest: managing({ tenantsPerACL: 0 }), want: 'spec.webACL.managed.tenantsPerACL' },
  { name: 'more than a thousand tenants to a web ACL', because: 'one mistake would reach them all', manifest: managing({ tenantsPerACL: 1001 }), want: 'spec.webACL.managed.tenantsPerACL' },
];

const rollouts: readonly Row[] = [
  { name: 'a pause of a day', because: 'that is the bound', manifest: managing({ rollout: { pauseSeconds: 86_400 } }), want: 'accepted' },
  { name: 'a pause of more than a day', because: 'nobody would remember the change', manifest: managing({ rollout: { pauseSeconds: 86_401 } }), want: 'spec.webACL.managed.rollout.pauseSeconds' },
  { name: 'a pause of less than nothing', because: 'time goes forward', manifest: managing({ rollout: { pauseSeconds: -1 } }), want: 'spec.webACL.managed.rollout.pauseSeconds' },
  { name: 'rules that first count for a second', because: 'that is the bound', manifest: managing({ rollout: { pauseSeconds: 1, observe: true } }), want: 'accepted' },
  { name: 'rules that first count for no time', because: 'there would be nothing to see', manifest: managing({ rollout: { observe: true } }), want: 'observe needs pauseSeconds' },
  { name: 'rules that count first with the pause taken away', because: 'there would be nothing to see', was: managing({ rollout: { pauseSeconds: 60, observe: true } }), manifest: managing({ rollout: { pauseSeconds: 0, observe: true } }), want: 'observe needs pauseSeconds' },
];

const lists: readonly Row[] = [
  { name: 'no rules', because: 'the default action decides', manifest: managing({ rules: [] }), want: 'accepted' },
  { name: 'thirty rules', because: 'that is the bound', manifest: managing({ rules: many(30, (index) => country(`rule-${index}`)) }), want: 'accepted' },
  { name: 'thirty-one rules', because: 'thirty is the bound', manifest: managing({ rules: many(31, (index) => country(`rule-${index}`)) }), want: 'spec.webACL.managed.rules: Too many: 31' },
  { name: 'rules in another order', because: 'the order is the priority', was: managing({ rules: [country('a'), rate('b')] }), manifest: managing({ rules: [rate('b'), country('a')] }), want: 'accepted' },
  { name: 'two rules of one name', because: 'AWS WAF tells them apart by it', manifest: managing({ rules: [country('a'), country('b'), rate('a')] }), want: 'names of rules are unique' },
  { name: 'one rule twice', because: 'the second would never be reached', manifest: managing({ rules: [country('a'), country('a')] }), want: 'names of rules are unique' },
  { name: 'ten rate limits', because: 'that is the quota', manifest: managing({ rules: [...many(10, (index) => rate(`limit-${index}`)), country('home')] }), want: 'accepted' },
  { name: 'eleven rate limits', because: 'AWS WAF takes ten', manifest: managing({ rules: many(11, (index) => rate(`limit-${index}`)) }), want: 'at most 10 rules of type RateLimit' },
  { name: 'eleven rate limits among others', because: 'AWS WAF takes ten', manifest: managing({ rules: many(22, (index) => (index % 2 === 0 ? rate(`limit-${index}`) : country(`home-${index}`))) }), want: 'at most 10 rules of type RateLimit' },
];

/** EdgeTiers with web ACLs of their own, and what the API server makes of them; their rules are in web-acl-rule-rows.ts. */
export const managedWebAclRows: readonly Row[] = [...kinds, ...sizes, ...rollouts, ...lists];
