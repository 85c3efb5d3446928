import type { WebACL } from '../../../crds/types.ts';
import type { Owner } from '../../aws/mark.ts';
import type { Look } from '../../contract.ts';
import { seen, unlessMissing } from '../../failure.ts';
import type { Aws } from '../../ports/aws.ts';
import { type OwnPorts, ownObserver } from './own/observe.ts';
import { concern, type Ours, type WebAclObserved } from './web-acl.ts';

/** Where to look. `lookForOurs`: the tier has, or may have, web ACLs of its own; their names follow from its owner (R1). */
export type WebAclAddress = { readonly owner: Owner; readonly webAcl: WebACL; readonly lookForOurs: boolean };

const nothing: Ours = { acls: [], ipSets: [], strange: [], capacities: {}, refusals: [] };

/** Whether a web ACL exists: asked once a process, and again whenever AWS itself is to be looked at. */
const existence = (aws: Aws): ((webAcl: WebACL, look: Look) => Promise<boolean>) => {
  const found = new Set<string>();
  return async ({ arn }, look) => {
    if (arn === undefined || (look.depth(concern) === 'shared' && found.has(arn))) return true;
    const answer = await unlessMissing(aws.getWebAcl({ ARN: arn }, look.signal), ['WAFNonexistentItemException']);
    if (answer === undefined) found.delete(arn);
    else found.add(arn);
    return answer !== undefined;
  };
};

/** Looks at the web ACL that a tier names, and at those of its own. */
export const webAclObserver = (ports: OwnPorts): ((address: WebAclAddress, look: Look) => Promise<WebAclObserved>) => {
  const exists = existence(ports.aws);
  const observeOwn = ownObserver(ports);
  return async ({ owner, webAcl, lookForOurs }, look) => {
    const managed = webAcl.type === 'Managed' ? webAcl.managed : undefined;
    const [existing, ours] = await Promise.all([seen(exists(webAcl, look)), seen(lookForOurs ? observeOwn({ owner, managed }, look) : Promise.resolve(nothing))]);
    return { existing, ours };
  };
};
