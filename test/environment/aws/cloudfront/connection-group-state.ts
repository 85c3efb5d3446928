import { Shown, stalenessOfDelete, stalenessOfWrite } from '../shown.ts';
import { delay, frozen, newEndpoint, newEntityId, newEtag, type World } from '../world.ts';
import type { ConnectionGroup, ConnectionGroupViews, Given } from './state.ts';

const viewOf = (world: World, group: ConnectionGroup): ConnectionGroupViews => {
  const summary = {
    Id: group.id,
    Name: group.name,
    Arn: group.arn,
    RoutingEndpoint: group.endpoint,
    CreatedTime: group.createdAt,
    LastModifiedTime: group.modifiedAt,
    Enabled: group.enabled,
    Status: group.status,
    IsDefault: group.isDefault,
    ...(group.anycastList === undefined ? {} : { AnycastIpListId: group.anycastList }),
  };
  const tags = world.knobs.echoesTags ? { Tags: { Items: [...group.tags].map(([key, value]) => ({ Key: key, Value: value })) } } : {};
  return frozen({ etag: group.etag, summary: { ...summary, ETag: group.etag }, group: { ...summary, Ipv6Enabled: group.ipv6, ...tags } });
};

/** Commits a change and starts its deployment. A group that is disabled goes on routing until the edges know. */
export const configureGroup = (
  world: World,
  group: ConnectionGroup,
  next: Pick<ConnectionGroup, 'ipv6' | 'anycastList' | 'enabled'>,
  deployMs = delay(world, 'groupDeployMs'),
): void => {
  if (group.enabled && !next.enabled) group.deletableFromMs = world.timeline.nowMs + delay(world, 'disablePropagationMs');
  const etag = newEtag(world);
  Object.assign(group, { ...next, etag, status: 'InProgress', modifiedAt: world.timeline.now });
  world.timeline.in(deployMs, () => {
    if (group.etag !== etag || group.gone) return;
    group.status = 'Deployed';
    group.deployedEnabled = group.enabled;
    group.shown.refresh(viewOf(world, group));
  });
  group.shown.write(viewOf(world, group), stalenessOfWrite(world));
};

/** A group to be made. */
export type NewGroup = {
  /** Absent for the account's default group, which CloudFront names itself. */
  readonly name?: string;
  readonly ipv6: boolean;
  readonly anycastList?: string | undefined;
  readonly enabled: boolean;
  readonly tags: ReadonlyMap<string, string>;
  readonly given: Given;
};

/** Makes a group and starts its deployment; what is wrong with it has been checked. */
export const addGroup = (world: World, order: NewGroup): ConnectionGroup => {
  const id = order.given.id ?? newEntityId(world, 'cg_');
  const group: ConnectionGroup = {
    id,
    arn: `arn:aws:cloudfront::${world.accountId}:connection-group/${id}`,
    // The name is reported by an emulator only; nothing else is known of it.
    name: order.name ?? `CreatedByCloudFront-${id}`,
    sequence: world.groups.nextSequence(),
    createdAt: world.timeline.now,
    tags: new Map(order.tags),
    endpoint: newEndpoint(world),
    isDefault: order.name === undefined,
    shown: new Shown(),
    ipv6: order.ipv6,
    anycastList: order.anycastList,
    enabled: false,
    deployedEnabled: false,
    status: 'InProgress',
    etag: '',
    modifiedAt: world.timeline.now,
    deletableFromMs: 0,
    gone: false,
  };
  world.groups.add(group);
  world.groupsByName.set(group.name, group);
  configureGroup(world, group, { ipv6: order.ipv6, anycastList: order.anycastList, enabled: order.enabled }, order.given.deployMs);
  return group;
};

/** Takes the group away, whoever uses it: callers check first. */
export const removeGroup = (world: World, group: ConnectionGroup): void => {
  const staleness = stalenessOfDelete(world);
  group.gone = true;
  group.shown.write(undefined, staleness);
  world.timeline.in(staleness.untilMs - world.timeline.nowMs, () => {
    world.groups.remove(group);
    if (world.groupsByName.get(group.name) === group) world.groupsByName.delete(group.name);
  });
};

/** The account's default group, if it has been made. */
export const defaultGroup = (world: World): ConnectionGroup | undefined => world.groups.values().find(({ isDefault }) => isDefault);

/** The account's default group, made when first needed; it can never be deleted. */
export const ensureDefaultGroup = (world: World): ConnectionGroup =>
  defaultGroup(world) ?? addGroup(world, { ipv6: true, enabled: true, tags: new Map(), given: { deployMs: 0 } });
