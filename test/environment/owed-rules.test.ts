import type { Rule } from '@aws-sdk/client-wafv2';
import { describe, expect, test } from 'vitest';
import type { EdgeTier, TenantDomain } from '../../crds/types.ts';
import { type Objects, OwedRules, rulesText } from './owed-rules.ts';

const name = 'shop.acme.example';

const saying = (type: string, reason: string, status: 'True' | 'False' = 'True') => ({ conditions: [{ type, status, reason, message: '', lastTransitionTime: '', observedGeneration: 1 }] });

/** A tier with web ACLs of its own with these blocking rules, or with none of its own. */
const tier = (tierName: string, rules: readonly string[] | 'inherited', says: 'RulesInForce' | 'RollingOut' = 'RollingOut'): EdgeTier => ({
  metadata: { name: tierName, generation: 1 }, status: saying('WebACLReady', says),
  spec: { webACL: rules === 'inherited' ? { type: 'Inherit' } : { type: 'Managed', managed: { rules: rules.map((rule) => ({ name: rule, type: 'Country', action: 'Block' })) } } },
}) as unknown as EdgeTier;

const tenant = (tierName: string, { isReady = false, choosesItself = false }: { readonly isReady?: boolean; readonly choosesItself?: boolean } = {}): TenantDomain => ({
  metadata: { name: 'shop', namespace: 'acme', generation: 1 }, status: saying('Ready', 'Served', isReady ? 'True' : 'False'), spec: { tierRef: { name: tierName }, domains: [name], ...(choosesItself && { webACL: { type: 'Disabled' } }) },
}) as unknown as TenantDomain;

const rule = (ruleName: string, action: 'Block' | 'Count' = 'Block'): Rule => ({ Name: ruleName, Priority: 0, Action: { [action]: {} }, Statement: {}, VisibilityConfig: undefined });

const acl = (owner: string, ...rules: readonly Rule[]) => ({ tags: { 'tenantedge.dev/owner': `/${owner}` }, rules });

const on = (tiers: readonly EdgeTier[], ...tenants: readonly TenantDomain[]): Objects => ({ tiers, tenants });

type Row = {
  readonly name: string;
  readonly because: string;
  /** What the objects were, one after the other. */
  readonly given: readonly Objects[];
  readonly servedWith: ReturnType<typeof acl> | undefined;
  readonly want: 'fine' | 'a complaint';
  /** The same, once everything has had the time to arrive. */
  readonly atRest?: Row['want'];
};

const home = tier('basic', ['home']);
const both = [home, tier('premium', ['flood'])];
const plain = tier('basic', 'inherited');

