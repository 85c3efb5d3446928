import { managedWebAclRows } from './managed-web-acl-rows.ts';
import { many, tier, webAclArn, type Row } from './manifest-row.ts';
import { webAclRuleRows } from './web-acl-rule-rows.ts';

const shared = { name: 'shared', type: 'Existing', id: 'cg_2abcDEF' };
const isolated = { name: 'isolated', type: 'Existing', id: 'cg_3ghiJKL' };
const own = { name: 'own', type: 'Managed', managed: { ipv6: false, anycastIpListId: 'aip_2abcDEF' } };
const grouped = { connectionGroups: [shared, isolated], defaultConnectionGroup: 'shared' };
const managed = { connectionGroups: [own], defaultConnectionGroup: 'own' };
const webAclRule = 'Existing takes arn, Managed takes managed, the others neither';
const defaultGroupRule = "default stands for the account's default group";
const groupRule = 'Existing takes id, Managed takes managed';

const identity: readonly Row[] = [
  { name: 'a tier with only what is required', because: 'the rest has defaults', manifest: tier(), want: 'accepted' },
  { name: 'a tier with a name of 63 characters', because: 'that is the bound', manifest: tier({}, 'a'.repeat(63)), want: 'accepted' },
  { name: 'a tier with a name of 64 characters', because: 'tierRef.name could not hold it', manifest: tier({}, 'a'.repeat(64)), want: 'metadata.name: at most 63 characters and no dot' },
  { name: 'a tier with a dot in its name', because: 'tierRef.name could not hold it', manifest: tier({}, 'eu.enterprise'), want: 'metadata.name: at most 63 characters and no dot' },
  { name: 'a tier without spec', because: 'there is nothing to do', manifest: { ...tier(), spec: undefined }, want: 'spec: Required value' },
  { name: 'a tier without distribution', because: 'tenants need a blueprint', manifest: tier({ distributionId: undefined }), want: 'spec.distributionId: Required value' },
  { name: 'a distribution in lower case', because: 'CloudFront ids are upper case', manifest: tier({ distributionId: 'e2example' }), want: 'spec.distributionId' },
  { name: 'a distribution by ARN', because: 'the id is asked for', manifest: tier({ distributionId: 'arn:aws:cloudfront::111122223333:distribution/E2' }), want: 'spec.distributionId' },
  { name: 'another distribution', because: 'live tenants would move unseen', was: tier(), manifest: tier({ distributionId: 'E3OTHER' }), want: 'immutable: create another EdgeTier' },
  { name: 'another distribution, longer', because: 'live tenants would move unseen', was: tier(), manifest: tier({ distributionId: 'E2EXAMPLE12345' }), want: 'immutable: create another EdgeTier' },
  { name: 'a tier without ownership', because: 'a later default must not turn live tenants unproved', manifest: tier({ ownership: undefined }), want: 'spec.ownership: Required value' },
  { name: 'ownership without proof', because: 'the platform says it in so many words', manifest: tier({ ownership: {} }), want: 'spec.ownership.proof: Required value' },
  { name: 'a proof that is not served', because: 'a field is served when it works', manifest: tier({ ownership: { proof: 'TXT' } }), want: 'spec.ownership.proof: Unsupported value: "TXT"' },
  { name: 'a field that nobody knows', because: 'a typing error must not be swallowed', manifest: tier({ webAcl: { type: 'Inherit' } }), want: 'unknown field "spec.webAcl"' },
  { name: 'a deletion policy', because: 'Retain leaves AWS as it is', manifest: tier({ deletionPolicy: 'Retain' }), want: 'accepted' },
  { name: 'a deletion policy that nobody knows', because: 'it decides what is destroyed', manifest: tier({ deletionPolicy: 'retain' }), want: 'spec.deletionPolicy: Unsupported value: "retain"' },
];

