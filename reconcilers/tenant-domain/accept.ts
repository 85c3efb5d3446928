import { commonNameOf, type DomainName, parseDomainName, sortedNames } from '../../crds/domain-name.ts';
import type { Reason } from '../../crds/reasons.ts';
import type { GeoRestriction, Parameter, TenantDomainSpec } from '../../crds/types.ts';
import type { Wait } from '../contract.ts';
import { namespaceAllowed, type Labels } from '../namespaces.ts';
import type { GeoChoice, WebAclChoice } from '../ports/fleet.ts';
import { accountDefaultGroup, type Group, type TierFacts } from '../tier-facts.ts';
import { groupFor, type Present } from './group.ts';
import { parametersOf } from './parameters.ts';
import type { Refused } from './refused.ts';

/** Where the tenant's certificate comes from: requested by CloudFront, requested by us, named by ARN, or the distribution's own. */
export type CertificateSource =
  | { readonly is: 'cloudfront' }
  | { readonly is: 'own'; readonly keyAlgorithm: 'RSA_2048' | 'EC_prime256v1' | undefined }
  | { readonly is: 'given'; readonly arn: string }
  | { readonly is: 'distribution' };

/**
 * A web ACL as it is asked for: a certain one, or a seat at one of the tier's own (`open`, in their order), which hold `capacity` tenants each;
 * `missing`: the one that the tier names is not there.
 */
export type WebAclWant = WebAclChoice | { readonly is: 'missing'; readonly message: string } | { readonly is: 'seat'; readonly tier: string; readonly open: readonly string[]; readonly capacity: number };

/** What a TenantDomain and its tier ask for together, every override checked. `group` is absent until AWS made the account's default group. */
export type Wants = {
  readonly names: readonly DomainName[];
  readonly distributionId: string;
  readonly group: Group | undefined;
  readonly parameters: readonly Parameter[];
  readonly geo: GeoChoice | undefined;
  readonly webAcl: WebAclWant;
  /** A web ACL the tenant named itself: AWS's tag must allow it. */
  readonly webAclToProve: string | undefined;
  readonly certificate: CertificateSource;
  readonly enabled: boolean;
};

/** The answer to a spec. */
export type Accepted = { readonly is: 'accepted'; readonly wants: Wants } | ({ readonly is: 'refused' } & Refused);

const refuse = (reason: Reason, on: Wait, message: string): Accepted => ({ is: 'refused', reason, message, on });

const denied = (tier: TierFacts, setting: string, written: string): Refused => ({
  reason: 'OverrideNotAllowed',
  on: 'person',
  message: `${written} is not allowed by tier "${tier.name}": remove it, or have the tier allow it with ${setting}`,
});

type Request = { readonly spec: TenantDomainSpec; readonly tier: TierFacts };

/** The first override that the tier does not allow. */
const deniedOverride = ({ spec, tier }: Request): Refused | undefined => {
  const allow = tier.spec.tenantOverrides;
  const { geoRestriction: geo, webACL, connectionGroup: group } = spec;
  if (spec.certificate && !allow?.certificate?.allow.includes('TaggedARN')) return denied(tier, 'tenantOverrides.certificate.allow: [TaggedARN]', 'spec.certificate');
  if (geo && !allow?.geoRestriction?.allow.includes(geo.type)) return denied(tier, `tenantOverrides.geoRestriction.allow: [${geo.type}]`, `spec.geoRestriction.type ${geo.type}`);
  const aclKey = webACL?.type === 'Existing' ? 'TaggedARN' : webACL?.type;
  if (aclKey && !allow?.webACL?.allow.includes(aclKey)) return denied(tier, `tenantOverrides.webACL.allow: [${aclKey}]`, `spec.webACL.type ${webACL?.type ?? ''}`);
  if (group && !allow?.connectionGroup?.allow.includes(group) && group !== (tier.spec.defaultConnectionGroup ?? accountDefaultGroup)) {
    return denied(tier, `tenantOverrides.connectionGroup.allow: [${group}]`, `spec.connectionGroup "${group}"`);
  }
  return undefined;
};

const geoTypes = { None: 'none', Allow: 'whitelist', Deny: 'blacklist' } as const;

const geoOf = (geo: GeoRestriction | undefined): GeoChoice | undefined =>
  geo && { type: geoTypes[geo.type], countries: (geo.countries ?? []).toSorted() };

const webAclOf = ({ spec, tier }: Request): WebAclWant => {
  const choice = spec.webACL ?? tier.spec.webACL;
  switch (choice.type) {
    case 'Managed':
      return { is: 'seat', tier: tier.name, open: tier.openWebAcls, capacity: choice.managed?.tenantsPerACL ?? 100 };
    case 'Existing':
      if (spec.webACL === undefined && tier.webAclMissing !== undefined) return { is: 'missing', message: `tier "${tier.name}": ${tier.webAclMissing}` };
      return choice.arn === undefined ? { is: 'inherit' } : { is: 'override', arn: choice.arn };
    case 'Disabled':
      return { is: 'disable' };
    case 'Inherit':
      return { is: 'inherit' };
  }
};

