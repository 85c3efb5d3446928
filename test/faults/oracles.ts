import type { EdgeTier, TenantDomain } from '../../crds/types.ts';
import { tagKeys } from '../../reconcilers/aws/mark.ts';
import type { World } from '../environment/in-process/world.ts';

/** Ids differ from seed to seed; which of the account's it is does not. */
const blueprintIndex = (world: World, id: string): number => world.simulator.inspect.distributions().findIndex((distribution) => distribution.id === id);
const groupName = (world: World, id: string): string | undefined => world.simulator.inspect.connectionGroups().find((group) => group.id === id)?.name;

/** Which of a tier's own web ACLs a tenant sits at depends on who came first; that it is one of them does not. */
const webAclKind = (world: World, arn: string | undefined): string | undefined => {
  const acl = world.simulator.inspect.webAcls().find((one) => one.arn === arn);
  return acl === undefined ? arn : `of ${acl.tags[tagKeys.owner] ?? 'nobody'}`;
};

const living = (world: World): readonly string[] => [
  ...(world.cluster.list('tenantdomains') as readonly TenantDomain[]).map(({ metadata }) => `${metadata.namespace ?? ''}/${metadata.name}`),
  ...(world.cluster.list('edgetiers') as readonly EdgeTier[]).map(({ metadata }) => `/${metadata.name}`),
];

const orphansIn = (world: World): readonly string[] => {
  const { tenants, certificates, webAcls, ipSets, connectionGroups } = world.simulator.inspect;
  const owners = living(world);
  return [...tenants(), ...certificates(), ...webAcls(), ...ipSets(), ...connectionGroups()].filter(({ tags }) => tags[tagKeys.owner] !== undefined && !owners.includes(tags[tagKeys.owner] ?? '')).map(({ arn }) => arn);
};

const byText = <Value>(values: readonly Value[]): readonly Value[] => values.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));

const objectsIn = (world: World): unknown => ({
  tenantDomains: (world.cluster.list('tenantdomains') as readonly TenantDomain[]).map(({ metadata, status }) => ({
    name: metadata.name,
    conditions: status?.conditions?.map(({ type, status: is, reason }) => `${type} ${is} ${reason}`),
    domains: status?.domains,
    records: status?.dnsRecords?.map(({ type, name, action, state, purpose }) => `${type} ${purpose === 'Traffic' ? name : name.replace(/^_[0-9a-f]+/, '_token')} ${action} ${state}`),
    uses: status?.certificates?.map(({ use, issuer, status: state }) => `${use} ${issuer ?? ''} ${state ?? ''}`),
  })),
  edgeTiers: (world.cluster.list('edgetiers') as readonly EdgeTier[]).map(({ metadata, status }) => ({
    name: metadata.name,
    conditions: status?.conditions?.map(({ type, status: is, reason }) => `${type} ${is} ${reason}`),
    webAcls: status?.webACLs?.map(({ state }) => state), groups: status?.connectionGroups?.map(({ name, state }) => `${name} ${state ?? ''}`), rollout: status?.rollout, tenants: status?.tenants,
  })),
});

/** What the world has come to, without what differs from run to run: ids, ARNs, times. */
export const endState = (world: World): unknown => {
  const { tenants, certificates, webAcls, ipSets, connectionGroups } = world.simulator.inspect;
  return {
    tenants: byText(tenants().map(({ name, distributionId, connectionGroupId, domains, enabled, status: deployment, parameters, customizations, tags }) => ({
      name, distribution: blueprintIndex(world, distributionId), group: groupName(world, connectionGroupId), domains, enabled, deployment, parameters, owner: tags[tagKeys.owner],
      webAcl: [customizations.WebAcl?.Action, webAclKind(world, customizations.WebAcl?.Arn)], geo: customizations.GeoRestrictions, hasCertificate: customizations.Certificate !== undefined,
    }))),
    certificates: byText(certificates().map(({ names, status: state, isUsed, managedBy, tags }) => ({ names, state, isUsed, managedBy, owner: tags[tagKeys.owner] }))),
    webAcls: byText(webAcls().map(({ name, rules, tags }) => ({ name, rules: rules.map((rule) => rule.Name), owner: tags[tagKeys.owner] }))),
    ipSets: byText(ipSets().map(({ name, addresses, tags }) => ({ name, addresses, owner: tags[tagKeys.owner] }))),
    groups: byText(connectionGroups().filter(({ tags }) => tags[tagKeys.owner] !== undefined).map(({ name, enabled, ipv6, status: deployment, tags }) => ({ name, enabled, ipv6, deployment, owner: tags[tagKeys.owner] }))),
    objects: objectsIn(world),
    orphans: orphansIn(world),
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