const connectionGroups: readonly Row[] = [
  { name: 'two groups and a default', because: 'that is the usual tier', manifest: tier(grouped), want: 'accepted' },
  { name: 'an empty list of groups', because: 'it says the same as none', manifest: tier({ connectionGroups: [] }), want: 'accepted' },
  { name: 'groups without a default', because: 'a tenant without a choice has none', manifest: tier({ connectionGroups: [shared] }), want: 'set defaultConnectionGroup to the name' },
  { name: 'a default taken away', because: 'a tenant without a choice has none', was: tier(grouped), manifest: tier({ connectionGroups: [shared] }), want: 'set defaultConnectionGroup to the name' },
  { name: 'a default that is no group', because: 'it would never be found', manifest: tier({ connectionGroups: [shared], defaultConnectionGroup: 'isolated' }), want: 'write the name of one of connectionGroups' },
  { name: 'a default without groups', because: "the account's own has no name here", manifest: tier({ defaultConnectionGroup: 'shared' }), want: 'write the name of one of connectionGroups' },
  { name: 'two groups of one name', because: 'the name is the key', manifest: tier({ ...grouped, connectionGroups: [shared, shared] }), want: 'spec.connectionGroups[1]: Duplicate value' },
  { name: 'a group without id', because: 'nobody would know which', manifest: tier({ ...grouped, connectionGroups: [{ name: 'shared', type: 'Existing' }] }), want: groupRule },
  { name: 'a group without type', because: 'whoever makes it must be said', manifest: tier({ ...grouped, connectionGroups: [{ name: 'shared', id: 'cg_2abcDEF' }] }), want: 'spec.connectionGroups[0].type: Required value' },
  { name: 'a group of a type that nobody knows', because: 'nobody would make or find it', manifest: tier({ ...grouped, connectionGroups: [{ ...shared, type: 'Shared' }] }), want: 'Unsupported value: "Shared"' },
  { name: 'a group with an id of something else', because: 'it would never be found', manifest: tier({ ...grouped, connectionGroups: [{ ...shared, id: 'E2EXAMPLE' }] }), want: 'spec.connectionGroups[0].id' },
  { name: 'a group in capitals', because: 'names are DNS labels', manifest: tier({ ...grouped, connectionGroups: [{ ...shared, name: 'Shared' }] }), want: 'spec.connectionGroups[0].name' },
  { name: "a group called like the account's own", because: 'the status shows that one by this name', manifest: tier({ connectionGroups: [{ ...shared, name: 'default' }], defaultConnectionGroup: 'default' }), want: defaultGroupRule },
  { name: "a group more, called like the account's own", because: 'the status shows that one by this name', was: tier(grouped), manifest: tier({ ...grouped, connectionGroups: [shared, isolated, { ...own, name: 'default' }] }), want: defaultGroupRule },
  { name: 'eleven groups', because: 'ten is the bound', manifest: tier({ ...grouped, connectionGroups: many(11, (index) => ({ ...shared, name: `shared-${index}` })) }), want: 'spec.connectionGroups: Too many: 11' },
  { name: 'a group with another id', because: "customers' CNAMEs point at it", was: tier(grouped), manifest: tier({ ...grouped, connectionGroups: [{ ...shared, id: 'cg_other' }, isolated] }), want: 'type and id are immutable' },
  { name: 'two groups that swap their ids', because: "customers' CNAMEs point at them", was: tier(grouped), manifest: tier({ ...grouped, connectionGroups: [{ ...shared, id: isolated.id }, { ...isolated, id: shared.id }] }), want: 'type and id are immutable' },
  { name: 'a group more, in another order', because: 'only what is there already is immutable', was: tier(grouped), manifest: tier({ ...grouped, connectionGroups: [{ ...shared, name: 'new' }, isolated, shared] }), want: 'accepted' },
  { name: 'a group less', because: 'CEL cannot see who uses it', was: tier(grouped), manifest: tier({ ...grouped, connectionGroups: [shared] }), want: 'accepted' },
  { name: 'a choice of groups', because: 'tenants may take either', manifest: tier({ ...grouped, tenantOverrides: { connectionGroup: { allow: ['isolated', 'shared'] } } }), want: 'accepted' },
  { name: 'a choice of a group that is none', because: 'it would never be found', manifest: tier({ ...grouped, tenantOverrides: { connectionGroup: { allow: ['isolated', 'other'] } } }), want: 'write only names of connectionGroups' },
  { name: 'a choice without groups', because: 'there is nothing to choose from', manifest: tier({ tenantOverrides: { connectionGroup: { allow: ['shared'] } } }), want: 'write only names of connectionGroups' },
  { name: 'a choice among nothing', because: 'leaving it out says that', manifest: tier({ ...grouped, tenantOverrides: { connectionGroup: { allow: [] } } }), want: 'spec.tenantOverrides.connectionGroup.allow' },
];