const rows: readonly Row[] = [
  { name: 'the rules of its tier', because: 'that is what is owed', given: [on([home], tenant('basic'))], servedWith: acl('basic', rule('home')), want: 'fine' },
  { name: 'no web ACL from the first moment on', because: 'it was never guarded', given: [on([home], tenant('basic'))], servedWith: undefined, want: 'a complaint' },
  { name: 'no web ACL, on a tier that came after it', because: 'a tier that is not there owes nothing, and takes nothing away', given: [on([], tenant('basic')), on([home], tenant('basic'))], servedWith: undefined, want: 'a complaint' },
  { name: 'a web ACL of another tier', because: 'those are not its rules', given: [on(both, tenant('basic'))], servedWith: acl('premium', rule('flood')), want: 'a complaint' },
  { name: "another tier's web ACL with the same rules", because: 'its seats are for others', given: [on(both, tenant('basic'))], servedWith: acl('premium', rule('home')), want: 'a complaint' },
  { name: 'its web ACL without rules', because: 'nothing is looked at', given: [on([home], tenant('basic'))], servedWith: acl('basic'), want: 'a complaint' },
  { name: 'its web ACL with a rule that counts instead of acting', because: 'nothing is kept away', given: [on([home], tenant('basic'))], servedWith: acl('basic', rule('home', 'Count')), want: 'a complaint' },
  { name: 'copies that only count, and nothing else', because: 'nothing is kept away', given: [on([home], tenant('basic'))], servedWith: acl('basic', rule('home-observed', 'Count')), want: 'a complaint' },
  { name: 'its rules after copies that only count', because: 'a change is being observed', given: [on([home], tenant('basic'))], servedWith: acl('basic', rule('flood-observed', 'Count'), rule('home')), want: 'fine' },
  { name: 'its rules after a copy that acts', because: 'a change is to be observed first', given: [on([home], tenant('basic'))], servedWith: acl('basic', rule('flood-observed'), rule('home')), want: 'a complaint' },
  { name: "its rules after one of Shield Advanced's", because: 'AWS puts that there', given: [on([home], tenant('basic'))], servedWith: acl('basic', rule('ShieldMitigationRuleGroup_1'), rule('home')), want: 'fine' },
  { name: 'the old rules while new ones are rolled out', because: 'they reach one web ACL after the other', given: [on([home], tenant('basic')), on([tier('basic', ['home', 'flood'])], tenant('basic'))], servedWith: acl('basic', rule('home')), want: 'fine' },
  { name: 'the old rules when the tier says that the new ones are in force', because: 'its word is taken', given: [on([home], tenant('basic')), on([tier('basic', ['home', 'flood'], 'RulesInForce')], tenant('basic'))], servedWith: acl('basic', rule('home')), want: 'a complaint' },
  { name: 'half of the old rules and half of the new', because: 'no spec ever said so', given: [on([tier('basic', ['home', 'flood'])], tenant('basic')), on([tier('basic', ['office', 'flood'])], tenant('basic'))], servedWith: acl('basic', rule('flood')), want: 'a complaint' },
  { name: 'the rules of the tier it leaves', because: 'it moves', given: [on(both, tenant('basic')), on(both, tenant('premium'))], servedWith: acl('basic', rule('home')), want: 'fine', atRest: 'fine' },
  { name: 'the rules of the tier it left long ago', because: 'it says it has arrived', given: [on(both, tenant('basic')), on(both, tenant('premium', { isReady: true }))], servedWith: acl('basic', rule('home')), want: 'fine', atRest: 'a complaint' },
  { name: 'nothing, while its tier gets web ACLs of its own', because: 'it cannot have them at once', given: [on([plain], tenant('basic', { isReady: true })), on([home], tenant('basic', { isReady: true }))], servedWith: undefined, want: 'fine', atRest: 'a complaint' },
  { name: 'nothing, where it chooses that itself', because: 'its tier lets it', given: [on([home], tenant('basic', { isReady: true, choosesItself: true }))], servedWith: undefined, want: 'fine', atRest: 'fine' },
  { name: 'nothing, where its tier has no web ACLs', because: 'none is owed', given: [on([plain], tenant('basic', { isReady: true }))], servedWith: undefined, want: 'fine', atRest: 'fine' },
  { name: 'nothing, when its TenantDomain is gone', because: 'nobody speaks of it', given: [on([home], tenant('basic')), on([home])], servedWith: undefined, want: 'fine', atRest: 'fine' },
];

describe('a name served with', () => {
  test.each(rows)('$name: $want, because $because', ({ given, servedWith, want, atRest = want }) => {
    const owed = new OwedRules();
    const verdict = (): Row['want'] => (owed.complaint(name, servedWith) === undefined ? 'fine' : 'a complaint');
    for (const objects of given) owed.learn(objects);
    const atFirst = verdict();
    owed.rest();
    expect([atFirst, verdict()]).toEqual([want, atRest]);
  });

  test('what it left is no excuse once it was Ready, and served as it is to be', () => {
    const owed = new OwedRules();
    for (const objects of [on(both, tenant('basic')), on(both, tenant('premium', { isReady: true }))]) owed.learn(objects);
    const [left, present] = [acl('basic', rule('home')), acl('premium', rule('flood'))];
    expect([left, present, left].map((one) => owed.complaint(name, one) === undefined)).toEqual([true, true, false]);
  });
});

test('rules are told in their order of priority, with what they do', () => {
  const rules: readonly Rule[] = [{ ...rule('last'), Priority: 2, Action: { Captcha: {} } }, { ...rule('first'), Action: undefined, OverrideAction: { None: {} } }, { ...rule('second'), Priority: 1, Action: undefined, OverrideAction: { Count: {} } }];
  expect(rulesText({ rules })).toBe('first Group, second Count, last CAPTCHA');
});
