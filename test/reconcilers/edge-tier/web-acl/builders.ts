import type { ManagedWebACL, WebACLRule } from '../../../../crds/types.ts';
import { type Form, settingsOf } from '../../../../reconcilers/edge-tier/web-acl/form.ts';
import { type Acl, type IpSet, ipSetNameOf, type IpSetPart, type Ours, type WebAclObserved, webAclNameOf, type WebAclSpec } from '../../../../reconcilers/edge-tier/web-acl/web-acl.ts';

export const tierOwner = { installation: 'test', namespace: '', name: 'gold', uid: 'uid-1' };

/** A rule that blocks a country: cheap to tell apart, needs no IP set. */
export const countryRule = (name: string, country = 'KP'): WebACLRule => ({ name, type: 'Country', action: 'Block', countries: [country] });

/** The form of such rules. */
export const formOfRules = (...rules: readonly { readonly name: string; readonly country?: string }[]): Form => ({
  defaultAction: 'Allow', rules: rules.map(({ name, country = 'KP' }) => ({ name, action: 'Block', statement: { GeoMatchStatement: { CountryCodes: [country] } } })) as Form['rules'],
});

const arnOf = (kind: 'webacl' | 'ipset', name: string): string => `arn:aws:wafv2:us-east-1:111122223333:global/${kind}/${name}/1`;

/** What is called so in AWS WAF, as first seen. */
const named = (kind: 'webacl' | 'ipset', name: string) => ({ name, id: '1', arn: arnOf(kind, name), lockToken: 'token-1' });

/** Tier gold's web ACL number n, which nobody has. */
export const acl = (number: number, form: Form, over: Partial<Acl> = {}): Acl => {
  const name = webAclNameOf(tierOwner, number);
  const current = { Name: name, Id: '1', ARN: arnOf('webacl', name), ...settingsOf(form, name, undefined) };
  return { ...named('webacl', name), number, form, current, wcu: form.rules.length, tenants: [], leaving: [], foreign: 0, isFull: false, isUsed: undefined, refusedAt: undefined, ...over };
};

/** Tier gold's IP set of a rule's addresses. */
export const ipSet = (part: IpSetPart, addresses: readonly string[], over: Partial<IpSet> = {}): IpSet => ({ ...named('ipset', ipSetNameOf(tierOwner, part)), ...part, addresses, refusedAt: undefined, ...over });

/** Names of so many tenants. */
export const tenantsCalled = (prefix: string, count: number): readonly string[] => Array.from({ length: count }, (_, index) => `${prefix}-${index}`);

export const ours = (over: Partial<Ours> = {}): Ours => ({ acls: [], ipSets: [], strange: [], capacities: {}, refusals: [], ...over });

export const seeing = (over: Partial<Ours> = {}): WebAclObserved => ({ existing: { known: true, value: true }, ours: { known: true, value: ours(over) } });

/** What a tier with web ACLs of its own asks for. */
export const asking = (managed: ManagedWebACL, over: Partial<WebAclSpec> = {}): WebAclSpec => ({ webAcl: { type: 'Managed', managed }, tenants: 0, rollout: undefined, published: undefined, ...over });
