import { slotsFor } from '../../placement.ts';
import type { Form } from './form.ts';
import { type Acl, concern, type CreateWebAcl, type WebAclSpec } from './web-acl.ts';

/** AWS gives an account 100 web ACLs unless the quota was raised. @see https://docs.aws.amazon.com/waf/latest/developerguide/limits.html */
export const maxWebAcls = 100;

/** Which web ACLs take tenants, which are to be emptied, and which numbers are missing. `wanted` may be more than a tier can have. */
export type Standing = { readonly open: readonly Acl[]; readonly retiring: readonly Acl[]; readonly missing: readonly number[]; readonly wanted: number };

/** Seats at a web ACL: CloudFront's word that it is full counts more than our count, and who sits there goes on sitting. */
const seatsOf = ({ isFull, tenants, foreign }: Acl, tenantsPerACL: number): number => {
  const seats = Math.max(0, tenantsPerACL - foreign);
  return isFull ? Math.min(tenants.length, seats) : seats;
};

/** The lowest numbers that are free. */
const freeNumbers = (acls: readonly Acl[], count: number): readonly number[] =>
  Array.from({ length: maxWebAcls }, (_, index) => index + 1).filter((number) => !acls.some((acl) => acl.number === number)).slice(0, Math.max(0, count));

/** The standing of a tier's web ACLs, given sorted by number: those with the lowest numbers are open, all retire where none is wanted. */
export const standingOf = (spec: WebAclSpec | undefined, acls: readonly Acl[]): Standing => {
  const managed = spec?.webAcl.type === 'Managed' ? spec.webAcl.managed : undefined;
  if (spec === undefined || managed === undefined) return { open: [], retiring: acls, missing: [], wanted: 0 };
  const wanted = slotsFor(spec.tenants, acls.map((acl) => seatsOf(acl, managed.tenantsPerACL)), managed.tenantsPerACL);
  const count = Math.min(wanted, maxWebAcls);
  return { open: acls.slice(0, count), retiring: acls.slice(count), missing: freeNumbers(acls, count - acls.length), wanted };
};

/**
 * What a new web ACL does: the same as the one before it, so that a rollout, which follows the numbers, stays a rollout, and none needs
 * rules that AWS has not taken yet. Undefined where there is none to be like.
 */
export const formLikeOthers = (number: number, acls: readonly Acl[]): Form | undefined => (acls.findLast((acl) => acl.number < number) ?? acls[0])?.form;

/** Makes web ACL number n. */
export const creationOf = (number: number, form: Form): CreateWebAcl => ({
  concern, verb: 'CreateWebACL', because: `create web ACL ${number} of the tier`, destroys: false, needs: 'shared', number, form,
});
