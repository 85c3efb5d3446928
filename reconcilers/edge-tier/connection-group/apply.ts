import type { CreateConnectionGroupResult, UpdateConnectionGroupCommandInput } from '@aws-sdk/client-cloudfront';
import { type Marks, type Owner, tagsFor } from '../../aws/mark.ts';
import { connectionGroupSummaryFrom } from '../../aws/summaries.ts';
import { Failure, unlessMissing } from '../../failure.ts';
import type { Aws } from '../../ports/aws.ts';
import type { ConnectionGroupSummary, Fleet } from '../../ports/fleet.ts';
import { type ConnectionGroupAction, type GroupConfig, groupNameOf, settingNotTaken, type UpdateGroup } from './connection-group.ts';

type Ports = { readonly aws: Aws; readonly fleet: Fleet; readonly marks: Marks };

/** The whole configuration, since AWS does not say what becomes of members left out. */
const inputOf = ({ ipv6, anycastIpListId }: GroupConfig, enabled: boolean) =>
  ({ Ipv6Enabled: ipv6, Enabled: enabled, ...(anycastIpListId === undefined ? {} : { AnycastIpListId: anycastIpListId }) }) satisfies Omit<UpdateConnectionGroupCommandInput, 'Id' | 'IfMatch'>;

/** Where AWS misses something, it is the list that the spec names: the group itself was there just now. */
const namingList = async <Answer>({ name, config }: { readonly name: string; readonly config: GroupConfig }, call: Promise<Answer>): Promise<Answer> => {
  try {
    return await call;
  } catch (error) {
    if (!(error instanceof Failure) || error.code !== 'EntityNotFound' || config.anycastIpListId === undefined) throw error;
    const message = `spec.connectionGroups "${name}".managed.anycastIpListId: this AWS account has no Anycast static IP list ${config.anycastIpListId}: correct it, or have the list made`;
    throw new Failure({ kind: 'blocked', reason: 'InvalidRequest', code: error.code, message, cause: error });
  }
};

/** CloudFront may take an update without complaint and leave the list as it was, which must not be tried for ever. */
const checkTaken = ({ name, id, config }: UpdateGroup, { anycastIpListId }: ConnectionGroupSummary): void => {
  if (anycastIpListId === config.anycastIpListId) return;
  const message = `update connection group "${name}" (${id}): CloudFront keeps its Anycast static IP list ${anycastIpListId ?? 'none'}, and spec.connectionGroups asks for ${config.anycastIpListId ?? 'none'}: change it there, or here`;
  throw new Failure({ kind: 'blocked', reason: 'InvalidRequest', code: settingNotTaken, message });
};

/** Carries out one action on a group of this tier's. One that is gone already counts as deleted. */
export const applyConnectionGroup = async ({ aws, fleet, marks }: Ports, owner: Owner, action: ConnectionGroupAction, signal: AbortSignal): Promise<undefined> => {
  const learn = ({ ConnectionGroup, ETag }: CreateConnectionGroupResult): ConnectionGroupSummary => {
    const group = connectionGroupSummaryFrom(ConnectionGroup ?? {}, ETag);
    fleet.connectionGroups.put(group);
    return group;
  };
  switch (action.verb) {
    case 'CreateConnectionGroup': {
      const input = { Name: groupNameOf(owner, action.name), Tags: { Items: tagsFor(owner) }, ...inputOf(action.config, true) };
      marks.learn(learn(await namingList(action, aws.createConnectionGroup(input, signal))).arn, owner);
      return undefined;
    }
    case 'UpdateConnectionGroup': {
      // AWS does not say how a list is taken off; an empty string is how CloudFront's answers show that there is none.
      const input = { Id: action.id, IfMatch: action.etag, ...inputOf(action.config, true), ...(action.dropsList ? { AnycastIpListId: '' } : {}) };
      checkTaken(action, learn(await namingList(action, aws.updateConnectionGroup(input, signal))));
      return undefined;
    }
    case 'DisableConnectionGroup':
      learn(await aws.updateConnectionGroup({ Id: action.id, IfMatch: action.etag, ...inputOf(action.config, false) }, signal));
      return undefined;
    case 'DeleteConnectionGroup':
      await unlessMissing(aws.deleteConnectionGroup({ Id: action.id, IfMatch: action.etag }, signal), ['EntityNotFound']);
      fleet.connectionGroups.drop(action.id);
      return undefined;
  }
};
