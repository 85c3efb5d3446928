import type { EdgeTierConditionType, Reason, TenantDomainConditionType } from './reasons.ts';

/*
 * What docs/conditions.md says beside the sentence of a reason: where it stands, and what to do, or what to do if it stays. A reason
 * without advice does not compile.
 */

/** Whose turn it is, in the order of the page. */
export const turns = {
  nobody: 'As it should be',
  ours: 'The controller or AWS works on it',
  customer: 'A customer or another object comes first',
  author: 'The spec, or the tier, has to change',
  account: 'Somebody has to act outside the cluster',
  wish: 'As somebody wished',
} as const;

/** A condition and its status; without one it is False. */
type On<Type extends string> = Type | `${Type} True` | `${Type} Unknown`;

/**
 * Advice in Markdown, links relative to docs/. `td` and `et`: the conditions of a TenantDomain and of an EdgeTier that stand for this reason; Ready,
 * Reconciling and Stalled repeat the first that is not True, and are only named where the reason is their own. `event`: an Event says it, no condition.
 */
export type Advice = {
  readonly td?: readonly On<TenantDomainConditionType>[];
  readonly et?: readonly On<EdgeTierConditionType>[];
  readonly event?: true;
} & ({ readonly turn: 'nobody' } | { readonly turn: Exclude<keyof typeof turns, 'nobody'>; readonly todo: string });

/** What a call to AWS can leave behind: the condition that wanted it, False, or Unknown where nothing was seen before. */
const anyCall = {
  td: ['CertificateReady', 'CertificateReady Unknown', 'Programmed', 'Programmed Unknown'],
  et: ['DistributionReady Unknown', 'ConnectionGroupsReady', 'ConnectionGroupsReady Unknown', 'WebACLReady', 'WebACLReady Unknown'],
} as const;
const anyChange = { td: ['CertificateReady', 'Programmed'], et: ['ConnectionGroupsReady', 'WebACLReady'] } as const;
const held = { td: ['CertificateReady', 'Programmed', 'Ready'], et: ['ConnectionGroupsReady', 'ConnectionGroupsReady True', 'WebACLReady', 'WebACLReady True', 'Ready'] } as const;

