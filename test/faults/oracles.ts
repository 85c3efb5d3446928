import { ownerKeyOf, tagKeys } from '../../reconcilers/aws/mark.ts';
import type { World } from '../environment/in-process/world.ts';
import { key } from './workloads.ts';

/** Ids differ from seed to seed; which of the account's it is does not. */
const blueprintIndex = (world: World, id: string): number => world.simulator.inspect.distributions().findIndex((distribution) => distribution.id === id);
const groupName = (world: World, id: string): string | undefined => world.simulator.inspect.connectionGroups().find((group) => group.id === id)?.name;

/** What the world has come to, without what differs from run to run: ids, ARNs, times. */
export const endState = (world: World): unknown => {
  const { tenants, certificates } = world.simulator.inspect;
  const status = world.tenant(key)?.status;
  return {
    tenants: tenants().map(({ name, distributionId, connectionGroupId, domains, enabled, status: deployment, parameters, customizations, tags }) => ({
      name, distribution: blueprintIndex(world, distributionId), group: groupName(world, connectionGroupId), domains, enabled, deployment, parameters, owner: tags[tagKeys.owner],
      webAcl: customizations.WebAcl, geo: customizations.GeoRestrictions, hasCertificate: customizations.Certificate !== undefined,
    })),
    certificates: certificates().map(({ names, status: state, isUsed, tags }) => ({ names, state, isUsed, owner: tags[tagKeys.owner] })),
    conditions: status?.conditions?.map(({ type, status: is, reason }) => `${type} ${is} ${reason}`),
    domains: status?.domains,
    records: status?.dnsRecords?.map(({ type, name, action, state, purpose }) => `${type} ${purpose === 'Traffic' ? name : name.replace(/^_[0-9a-f]+/, '_token')} ${action} ${state}`),
    uses: status?.certificates?.map(({ use, status: state }) => `${use} ${state ?? ''}`),
    orphans: world.tenant(key) === undefined ? [...tenants(), ...certificates()].filter(({ tags }) => tags[tagKeys.owner] === ownerKeyOf({ namespace: 'acme', name: 'shop' })).map(({ arn }) => arn) : [],
  };
};

/** Writes to AWS or Kubernetes in ten forced resyncs of a world at rest: there are to be none. */
export const settledWrites = async (world: World): Promise<readonly string[]> => {
  const versionBefore = world.cluster.version();
  const callsBefore = world.simulator.log.length;
  for (let round = 1; round <= 10; round++) {
    world.resync();
    await world.run(1_000);
  }
  const writes = world.simulator.log.slice(callsBefore).filter(({ mutating }) => mutating).map(({ operation }) => `${operation} at rest`);
  return world.cluster.version() === versionBefore ? writes : [...writes, 'an object was written at rest'];
};
