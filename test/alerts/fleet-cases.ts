import type { AlertCase, NearMiss } from './alert-case.ts';

const standby = '10.0.0.2:8080';
const quota = (labels: Readonly<Record<string, string>>) => ({ quota: 'CertificatesPerYear', ...labels });

/** Alerts of AWS and of the fleet. Trouble begins in minute 10, and is mended in minute 71 unless the series say otherwise. */
export const fleetCases: readonly AlertCase[] = [
  {
    alert: 'TenantEdgeAWSDenied', because: 'a permission is taken away, and given back',
    series: [{ name: 'aws_denied_total', labels: { aws_service: 'acm', operation: 'RequestCertificate' }, values: '0x9 0+1x60 60x40' }],
    fires: { at: 14, labels: { aws_service: 'acm', operation: 'RequestCertificate' }, says: 'The IAM role of the controller may not call acm RequestCertificate. Tenants or tiers that need it wait.' },
    silent: [9, 90],
  },
  {
    alert: 'TenantEdgeAWSThrottled', because: 'AWS refuses three calls a minute for two hours',
    series: [{ name: 'aws_throttles_total', labels: { class: 'cloudfront.mutate' }, values: '0x9 0+3x120 360x60' }],
    fires: {
      at: 60, labels: { class: 'cloudfront.mutate' },
      says: 'About 45 calls of class cloudfront.mutate in 15 minutes were refused for their rate. The class slows down by itself, so that everything that needs it takes longer.',
    },
    silent: [9, 30, 160],
  },
  {
    alert: 'TenantEdgeAWSErrors', because: 'a third of the calls to CloudFront fail',
    series: [
      { name: 'aws_requests_total', labels: { aws_service: 'cloudfront', operation: 'GetDistribution', shared: 'true', outcome: 'transient' }, values: '0x9 0+2x60 120x40' },
      { name: 'aws_requests_total', labels: { aws_service: 'cloudfront', operation: 'GetDistribution', shared: 'true', outcome: 'success' }, values: '0+4x110' },
    ],
    fires: { at: 45, labels: { aws_service: 'cloudfront' }, says: 'More than a fifth of the calls to cloudfront fail: about 30 in 15 minutes.' },
    silent: [9, 25, 100],
  },
  {
    alert: 'TenantEdgeListsStale', because: 'AWS does not let us list tenants for an hour; a standby asks for none',
    series: [{ name: 'fleet_list_age_seconds', labels: { source: 'tenants' }, values: '300x9 60+60x59 30x20' }, { name: 'fleet_list_age_seconds', labels: { source: 'certificates' }, values: '300x90' }],
    fires: { at: 46, labels: { source: 'tenants' }, says: 'Whoever asks for the list of tenants has had no newer one for 37m 0s, three polls and more. Drift of these is not seen.' },
    silent: [9, 38, 75],
  },
  {
    alert: 'TenantEdgeQuotaNearlyUsed', because: 'the year fills up, and the quota is raised; a standby counts nothing',
    series: [
      { name: 'aws_quota_used', labels: quota({}), values: '3900x9 4100x90' }, { name: 'aws_quota_used', labels: quota({ instance: standby }), values: '0x100' },
      { name: 'aws_quota_limit', labels: quota({}), values: '5000x70 20000x30' }, { name: 'aws_quota_limit', labels: quota({ instance: standby }), values: '5000x70 20000x30' },
    ],
    fires: { at: 27, labels: { quota: 'CertificatesPerYear' }, says: '82% of CertificatesPerYear are used. At 90 % new tenants wait: the rest is kept for those that serve. Of no other quota is the limit known.' },
    silent: [9, 23, 75],
  },
  {
    alert: 'TenantEdgeQuotaExceeded', because: 'tenants stand against a quota until it is raised',
    series: [
      { name: 'tenants_by_reason', labels: { condition: 'Stalled', reason: 'QuotaExceeded' }, values: '0x9 4x60 0x20' },
      { name: 'tenants_by_reason', labels: { condition: 'Stalled', reason: 'QuotaExceeded', instance: standby }, values: '0x9 4x60 0x20' },
    ],
    fires: { at: 16, labels: { reason: 'QuotaExceeded' }, says: '4 objects wait for a quota to be raised (QuotaExceeded); their conditions name it.' },
    silent: [9, 13, 75],
  },
  {
    alert: 'TenantEdgeOrphans', because: 'a finalizer was removed by hand, and then the resource too',
    series: [{ name: 'aws_orphans', labels: { type: 'DistributionTenant' }, values: '0x9 1x120 0x20' }],
    fires: { at: 75, labels: { type: 'DistributionTenant' }, says: '1 of type DistributionTenant carry the mark of this installation, and no TenantDomain or EdgeTier wants them. They are left alone, and cost money. What deletionPolicy Retain left is among them.' },
    silent: [9, 60, 140],
  },
  {
    alert: 'TenantEdgeTenantsUnready', because: 'a tenant is being deployed for two hours',
    series: [{ name: 'oldest_unready_seconds', labels: { turn: 'ours', reason: 'Deploying' }, values: '0x9 60+60x119 0x20' }],
    fires: { at: 76, labels: { reason: 'Deploying' }, says: 'A TenantDomain with the reason Deploying has waited for the controller or AWS for 1h 7m 0s. They should have got on with it.' },
    silent: [9, 68, 135],
  },
  {
    alert: 'TenantEdgeManyTenantsUnready', because: 'a third of the fleet is worked on for an hour; both replicas see the same fleet',
    series: [
      ...[{}, { instance: standby }].map((labels) => ({ name: 'tenants_unready', labels: { turn: 'ours', ...labels }, values: '0x9 50x60 0x20' })),
      ...[{}, { instance: standby }].map((labels) => ({ name: 'tenants', labels: { condition: 'Ready', status: 'True', ...labels }, values: '150x9 100x60 150x20' })),
      ...[{}, { instance: standby }].map((labels) => ({ name: 'tenants', labels: { condition: 'Ready', status: 'False', ...labels }, values: '0x9 50x60 0x20' })),
    ],
    fires: { at: 41, says: '50 TenantDomains, more than a tenth of all, wait for the controller or AWS. It is an outage, or more tenants were applied at once than AWS takes in half an hour.' },
    silent: [9, 38, 75],
  },
  {
    alert: 'TenantEdgeTenantsStalled', because: 'two specs are refused until somebody corrects them',
    series: [{ name: 'tenants_unready', labels: { turn: 'person' }, values: '0x9 2x60 0x20' }],
    fires: { at: 41, says: '2 TenantDomains are Stalled: their spec, their tier, a quota or a permission has to be changed. Their conditions say which.' },
    silent: [9, 38, 75],
  },
  {
    alert: 'TenantEdgeRenewalAtRisk', because: 'a customer removes a validation record, and puts it back',
    series: [{ name: 'certificates_renewal_at_risk', values: '0x9 1x90 0x20' }],
    fires: { at: 71, says: 'ACM cannot renew the certificates of 1 TenantDomains as things are, mostly because a customer removed a DNS record. They are served until the certificate ends.' },
    silent: [9, 68, 105],
  },
  {
    alert: 'TenantEdgeCertificateExpiring', because: 'an imported certificate comes near its end, and is imported anew; a new leader counts only after minutes',
    series: [
      { name: 'certificates_expiring', labels: { of: 'tenant', within: '30d' }, values: '0x9 1x49 _x100' },
      { name: 'certificates_expiring', labels: { of: 'tenant', within: '30d', instance: standby }, values: '0x65 1x34 0x60' },
    ],
    fires: { at: 85, labels: { of: 'tenant' }, says: '1 certificates (of a tenant) end within 30 days. ACM renews its own before that, as long as it can; imported ones are for their owner to renew.' },
    silent: [9, 65, 130],
  },
  {
    alert: 'TenantEdgeCertificateExpiresSoon', because: "a distribution's wildcard comes to its end, and is renewed",
    series: [{ name: 'certificates_expiring', labels: { of: 'distribution', within: '7d' }, values: '0x9 1x60 0x40' }],
    fires: { at: 27, labels: { of: 'distribution' }, says: '1 certificates (of a distribution) end within 7 days, or have ended. From then on browsers refuse the domains they are for.' },
    silent: [9, 23, 95],
  },
  {
    alert: 'TenantEdgeTierUnready', because: "a tier's rules are refused until somebody corrects them",
    series: [{ name: 'tiers_unready', labels: { turn: 'person' }, values: '0x9 1x60 0x20' }],
    fires: { at: 27, labels: { turn: 'person' }, says: '1 EdgeTiers are not Ready (turn: person). Their tenants are served as before; new ones and changes may have to wait.' },
    silent: [9, 23, 75],
  },
  {
    alert: 'TenantEdgeRolloutStopped', because: 'AWS does not take the next step of a rollout',
    series: [{ name: 'web_acl_rollout_overdue_seconds', values: '0x9 60+60x89 0x20' }],
    fires: { at: 46, says: 'The next step of a rollout has been due for 37m 0s. Some web ACLs of the tier have the new rules, the others the old ones; every tenant has one or the other.' },
    silent: [9, 38, 105],
  },
];

