import type * as Acm from '@aws-sdk/client-acm';
import type * as CloudFront from '@aws-sdk/client-cloudfront';
import type * as Wafv2 from '@aws-sdk/client-wafv2';

/** One shape for every call to the outside, so that budget, fence, classification, metrics and crash plans are layers around it. */
export type Call<Input, Output> = (input: Input, signal: AbortSignal) => Promise<Output>;

/**
 * Every AWS call that the controller makes, in AWS's own words: this type is the page the IAM policy is read from.
 * A call rejects with a `Failure` whose `code` is AWS's error name.
 */
export type Aws = {
  readonly createDistributionTenant: Call<CloudFront.CreateDistributionTenantCommandInput, CloudFront.CreateDistributionTenantResult>;
  readonly getDistributionTenant: Call<CloudFront.GetDistributionTenantCommandInput, CloudFront.GetDistributionTenantResult>;
  readonly getDistributionTenantByDomain: Call<CloudFront.GetDistributionTenantByDomainCommandInput, CloudFront.GetDistributionTenantByDomainResult>;
  readonly updateDistributionTenant: Call<CloudFront.UpdateDistributionTenantCommandInput, CloudFront.UpdateDistributionTenantResult>;
  readonly deleteDistributionTenant: Call<CloudFront.DeleteDistributionTenantCommandInput, unknown>;
  readonly listDistributionTenants: Call<CloudFront.ListDistributionTenantsCommandInput, CloudFront.ListDistributionTenantsResult>;
  readonly listDistributionTenantsByCustomization: Call<CloudFront.ListDistributionTenantsByCustomizationCommandInput, CloudFront.ListDistributionTenantsByCustomizationResult>;
  readonly getManagedCertificateDetails: Call<CloudFront.GetManagedCertificateDetailsCommandInput, CloudFront.GetManagedCertificateDetailsResult>;
  readonly createConnectionGroup: Call<CloudFront.CreateConnectionGroupCommandInput, CloudFront.CreateConnectionGroupResult>;
  readonly getConnectionGroup: Call<CloudFront.GetConnectionGroupCommandInput, CloudFront.GetConnectionGroupResult>;
  readonly updateConnectionGroup: Call<CloudFront.UpdateConnectionGroupCommandInput, CloudFront.UpdateConnectionGroupResult>;
  readonly deleteConnectionGroup: Call<CloudFront.DeleteConnectionGroupCommandInput, unknown>;
  readonly listConnectionGroups: Call<CloudFront.ListConnectionGroupsCommandInput, CloudFront.ListConnectionGroupsResult>;
  readonly getDistribution: Call<CloudFront.GetDistributionCommandInput, CloudFront.GetDistributionResult>;
  readonly listDistributionsByWebAclId: Call<CloudFront.ListDistributionsByWebACLIdCommandInput, CloudFront.ListDistributionsByWebACLIdResult>;
  readonly listTagsForCloudFront: Call<CloudFront.ListTagsForResourceCommandInput, CloudFront.ListTagsForResourceResult>;
  readonly requestCertificate: Call<Acm.RequestCertificateCommandInput, Acm.RequestCertificateResponse>;
  readonly describeCertificate: Call<Acm.DescribeCertificateCommandInput, Acm.DescribeCertificateResponse>;
  readonly deleteCertificate: Call<Acm.DeleteCertificateCommandInput, unknown>;
  readonly listCertificates: Call<Acm.ListCertificatesCommandInput, Acm.ListCertificatesResponse>;
  readonly searchCertificates: Call<Acm.SearchCertificatesCommandInput, Acm.SearchCertificatesResponse>;
  readonly addTagsToCertificate: Call<Acm.AddTagsToCertificateCommandInput, unknown>;
  readonly listTagsForCertificate: Call<Acm.ListTagsForCertificateCommandInput, Acm.ListTagsForCertificateResponse>;
  readonly checkCapacity: Call<Wafv2.CheckCapacityCommandInput, Wafv2.CheckCapacityResponse>;
  readonly createWebAcl: Call<Wafv2.CreateWebACLCommandInput, Wafv2.CreateWebACLResponse>;
  readonly getWebAcl: Call<Wafv2.GetWebACLCommandInput, Wafv2.GetWebACLResponse>;
  readonly updateWebAcl: Call<Wafv2.UpdateWebACLCommandInput, Wafv2.UpdateWebACLResponse>;
  readonly deleteWebAcl: Call<Wafv2.DeleteWebACLCommandInput, unknown>;
  readonly listWebAcls: Call<Wafv2.ListWebACLsCommandInput, Wafv2.ListWebACLsResponse>;
  readonly createIpSet: Call<Wafv2.CreateIPSetCommandInput, Wafv2.CreateIPSetResponse>;
  readonly getIpSet: Call<Wafv2.GetIPSetCommandInput, Wafv2.GetIPSetResponse>;
  readonly updateIpSet: Call<Wafv2.UpdateIPSetCommandInput, Wafv2.UpdateIPSetResponse>;
  readonly deleteIpSet: Call<Wafv2.DeleteIPSetCommandInput, unknown>;
  readonly listIpSets: Call<Wafv2.ListIPSetsCommandInput, Wafv2.ListIPSetsResponse>;
  readonly listTagsForWaf: Call<Wafv2.ListTagsForResourceCommandInput, Wafv2.ListTagsForResourceResponse>;
};

