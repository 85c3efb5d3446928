import type { DomainName } from '../../crds/domain-name.ts';

/** What a list of tenants says of one: all but `Parameters` and `Tags`, which CloudFront's summaries lack (R13). */
export type TenantSummary = {
  readonly id: string;
  readonly arn: string;
  readonly name: string;
  readonly etag: string;
  readonly distributionId: string;
  readonly connectionGroupId: string | undefined;
  readonly enabled: boolean;
  readonly deployed: boolean;
  readonly domains: readonly { readonly name: string; readonly active: boolean }[];
  readonly certificateArn: string | undefined;
  readonly webAcl: WebAclChoice;
  readonly geo: GeoChoice | undefined;
};

/** A tenant's web ACL: the distribution's, another, or none. @see DistributionTenant Customizations.WebAcl */
export type WebAclChoice = { readonly is: 'inherit' } | { readonly is: 'override'; readonly arn: string } | { readonly is: 'disable' };

/** A tenant's own geo restriction, countries sorted. @see DistributionTenant Customizations.GeoRestrictions */
export type GeoChoice = { readonly type: 'whitelist' | 'blacklist' | 'none'; readonly countries: readonly string[] };

/** ACM's states. @see CertificateDetail.Status */
export type CertificateStatus =
  | 'PENDING_VALIDATION' | 'ISSUED' | 'INACTIVE' | 'EXPIRED' | 'VALIDATION_TIMED_OUT' | 'REVOKED' | 'FAILED';

/** What ACM's list says of one certificate; `names` lower case and sorted, at most the first 100 (ACM's bound). */
export type CertificateSummary = {
  readonly arn: string;
  readonly status: CertificateStatus;
  readonly names: readonly string[];
  readonly inUse: boolean;
  readonly issued: 'ACM' | 'elsewhere';
  readonly createdAt: Date | undefined;
  readonly notAfter: Date | undefined;
  /** Who asked for it: CloudFront for a tenant of its own, or anybody by ACM's API. @see CertificateSummary.ManagedBy */
  readonly managedBy: 'CloudFront' | undefined;
};

/** A certificate that ACM cannot renew by itself. @see SearchCertificates, RenewalStatus */
export type RenewalSummary = { readonly arn: string; readonly status: 'PENDING_VALIDATION' | 'FAILED' };

/** What a list of web ACLs or IP sets says of one: `lockToken` changes with each change of it. */
export type WafSummary = { readonly name: string; readonly id: string; readonly arn: string; readonly lockToken: string };

export type ConnectionGroupSummary = {
  readonly id: string;
  readonly arn: string;
  readonly name: string;
  readonly etag: string;
  readonly endpoint: DomainName | string;
  readonly anycastIpListId: string | undefined;
  readonly enabled: boolean;
  readonly deployed: boolean;
  readonly isDefault: boolean;
};

/** A multi-tenant distribution, the blueprint of its tenants. `certificateArn` is its own viewer certificate, if it has one. */
export type Blueprint = {
  readonly id: string;
  readonly arn: string;
  readonly tenantOnly: boolean;
  readonly enabled: boolean;
  readonly deployed: boolean;
  readonly certificateArn: string | undefined;
  readonly parameters: readonly { readonly name: string; readonly required: boolean; readonly defaultValue: string | undefined }[];
};

/** How fresh an answer must be: only what AWS said in a read begun at or after `notBefore`. */
export type Freshness = { readonly notBefore: Date; readonly signal: AbortSignal };

/**
 * AWS as the whole fleet sees it: shared reads, replaced whole, corrected by our own answers. Where the snapshot is older than
 * asked, many askers share one read: the cheaper of k Gets and P list pages (R13).
 * A read that fails rejects with its `Failure`: a failed read is never "not there".
 */
export type Listing<Summary, Index extends string = never> = {
  /** One by its identity, or undefined where a complete read begun at or after `notBefore` did not show it. */
  readonly get: (id: string, fresh: Freshness) => Promise<Summary | undefined>;
  /** All with this value in that index, from a *complete* list begun at or after `notBefore`. */
  readonly where: (index: Index, value: string, fresh: Freshness) => Promise<readonly Summary[]>;
  /** All there are, from a *complete* list begun at or after `notBefore`. */
  readonly all: (fresh: Freshness) => Promise<readonly Summary[]>;
  /** All with this value that memory holds now, however old: for counting what must not change while it is counted. */
  readonly known: (index: Index, value: string) => readonly Summary[];
  /** Our own answer from AWS, newer than any list begun before now. Wakes nobody: who puts it knows it. */
  readonly put: (summary: Summary) => void;
  /** We know it is gone (AWS answered 404 or deleted it for us). */
  readonly drop: (id: string) => void;
};

export type Fleet = {
  /** By name. `webAcl`: the ARN of its override. */
  readonly tenants: Listing<TenantSummary, 'certificate' | 'webAcl' | 'connectionGroup'>;
  /** By ARN. `names`: the sorted names joined by a space. `owner`: `namespace/name` of our mark, where it has been read. */
  readonly certificates: Listing<CertificateSummary, 'names' | 'owner'>;
  /** By ARN: only those whose renewal waits or has failed. */
  readonly renewals: Listing<RenewalSummary>;
  /** By id. `default`: 'true' for the account's default group. */
  readonly connectionGroups: Listing<ConnectionGroupSummary, 'default' | 'name' | 'endpoint'>;
  /** By id: one GetDistribution per blueprint, shared by its tier and tenants. */
  readonly blueprints: Listing<Blueprint>;
  /** By name, of scope CLOUDFRONT. */
  readonly webAcls: Listing<WafSummary>;
  /** By name, of scope CLOUDFRONT. */
  readonly ipSets: Listing<WafSummary>;
};
