// Generated from crds/*.yaml by crds/generate.ts: change those, then `npm run generate`.

/** What we read of Kubernetes' ObjectMeta. Times are RFC 3339. */
export type ObjectMeta = {
  readonly name: string;
  /** Absent on cluster-scoped objects. */
  readonly namespace?: string;
  readonly uid: string;
  readonly resourceVersion: string;
  readonly generation: number;
  readonly creationTimestamp?: string;
  readonly deletionTimestamp?: string;
  readonly finalizers?: readonly string[];
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
};

/**
 * One plan of a SaaS platform (basic, enterprise): a CloudFront multi-tenant distribution as the blueprint, and what a TenantDomain that
 * refers to it inherits and may choose. While it has the annotation tenantedge.dev/paused: "true", nothing of its own is changed in AWS,
 * not even on deletion. With the annotation tenantedge.dev/dry-run: "true" nothing is changed either, and its conditions say what would be
 * done.
 */
export type EdgeTier = {
  readonly apiVersion: 'tenantedge.dev/v1alpha1';
  readonly kind: 'EdgeTier';
  readonly metadata: ObjectMeta;
  readonly spec: EdgeTierSpec;
  readonly status?: EdgeTierStatus;
};

/** What the platform wants of this tier. Only distributionId and ownership are required. */
export type EdgeTierSpec = {
  /**
   * The multi-tenant distribution (connection mode tenant-only) that tenants of this tier inherit from, like E2EXAMPLE1234. It must exist;
   * Tenant Edge never changes it. Immutable.
   */
  readonly distributionId: string;
  /**
   * The connection groups that tenants of this tier may be reached through. Customers' CNAMEs point at a group's endpoint, so a group is
   * added or removed, and never replaced. Absent or empty means the account's default group.
   */
  readonly connectionGroups?: readonly ConnectionGroup[];
  /**
   * The name, among connectionGroups, of the group that a TenantDomain without a connectionGroup uses. Required with connectionGroups, and
   * only then.
   */
  readonly defaultConnectionGroup?: string;
  /** The AWS WAF web ACL of tenants that choose none themselves. Absent means Inherit. */
  readonly webACL: WebACL;
  /** Where the certificates of this tier's tenants come from. Absent means issuer ACM. */
  readonly certificate: TierCertificate;
  /**
   * Values for the parameters of the multi-tenant distribution, for every tenant of this tier. A TenantDomain's own value wins where
   * tenantOverrides.parameters allows it.
   */
  readonly parameters?: readonly Parameter[];
  /** Countries that tenants of this tier are served in. Absent means the distribution's own restriction. */
  readonly geoRestriction?: GeoRestriction;
  /** The namespaces whose TenantDomains may use this tier. Absent means none may. */
  readonly allowedNamespaces: AllowedNamespaces;
  /** What a TenantDomain may set for itself. What is absent here, it may not. */
  readonly tenantOverrides?: TenantOverrides;
  /** How a TenantDomain must show that its domains are its own before anything is done for them. */
  readonly ownership: Ownership;
  /**
   * What becomes of the AWS resources of a deleted TenantDomain that sets no deletionPolicy itself, and of the tier's own web ACLs, IP sets
   * and managed connection groups when the tier is deleted. Delete: they are deleted. Retain: they stay and go on serving.
   */
  readonly deletionPolicy: DeletionPolicy;
};

/** A connection group, under the name this tier gives it. */
export type ConnectionGroup = {
  /** The name that defaultConnectionGroup, tenantOverrides and TenantDomains use, like shared. */
  readonly name: string;
  /**
   * Managed: Tenant Edge makes the group and keeps it as managed says. Taken out of the list, it is deleted as soon as no tenant is
   * assigned to it and no customer's DNS points at it any more. Existing: somebody else made the group and id names it; it is used and
   * never changed. Immutable.
   */
  readonly type: 'Managed' | 'Existing';
  /** CloudFront's id of the group, like cg_2abcDEF. Required with type Existing, and only with it. Immutable. */
  readonly id?: string;
  /**
   * Settings of a group that Tenant Edge makes, changed in place without another endpoint. With type Managed only; absent means the
   * defaults.
   */
  readonly managed?: ManagedConnectionGroup;
};

