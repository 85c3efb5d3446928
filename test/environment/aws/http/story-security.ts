import { textAt } from './teller.ts';
import type { Teller } from './teller.ts';

const visibility = { SampledRequestsEnabled: true, CloudWatchMetricsEnabled: true, MetricName: 'm' };
const acl = { Name: 'tier', Scope: 'CLOUDFRONT', DefaultAction: { Allow: {} }, VisibilityConfig: visibility };
const flood = {
  Name: 'flood',
  Priority: 1,
  Action: { Block: {} },
  VisibilityConfig: visibility,
  Statement: { RateBasedStatement: { Limit: 2_000, AggregateKeyType: 'IP' } },
};
const shop = {
  ByteMatchStatement: {
    SearchString: new TextEncoder().encode('/é'),
    FieldToMatch: { UriPath: {} },
    TextTransformations: [{ Priority: 0, Type: 'URL_DECODE' }],
    PositionalConstraint: 'STARTS_WITH',
  },
};
const common = {
  Name: 'common',
  Priority: 2,
  OverrideAction: { None: {} },
  VisibilityConfig: visibility,
  Statement: { ManagedRuleGroupStatement: { VendorName: 'AWS', Name: 'AWSManagedRulesCommonRuleSet', ScopeDownStatement: shop } },
};
const tags = [{ Key: 'k', Value: 'v' }];

/** Two IP sets are made, one is changed, tagged and listed, the other deleted. Gives the first one's ARN. */
async function ipSets({ tell }: Teller): Promise<string> {
  const set = { Name: 'offices', Scope: 'CLOUDFRONT', IPAddressVersion: 'IPV6', Addresses: ['2001:DB8::/32'] };
  const created = await tell('wafv2', 'CreateIPSet', { ...set, Description: 'of a tier', Tags: tags });
  await tell('wafv2', 'CreateIPSet', set);
  await tell('wafv2', 'CreateIPSet', { ...set, Name: 'wrong', Addresses: ['2001:db8::1/32'] });
  const address = { Name: 'offices', Scope: 'CLOUDFRONT', Id: textAt(created, 'Summary.Id') };
  const read = await tell('wafv2', 'GetIPSet', address);
  await tell('wafv2', 'UpdateIPSet', { ...address, Addresses: [], LockToken: textAt(read, 'LockToken') });
  await tell('wafv2', 'UpdateIPSet', { ...address, Addresses: [], LockToken: textAt(read, 'LockToken') });
  await tell('wafv2', 'ListIPSets', { Scope: 'CLOUDFRONT', Limit: 1 });
  const arn = textAt(created, 'Summary.ARN');
  await tell('wafv2', 'ListTagsForResource', { ResourceARN: arn });
  const spare = await tell('wafv2', 'CreateIPSet', { ...set, Name: 'spare' });
  await tell('wafv2', 'DeleteIPSet', { ...address, Name: 'spare', Id: textAt(spare, 'Summary.Id'), LockToken: textAt(spare, 'Summary.LockToken') });
  return arn;
}

/** A web ACL is made, changed, tagged and listed, another made and deleted. Gives the first one's ARN. */
export async function webAcls(teller: Teller): Promise<string> {
  const { tell } = teller;
  const IPSetReferenceStatement = { ARN: await ipSets(teller) };
  const offices = { ...flood, Name: 'offices', Priority: 3, Statement: { NotStatement: { Statement: { IPSetReferenceStatement } } } };
  const Rules = [flood, common, offices];
  await tell('wafv2', 'CheckCapacity', { Scope: 'CLOUDFRONT', Rules });
  const arn = textAt(await tell('wafv2', 'CreateWebACL', { ...acl, Tags: tags, Rules }), 'Summary.ARN');
  await tell('wafv2', 'CreateWebACL', acl);
  await tell('wafv2', 'CreateWebACL', { ...acl, Name: 'bad name' });
  const read = await tell('wafv2', 'GetWebACL', { ARN: arn });
  const update = { ...acl, Id: textAt(read, 'WebACL.Id'), Rules: [] };
  await tell('wafv2', 'UpdateWebACL', { ...update, LockToken: textAt(read, 'LockToken') });
  await tell('wafv2', 'UpdateWebACL', { ...update, LockToken: textAt(read, 'LockToken') });
  await tell('wafv2', 'ListWebACLs', { Scope: 'CLOUDFRONT', Limit: 1 });
  await tell('wafv2', 'TagResource', { ResourceARN: arn, Tags: [{ Key: 'l', Value: '' }] });
  await tell('wafv2', 'UntagResource', { ResourceARN: arn, TagKeys: ['k'] });
  await tell('wafv2', 'ListTagsForResource', { ResourceARN: arn });
  const spare = await tell('wafv2', 'CreateWebACL', { ...acl, Name: 'spare' });
  const address = { Name: 'spare', Scope: 'CLOUDFRONT', Id: textAt(spare, 'Summary.Id') };
  await tell('wafv2', 'DeleteWebACL', { ...address, LockToken: textAt(spare, 'Summary.LockToken') });
  return arn;
}

/** A certificate is requested, issued, tagged and listed, another imported and deleted. Gives the first one's ARN. */
export async function certificates({ tell, simulator }: Teller): Promise<string> {
  const input = {
    DomainName: 'a.example.com',
    SubjectAlternativeNames: ['b.example.com'],
    ValidationMethod: 'DNS',
    IdempotencyToken: 't',
    Tags: tags,
  };
  const arn = textAt(await tell('acm', 'RequestCertificate', input), 'CertificateArn');
  await tell('acm', 'RequestCertificate', { DomainName: 'not a name' });
  await tell('acm', 'GetCertificate', { CertificateArn: arn });
  simulator.operator.issueCertificate(arn);
  await tell('acm', 'DescribeCertificate', { CertificateArn: arn });
  await tell('acm', 'GetCertificate', { CertificateArn: arn });
  await tell('acm', 'ListCertificates', { Includes: { keyTypes: ['RSA_2048'] }, MaxItems: 10 });
  await tell('acm', 'SearchCertificates', { FilterStatement: { Filter: { CertificateArn: arn } } });
  await tell('acm', 'AddTagsToCertificate', { CertificateArn: arn, Tags: [{ Key: 'l' }] });
  await tell('acm', 'RemoveTagsFromCertificate', { CertificateArn: arn, Tags: [{ Key: 'k' }] });
  await tell('acm', 'ListTagsForCertificate', { CertificateArn: arn });
  const imported = await tell('acm', 'ImportCertificate', {
    Certificate: new TextEncoder().encode('c.example.com'),
    PrivateKey: new Uint8Array([0, 255]),
  });
  await tell('acm', 'DeleteCertificate', { CertificateArn: textAt(imported, 'CertificateArn') });
  await tell('acm', 'DescribeCertificate', { CertificateArn: `${arn}0` });
  return arn;
}