const managedGroups: readonly Row[] = [
  { name: 'a managed group', because: 'Tenant Edge makes it', manifest: tier(managed), want: 'accepted' },
  { name: 'a managed group without settings', because: 'they have defaults', manifest: tier({ ...managed, connectionGroups: [{ name: 'own', type: 'Managed' }] }), want: 'accepted' },
  { name: 'a managed group with id', because: 'CloudFront gives it one', manifest: tier({ ...managed, connectionGroups: [{ ...own, id: 'cg_2abcDEF' }] }), want: groupRule },
  { name: 'an existing group with settings', because: 'it is never changed', manifest: tier({ ...grouped, connectionGroups: [{ ...shared, managed: {} }] }), want: groupRule },
  { name: 'a list of addresses by ARN', because: 'the id is asked for', manifest: tier({ ...managed, connectionGroups: [{ ...own, managed: { anycastIpListId: 'arn:aws:cloudfront::111122223333:anycast-ip-list/aip_2' } }] }), want: 'spec.connectionGroups[0].managed.anycastIpListId' },
  { name: 'a managed group with other settings', because: 'they change in place', was: tier(managed), manifest: tier({ ...managed, connectionGroups: [{ ...own, managed: { ipv6: true } }] }), want: 'accepted' },
  { name: 'a managed group with settings taken away', because: 'they go back to the defaults', was: tier(managed), manifest: tier({ ...managed, connectionGroups: [{ name: 'own', type: 'Managed' }] }), want: 'accepted' },
  { name: 'a managed group more', because: 'it is made', was: tier(grouped), manifest: tier({ ...grouped, connectionGroups: [shared, isolated, own] }), want: 'accepted' },
  { name: 'a managed group less', because: 'it is deleted once nobody uses it', was: tier({ ...grouped, connectionGroups: [shared, own] }), manifest: tier({ ...grouped, connectionGroups: [shared] }), want: 'accepted' },
  { name: 'a managed group that becomes an existing one', because: "customers' CNAMEs point at it", was: tier(managed), manifest: tier({ ...managed, connectionGroups: [{ name: 'own', type: 'Existing', id: 'cg_2abcDEF' }] }), want: 'type and id are immutable' },
  { name: 'an existing group that becomes a managed one', because: "customers' CNAMEs point at it", was: tier(grouped), manifest: tier({ ...grouped, connectionGroups: [{ name: 'shared', type: 'Managed' }, isolated] }), want: 'type and id are immutable' },
];