/** All advice there is, in the order of the page. */
export const advice: Readonly<Record<Reason, Advice>> = {
  Accepted: { turn: 'nobody', td: ['Accepted True'], et: ['Accepted True'] },
  Available: { turn: 'nobody', et: ['Ready True'] },
  Served: { turn: 'nobody', td: ['Ready True'] },
  NotRequired: { turn: 'nobody', td: ['OwnershipVerified True'] },
  Issued: { turn: 'nobody', td: ['CertificateReady True'] },
  Deployed: { turn: 'nobody', td: ['Programmed True'] },
  Configured: { turn: 'nobody', td: ['DNSConfigured True'] },
  RecordsComplete: { turn: 'nobody', td: ['DNSRecordsComplete True'] },
  Found: { turn: 'nobody', et: ['DistributionReady True', 'ConnectionGroupsReady True'] },
  Inherited: { turn: 'nobody', et: ['WebACLReady True'] },
  ExistingWebACL: { turn: 'nobody', et: ['WebACLReady True'] },
  WebACLDisabled: { turn: 'nobody', et: ['WebACLReady True'] },
  RulesInForce: { turn: 'nobody', et: ['WebACLReady True'] },

  Pending: {
    turn: 'ours', td: ['Accepted', 'Programmed', 'Ready Unknown'], et: ['WebACLReady', 'WebACLReady True', 'WebACLReady Unknown', 'Ready Unknown'],
    todo: 'Nobody looks at new objects for a minute: see [TenantEdgeNoLeader](runbook.md#tenantedgenoleader). What AWS does not take for 15 minutes becomes `InvalidRequest`.',
  },
  Creating: { turn: 'ours', td: ['Programmed'], et: ['ConnectionGroupsReady', 'WebACLReady', 'WebACLReady True'], todo: 'Seconds. Many at once wait for [AWS\'s rates](operate.md#rates).' },
  Updating: { turn: 'ours', td: ['Programmed'], et: ['WebACLReady', 'WebACLReady True'], todo: 'Seconds; who is served stays served. Many at once wait for [AWS\'s rates](operate.md#rates).' },
  Deploying: { turn: 'ours', td: ['Programmed'], et: ['ConnectionGroupsReady', 'ConnectionGroupsReady True'], todo: 'After half an hour look at the resource in the CloudFront console.' },
  Deleting: {
    turn: 'ours', td: ['CertificateReady', 'CertificateReady Unknown', 'Programmed', 'DNSConfigured Unknown'], et: ['Accepted', 'ConnectionGroupsReady', 'WebACLReady'],
    todo: 'Longer than half an hour: [an object that does not go away](operate.md#an-object-that-does-not-go-away).',
  },
  InUse: {
    turn: 'ours', td: ['CertificateReady'], et: ['Accepted', 'ConnectionGroupsReady', 'WebACLReady'],
    todo: 'A certificate: AWS notices in 4 to 20 minutes, at times in days. A tier: move or delete the TenantDomains named. A connection group: have the customers named change their CNAME.',
  },
  RequestingCertificate: { turn: 'ours', td: ['CertificateReady'], todo: 'Longer than a minute: many wait before it, for [AWS\'s rates](operate.md#rates).' },
  Requested: { turn: 'ours', td: ['CertificateReady'], todo: 'Seconds. Hand no records on before `DNSRecordsComplete` is True.' },
  Validating: { turn: 'ours', td: ['CertificateReady'], todo: 'Minutes. After an hour compare the records from outside your network with `status.dnsRecords`; CAA records can forbid Amazon to issue.' },
  WaitingForCertificate: { turn: 'ours', td: ['Programmed'], todo: '`CertificateReady` says who has to act.' },
  RecordsIncomplete: { turn: 'ours', td: ['DNSRecordsComplete'], todo: 'Seconds after a certificate is requested, and the message says whether one is. `Accepted` says why where the spec is not accepted.' },
  RollingOut: { turn: 'ours', et: ['WebACLReady True'], todo: 'To stop it: `tenantedge.dev/paused`. To undo it: put the old rules back, which takes effect at once.' },
  WaitingForWebACL: { turn: 'ours', td: ['Programmed'], todo: 'The tier\'s `WebACLReady` says what it does, or what keeps it: mostly `QuotaExceeded`.' },
  WebACLFull: { turn: 'ours', td: ['Programmed'], todo: 'Nothing; if it comes back, somebody else fills the tier\'s web ACLs.' },
  Retiring: { turn: 'ours', et: ['ConnectionGroupsReady True', 'WebACLReady True'], todo: 'A connection group: have the customers named change their CNAME. Nothing is at risk meanwhile.' },
  DistributionDeploying: { turn: 'ours', et: ['DistributionReady', 'DistributionReady True'], todo: 'Tenants go on being served; a new tier waits.' },
  Throttled: { turn: 'ours', ...anyCall, todo: 'Others call AWS in this account too, or [a rate](operate.md#rates) is set above the quota: `aws_throttles_total` by class.' },
  AWSError: { turn: 'ours', ...anyCall, todo: 'For all objects at once: [TenantEdgeAWSErrors](runbook.md#tenantedgeawserrors).' },
  KubernetesError: { turn: 'ours', event: true, todo: '[TenantEdgeKubernetesErrors](runbook.md#tenantedgekuberneteserrors); a refusal names the permission or the policy.' },
  Conflict: { turn: 'ours', ...anyChange, todo: 'Nothing; if it stays, another program changes the same resource or object.' },
  Unknown: { turn: 'ours', td: ['DNSConfigured Unknown'], todo: 'Where DNS fails for all: `--dns-servers`, and the way there ([NetworkPolicy](../helm/tenant-edge/README.md#network)).' },

  NoDefaultConnectionGroup: { turn: 'customer', et: ['ConnectionGroupsReady True'], todo: 'Nothing with the first tenant on its way. A group of the tier\'s own in `connectionGroups` needs no default.' },
  WaitingForValidation: { turn: 'customer', td: ['CertificateReady', 'Programmed'], todo: 'Show the customer `status.dnsRecords` and `status.httpRedirects`.' },
  StillAtOldEndpoint: { turn: 'customer', td: ['DNSConfigured'], todo: 'No hurry: the old group is kept for as long as a customer\'s DNS leads to it.' },
  RenewalAtRisk: { turn: 'customer', td: ['CertificateReady True'], todo: 'Before the date in the message: [TenantEdgeRenewalAtRisk](runbook.md#tenantedgerenewalatrisk).' },
  IssuerSwitchRefused: { turn: 'customer', td: ['CertificateReady True'], todo: 'Nothing, or go back to the former `certificate.issuer`.' },
  WaitingForCustomerDNS: { turn: 'customer', td: ['CertificateReady'], todo: 'Show the customer `status.dnsRecords`. A record is noticed within 30 s in the first 15 minutes, within 5 minutes later.' },
  ValidationTimedOut: { turn: 'customer', td: ['CertificateReady'], todo: 'Nothing; it costs nothing meanwhile. Where a redirect may validate the names it is asked for 1, 8, then 64 days later all the same.' },
  NotConfigured: { turn: 'customer', td: ['DNSConfigured'], todo: 'Records with the action `AddWhenReady` wait for `Ready`.' },
  PointsElsewhere: { turn: 'customer', td: ['DNSConfigured'], todo: '`status.dnsRecords[].observed` has what was found. Through another proxy the name may be served all the same.' },
  PartlyConfigured: { turn: 'customer', td: ['DNSConfigured'], todo: '`status.domains[].dns` is `Found` for those that point here.' },
  TierNotFound: { turn: 'customer', td: ['Accepted'], todo: 'Nothing when tier and tenants were applied together. A deletion meanwhile [retains](operate.md#delete-and-retain).' },
  TierNotReady: { turn: 'customer', td: ['Accepted'], todo: '`kubectl get et -o wide`. Who is served stays served.' },
  WaitingForTier: { turn: 'customer', td: ['OwnershipVerified Unknown', 'CertificateReady Unknown', 'Programmed', 'DNSConfigured Unknown'], todo: '`Accepted` says what is wrong. Who is served stays served.' },

  InvalidDomain: { turn: 'author', td: ['Accepted', 'CertificateReady'], todo: 'The message has the name and what is wrong with it.' },
  InvalidRequest: { turn: 'author', ...anyChange, todo: 'The same object is asked for again every 10 minutes, or 6 hours; another spec at once.' },
  NamespaceNotAllowed: { turn: 'author', td: ['Accepted'], todo: 'Label the namespace as the tier\'s selector wants. A tenant that loses its permission stays served as it is.' },
  OverrideNotAllowed: { turn: 'author', td: ['Accepted'], todo: 'The message names the field of `tenantOverrides`.' },
  ParameterMissing: { turn: 'author', td: ['Accepted'], todo: '`kubectl get et NAME -o jsonpath={.status.distribution.parameters}` has what the distribution defines.' },
  ParameterUndefined: { turn: 'author', td: ['Accepted'], et: ['Accepted'], todo: 'As for `ParameterMissing`; or define it in the distribution, which is seen within `--fleet-poll`.' },
  CertificateNotFound: { turn: 'author', td: ['CertificateReady'], todo: 'It has to be in the account of the installation.' },
  CertificateNotIssued: { turn: 'author', td: ['CertificateReady'], todo: 'Imported certificates are renewed by whoever imported them: import the new one under the same ARN.' },
  CertificateNotCovering: { turn: 'author', td: ['CertificateReady'], todo: 'A wildcard covers one label.' },
  CertificateNotAllowed: { turn: 'author', td: ['CertificateReady'], todo: 'Tag `tenantedge.dev/allow-namespace` with the namespace as its value; seen within 10 minutes.' },
  WebACLNotFound: { turn: 'author', et: ['WebACLReady'], td: ['Programmed'], todo: 'It has to be of scope CLOUDFRONT.' },
  WebACLNotAllowed: { turn: 'author', td: ['Programmed'], todo: 'Tag `tenantedge.dev/allow-namespace` with the namespace as its value; seen within 10 minutes.' },
  DistributionNotFound: { turn: 'author', et: ['DistributionReady'], todo: '`distributionId` cannot be changed: make another tier.' },
  DistributionNotMultiTenant: { turn: 'author', et: ['DistributionReady'], todo: '`distributionId` cannot be changed: make another tier.' },
  DistributionDisabled: { turn: 'author', et: ['DistributionReady'], todo: 'Nobody on it is served until then.' },
  ConnectionGroupNotFound: { turn: 'author', et: ['ConnectionGroupsReady'], todo: '`id` cannot be changed: add another group and take this one out.' },
  ConnectionGroupDisabled: { turn: 'author', td: ['Accepted', 'Ready'], et: ['ConnectionGroupsReady'], todo: 'One that is the tier\'s own is enabled by the controller.' },
  CapacityExceeded: { turn: 'author', et: ['WebACLReady'], todo: 'The running rules stay. `status.webACLs[].wcu` has what they take; observed rules count twice.' },
  RulesRefused: { turn: 'author', et: ['WebACLReady'], todo: 'Who is served stays protected as before; nobody gets the new rules.' },
  MoveRefused: { turn: 'author', td: ['Programmed'], todo: 'Put the old `tierRef` back, or make a new TenantDomain on the other tier after deleting this one.' },
  WildcardNotSupported: { turn: 'author', td: ['Accepted'], todo: 'Or name the hosts one by one.' },

  ValidationFailed: { turn: 'account', td: ['CertificateReady'], todo: 'Asked for again after 1 hour, 1 day, then every 24 days; sooner when the names change, or the failed certificate is deleted in ACM. For a name that is no public one, only then.' },
  DomainTaken: { turn: 'account', td: ['Programmed'], todo: 'The other domains are served. Looked at again every 10 minutes.' },
  NameTaken: { turn: 'account', ...anyChange, todo: 'Mostly a create whose answer was lost, and found at the next look. If it stays, see `NotOurs`.' },
  NotOurs: { turn: 'account', td: ['Programmed'], et: ['ConnectionGroupsReady', 'WebACLReady'], todo: 'To have it adopted, give it [our tags](operate.md#changes-by-hand).' },
  CertificatesReserved: { turn: 'account', td: ['CertificateReady', 'CertificateReady True'], todo: '[Quotas](operate.md#quotas), and then `--acm-certificates-per-year`. True: the issuer is not changed yet, and the present certificate serves.' },
  QuotaExceeded: { turn: 'account', ...anyChange, todo: '[Quotas](operate.md#quotas). Tried again every 10 minutes; others go on.' },
  AccessDenied: { turn: 'account', ...anyCall, todo: '[The policies](../helm/iam) have every action; the message names the one. [TenantEdgeAWSDenied](runbook.md#tenantedgeawsdenied).' },

  EnabledFalse: { turn: 'wish', td: ['Ready'], todo: 'Certificate and distribution tenant stay, and so do their costs.' },
  Paused: { turn: 'wish', ...held, todo: '[Pause and dry run](operate.md#pause-and-dry-run). Deletion waits too.' },
  DryRun: { turn: 'wish', ...held, todo: '[Pause and dry run](operate.md#pause-and-dry-run).' },
  Retained: { turn: 'wish', event: true, todo: '[Delete and retain](operate.md#delete-and-retain) says how to take it up again.' },
  Orphaned: { turn: 'account', event: true, todo: '[TenantEdgeOrphans](runbook.md#tenantedgeorphans). What `Retain` left is told of too.' },
};
