import {
  createConnectionGroup,
  deleteConnectionGroup,
  getConnectionGroup,
  getConnectionGroupByRoutingEndpoint,
  listConnectionGroups,
  updateConnectionGroup,
} from './connection-groups.ts';
import { listDistributions, listDistributionsByConnectionMode, listDistributionsByWebAclId } from './distribution-lists.ts';
import {
  createDistribution,
  createDistributionWithTags,
  deleteDistribution,
  getDistribution,
  getDistributionConfig,
  updateDistribution,
} from './distributions.ts';
import { listDomainConflicts } from './domain-conflicts.ts';
import { updateDomainAssociation } from './domain-association.ts';
import { getManagedCertificateDetails } from './managed-certificates.ts';
import { listTagsForResource, tagResource, untagResource } from './tags.ts';
import { getDistributionTenantByDomain, listDistributionTenants, listDistributionTenantsByCustomization } from './tenant-lists.ts';
import { associateDistributionTenantWebAcl, disassociateDistributionTenantWebAcl } from './tenant-web-acl.ts';
import { createDistributionTenant, deleteDistributionTenant, getDistributionTenant, updateDistributionTenant } from './tenants.ts';
import { verifyDnsConfiguration } from './verify-dns.ts';

/** What CloudFront can do here, by operation name. */
export const cloudfrontOperations = {
  CreateDistributionTenant: createDistributionTenant,
  GetDistributionTenant: getDistributionTenant,
  GetDistributionTenantByDomain: getDistributionTenantByDomain,
  UpdateDistributionTenant: updateDistributionTenant,
  DeleteDistributionTenant: deleteDistributionTenant,
  ListDistributionTenants: listDistributionTenants,
  ListDistributionTenantsByCustomization: listDistributionTenantsByCustomization,
  AssociateDistributionTenantWebACL: associateDistributionTenantWebAcl,
  DisassociateDistributionTenantWebACL: disassociateDistributionTenantWebAcl,
  CreateConnectionGroup: createConnectionGroup,
  GetConnectionGroup: getConnectionGroup,
  GetConnectionGroupByRoutingEndpoint: getConnectionGroupByRoutingEndpoint,
  UpdateConnectionGroup: updateConnectionGroup,
  DeleteConnectionGroup: deleteConnectionGroup,
  ListConnectionGroups: listConnectionGroups,
  VerifyDnsConfiguration: verifyDnsConfiguration,
  GetManagedCertificateDetails: getManagedCertificateDetails,
  ListDomainConflicts: listDomainConflicts,
  UpdateDomainAssociation: updateDomainAssociation,
  CreateDistribution: createDistribution,
  CreateDistributionWithTags: createDistributionWithTags,
  GetDistribution: getDistribution,
  GetDistributionConfig: getDistributionConfig,
  UpdateDistribution: updateDistribution,
  DeleteDistribution: deleteDistribution,
  ListDistributions: listDistributions,
  ListDistributionsByConnectionMode: listDistributionsByConnectionMode,
  ListDistributionsByWebACLId: listDistributionsByWebAclId,
  TagResource: tagResource,
  UntagResource: untagResource,
  ListTagsForResource: listTagsForResource,
};