/** What is no trouble of AWS or of the fleet. */
export const fleetMisses: readonly NearMiss[] = [
  { alert: 'TenantEdgeTenantsUnready', because: 'a customer who takes a day is waited for', series: [{ name: 'oldest_unready_seconds', labels: { turn: 'customer', reason: 'WaitingForCustomerDNS' }, values: '3600+60x300' }], silent: [300] },
  { alert: 'TenantEdgeTenantsUnready', because: 'AWS may hold on to a certificate that was in use for days', series: [{ name: 'oldest_unready_seconds', labels: { turn: 'ours', reason: 'InUse' }, values: '3600+60x300' }], silent: [300] },
  {
    alert: 'TenantEdgeManyTenantsUnready', because: 'eleven new ones of a thousand are an ordinary day',
    series: [{ name: 'tenants_unready', labels: { turn: 'ours' }, values: '11x60' }, { name: 'tenants', labels: { condition: 'Ready', status: 'True' }, values: '989x60' }, { name: 'tenants', labels: { condition: 'Ready', status: 'False' }, values: '11x60' }],
    silent: [40, 60],
  },
  { alert: 'TenantEdgeAWSErrors', because: 'seven lost calls of each service in 15 minutes are not many of any', series: ['cloudfront', 'acm', 'wafv2'].map((aws_service) => ({ name: 'aws_requests_total', labels: { aws_service, operation: 'List', shared: 'true', outcome: 'transient' }, values: '0+0.5x90' })), silent: [45, 90] },
  { alert: 'TenantEdgeAWSErrors', because: 'a lost call now and then is tried again', series: [{ name: 'aws_requests_total', labels: { aws_service: 'acm', operation: 'ListCertificates', shared: 'true', outcome: 'transient' }, values: '0 0 1x10 2x60' }], silent: [20, 60] },
  { alert: 'TenantEdgeAWSThrottled', because: 'the budget found its pace', series: [{ name: 'aws_throttles_total', labels: { class: 'cloudfront.read' }, values: '0x9 0+5x6 30x90' }], silent: [20, 45, 90] },
  { alert: 'TenantEdgeCertificateExpiring', because: 'ACM renews two months before the end', series: [{ name: 'certificates_expiring', labels: { of: 'tenant', within: '60d' }, values: '40x120' }], silent: [119] },
  { alert: 'TenantEdgeTierUnready', because: 'somebody paused the tier', series: [{ name: 'tiers_unready', labels: { turn: 'customer' }, values: '1x60' }], silent: [60] },
  { alert: 'TenantEdgeListsStale', because: 'at rest a list is as old as a poll is long, and one that failed is read again', series: [{ name: 'fleet_list_age_seconds', labels: { source: 'webAcls' }, values: '0+60x10 0+60x22 0+60x60' }], silent: [10, 33] },
  { alert: 'TenantEdgeQuotaNearlyUsed', because: 'of a quota that the process was not told it does not know how much is left', series: [{ name: 'aws_quota_used', labels: { quota: 'DistributionTenants' }, values: '9900x60' }], silent: [60] },
];
