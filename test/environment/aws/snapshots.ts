import type { Customizations, Parameter } from '@aws-sdk/client-cloudfront';
import type { Rule } from '@aws-sdk/client-wafv2';
import type { Certificate } from './acm/state.ts';

type Tags = Readonly<Record<string, string>>;

/** A tenant as configured, deployed yet or not. */
export type TenantSnapshot = {
  readonly id: string;
  readonly arn: string;
  readonly name: string;
  readonly etag: string;
  readonly distributionId: string;
  readonly connectionGroupId: string;
  readonly enabled: boolean;
  readonly status: 'InProgress' | 'Deployed';
  readonly domains: readonly { readonly domain: string; readonly status: 'active' | 'inactive' }[];
  readonly customizations: Customizations;
  readonly parameters: readonly Parameter[];
  readonly tags: Tags;
  /** The certificate that CloudFront requested for it. */
  readonly managedCertificateArn?: string;
};

/** A certificate as it is. */
export type CertificateSnapshot = {
  readonly arn: string;
  readonly names: readonly string[];
  readonly status: Certificate['status'];
  readonly type: Certificate['type'];
  readonly keyAlgorithm: Certificate['keyAlgorithm'];
  readonly managedBy?: 'CLOUDFRONT';
  readonly notAfter?: Date;
  readonly failureReason?: string;
  /** Whether anything uses it in truth, whatever `InUseBy` says. */
  readonly isUsed: boolean;
  /** The records that prove its names, visible to callers yet or not; without trailing dots, one each. */
  readonly records: readonly { readonly name: string; readonly value: string }[];
  readonly tags: Tags;
};

/** A connection group as configured, deployed yet or not. */
export type ConnectionGroupSnapshot = {
  readonly id: string;
  readonly arn: string;
  readonly name: string;
  readonly endpoint: string;
  readonly etag: string;
  readonly enabled: boolean;
  readonly ipv6: boolean;
  readonly anycastList: string | undefined;
  readonly status: 'InProgress' | 'Deployed';
  readonly isDefault: boolean;
  readonly tags: Tags;
};

/** A web ACL as it is; `associations` counts what uses it in truth. */
export type WebAclSnapshot = {
  readonly arn: string;
  readonly id: string;
  readonly name: string;
  readonly lockToken: string;
  readonly rules: readonly Rule[];
  readonly associations: number;
  readonly tags: Tags;
};

/** An IP set as it is: `addresses` in RFC 5952's spelling however AWS spells them, `usedBy` the names of the ACLs whose rules refer to it. */
export type IpSetSnapshot = {
  readonly arn: string;
  readonly id: string;
  readonly name: string;
  readonly version: 'IPV4' | 'IPV6';
  readonly addresses: readonly string[];
  readonly lockToken: string;
  readonly usedBy: readonly string[];
  readonly tags: Tags;
};

/** A distribution as configured; `tenants` counts those that inherit from it or did until their move is deployed. */
export type DistributionSnapshot = {
  readonly id: string;
  readonly arn: string;
  readonly etag: string;
  readonly connectionMode: string;
  readonly enabled: boolean;
  readonly status: 'InProgress' | 'Deployed';
  readonly aliases: readonly string[];
  readonly certificateArn?: string;
  readonly webAclArn?: string;
  readonly tenants: number;
  readonly tags: Tags;
};

