/*
 * The closed, documented list of what a condition is about and why it stands as it does. A reason is one word for programs, its
 * sentence is for people: what it means and what to do. Reasons are never renamed; alerts and scripts rest on them.
 */

/** The conditions of a TenantDomain, in the order in which they become true. */
export const tenantDomainConditions = {
  Accepted: 'The spec is valid, and its tier and namespace allow it.',
  OwnershipVerified: 'Every domain is proved to belong to the customer, or the tier asks for no proof.',
  CertificateReady: 'An issued certificate covers every domain.',
  Programmed: 'CloudFront has deployed the distribution tenant as the spec says.',
  DNSConfigured: "The customer's DNS points every domain here; reported beside Ready, never inside it.",
  DNSRecordsComplete: 'status.dnsRecords names every record that the customer needs; while it is False, more will come.',
  Ready: 'Every domain is served as soon as DNS points here: the signal to switch DNS.',
  Reconciling: 'Present while the controller or AWS works on it: nobody else has to act.',
  Stalled: 'Present while nothing can go on before a person acts: the message says what.',
} as const satisfies Record<string, string>;

/** The conditions of an EdgeTier, in the order in which they become true. */
export const edgeTierConditions = {
  Accepted: 'The spec is valid.',
  DistributionReady: 'The multi-tenant distribution exists, is enabled and deployed.',
  ConnectionGroupsReady: 'Every connection group exists and is enabled; the default group may come with the first tenant.',
  WebACLReady: 'The web ACL that the tier names exists, or those of its own have its rules, or it asks for none.',
  Ready: 'The tier can take tenants.',
  Reconciling: 'Present while the controller or AWS works on it: nobody else has to act.',
  Stalled: 'Present while nothing can go on before a person acts: the message says what.',
} as const satisfies Record<string, string>;

export type TenantDomainConditionType = keyof typeof tenantDomainConditions;
export type EdgeTierConditionType = keyof typeof edgeTierConditions;

