import type { WebACL } from '../../../crds/types.ts';
import type { Decision, Verdict } from '../../contract.ts';
import type { Seen } from '../../failure.ts';
import { deletions, leftovers, waitFor } from './retire.ts';
import type { Ours, WebAclAction } from './web-acl.ts';
import { say } from './words.ts';

type Resting = Decision<WebAclAction>;

const verdictOf = (webAcl: WebACL): Verdict => {
  switch (webAcl.type) {
    case 'Inherit':
      return say('True', 'Inherited', 'tenants have the web ACL of the distribution, if it has one');
    case 'Existing':
      return say('True', 'ExistingWebACL', `tenants have web ACL ${webAcl.arn ?? ''}`);
    case 'Disabled':
      return say('True', 'WebACLDisabled', 'tenants have no web ACL');
    case 'Managed':
      return say('False', 'RulesRefused', 'spec.webACL.managed is missing: set it, it may be empty');
  }
};

/** Judges a web ACL that is not the tier's own; it is never changed. */
const planExisting = (webAcl: WebACL, existing: Seen<boolean>): Resting => {
  if (!existing.known) {
    const { failure } = existing;
    return { condition: say('Unknown', failure.reason, failure.message), move: { is: 'unseen', failure } };
  }
  if (!existing.value) return { condition: say('False', 'WebACLNotFound', `spec.webACL.arn: WAFv2 has no web ACL ${webAcl.arn ?? ''} of scope CLOUDFRONT`), move: { is: 'waiting', on: 'person' } };
  const condition = verdictOf(webAcl);
  return { condition, move: condition.status === 'True' ? { is: 'settled' } : { is: 'waiting', on: 'person' } };
};

/**
 * A web ACL that is not the tier's own, and what is left of when it had its own: what to delete now, and how it stands else. Nothing is
 * deleted before tenants can have what is asked for.
 */
export const planOthers = (webAcl: WebACL, existing: Seen<boolean>, ours: Ours, now: Date): readonly [readonly Resting[], Resting] => {
  const plain = planExisting(webAcl, existing);
  const { acls, ipSets } = ours;
  if ((acls.length === 0 && ipSets.length === 0) || plain.move.is !== 'settled') return [[], plain];
  const condition = say('True', 'Retiring', `${plain.condition.message}; still there until nobody has them: ${leftovers(ours)} of the tier's own`);
  return [deletions(condition, { managed: undefined, ours, retiring: acls }, now), { condition, move: waitFor(acls, acls.length === 0 ? ipSets : []) }];
};
