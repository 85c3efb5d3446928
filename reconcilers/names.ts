import { createHash } from 'node:crypto';

/*
 * Every name that we give in AWS is derived, so that it is found again by whoever lost all memory (R1). Hashed inputs are separated
 * by NUL, which no Kubernetes name, domain or ARN can hold, so that ("a", "bc") and ("ab", "c") differ.
 */

/** Whose name it is: one installation may meet another in the same AWS account. */
export type Named = { readonly installation: string; readonly namespace: string; readonly name: string };

const hexOf = (parts: readonly string[], characters: number): string =>
  createHash('sha256').update(parts.join('\0')).digest('hex').slice(0, characters);

// 96 bits: among 10,000,000 tenants the chance of one collision is below 1 in 10^15.
const nameHashCharacters = 24;
// CreateDistributionTenant allows 128 characters; a name is also read in consoles and messages.
const maxPrefixCharacters = 80;

/**
 * The distribution tenant's name: `<namespace>-<name>`, cut, and a hash that tells equal prefixes apart. The same owner always gets
 * the same name, two owners never the same one.
 * @see https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_CreateDistributionTenant.html (Name)
 */
export const tenantNameOf = ({ installation, namespace, name }: Named): string => {
  const readable = `${namespace}-${name}`.replaceAll(/[^a-zA-Z0-9.-]/g, '-').replace(/^[.-]+/, '').slice(0, maxPrefixCharacters).replace(/[.-]+$/, '');
  const hash = hexOf([installation, namespace, name], nameHashCharacters);
  return readable === '' ? hash : `${readable}-${hash}`;
};

/** Whose resource of a tier it is. */
export type TierNamed = { readonly installation: string; readonly tier: string };

/** What a tier has in AWS under names of its own: `part` is the web ACL's number, the connection group's or the IP set's name. */
export type TierResource = 'web-acl' | 'ip-set' | 'group';

// 64 bits: a tier has some hundreds of resources.
const tierHashCharacters = 16;
// With a rule's name of 64 characters, an address family and the hash this stays below the 128 that WAF and CloudFront allow.
const maxTierCharacters = 32;

/**
 * The name of something of a tier's: `<tier>-<part>-<hash>`, of letters, digits, `-` and `_` alone, since WAF allows no dot. It can be
 * read back (`tierPartOf`), so that a list tells what is a tier's, however much was forgotten.
 * @see https://docs.aws.amazon.com/waf/latest/APIReference/API_CreateWebACL.html (Name)
 */
export const tierResourceNameOf = ({ installation, tier }: TierNamed, kind: TierResource, part: string): string =>
  `${tier.slice(0, maxTierCharacters)}-${part}-${hexOf([installation, kind, tier, part], tierHashCharacters)}`;

/** Whether a name may have been derived for some tier: whatever ends otherwise is not ours, and need not be asked for its tags. */
export const looksLikeTierResource = (name: string): boolean => /^[a-z0-9][a-z0-9-]*-[\w-]+-[0-9a-f]{16}$/.test(name);

/** The part of a name that was derived for this tier, or undefined where it was not. */
export const tierPartOf = (owner: TierNamed, kind: TierResource, name: string): string | undefined => {
  const part = name.slice(owner.tier.slice(0, maxTierCharacters).length + 1, -(tierHashCharacters + 1));
  return part !== '' && tierResourceNameOf(owner, kind, part) === name ? part : undefined;
};

/** What makes one request for a certificate another than the next; the order of names and ARNs means nothing. */
export type CertificateRequest = {
  readonly installation: string;
  readonly uid: string;
  readonly names: readonly string[];
  readonly keyAlgorithm: string | undefined;
  /** Our certificates for these names that failed: within the hour ACM answers an old token with the old, dead ARN. */
  readonly deadArns: readonly string[];
};

/**
 * ACM's idempotency token, 32 characters of [0-9a-f]: a request whose answer was lost gets the same certificate (R3).
 * @see https://docs.aws.amazon.com/acm/latest/APIReference/API_RequestCertificate.html (IdempotencyToken)
 */
export const certificateTokenOf = ({ installation, uid, names, keyAlgorithm, deadArns }: CertificateRequest): string =>
  hexOf([installation, uid, names.toSorted().join(' '), keyAlgorithm ?? '', deadArns.toSorted().join(' ')], 32);

/** 16 characters that are equal for equal values, whatever the order of their keys. Absent and undefined members are the same. */
export const configHashOf = (value: unknown): string => hexOf([stableJson(value)], 16);

const stableJson = (value: unknown): string =>
  JSON.stringify(value, (_key, member: unknown) => (isRecord(member) ? Object.fromEntries(Object.entries(member).toSorted(([a], [b]) => (a < b ? -1 : 1))) : member)) ?? '';

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value);
