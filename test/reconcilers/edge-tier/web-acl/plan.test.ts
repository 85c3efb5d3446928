import { describe, expect, test } from 'vitest';
import type { ManagedWebACL, WebACL } from '../../../../crds/types.ts';
import type { Decision, Desired } from '../../../../reconcilers/contract.ts';
import { type Form, hashOfForm } from '../../../../reconcilers/edge-tier/web-acl/form.ts';
import { planWebAcl } from '../../../../reconcilers/edge-tier/web-acl/plan.ts';
import { type Ours, type WebAclAction, webAclNameOf, type WebAclSpec } from '../../../../reconcilers/edge-tier/web-acl/web-acl.ts';
import { Failure } from '../../../../reconcilers/failure.ts';
import { actionsIn, ago, failure, minutes, noon, seconds } from '../../builders.ts';
import { acl, asking, countryRule, formOfRules, ipSet, ours, seeing, tenantsCalled, tierOwner } from './builders.ts';
import { managed } from './form-specs.ts';

const arn = 'arn:aws:wafv2:us-east-1:111122223333:global/webacl/x/1';
const settled = { is: 'settled' } as const;

const spec = (webAcl: WebACL): WebAclSpec => ({ webAcl, tenants: 0, rollout: undefined, published: undefined });

const saying = ({ condition: { status, reason, message } }: Decision<WebAclAction>): string => `${status} ${reason}: ${message}`;

type Row = { readonly name: string; readonly because: string; readonly webAcl: WebACL; readonly isThere: boolean; readonly want: { readonly says: string; readonly move: object } };
const others: readonly Row[] = [
  { name: 'inherited', because: 'the distribution may have one', webAcl: { type: 'Inherit' }, isThere: true, want: { says: 'True Inherited: tenants have the web ACL of the distribution, if it has one', move: settled } },
  { name: 'disabled', because: 'the tier says so', webAcl: { type: 'Disabled' }, isThere: true, want: { says: 'True WebACLDisabled: tenants have no web ACL', move: settled } },
  { name: 'named and there', because: 'it is never changed', webAcl: { type: 'Existing', arn }, isThere: true, want: { says: `True ExistingWebACL: tenants have web ACL ${arn}`, move: settled } },
  { name: 'named and not there', because: 'its ARN is wrong', webAcl: { type: 'Existing', arn }, isThere: false, want: { says: `False WebACLNotFound: spec.webACL.arn: WAFv2 has no web ACL ${arn} of scope CLOUDFRONT`, move: { is: 'waiting', on: 'person' } } },
];

describe("a web ACL that is not the tier's own", () => {
  test.each(others)('$name: $because', ({ webAcl, isThere, want }) => {
    const decision = planWebAcl({ is: 'present', spec: spec(webAcl) }, { ...seeing(), existing: { known: true, value: isThere } }, noon);
    expect({ type: decision.condition.type, says: saying(decision), move: decision.move }).toEqual({ type: 'WebACLReady', ...want });
  });

  test('a failed read is not "not there"', () => {
    const decision = planWebAcl({ is: 'present', spec: spec({ type: 'Existing', arn }) }, { ...seeing(), existing: { known: false, failure: failure() } }, noon);
    expect(decision).toEqual({ condition: { type: 'WebACLReady', status: 'Unknown', reason: 'AWSError', message: 'call AWS: TimeoutError: no' }, move: { is: 'unseen', failure: failure() } });
  });
});

const form = formOfRules({ name: 'a' });
const next = formOfRules({ name: 'a' }, { name: 'b' });
const offices = { rule: 'offices', family: 'IPV4' } as const;
const officesRule = { name: 'offices', type: 'IPSet', action: 'Allow', ipSet: { cidrs: ['203.0.113.0/24'] } } as const;
const officesForm: Form = { defaultAction: 'Allow', rules: [{ name: 'offices', action: 'Allow', statement: { IPSetReferenceStatement: { ARN: ipSet(offices, []).arn } } }] };
const [one, two] = [acl(1, form), acl(2, form)];
const seated = (number: number, count: number) => acl(number, form, { tenants: tenantsCalled('t', count) });
const refusal = (kind: 'invalid' | 'blocked' | 'conflict' | 'transient', reason: 'InvalidRequest' | 'AccessDenied' = 'InvalidRequest') =>
  new Failure({ kind, reason, code: 'WAFInvalidParameterException', message: 'check capacity: WAFInvalidParameterException: no' });

