import { describe, expect, test } from 'vitest';
import type { EdgeTierSpec, TenantDomainSpec } from '../../../crds/types.ts';
import { accept, type Accepted, type Wants } from '../../../reconcilers/tenant-domain/accept.ts';
import type { Present } from '../../../reconcilers/tenant-domain/group.ts';
import type { Group, TierFacts } from '../../../reconcilers/tier-facts.ts';
import { domains, facts, group, tenantDomain } from '../builders.ts';
import { accepted, arnOf } from './builders.ts';

const acl = 'arn:aws:wafv2:us-east-1:111122223333:global/webacl/x/1';
const namespace = { name: 'brand', labels: { plan: 'enterprise' } };
const refused = (reason: Extract<Accepted, { is: 'refused' }>['reason'], on: 'person' | 'reference', message: string): Accepted => ({ is: 'refused', reason, on, message });
const denied = (written: string, setting: string): Accepted => refused('OverrideNotAllowed', 'person', `${written} is not allowed by tier "gold": remove it, or have the tier allow it with tenantOverrides.${setting}`);

const managed = { type: 'Managed', managed: { defaultAction: 'Allow', tenantsPerACL: 50, rollout: { pauseSeconds: 0, observe: false } } } as const;

type Row = { readonly name: string; readonly because: string; readonly spec?: Partial<TenantDomainSpec>; readonly tier?: Partial<EdgeTierSpec>; readonly facts?: Partial<TierFacts>; readonly present?: Present; readonly want: Accepted };

const inherited: readonly Row[] = [
  { name: 'a plain spec', because: 'everything comes from the tier', want: accepted() },
  { name: 'names as typed', because: 'they are folded, sorted, each once', spec: { domains: ['WWW.example.com.', 'a.example.com', 'www.example.com'] }, want: accepted({ names: domains('a.example.com', 'www.example.com') }) },
  { name: "the tier's geo restriction", because: 'countries are sorted, and have names of AWS', tier: { geoRestriction: { type: 'Allow', countries: ['DE', 'AT'] } }, want: accepted({ geo: { type: 'whitelist', countries: ['AT', 'DE'] } }) },
  { name: "the tier's web ACL", because: 'its owner is the platform: no tag is asked for', tier: { webACL: { type: 'Existing', arn: acl } }, want: accepted({ webAcl: { is: 'override', arn: acl } }) },
  { name: "the tier's web ACL, which is not there", because: 'AWS would refuse all that is written with it', tier: { webACL: { type: 'Existing', arn: acl } }, facts: { webAclMissing: 'no such web ACL' }, want: accepted({ webAcl: { is: 'missing', message: 'tier "gold": no such web ACL' } }) },
  { name: "an own web ACL instead of the tier's, which is not there", because: 'nothing is missing to this tenant', spec: { webACL: { type: 'Inherit' } }, tier: { webACL: { type: 'Existing', arn: acl }, tenantOverrides: { webACL: { allow: ['Inherit'] } } }, facts: { webAclMissing: 'no such web ACL' }, want: accepted() },
  { name: "the tier's lack of a web ACL", because: 'the tenant inherits that too', tier: { webACL: { type: 'Disabled' } }, want: accepted({ webAcl: { is: 'disable' } }) },
  { name: "the tier's key algorithm", because: 'the certificate is requested with it', tier: { certificate: { issuer: 'ACM', keyAlgorithm: 'EC_prime256v1' } }, want: accepted({ certificate: { is: 'own', keyAlgorithm: 'EC_prime256v1' } }) },
  { name: "the distribution's certificate", because: 'none is requested', tier: { certificate: { issuer: 'Distribution' } }, want: accepted({ certificate: { is: 'distribution' } }) },
  { name: "a certificate of CloudFront's", because: 'the tier has them issued there', tier: { certificate: { issuer: 'CloudFront' } }, want: accepted({ certificate: { is: 'cloudfront' } }) },
  { name: "a seat at one of the tier's web ACLs", because: 'the tier manages them, and publishes which are open', tier: { webACL: managed }, facts: { openWebAcls: ['arn:acl/1', 'arn:acl/2'] }, want: accepted({ webAcl: { is: 'seat', tier: 'gold', open: ['arn:acl/1', 'arn:acl/2'], capacity: 50 } }) },
  { name: "a seat, before the tier has a web ACL", because: 'it is on its way: the spec is accepted, and the tenant waits', tier: { webACL: managed }, want: accepted({ webAcl: { is: 'seat', tier: 'gold', open: [], capacity: 50 } }) },
  { name: "the tier's default group", because: 'the spec names none', tier: { defaultConnectionGroup: 'shared' }, facts: { groups: { shared: { id: 'cg_2', endpoint: 'd2.cloudfront.net' } } }, want: accepted({ group: { id: 'cg_2', endpoint: 'd2.cloudfront.net' } }) },
  { name: 'no default group of the account yet', because: 'CloudFront makes it with the first tenant', facts: { groups: {} }, want: accepted({ group: undefined }) },
  { name: 'disabled', because: 'everything is kept and nothing served', spec: { enabled: false }, want: accepted({ enabled: false }) },
];

