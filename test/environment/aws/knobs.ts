import type { Knobs } from './knob-types.ts';
import { publishedRates } from './rates.ts';
import type { Range } from './random.ts';

export type { Knobs } from './knob-types.ts';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

const exactly = (value: number): Range => [value, value];

/** Small fixed delays, no hostility, no account quotas: what a test that is about something else wants. */
export const calmKnobs: Readonly<Knobs> = {
  tenantDeployMs: exactly(5 * second),
  groupDeployMs: exactly(5 * second),
  distributionDeployMs: exactly(5 * second),
  domainActivationMs: exactly(0),
  disablePropagationMs: exactly(0),
  deletedVisibleMs: exactly(0),
  etagMovesOnDeployProbability: 0,
  certificateHiddenMs: exactly(0),
  validationOptionsMs: exactly(0),
  validationRecordMs: exactly(5 * second),
  dnsValidationMs: exactly(30 * second),
  dnsCheckIntervalMs: 10 * second,
  validationTimeoutMs: 72 * hour,
  managedValidationMs: exactly(60 * second),
  certificateUnknownToCloudFrontMs: exactly(0),
  idempotencyMs: hour,
  certificateValidityMs: 198 * day,
  renewalLeadMs: 45 * day,
  certificateUseLingerMs: exactly(0),
  certificateUseAppearsMs: exactly(0),
  webAclPropagationMs: exactly(0),
  webAclUseLingerMs: exactly(0),
  latencyMs: exactly(0),
  throttleProbability: 0,
  failureProbability: 0,
  lostProbability: 0,
  lateProbability: 0,
  lateCommitMs: 30 * second,
  staleReads: exactly(0),
  staleForMs: minute,
  pageSize: 1_000,
  emptyPageProbability: 0,
  rates: 'off',
  waitsForDns: true,
  deniedActions: [],
  maxTenants: Infinity,
  maxTenantDistributions: Infinity,
  maxConnectionGroups: Infinity,
  maxDomainsPerTenant: 100,
  maxParametersPerTenant: 5,
  maxParametersPerDistribution: 5,
  maxAssociationsPerWebAcl: Infinity,
  maxCertificates: Infinity,
  maxCertificateRequests: Infinity,
  maxNamesPerCertificate: 10,
  maxWebAcls: Infinity,
  maxTags: 50,
  enabledByDefault: true,
  whenNameAndDomainTaken: 'EntityAlreadyExists',
  omittedMembers: 'keep',
  customizations: 'replace',
  checksOmittedMembers: false,
  reparenting: 'together',
  managedRequestWhenCovered: 'request',
  managedCertificatesCountTowardsQuota: true,
  defaultGroupMadeBy: 'distribution',
  verifyDnsActivates: false,
  disassociatedWebAcl: 'inherit',
  overridesCountTowardsWebAclQuota: true,
  moveNeedsDisabledSource: false,
  ifMatchStar: false,
  tokenOutlivesDeletion: false,
  echoesTags: false,
};

/** AWS's default quotas and the rates it publishes (CloudFront's are guessed), with calm timing: for benchmarks. */
export const benchKnobs: Readonly<Knobs> = {
  ...calmKnobs,
  rates: publishedRates,
  maxTenants: 10_000,
  maxTenantDistributions: 20,
  maxConnectionGroups: 100,
  maxDomainsPerTenant: 5,
  maxAssociationsPerWebAcl: 100,
  maxCertificates: 2_500,
  maxCertificateRequests: 5_000,
  maxWebAcls: 100,
};

/** Hostile as Let's Encrypt's Pebble is: what works here was not written for a lucky day. */
export const hostileKnobs: Readonly<Knobs> = {
  ...benchKnobs,
  tenantDeployMs: [5 * second, minute],
  groupDeployMs: [5 * second, minute],
  distributionDeployMs: [5 * second, minute],
  domainActivationMs: [0, 20 * second],
  disablePropagationMs: [0, 30 * second],
  deletedVisibleMs: [0, 15 * second],
  etagMovesOnDeployProbability: 0.2,
  certificateHiddenMs: [1 * second, 5 * second],
  validationOptionsMs: [3 * second, 10 * second],
  validationRecordMs: [3 * second, 30 * second],
  dnsValidationMs: [30 * second, 5 * minute],
  managedValidationMs: [minute, 5 * minute],
  certificateUnknownToCloudFrontMs: [0, 20 * second],
  certificateUseLingerMs: [0, 20 * minute],
  certificateUseAppearsMs: [0, minute],
  webAclPropagationMs: [1 * second, minute],
  webAclUseLingerMs: [0, 2 * minute],
  throttleProbability: 0.05,
  failureProbability: 0.01,
  staleReads: [0, 3],
  pageSize: 3,
  emptyPageProbability: 0.1,
};