/**
 * Settings of a group that Tenant Edge makes, changed in place without another endpoint. With type Managed only; absent means the defaults.
 */
export type ManagedConnectionGroup = {
  /** Whether the endpoint answers over IPv6 besides IPv4. */
  readonly ipv6: boolean;
  /**
   * CloudFront's id of an Anycast static IP list, whose addresses the endpoint then has: for customers who must put addresses into a
   * firewall or an apex. Absent means none.
   */
  readonly anycastIpListId?: string;
};

/** The AWS WAF web ACL of tenants that choose none themselves. Absent means Inherit. */
export type WebACL = {
  /**
   * Inherit: the distribution's own web ACL, if it has one. Managed: web ACLs that Tenant Edge makes and keeps as managed says, as many as
   * the tenants need. Existing: the one that arn names, which is used and never changed. Disabled: none, even if the distribution has one.
   */
  readonly type: 'Inherit' | 'Managed' | 'Existing' | 'Disabled';
  /** ARN of a WAFv2 web ACL of scope CLOUDFRONT, which is always in us-east-1. With type Existing only. */
  readonly arn?: string;
  /** What the tier's own web ACLs do, all of them the same. With type Managed only. */
  readonly managed?: ManagedWebACL;
};

/** What the tier's own web ACLs do, all of them the same. With type Managed only. */
export type ManagedWebACL = {
  /** What becomes of a request that no rule decides on. Allow: it is served. Block: it is answered with 403. */
  readonly defaultAction: 'Allow' | 'Block';
  /**
   * How many tenants share one web ACL. AWS associates 100 with a web ACL unless that quota was raised, and every web ACL costs money. The
   * next one is opened when those there are more than 90 % full, all together; the last one is drained into the others and deleted when
   * that leaves them less than 70 % full.
   */
  readonly tenantsPerACL: number;
  /** How a change of the rules reaches the web ACLs. Absent means one after the other, without a pause. */
  readonly rollout: WebACLRollout;
  /**
   * The rules, in the order in which they judge a request: the first that allows, blocks or challenges it decides. Absent or empty means
   * that defaultAction decides on every request.
   */
  readonly rules?: readonly WebACLRule[];
};

/** How a change of the rules reaches the web ACLs. Absent means one after the other, without a pause. */
export type WebACLRollout = {
  /**
   * Seconds between one web ACL and the next, to look at metrics before more tenants have the change; with observe, also how long the new
   * rules only count.
   */
  readonly pauseSeconds: number;
  /**
   * Whether new and changed rules first only count, beside the old ones, and act after pauseSeconds. What they would have done is in the
   * CloudWatch metrics of rules whose name ends in -observed. Meanwhile those rules take web ACL capacity twice.
   */
  readonly observe: boolean;
};

/** One rule of a web ACL. type says what it looks at, and the field of that kind has the details. */
export type WebACLRule = {
  /** Its name in the web ACL and in CloudWatch metrics, like per-address-limit. A rule with another name is another rule. */
  readonly name: string;
  /**
   * ManagedRuleGroup: rules that AWS or a seller on AWS Marketplace keeps. RateLimit: more requests than a limit. IPSet: addresses of the
   * viewer. Country: where the viewer's address is.
   */
  readonly type: 'ManagedRuleGroup' | 'RateLimit' | 'IPSet' | 'Country';
  /**
   * What becomes of a request that the rule matches. Allow: it is served, and no later rule looks at it. Block: it is answered with 403.
   * Count: it is only counted. Challenge: the browser must solve a puzzle unseen. CAPTCHA: a person must solve one. The last two are for
   * pages, cost extra and stop programs. Required with every type but ManagedRuleGroup, and not allowed there; a RateLimit cannot Allow.
   */
  readonly action?: 'Allow' | 'Block' | 'Count' | 'Challenge' | 'CAPTCHA';
  /** A rule group that somebody else keeps. With type ManagedRuleGroup only. */
  readonly managedRuleGroup?: ManagedRuleGroup;
  /**
   * Matches the requests beyond a limit, for as long as it is exceeded; AWS counts with a delay and not exactly. With type RateLimit only.
   */
  readonly rateLimit?: RateLimit;
  /** Matches addresses of viewers. With type IPSet only. */
  readonly ipSet?: IPSet;
  /**
   * Matches viewers by the country of their address: two-letter codes of ISO 3166-1 (and XK) in upper case, like DE. With type Country
   * only.
   */
  readonly countries?: readonly string[];
};

