import { listTagsForResource, tagResource, untagResource } from './tags.ts';
import { createWebAclOperation, deleteWebAcl, getWebAcl, listWebAcls, updateWebAcl } from './web-acls.ts';

/** What WAFv2 can do here, by operation name: web ACLs of scope CLOUDFRONT. */
export const wafv2Operations = {
  CreateWebACL: createWebAclOperation,
  GetWebACL: getWebAcl,
  UpdateWebACL: updateWebAcl,
  DeleteWebACL: deleteWebAcl,
  ListWebACLs: listWebAcls,
  TagResource: tagResource,
  UntagResource: untagResource,
  ListTagsForResource: listTagsForResource,
};
