import { slotsFor } from '../../placement.ts';
import type { Form } from './form.ts';
import { type Acl, concern, type CreateWebAcl, type WebAclSpec } from './web-acl.ts';

/** AWS gives an account 100 web ACLs unless the quota was raised. @see https://docs.aws.amazon.com/waf/latest/developerguide/limits.html */
export const maxWebAcls = 100;

/**
 * Which web ACLs take tenants, which are to be emptied, and which numbers are missing. With as many web ACLs as a tier can have, there is
 * `room` for so many tenants more by our own count, which only tenants and distributions change; `isFull` goes by CloudFront's word too.
 */
export type Standing = { readonly open: readonly Acl[]; readonly retiring: readonly Acl[]; readonly missing: readonly number[]; readonly room: number; readonly isFull: boolean };

/** Who sits beyond a limit that was lowered goes on sitting. */
const countedSeats = ({ tenants, foreign }: Acl, tenantsPerACL: number): number => Math.max(tenants.length, tenantsPerACL - foreign);

/** Seats at a web ACL: CloudFront's word that it is full counts more than our count, and who sits there goes on sitting. */
const seatsOf = (acl: Acl, tenantsPerACL: number): number => {
  const seats = countedSeats(acl, tenantsPerACL);
  return acl.isFull ? Math.min(acl.tenants.length, seats) : seats;
};

/** Seats at as many web ACLs as a tier can have, of which these are there. */
const mostSeats = (seats: readonly number[], tenantsPerACL: number): number => seats.slice(0, maxWebAcls).reduce((sum, some) => sum + some, Math.max(0, maxWebAcls - seats.length) * tenantsPerACL);

/** The lowest numbers that are free. */
const freeNumbers = (acls: readonly Acl[], count: number): readonly number[] =>
  Array.from({ length: maxWebAcls }, (_, index) => index + 1).filter((number) => !acls.some((acl) => acl.number === number)).slice(0, Math.max(0, count));

/** The standing of a tier's web ACLs, given sorted by number: those with the lowest numbers are open, all retire where none is wanted. */
export const standingOf = (spec: WebAclSpec | undefined, acls: readonly Acl[]): Standing => {
  const managed = spec?.webAcl.type === 'Managed' ? spec.webAcl.managed : undefined;
  if (spec === undefined || managed === undefined) return { open: [], retiring: acls, missing: [], room: 0, isFull: false };
  const { tenantsPerACL } = managed;
  const seats = acls.map((acl) => seatsOf(acl, tenantsPerACL));
  const count = Math.min(slotsFor(spec.tenants, seats, tenantsPerACL), maxWebAcls);
  const room = Math.max(0, mostSeats(acls.map((acl) => countedSeats(acl, tenantsPerACL)), tenantsPerACL) - spec.tenants);
  return { open: acls.slice(0, count), retiring: acls.slice(count), missing: freeNumbers(acls, count - acls.length), room, isFull: mostSeats(seats, tenantsPerACL) <= spec.tenants };
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
