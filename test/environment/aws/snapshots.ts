import type { Customizations, Parameter } from '@aws-sdk/client-cloudfront';
import type { Rule } from '@aws-sdk/client-wafv2';
import type { Certificate } from './acm/state.ts';

type Tags = Readonly<Record<string, string>>;

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

export type ConnectionGroupSnapshot = {
  readonly id: string;
  readonly arn: string;
  readonly name: string;
  readonly endpoint: string;
  readonly etag: string;
  readonly enabled: boolean;
  readonly ipv6: boolean;
  readonly status: 'InProgress' | 'Deployed';
  readonly isDefault: boolean;
  readonly tags: Tags;
};

export type WebAclSnapshot = {
  readonly arn: string;
  readonly id: string;
  readonly name: string;
  readonly lockToken: string;
  readonly rules: readonly Rule[];
  readonly associations: number;
  readonly tags: Tags;
};

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