/** What the decision says and does, in short. */
const told = (desired: Desired<WebAclSpec>, world: Partial<Ours>) => {
  const decision = planWebAcl(desired, seeing(world), noon);
  const { move } = decision;
  return { says: saying(decision), does: move.is === 'waiting' ? `wait for ${move.on}` : move.is, actions: actionsIn(decision).map(({ because, needs, destroys }) => `${because} (${needs}${destroys ? ', destroys' : ''})`) };
};

const wanting = (rules: ManagedWebACL, over: Partial<WebAclSpec> = {}): Desired<WebAclSpec> => ({ is: 'present', spec: asking(rules, over) });

describe("web ACLs of the tier's own, at rest and on the way there", () => {
  test.each<{ name: string; because: string; desired: Desired<WebAclSpec>; world: Partial<Ours>; want: ReturnType<typeof told> }>([
    {
      name: 'nothing', because: 'AWS has said that it takes the rules', desired: wanting(managed(countryRule('a'))), world: { capacities: { [hashOfForm(form)]: { known: true, value: 1 } } },
      want: { says: 'False Creating: the first web ACL of the tier is being created', does: 'acting', actions: ['create web ACL 1 of the tier (shared)'] },
    },
    {
      name: 'two with their rules', because: 'nothing is to be done', desired: wanting(managed(countryRule('a')), { tenants: 150 }), world: { acls: [one, two] },
      want: { says: 'True RulesInForce: 2 web ACLs with 1 rule (1 WCU), room for 9,850 more tenants in up to 100 of them', does: 'settled', actions: [] },
    },
    {
      name: 'one that distributions have too', because: 'they take seats, and the status counts tenants only', desired: wanting(managed(countryRule('a')), { tenants: 9_897 }), world: { acls: Array.from({ length: 100 }, (_, index) => acl(index + 1, form, { foreign: index === 0 ? 2 : 0 })) },
      want: { says: 'True RulesInForce: 100 web ACLs with 1 rule (1 WCU), room for 101 more tenants in up to 100 of them; number 1 is used by 2 distributions besides its tenants', does: 'settled', actions: [] },
    },
    {
      name: 'an IP set that is missing', because: 'rules name it by its ARN', desired: wanting(managed(officesRule)), world: {},
      want: { says: 'False Creating: the IP sets of the rules are being created', does: 'acting', actions: ['create the IP set of rule offices (IPv4) (shared)'] },
    },
    {
      name: 'an IP set with other addresses', because: 'they act everywhere at once', desired: wanting(managed(officesRule)), world: { acls: [acl(1, officesForm)], ipSets: [ipSet(offices, ['192.0.2.0/24', '198.51.100.0/24'])] },
      want: { says: 'True Updating: the IP sets of the rules are being updated', does: 'acting', actions: ['update the IP set of rule offices (IPv4): +1 -2 networks (shared)'] },
    },
    {
      name: 'an IP set that no rule needs', because: 'it costs a place in the quota', desired: wanting(managed(countryRule('a'))), world: { acls: [one], ipSets: [ipSet(offices, [])] },
      want: { says: 'True RulesInForce: 1 web ACL with 1 rule (1 WCU), room for 10,000 more tenants in up to 100 of them', does: 'acting', actions: ['delete the IP set of rule offices (IPv4): no rule needs it any more (live, destroys)'] },
    },
    {
      name: 'one too many, with tenants', because: 'they leave by themselves', desired: wanting(managed(countryRule('a'))), world: { acls: [one, seated(2, 3)] },
      want: { says: 'True RulesInForce: 2 web ACLs with 1 rule (1 WCU), room for 10,000 more tenants in up to 100 of them; number 2 will be deleted once nobody has it', does: 'wait for reference', actions: [] },
    },
    {
      name: 'one too many, without tenants', because: 'AWS is asked whether nobody has it', desired: wanting(managed(countryRule('a'))), world: { acls: [one, two] },
      want: { says: 'True RulesInForce: 2 web ACLs with 1 rule (1 WCU), room for 10,000 more tenants in up to 100 of them; number 2 will be deleted once nobody has it', does: 'acting', actions: ['delete web ACL 2 of the tier: nobody has it any more (live, destroys)'] },
    },
    {
      name: 'one too many, which a tenant is leaving', because: 'at some edges it has it still', desired: wanting(managed(countryRule('a'))), world: { acls: [one, { ...two, leaving: ['t-0'] }] },
      want: { says: 'True RulesInForce: 2 web ACLs with 1 rule (1 WCU), room for 10,000 more tenants in up to 100 of them; number 2 will be deleted once nobody has it', does: 'wait for aws', actions: [] },
    },
    {
      name: 'one too many, which AWS says is in use', because: 'its word counts', desired: wanting(managed(countryRule('a'))), world: { acls: [one, { ...two, isUsed: true }] },
      want: { says: 'True RulesInForce: 2 web ACLs with 1 rule (1 WCU), room for 10,000 more tenants in up to 100 of them; number 2 will be deleted once nobody has it', does: 'wait for aws', actions: [] },
    },
    {
      name: 'one too many, refused a moment ago', because: 'AWS takes its time to forget the last tenant', desired: wanting(managed(countryRule('a'))), world: { acls: [one, { ...two, isUsed: false, refusedAt: ago(seconds(30)) }] },
      want: { says: 'True RulesInForce: 2 web ACLs with 1 rule (1 WCU), room for 10,000 more tenants in up to 100 of them; number 2 will be deleted once nobody has it', does: 'wait for aws', actions: [] },
    },
    {
      name: "somebody else's under a name of ours", because: 'it is left alone', desired: wanting(managed(countryRule('a'))), world: { acls: [one], strange: [arn] },
      want: { says: `False NotOurs: ${arn} has the name of something of this tier's, without this installation's tags: it is left alone; have its owner rename or delete it`, does: 'wait for person', actions: [] },
    },
    {
      name: 'a tier that is paused by its kind', because: 'nothing is known of what it wants', desired: { is: 'held', reason: 'Pending', message: 'not yet', on: 'reference' }, world: { acls: [one] },
      want: { says: "True RulesInForce: 1 web ACL of the tier's own; not yet", does: 'wait for reference', actions: [] },
    },
  ])('$name: $because', ({ desired, world, want }) => {
    expect(told(desired, world)).toEqual(want);
  });
});

