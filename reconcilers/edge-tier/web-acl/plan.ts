import { isDeepStrictEqual } from 'node:util';
import type { Decision, Desired, Refusal } from '../../contract.ts';
import type { Failure } from '../../failure.ts';
import { planOthers } from './existing.ts';
import { planManaged } from './managed.ts';
import { tearDown } from './retire.ts';
import type { WebAclAction, WebAclObserved, WebAclSpec } from './web-acl.ts';
import { counted, say } from './words.ts';

export { rolloutStatus, webAclRows } from './status.ts';

type Step = Decision<WebAclAction>;

const unseen = (failure: Failure): Step => ({ condition: say('Unknown', failure.reason, failure.message), move: { is: 'unseen', failure } });

/** AWS's last word on this change, where it refused it and the refusal is remembered. */
const refusalOf = ({ move }: Step, refusals: readonly Refusal[]): Failure | undefined =>
  refusals.findLast(({ action, failure }) => (failure.kind === 'blocked' || failure.kind === 'invalid') && move.is === 'acting' && isDeepStrictEqual(action, move.actions[0]))?.failure;

/**
 * The first change that AWS has not refused lately, else the first one, so that one refusal (no more web ACLs) does not stop all others
 * (better rules); it speaks for the condition all the same. `rest` where there is nothing to change.
 */
const chosen = ([changes, rest]: readonly [readonly Step[], Step], refusals: readonly Refusal[]): Step => {
  const [first] = changes;
  const free = changes.find((change) => refusalOf(change, refusals) === undefined);
  if (free === undefined || free === first || free.move.is !== 'acting') return first ?? rest;
  const failure = changes.map((change) => refusalOf(change, refusals)).find((one) => one !== undefined);
  return { condition: failure === undefined ? free.condition : say('False', failure.reason, failure.message), move: { is: 'acting', actions: free.move.actions } };
};

/** Decides about the tier's web ACL, or its own web ACLs: pure. */
export const planWebAcl = (desired: Desired<WebAclSpec>, observed: WebAclObserved, now: Date): Step => {
  const { existing } = observed;
  if (!observed.ours.known) return unseen(observed.ours.failure);
  const ours = observed.ours.value;
  switch (desired.is) {
    case 'held': {
      const condition = ours.acls.length > 0 ? say('True', 'RulesInForce', `${counted(ours.acls.length, 'web ACL')} of the tier's own; ${desired.message}`) : say('Unknown', desired.reason, desired.message);
      return { condition, move: { is: 'waiting', on: desired.on } };
    }
    case 'absent':
      return chosen(tearDown(ours, now), ours.refusals);
    case 'present': {
      const { webAcl } = desired.spec;
      const managed = webAcl.type === 'Managed' ? webAcl.managed : undefined;
      return chosen(managed === undefined ? planOthers(webAcl, existing, ours, now) : planManaged(desired.spec, managed, ours, now), ours.refusals);
    }
  }
};
