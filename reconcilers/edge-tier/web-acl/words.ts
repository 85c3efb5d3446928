import type { Reason } from '../../../crds/reasons.ts';
import type { ManagedWebACL } from '../../../crds/types.ts';
import type { Verdict } from '../../contract.ts';
import { maxWebAcls, type Standing } from './growth.ts';
import type { Rollout } from './rollout.ts';
import { type Acl, concern, type Ours } from './web-acl.ts';

/** The condition of this concern. */
export const say = (status: Verdict['status'], reason: Reason, message: string): Verdict => ({ type: concern, status, reason, message });

/** How many of something there are, as one reads it. */
export const counted = (count: number, noun: string): string => `${new Intl.NumberFormat('en').format(count)} ${noun}${count === 1 ? '' : 's'}`;

const secondsOf = (time: Date): string => `${time.toISOString().slice(0, 19)}Z`;

const numbers = (acls: readonly Acl[]): string => acls.map(({ number }) => number).join(', ');

/** What the tier has. */
const what = (managed: ManagedWebACL, { acls }: Ours): string => {
  const wcu = acls[0]?.wcu;
  return `${counted(acls.length, 'web ACL')} with ${counted(managed.rules?.length ?? 0, 'rule')}${wcu === undefined ? '' : ` (${new Intl.NumberFormat('en').format(wcu)} WCU)`}`;
};

/** Who takes seats and is no tenant: `status.webACLs` counts tenants only. */
const taken = ({ acls }: Ours): string =>
  acls.filter(({ foreign }) => foreign > 0).map(({ number, foreign }) => `; number ${number} is used by ${counted(foreign, 'distribution')} besides its tenants`).join('');

/**
 * Every web ACL has its rules; `retiring` of them are being emptied. `room` changes with each tenant, and so do the counts of the status: it
 * is written no more often for it.
 */
export const inForce = (managed: ManagedWebACL, ours: Ours, { retiring, room }: Pick<Standing, 'retiring' | 'room'>): Verdict => {
  const emptied = retiring.length === 0 ? '' : `; ${retiring.length === 1 ? 'number' : 'numbers'} ${numbers(retiring)} will be deleted once nobody has ${retiring.length === 1 ? 'it' : 'them'}`;
  return say('True', 'RulesInForce', `${what(managed, ours)}, room for ${counted(room, 'more tenant')} in up to ${maxWebAcls} of them${taken(ours)}${emptied}`);
};

const progress = ({ phase, updated, total }: Rollout): string =>
  phase === 'Observing' ? `the new rules only count yet, in ${updated} of ${total} web ACLs` : `the new rules are in ${updated} of ${total} web ACLs`;

/** A change of the rules is under way; every tenant has rules meanwhile. `after`: what a step that is due comes after. */
export const rollingOut = (rollout: Rollout, now: Date, after?: string): Verdict => {
  const { next, until } = rollout;
  const when = next === undefined ? `they act from ${secondsOf(until)} on` : `number ${next.acl.number} follows ${next.at > now ? `at ${secondsOf(next.at)}` : (after ?? 'next')}`;
  return say('True', 'RollingOut', `${progress(rollout)}; ${when}`);
};

/** One web ACL is being given its next rules now: without a time, which would differ from try to try. */
export const changing = (rollout: Rollout, { number }: Acl): Verdict => say('True', 'RollingOut', `${progress(rollout)}; number ${number} is being changed`);

/** What becomes of the tenants while the rules cannot be used. */
export const keptMeanwhile = ({ acls }: Ours): string => {
  if (acls.length === 0) return 'no web ACL is made before';
  return acls.length === 1 ? 'the running web ACL keeps the rules it has' : `the ${acls.length} running web ACLs keep the rules they have`;
};