describe('rules that cannot be used', () => {
  const changed = wanting(managed(countryRule('a'), countryRule('b')));
  const observed = wanting({ ...managed(countryRule('a'), countryRule('b')), rollout: { pauseSeconds: 60, observe: true } });
  const answering = (known: Ours['capacities'][string]): Partial<Ours> => ({ acls: [one], capacities: { [hashOfForm(next)]: known } });
  const copies = { ...form, rules: [{ ...next.rules[1], name: 'b-observed', action: 'Count' }, ...form.rules] } as typeof form;

  test.each<{ name: string; because: string; desired: Desired<WebAclSpec>; world: Partial<Ours>; want: RegExp; does: string }>([
    { name: 'an address that is none', because: 'we can tell', desired: wanting(managed({ ...officesRule, ipSet: { cidrs: ['203.0.113.1/24'] } })), world: { acls: [one] }, want: /^False RulesRefused: spec\.webACL\.managed\.rules: rule offices: .*; the running web ACL keeps the rules it has$/, does: 'wait for person' },
    { name: 'refused by AWS', because: 'it says why', desired: changed, world: answering({ known: false, failure: refusal('invalid') }), want: /^False RulesRefused: AWS refuses spec\.webACL\.managed\.rules: check capacity: WAFInvalidParameterException: no; the running web ACL keeps the rules it has: correct the rules$/, does: 'wait for person' },
    { name: 'not subscribed to', because: 'somebody outside must act', desired: changed, world: answering({ known: false, failure: refusal('blocked') }), want: /^False RulesRefused/, does: 'wait for person' },
    { name: 'about something that AWS does not know', because: 'it may not know a fresh IP set yet', desired: changed, world: answering({ known: false, failure: refusal('conflict') }), want: /^True Pending: AWS does not know yet what the rules refer to: check capacity: .*; the running web ACL keeps the rules it has$/, does: 'wait for aws' },
    { name: 'more than a web ACL takes', because: 'no quota raises that', desired: changed, world: answering({ known: true, value: 5_001 }), want: /^False CapacityExceeded: spec\.webACL\.managed\.rules take 5,001 web ACL capacity units, and AWS allows 5,000: remove rules; the running web ACL keeps/, does: 'wait for person' },
    { name: 'as much as a web ACL takes', because: 'that is the bound', desired: changed, world: answering({ known: true, value: 5_000 }), want: /^True RollingOut: the new rules are in 0 of 1 web ACLs; number 1 is being changed$/, does: 'acting' },
    {
      name: 'too much only while they count', because: 'there they are twice', desired: observed, world: { acls: [one], capacities: { [hashOfForm(next)]: { known: true, value: 3_000 }, [hashOfForm(copies)]: { known: true, value: 5_500 } } },
      want: /^False CapacityExceeded: while the new rules count beside the old ones, they take 5,500 .*: set rollout\.observe to false, or remove rules/, does: 'wait for person',
    },
    { name: 'not asked about, since the call failed', because: 'that says nothing of the rules', desired: changed, world: answering({ known: false, failure: failure() }), want: /^Unknown AWSError/, does: 'unseen' },
    { name: 'not asked about, since it is not allowed', because: 'that says nothing of the rules', desired: changed, world: answering({ known: false, failure: refusal('blocked', 'AccessDenied') }), want: /^Unknown AccessDenied/, does: 'unseen' },
  ])('$name: $because', ({ desired, world, want, does }) => {
    const decision = told(desired, world);
    expect(decision.says).toMatch(want);
    expect(decision.does).toBe(does);
  });

  test('do not keep tenants waiting for a seat: the new web ACL does what the running one does', () => {
    const refused = answering({ known: false, failure: refusal('invalid') });
    const decision = planWebAcl(wanting(managed(countryRule('a'), countryRule('b')), { tenants: 95 }), seeing(refused), noon);
    expect(actionsIn(decision)).toMatchObject([{ verb: 'CreateWebACL', number: 2, form }]);
  });
});

