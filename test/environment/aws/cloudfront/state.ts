import type { Customizations, DistributionConfig, DistributionSummary, Distribution as DistributionView, Parameter } from '@aws-sdk/client-cloudfront';
import type { ConnectionGroup as ConnectionGroupView, ConnectionGroupSummary } from '@aws-sdk/client-cloudfront';
import type { DistributionTenant, DistributionTenantSummary, ValidationTokenHost } from '@aws-sdk/client-cloudfront';
import type { Shown } from '../shown.ts';

/** What an owner may set on a tenant after its creation, its name and tags apart. */
export type TenantConfig = {
  readonly distributionId: string;
  readonly connectionGroupId: string;
  readonly domains: readonly string[];
  readonly customizations: Customizations | undefined;
  readonly parameters: readonly Parameter[] | undefined;
  readonly enabled: boolean;
};

/** The certificate that CloudFront requested for a tenant, and who serves its token. */
export type ManagedRequest = { readonly certificateArn: string; readonly host: ValidationTokenHost };

/**
 * A distribution tenant.
 *
 *     create, update        tenantDeployMs          covered, domainActivationMs
 *       config = new  ---> InProgress ---> Deployed: deployed = config ---> domains active
 *
 * Viewers are served by `deployed`; `active` names stay active until they leave.
 */
export type Tenant = {
  readonly id: string;
  readonly arn: string;
  readonly name: string;
  readonly sequence: number;
  readonly createdAt: Date;
  readonly tags: Map<string, string>;
  readonly active: Set<string>;
  readonly shown: Shown<TenantView>;
  /** What is counted as used by this tenant: all of `config` and `deployed`. */
  held: ReadonlySet<string>;
  config: TenantConfig;
  deployed: TenantConfig | undefined;
  status: 'InProgress' | 'Deployed';
  etag: string;
  modifiedAt: Date;
  managed: ManagedRequest | undefined;
  deletableFromMs: number;
  gone: boolean;
};

/** What Get and List show of a tenant. */
export type TenantView = { readonly tenant: DistributionTenant; readonly summary: DistributionTenantSummary; readonly etag: string };

/**
 * A connection group.
 *
 *     create, update        groupDeployMs
 *       enabled = new ---> InProgress ---> Deployed: deployedEnabled = enabled
 *       delete: not the default, no tenants, disabled, disablePropagationMs over
 */
export type ConnectionGroup = {
  readonly id: string;
  readonly arn: string;
  readonly name: string;
  readonly sequence: number;
  readonly createdAt: Date;
  readonly tags: Map<string, string>;
  readonly endpoint: string;
  readonly isDefault: boolean;
  readonly shown: Shown<ConnectionGroupViews>;
  ipv6: boolean;
  anycastList: string | undefined;
  enabled: boolean;
  /** What the edges do while `enabled` is under way. */
  deployedEnabled: boolean;
  status: 'InProgress' | 'Deployed';
  etag: string;
  modifiedAt: Date;
  deletableFromMs: number;
  gone: boolean;
};

/** What Get and List show of a group. */
export type ConnectionGroupViews = { readonly group: ConnectionGroupView; readonly summary: ConnectionGroupSummary; readonly etag: string };

/**
 * A distribution, multi-tenant or standard.
 *
 *     create, update        distributionDeployMs
 *       config = new  ---> InProgress ---> Deployed: deployed = config; waiting names of its tenants become active
 *       delete: no tenants, disabled, Deployed, disablePropagationMs over
 */
export type Distribution = {
  readonly id: string;
  readonly arn: string;
  readonly sequence: number;
  readonly domainName: string;
  readonly tags: Map<string, string>;
  readonly shown: Shown<DistributionViews>;
  held: ReadonlySet<string>;
  config: DistributionConfig;
  deployed: DistributionConfig | undefined;
  status: 'InProgress' | 'Deployed';
  etag: string;
  modifiedAt: Date;
  deletableFromMs: number;
  gone: boolean;
};

/** What Get and List show of a distribution. */
export type DistributionViews = { readonly distribution: DistributionView; readonly summary: DistributionSummary; readonly etag: string };

/** What a person decides that is else drawn from the seed: the id, and how long the first deployment takes. */
export type Given = { readonly id?: string; readonly deployMs?: number };

/** Who has a name. `foreign` is a resource of another account, of which only the enabled flag matters to us. */
export type DomainHolder =
  | { readonly kind: 'tenant'; readonly tenant: Tenant }
  | { readonly kind: 'distribution'; readonly distribution: Distribution }
  | { readonly kind: 'foreign'; readonly enabled: boolean; readonly accountId: string; readonly resourceId: string };
