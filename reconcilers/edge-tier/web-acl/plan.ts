import type { Decision, Desired, Refusal } from '../../contract.ts';
import type { Failure } from '../../failure.ts';
import { heldBack } from '../../hold-back.ts';
import { planOthers } from './existing.ts';
import { planManaged } from './managed.ts';
import { tearDown } from './retire.ts';
import type { WebAclAction, WebAclObserved, WebAclSpec } from './web-acl.ts';
import { counted, say } from './words.ts';

export { rolloutStatus, webAclRows } from './status.ts';

type Step = Decision<WebAclAction>;

const unseen = (failure: Failure): Step => ({ condition: say('Unknown', failure.reason, failure.message), move: { is: 'unseen', failure } });

/**
 * The first change that AWS has not just refused, so that one refusal (no more web ACLs) does not stop all others (better rules); the first
 * one's refusal speaks for the condition all the same. `rest` where there is nothing to change.
 */
const chosen = ([changes, rest]: readonly [readonly Step[], Step], refusals: readonly Refusal[], now: Date): Step => {
  const steps = changes.map((change) => heldBack(change, refusals, now));
  const [first = rest] = steps;
  const [free] = steps.flatMap(({ move }) => (move.is === 'acting' ? [move.actions] : []));
  return free === undefined || first.move.is === 'acting' ? first : { condition: first.condition, move: { is: 'acting', actions: free, on: 'person' } };
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
      return chosen(tearDown(ours, now), ours.refusals, now);
    case 'present': {
      const { webAcl } = desired.spec;
      const managed = webAcl.type === 'Managed' ? webAcl.managed : undefined;
      return chosen(managed === undefined ? planOthers(webAcl, existing, ours, now) : planManaged(desired.spec, managed, ours, now), ours.refusals, now);
    }
  }
};
