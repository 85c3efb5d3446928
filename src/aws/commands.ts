import * as Acm from '@aws-sdk/client-acm';
import * as CloudFront from '@aws-sdk/client-cloudfront';
import * as Wafv2 from '@aws-sdk/client-wafv2';
import type { Aws } from '../../reconcilers/ports/aws.ts';

/** CloudFront's calls, each one request. Rejects with what the SDK throws. */
export const cloudFrontCalls = (client: CloudFront.CloudFrontClient) =>
  ({
    createDistributionTenant: (input, abortSignal) => client.send(new CloudFront.CreateDistributionTenantCommand(input), { abortSignal }),
    getDistributionTenant: (input, abortSignal) => client.send(new CloudFront.GetDistributionTenantCommand(input), { abortSignal }),
    getDistributionTenantByDomain: (input, abortSignal) => client.send(new CloudFront.GetDistributionTenantByDomainCommand(input), { abortSignal }),
    updateDistributionTenant: (input, abortSignal) => client.send(new CloudFront.UpdateDistributionTenantCommand(input), { abortSignal }),
    deleteDistributionTenant: (input, abortSignal) => client.send(new CloudFront.DeleteDistributionTenantCommand(input), { abortSignal }),
    listDistributionTenants: (input, abortSignal) => client.send(new CloudFront.ListDistributionTenantsCommand(input), { abortSignal }),
    listDistributionTenantsByCustomization: (input, abortSignal) => client.send(new CloudFront.ListDistributionTenantsByCustomizationCommand(input), { abortSignal }),
    getManagedCertificateDetails: (input, abortSignal) => client.send(new CloudFront.GetManagedCertificateDetailsCommand(input), { abortSignal }),
    createConnectionGroup: (input, abortSignal) => client.send(new CloudFront.CreateConnectionGroupCommand(input), { abortSignal }),
    getConnectionGroup: (input, abortSignal) => client.send(new CloudFront.GetConnectionGroupCommand(input), { abortSignal }),
    updateConnectionGroup: (input, abortSignal) => client.send(new CloudFront.UpdateConnectionGroupCommand(input), { abortSignal }),
    deleteConnectionGroup: (input, abortSignal) => client.send(new CloudFront.DeleteConnectionGroupCommand(input), { abortSignal }),
    listConnectionGroups: (input, abortSignal) => client.send(new CloudFront.ListConnectionGroupsCommand(input), { abortSignal }),
    getDistribution: (input, abortSignal) => client.send(new CloudFront.GetDistributionCommand(input), { abortSignal }),
    listDistributionsByWebAclId: (input, abortSignal) => client.send(new CloudFront.ListDistributionsByWebACLIdCommand(input), { abortSignal }),
    listTagsForCloudFront: (input, abortSignal) => client.send(new CloudFront.ListTagsForResourceCommand(input), { abortSignal }),
  }) satisfies Partial<Aws>;

/** ACM's calls, likewise. */
export const acmCalls = (client: Acm.ACMClient) =>
  ({
    requestCertificate: (input, abortSignal) => client.send(new Acm.RequestCertificateCommand(input), { abortSignal }),
    describeCertificate: (input, abortSignal) => client.send(new Acm.DescribeCertificateCommand(input), { abortSignal }),
    deleteCertificate: (input, abortSignal) => client.send(new Acm.DeleteCertificateCommand(input), { abortSignal }),
    listCertificates: (input, abortSignal) => client.send(new Acm.ListCertificatesCommand(input), { abortSignal }),
    searchCertificates: (input, abortSignal) => client.send(new Acm.SearchCertificatesCommand(input), { abortSignal }),
    addTagsToCertificate: (input, abortSignal) => client.send(new Acm.AddTagsToCertificateCommand(input), { abortSignal }),
    listTagsForCertificate: (input, abortSignal) => client.send(new Acm.ListTagsForCertificateCommand(input), { abortSignal }),
  }) satisfies Partial<Aws>;

/** WAFv2's calls, likewise. */
export const wafv2Calls = (client: Wafv2.WAFV2Client) =>
  ({
    checkCapacity: (input, abortSignal) => client.send(new Wafv2.CheckCapacityCommand(input), { abortSignal }),
    createWebAcl: (input, abortSignal) => client.send(new Wafv2.CreateWebACLCommand(input), { abortSignal }),
    getWebAcl: (input, abortSignal) => client.send(new Wafv2.GetWebACLCommand(input), { abortSignal }),
    updateWebAcl: (input, abortSignal) => client.send(new Wafv2.UpdateWebACLCommand(input), { abortSignal }),
    deleteWebAcl: (input, abortSignal) => client.send(new Wafv2.DeleteWebACLCommand(input), { abortSignal }),
    listWebAcls: (input, abortSignal) => client.send(new Wafv2.ListWebACLsCommand(input), { abortSignal }),
    createIpSet: (input, abortSignal) => client.send(new Wafv2.CreateIPSetCommand(input), { abortSignal }),
    getIpSet: (input, abortSignal) => client.send(new Wafv2.GetIPSetCommand(input), { abortSignal }),
    updateIpSet: (input, abortSignal) => client.send(new Wafv2.UpdateIPSetCommand(input), { abortSignal }),
    deleteIpSet: (input, abortSignal) => client.send(new Wafv2.DeleteIPSetCommand(input), { abortSignal }),
    listIpSets: (input, abortSignal) => client.send(new Wafv2.ListIPSetsCommand(input), { abortSignal }),
    listTagsForWaf: (input, abortSignal) => client.send(new Wafv2.ListTagsForResourceCommand(input), { abortSignal }),
  }) satisfies Partial<Aws>;
