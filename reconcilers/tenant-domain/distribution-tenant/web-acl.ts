import type { WebAclChoice } from '../../ports/fleet.ts';
import { chooseSlot } from '../../placement.ts';
import type { Seat } from '../../seats.ts';
import type { WebAclWant } from '../accept.ts';
import type { Lack, Tenant, TenantObserved } from './tenant.ts';

/** The web ACL to write, with the seat to take at it; or that there is none for now. */
export type WebAclAnswer = { readonly webAcl: WebAclChoice; readonly seat: Seat | undefined } | { readonly lacks: Lack };

/** The ARN of the web ACL that a tenant has instead of its distribution's. */
export const aclOf = (tenant: { readonly webAcl: WebAclChoice } | undefined): string | undefined => (tenant?.webAcl.is === 'override' ? tenant.webAcl.arn : undefined);

const lacking = (reason: Lack['reason'], message: string): WebAclAnswer => ({ lacks: { of: 'webAcl', reason, message } });

/**
 * Which web ACL a tenant shall have, given what was seen: pure. One of the tier's own is kept while it is open; else it is the first with a
 * free seat, which is only taken when the tenant is written.
 */
export const webAclFor = (want: WebAclWant, { slots, fullAcls }: Pick<TenantObserved, 'slots' | 'fullAcls'>, present: Tenant | undefined): WebAclAnswer => {
  if (want.is === 'missing') return lacking('WebACLNotFound', want.message);
  if (want.is !== 'seat') return { webAcl: want, seat: undefined };
  const { tier, capacity, open } = want;
  if (!slots.known) return lacking(slots.failure.reason, slots.failure.message);
  const has = aclOf(present);
  const arn = chooseSlot(slots.value.filter((slot) => slot.arn === has || !fullAcls.includes(slot.arn)), capacity, has);
  if (arn !== undefined) return { webAcl: { is: 'override', arn }, seat: { arn, capacity } };
  return lacking('WaitingForWebACL', `tier "${tier}" has ${open.length === 0 ? 'no web ACL yet; it is making one' : 'no web ACL with a free seat yet; it is opening one'}: see its WebACLReady`);
};
