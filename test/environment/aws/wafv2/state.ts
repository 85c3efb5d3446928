import type { WebACL } from '@aws-sdk/client-wafv2';
import type { Shown } from '../shown.ts';

/**
 * A web ACL of scope CLOUDFRONT; `id` is its ARN. `config` is the whole ACL as AWS gives it back.
 *
 *     create --webAclPropagationMs--> known to CloudFront --attach--> used --detach, deployed, webAclUseLingerMs--> deletable
 */
export type WebAcl = {
  readonly id: string;
  readonly sequence: number;
  readonly uuid: string;
  readonly name: string;
  readonly tags: Map<string, string>;
  readonly shown: Shown<WebAclView>;
  /** CloudFront refuses it before. */
  readonly knownFromMs: number;
  config: WebACL;
  lockToken: string;
  gone: boolean;
};

/** What Get and List show of an ACL. */
export type WebAclView = { readonly config: WebACL; readonly lockToken: string };