/** A rule group that somebody else keeps. With type ManagedRuleGroup only. */
export type ManagedRuleGroup = {
  /** Who keeps the group, like AWS, as wafv2 ListAvailableManagedRuleGroups says it. */
  readonly vendor: string;
  /** Name of the group, like AWSManagedRulesCommonRuleSet. A group of AWS Marketplace has to be subscribed to. */
  readonly name: string;
  /**
   * Version of the group to stay on, like Version_1.5; versions expire. Absent means the one its vendor makes the default, which changes
   * without a rollout.
   */
  readonly version?: string;
  /**
   * Names of the group's rules that only count instead of acting, like SizeRestrictions_BODY, for those that block what is wanted. Absent
   * means that all rules act as the group says.
   */
  readonly countRules?: readonly string[];
  /**
   * Only requests whose path starts with this are judged by the group, and paid for where it costs by request, like /login. The case of
   * letters counts. Absent means all requests.
   */
  readonly pathPrefix?: string;
  /** Settings of AWS WAF Bot Control. With the group AWSManagedRulesBotControlRuleSet only; absent means AWS's defaults. */
  readonly botControl?: BotControl;
  /**
   * Settings of AWS WAF Fraud Control account takeover prevention. Required with the group AWSManagedRulesATPRuleSet, and only with it.
   * Without usernameField, passwordField and payloadType it does not look for stolen credentials in requests.
   */
  readonly accountTakeover?: AccountTakeoverPrevention;
};

/** Settings of AWS WAF Bot Control. With the group AWSManagedRulesBotControlRuleSet only; absent means AWS's defaults. */
export type BotControl = {
  /** COMMON: bots that say what they are. TARGETED: also those that hide it, by their behaviour, at a higher price per request. */
  readonly inspectionLevel: 'COMMON' | 'TARGETED';
};

/**
 * Settings of AWS WAF Fraud Control account takeover prevention. Required with the group AWSManagedRulesATPRuleSet, and only with it.
 * Without usernameField, passwordField and payloadType it does not look for stolen credentials in requests.
 */
export type AccountTakeoverPrevention = {
  /**
   * Path that logins are posted to, like /web/login; every path that starts with it counts as one. The same for all tenants of the tier.
   */
  readonly loginPath: string;
  /**
   * Where the request's body has the user's name: with JSON a JSON pointer like /form/username, with FORM_ENCODED the name of the form's
   * field. Set with passwordField and payloadType, or absent.
   */
  readonly usernameField?: string;
  /** Where the request's body has the password, in the same form. Set with usernameField and payloadType, or absent. */
  readonly passwordField?: string;
  /** Form of the request's body. Set with usernameField and passwordField, or absent. */
  readonly payloadType?: 'JSON' | 'FORM_ENCODED';
};

/**
 * Matches the requests beyond a limit, for as long as it is exceeded; AWS counts with a delay and not exactly. With type RateLimit only.
 */
export type RateLimit = {
  /** How many requests within windowSeconds pass, for each value of key. */
  readonly requests: number;
  /** Over how many seconds, back from now, requests are counted. */
  readonly windowSeconds: number;
  /**
   * What is counted apart. IP: every address of a viewer, across all tenants of the web ACL. Tenant: every domain of a tenant, as the Host
   * header says. TenantAndIP: every address on every domain.
   */
  readonly key: 'IP' | 'Tenant' | 'TenantAndIP';
};