describe('what is left of them', () => {
  const inherit: Desired<WebAclSpec> = { is: 'present', spec: spec({ type: 'Inherit' }) };
  const absent: Desired<WebAclSpec> = { is: 'absent' };
  const set = ipSet(offices, []);

  test.each<{ name: string; because: string; desired: Desired<WebAclSpec>; world: Partial<Ours>; want: ReturnType<typeof told> }>([
    {
      name: 'after another type was chosen, with tenants', because: 'they leave by themselves', desired: inherit, world: { acls: [seated(1, 1)], ipSets: [set] },
      want: { says: "True Retiring: tenants have the web ACL of the distribution, if it has one; still there until nobody has them: 1 web ACL and 1 IP set of the tier's own", does: 'acting', actions: ['delete the IP set of rule offices (IPv4): no rule needs it any more (live, destroys)'] },
    },
    {
      name: 'after another type was chosen, without tenants', because: 'nobody has it', desired: inherit, world: { acls: [one] },
      want: { says: "True Retiring: tenants have the web ACL of the distribution, if it has one; still there until nobody has them: 1 web ACL of the tier's own", does: 'acting', actions: ['delete web ACL 1 of the tier: nobody has it any more (live, destroys)'] },
    },
    { name: 'of a deleted tier', because: 'all at once', desired: absent, world: { acls: [one, two] }, want: { says: 'False Deleting: being deleted: 2 web ACLs of the tier', does: 'acting', actions: ['delete web ACL 1 of the tier: nobody has it any more (live, destroys)', 'delete web ACL 2 of the tier: nobody has it any more (live, destroys)'] } },
    {
      name: 'of a deleted tier, used by strangers', because: 'their rules would go', desired: absent, world: { acls: [acl(1, form, { tenants: ['shop', 'theirs'], foreign: 2 }), acl(2, form, { foreign: 1, isUsed: true }), acl(3, form)] },
      want: {
        says: `False InUse: web ACL ${webAclNameOf(tierOwner, 1)} is still used by distribution tenant shop, theirs and by 2 distributions; web ACL ${webAclNameOf(tierOwner, 2)} is still used by 1 distribution: take it from them; after that AWS goes on saying so for some minutes`,
        does: 'acting', actions: ['delete web ACL 3 of the tier: nobody has it any more (live, destroys)'],
      },
    },
    {
      name: 'of a deleted tier, used by many', because: 'a message is no list', desired: absent, world: { acls: [seated(1, 7)] },
      want: { says: `False InUse: web ACL ${webAclNameOf(tierOwner, 1)} is still used by distribution tenant t-0, t-1, t-2, t-3, t-4 and 2 more: take it from them; after that AWS goes on saying so for some minutes`, does: 'wait for aws', actions: [] },
    },
    {
      name: 'of a deleted tier, used by somebody whom no list shows', because: 'AWS says so', desired: absent, world: { acls: [{ ...one, isUsed: true }] },
      want: { says: `False InUse: web ACL ${webAclNameOf(tierOwner, 1)} is still used by a distribution tenant that is not listed yet: take it from them; after that AWS goes on saying so for some minutes`, does: 'wait for aws', actions: [] },
    },
    {
      name: 'of a deleted tier, which tenants are leaving', because: 'at some edges they have it still', desired: absent, world: { acls: [{ ...one, leaving: ['t-0', 't-1'] }] },
      want: { says: `False InUse: CloudFront is still taking web ACL ${webAclNameOf(tierOwner, 1)} from distribution tenant t-0, t-1; it is deleted after that`, does: 'wait for aws', actions: [] },
    },
    { name: 'of a deleted tier, refused a moment ago', because: 'AWS takes its time', desired: absent, world: { acls: [{ ...one, refusedAt: ago(seconds(30)) }] }, want: { says: 'False InUse: AWS still reports 1 web ACL of the tier as used; this ends by itself, mostly within minutes', does: 'wait for aws', actions: [] } },
    { name: 'of a deleted tier, refused minutes ago', because: 'it is tried again', desired: absent, world: { acls: [{ ...one, refusedAt: ago(minutes(2)) }] }, want: { says: 'False InUse: AWS still reports 1 web ACL of the tier as used; this ends by itself, mostly within minutes', does: 'acting', actions: ['delete web ACL 1 of the tier: nobody has it any more (live, destroys)'] } },
    { name: 'of a deleted tier: IP sets', because: 'no web ACL refers to them any more', desired: absent, world: { ipSets: [set] }, want: { says: 'False Deleting: being deleted: 1 IP set of the tier', does: 'acting', actions: ['delete the IP set of rule offices (IPv4): no rule needs it any more (live, destroys)'] } },
    { name: 'of a deleted tier: nothing', because: 'it may go', desired: absent, world: {}, want: { says: "False Deleting: nothing of the tier's own is left in AWS WAF", does: 'gone', actions: [] } },
    { name: "somebody else's under a name of ours", because: 'it does not keep the tier', desired: absent, world: { strange: [arn] }, want: { says: "False Deleting: nothing of the tier's own is left in AWS WAF", does: 'gone', actions: [] } },
  ])('$name: $because', ({ desired, world, want }) => {
    expect(told(desired, world)).toEqual(want);
  });

  test('stays where the web ACL that tenants are to have instead is not there', () => {
    const decision = planWebAcl({ is: 'present', spec: spec({ type: 'Existing', arn }) }, { existing: { known: true, value: false }, ours: { known: true, value: ours({ acls: [one] }) } }, noon);
    expect({ reason: decision.condition.reason, actions: actionsIn(decision) }).toEqual({ reason: 'WebACLNotFound', actions: [] });
  });
});
