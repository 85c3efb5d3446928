import { expect, test } from 'vitest';
import type { WebAclWant } from '../../../../reconcilers/tenant-domain/accept.ts';
import type { Tenant, TenantObserved } from '../../../../reconcilers/tenant-domain/distribution-tenant/tenant.ts';
import { webAclFor, type WebAclAnswer } from '../../../../reconcilers/tenant-domain/distribution-tenant/web-acl.ts';
import { failure } from '../../builders.ts';
import { seenTenant, tenant } from '../builders.ts';

const [a, b] = ['arn:acl/a', 'arn:acl/b'] as const;
const seat = (over: Partial<Extract<WebAclWant, { is: 'seat' }>> = {}): WebAclWant => ({ is: 'seat', tier: 'gold', open: [a, b], capacity: 2, ...over });
const taken = (ofA: number, ofB: number): Pick<TenantObserved, 'slots'> => ({ slots: { known: true, value: [{ arn: a, taken: ofA }, { arn: b, taken: ofB }] } });
const sitting = (arn: string): Tenant => tenant({ webAcl: { is: 'override', arn } });
const at = (arn: string): WebAclAnswer => ({ webAcl: { is: 'override', arn }, seat: { arn, capacity: 2 } });
const lacks = (reason: 'WaitingForWebACL' | 'WebACLNotFound' | 'AWSError', message: string): WebAclAnswer => ({ lacks: { of: 'webAcl', reason, message } });

type Row = { readonly name: string; readonly because: string; readonly want?: WebAclWant; readonly observed?: Partial<TenantObserved>; readonly present?: Tenant; readonly answer: WebAclAnswer };
const rows: readonly Row[] = [
  ...([{ is: 'inherit' }, { is: 'disable' }, { is: 'override', arn: a }] as const).map((want): Row => ({ name: want.is, because: 'nobody has to sit down for that', want, answer: { webAcl: want, seat: undefined } })),
  { name: "the tier's, which is not there", because: 'the rest is changed without it', want: { is: 'missing', message: 'no such web ACL' }, present: sitting(b), answer: lacks('WebACLNotFound', 'no such web ACL') },
  { name: 'a new tenant', because: 'gaps are filled first', observed: taken(1, 0), answer: at(a) },
  { name: 'the first one full', because: 'the next one has a seat', observed: taken(2, 0), answer: at(b) },
  { name: 'both full', because: 'the tier opens another', observed: taken(2, 2), answer: lacks('WaitingForWebACL', 'tier "gold" has no web ACL with a free seat yet; it is opening one: see its WebACLReady') },
  { name: 'none there', because: 'the tier makes the first', want: seat({ open: [] }), answer: lacks('WaitingForWebACL', 'tier "gold" has no web ACL yet; it is making one: see its WebACLReady') },
  { name: 'none of them the tier\'s', because: 'a hint that is not true is none', answer: lacks('WaitingForWebACL', 'tier "gold" has no web ACL with a free seat yet; it is opening one: see its WebACLReady') },
  { name: 'sitting at the last one', because: 'placed is placed', observed: taken(0, 2), present: sitting(b), answer: at(b) },
  { name: 'sitting where nobody shall any more', because: 'it is emptied', observed: taken(1, 0), present: sitting('arn:acl/retiring'), answer: at(a) },
  { name: 'the first one full, as AWS says', because: 'it counts better than we', observed: { ...taken(0, 0), fullAcls: [a] }, answer: at(b) },
  { name: 'sitting at one that others found full', because: 'it has its seat', observed: { ...taken(2, 0), fullAcls: [a] }, present: sitting(a), answer: at(a) },
  { name: 'marks that could not be read', because: 'a failed read is no mark, and none is missing', observed: { slots: { known: false, failure: failure() } }, answer: lacks('AWSError', 'call AWS: TimeoutError: no') },
];

test.each(rows)('the web ACL of a tenant, $name: $because', ({ want = seat(), observed, present, answer }) => {
  expect(webAclFor(want, seenTenant(undefined, observed), present)).toEqual(answer);
});