/** Matches addresses of viewers. With type IPSet only. */
export type IPSet = {
  /**
   * Networks in CIDR notation, IPv4 and IPv6 mixed, like 203.0.113.0/24, 2001:db8::/32, or 203.0.113.7/32 for one address. They lie in IP
   * sets that all web ACLs of the tier share, so that a change of them acts everywhere at once and is no part of a rollout.
   */
  readonly cidrs: readonly string[];
};

/** Where the certificates of this tier's tenants come from. Absent means issuer ACM. */
export type TierCertificate = {
  /**
   * ACM: one certificate per TenantDomain is requested from AWS Certificate Manager and validated by DNS. CloudFront: CloudFront requests
   * it and validates it over HTTP, without wildcards, once DNS points here or status.httpRedirects are in place; only an apex needs a
   * validation record, a TXT of _cf-challenge. Distribution: the blueprint's own (wildcard) certificate covers the tenants, and none is
   * requested.
   */
  readonly issuer: 'ACM' | 'CloudFront' | 'Distribution';
  /**
   * Key of the certificates that ACM issues. Absent means RSA_2048. With issuer ACM only. A change is for certificates requested from then
   * on; those that are there stay as they are.
   */
  readonly keyAlgorithm?: 'RSA_2048' | 'EC_prime256v1';
};

/** A value for one parameter of the multi-tenant distribution. */
export type Parameter = {
  /** Name of the parameter, as the distribution defines it. */
  readonly name: string;
  /** Its value: letters, digits, dot, slash, underscore and hyphen. It becomes part of origin names and paths. */
  readonly value: string;
};

export type GeoRestriction = {
  /** None: served everywhere. Allow: only in countries. Deny: everywhere but in countries. */
  readonly type: 'None' | 'Allow' | 'Deny';
  /** Two-letter country codes of ISO 3166-1 (and XK) in upper case, like DE. With Allow and Deny only. */
  readonly countries?: readonly string[];
};

/** The namespaces whose TenantDomains may use this tier. Absent means none may. */
export type AllowedNamespaces = {
  /** None: no namespace. All: every namespace. Selector: the namespaces whose labels selector matches. */
  readonly from: 'None' | 'All' | 'Selector';
  /** Matches a namespace when all of matchLabels and matchExpressions do. An empty selector matches every namespace. */
  readonly selector?: LabelSelector;
};

/** Matches a namespace when all of matchLabels and matchExpressions do. An empty selector matches every namespace. */
export type LabelSelector = {
  /** Labels that the namespace must carry with these values. */
  readonly matchLabels?: Readonly<Record<string, string>>;
  /** Requirements on labels; all must hold. */
  readonly matchExpressions?: readonly LabelSelectorRequirement[];
};

/** A requirement on one label. */
export type LabelSelectorRequirement = {
  /** Key of the label. */
  readonly key: string;
  /** How the label's value relates to values. */
  readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
  /** Values to compare with. With In and NotIn only. */
  readonly values?: readonly string[];
};

/** What a TenantDomain may set for itself. What is absent here, it may not. */
export type TenantOverrides = {
  /** The parameters that a TenantDomain may give a value, and which values. */
  readonly parameters?: readonly ParameterOverride[];
  /** Lets a TenantDomain set its own geoRestriction. */
  readonly geoRestriction?: GeoRestrictionOverride;
  /** Lets a TenantDomain choose its own web ACL. */
  readonly webACL?: WebACLOverride;
  /** Lets a TenantDomain bring its own certificate. */
  readonly certificate?: CertificateOverride;
  /** Lets a TenantDomain choose its connection group. */
  readonly connectionGroup?: ConnectionGroupOverride;
};

