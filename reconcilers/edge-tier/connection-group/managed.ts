import { isDeepStrictEqual } from 'node:util';
import type { ConnectionGroup } from '../../../crds/types.ts';
import type { Decision, Refusal } from '../../contract.ts';
import { concern, type ConnectionGroupAction, type ConnectionGroupsSpec, type CreateGroup, type GroupConfig, type Groups, isPublished, type OwnGroup, say, settingNotTaken, type UpdateGroup } from './connection-group.ts';

type Step = Decision<ConnectionGroupAction>;

const wantedConfig = ({ managed }: ConnectionGroup): GroupConfig => ({ ipv6: managed?.ipv6 ?? true, anycastIpListId: managed?.anycastIpListId });

const shown = (value: string | boolean | undefined): string => String(value ?? 'none');

const differences = (wanted: GroupConfig, own: OwnGroup): readonly string[] => {
  const pairs = [
    ['ipv6', own.ipv6, wanted.ipv6],
    ['anycastIpListId', own.group.anycastIpListId, wanted.anycastIpListId],
    ['enabled', own.group.enabled, true],
  ] as const;
  return pairs.filter(([, from, to]) => from !== to).map(([what, from, to]) => `${what} ${shown(from)} -> ${shown(to)}`);
};

/** Gives a group these settings, and enables it. */
export const update = ({ name, group }: OwnGroup, config: GroupConfig, why: string): UpdateGroup => ({
  concern, verb: 'UpdateConnectionGroup', because: `update connection group "${name}" (${group.id}): ${why}`, destroys: false, needs: 'live',
  name, id: group.id, etag: group.etag, config, dropsList: group.anycastIpListId !== undefined && config.anycastIpListId === undefined,
});

const planCreate = (wanted: ConnectionGroup, published: ConnectionGroupsSpec['published']): Step => {
  const { name } = wanted;
  const before = published?.find((row) => row.name === name && row.endpoint !== undefined);
  const lost = before === undefined ? '' : `: ${before.id ?? ''} was there before, and is gone with its endpoint ${before.endpoint ?? ''}`;
  const action: CreateGroup = { concern, verb: 'CreateConnectionGroup', because: `create connection group "${name}"${lost}`, destroys: false, needs: 'shared', name, config: wantedConfig(wanted) };
  const condition = say('False', 'Creating', `connection group "${name}" is being created${lost}`);
  return { condition, move: { is: 'acting', actions: [action], afterwards: say('False', 'Deploying', `connection group "${name}" is made, and CloudFront is deploying it; its endpoint is published then`) } };
};

/**
 * CloudFront took this update and left a setting as it was: it is sent again when that refusal is forgotten, and not in every pass. The
 * version moved with it, so that it is another action to whoever compares them whole.
 */
const notTakenUp = ({ name, config }: UpdateGroup, refusals: readonly Refusal[]): Refusal | undefined =>
  refusals.findLast(({ action, failure }) => failure.code === settingNotTaken && 'name' in action && action.name === name && 'config' in action && isDeepStrictEqual(action.config, config));

const planPresent = (wanted: ConnectionGroup, own: OwnGroup, published: boolean, refusals: readonly Refusal[]): Step => {
  const { name, group } = own;
  const called = `connection group "${name}" (${group.id})`;
  const config = wantedConfig(wanted);
  const what = differences(config, own);
  const serves = published && group.enabled;
  const meanwhile = serves ? `, and it goes on serving at ${group.endpoint}` : published ? `, which serves nothing at ${group.endpoint} before` : '; its endpoint is published then';
  const deploying = say(serves ? 'True' : 'False', 'Deploying', `CloudFront is deploying ${called}${meanwhile}`);
  if (what.length > 0) {
    const action = update(own, config, what.join('; '));
    const refusal = notTakenUp(action, refusals);
    if (refusal) return { condition: say('False', refusal.failure.reason, refusal.failure.message), move: { is: 'waiting', on: 'person' } };
    const condition = say(serves ? 'True' : 'False', 'Updating', `${called} is being updated: ${what.join('; ')}`);
    return { condition, move: { is: 'acting', actions: [action], afterwards: deploying } };
  }
  if (!group.deployed) return { condition: deploying, move: { is: 'waiting', on: 'aws' } };
  return { condition: say('True', 'Found', `"${name}" is reached at ${group.endpoint}`), move: { is: 'settled' } };
};

/** Makes one group of the tier's own, keeps it as the spec says, and leaves alone what only has its name. */
export const planManaged = (wanted: ConnectionGroup, groups: Groups, published: ConnectionGroupsSpec['published']): Step => {
  const { name } = wanted;
  const own = groups.own.find((one) => one.name === name);
  if (own) return planPresent(wanted, own, isPublished(name, own.group, published), groups.refusals);
  const strange = groups.strange.find((one) => one.name === name);
  if (strange === undefined) return planCreate(wanted, published);
  const message = `spec.connectionGroups "${name}": a connection group named ${strange.group.name} exists (${strange.group.arn}) without this tier's tags: it is left alone; have its owner delete it, or choose another name here`;
  return { condition: say('False', 'NotOurs', message), move: { is: 'waiting', on: 'person' } };
};

