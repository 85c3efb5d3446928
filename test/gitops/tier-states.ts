import type { Stage } from '../scenario/stage.ts';
import { deleting, served, type State, unspoken } from './state.ts';

const tierReached = (stage: Stage, reason: string): Promise<unknown> => stage.world.until(reason, () => stage.tierIs('Ready', reason));

/** What the tier comes to after a change. */
const tierChanged = (stage: Stage, reason: string, change: () => void): Promise<unknown> => {
  change();
  return tierReached(stage, reason);
};

const managed = [{ name: 'own', type: 'Managed', managed: { ipv6: true } }] as const;

/** Every row of the table of states that an EdgeTier can come to. */
export const tierStates: readonly State[] = [
  { file: 'progressing_notSeen', message: unspoken, because: 'the controller does not run yet', story: async (stage) => {
    stage.world.kill();
    stage.world.cluster.rebuild();
  } },
  { file: 'progressing_deploying', because: 'AWS works on it', story: (stage) =>
    tierChanged(stage, 'Deploying', () => stage.tier('basic', { connectionGroups: managed, defaultConnectionGroup: 'own' })) },
  { file: 'progressing_specChanged', message: unspoken, because: 'the status is about an older spec', story: async (stage) => {
    stage.world.kill();
    stage.tier('basic', { webACL: { type: 'Disabled' } });
  } },
  { file: 'progressing_deleting', message: deleting, because: 'it is being deleted, and a tenant uses it', story: async (stage) => {
    await served(stage);
    await tierChanged(stage, 'InUse', () => stage.world.cluster.delete('EdgeTier', 'basic'));
  } },
  { file: 'suspended_paused', because: 'somebody paused it', story: (stage) => tierChanged(stage, 'Paused', () => stage.annotate('EdgeTier', 'basic', 'paused', 'true')) },
  { file: 'suspended_dryRun', because: 'somebody wants to know what would be done', story: (stage) => tierChanged(stage, 'DryRun', () => {
    stage.annotate('EdgeTier', 'basic', 'dry-run', 'true');
    stage.tier('basic', { connectionGroups: managed, defaultConnectionGroup: 'own' });
  }) },
  { file: 'degraded_distributionNotFound', because: 'it names what is not there', story: (stage) => tierChanged(stage, 'DistributionNotFound', () => stage.tier('basic', { distributionId: 'E1NOSUCHONE' })) },
  { file: 'degraded_parameterUndefined', because: 'its spec does not fit the distribution', story: (stage) =>
    tierChanged(stage, 'ParameterUndefined', () => stage.tier('basic', { parameters: [{ name: 'site', value: 'main' }] })) },
  { file: 'degraded_accessDenied', because: 'a permission is missing', story: (stage) => tierChanged(stage, 'AccessDenied', () => {
    Object.assign(stage.world.simulator.knobs, { deniedActions: ['cloudfront:CreateConnectionGroup'] });
    stage.tier('basic', { connectionGroups: managed, defaultConnectionGroup: 'own' });
  }) },
  { file: 'healthy_available', because: 'it can take tenants', story: (stage) => tierReached(stage, 'Available') },
];