/** One parameter that a TenantDomain may set, either to one of values or to anything of a format. */
export type ParameterOverride = {
  /** Name of the parameter, as the distribution defines it. */
  readonly name: string;
  /** The values that are allowed. */
  readonly values?: readonly string[];
  /**
   * Label: a DNS label, like client-brand. Path: like /clients/brand, segments of letters, digits, dots, underscores and hyphens that start
   * with no dot, each after one slash.
   */
  readonly format?: 'Label' | 'Path';
};

/** Lets a TenantDomain set its own geoRestriction. */
export type GeoRestrictionOverride = {
  /** The types of geoRestriction that are allowed. */
  readonly allow: readonly ('None' | 'Allow' | 'Deny')[];
};

/** Lets a TenantDomain choose its own web ACL. */
export type WebACLOverride = {
  /**
   * Inherit and Disabled allow the types of that name. TaggedARN allows type Existing with a web ACL that carries the AWS tag
   * tenantedge.dev/allow-namespace with the TenantDomain's namespace as its value.
   */
  readonly allow: readonly ('Inherit' | 'Disabled' | 'TaggedARN')[];
};

/** Lets a TenantDomain bring its own certificate. */
export type CertificateOverride = {
  /**
   * TaggedARN allows an ACM certificate that carries the AWS tag tenantedge.dev/allow-namespace with the TenantDomain's namespace as its
   * value.
   */
  readonly allow: readonly 'TaggedARN'[];
};

/** Lets a TenantDomain choose its connection group. */
export type ConnectionGroupOverride = {
  /** Names of connectionGroups that may be chosen. */
  readonly allow: readonly string[];
};

/** How a TenantDomain must show that its domains are its own before anything is done for them. */
export type Ownership = {
  /**
   * None: no proof is asked beyond what ACM asks before it issues a certificate. Whoever may create a TenantDomain in an allowed namespace
   * may ask for any domain.
   */
  readonly proof: 'None';
};

export type DeletionPolicy = 'Delete' | 'Retain';

/** What Tenant Edge has seen. Written by the controller only; every id is a hint and nothing is decided by it. */
export type EdgeTierStatus = {
  /** The metadata.generation that this status judges. All else here is out of date while they differ. */
  readonly observedGeneration?: number;
  /**
   * Accepted, DistributionReady, ConnectionGroupsReady (every group of the spec can be used), WebACLReady (every tenant has a web ACL to be
   * placed on, with the spec's rules or a rollout of them under way), and Ready, which sums them up. Reconciling is there while the
   * controller or AWS works on it, Stalled while a person must act.
   */
  readonly conditions?: readonly Condition[];
  /** The multi-tenant distribution as CloudFront has it. */
  readonly distribution?: DistributionStatus;
  /** The connection groups as CloudFront has them, with those that are no longer in spec and still in use. */
  readonly connectionGroups?: readonly ConnectionGroupStatus[];
  /** The web ACLs that Tenant Edge made for this tier, with those that are being taken out of use. */
  readonly webACLs?: readonly WebACLStatus[];
  /** How far a change of the rules has come. Present only while one is under way. */
  readonly rollout?: RolloutStatus;
  /** How many TenantDomains refer to this tier, written at most every 30 seconds. */
  readonly tenants?: TenantCounts;
};

/** One aspect of the state, in the form of Kubernetes' metav1.Condition. */
export type Condition = {
  /** What it is about, like Ready. */
  readonly type: string;
  /** Whether it is so. */
  readonly status: 'True' | 'False' | 'Unknown';
  /** The metadata.generation that it judges. */
  readonly observedGeneration?: number;
  /** When status last changed. */
  readonly lastTransitionTime: string;
  /** Why, as one word of the documented list. */
  readonly reason: string;
  /** Why, and what to do, in words. */
  readonly message: string;
};

/** The multi-tenant distribution as CloudFront has it. */
export type DistributionStatus = {
  /** Its ARN. */
  readonly arn: string;
  /** The parameters it defines, which spec.parameters and TenantDomains give values to. */
  readonly parameters: readonly DistributionParameter[];
};

