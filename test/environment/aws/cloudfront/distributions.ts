import type {
  CreateDistributionCommandInput,
  CreateDistributionResult,
  CreateDistributionWithTagsCommandInput,
  DeleteDistributionCommandInput,
  DistributionConfig,
  GetDistributionCommandInput,
  GetDistributionConfigCommandInput,
  GetDistributionConfigResult,
  Tags,
  UpdateDistributionCommandInput,
} from '@aws-sdk/client-cloudfront';
import { AwsFault } from '../contract.ts';
import { cloudfrontFault, invalidArgument } from '../errors.ts';
import type { World } from '../world.ts';
import { ensureDefaultGroup } from './connection-group-state.ts';
import { addDistribution, configureDistribution, removeDistribution } from './distribution-state.ts';
import { checkDistribution } from './distribution-validation.ts';
import { findDistribution, seeDistribution } from './find.ts';
import { checkIfMatch } from './preconditions.ts';
import type { Distribution, DistributionViews, Given } from './state.ts';
import { newTags } from './tag-rules.ts';

const answerOf = (world: World, distribution: Distribution): CreateDistributionResult => {
  const views: DistributionViews = distribution.shown.latest() ?? seeDistribution(world, distribution.id);
  return {
    Distribution: views.distribution,
    Location: `https://cloudfront.amazonaws.com/2020-05-31/distribution/${distribution.id}`,
    ETag: views.etag,
  };
};

/** Makes a distribution as CreateDistributionWithTags does. */
export const createWithTags = (world: World, config: DistributionConfig | undefined, tags: Tags | undefined, given: Given = {}): Distribution => {
  if (config === undefined) throw invalidArgument('DistributionConfig is required.');
  const isKnown = world.distributions.values().some((other) => !other.gone && other.config.CallerReference === config.CallerReference);
  if (isKnown)
    throw cloudfrontFault('DistributionAlreadyExists', 'The caller reference that you are using to create a distribution is associated with another distribution.');
  const map = newTags(world, tags);
  checkDistribution(world, config, undefined);
  const siblings = world.distributions.values().filter((other) => other.config.ConnectionMode === 'tenant-only').length;
  if (config.ConnectionMode === 'tenant-only' && siblings >= world.knobs.maxTenantDistributions)
    throw cloudfrontFault('TooManyDistributions', `The account has the maximum of ${world.knobs.maxTenantDistributions} multi-tenant distributions.`);
  if (config.ConnectionMode === 'tenant-only' && world.knobs.defaultGroupMadeBy === 'distribution') ensureDefaultGroup(world);
  return addDistribution(world, config, map, given);
};

/** CreateDistribution. */
export const createDistribution = (world: World, input: CreateDistributionCommandInput): CreateDistributionResult =>
  answerOf(world, createWithTags(world, input.DistributionConfig, undefined));

/** CreateDistributionWithTags. */
export const createDistributionWithTags = (world: World, input: CreateDistributionWithTagsCommandInput): CreateDistributionResult =>
  orInvalid(() => answerOf(world, createWithTags(world, input.DistributionConfigWithTags?.DistributionConfig, input.DistributionConfigWithTags?.Tags)));

/** The model declares EntityLimitExceeded for CreateDistribution and not for its twin; what that answers instead is a guess. */
const orInvalid = <Result>(run: () => Result): Result => {
  try {
    return run();
  } catch (cause) {
    if (cause instanceof AwsFault && cause.name === 'EntityLimitExceeded') throw invalidArgument(cause.message);
    throw cause;
  }
};

/** GetDistribution. */
export const getDistribution = (world: World, input: GetDistributionCommandInput): CreateDistributionResult => {
  const { distribution, etag } = seeDistribution(world, input.Id);
  return { Distribution: distribution, ETag: etag };
};

/** GetDistributionConfig, with AWS's defaults filled in. */
export const getDistributionConfig = (world: World, input: GetDistributionConfigCommandInput): GetDistributionConfigResult => {
  const { distribution, etag } = seeDistribution(world, input.Id);
  return { ...(distribution.DistributionConfig !== undefined && { DistributionConfig: distribution.DistributionConfig }), ETag: etag };
};

/** UpdateDistribution replaces the whole configuration; caller reference and connection mode stay. */
export const updateDistribution = (world: World, input: UpdateDistributionCommandInput): CreateDistributionResult => {
  const distribution = findDistribution(world, input.Id);
  checkIfMatch(world, distribution.etag, input.IfMatch);
  const { DistributionConfig: config } = input;
  if (config === undefined) throw invalidArgument('DistributionConfig is required.');
  if (config.CallerReference !== distribution.config.CallerReference || (config.ConnectionMode ?? 'direct') !== distribution.config.ConnectionMode)
    throw cloudfrontFault('IllegalUpdate', 'The update contains modifications that are not allowed.');
  checkDistribution(world, config, distribution);
  configureDistribution(world, distribution, config);
  const { Distribution: updated, ETag: etag } = answerOf(world, distribution);
  return { ...(updated !== undefined && { Distribution: updated }), ...(etag !== undefined && { ETag: etag }) };
};

/** 404, If-Match, then state: no tenants, disabled and deployed. */
export const deleteDistribution = (world: World, input: DeleteDistributionCommandInput): void => {
  const distribution = findDistribution(world, input.Id);
  checkIfMatch(world, distribution.etag, input.IfMatch);
  if (world.uses.held(distribution.id) > 0) throw cloudfrontFault('ResourceInUse', 'The distribution still has distribution tenants.');
  if (distribution.config.Enabled === true || distribution.status !== 'Deployed' || world.timeline.nowMs < distribution.deletableFromMs)
    throw cloudfrontFault('DistributionNotDisabled', 'The distribution you are trying to delete has not been disabled.');
  removeDistribution(world, distribution);
};
