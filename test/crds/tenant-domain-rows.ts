import { certificateArn, many, tenant, webAclArn, type Row } from './manifest-row.ts';

const label63 = 'a'.repeat(63);
const notADomain = 'write a lower-case DNS name like shop.example.com';
const notACountry = 'write a two-letter country code of ISO 3166-1 in upper case, like DE: the United Kingdom is GB, Greece is GR';
const reserved = "'--' as 3rd and 4th character";
const domains = (...names: readonly string[]): Row['manifest'] => tenant({ domains: names });

const identity: readonly Row[] = [
  { name: 'a tenant with only what is required', because: 'the rest has defaults or is the tier\'s', manifest: tenant(), want: 'accepted' },
  { name: 'a tenant named like a domain', because: 'backends do that', manifest: tenant({}, 'shop.example.com'), want: 'accepted' },
  { name: 'a tenant with a name of 63 characters', because: 'that is the bound', manifest: tenant({}, label63), want: 'accepted' },
  { name: 'a tenant with a name of 64 characters', because: 'an AWS tag could not hold it with its namespace', manifest: tenant({}, `a${label63}`), want: 'metadata.name: at most 63 characters' },
  { name: 'a tenant with a long name of labels', because: 'an AWS tag could not hold it with its namespace', manifest: tenant({}, `${'a'.repeat(40)}.${'b'.repeat(40)}`), want: 'metadata.name: at most 63 characters' },
  { name: 'a tenant without spec', because: 'there is nothing to do', manifest: { ...tenant(), spec: undefined }, want: 'spec: Required value' },
  { name: 'a tenant without tier', because: 'it inherits everything from it', manifest: tenant({ tierRef: undefined }), want: 'spec.tierRef: Required value' },
  { name: 'a tier with a namespace', because: 'tiers have none', manifest: tenant({ tierRef: { name: 'enterprise', namespace: 'platform' } }), want: 'unknown field "spec.tierRef.namespace"' },
  { name: 'a tier that can have no such name', because: 'it would never be found', manifest: tenant({ tierRef: { name: 'Enterprise' } }), want: 'spec.tierRef.name' },
  { name: 'another tier', because: 'a customer changes plans', was: tenant(), manifest: tenant({ tierRef: { name: 'basic' } }), want: 'accepted' },
  { name: 'a field of a later version', because: 'a field is served when it works', manifest: tenant({ migrateFrom: { distributionId: 'E1' } }), want: 'unknown field "spec.migrateFrom"' },
];

const names: readonly Row[] = [
  { name: 'five domains', because: 'that is the bound', manifest: domains('example.com', '*.example.com', 'a.b.example.com', 'xn--strae-oqa.de', '3.example.com'), want: 'accepted' },
  { name: 'other domains', because: 'a customer rebrands', was: tenant(), manifest: domains('shop.example.org'), want: 'accepted' },
  { name: 'six domains', because: 'five is the bound', manifest: tenant({ domains: many(6, (index) => `shop${index}.example.com`) }), want: 'spec.domains: Too many: 6' },
  { name: 'no domain', because: 'there is nothing to serve', manifest: domains(), want: 'spec.domains' },
  { name: 'one domain twice', because: 'it is a set', manifest: domains('example.com', 'example.com'), want: 'spec.domains[1]: Duplicate value' },
  { name: 'capitals', because: 'one name has one spelling', manifest: domains('Shop.example.com'), want: notADomain },
  { name: 'a trailing dot', because: 'one name has one spelling', manifest: domains('shop.example.com.'), want: notADomain },
  { name: 'a scheme', because: 'it is no part of a name', manifest: domains('https://shop.example.com'), want: notADomain },
  { name: 'a path', because: 'it is no part of a name', manifest: domains('shop.example.com/'), want: notADomain },
  { name: 'a port', because: 'it is no part of a name', manifest: domains('shop.example.com:443'), want: notADomain },
  { name: 'an underscore', because: 'no host name has one', manifest: domains('_dmarc.example.com'), want: notADomain },
  { name: 'a line feed at the end', because: 'it would split records and log lines', manifest: domains('shop.example.com\n'), want: notADomain },
  { name: 'letters beyond ASCII', because: 'a certificate holds ASCII', manifest: domains('straße.de'), want: notADomain },
  { name: 'an IPv4 address', because: 'it is no name', manifest: domains('192.0.2.1'), want: notADomain },
  { name: 'a top-level domain of digits', because: 'programs read it as an address', manifest: domains('example.123'), want: notADomain },
  { name: 'one label', because: 'nobody can be given a top-level domain', manifest: domains('localhost'), want: notADomain },
  { name: 'a wildcard over a top-level domain', because: 'it covers everybody', manifest: domains('*.com'), want: notADomain },
  { name: 'a wildcard in the middle', because: 'it stands first', manifest: domains('a.*.example.com'), want: notADomain },
  { name: 'a wildcard in a label', because: 'it is a whole label', manifest: domains('a*.example.com'), want: notADomain },
  { name: 'a label of 63 characters', because: 'that is the bound', manifest: domains(`${label63}.com`, 'example.com'), want: 'accepted' },
  { name: 'a label of 64 characters', because: 'DNS has 63', manifest: domains(`a${label63}.com`, 'example.com'), want: notADomain },
  { name: 'a label that starts with a hyphen', because: 'no host name does', manifest: domains('-shop.example.com'), want: notADomain },
  { name: 'a label that ends with a hyphen', because: 'no host name does', manifest: domains('shop-.example.com'), want: notADomain },
  { name: 'an empty label', because: 'it is the root', manifest: domains('shop..example.com'), want: notADomain },
  { name: 'eleven labels', because: 'ten is the bound', manifest: domains('a.b.c.d.e.f.g.h.i.j.com'), want: notADomain },
  { name: 'a name of 254 characters', because: 'DNS has 253', manifest: domains('example.com', `${label63}.${label63}.${label63}.${'a'.repeat(58)}.com`), want: 'spec.domains[1]: Too long: may not be more than 253' },
  { name: 'a reserved label', because: 'only xn-- has a meaning', manifest: domains('ab--cd.example.com'), want: reserved },
  { name: 'a reserved label that starts with x', because: 'only xn-- has a meaning', manifest: domains('www.xa--cd.com'), want: reserved },
  { name: "a label with '--' further on", because: 'only the 3rd and 4th characters are reserved', manifest: domains('a-b--c.example.com'), want: 'accepted' },
  { name: 'bad punycode', because: 'CEL cannot see it; the controller does', manifest: domains('xn--a.com'), want: 'accepted' },
  { name: 'a name of 64 characters', because: 'it can be a common name', manifest: domains(`${'a'.repeat(52)}.example.com`), want: 'accepted' },
  { name: 'only long names', because: 'whether a certificate is requested for them, the tier says', manifest: domains(`${label63}.com`, `*.${label63}.com`), want: 'accepted' },
];

