import type { DomainName } from '../../../crds/domain-name.ts';
import type { Action, Refusal } from '../../contract.ts';
import { Failure } from '../../failure.ts';
import { concern, type CreateTenant, hashOfConfig, type Lessons, type MoveRefusal, settingNotTaken, takenMessage, type Tenant, type TenantAction, type Unproved, type UpdateTenant } from './tenant.ts';
import { aclOf } from './web-acl.ts';

/*
 * What AWS refused, and what to make of it. It names neither the domain that is taken, nor the quota that is used up, nor what of an update
 * it does not allow: that is told by what was asked for, and by asking for less.
 */

const seconds = 1000;
/** CloudFront looks into DNS when it is asked: at first this often, later less. */
const provedPace = { minMs: 15 * seconds, maxMs: 60 * seconds };

// Neither says what it is about: a distribution may not be changed together with anything else, or not at all.
const moveRefused = ['InvalidArgument', 'InvalidAssociation'];

type Write = CreateTenant | UpdateTenant;

const addsOf = (action: Write): readonly DomainName[] => (action.verb === 'CreateDistributionTenant' ? action.config.domains : action.adds);

const isMove = (action: TenantAction, code: string): action is UpdateTenant => action.verb === 'UpdateDistributionTenant' && action.moving !== undefined && moveRefused.includes(code);

const isUnproved = (action: TenantAction, code: string): action is Write => 'request' in action && action.request?.host === 'cloudfront' && code === 'InvalidArgument';

/** What a refusal of a write says, as far as what was asked for tells. */
const meaningOf = (action: Write, { code, message }: Failure): Pick<Failure, 'kind' | 'reason' | 'message'> | undefined => {
  const adds = addsOf(action);
  if (code === 'CNAMEAlreadyExists' && adds.length === 1) return { kind: 'blocked', reason: 'DomainTaken', message: takenMessage(adds) };
  if (isMove(action, code)) {
    return action.moving === 'together'
      ? { kind: 'conflict', reason: 'Conflict', message: `CloudFront refuses to change the distribution together with all the rest, so that it goes in steps: ${message}` }
      : { kind: action.again ? 'conflict' : 'blocked', reason: 'MoveRefused', message: `CloudFront refuses to move the tenant to distribution ${action.config.distributionId}, so that it is served as before: ${message}` };
  }
  if (isUnproved(action, code)) return { kind: 'unsettled', reason: 'WaitingForValidation', message: `our DNS sees ${action.config.domains.join(', ')} point here, CloudFront does not yet; it is asked again: ${message}` };
  return undefined;
};

/** AWS's refusal of a write in the words in which the next looks will tell it. */
export const inOurWords = (action: Write, failure: Failure): Failure => {
  const meaning = meaningOf(action, failure);
  return meaning === undefined ? failure : new Failure({ ...meaning, code: failure.code, cause: failure });
};

const isOurs = ({ action }: { readonly action: Action }): boolean => action.concern === concern;

/** Those that failed for a name that is taken, newest last. */
export const conflictsIn = (refusals: readonly Refusal[]): readonly Refusal[] => refusals.filter((refusal) => isOurs(refusal) && refusal.failure.code === 'CNAMEAlreadyExists');

/** How a tenant's refusals are read: by what it has, by what others were refused and whether they sit at a web ACL, and by the time. */
export type Reading = { readonly tenant: Tenant | undefined; readonly refusedToOthers: readonly string[]; readonly isTaken: (arn: string) => boolean; readonly now: Date };

type Told = { readonly action: TenantAction; readonly failure: Failure; readonly at: Date };

/**
 * The web ACLs that this tenant or others found full. None where this one found two so, or one that nobody sits at: then it is the account
 * that has no room for another tenant, and to try other ACLs would only hide it.
 */
const fullIn = (told: readonly Told[], { tenant, refusedToOthers, isTaken }: Reading): readonly string[] => {
  const arns = told.flatMap(({ action, failure }) => ('seat' in action && failure.code === 'EntityLimitExceeded' && action.seat !== undefined && action.seat.arn !== aclOf(tenant) ? [action.seat.arn] : []));
  const own = [...new Set(arns)];
  const isAccount = own.length > 1 || own.some((arn) => !isTaken(arn));
  return isAccount ? [] : [...new Set([...own, ...refusedToOthers])];
};

/** An update that was refused, it seems, for a name that has no certificate yet. */
const isUncovered = (action: TenantAction, code: string, tenant: Tenant | undefined): boolean =>
  action.verb === 'UpdateDistributionTenant' && code === 'InvalidArgument' && action.request === undefined && action.moving === undefined && action.adds.length === 0
  && tenant !== undefined && action.config.certificateArn === tenant.certificateArn && tenant.domains.some(({ active }) => !active);

const moveRefusalsIn = (told: readonly Told[]): readonly MoveRefusal[] =>
  told.flatMap(({ action, failure }) => (isMove(action, failure.code) && action.moving !== undefined ? [{ to: action.config.distributionId, moving: action.moving, message: failure.message }] : []));

const unprovedIn = (told: readonly Told[], now: Date): Unproved | undefined => {
  const asked = told.flatMap(({ action, failure, at }) => (isUnproved(action, failure.code) ? [{ names: action.config.domains, message: failure.message, atMs: at.getTime() }] : []));
  const last = asked.at(-1);
  if (last === undefined) return undefined;
  const first = asked.find(({ names }) => names.join(' ') === last.names.join(' ')) ?? last;
  const pauseMs = Math.min(Math.max((last.atMs - first.atMs) / 4, provedPace.minMs), provedPace.maxMs);
  return { names: last.names, message: last.message, againInMs: Math.max(0, last.atMs + pauseMs - now.getTime()) };
};

/** What the refusals of the last minutes teach about a tenant. */
export const lessonsFrom = (refusals: readonly Refusal[], reading: Reading): Lessons => {
  const told = refusals.filter(isOurs).map((refusal): Told => ({ ...refusal, action: refusal.action as TenantAction }));
  const conflicts = told.filter(({ failure }) => failure.code === 'CNAMEAlreadyExists');
  const added = conflicts.flatMap(({ action }) => (action.verb === 'CreateDistributionTenant' || action.verb === 'UpdateDistributionTenant' ? [addsOf(action)] : []));
  return {
    cautious: conflicts.length > 0,
    refusedAlone: added.filter((names) => names.length === 1).flat(),
    disableAlone: told.some(({ action, failure }) => action.verb === 'DisableDistributionTenant' && failure.code === 'InvalidArgument'),
    activeOnly: told.some(({ action, failure }) => isUncovered(action, failure.code, reading.tenant)),
    fullAcls: fullIn(told, reading),
    moveRefusals: moveRefusalsIn(told),
    unproved: unprovedIn(told, reading.now),
    notTaken: told.flatMap(({ action, failure }) => (action.verb === 'UpdateDistributionTenant' && failure.code === settingNotTaken ? [{ configHash: hashOfConfig(action.config), message: failure.message }] : [])),
  };
};
