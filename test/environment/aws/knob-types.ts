import type { Range } from './random.ts';
import type { Rates } from './rates.ts';

/**
 * Everything about AWS that is slow, limited, hostile or not known. Times are in milliseconds, ranges drawn from the seed; probabilities
 * from 0 to 1. Numbers without a source are unpublished and chosen to be plausible.
 */
export type Knobs = {
  /** Tenant from InProgress to Deployed: observed below 1 min to about 4 min. */
  tenantDeployMs: Range;
  groupDeployMs: Range;
  distributionDeployMs: Range;
  /** From Deployed and covered to domain `active`. */
  domainActivationMs: Range;
  /** After a disable, Delete goes on answering ResourceNotDisabled (DistributionNotDisabled) for so long. */
  disablePropagationMs: Range;
  /** A deleted tenant, group, distribution, certificate, web ACL or IP set can still be read for so long. */
  deletedVisibleMs: Range;
  /** Chance that a deployment's end moves the ETag, so that one kept from the update is stale. */
  etagMovesOnDeployProbability: number;

  /** A requested certificate answers 404 and is not listed for so long ("several seconds": ACM RequestCertificate). */
  certificateHiddenMs: Range;
  /** DomainValidationOptions appear after so long, before that the certificate has none. */
  validationOptionsMs: Range;
  /** The ResourceRecord of each option appears so long after the request: some seconds, Terraform waits up to 5 min. */
  validationRecordMs: Range;
  /** From the first sight of the record in DNS to a validated name. */
  dnsValidationMs: Range;
  /** How often ACM looks into DNS for a pending name. */
  dnsCheckIntervalMs: number;
  /** PENDING_VALIDATION ends in VALIDATION_TIMED_OUT: 72 h (ACM DNS validation). */
  validationTimeoutMs: number;
  /** From the first sight of every name pointing at CloudFront to an issued managed certificate. */
  managedValidationMs: Range;
  /** An issued certificate is refused by CloudFront as unknown for so long. */
  certificateUnknownToCloudFrontMs: Range;
  /** Idempotency tokens are remembered for 1 h (ACM RequestCertificate). */
  idempotencyMs: number;
  /** 198 days, reported of live AWS. */
  certificateValidityMs: number;
  /** Renewal starts so long before the end: 45 days, reported of live AWS. */
  renewalLeadMs: number;
  /** A replaced or deleted user goes on being listed in InUseBy: 4 to 20 min, at times days. */
  certificateUseLingerMs: Range;
  /** A new user appears in InUseBy after so long; DeleteCertificate is refused from the start. */
  certificateUseAppearsMs: Range;

  /** A new web ACL is refused by CloudFront for so long ("seconds to minutes": WAF developer guide). */
  webAclPropagationMs: Range;
  /** Rules that refer to a new IP set are refused for so long ("a few seconds to a number of minutes": WAFUnavailableEntityException). */
  ipSetPropagationMs: Range;
  /** DeleteWebACL and DeleteIPSet go on answering WAFAssociatedItemException for so long after the last use. */
  webAclUseLingerMs: Range;

  /** Each call takes so long before AWS acts on it; 0 takes no timer. */
  latencyMs: Range;
  throttleProbability: number;
  /** 500 or 503 with nothing done. */
  failureProbability: number;
  /** A mutation commits and its answer is lost. */
  lostProbability: number;
  /** A mutation times out and commits `lateCommitMs` later. */
  lateProbability: number;
  lateCommitMs: number;
  /** How many reads after a write see the world before it. */
  staleReads: Range;
  /** No read is staler than this. */
  staleForMs: number;
  /** No page holds more, whatever was asked. */
  pageSize: number;
  /** An empty page that still carries a marker. */
  emptyPageProbability: number;
  /** Token buckets by `service.Operation`, `service.read`, `service.write`; `off` has none. */
  rates: Rates | 'off';
  /**
   * Whether a call waits until the DNS questions that are due have been answered. False is for real DNS, where one silent server would
   * hold up every call: the answers then count from when they come.
   */
  waitsForDns: boolean;
  /** IAM actions (`acm:RequestCertificate`) that a policy denies to everybody, also where AWS asks for them on the way. */
  deniedActions: readonly string[];
  /** Whether what is guarded by a condition on tags is denied for something that is not there, and so has none. */
  missingIsDenied: boolean;

  // Quotas. Sources: CloudFront quotas, ACM quotas, WAF quotas.
  maxTenants: number;
  maxTenantDistributions: number;
  maxConnectionGroups: number;
  /** The Anycast static IP lists that the account has, by id. */
  anycastLists: readonly string[];
  /** The API text says 5, the quota page 100. */
  maxDomainsPerTenant: number;
  maxParametersPerTenant: number;
  maxParametersPerDistribution: number;
  maxAssociationsPerWebAcl: number;
  maxCertificates: number;
  /** In 365 days; deleting gives nothing back. */
  maxCertificateRequests: number;
  maxNamesPerCertificate: number;
  maxWebAcls: number;
  maxIpSets: number;
  maxTags: number;

  // What AWS does not document: each value is one possibility.
  /** `Enabled` when Create leaves it out. */
  enabledByDefault: boolean;
  /** Which error wins when both the name and a domain are taken. */
  whenNameAndDomainTaken: 'EntityAlreadyExists' | 'CNAMEAlreadyExists';
  /** Update without `Customizations` or `Parameters`: observed to keep them. */
  omittedMembers: 'keep' | 'clear';
  /** `Customizations` given: observed to replace the whole block. */
  customizations: 'replace' | 'merge';
  /** Whether an update checks what it does not mention, so that disabling fails on an expired certificate. */
  checksOmittedMembers: boolean;
  /** What an update with an empty AnycastIpListId does to the group's list: AWS does not say. */
  anycastListEmptied: 'removed' | 'kept';
  /** Moving to another distribution: with other changes in the same call, only by itself, or not at all (InvalidAssociation). */
  reparenting: 'together' | 'alone' | 'refused';
  /** A ManagedCertificateRequest when a certificate already covers every name. */
  managedRequestWhenCovered: 'request' | 'ignore';
  managedCertificatesCountTowardsQuota: boolean;
  /** When CloudFront makes the account's default connection group. */
  defaultGroupMadeBy: 'distribution' | 'tenant';
  /** Whether VerifyDnsConfiguration activates domains that are ready for it. */
  verifyDnsActivates: boolean;
  /** What DisassociateDistributionTenantWebACL leaves behind. */
  disassociatedWebAcl: 'inherit' | 'disable';
  overridesCountTowardsWebAclQuota: boolean;
  /** `verbose` gives a web ACL back sorted and with every default written out, which is not how it was sent. */
  webAclNormalisation: 'plain' | 'verbose';
  /** How an IP set is given back: IPv6 in RFC 5952's spelling, or with every digit, the list in order of text. Reports of live AWS differ. */
  ipSetAddresses: 'compressed' | 'expanded';
  /** A web ACL above 5,000 WCU: live AWS was seen to answer the first, its pages suggest the second. */
  whenOverCapacity: 'WAFInvalidParameterException' | 'WAFLimitsExceededException';
  /** Overrides of rules that a managed group does not have: the API reference says that they are ignored. */
  unknownRuleOverrides: 'ignore' | 'refuse';
  /** What an inactive name that another account has claimed does in the tenant that had it: AWS says only that it may be claimed. */
  claimedDomain: 'leaves' | 'staysInactive';
  /** Whether UpdateDomainAssociation wants its source disabled within one account. */
  moveNeedsDisabledSource: boolean;
  /** Whether `If-Match: *` matches. */
  ifMatchStar: boolean;
  /** Whether a token gives the ARN of a certificate that was deleted since. */
  tokenOutlivesDeletion: boolean;
  echoesTags: boolean;
};