/** One parameter that the multi-tenant distribution defines. */
export type DistributionParameter = {
  /** Its name. */
  readonly name: string;
  /** Whether every tenant must have a value for it. */
  readonly required: boolean;
  /** The value of tenants that have none. */
  readonly defaultValue?: string;
};

/** One connection group as CloudFront has it; what is not known yet is absent. */
export type ConnectionGroupStatus = {
  /** Its name in spec.connectionGroups, or "default" for the account's default group. */
  readonly name: string;
  /** CloudFront's id. */
  readonly id?: string;
  /** Its ARN. */
  readonly arn?: string;
  /** The routing endpoint, target of customers' CNAMEs. */
  readonly endpoint?: string;
  /**
   * Active: the spec has it. Disabled: so too, and somebody disabled it, so that CloudFront serves nobody through it. Retiring: a managed
   * group that the spec has no longer, kept until no tenant is assigned to it and no customer's DNS points at it, then deleted.
   */
  readonly state?: 'Active' | 'Disabled' | 'Retiring';
};

/** One web ACL of the tier as AWS WAF has it; what is not known yet is absent. */
export type WebACLStatus = {
  /** Its name in AWS WAF. */
  readonly name: string;
  /** Its ARN. */
  readonly arn?: string;
  /** How many distribution tenants have it, as CloudFront lists them. */
  readonly tenants?: number;
  /** Web ACL capacity units that its rules take, of the 5,000 that AWS allows; over 1,500 every request costs extra. */
  readonly wcu?: number;
  /** Hash of the rules we last wrote, to notice drift and what a rollout has still to do. */
  readonly configHash?: string;
  /**
   * Open: tenants may be placed on it while it has room. Retiring: it takes no more tenants, and is deleted once AWS reports that nothing
   * is associated with it.
   */
  readonly state?: 'Open' | 'Retiring';
};

/** How far a change of the rules has come. Present only while one is under way. */
export type RolloutStatus = {
  /** Hash of the rules that are being rolled out. */
  readonly configHash: string;
  /** Observing: the new rules only count, beside the old ones. Enforcing: they take the place of the old ones. */
  readonly phase: 'Observing' | 'Enforcing';
  /** How many web ACLs have come as far as phase says. */
  readonly updated: number;
  /** How many web ACLs there are to change. */
  readonly total: number;
  /** When the last web ACL was changed; the next one follows pauseSeconds later. */
  readonly changedAt: string;
};

/** How many TenantDomains refer to this tier, written at most every 30 seconds. */
export type TenantCounts = {
  /** All of them. */
  readonly total: number;
  /** Those that are Ready. */
  readonly ready: number;
};

/**
 * One customer of the platform under their own domains: a CloudFront distribution tenant that inherits from an EdgeTier, with its
 * certificate. status.dnsRecords lists what the customer has to add to DNS. While it has the annotation tenantedge.dev/paused: "true",
 * nothing is changed in AWS for it, not even on deletion, and it goes on being served. With the annotation tenantedge.dev/dry-run: "true"
 * nothing is changed either, and its conditions say what would be done.
 */
export type TenantDomain = {
  readonly apiVersion: 'tenantedge.dev/v1alpha1';
  readonly kind: 'TenantDomain';
  readonly metadata: ObjectMeta;
  readonly spec: TenantDomainSpec;
  readonly status?: TenantDomainStatus;
};