const overrides: readonly Row[] = [
  { name: 'an own certificate', because: 'the tier lets tagged ones be brought', spec: { certificate: { arn: arnOf('e') } }, tier: { tenantOverrides: { certificate: { allow: ['TaggedARN'] } } }, want: accepted({ certificate: { is: 'given', arn: arnOf('e') } }) },
  { name: 'an own certificate, not allowed', because: 'the tier decides', spec: { certificate: { arn: arnOf('e') } }, want: denied('spec.certificate', 'certificate.allow: [TaggedARN]') },
  { name: 'an own web ACL', because: 'AWS\'s tag has to allow it besides', spec: { webACL: { type: 'Existing', arn: acl } }, tier: { tenantOverrides: { webACL: { allow: ['TaggedARN'] } } }, want: accepted({ webAcl: { is: 'override', arn: acl }, webAclToProve: acl }) },
  { name: 'no web ACL, not allowed', because: 'it is what protects the origin', spec: { webACL: { type: 'Disabled' } }, tier: { tenantOverrides: { webACL: { allow: ['TaggedARN'] } } }, want: denied('spec.webACL.type Disabled', 'webACL.allow: [Disabled]') },
  { name: "the distribution's web ACL instead of the tier's", because: 'the tier lets it be inherited', spec: { webACL: { type: 'Inherit' } }, tier: { webACL: { type: 'Existing', arn: acl }, tenantOverrides: { webACL: { allow: ['Inherit'] } } }, want: accepted() },
  { name: 'own countries', because: 'the tier lets that type be set', spec: { geoRestriction: { type: 'Deny', countries: ['FR'] } }, tier: { tenantOverrides: { geoRestriction: { allow: ['Deny'] } } }, want: accepted({ geo: { type: 'blacklist', countries: ['FR'] } }) },
  { name: 'own countries of another type', because: 'served everywhere is more than the tier allows', spec: { geoRestriction: { type: 'None' } }, tier: { tenantOverrides: { geoRestriction: { allow: ['Deny'] } } }, want: denied('spec.geoRestriction.type None', 'geoRestriction.allow: [None]') },
  { name: 'an own group', because: 'the tier lists it', spec: { connectionGroup: 'isolated' }, tier: { tenantOverrides: { connectionGroup: { allow: ['isolated'] } } }, facts: { groups: { isolated: group } }, want: accepted() },
  { name: 'the default group by its name', because: 'that changes nothing', spec: { connectionGroup: 'shared' }, tier: { defaultConnectionGroup: 'shared' }, facts: { groups: { shared: group } }, want: accepted() },
  { name: "the account's default group by its name", because: 'that changes nothing either', spec: { connectionGroup: 'default' }, want: accepted() },
  { name: 'an own group, not listed', because: 'the tier decides', spec: { connectionGroup: 'isolated' }, want: denied('spec.connectionGroup "isolated"', 'connectionGroup.allow: [isolated]') },
];

const [shared, fresh] = [{ id: 'cg_s', endpoint: 'ds.cloudfront.net' }, { id: 'cg_f', endpoint: 'df.cloudfront.net' }];
const off = { ...fresh, trouble: 'connection group "fresh" (cg_f) of tier "gold" is disabled, so that nothing is served through it: enable it, it serves once that is deployed' };
const changed: Partial<EdgeTierSpec> = { defaultConnectionGroup: 'fresh', tenantOverrides: { connectionGroup: { allow: ['fresh', 'shared'] } } };
const isOff = refused('ConnectionGroupDisabled', 'person', off.trouble);
const notYet = refused('TierNotReady', 'reference', 'connection group "fresh" of tier "gold" cannot be used yet: see the tier\'s ConnectionGroupsReady');

