import type { Knobs } from '../environment/aws/knobs.ts';

/** AWS in a hurry and in a bad mood. */
export const hostile: Partial<Knobs> = {
  etagMovesOnDeployProbability: 0.2,
  domainActivationMs: [0, 2_000],
  disablePropagationMs: [0, 2_000],
  deletedVisibleMs: [0, 3_000],
  certificateHiddenMs: [500, 2_000],
  validationOptionsMs: [500, 2_000],
  certificateUnknownToCloudFrontMs: [0, 2_000],
  certificateUseLingerMs: [0, 5_000],
  certificateUseAppearsMs: [0, 5_000],
  webAclPropagationMs: [0, 2_000],
  ipSetPropagationMs: [0, 2_000],
  webAclUseLingerMs: [0, 5_000],
  webAclNormalisation: 'verbose',
  ipSetAddresses: 'expanded',
  throttleProbability: 0.1,
  failureProbability: 0.02,
  staleReads: [0, 3],
  staleForMs: 10_000,
  lateCommitMs: 5_000,
  pageSize: 3,
  emptyPageProbability: 0.1,
};
