import type { CacheBehavior, DefaultCacheBehavior, DistributionConfig } from '@aws-sdk/client-cloudfront';
import { whyNotAttachable } from '../acm/coverage.ts';
import { cloudfrontFault, invalidArgument } from '../errors.ts';
import type { World } from '../world.ts';
import type { Distribution } from './state.ts';
import { whyAclNotUsable } from './web-acl-rules.ts';

type Behavior = DefaultCacheBehavior | CacheBehavior;

/** What a multi-tenant distribution may not have. The error's name and text are not documented. */
const barred = (config: DistributionConfig): string | undefined => {
  const behaviors: readonly Behavior[] = [config.DefaultCacheBehavior ?? { TargetOriginId: '', ViewerProtocolPolicy: undefined }, ...(config.CacheBehaviors?.Items ?? [])];
  if ((config.Aliases?.Quantity ?? 0) > 0) return 'Aliases';
  if (config.PriceClass !== undefined) return 'PriceClass';
  if (config.ContinuousDeploymentPolicyId !== undefined && config.ContinuousDeploymentPolicyId !== '') return 'ContinuousDeploymentPolicyId';
  if (config.Staging === true) return 'Staging';
  if (config.AnycastIpListId !== undefined) return 'AnycastIpListId';
  if (config.IsIPV6Enabled === true) return 'IsIPV6Enabled';
  if (config.Logging?.Enabled === true) return 'Logging';
  if (config.ViewerCertificate?.IAMCertificateId !== undefined) return 'IAMCertificateId';
  if (config.ViewerCertificate?.SSLSupportMethod === 'vip') return 'SSLSupportMethod vip';
  if (behaviors.some(({ ForwardedValues: values, MinTTL: min, DefaultTTL: usual, MaxTTL: max }) => [values, min, usual, max].some((setting) => setting !== undefined))) return 'legacy cache settings';
  if (behaviors.some(({ TrustedSigners: signers }) => signers?.Enabled === true)) return 'TrustedSigners';
  return behaviors.some(({ SmoothStreaming: smooth }) => smooth === true) ? 'SmoothStreaming' : undefined;
};

const checkOrigins = (config: DistributionConfig): void => {
  const { Origins: origins, DefaultCacheBehavior: behavior } = config;
  if (origins?.Items === undefined || behavior?.TargetOriginId === undefined) throw invalidArgument('Origins and DefaultCacheBehavior are required.');
  if (origins.Quantity !== origins.Items.length)
    throw cloudfrontFault('InconsistentQuantities', 'The value of Quantity and the number of items do not match.');
  if (!origins.Items.some(({ Id: id }) => id === behavior.TargetOriginId)) throw cloudfrontFault('NoSuchOrigin', 'The target origin does not exist.');
};

const checkTenantOnly = (world: World, config: DistributionConfig): void => {
  const member = barred(config);
  if (member !== undefined) throw invalidArgument(`${member} cannot be used with a multi-tenant distribution.`);
  if (config.DefaultCacheBehavior?.CachePolicyId === undefined) throw invalidArgument('The cache behavior needs a cache policy.');
  if ((config.TenantConfig?.ParameterDefinitions ?? []).length > world.knobs.maxParametersPerDistribution)
    throw cloudfrontFault('EntityLimitExceeded', `A distribution defines at most ${world.knobs.maxParametersPerDistribution} parameters.`);
};

const checkDirect = (world: World, config: DistributionConfig, distribution: Distribution | undefined): void => {
  if (config.TenantConfig !== undefined) throw invalidArgument('TenantConfig is for multi-tenant distributions.');
  const { Items: aliases = [], Quantity: quantity = 0 } = config.Aliases ?? {};
  if (aliases.length !== quantity) throw cloudfrontFault('InconsistentQuantities', 'The value of Quantity and the number of items do not match.');
  const isTaken = aliases.some((alias) => {
    const holder = world.domains.get(alias);
    return holder !== undefined && !(holder.kind === 'distribution' && holder.distribution === distribution);
  });
  if (isTaken) throw cloudfrontFault('CNAMEAlreadyExists', 'One or more of the CNAMEs you provided are already associated with a different resource.');
};

/** Everything about a distribution's configuration; `distribution` is the one that is to have it, if it exists. */
export const checkDistribution = (world: World, config: DistributionConfig, distribution: Distribution | undefined): void => {
  if (config.CallerReference === undefined || config.Comment === undefined || config.Enabled === undefined)
    throw invalidArgument('CallerReference, Comment and Enabled are required.');
  checkOrigins(config);
  if (config.ConnectionMode === 'tenant-only') checkTenantOnly(world, config);
  else checkDirect(world, config, distribution);
  const certificateArn = config.ViewerCertificate?.ACMCertificateArn;
  const reason = certificateArn === undefined ? undefined : whyNotAttachable(world.certificates.get(certificateArn), world.timeline.nowMs);
  if (reason !== undefined) throw cloudfrontFault('InvalidViewerCertificate', reason);
  const { WebACLId: webAclArn = '' } = config;
  const refusal = webAclArn === '' ? undefined : whyAclNotUsable(world, webAclArn, distribution?.arn);
  if (refusal !== undefined) throw cloudfrontFault(refusal.is === 'full' ? 'EntityLimitExceeded' : 'InvalidWebACLId', refusal.message);
};