const at = ({ id }: Group, over: Partial<Present> = {}): Present => ({ id, endpoint: undefined, mayStay: true, ...over });

const places: readonly Row[] = [
  { name: 'another default group, deployed', because: 'the tenant moves', tier: changed, facts: { groups: { fresh, shared } }, present: at(shared), want: accepted({ group: fresh }) },
  { name: 'another default group, not deployed yet', because: 'the tenant goes on being served where it is', tier: changed, facts: { groups: { shared } }, present: at(shared), want: accepted({ group: shared }) },
  { name: 'another default group, not deployed yet, in place of a retiring one', because: 'the tenant goes on being served where it is', tier: changed, facts: { groups: {}, retiring: [shared] }, present: at(shared), want: accepted({ group: shared }) },
  { name: "another default group, not deployed yet, in place of the account's", because: 'the tenant goes on being served where it is', tier: changed, facts: { groups: {} }, present: at(shared, { endpoint: shared.endpoint }), want: accepted({ group: shared }) },
  { name: "another default group, not deployed yet, for a tenant on its way out of the account's", because: 'nobody can say at which endpoint it is served', tier: changed, facts: { groups: {} }, present: at(shared), want: notYet },
  { name: 'another default group, not deployed yet, for a new tenant', because: 'there is no group to be in', tier: changed, facts: { groups: { shared } }, want: notYet },
  { name: 'another default group, not deployed yet, for a tenant of another tier', because: 'it comes with all the rest', tier: changed, facts: { groups: { shared } }, present: at(shared, { mayStay: false }), want: notYet },
  { name: 'a group of its own choice, not deployed yet', because: 'the spec of the tenant itself cannot be followed yet', spec: { connectionGroup: 'fresh' }, tier: changed, facts: { groups: { shared } }, present: at(shared), want: notYet },
  { name: "the account's default group, not seen yet", because: 'the tenant goes on being served where it is', facts: { groups: {}, retiring: [shared] }, present: at(shared), want: accepted({ group: shared }) },
  { name: 'another default group, disabled', because: 'the tenant goes on being served where it is', tier: changed, facts: { groups: { fresh: off, shared } }, present: at(shared), want: accepted({ group: shared }) },
  { name: 'a disabled group, for a tenant that is in it', because: 'all but serving goes on', tier: changed, facts: { groups: { fresh: off } }, present: at(fresh, { mayStay: false }), want: accepted({ group: off }) },
  { name: 'a disabled group, for a new tenant', because: 'it would not be served', tier: changed, facts: { groups: { fresh: off } }, want: isOff },
  { name: 'a disabled group of its own choice', because: 'to move there would be an outage', spec: { connectionGroup: 'fresh' }, tier: changed, facts: { groups: { fresh: off, shared } }, present: at(shared), want: isOff },
  { name: 'another default group, not deployed yet, for a tenant in a disabled one', because: 'it is not served where it is', tier: { defaultConnectionGroup: 'newest' }, facts: { groups: { fresh: off } }, present: at(fresh, { endpoint: fresh.endpoint }), want: refused('TierNotReady', 'reference', 'connection group "newest" of tier "gold" cannot be used yet: see the tier\'s ConnectionGroupsReady') },
];