const overrides: readonly Row[] = [
  { name: 'every override', because: 'whether the tier allows it, the controller says', manifest: tenant({ certificate: { arn: certificateArn }, parameters: [{ name: 'plan', value: 'gold' }], geoRestriction: { type: 'Deny', countries: ['FR'] }, connectionGroup: 'isolated', webACL: { type: 'Existing', arn: webAclArn }, enabled: false, deletionPolicy: 'Retain' }), want: 'accepted' },
  { name: 'a certificate of another region', because: 'CloudFront takes us-east-1 only', manifest: tenant({ certificate: { arn: certificateArn.replace('us-east-1', 'eu-west-1') } }), want: 'spec.certificate.arn' },
  { name: 'a certificate without ARN', because: 'nobody would know which', manifest: tenant({ certificate: {} }), want: 'spec.certificate.arn: Required value' },
  { name: 'a parameter that climbs', because: 'it becomes part of an origin path', manifest: tenant({ parameters: [{ name: 'path', value: '..' }] }), want: "may not contain '..' or '//'" },
  { name: 'a parameter with an empty segment', because: 'it becomes part of an origin path', manifest: tenant({ parameters: [{ name: 'path', value: 'a//b' }] }), want: "may not contain '..' or '//'" },
  { name: 'a parameter with dots and slashes apart', because: 'host names and paths have them', manifest: tenant({ parameters: [{ name: 'host', value: 'a.b/c' }] }), want: 'accepted' },
  { name: 'seventeen parameters', because: 'sixteen is the bound', manifest: tenant({ parameters: many(17, (index) => ({ name: `p${index}`, value: 'a' })) }), want: 'spec.parameters: Too many: 17' },
  { name: 'a parameter without value', because: 'leaving it out says that', manifest: tenant({ parameters: [{ name: 'plan', value: '' }] }), want: 'spec.parameters[0].value' },
  { name: 'countries to refuse without countries', because: 'it would refuse nobody', manifest: tenant({ geoRestriction: { type: 'Deny' } }), want: 'Allow and Deny need countries' },
  { name: 'countries without restriction', because: 'one of the two would be ignored', manifest: tenant({ geoRestriction: { type: 'None', countries: ['DE'] } }), want: 'Allow and Deny need countries' },
  { name: 'countries in lower case', because: 'ISO writes capitals', manifest: tenant({ geoRestriction: { type: 'Allow', countries: ['de'] } }), want: notACountry },
  { name: 'the United Kingdom by another name', because: 'ISO has GB, and CloudFront no other', manifest: tenant({ geoRestriction: { type: 'Deny', countries: ['FR', 'UK'] } }), want: `spec.geoRestriction.countries[1]: Invalid value: "UK": ${notACountry}` },
  { name: 'no restriction', because: "it lifts the tier's", manifest: tenant({ geoRestriction: { type: 'None' } }), want: 'accepted' },
  { name: 'a web ACL without ARN', because: 'nobody would know which', manifest: tenant({ webACL: { type: 'Existing' } }), want: 'Existing takes arn, the other types do not' },
  { name: 'a web ACL turned off with its ARN', because: 'one of the two would be ignored', manifest: tenant({ webACL: { type: 'Disabled', arn: webAclArn } }), want: 'Existing takes arn, the other types do not' },
  { name: 'a managed web ACL', because: 'the tier has those, and absence takes them', manifest: tenant({ webACL: { type: 'Managed' } }), want: 'spec.webACL.type: Unsupported value: "Managed"' },
  { name: 'a web ACL of WAF Classic', because: 'it has no ARN that CloudFront takes', manifest: tenant({ webACL: { type: 'Existing', arn: 'a1b2c3d4-5678-90ab-cdef-111122223333' } }), want: 'spec.webACL.arn' },
  { name: 'enabled as a word', because: 'it is a boolean', manifest: tenant({ enabled: 'yes' }), want: 'spec.enabled' },
];

/** TenantDomains, and what the API server makes of them. */
export const tenantDomainRows: readonly Row[] = [...identity, ...names, ...overrides];
