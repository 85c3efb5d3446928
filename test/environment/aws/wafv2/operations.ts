import { createIpSetOperation, deleteIpSet, getIpSet, listIpSets, updateIpSet } from './ip-sets.ts';
import { listTagsForResource, tagResource, untagResource } from './tags.ts';
import { checkCapacity, createWebAclOperation, deleteWebAcl, getWebAcl, listWebAcls, updateWebAcl } from './web-acls.ts';

/** What WAFv2 can do here, by operation name: web ACLs and IP sets of scope CLOUDFRONT. */
export const wafv2Operations = {
  CreateWebACL: createWebAclOperation,
  GetWebACL: getWebAcl,
  UpdateWebACL: updateWebAcl,
  DeleteWebACL: deleteWebAcl,
  ListWebACLs: listWebAcls,
  CheckCapacity: checkCapacity,
  CreateIPSet: createIpSetOperation,
  GetIPSet: getIpSet,
  UpdateIPSet: updateIpSet,
  DeleteIPSet: deleteIpSet,
  ListIPSets: listIpSets,
  TagResource: tagResource,
  UntagResource: untagResource,
  ListTagsForResource: listTagsForResource,
};