const sourceOf = ({ spec, tier }: Request): CertificateSource => {
  if (spec.certificate) return { is: 'given', arn: spec.certificate.arn };
  const { issuer, keyAlgorithm } = tier.spec.certificate;
  switch (issuer) {
    case 'CloudFront':
      return { is: 'cloudfront' };
    case 'Distribution':
      return { is: 'distribution' };
    case 'ACM':
      return { is: 'own', keyAlgorithm };
  }
};

/** No certificate is requested without a common name, and CloudFront validates its own over HTTP, which no wildcard can pass. */
const uncertifiable = (names: readonly DomainName[], source: CertificateSource, tier: TierFacts): Refused | undefined => {
  const isRequested = source.is === 'own' || source.is === 'cloudfront';
  if (isRequested && commonNameOf(names) === undefined) {
    return { reason: 'InvalidDomain', on: 'person', message: "spec.domains: one must have at most 64 characters (a certificate's common name): add a shorter one, or use a tier whose certificate.issuer is Distribution" };
  }
  const wildcards = source.is === 'cloudfront' ? names.filter((name) => name.startsWith('*.')) : [];
  if (wildcards.length === 0) return undefined;
  const message = `spec.domains: tier "${tier.name}" has certificates issued by CloudFront, which issues none for ${wildcards.join(', ')}: name the hosts one by one, or use a tier whose certificate.issuer is ACM`;
  return { reason: 'WildcardNotSupported', on: 'person', message };
};

type Namespace = { readonly name: string; readonly labels: Labels };

/** What neither this tier nor CloudFront allows of a spec; a namespace that may not use the tier hears nothing else of it. */
const refusedFrom = (names: readonly DomainName[], { spec, tier }: Request, namespace: Namespace): Refused | undefined => {
  if (namespaceAllowed(tier.spec.allowedNamespaces, namespace.labels)) return deniedOverride({ spec, tier }) ?? uncertifiable(names, sourceOf({ spec, tier }), tier);
  return { reason: 'NamespaceNotAllowed', on: 'person', message: `tier "${tier.name}" does not admit namespace "${namespace.name}": have its allowedNamespaces admit it, or use another tier` };
};

/**
 * Judges a spec against its tier and namespace: pure, and asked again in every pass, because admission cannot see other objects
 * and permission can be withdrawn. `namespace` is undefined until the watch has shown it, `present` while the tenant is in no group.
 */
export const accept = (spec: TenantDomainSpec, tier: TierFacts | undefined, namespace: Namespace | undefined, present: Present | undefined): Accepted => {
  const parsed = spec.domains.map(parseDomainName);
  const bad = parsed.flatMap((result, index) => (result.ok ? [] : [`"${spec.domains[index] ?? ''}" ${result.problem}`]));
  if (bad.length > 0) return refuse('InvalidDomain', 'person', `spec.domains: ${bad.join('; ')}`);
  if (tier === undefined) return refuse('TierNotFound', 'reference', `EdgeTier "${spec.tierRef.name}" does not exist (yet): create it, or correct spec.tierRef.name`);
  if (namespace === undefined) return refuse('Pending', 'reference', 'the namespace has not been read yet');
  const names = sortedNames(parsed.flatMap((result) => (result.ok ? [result.name] : [])));
  const refused = refusedFrom(names, { spec, tier }, namespace);
  if (refused) return { is: 'refused', ...refused };
  if (tier.blueprint === undefined) return refuse('TierNotReady', 'reference', tier.trouble === undefined ? `tier "${tier.name}" has not been looked at yet` : `tier "${tier.name}" is not ready: ${tier.trouble}`);
  const parameters = parametersOf(spec.parameters ?? [], tier, tier.blueprint.parameters);
  if (!parameters.ok) return { is: 'refused', on: 'person', ...parameters.problem };
  const place = groupFor(spec, tier, present);
  if (!('group' in place)) return { is: 'refused', ...place };
  const wants: Wants = {
    names,
    distributionId: tier.spec.distributionId,
    group: place.group,
    parameters: parameters.value,
    geo: geoOf(spec.geoRestriction ?? tier.spec.geoRestriction),
    webAcl: webAclOf({ spec, tier }),
    webAclToProve: spec.webACL?.type === 'Existing' ? spec.webACL.arn : undefined,
    certificate: sourceOf({ spec, tier }),
    enabled: spec.enabled ?? true,
  };
  return { is: 'accepted', wants };
};
