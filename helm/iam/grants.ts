import type { Aws } from '../../reconcilers/ports/aws.ts';
import type { Sid } from './statements.ts';

/** Which statements let a call through: all of them, where it touches more than one resource. A new call does not compile before it stands here. */
export const grants: { readonly [Name in keyof Aws]: readonly [Sid, ...Sid[]] } = {
  createDistributionTenant: ['CreateTenants'],
  getDistributionTenant: ['ReadTenants'],
  getDistributionTenantByDomain: ['ReadTenants'],
  updateDistributionTenant: ['ChangeOurTenants'],
  deleteDistributionTenant: ['ChangeOurTenants'],
  listDistributionTenants: ['ListAll'],
  listDistributionTenantsByCustomization: ['ListAll'],
  getManagedCertificateDetails: ['ReadTenants'],
  createConnectionGroup: ['CreateConnectionGroups'],
  getConnectionGroup: ['ReadConnectionGroups'],
  updateConnectionGroup: ['ChangeOurConnectionGroups'],
  deleteConnectionGroup: ['ChangeOurConnectionGroups'],
  listConnectionGroups: ['ListAll'],
  getDistribution: ['ReadDistributions'],
  listDistributionsByWebAclId: ['ListAll'],
  listTagsForCloudFront: ['ReadTagsOfCloudFront'],
  requestCertificate: ['RequestCertificates'],
  describeCertificate: ['ReadCertificates'],
  deleteCertificate: ['DeleteOurCertificates'],
  listCertificates: ['ListAll'],
  searchCertificates: ['ListAll'],
  addTagsToCertificate: ['MarkCertificates'],
  listTagsForCertificate: ['ReadCertificates'],
  checkCapacity: ['ListAll'],
  createWebAcl: ['CreateWebAcls', 'ReferToInRules'],
  getWebAcl: ['ReadWebAcls'],
  updateWebAcl: ['ChangeOurWebAcls', 'ReferToInRules'],
  deleteWebAcl: ['ChangeOurWebAcls'],
  listWebAcls: ['ListAll'],
  createIpSet: ['CreateIpSets'],
  getIpSet: ['ReadIpSets'],
  updateIpSet: ['ChangeOurIpSets'],
  deleteIpSet: ['ChangeOurIpSets'],
  listIpSets: ['ListAll'],
  listTagsForWaf: ['ReadTagsOfWaf'],
};

/** An action that AWS asks for besides the call's own, and that no call of ours is named for. */
export type Behind = { readonly call: keyof Aws; readonly action: string; readonly in: Sid; readonly because: string };

/**
 * AWS's authorization reference names none of these. Where AWS may or may not ask for one, it is granted: what is granted in vain does less harm
 * here, with its conditions, than a controller that stands still.
 *
 * Not here, because another grant holds them already: acm:AddTagsToCertificate behind RequestCertificate with tags
 * (https://github.com/hashicorp/terraform-provider-aws/issues/11903), acm:DescribeCertificate and wafv2:GetWebACL behind a tenant that is given a
 * certificate or a web ACL (the permissions of CloudFormation's handler for AWS::CloudFront::DistributionTenant).
 */
export const behind: readonly Behind[] = [
  { call: 'createDistributionTenant', action: 'cloudfront:TagResource', in: 'MarkTenants', because: 'it is created with tags' },
  { call: 'createDistributionTenant', action: 'acm:RequestCertificate', in: 'RequestThroughCloudFront', because: 'CloudFront requests its certificate in the name of the caller' },
  { call: 'createConnectionGroup', action: 'cloudfront:TagResource', in: 'MarkConnectionGroups', because: 'it is created with tags' },
  { call: 'createWebAcl', action: 'wafv2:TagResource', in: 'MarkWaf', because: 'it is created with tags' },
  { call: 'createIpSet', action: 'wafv2:TagResource', in: 'MarkWaf', because: 'it is created with tags' },
];
