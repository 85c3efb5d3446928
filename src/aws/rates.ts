import type { Aws } from '../../reconcilers/ports/aws.ts';

/** What is limited together: AWS counts calls by account and operation; CloudFront's operations go in two classes, being unpublished. */
export type CallClass =
  | 'cloudfront.read'
  | 'cloudfront.mutate'
  | 'acm.RequestCertificate'
  | 'acm.DescribeCertificate'
  | 'acm.DeleteCertificate'
  | 'acm.ListCertificates'
  | 'acm.ListTagsForCertificate'
  | 'acm.AddTagsToCertificate'
  | 'acm.SearchCertificates'
  | 'wafv2.read'
  | 'wafv2.mutate';

/** Calls a second, above 0. */
export type Rates = Readonly<Record<CallClass, number>>;

/**
 * The rates of an account whose quotas were never raised. CloudFront publishes none: one write and a few reads a second are what is
 * known to pass, and the budget slows down by itself where that is too much.
 * @see https://docs.aws.amazon.com/acm/latest/userguide/acm-limits.html (API rate quotas)
 * @see https://docs.aws.amazon.com/waf/latest/developerguide/limits.html (get and list calls: 5 a second; create, update and delete: 1)
 */
export const defaultRates: Rates = {
  'cloudfront.read': 5,
  'cloudfront.mutate': 1,
  'acm.RequestCertificate': 5,
  'acm.DescribeCertificate': 10,
  'acm.DeleteCertificate': 10,
  'acm.ListCertificates': 1,
  'acm.ListTagsForCertificate': 10,
  'acm.AddTagsToCertificate': 5,
  'acm.SearchCertificates': 1,
  'wafv2.read': 5,
  'wafv2.mutate': 1,
};

/** What a call is counted as, and whether many wait for its answer: such calls go first. */
export type Standing = { readonly callClass: CallClass; readonly shared: boolean };

const own = (callClass: CallClass): Standing => ({ callClass, shared: false });
const shared = (callClass: CallClass): Standing => ({ callClass, shared: true });

/** The class of every call. */
export const standings: { readonly [Name in keyof Aws]: Standing } = {
  createDistributionTenant: own('cloudfront.mutate'),
  updateDistributionTenant: own('cloudfront.mutate'),
  deleteDistributionTenant: own('cloudfront.mutate'),
  getDistributionTenant: own('cloudfront.read'),
  getDistributionTenantByDomain: own('cloudfront.read'),
  listTagsForCloudFront: own('cloudfront.read'),
  listDistributionsByWebAclId: own('cloudfront.read'),
  listDistributionTenants: shared('cloudfront.read'),
  listDistributionTenantsByCustomization: own('cloudfront.read'),
  getManagedCertificateDetails: own('cloudfront.read'),
  createConnectionGroup: own('cloudfront.mutate'),
  getConnectionGroup: own('cloudfront.read'),
  updateConnectionGroup: own('cloudfront.mutate'),
  deleteConnectionGroup: own('cloudfront.mutate'),
  listConnectionGroups: shared('cloudfront.read'),
  getDistribution: shared('cloudfront.read'),
  requestCertificate: own('acm.RequestCertificate'),
  describeCertificate: own('acm.DescribeCertificate'),
  deleteCertificate: own('acm.DeleteCertificate'),
  listCertificates: shared('acm.ListCertificates'),
  listTagsForCertificate: own('acm.ListTagsForCertificate'),
  searchCertificates: shared('acm.SearchCertificates'),
  addTagsToCertificate: own('acm.AddTagsToCertificate'),
  checkCapacity: own('wafv2.read'),
  createWebAcl: own('wafv2.mutate'),
  getWebAcl: own('wafv2.read'),
  updateWebAcl: own('wafv2.mutate'),
  deleteWebAcl: own('wafv2.mutate'),
  listWebAcls: shared('wafv2.read'),
  createIpSet: own('wafv2.mutate'),
  getIpSet: own('wafv2.read'),
  updateIpSet: own('wafv2.mutate'),
  deleteIpSet: own('wafv2.mutate'),
  listIpSets: shared('wafv2.read'),
  listTagsForWaf: own('wafv2.read'),
};