/** What the customer gets. Only tierRef and domains are required. */
export type TenantDomainSpec = {
  /** The EdgeTier that this customer is on. It may be changed, which moves the customer without interruption. */
  readonly tierRef: TierRef;
  /**
   * The domains that are served, like shop.example.com or *.example.com; a wildcard covers exactly one label. Their order means nothing.
   * The shortest becomes the common name of a certificate that is requested, for which it may have no more than 64 characters.
   */
  readonly domains: readonly string[];
  /**
   * A certificate of your own, instead of one that the tier's issuer provides. Only where the tier's tenantOverrides.certificate allows it.
   */
  readonly certificate?: CertificateRef;
  /**
   * Values for the parameters of the multi-tenant distribution; they win over the tier's by name. Only where the tier's
   * tenantOverrides.parameters allows it.
   */
  readonly parameters?: readonly Parameter[];
  /** Countries that this customer is served in, instead of the tier's. Only where the tier's tenantOverrides.geoRestriction allows it. */
  readonly geoRestriction?: GeoRestriction;
  /**
   * Name of one of the tier's connectionGroups, instead of its default. Only where the tier's tenantOverrides.connectionGroup allows it. A
   * change gives the customer's CNAME another target; a group that the tier manages is not deleted while the CNAME still points at it.
   */
  readonly connectionGroup?: string;
  /**
   * The AWS WAF web ACL of this customer, instead of the tier's (one of those it manages, with type Managed there). Only where the tier's
   * tenantOverrides.webACL allows it.
   */
  readonly webACL?: TenantWebACL;
  /** Whether requests are answered. With false everything is kept, the certificate included, and CloudFront serves nothing. */
  readonly enabled: boolean;
  /**
   * What becomes of the AWS resources when this object is deleted. Delete: they are deleted. Retain: they stay and go on serving. Absent
   * means what the tier says at that moment, and Retain if the tier is gone.
   */
  readonly deletionPolicy?: DeletionPolicy;
};

/** The EdgeTier that this customer is on. It may be changed, which moves the customer without interruption. */
export type TierRef = {
  /** metadata.name of the EdgeTier. */
  readonly name: string;
};

/**
 * A certificate of your own, instead of one that the tier's issuer provides. Only where the tier's tenantOverrides.certificate allows it.
 */
export type CertificateRef = {
  /** ARN of an issued ACM certificate that covers all domains. CloudFront takes them from us-east-1 only. */
  readonly arn: string;
};

/**
 * The AWS WAF web ACL of this customer, instead of the tier's (one of those it manages, with type Managed there). Only where the tier's
 * tenantOverrides.webACL allows it.
 */
export type TenantWebACL = {
  /**
   * Inherit: the distribution's own web ACL, if it has one, and not the tier's. Existing: the one that arn names. Disabled: none, even if
   * the distribution or the tier has one.
   */
  readonly type: 'Inherit' | 'Existing' | 'Disabled';
  /** ARN of a WAFv2 web ACL of scope CLOUDFRONT, which is always in us-east-1. With type Existing only. */
  readonly arn?: string;
};

/** What Tenant Edge has seen. Written by the controller only; every id is a hint and nothing is decided by it. */
export type TenantDomainStatus = {
  /** The metadata.generation that this status judges. All else here is out of date while they differ. */
  readonly observedGeneration?: number;
  /**
   * Accepted, OwnershipVerified, CertificateReady, Programmed, DNSConfigured, DNSRecordsComplete, and Ready, which says that it is served
   * once DNS points here. Reconciling is there while the controller or AWS works on it, Stalled while a person must act.
   */
  readonly conditions?: readonly Condition[];
  /** Target of the customer's CNAME, as soon as the connection group is known. */
  readonly endpoint?: string;
  /** The state of each domain, asked for now or still being removed. */
  readonly domains?: readonly DomainStatus[];
  /**
   * The records that the customer adds to or keeps in their DNS, one entry per record however many domains share it. Complete when
   * DNSRecordsComplete is True, valid when observedGeneration is metadata.generation.
   */
  readonly dnsRecords?: readonly DnsRecord[];
  /**
   * Where the tier's certificate issuer is CloudFront: the redirects that let it validate domains whose DNS does not point here yet. Either
   * the server that answers for the domain now redirects `from` to `to`, or DNS is pointed here. One entry per domain that still waits.
   */
  readonly httpRedirects?: readonly HttpRedirect[];
  /** The certificates in play; two while one replaces the other. */
  readonly certificates?: readonly TenantCertificate[];
  /** The distribution tenant as CloudFront has it; what is not known yet is absent. */
  readonly distributionTenant?: DistributionTenantStatus;
};

