import type { Aws } from '../../../reconcilers/ports/aws.ts';

/** A signal that never aborts. */
export const never = new AbortController().signal;

/** The input of a create. */
export const tenant = { Name: 'shop', DistributionId: 'E2EXAMPLE', Domains: [{ Domain: 'shop.example.com' }] };

const acl = { Name: 'basic-1', Scope: 'CLOUDFRONT' as const };
const lock = { Id: 'acl-1', LockToken: 'lock-1' };
const visibility = { SampledRequestsEnabled: true, CloudWatchMetricsEnabled: true, MetricName: 'basic' };
const arn = 'arn:aws:cloudfront::111122223333:distribution-tenant/dt_1';

/** What each call looks like on the wire: a call behind the wrong name would be a wrong operation. */
export const calls: { readonly [Name in keyof Aws]: { readonly send: (aws: Aws) => Promise<unknown>; readonly wire: string } } = {
  createDistributionTenant: { send: (aws) => aws.createDistributionTenant(tenant, never), wire: 'POST /2020-05-31/distribution-tenant' },
  getDistributionTenant: { send: (aws) => aws.getDistributionTenant({ Identifier: 'shop' }, never), wire: 'GET /2020-05-31/distribution-tenant/shop' },
  getDistributionTenantByDomain: { send: (aws) => aws.getDistributionTenantByDomain({ Domain: 'a.example.com' }, never), wire: 'GET /2020-05-31/distribution-tenant?domain=a.example.com' },
  updateDistributionTenant: { send: (aws) => aws.updateDistributionTenant({ Id: 'dt_1', IfMatch: 'E1' }, never), wire: 'PUT /2020-05-31/distribution-tenant/dt_1' },
  deleteDistributionTenant: { send: (aws) => aws.deleteDistributionTenant({ Id: 'dt_1', IfMatch: 'E1' }, never), wire: 'DELETE /2020-05-31/distribution-tenant/dt_1' },
  listDistributionTenants: { send: (aws) => aws.listDistributionTenants({}, never), wire: 'POST /2020-05-31/distribution-tenants' },
  listDistributionTenantsByCustomization: { send: (aws) => aws.listDistributionTenantsByCustomization({ WebACLArn: 'arn:1' }, never), wire: 'POST /2020-05-31/distribution-tenants-by-customization' },
  getManagedCertificateDetails: { send: (aws) => aws.getManagedCertificateDetails({ Identifier: 'shop' }, never), wire: 'GET /2020-05-31/managed-certificate/shop' },
  createConnectionGroup: { send: (aws) => aws.createConnectionGroup({ Name: 'shared' }, never), wire: 'POST /2020-05-31/connection-group' },
  getConnectionGroup: { send: (aws) => aws.getConnectionGroup({ Identifier: 'cg_1' }, never), wire: 'GET /2020-05-31/connection-group/cg_1' },
  updateConnectionGroup: { send: (aws) => aws.updateConnectionGroup({ Id: 'cg_1', IfMatch: 'E1' }, never), wire: 'PUT /2020-05-31/connection-group/cg_1' },
  deleteConnectionGroup: { send: (aws) => aws.deleteConnectionGroup({ Id: 'cg_1', IfMatch: 'E1' }, never), wire: 'DELETE /2020-05-31/connection-group/cg_1' },
  listConnectionGroups: { send: (aws) => aws.listConnectionGroups({}, never), wire: 'POST /2020-05-31/connection-groups' },
  getDistribution: { send: (aws) => aws.getDistribution({ Id: 'E2EXAMPLE' }, never), wire: 'GET /2020-05-31/distribution/E2EXAMPLE' },
  listDistributionsByWebAclId: { send: (aws) => aws.listDistributionsByWebAclId({ WebACLId: 'acl-1' }, never), wire: 'GET /2020-05-31/distributionsByWebACLId/acl-1' },
  listTagsForCloudFront: { send: (aws) => aws.listTagsForCloudFront({ Resource: arn }, never), wire: `GET /2020-05-31/tagging?Resource=${encodeURIComponent(arn)}` },
  requestCertificate: { send: (aws) => aws.requestCertificate({ DomainName: 'a.example.com' }, never), wire: 'CertificateManager.RequestCertificate' },
  describeCertificate: { send: (aws) => aws.describeCertificate({ CertificateArn: 'arn:1' }, never), wire: 'CertificateManager.DescribeCertificate' },
  deleteCertificate: { send: (aws) => aws.deleteCertificate({ CertificateArn: 'arn:1' }, never), wire: 'CertificateManager.DeleteCertificate' },
  listCertificates: { send: (aws) => aws.listCertificates({}, never), wire: 'CertificateManager.ListCertificates' },
  listTagsForCertificate: { send: (aws) => aws.listTagsForCertificate({ CertificateArn: 'arn:1' }, never), wire: 'CertificateManager.ListTagsForCertificate' },
  searchCertificates: { send: (aws) => aws.searchCertificates({}, never), wire: 'CertificateManager.SearchCertificates' },
  addTagsToCertificate: { send: (aws) => aws.addTagsToCertificate({ CertificateArn: 'arn:1', Tags: [{ Key: 'a' }] }, never), wire: 'CertificateManager.AddTagsToCertificate' },
  checkCapacity: { send: (aws) => aws.checkCapacity({ Scope: 'CLOUDFRONT', Rules: [] }, never), wire: 'AWSWAF_20190729.CheckCapacity' },
  createWebAcl: { send: (aws) => aws.createWebAcl({ ...acl, DefaultAction: { Allow: {} }, VisibilityConfig: visibility }, never), wire: 'AWSWAF_20190729.CreateWebACL' },
  updateWebAcl: { send: (aws) => aws.updateWebAcl({ ...acl, ...lock, DefaultAction: { Allow: {} }, VisibilityConfig: visibility }, never), wire: 'AWSWAF_20190729.UpdateWebACL' },
  deleteWebAcl: { send: (aws) => aws.deleteWebAcl({ ...acl, ...lock }, never), wire: 'AWSWAF_20190729.DeleteWebACL' },
  listWebAcls: { send: (aws) => aws.listWebAcls({ Scope: 'CLOUDFRONT' }, never), wire: 'AWSWAF_20190729.ListWebACLs' },
  createIpSet: { send: (aws) => aws.createIpSet({ ...acl, IPAddressVersion: 'IPV4', Addresses: [] }, never), wire: 'AWSWAF_20190729.CreateIPSet' },
  getIpSet: { send: (aws) => aws.getIpSet({ ...acl, Id: lock.Id }, never), wire: 'AWSWAF_20190729.GetIPSet' },
  updateIpSet: { send: (aws) => aws.updateIpSet({ ...acl, ...lock, Addresses: [] }, never), wire: 'AWSWAF_20190729.UpdateIPSet' },
  deleteIpSet: { send: (aws) => aws.deleteIpSet({ ...acl, ...lock }, never), wire: 'AWSWAF_20190729.DeleteIPSet' },
  listIpSets: { send: (aws) => aws.listIpSets({ Scope: 'CLOUDFRONT' }, never), wire: 'AWSWAF_20190729.ListIPSets' },
  getWebAcl: { send: (aws) => aws.getWebAcl({ ARN: 'arn:1' }, never), wire: 'AWSWAF_20190729.GetWebACL' },
  listTagsForWaf: { send: (aws) => aws.listTagsForWaf({ ResourceARN: 'arn:1' }, never), wire: 'AWSWAF_20190729.ListTagsForResource' },
};
