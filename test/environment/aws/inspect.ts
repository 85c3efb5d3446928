import type { Certificate } from './acm/state.ts';
import type { ConnectionGroup, Distribution, Tenant } from './cloudfront/state.ts';
import type { CertificateSnapshot, ConnectionGroupSnapshot, DistributionSnapshot, IpSetSnapshot, TenantSnapshot, WebAclSnapshot } from './snapshots.ts';
import type { World } from './world.ts';
import { networkFrom } from './wafv2/cidr.ts';
import type { IpSet, WebAcl } from './wafv2/state.ts';

/** Looks at the truth: nothing stale, nothing paged, nothing counted as a call. */
export type Inspect = {
  readonly tenants: () => readonly TenantSnapshot[];
  readonly certificates: () => readonly CertificateSnapshot[];
  readonly connectionGroups: () => readonly ConnectionGroupSnapshot[];
  readonly webAcls: () => readonly WebAclSnapshot[];
  readonly ipSets: () => readonly IpSetSnapshot[];
  readonly distributions: () => readonly DistributionSnapshot[];
};

const tenantSnapshot = ({ id, arn, name, etag, config, status, active, tags, managed }: Tenant): TenantSnapshot => ({
  id,
  arn,
  name,
  etag,
  distributionId: config.distributionId,
  connectionGroupId: config.connectionGroupId,
  enabled: config.enabled,
  status,
  domains: config.domains.map((domain) => ({ domain, status: active.has(domain) ? 'active' : 'inactive' })),
  customizations: config.customizations ?? {},
  parameters: config.parameters ?? [],
  tags: Object.fromEntries(tags),
  ...(managed !== undefined && { managedCertificateArn: managed.certificateArn }),
});

const certificateSnapshot = (world: World, certificate: Certificate): CertificateSnapshot => ({
  arn: certificate.id,
  names: certificate.names,
  status: certificate.status,
  type: certificate.type,
  keyAlgorithm: certificate.keyAlgorithm,
  ...(certificate.managedBy !== undefined && { managedBy: certificate.managedBy }),
  ...(certificate.notAfter !== undefined && { notAfter: certificate.notAfter }),
  ...(certificate.failureReason !== undefined && { failureReason: certificate.failureReason }),
  isUsed: world.uses.held(certificate.id) > 0,
  records: [...new Map(certificate.validations.map(({ record: { name, value } }) => [name, { name: name.slice(0, -1), value: value.slice(0, -1) }])).values()],
  tags: Object.fromEntries(certificate.tags),
});

const groupSnapshot = (group: ConnectionGroup): ConnectionGroupSnapshot => ({
  id: group.id,
  arn: group.arn,
  name: group.name,
  endpoint: group.endpoint,
  etag: group.etag,
  enabled: group.enabled,
  ipv6: group.ipv6,
  anycastList: group.anycastList,
  status: group.status,
  isDefault: group.isDefault,
  tags: Object.fromEntries(group.tags),
});

const webAclSnapshot = (world: World, acl: WebAcl): WebAclSnapshot => ({
  arn: acl.id,
  id: acl.uuid,
  name: acl.name,
  lockToken: acl.lockToken,
  rules: acl.config.Rules ?? [],
  associations: world.uses.held(acl.id),
  tags: Object.fromEntries(acl.tags),
});

const ipSetSnapshot = (world: World, set: IpSet): IpSetSnapshot => {
  const { IPAddressVersion: version = 'IPV4', Addresses: addresses = [] } = set.config;
  return {
    arn: set.id,
    id: set.uuid,
    name: set.name,
    version,
    addresses: addresses.map((address) => networkFrom(address, version) ?? address),
    lockToken: set.lockToken,
    usedBy: living(world.webAcls.values()).flatMap((acl) => (acl.ipSets.has(set.id) ? [acl.name] : [])),
    tags: Object.fromEntries(set.tags),
  };
};

const distributionSnapshot = (world: World, { id, arn, etag, config, status, tags }: Distribution): DistributionSnapshot => ({
  id,
  arn,
  etag,
  connectionMode: config.ConnectionMode ?? 'direct',
  enabled: config.Enabled === true,
  status,
  aliases: config.Aliases?.Items ?? [],
  ...(config.ViewerCertificate?.ACMCertificateArn !== undefined && { certificateArn: config.ViewerCertificate.ACMCertificateArn }),
  ...(config.WebACLId !== undefined && config.WebACLId !== '' && { webAclArn: config.WebACLId }),
  tenants: world.uses.held(id),
  tags: Object.fromEntries(tags),
});

const living = <Thing extends { readonly gone: boolean }>(things: readonly Thing[]): readonly Thing[] => things.filter(({ gone }) => !gone);

/** `catchUp` brings the world to the present before each look. */
export const createInspect = (world: World, catchUp: () => void): Inspect => {
  const look = <Snapshot>(snapshots: () => readonly Snapshot[]) => (): readonly Snapshot[] => {
    catchUp();
    return snapshots();
  };
  return {
    tenants: look(() => living(world.tenants.values()).map(tenantSnapshot)),
    certificates: look(() => living(world.certificates.values()).map((certificate) => certificateSnapshot(world, certificate))),
    connectionGroups: look(() => living(world.groups.values()).map(groupSnapshot)),
    webAcls: look(() => living(world.webAcls.values()).map((acl) => webAclSnapshot(world, acl))),
    ipSets: look(() => living(world.ipSets.values()).map((set) => ipSetSnapshot(world, set))),
    distributions: look(() => living(world.distributions.values()).map((distribution) => distributionSnapshot(world, distribution))),
  };
};