export type AwsService = 'cloudfront' | 'acm' | 'wafv2';

/** What AWS calls an operation, and whether it changes anything there. */
export type AwsOperation = { readonly service: AwsService; readonly operation: string; readonly mutates: boolean };

const reads = (service: AwsService, operation: string): AwsOperation => ({ service, operation, mutates: false });
const mutates = (service: AwsService, operation: string): AwsOperation => ({ service, operation, mutates: true });

/** AWS's name of each call of `Aws`: the IAM action is `service:operation`. */
export const awsOperations: { readonly [Name in keyof Aws]: AwsOperation } = {
  createDistributionTenant: mutates('cloudfront', 'CreateDistributionTenant'),
  getDistributionTenant: reads('cloudfront', 'GetDistributionTenant'),
  getDistributionTenantByDomain: reads('cloudfront', 'GetDistributionTenantByDomain'),
  updateDistributionTenant: mutates('cloudfront', 'UpdateDistributionTenant'),
  deleteDistributionTenant: mutates('cloudfront', 'DeleteDistributionTenant'),
  listDistributionTenants: reads('cloudfront', 'ListDistributionTenants'),
  listDistributionTenantsByCustomization: reads('cloudfront', 'ListDistributionTenantsByCustomization'),
  getManagedCertificateDetails: reads('cloudfront', 'GetManagedCertificateDetails'),
  createConnectionGroup: mutates('cloudfront', 'CreateConnectionGroup'),
  getConnectionGroup: reads('cloudfront', 'GetConnectionGroup'),
  updateConnectionGroup: mutates('cloudfront', 'UpdateConnectionGroup'),
  deleteConnectionGroup: mutates('cloudfront', 'DeleteConnectionGroup'),
  listConnectionGroups: reads('cloudfront', 'ListConnectionGroups'),
  getDistribution: reads('cloudfront', 'GetDistribution'),
  listDistributionsByWebAclId: reads('cloudfront', 'ListDistributionsByWebACLId'),
  listTagsForCloudFront: reads('cloudfront', 'ListTagsForResource'),
  requestCertificate: mutates('acm', 'RequestCertificate'),
  describeCertificate: reads('acm', 'DescribeCertificate'),
  deleteCertificate: mutates('acm', 'DeleteCertificate'),
  listCertificates: reads('acm', 'ListCertificates'),
  searchCertificates: reads('acm', 'SearchCertificates'),
  addTagsToCertificate: mutates('acm', 'AddTagsToCertificate'),
  listTagsForCertificate: reads('acm', 'ListTagsForCertificate'),
  checkCapacity: reads('wafv2', 'CheckCapacity'),
  createWebAcl: mutates('wafv2', 'CreateWebACL'),
  getWebAcl: reads('wafv2', 'GetWebACL'),
  updateWebAcl: mutates('wafv2', 'UpdateWebACL'),
  deleteWebAcl: mutates('wafv2', 'DeleteWebACL'),
  listWebAcls: reads('wafv2', 'ListWebACLs'),
  createIpSet: mutates('wafv2', 'CreateIPSet'),
  getIpSet: reads('wafv2', 'GetIPSet'),
  updateIpSet: mutates('wafv2', 'UpdateIPSet'),
  deleteIpSet: mutates('wafv2', 'DeleteIPSet'),
  listIpSets: reads('wafv2', 'ListIPSets'),
  listTagsForWaf: reads('wafv2', 'ListTagsForResource'),
};

/** A wrapper around any one call: `name` says which. Layers are applied to every member of `Aws` by `layered`. */
export type Layer = <Input, Output>(name: keyof Aws, call: Call<Input, Output>) => Call<Input, Output>;

/** `aws` with `layer` around each of its calls. */
export const layered = (aws: Aws, layer: Layer): Aws => {
  const wrap = <Name extends keyof Aws>(name: Name): readonly [Name, Aws[Name]] => {
    const call: Call<never, unknown> = aws[name];
    return [name, layer(name, call) as Aws[Name]];
  };
  return Object.fromEntries((Object.keys(awsOperations) as (keyof Aws)[]).map(wrap)) as Aws;
};