/** Every reason of every condition of both kinds, and of the notices and failures of a pass. */
export const reasons = {
  // As it should be.
  Accepted: 'The spec is valid and allowed; nothing to do.',
  Available: 'The tier can take tenants; nothing to do.',
  Served: 'Every domain is served as soon as DNS points here; switch DNS if DNSConfigured is False.',
  NotRequired: 'The tier does not ask for this; nothing to do.',
  Issued: 'An issued certificate covers every domain; nothing to do.',
  Deployed: 'CloudFront has deployed it as the spec says; nothing to do.',
  Configured: "The customer's DNS points every domain here; nothing to do.",
  RecordsComplete: 'status.dnsRecords names every record that the customer needs; have them added.',
  Found: 'The AWS resource is there, as the spec names it; nothing to do.',
  Inherited: "The distribution's own web ACL applies, if it has one; nothing to do.",
  ExistingWebACL: 'The web ACL that the spec names exists; nothing to do.',
  WebACLDisabled: 'No web ACL applies, as the spec says; set webACL to change that.',
  RulesInForce: 'Every web ACL of the tier has its rules; nothing to do.',

  // The controller or AWS works on it.
  Pending: 'The controller has not looked at it yet, or AWS does not know something new that it depends on yet; wait.',
  Creating: 'The AWS resource is being created; wait.',
  Updating: 'The AWS resource is being changed to what the spec says; wait.',
  Deploying: 'CloudFront accepted the configuration and is deploying it; wait some minutes.',
  Deleting: 'The AWS resources are being deleted, which CloudFront does in steps; wait.',
  InUse: 'Something still uses it, so that it cannot be deleted yet; the message names what.',
  RequestingCertificate: 'A certificate is being requested from ACM; wait.',
  Requested: 'The certificate is requested, and ACM has not made its validation records yet; wait.',
  Validating: 'The validation records are in DNS and ACM is checking them; wait.',
  WaitingForCertificate: 'The distribution tenant is made, or moves to its new distribution, once its certificate is issued; see CertificateReady.',
  RecordsIncomplete: 'More DNS records will come, mostly because ACM has not made them yet; wait before handing them on.',
  RollingOut: 'A change of rules reaches one web ACL after the other; status.rollout shows how far it is.',
  WaitingForWebACL: 'The tier is making or opening a web ACL for this tenant; wait.',
  WebACLFull: 'The web ACL took another tenant at the same moment; the controller chooses another one at once.',
  Retiring: 'Something that the spec no longer names still serves; it is deleted once nobody uses it, and the message says who does.',
  DistributionDeploying: "The tier's distribution is being deployed; wait some minutes.",
  Throttled: 'AWS asks for fewer calls, so the controller slows down; raise the API rate if it stays.',
  AWSError: 'AWS or the way to it failed; the controller tries again, and the message has the error.',
  KubernetesError: 'The API server or the way to it failed; the controller tries again, and the message has the error.',
  Conflict: 'Something changed while the controller looked at it; it looks again at once.',
  Unknown: 'Nobody could say: a read or a resolver failed; the controller tries again.',

  // A customer or another object has to come first.
  NoDefaultConnectionGroup: 'The account has no default connection group yet; CloudFront makes it with the first tenant, or name one in connectionGroups.',
  WaitingForValidation: 'CloudFront validates the domains over HTTP; have the customer point DNS here, or redirect as status.httpRedirects says.',
  StillAtOldEndpoint: "The customer's DNS points at another connection group of ours, which goes on serving; have them change the record to what status.dnsRecords says.",
  RenewalAtRisk: 'The certificate serves, but ACM cannot renew it; the message names what is missing, have the customer put it back.',
  IssuerSwitchRefused: 'CloudFront did not take up the request for a certificate of its own, so that the present one goes on serving; nothing is at risk.',
  WaitingForCustomerDNS: 'The customer has not added the validation records yet; have them add what status.dnsRecords says.',
  ValidationTimedOut: 'The validation records were missing for 72 hours, so ACM gave up; have the customer add the records, and it is asked again.',
  NotConfigured: "The customer's DNS points no domain here; have them add the records once Ready is True.",
  PointsElsewhere: "The customer's DNS points a domain somewhere else; have them change the record to what status.dnsRecords says.",
  PartlyConfigured: "The customer's DNS points some of the domains here; status.domains says which are missing.",
  TierNotFound: 'The EdgeTier that tierRef names does not exist; create it or correct the name.',
  TierNotReady: 'The EdgeTier is not ready; see its own conditions.',
  WaitingForTier: 'Nothing is done for this before the tier is there and allows it; see Accepted.',

  // A person has to change the spec, or the tier.
  InvalidDomain: 'A domain is no name that can be served; correct it in spec.domains.',
  InvalidRequest: 'AWS refuses the configuration, or takes it and leaves something as it was; the message has its words, correct the spec.',
  NamespaceNotAllowed: "The tier's allowedNamespaces do not admit this namespace; change them or use another tier.",
  OverrideNotAllowed: "The tier's tenantOverrides do not allow a setting of this object; remove it or have the tier allow it.",
  ParameterMissing: 'The distribution requires a parameter that has no value; set it in the tier or in this object.',
  ParameterUndefined: 'A parameter is set that the distribution does not define; correct its name or remove it.',
  CertificateNotFound: 'ACM in us-east-1 has no such certificate; correct its ARN or create it.',
  CertificateNotIssued: 'The certificate named is not issued; renew or replace it.',
  CertificateNotCovering: 'The certificate named does not cover every domain; reissue it or remove the domains.',
  CertificateNotAllowed: 'The certificate named lacks the tag that lets this namespace use it; have its owner add it.',
  WebACLNotFound: 'The web ACL named does not exist; correct its ARN or create it.',
  WebACLNotAllowed: 'The web ACL named lacks the tag that lets this namespace use it; have its owner add it.',
  DistributionNotFound: 'The distribution named does not exist in this account; correct distributionId.',
  DistributionNotMultiTenant: 'The distribution named is not a multi-tenant one; name one whose connection mode is tenant-only.',
  DistributionDisabled: 'The distribution named is disabled, so that nothing is served; enable it.',
  ConnectionGroupNotFound: 'A connection group named does not exist; correct its id or create it.',
  ConnectionGroupDisabled: 'A connection group named is disabled, so that nothing is served through it; enable it.',
  CapacityExceeded: 'The rules need more web ACL capacity units than AWS allows in one web ACL; remove rules.',
  RulesRefused: "AWS refuses the rules, so that the running ones stay; the message has AWS's reason, correct spec.webACL.managed.rules.",
  MoveRefused: 'CloudFront refuses to move the tenant to another distribution; the message has its words, and it is served as before.',
  WildcardNotSupported: 'CloudFront validates certificates of its own over HTTP, which no wildcard can pass; use a tier whose certificate.issuer is ACM.',

  // A person has to act outside the cluster.
  ValidationFailed: 'ACM refused the certificate, mostly for a CAA record or a name it does not serve; the message says why.',
  DomainTaken: 'CloudFront serves a domain for somebody else already; have it removed there first.',
  NameTaken: 'An AWS resource of that name exists and is not ours; delete or rename it.',
  NotOurs: 'The AWS resource does not carry our mark, so it is left alone; delete it, or mark it to be adopted.',
  CertificatesReserved: "What is left of ACM's yearly quota is kept for replacing certificates that serve; ask AWS to raise the quota, or wait.",
  QuotaExceeded: 'An AWS quota is used up; the message names it, ask AWS to raise it.',
  AccessDenied: 'AWS denies the controller a call; add it to the IAM role.',

  // As somebody wished.
  EnabledFalse: 'spec.enabled is false: everything is kept and nothing is served; set it to true to serve.',
  Paused: 'The annotation tenantedge.dev/paused stops all changes in AWS; remove it to go on.',
  DryRun: 'The annotation tenantedge.dev/dry-run stops all changes in AWS; the message says what would be done, remove it to do it.',
  Retained: 'The object is deleted and its AWS resources stay, as deletionPolicy says; the message names them.',

  // Said of what is left in AWS, in an event where its object was.
  Orphaned: 'An AWS resource carries our mark and no object wants it; delete it by hand, create its TenantDomain or EdgeTier again, which adopts it, or take the tag tenantedge.dev/installation off what is to stay.',
} as const satisfies Record<string, string>;

export type Reason = keyof typeof reasons;
