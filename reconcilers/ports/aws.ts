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
  readonly listConnectionGroups: Call<CloudFront.ListConnectionGroupsCommandInput, CloudFront.ListConnectionGroupsResult>;
  readonly getDistribution: Call<CloudFront.GetDistributionCommandInput, CloudFront.GetDistributionResult>;
  readonly listTagsForDistributionTenant: Call<CloudFront.ListTagsForResourceCommandInput, CloudFront.ListTagsForResourceResult>;
  readonly requestCertificate: Call<Acm.RequestCertificateCommandInput, Acm.RequestCertificateResponse>;
  readonly describeCertificate: Call<Acm.DescribeCertificateCommandInput, Acm.DescribeCertificateResponse>;
  readonly deleteCertificate: Call<Acm.DeleteCertificateCommandInput, unknown>;
  readonly listCertificates: Call<Acm.ListCertificatesCommandInput, Acm.ListCertificatesResponse>;
  readonly listTagsForCertificate: Call<Acm.ListTagsForCertificateCommandInput, Acm.ListTagsForCertificateResponse>;
  readonly getWebAcl: Call<Wafv2.GetWebACLCommandInput, Wafv2.GetWebACLResponse>;
  readonly listTagsForWebAcl: Call<Wafv2.ListTagsForResourceCommandInput, Wafv2.ListTagsForResourceResponse>;
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
  listConnectionGroups: reads('cloudfront', 'ListConnectionGroups'),
  getDistribution: reads('cloudfront', 'GetDistribution'),
  listTagsForDistributionTenant: reads('cloudfront', 'ListTagsForResource'),
  requestCertificate: mutates('acm', 'RequestCertificate'),
  describeCertificate: reads('acm', 'DescribeCertificate'),
  deleteCertificate: mutates('acm', 'DeleteCertificate'),
  listCertificates: reads('acm', 'ListCertificates'),
  listTagsForCertificate: reads('acm', 'ListTagsForCertificate'),
  getWebAcl: reads('wafv2', 'GetWebACL'),
  listTagsForWebAcl: reads('wafv2', 'ListTagsForResource'),
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