const security: readonly Row[] = [
  { name: "the distribution's web ACL", because: 'it is the default, said aloud', manifest: tier({ webACL: { type: 'Inherit' } }), want: 'accepted' },
  { name: 'an existing web ACL', because: 'the platform made it', manifest: tier({ webACL: { type: 'Existing', arn: webAclArn } }), want: 'accepted' },
  { name: 'an existing web ACL without ARN', because: 'nobody would know which', manifest: tier({ webACL: { type: 'Existing' } }), want: webAclRule },
  { name: 'an inherited web ACL with ARN', because: 'one of the two would be ignored', manifest: tier({ webACL: { type: 'Inherit', arn: webAclArn } }), want: webAclRule },
  { name: 'an existing web ACL turned off with its ARN left behind', because: 'one of the two would be ignored', was: tier({ webACL: { type: 'Existing', arn: webAclArn } }), manifest: tier({ webACL: { type: 'Disabled', arn: webAclArn } }), want: webAclRule },
  { name: 'a web ACL of a region', because: 'CloudFront takes global ones only', manifest: tier({ webACL: { type: 'Existing', arn: webAclArn.replace('global', 'regional') } }), want: 'spec.webACL.arn' },
  { name: 'elliptic keys', because: 'ACM issues them', manifest: tier({ certificate: { keyAlgorithm: 'EC_prime256v1' } }), want: 'accepted' },
  { name: "the distribution's certificate", because: 'a wildcard covers the tenants', manifest: tier({ certificate: { issuer: 'Distribution' } }), want: 'accepted' },
  { name: "a key for the distribution's certificate", because: 'none is requested', manifest: tier({ certificate: { issuer: 'Distribution', keyAlgorithm: 'RSA_2048' } }), want: 'keyAlgorithm is for issuer ACM' },
  { name: 'another issuer with the key left behind', because: 'none is requested', was: tier({ certificate: { issuer: 'ACM', keyAlgorithm: 'EC_prime256v1' } }), manifest: tier({ certificate: { issuer: 'Distribution', keyAlgorithm: 'EC_prime256v1' } }), want: 'keyAlgorithm is for issuer ACM' },
  { name: 'certificates of CloudFront', because: 'it asks for them itself', manifest: tier({ certificate: { issuer: 'CloudFront' } }), want: 'accepted' },
  { name: 'a key for certificates of CloudFront', because: 'CloudFront chooses it', manifest: tier({ certificate: { issuer: 'CloudFront', keyAlgorithm: 'EC_prime256v1' } }), want: 'keyAlgorithm is for issuer ACM' },
  { name: 'an issuer that nobody knows', because: 'nobody could be asked', manifest: tier({ certificate: { issuer: 'cert-manager' } }), want: 'spec.certificate.issuer: Unsupported value: "cert-manager"' },
  { name: 'every namespace', because: 'the platform says it in so many words', manifest: tier({ allowedNamespaces: { from: 'All' } }), want: 'accepted' },
  { name: 'namespaces by label', because: 'that is the usual tier', manifest: tier({ allowedNamespaces: { from: 'Selector', selector: { matchLabels: { 'example.com/plan': 'enterprise' }, matchExpressions: [{ key: 'region', operator: 'In', values: ['eu'] }, { key: 'frozen', operator: 'DoesNotExist' }] } } }), want: 'accepted' },
  { name: 'seventeen labels', because: 'sixteen is the bound', manifest: tier({ allowedNamespaces: { from: 'Selector', selector: { matchLabels: Object.fromEntries(many(17, (index) => [`label-${index}`, 'a'])) } } }), want: 'spec.allowedNamespaces.selector.matchLabels: Too many: 17' },
  { name: 'a selector without from', because: 'from None would ignore it', manifest: tier({ allowedNamespaces: { selector: { matchLabels: { plan: 'enterprise' } } } }), want: 'selector goes with from: Selector' },
  { name: 'from Selector without selector', because: 'nobody would know which', manifest: tier({ allowedNamespaces: { from: 'Selector' } }), want: 'selector goes with from: Selector' },
  { name: 'an expression without values', because: 'In nothing never matches', manifest: tier({ allowedNamespaces: { from: 'Selector', selector: { matchExpressions: [{ key: 'plan', operator: 'In' }] } } }), want: 'In and NotIn need values' },
  { name: 'an expression with values to ignore', because: 'Exists compares nothing', manifest: tier({ allowedNamespaces: { from: 'Selector', selector: { matchExpressions: [{ key: 'plan', operator: 'Exists', values: ['a'] }] } } }), want: 'In and NotIn need values' },
  { name: 'an operator of fields', because: 'labels have no order', manifest: tier({ allowedNamespaces: { from: 'Selector', selector: { matchExpressions: [{ key: 'plan', operator: 'Gt', values: ['1'] }] } } }), want: 'Unsupported value: "Gt"' },
];

