import { tagKeys } from '../../reconcilers/aws/mark.ts';
import type { Conditions } from './policy.ts';

/**
 * What the files are cut by: `observe` is every read, and enough for a controller whose objects all carry `tenantedge.dev/dry-run`; `tenants` goes
 * with it in every installation that does something; the others are for tiers that ask for them.
 */
export const featureSets = ['observe', 'tenants', 'connection-groups', 'web-acls', 'managed-certificates'] as const;
export type FeatureSet = (typeof featureSets)[number];

const cloudFront = (type: string): string => `arn:aws:cloudfront::*:${type}/*`;
// Everything of ACM and WAF that CloudFront uses is in us-east-1.
const waf = (type: string): string => `arn:aws:wafv2:us-east-1:*:global/${type}/*/*`;
const certificates = 'arn:aws:acm:us-east-1:*:certificate/*';
const [tenants, groups, distributions] = [cloudFront('distribution-tenant'), cloudFront('connection-group'), cloudFront('distribution')];
const [webAcls, ipSets, ruleSets] = [waf('webacl'), waf('ipset'), waf('managedruleset')];

/** A statement without its actions. `when` is given the installation's id. */
export type StatementForm = { readonly set: FeatureSet; readonly on: readonly string[]; readonly when?: (installation: string) => Conditions };

const ourTags = [tagKeys.installation, tagKeys.owner, tagKeys.uid];
const onResource = `aws:ResourceTag/${tagKeys.installation}`;
const inRequest = `aws:RequestTag/${tagKeys.installation}`;

/** What carries our mark; what carries none, or another installation's, is nobody's business of ours (R14). */
const ours = (installation: string): Conditions => ({ StringEquals: { [onResource]: installation } });

/** What is made with our mark, and no tag besides. */
const marked = (installation: string): Conditions => ({ StringEquals: { [inRequest]: installation }, 'ForAllValues:StringEquals': { 'aws:TagKeys': ourTags } });

/** Our mark may be put on what has none: AWS asks for it beside a create with tags, and knows no tag of what is being made. Never over another's. */
const marks = (installation: string): Conditions => ({ ...marked(installation), StringEqualsIfExists: { [onResource]: installation } });

const inItsRegion = { 'aws:RequestedRegion': 'us-east-1' };

/** Its private key never leaves AWS. Where a request does not say, the key is absent, and fits. */
const notExportable = { 'acm:Export': 'ENABLED' };

/** In ACM's region, and proved by DNS records: not by a mail to whoever reads `admin@` of a domain. */
const requested = (installation: string): Conditions => {
  const { StringEquals: equal, ...rest } = marked(installation);
  return { StringEquals: { ...equal, 'acm:ValidationMethod': 'DNS', ...inItsRegion }, StringNotEquals: notExportable, ...rest };
};

/** CloudFront asks in the caller's name, and with no tags: a condition on them would deny it. Nobody proves by mail in its stead. */
const requestedByCloudFront = (): Conditions => ({ StringEquals: inItsRegion, StringNotEquals: { 'acm:ValidationMethod': 'EMAIL', ...notExportable } });

/**
 * Every statement there is, by its Sid. AWS allows no condition on tags where it lists no resource (`*`), and where it reads tags only of what
 * exists, a condition on them would answer "denied" for what is merely not there: so reads have none, and nothing is secret in what they show.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudfront.html, list_awscertificatemanager.html, list_awswafv2.html
 * @see https://docs.aws.amazon.com/acm/latest/userguide/acm-conditions.html
 */
export const statements = {
  ListAll: { set: 'observe', on: ['*'] },
  ReadTenants: { set: 'observe', on: [tenants] },
  ReadConnectionGroups: { set: 'observe', on: [groups] },
  ReadDistributions: { set: 'observe', on: [distributions] },
  ReadTagsOfCloudFront: { set: 'observe', on: [tenants, groups] },
  ReadCertificates: { set: 'observe', on: [certificates] },
  ReadWebAcls: { set: 'observe', on: [webAcls] },
  ReadIpSets: { set: 'observe', on: [ipSets] },
  ReadTagsOfWaf: { set: 'observe', on: [webAcls, ipSets] },
  CreateTenants: { set: 'tenants', on: ['*'], when: marked },
  MarkTenants: { set: 'tenants', on: [tenants], when: marks },
  ChangeOurTenants: { set: 'tenants', on: [tenants], when: ours },
  RequestCertificates: { set: 'tenants', on: ['*'], when: requested },
  MarkCertificates: { set: 'tenants', on: [certificates], when: marks },
  DeleteOurCertificates: { set: 'tenants', on: [certificates], when: ours },
  CreateConnectionGroups: { set: 'connection-groups', on: ['*'], when: marked },
  MarkConnectionGroups: { set: 'connection-groups', on: [groups], when: marks },
  ChangeOurConnectionGroups: { set: 'connection-groups', on: [groups], when: ours },
  CreateWebAcls: { set: 'web-acls', on: [webAcls], when: marked },
  CreateIpSets: { set: 'web-acls', on: [ipSets], when: marked },
  MarkWaf: { set: 'web-acls', on: [webAcls, ipSets], when: marks },
  ChangeOurWebAcls: { set: 'web-acls', on: [webAcls], when: ours },
  ChangeOurIpSets: { set: 'web-acls', on: [ipSets], when: ours },
  ReferToInRules: { set: 'web-acls', on: [ipSets, ruleSets] },
  RequestThroughCloudFront: { set: 'managed-certificates', on: ['*'], when: requestedByCloudFront },
} as const satisfies Readonly<Record<string, StatementForm>>;

export type Sid = keyof typeof statements;
