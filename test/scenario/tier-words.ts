import type { ConnectionGroup, EdgeTierSpec, TenantDomainSpec } from '../../crds/types.ts';
import { groupNameOf } from '../../reconcilers/edge-tier/connection-group/connection-group.ts';
import type { DistributionOrder } from '../environment/aws/operator.ts';
import type { ConnectionGroupSnapshot, TenantSnapshot } from '../environment/aws/snapshots.ts';
import { byHand } from './by-hand.ts';
import type { Step } from './scenario.ts';
import type { Stage } from './stage.ts';

/** The words that stories of tiers and of what tenants choose of them share. Tenants are `acme/t1` for `t1.acme.example`, …. */

/** A connection group of the tier's own. */
export const group = (name: string, ipv6 = true): ConnectionGroup => ({ name, type: 'Managed', managed: { ipv6 } });

/** Applies a tier with these groups of its own, the first one being everybody's, on the distribution whose certificate serves `*.acme.example`. */
export const tierWithGroups = (stage: Stage, groups: readonly ConnectionGroup[], spec: Partial<EdgeTierSpec> = {}, name = 'basic'): void =>
  stage.tier(name, { distributionId: stage.distributions.wildcard, certificate: { issuer: 'Distribution' }, connectionGroups: groups, defaultConnectionGroup: groups[0]?.name ?? '', ...spec });

/** Applies a tier without groups of its own: the account's default one is everybody's. */
export const tierWithoutGroups = ({ world, distributions }: Stage): void =>
  world.apply({
    apiVersion: 'tenantedge.dev/v1alpha1', kind: 'EdgeTier', metadata: { name: 'basic' },
    spec: { distributionId: distributions.wildcard, certificate: { issuer: 'Distribution' }, ownership: { proof: 'None' }, allowedNamespaces: { from: 'All' } },
  });

/** A distribution like the one with the wildcard certificate, with something of its own. */
export const blueprint = ({ operator, world, distributions }: Stage, order: Pick<DistributionOrder, 'parameters'>): string => {
  const certificateArn = world.simulator.inspect.distributions().find(({ id }) => id === distributions.wildcard)?.certificateArn ?? '';
  return operator.createDistribution({ ...order, certificateArn }).id;
};

/** The tier's own group by this name as it is in AWS, if it is there. */
export const groupIn = ({ world }: Stage, name: string, tier = 'basic'): ConnectionGroupSnapshot | undefined =>
  world.simulator.inspect.connectionGroups().find((one) => one.name === groupNameOf({ installation: 'test', name: tier }, name));

/** Applies TenantDomain `acme/t1`, on the basic tier unless told. */
export const t1 = (stage: Stage, spec: Partial<TenantDomainSpec> = {}): void => stage.tenant({ domains: ['t1.acme.example'], ...spec }, 'acme/t1');

/** The distribution tenant of `acme/t1`, or of another number, as it is in AWS. */
export const tenantIn = ({ world }: Stage, number = 1): TenantSnapshot | undefined =>
  world.simulator.inspect.tenants().find(({ tags }) => tags['tenantedge.dev/owner'] === `acme/t${number}`);

/** Whether a tenant is assigned to the tier's group by this name, and ready. */
export const isIn = (stage: Stage, name: string, number = 1): boolean => {
  const id = tenantIn(stage, number)?.connectionGroupId;
  return id !== undefined && id === groupIn(stage, name)?.id && stage.isReady(`acme/t${number}`);
};

/** Whether the customer's DNS leads to the tier's group by this name, and the status says so. */
export const pointsAt = (stage: Stage, name: string, number = 1): boolean => {
  const answer = stage.world.zones.answer({ name: `t${number}.acme.example`, type: 'CNAME' });
  const targets = answer.is === 'records' ? answer.records.flatMap((record) => (record.type === 'CNAME' ? [record.target] : [])) : [];
  return targets.includes(groupIn(stage, name)?.endpoint ?? '') && stage.is('DNSConfigured', 'Configured', `acme/t${number}`);
};

/** Somebody disables the tier's group by this name in the console, or enables it. */
export const setEnabledByHand = (stage: Stage, id: string, enabled: boolean): void => {
  const etagOf = (): string => stage.world.simulator.inspect.connectionGroups().find((one) => one.id === id)?.etag ?? '';
  void byHand(stage, 'cloudfront', 'UpdateConnectionGroup', () => ({ Id: id, IfMatch: etagOf(), Enabled: enabled }));
};

/** A person looks: what these conditions of an EdgeTier (`basic`) or a TenantDomain (`acme/t1`) say goes into the transcript, word by word. */
export const read = (stage: Stage, ...wanted: readonly (readonly [key: string, ...conditions: readonly string[]])[]): Step => ({
  name: 'a person reads',
  act: () => {
    for (const [key, ...types] of wanted) {
      const conditions = (key.includes('/') ? stage.world.tenant(key) : stage.world.tier(key))?.status?.conditions ?? [];
      for (const { type, status, reason, message } of conditions) if (types.includes(type)) stage.transcript.say(`${key} ${type} ${status} ${reason}: ${message}`);
    }
  },
  until: () => true,
});

/** Sets an annotation of an EdgeTier (`basic`) or a TenantDomain (`acme/t1`), or takes it away. */
export const annotate = (stage: Stage, key: string, annotation: 'paused' | 'dry-run', value: 'true' | 'absent' = 'true'): void =>
  stage.annotate(key.includes('/') ? 'TenantDomain' : 'EdgeTier', key, annotation, value === 'absent' ? undefined : value);
