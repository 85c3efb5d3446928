import type { DistributionConfig, DistributionSummary } from '@aws-sdk/client-cloudfront';
import { Shown, stalenessOfDelete, stalenessOfWrite } from '../shown.ts';
import { delay, frozen, newEndpoint, newEtag, type World } from '../world.ts';
import { holdExactly } from './held.ts';
import { activateDomains } from './tenant-state.ts';
import type { Distribution, DistributionViews, Given } from './state.ts';

const none = { Quantity: 0 } as const;

const summaryOf = (distribution: Distribution): DistributionSummary => {
  const { config } = distribution;
  return {
    Id: distribution.id,
    ARN: distribution.arn,
    ETag: distribution.etag,
    Status: distribution.status,
    LastModifiedTime: distribution.modifiedAt,
    DomainName: distribution.domainName,
    Aliases: config.Aliases ?? none,
    Origins: config.Origins,
    DefaultCacheBehavior: config.DefaultCacheBehavior,
    CacheBehaviors: config.CacheBehaviors ?? none,
    CustomErrorResponses: config.CustomErrorResponses ?? none,
    Comment: config.Comment,
    PriceClass: config.PriceClass ?? 'PriceClass_All',
    Enabled: config.Enabled,
    ViewerCertificate: config.ViewerCertificate ?? { CloudFrontDefaultCertificate: true },
    Restrictions: config.Restrictions ?? { GeoRestriction: { RestrictionType: 'none', Quantity: 0 } },
    WebACLId: config.WebACLId ?? '',
    HttpVersion: config.HttpVersion ?? 'http2',
    IsIPV6Enabled: config.IsIPV6Enabled ?? false,
    Staging: false,
    ConnectionMode: config.ConnectionMode ?? 'direct',
  };
};

const viewsOf = (distribution: Distribution): DistributionViews =>
  frozen({
    etag: distribution.etag,
    summary: summaryOf(distribution),
    distribution: {
      Id: distribution.id,
      ARN: distribution.arn,
      Status: distribution.status,
      LastModifiedTime: distribution.modifiedAt,
      InProgressInvalidationBatches: 0,
      DomainName: distribution.domainName,
      DistributionConfig: distribution.config,
    },
  });

/** What AWS fills in where the caller says nothing: it comes back in every answer. */
const withServerDefaults = (config: DistributionConfig): DistributionConfig => ({
  ...config,
  ConnectionMode: config.ConnectionMode ?? 'direct',
  CacheBehaviors: config.CacheBehaviors ?? none,
  CustomErrorResponses: config.CustomErrorResponses ?? none,
  DefaultRootObject: config.DefaultRootObject ?? '',
  WebACLId: config.WebACLId ?? '',
  HttpVersion: config.HttpVersion ?? 'http2',
  Restrictions: config.Restrictions ?? { GeoRestriction: { RestrictionType: 'none', Quantity: 0 } },
  ViewerCertificate: config.ViewerCertificate ?? { CloudFrontDefaultCertificate: true },
});

const usedBy = (config: DistributionConfig | undefined): readonly string[] =>
  [config?.ViewerCertificate?.ACMCertificateArn, config?.WebACLId].filter((arn) => arn !== undefined).filter((arn) => arn !== '');

const holdAliases = (world: World, distribution: Distribution, after: readonly string[]): void => {
  for (const alias of distribution.config.Aliases?.Items ?? []) {
    const holder = world.domains.get(alias);
    if (holder?.kind === 'distribution' && holder.distribution === distribution && !after.includes(alias)) world.domains.delete(alias);
  }
  for (const alias of after) world.domains.set(alias, { kind: 'distribution', distribution });
};

const finishDeployment = (world: World, distribution: Distribution): void => {
  distribution.status = 'Deployed';
  distribution.deployed = distribution.config;
  holdExactly(world, distribution, new Set(usedBy(distribution.config)));
  distribution.shown.refresh(viewsOf(distribution));
  // A new certificate of the blueprint may cover names of tenants that wait for one.
  for (const tenant of world.tenants.values()) {
    if (tenant.config.distributionId === distribution.id && tenant.status === 'Deployed') activateDomains(world, tenant);
  }
};

/** Commits a configuration and starts its deployment. */
export const configureDistribution = (
  world: World,
  distribution: Distribution,
  next: DistributionConfig,
  deployMs = delay(world, 'distributionDeployMs'),
): void => {
  const config = frozen(withServerDefaults(next));
  if (distribution.config.Enabled && !config.Enabled)
    distribution.deletableFromMs = world.timeline.nowMs + Math.max(deployMs, delay(world, 'disablePropagationMs'));
  holdAliases(world, distribution, config.Aliases?.Items ?? []);
  Object.assign(distribution, { config, status: 'InProgress', etag: newEtag(world), modifiedAt: world.timeline.now });
  holdExactly(world, distribution, new Set([...usedBy(config), ...usedBy(distribution.deployed)]));
  world.timeline.in(deployMs, () => {
    if (distribution.config === config && !distribution.gone) finishDeployment(world, distribution);
  });
  distribution.shown.write(viewsOf(distribution), stalenessOfWrite(world));
};

/** Makes a distribution and starts its deployment; what is wrong with it has been checked. */
export const addDistribution = (world: World, config: DistributionConfig, tags: ReadonlyMap<string, string>, given: Given): Distribution => {
  const id = given.id ?? `E${world.random.text('distribution', '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ', 13)}`;
  const distribution: Distribution = {
    id,
    arn: `arn:aws:cloudfront::${world.accountId}:distribution/${id}`,
    sequence: world.distributions.nextSequence(),
    domainName: newEndpoint(world),
    tags: new Map(tags),
    shown: new Shown(),
    held: new Set(),
    config: { ...config, Aliases: none, Enabled: false },
    deployed: undefined,
    status: 'InProgress',
    etag: '',
    modifiedAt: world.timeline.now,
    deletableFromMs: 0,
    gone: false,
  };
  world.distributions.add(distribution);
  configureDistribution(world, distribution, config, given.deployMs);
  return distribution;
};

/** Takes the distribution away, whoever uses it: callers check first. */
export const removeDistribution = (world: World, distribution: Distribution): void => {
  const staleness = stalenessOfDelete(world);
  holdAliases(world, distribution, []);
  holdExactly(world, distribution, new Set());
  distribution.gone = true;
  distribution.shown.write(undefined, staleness);
  world.timeline.in(staleness.untilMs - world.timeline.nowMs, () => {
    world.distributions.remove(distribution);
  });
};
