import type { WebACL } from '../../../crds/types.ts';
import type { Look } from '../../contract.ts';
import { seen, unlessMissing } from '../../failure.ts';
import type { Aws } from '../../ports/aws.ts';
import { concern, type WebAclObserved } from './plan.ts';

/** Looks for an existing web ACL: once a process, and again whenever AWS itself is to be looked at. */
export const webAclObserver = (aws: Aws): ((webAcl: WebACL, look: Look) => Promise<WebAclObserved>) => {
  const found = new Set<string>();
  const exists = async (arn: string, look: Look): Promise<boolean> => {
    if (look.depth(concern) === 'shared' && found.has(arn)) return true;
    const answer = await unlessMissing(aws.getWebAcl({ ARN: arn }, look.signal), ['WAFNonexistentItemException']);
    if (answer === undefined) found.delete(arn);
    else found.add(arn);
    return answer !== undefined;
  };
  return ({ arn }, look) => (arn === undefined ? Promise.resolve({ known: true, value: true }) : seen(exists(arn, look)));
};
