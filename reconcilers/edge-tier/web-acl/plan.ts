import type { WebACL } from '../../../crds/types.ts';
import type { Decision, Verdict } from '../../contract.ts';
import type { Seen } from '../../failure.ts';

export const concern = 'WebACLReady';

/** Whether the web ACL that the tier names exists; true where it names none. */
export type WebAclObserved = Seen<boolean>;

const verdict = (status: Verdict['status'], reason: Verdict['reason'], message: string): Verdict => ({ type: concern, status, reason, message });

const ready = (webAcl: WebACL): Verdict => {
  switch (webAcl.type) {
    case 'Inherit':
      return verdict('True', 'Inherited', 'tenants have the web ACL of the distribution, if it has one');
    case 'Existing':
      return verdict('True', 'ExistingWebACL', `tenants have web ACL ${webAcl.arn ?? ''}`);
    case 'Disabled':
      return verdict('True', 'WebACLDisabled', 'tenants have no web ACL');
  }
};

/** Judges the tier's web ACL; it is never changed. */
export const planWebAcl = (webAcl: WebACL, observed: WebAclObserved): Decision<never> => {
  if (!observed.known) {
    const { failure } = observed;
    return { condition: verdict('Unknown', failure.reason, failure.message), move: { is: 'unseen', failure } };
  }
  if (observed.value) return { condition: ready(webAcl), move: { is: 'settled' } };
  return { condition: verdict('False', 'WebACLNotFound', `spec.webACL.arn: WAFv2 has no web ACL ${webAcl.arn ?? ''} of scope CLOUDFRONT`), move: { is: 'waiting', on: 'person' } };
};
