import type { IPSet, WebACL } from '@aws-sdk/client-wafv2';
import type { Shown } from '../shown.ts';

/** What Get and List show of a resource. `config` is the whole of it as AWS gives it back. */
export type View<Config> = { readonly config: Config; readonly lockToken: string };

/** What web ACLs and IP sets have in common; `id` is the ARN. */
export type Entity<Config> = {
  readonly id: string;
  readonly sequence: number;
  readonly uuid: string;
  readonly name: string;
  readonly tags: Map<string, string>;
  readonly shown: Shown<View<Config>>;
  /** Those who use it do not know it before. */
  readonly knownFromMs: number;
  config: Config;
  lockToken: string;
  gone: boolean;
};

/**
 * A web ACL of scope CLOUDFRONT; `ipSets` are the ARNs that its rules refer to, at any depth.
 *
 *     create --webAclPropagationMs--> known to CloudFront --attach--> used --detach, deployed, webAclUseLingerMs--> deletable
 */
export type WebAcl = Entity<WebACL> & { ipSets: ReadonlySet<string> };

/**
 * An IP set of scope CLOUDFRONT.
 *
 *     create --ipSetPropagationMs--> known to rules --UpdateWebACL--> used --UpdateWebACL, webAclUseLingerMs--> deletable
 */
export type IpSet = Entity<IPSet>;
