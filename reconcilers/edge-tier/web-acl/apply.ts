import { type Marks, type Owner, tagsFor } from '../../aws/mark.ts';
import { wafSummaryFrom } from '../../aws/summaries.ts';
import { Failure, unlessMissing } from '../../failure.ts';
import type { Aws } from '../../ports/aws.ts';
import type { Fleet, WafSummary } from '../../ports/fleet.ts';
import type { Seats } from '../../seats.ts';
import { settingsOf } from './form.ts';
import type { Replaced } from './replaced.ts';
import { type CreateIpSet, type CreateWebAcl, type DeleteIpSet, type DeleteWebAcl, ipSetNameOf, summaryOf, type UpdateIpSet, type UpdateWebAcl, type WebAclAction, webAclNameOf } from './web-acl.ts';

type Ports = { readonly aws: Aws; readonly fleet: Fleet; readonly marks: Marks; readonly seats: Seats; readonly replaced: Replaced };

const gone = ['WAFNonexistentItemException'];

/** The last state of something that we have seen, as WAF wants it named: another state is not changed (R5). */
const stateOf = ({ name, id, lockToken }: WafSummary) => ({ Name: name, Id: id, LockToken: lockToken, Scope: 'CLOUDFRONT' }) as const;

const createWebAcl = async ({ aws, fleet, marks }: Ports, owner: Owner, { number, form }: CreateWebAcl, signal: AbortSignal): Promise<void> => {
  const name = webAclNameOf(owner, number);
  const { Summary } = await aws.createWebAcl({ Name: name, Scope: 'CLOUDFRONT', Tags: tagsFor(owner), ...settingsOf(form, name, undefined) }, signal);
  const summary = wafSummaryFrom(Summary ?? {});
  fleet.webAcls.put(summary);
  marks.learn(summary.arn, owner);
};

const updateWebAcl = async ({ aws, fleet, replaced }: Ports, action: UpdateWebAcl, signal: AbortSignal): Promise<void> => {
  const { NextLockToken: lockToken } = await aws.updateWebAcl({ ...stateOf(action), ...settingsOf(action.form, action.name, action.current) }, signal);
  if (lockToken === undefined) return;
  replaced.add(action.lockToken, lockToken);
  fleet.webAcls.put({ ...summaryOf(action), lockToken });
};

const createIpSet = async ({ aws, fleet, marks }: Ports, owner: Owner, { rule, family, addresses }: CreateIpSet, signal: AbortSignal): Promise<void> => {
  const name = ipSetNameOf(owner, { rule, family });
  const { Summary } = await aws.createIpSet({ Name: name, Scope: 'CLOUDFRONT', Tags: tagsFor(owner), IPAddressVersion: family, Addresses: [...addresses] }, signal);
  const summary = wafSummaryFrom(Summary ?? {});
  fleet.ipSets.put(summary);
  marks.learn(summary.arn, owner);
};

const updateIpSet = async ({ aws, fleet, replaced }: Ports, action: UpdateIpSet, signal: AbortSignal): Promise<void> => {
  const { NextLockToken: lockToken } = await aws.updateIpSet({ ...stateOf(action), Addresses: [...action.addresses] }, signal);
  if (lockToken === undefined) return;
  replaced.add(action.lockToken, lockToken);
  fleet.ipSets.put({ ...summaryOf(action), lockToken });
};

/**
 * Deletes unless it is in use, which AWS says for some minutes of what has just been left. That is an old picture and no trouble, so it is
 * told as a conflict, which keeps the condition as it was; the next look waits.
 */
const unlessInUse = async (deletion: Promise<unknown>): Promise<void> => {
  try {
    await unlessMissing(deletion, gone);
  } catch (error) {
    if (!(error instanceof Failure) || error.code !== 'WAFAssociatedItemException') throw error;
    throw new Failure({ kind: 'conflict', reason: 'InUse', code: error.code, message: error.message, cause: error });
  }
};

/** Nobody sits down from here on, and nobody is on the way; where it stays after all, it can be used again. */
const deleteWebAcl = async ({ aws, fleet, seats }: Ports, action: DeleteWebAcl, signal: AbortSignal): Promise<void> => {
  const { arn, name } = action;
  seats.close(arn);
  try {
    if (seats.others(arn, '', []) > 0) throw new Failure({ kind: 'conflict', reason: 'InUse', code: 'SeatTaken', message: `delete web ACL "${name}": a tenant has just chosen it` });
    await unlessInUse(aws.deleteWebAcl(stateOf(action), signal));
  } catch (error) {
    seats.reopen(arn);
    throw error;
  }
  fleet.webAcls.drop(name);
};

const deleteIpSet = async ({ aws, fleet }: Ports, action: DeleteIpSet, signal: AbortSignal): Promise<void> => {
  await unlessInUse(aws.deleteIpSet(stateOf(action), signal));
  fleet.ipSets.drop(action.name);
};

/** Carries out one action on a tier's own web ACLs or IP sets. What is gone already counts as deleted; nothing has to be remembered. */
export const applyWebAcl = async (ports: Ports, owner: Owner, action: WebAclAction, signal: AbortSignal): Promise<undefined> => {
  switch (action.verb) {
    case 'CreateWebACL':
      await createWebAcl(ports, owner, action, signal);
      break;
    case 'UpdateWebACL':
      await updateWebAcl(ports, action, signal);
      break;
    case 'DeleteWebACL':
      await deleteWebAcl(ports, action, signal);
      break;
    case 'CreateIPSet':
      await createIpSet(ports, owner, action, signal);
      break;
    case 'UpdateIPSet':
      await updateIpSet(ports, action, signal);
      break;
    case 'DeleteIPSet':
      await deleteIpSet(ports, action, signal);
      break;
  }
  return undefined;
};