const settings: readonly Row[] = [
  { name: 'parameters', because: 'the blueprint has placeholders', manifest: tier({ parameters: [{ name: 'originPath', value: '/app' }, { name: 'host', value: 'app.example.com' }] }), want: 'accepted' },
  { name: 'a parameter with a climbing path', because: 'it becomes part of an origin path', manifest: tier({ parameters: [{ name: 'originPath', value: '/app/../admin' }] }), want: "may not contain '..' or '//'" },
  { name: 'one parameter twice', because: 'the name is the key', manifest: tier({ parameters: [{ name: 'a', value: '1' }, { name: 'a', value: '2' }] }), want: 'spec.parameters[1]: Duplicate value' },
  { name: 'a parameter with a space', because: 'origins have none', manifest: tier({ parameters: [{ name: 'a', value: 'b c' }] }), want: 'spec.parameters[0].value' },
  { name: 'countries to serve', because: 'a licence ends at a border', manifest: tier({ geoRestriction: { type: 'Allow', countries: ['DE', 'AT'] } }), want: 'accepted' },
  { name: 'no restriction with countries', because: 'one of the two would be ignored', manifest: tier({ geoRestriction: { type: 'None', countries: ['DE'] } }), want: 'Allow and Deny need countries' },
  { name: 'countries in lower case', because: 'ISO writes capitals', manifest: tier({ geoRestriction: { type: 'Deny', countries: ['DE', 'fr'] } }), want: 'spec.geoRestriction.countries[1]' },
  { name: 'a country that there is none of', because: 'CloudFront would refuse every tenant', manifest: tier({ geoRestriction: { type: 'Deny', countries: ['UK'] } }), want: 'the United Kingdom is GB' },
  { name: 'every override', because: 'the platform may trust its customers', manifest: tier({ ...grouped, tenantOverrides: { parameters: [{ name: 'plan', values: ['a', 'b'] }, { name: 'path', format: 'Path' }], geoRestriction: { allow: ['None', 'Allow', 'Deny'] }, webACL: { allow: ['Inherit', 'Disabled', 'TaggedARN'] }, certificate: { allow: ['TaggedARN'] }, connectionGroup: { allow: ['isolated'] } } }), want: 'accepted' },
  { name: 'an override with values and format', because: 'nobody would know which counts', manifest: tier({ tenantOverrides: { parameters: [{ name: 'plan', values: ['a'], format: 'Label' }] } }), want: 'set either values or format' },
  { name: 'an override with a value that climbs', because: 'no tenant could set it', manifest: tier({ tenantOverrides: { parameters: [{ name: 'path', values: ['/app', '/app/../admin'] }] } }), want: "spec.tenantOverrides.parameters[0].values[1]: Invalid value: \"/app/../admin\": may not contain '..' or '//'" },
  { name: 'an override with neither', because: 'it would allow anything', manifest: tier({ tenantOverrides: { parameters: [{ name: 'plan' }] } }), want: 'set either values or format' },
  { name: 'an override of web ACLs by any ARN', because: "a tenant could take another tenant's", manifest: tier({ tenantOverrides: { webACL: { allow: ['Existing'] } } }), want: 'Unsupported value: "Existing"' },
];

/** EdgeTiers, and what the API server makes of them. */
export const edgeTierRows: readonly Row[] = [
  ...identity,
  ...connectionGroups,
  ...managedGroups,
  ...security,
  ...settings,
  ...managedWebAclRows,
  ...webAclRuleRows,
];