/** Every choice of a web ACL that a tenant may write, under every kind of tier. */
const webAclChoices: readonly { readonly spec: NonNullable<TenantDomainSpec['webACL']>; readonly key: 'Inherit' | 'Disabled' | 'TaggedARN'; readonly want: Partial<Wants> }[] = [
  { spec: { type: 'Inherit' }, key: 'Inherit', want: { webAcl: { is: 'inherit' } } },
  { spec: { type: 'Disabled' }, key: 'Disabled', want: { webAcl: { is: 'disable' } } },
  { spec: { type: 'Existing', arn: acl }, key: 'TaggedARN', want: { webAcl: { is: 'override', arn: acl }, webAclToProve: acl } },
];
const tierAcls: readonly EdgeTierSpec['webACL'][] = [{ type: 'Inherit' }, { type: 'Disabled' }, { type: 'Existing', arn: `${acl}0` }, managed];
const webAcls: readonly Row[] = tierAcls.flatMap((webACL) =>
  webAclChoices.flatMap(({ spec, key, want }): readonly Row[] => [
    { name: `web ACL ${spec.type} under ${webACL.type}`, because: `the tier allows ${key}`, spec: { webACL: spec }, tier: { webACL, tenantOverrides: { webACL: { allow: [key] } } }, want: accepted(want) },
    { name: `web ACL ${spec.type} under ${webACL.type}, not allowed`, because: `the tier allows all but ${key}`, spec: { webACL: spec }, tier: { webACL, tenantOverrides: { webACL: { allow: (['Inherit', 'Disabled', 'TaggedARN'] as const).filter((other) => other !== key) } } }, want: denied(`spec.webACL.type ${spec.type}`, `webACL.allow: [${key}]`) },
    { name: `web ACL ${spec.type} under ${webACL.type}, nothing allowed`, because: 'what is absent may not be set', spec: { webACL: spec }, tier: { webACL }, want: denied(`spec.webACL.type ${spec.type}`, `webACL.allow: [${key}]`) },
  ]),
);

/** Every restriction that a tenant may write, in a tier that has one. */
const geoChoices = { None: { type: 'none', countries: [] }, Allow: { type: 'whitelist', countries: ['FR'] }, Deny: { type: 'blacklist', countries: ['FR'] } } as const;
const geos: readonly Row[] = (['None', 'Allow', 'Deny'] as const).flatMap((type): readonly Row[] => {
  const spec = { geoRestriction: type === 'None' ? { type } : { type, countries: ['FR'] } };
  const tier = { geoRestriction: { type: 'Allow', countries: ['DE'] } } as const;
  const others = (['None', 'Allow', 'Deny'] as const).filter((other) => other !== type);
  return [
    { name: `restriction ${type}`, because: 'the tier allows it', spec, tier: { ...tier, tenantOverrides: { geoRestriction: { allow: [type] } } }, want: accepted({ geo: geoChoices[type] }) },
    { name: `restriction ${type}, not allowed`, because: 'the tier allows the others', spec, tier: { ...tier, tenantOverrides: { geoRestriction: { allow: others } } }, want: denied(`spec.geoRestriction.type ${type}`, `geoRestriction.allow: [${type}]`) },
    { name: `restriction ${type}, nothing allowed`, because: 'what is absent may not be set', spec, tier, want: denied(`spec.geoRestriction.type ${type}`, `geoRestriction.allow: [${type}]`) },
  ];
});

const noWildcard = 'tier "gold" has certificates issued by CloudFront, which issues none for *.example.com: name the hosts one by one, or use a tier whose certificate.issuer is ACM';
const issuers: readonly Row[] = [
  { name: "a wildcard, with CloudFront's certificates", because: 'a wildcard cannot be validated over HTTP', spec: { domains: ['*.example.com', 'shop.example.com'] }, tier: { certificate: { issuer: 'CloudFront' } }, want: refused('WildcardNotSupported', 'person', `spec.domains: ${noWildcard}`) },
  { name: "a wildcard, with ACM's", because: 'a record in DNS proves it', spec: { domains: ['*.example.com'] }, want: accepted({ names: domains('*.example.com') }) },
  ...(['ACM', 'CloudFront', 'Distribution'] as const).flatMap((issuer): readonly Row[] => [
    { name: `an own certificate for a wildcard, beside issuer ${issuer}`, because: 'nothing is requested for it', spec: { domains: ['*.example.com'], certificate: { arn: arnOf('e') } }, tier: { certificate: { issuer }, tenantOverrides: { certificate: { allow: ['TaggedARN'] } } }, want: accepted({ names: domains('*.example.com'), certificate: { is: 'given', arn: arnOf('e') } }) },
    { name: `an own certificate beside issuer ${issuer}, not allowed`, because: 'what is absent may not be set', spec: { certificate: { arn: arnOf('e') } }, tier: { certificate: { issuer } }, want: denied('spec.certificate', 'certificate.allow: [TaggedARN]') },
  ]),
];

