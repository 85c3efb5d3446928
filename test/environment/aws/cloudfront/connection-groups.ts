import type {
  CreateConnectionGroupCommandInput,
  CreateConnectionGroupResult,
  DeleteConnectionGroupCommandInput,
  GetConnectionGroupByRoutingEndpointCommandInput,
  GetConnectionGroupCommandInput,
  ListConnectionGroupsCommandInput,
  ListConnectionGroupsResult,
  UpdateConnectionGroupCommandInput,
} from '@aws-sdk/client-cloudfront';
import { cloudfrontFault, entityNotFound, invalidArgument } from '../errors.ts';
import { pageOf } from '../paging.ts';
import type { World } from '../world.ts';
import { addGroup, configureGroup, removeGroup } from './connection-group-state.ts';
import { findGroup, seeGroup } from './find.ts';
import { pageSize } from './page-size.ts';
import { checkIfMatch } from './preconditions.ts';
import type { ConnectionGroup, ConnectionGroupViews, Given } from './state.ts';
import { newTags } from './tag-rules.ts';

const namePattern = /^[a-zA-Z0-9][a-zA-Z0-9-.]{1,126}[a-zA-Z0-9]$/;

const answerOf = (views: ConnectionGroupViews | undefined): CreateConnectionGroupResult => {
  if (views === undefined) throw entityNotFound('connection group');
  return { ConnectionGroup: views.group, ETag: views.etag };
};

/** The list that an input names, undefined where it names none. */
const anycastListOf = (world: World, { AnycastIpListId: id = '' }: { readonly AnycastIpListId?: string | undefined }): string | undefined => {
  if (id !== '' && !world.knobs.anycastLists.includes(id)) throw entityNotFound('Anycast IP list');
  return id === '' ? undefined : id;
};

/** What an update leaves of the group's list: where the input does not mention it, all. */
const anycastListAfter = (world: World, group: ConnectionGroup, input: UpdateConnectionGroupCommandInput): string | undefined => {
  const named = anycastListOf(world, input);
  const isRemoved = input.AnycastIpListId === '' && world.knobs.anycastListEmptied === 'removed';
  return isRemoved ? undefined : (named ?? group.anycastList);
};

/** Makes a group as CreateConnectionGroup does. */
export const createGroup = (world: World, input: CreateConnectionGroupCommandInput, given: Given = {}): ConnectionGroup => {
  const { Name: name = '' } = input;
  if (!namePattern.test(name)) throw invalidArgument('The name is not valid.');
  const anycastList = anycastListOf(world, input);
  if (world.groupsByName.get(name)?.gone === false)
    throw cloudfrontFault('EntityAlreadyExists', 'A connection group with this name already exists.');
  if (world.groups.size >= world.knobs.maxConnectionGroups)
    throw cloudfrontFault('EntityLimitExceeded', `The account has the maximum of ${world.knobs.maxConnectionGroups} connection groups.`);
  return addGroup(world, {
    name,
    ipv6: input.Ipv6Enabled ?? true,
    anycastList,
    enabled: input.Enabled ?? true,
    tags: newTags(world, input.Tags),
    given,
  });
};

/** CreateConnectionGroup. */
export const createConnectionGroup = (world: World, input: CreateConnectionGroupCommandInput): CreateConnectionGroupResult =>
  answerOf(createGroup(world, input).shown.latest());

/** GetConnectionGroup, by id, name or ARN. */
export const getConnectionGroup = (world: World, input: GetConnectionGroupCommandInput): CreateConnectionGroupResult =>
  answerOf(seeGroup(world, input.Identifier));

/** GetConnectionGroupByRoutingEndpoint. */
export const getConnectionGroupByRoutingEndpoint = (
  world: World,
  input: GetConnectionGroupByRoutingEndpointCommandInput,
): CreateConnectionGroupResult => {
  const group = world.groups.values().find(({ endpoint }) => endpoint === input.RoutingEndpoint);
  return answerOf(group?.shown.read(world.timeline.nowMs));
};

/** UpdateConnectionGroup; tenants in the group do not keep it from being disabled. */
export const updateConnectionGroup = (world: World, input: UpdateConnectionGroupCommandInput): CreateConnectionGroupResult => {
  const group = findGroup(world, input.Id);
  checkIfMatch(world, group.etag, input.IfMatch);
  configureGroup(world, group, { ipv6: input.Ipv6Enabled ?? group.ipv6, anycastList: anycastListAfter(world, group, input), enabled: input.Enabled ?? group.enabled });
  return answerOf(group.shown.latest());
};

/** 404, If-Match, then state: not the default one, without tenants, disabled and the edges know. */
export const deleteConnectionGroup = (world: World, input: DeleteConnectionGroupCommandInput): void => {
  const group = findGroup(world, input.Id);
  checkIfMatch(world, group.etag, input.IfMatch);
  // Which error the default group answers with is a guess: no other that is modelled would fit.
  if (group.isDefault || world.uses.held(group.id) > 0)
    throw cloudfrontFault('CannotDeleteEntityWhileInUse', 'The connection group is in use and cannot be deleted.');
  if (group.enabled || world.timeline.nowMs < group.deletableFromMs)
    throw cloudfrontFault('ResourceNotDisabled', 'The specified resource is not disabled.');
  removeGroup(world, group);
};

/** ListConnectionGroups. */
export const listConnectionGroups = (world: World, input: ListConnectionGroupsCommandInput): ListConnectionGroupsResult => {
  const wanted = anycastListOf(world, input.AssociationFilter ?? {});
  const page = pageOf(world, world.groups, {
    marker: input.Marker,
    size: pageSize(input.MaxItems),
    show: (group) => {
      const summary = group.shown.read(world.timeline.nowMs)?.summary;
      return wanted === undefined || summary?.AnycastIpListId === wanted ? summary : undefined;
    },
    badMarker: () => invalidArgument('The marker is not valid.'),
  });
  return { ConnectionGroups: [...page.items], ...(page.next !== undefined && { NextMarker: page.next }) };
};