/** The state of one domain. */
export type DomainStatus = {
  /** The domain. */
  readonly name: string;
  /**
   * Pending: not served yet. Active: CloudFront has deployed it and answers for it. Removing: no longer asked for, and still served because
   * it is the last one.
   */
  readonly state: 'Pending' | 'Active' | 'Removing';
  /** Unknown: the tier has not been read yet. NotRequired: the tier asks for no proof. */
  readonly ownership?: 'Unknown' | 'NotRequired';
  /**
   * What public DNS says. Unknown: nobody could say. Missing: there is no record. Mismatch: there is another value. Found: it is as it
   * should be.
   */
  readonly dns?: DnsState;
};

export type DnsState = 'Unknown' | 'Missing' | 'Mismatch' | 'Found';

/** One record of the customer's DNS. */
export type DnsRecord = {
  /** Type of the record. ALIAS stands for a zone's apex, where DNS allows no CNAME: use the provider's ALIAS, ANAME or flattened CNAME. */
  readonly type: 'CNAME' | 'ALIAS' | 'TXT';
  /** Full name of the record, lower case, without trailing dot. */
  readonly name: string;
  /** The value it must have, without trailing dot. */
  readonly value: string;
  /** The domains of this object that need it. */
  readonly domains: readonly string[];
  /** What it is for: Traffic, CertificateValidation. More may be added, so treat others as text. */
  readonly purpose: string;
  /**
   * What the customer does and when. Add: now. AddWhenReady: once Ready is True, before it would be an outage. Keep: it is there and is
   * still needed.
   */
  readonly action: 'Add' | 'AddWhenReady' | 'Keep';
  /**
   * What public DNS says. Unknown: nobody could say. Missing: there is no record. Mismatch: there is another value. Found: it is as it
   * should be.
   */
  readonly state: DnsState;
  /** The values found instead, sorted. Of addresses those that were found first, since many names have others in each answer. */
  readonly observed?: readonly string[];
  /** What is wrong and what to do, in words. */
  readonly message?: string;
};

/** One HTTP redirect that validates a domain. */
export type HttpRedirect = {
  /** The domain that it validates. */
  readonly domain: string;
  /** Host and path whose requests over HTTP must be redirected. */
  readonly from: string;
  /** Host and path that they must be redirected to. */
  readonly to: string;
  /**
   * Whether public DNS points the domain here, which does as well as the redirect. Unknown: nobody could say. Missing: there is no record.
   * Mismatch: it points elsewhere, so that the redirect is needed. Found: it points here.
   */
  readonly state: DnsState;
};

/** One certificate and its part in serving. */
export type TenantCertificate = {
  /** Its ARN. */
  readonly arn: string;
  /** Pending: not issued or not in use yet. Serving: in use. Retiring: replaced, and to be deleted. */
  readonly use: 'Pending' | 'Serving' | 'Retiring';
  /**
   * ACM: requested by Tenant Edge. CloudFront: requested by CloudFront for this tenant. External: brought by the customer or the
   * distribution, never changed.
   */
  readonly issuer?: 'ACM' | 'CloudFront' | 'External';
  /** ACM's status of it, like ISSUED or PENDING_VALIDATION. */
  readonly status?: string;
  /** When it expires. */
  readonly notAfter?: string;
  /** ACM's status of its renewal, like PENDING_VALIDATION. Absent while none is under way. */
  readonly renewal?: string;
};

/** The distribution tenant as CloudFront has it; what is not known yet is absent. */
export type DistributionTenantStatus = {
  /** CloudFront's id, like dt_2abcDEF. */
  readonly id?: string;
  /** Its ARN. */
  readonly arn?: string;
  /** The multi-tenant distribution it inherits from. */
  readonly distributionId?: string;
  /** The connection group it is reached through. */
  readonly connectionGroupId?: string;
  /** Its own web ACL. Absent where it has the distribution's or none. */
  readonly webACLArn?: string;
  /** CloudFront's version of it at our last write or read. */
  readonly etag?: string;
  /** Hash of the configuration we last wrote, to notice drift. */
  readonly configHash?: string;
};