const [long, tooLong] = [`${'a'.repeat(52)}.example.com`, `${'a'.repeat(53)}.example.com`];
const noCommonName = refused('InvalidDomain', 'person', "spec.domains: one must have at most 64 characters (a certificate's common name): add a shorter one, or use a tier whose certificate.issuer is Distribution");
const commonNames: readonly Row[] = [
  { name: 'a name of 64 characters', because: 'it can be a common name', spec: { domains: [long] }, want: accepted({ names: domains(long) }) },
  { name: 'only a name of 65 characters', because: 'ACM would refuse the request', spec: { domains: [tooLong] }, want: noCommonName },
  { name: "only a name of 65 characters, with CloudFront's certificates", because: 'it asks ACM too', spec: { domains: [tooLong] }, tier: { certificate: { issuer: 'CloudFront' } }, want: noCommonName },
  { name: 'a name of 65 characters beside a shorter one', because: 'one is enough', spec: { domains: [tooLong, 'shop.example.com'] }, want: accepted({ names: domains(tooLong, 'shop.example.com') }) },
  { name: "only a name of 65 characters, with the distribution's certificate", because: 'nothing is requested for it', spec: { domains: [tooLong] }, tier: { certificate: { issuer: 'Distribution' } }, want: accepted({ names: domains(tooLong), certificate: { is: 'distribution' } }) },
  { name: 'only a name of 65 characters, with a certificate of its own', because: 'nothing is requested for it', spec: { domains: [tooLong], certificate: { arn: arnOf('e') } }, tier: { tenantOverrides: { certificate: { allow: ['TaggedARN'] } } }, want: accepted({ names: domains(tooLong), certificate: { is: 'given', arn: arnOf('e') } }) },
];

const refusals: readonly Row[] = [
  { name: 'names that cannot be served', because: 'each is named, before anything else is judged', spec: { domains: ['shop.example.com', 'a', 'b..c'] }, want: refused('InvalidDomain', 'person', 'spec.domains: "a" has one label only: write a name of two or more labels, like example.com; "b..c" has an empty label: write one dot between labels and none in front') },
  { name: 'a namespace that the tier does not admit', because: 'a tier is closed until its owner opens it', tier: { allowedNamespaces: { from: 'Selector', selector: { matchLabels: { plan: 'basic' } } } }, want: refused('NamespaceNotAllowed', 'person', 'tier "gold" does not admit namespace "brand": have its allowedNamespaces admit it, or use another tier') },
  { name: 'a tier that is not ready', because: 'it says itself why', facts: { blueprint: undefined, trouble: 'distribution E2EXAMPLE is disabled' }, want: refused('TierNotReady', 'reference', 'tier "gold" is not ready: distribution E2EXAMPLE is disabled') },
  { name: 'a tier that nobody has looked at yet', because: 'it is applied together with its tenants', facts: { blueprint: undefined }, want: refused('TierNotReady', 'reference', 'tier "gold" has not been looked at yet') },
  { name: 'a group that the tier has not found yet', because: 'its endpoint is not known', tier: { defaultConnectionGroup: 'shared' }, want: refused('TierNotReady', 'reference', 'connection group "shared" of tier "gold" cannot be used yet: see the tier\'s ConnectionGroupsReady') },
  { name: 'a group called like a member of every object', because: 'only what the tier published is a group', tier: { defaultConnectionGroup: 'constructor' }, want: refused('TierNotReady', 'reference', 'connection group "constructor" of tier "gold" cannot be used yet: see the tier\'s ConnectionGroupsReady') },
  { name: 'a parameter that is not defined', because: 'AWS would refuse it', tier: { parameters: [{ name: 'a', value: 'b' }] }, want: refused('ParameterUndefined', 'person', 'distribution E2EXAMPLE of tier "gold" defines no parameter "a"; it defines none: correct the name, or define it in the distribution') },
];

describe('accept', () => {
  test.each([...inherited, ...overrides, ...webAcls, ...geos, ...issuers, ...commonNames, ...places, ...refusals])('$name: $because', ({ spec, tier, facts: over, present, want }) => {
    expect(accept(tenantDomain(spec).spec, facts(tier, over), namespace, present)).toEqual(want);
  });

  test('a tier that does not exist may be applied later', () => {
    expect(accept(tenantDomain().spec, undefined, namespace, undefined)).toEqual(refused('TierNotFound', 'reference', 'EdgeTier "gold" does not exist (yet): create it, or correct spec.tierRef.name'));
  });

  test('a namespace that the watch has not shown is not taken for a forbidden one', () => {
    expect(accept(tenantDomain().spec, facts(), undefined, undefined)).toEqual(refused('Pending', 'reference', 'the namespace has not been read yet'));
  });
});
