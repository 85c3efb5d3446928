import { hours, playAll, type Scenario } from './scenario.ts';
import type { Stage } from './stage.ts';
import { read, t1, tenantIn } from './tier-words.ts';

/** Updates that CloudFront takes without complaint, leaving something as it was. */

const tier = (stage: Stage, ...countries: readonly string[]): void =>
  stage.tier('basic', { distributionId: stage.distributions.wildcard, certificate: { issuer: 'Distribution' }, ...(countries.length > 0 ? { geoRestriction: { type: 'Allow', countries } } : {}) });

const isRestricted = (stage: Stage): boolean => tenantIn(stage)?.customizations.GeoRestrictions !== undefined;

const updatesIn = ({ world }: Stage): number => world.simulator.log.filter(({ operation, caller }) => operation === 'UpdateDistributionTenant' && caller === 'controller').length;

const kept: Scenario = {
  file: 'updates-not-taken',
  name: 'what CloudFront keeps although an update takes it away is told to a person, and tried again seldom',
  wildcard: true,
  knobs: { customizations: 'merge' },
  given: () => undefined,
  steps: (stage) => {
    let before = 0;
    return [
      { name: 'a tier for some countries is applied', act: () => tier(stage, 'DE'), until: () => stage.isTierSettled() },
      { name: 'the tenant is applied', act: () => t1(stage), until: () => stage.isReady('acme/t1') && isRestricted(stage) },
      {
        name: 'the tier is opened to all countries',
        act: () => {
          before = updatesIn(stage);
          tier(stage);
        },
        afterMs: 5 * hours,
        until: () => isRestricted(stage) && stage.is('Programmed', 'InvalidRequest', 'acme/t1') && updatesIn(stage) - before <= 3,
      },
      read(stage, ['acme/t1', 'Programmed', 'Ready', 'Stalled']),
      { name: 'CloudFront takes it', act: () => (stage.world.simulator.knobs.customizations = 'replace'), until: () => !isRestricted(stage) && stage.isReady('acme/t1'), withinMs: 2 * hours },
    ];
  },
};

playAll([kept]);
