import type { ManagedWebACL } from '../../../crds/types.ts';
import type { Decision, Verdict } from '../../contract.ts';
import type { Failure } from '../../failure.ts';
import { type Form, hashOfForm, isSameForm } from './form.ts';
import type { Ours, WebAclAction } from './web-acl.ts';
import { problemOf } from './rules.ts';
import { keptMeanwhile, say } from './words.ts';

type Resting = Decision<WebAclAction>;

/** AWS allows so many units in one web ACL, and no quota raises that. @see https://docs.aws.amazon.com/waf/latest/developerguide/aws-waf-capacity-units.html */
export const maxWcu = 5_000;

const refused = (condition: Verdict): Resting => ({ condition, move: { is: 'waiting', on: 'person' } });

/** AWS does not take the rules, or nobody could ask it. */
const refusedBy = (failure: Failure, ours: Ours): Resting => {
  const { kind, reason } = failure;
  if (kind === 'transient' || kind === 'throttled' || reason === 'AccessDenied') return { condition: say('Unknown', reason, failure.message), move: { is: 'unseen', failure } };
  if (kind === 'conflict' || kind === 'unsettled') {
    const condition = say(ours.acls.length > 0 ? 'True' : 'False', 'Pending', `AWS does not know yet what the rules refer to: ${failure.message}; ${keptMeanwhile(ours)}`);
    return { condition, move: { is: 'waiting', on: 'aws' } };
  }
  return refused(say('False', 'RulesRefused', `AWS refuses spec.webACL.managed.rules: ${failure.message}; ${keptMeanwhile(ours)}: correct the rules`));
};

const tooMuch = (wcu: number, isDesired: boolean, ours: Ours): Resting => {
  const number = new Intl.NumberFormat('en').format(wcu);
  const advice = isDesired
    ? `spec.webACL.managed.rules take ${number} web ACL capacity units, and AWS allows 5,000: remove rules`
    : `while the new rules count beside the old ones, they take ${number} web ACL capacity units, and AWS allows 5,000: set rollout.observe to false, or remove rules`;
  return refused(say('False', 'CapacityExceeded', `${advice}; ${keptMeanwhile(ours)}`));
};

/** Why a form must not be written, or undefined: AWS takes what a web ACL has already. */
const troubleWithForm = (form: Form, isDesired: boolean, ours: Ours): Resting | undefined => {
  if (ours.acls.some((acl) => isSameForm(acl.form, form))) return undefined;
  const hash = hashOfForm(form);
  const capacity = Object.hasOwn(ours.capacities, hash) ? ours.capacities[hash] : undefined;
  if (capacity === undefined) return { condition: say('False', 'Pending', 'AWS has not been asked yet what the rules take'), move: { is: 'waiting', on: 'aws' } };
  if (!capacity.known) return refusedBy(capacity.failure, ours);
  return capacity.value > maxWcu ? tooMuch(capacity.value, isDesired, ours) : undefined;
};

/** What is wrong with the rules in themselves, as far as we can tell. */
export const troubleWithRules = (managed: ManagedWebACL, ours: Ours): Resting | undefined => {
  const problem = problemOf(managed);
  return problem === undefined ? undefined : refused(say('False', 'RulesRefused', `${problem}; ${keptMeanwhile(ours)}`));
};

/** Why the tier's web ACLs cannot be given the desired form by way of `next`, or undefined where they can. */
export const troubleWithForms = (desired: Form, next: Form | undefined, ours: Ours): Resting | undefined =>
  troubleWithForm(desired, true, ours) ?? (next && troubleWithForm(next, false, ours));
