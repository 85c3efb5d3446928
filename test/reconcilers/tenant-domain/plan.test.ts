import { describe, expect, test } from 'vitest';
import type { Plan } from '../../../reconcilers/contract.ts';
import type { Wants } from '../../../reconcilers/tenant-domain/accept.ts';
import type { Observed } from '../../../reconcilers/tenant-domain/observed.ts';
import { planTenantDomain, type TenantDomainAction } from '../../../reconcilers/tenant-domain/plan.ts';
import type { Subject } from '../../../reconcilers/tenant-domain/subject.ts';
import { actionsIn, domains, failure, noon } from '../builders.ts';
import type { Certificate, ManagedView } from '../../../reconcilers/tenant-domain/certificate/certificate.ts';
import { accepted, arnOf, certificate, certificates, managed, observed, seenTenant, shop, subject, tenant, traffic } from './builders.ts';

type Given = { readonly wants?: Partial<Wants>; readonly subject?: Partial<Subject>; readonly observed?: Partial<Observed> };

const planned = ({ wants, subject: over, observed: world }: Given): Plan<TenantDomainAction> => planTenantDomain(subject({ accepted: accepted(wants), ...over }), observed(world), noon);

const said = (action: TenantDomainAction): string => {
  switch (action.verb) {
    case 'RequestCertificate':
      return `request ${action.names.join(' ')}`;
    case 'MarkCertificate':
      return `mark certificate ${action.arn.at(-1) ?? ''}`;
    case 'DeleteCertificate':
      return `delete certificate ${action.arn.at(-1) ?? ''}`;
    case 'CreateDistributionTenant':
    case 'UpdateDistributionTenant':
      return `${action.verb === 'CreateDistributionTenant' ? 'create' : 'update'} ${action.config.domains.join(' ')} with ${action.config.certificateArn?.at(-1) ?? 'none'}${action.request ? `, asking ${action.request.host}` : ''}`;
    case 'DisableDistributionTenant':
      return 'disable';
    case 'DeleteDistributionTenant':
      return 'delete tenant';
  }
};
/** What is done or waited for, concern by concern. */
const brief = (plan: Plan<TenantDomainAction>): readonly string[] => plan.decisions.map((decision) => actionsIn(decision).map(said).join(', ') || (decision.move.is === 'waiting' ? `waiting for ${decision.move.on}` : decision.move.is));

const [ab, bc] = [domains('a.example.com', 'b.example.com'), domains('b.example.com', 'c.example.com')];
const pending = certificate({ status: 'PENDING_VALIDATION' });
const names = (...of: readonly string[]) => of.map((name) => ({ name, active: true }));
const proved = traffic('Found', shop, ['_x.shop.example.com']);
const unread = { known: false, failure: failure() } as const;
const theirs = certificate({ arn: arnOf('e'), ours: false, names: ['*.example.com'], records: undefined });

const life: readonly { name: string; because: string; given: Given; want: readonly string[] }[] = [
  { name: 'new', because: 'the certificate comes first', given: { observed: { certificate: certificates([]), tenant: seenTenant(), traffic: traffic('Missing') } }, want: ['request shop.example.com', 'waiting for sibling', 'waiting for customer'] },
  { name: 'requested', because: 'the customer adds the record', given: { observed: { certificate: certificates([pending]), tenant: seenTenant(), traffic: traffic('Missing', shop, ['_x.shop.example.com']) } }, want: ['waiting for customer', 'waiting for sibling', 'waiting for customer'] },
  { name: 'requested, its record in DNS', because: 'it is ACM\'s turn', given: { observed: { certificate: certificates([pending]), tenant: seenTenant(), traffic: proved } }, want: ['waiting for aws', 'waiting for sibling', 'settled'] },
  { name: 'issued', because: 'no tenant before its certificate (flows, 6.1)', given: { observed: { certificate: certificates([certificate()]), tenant: seenTenant() } }, want: ['settled', 'create shop.example.com with a', 'settled'] },
  { name: 'served', because: 'there is nothing to do', given: {}, want: ['settled', 'settled', 'settled'] },
  { name: 'served with the distribution\'s certificate', because: 'the tenant names none', given: { wants: { certificate: { is: 'distribution' } }, observed: { certificate: certificates([], { blueprint: theirs }), tenant: seenTenant() } }, want: ['settled', 'create shop.example.com with none', 'settled'] },
  { name: 'served with a given certificate', because: 'the spec names it', given: { wants: { certificate: { is: 'given', arn: arnOf('e') } }, observed: { certificate: certificates([], { given: { certificate: theirs, allowed: true } }), tenant: seenTenant() } }, want: ['settled', 'create shop.example.com with e', 'settled'] },
];

const inheriting = tenant({ certificateArn: undefined });
const elsewhere = { distributionId: 'E2NEW' } as const;

const changes: typeof life = [
  { name: 'one name more', because: 'it grows in the swap of certificates (R7)', given: { wants: { names: ab }, observed: { certificate: certificates([certificate({ names: ['a.example.com'], inUse: true })]), tenant: seenTenant(tenant({ domains: names('a.example.com') })), traffic: traffic('Found', ab) } }, want: ['request a.example.com b.example.com', 'settled', 'settled'] },
  { name: 'one name more, its certificate issued', because: 'names and certificate are swapped in one update', given: { wants: { names: ab }, observed: { certificate: certificates([certificate({ names: ['a.example.com'], inUse: true }), certificate({ arn: arnOf('b'), names: ab })]), tenant: seenTenant(tenant({ domains: names('a.example.com') })), traffic: traffic('Found', ab) } }, want: ['settled', 'update a.example.com b.example.com with b', 'settled'] },
  { name: 'one name less', because: 'it shrinks at once, with a certificate that covers what is left', given: { wants: { names: ab.slice(0, 1) }, observed: { certificate: certificates([certificate({ names: ab, inUse: true })]), tenant: seenTenant(tenant({ domains: names(...ab) })), traffic: traffic('Found', ab) } }, want: ['request a.example.com', 'update a.example.com with a', 'settled'] },
  { name: 'one name for another', because: 'the old one goes at once, the new one comes with its certificate', given: { wants: { names: bc }, observed: { certificate: certificates([certificate({ names: ab, inUse: true })]), tenant: seenTenant(tenant({ domains: names(...ab) })), traffic: traffic('Found', bc) } }, want: ['request b.example.com c.example.com', 'update b.example.com with a', 'settled'] },
  { name: 'all names for others', because: 'a tenant keeps one name at least, so the old one serves until the swap', given: { wants: { names: bc.slice(1) }, observed: { certificate: certificates([certificate({ names: ab.slice(0, 1), inUse: true })]), tenant: seenTenant(tenant({ domains: names('a.example.com') })), traffic: traffic('Found', bc) } }, want: ['request c.example.com', 'settled', 'settled'] },
  { name: 'another tier', because: 'distribution, group and all in one update', given: { wants: { distributionId: 'E2NEW', group: { id: 'cg_2', endpoint: 'd2.cloudfront.net' } } }, want: ['settled', 'update shop.example.com with a', 'settled'] },
  { name: 'another tier, served with the certificate of the old distribution', because: 'it moves when it has one for the new one', given: { wants: elsewhere, observed: { certificate: certificates([pending]), tenant: seenTenant(inheriting), traffic: proved } }, want: ['waiting for aws', 'waiting for sibling', 'settled'] },
  { name: 'another tier, such a tenant, its own certificate issued', because: 'now it moves, and takes it', given: { wants: elsewhere, observed: { certificate: certificates([certificate()]), tenant: seenTenant(inheriting) } }, want: ['settled', 'update shop.example.com with a', 'settled'] },
  { name: 'another tier, such a tenant, certificates not to be read', because: 'what serves is left as it is', given: { wants: elsewhere, observed: { certificate: unread, tenant: seenTenant(inheriting) } }, want: ['unseen', 'waiting for sibling', 'settled'] },
  { name: 'another tier, such a tenant, whose distribution has no certificate for it', because: 'somebody has to give it one', given: { wants: { ...elsewhere, certificate: { is: 'distribution' } }, observed: { certificate: certificates([], { blueprint: certificate({ names: ['*.example.org'] }) }), tenant: seenTenant(inheriting) } }, want: ['waiting for person', 'waiting for sibling', 'settled'] },
  { name: 'the certificate deleted by hand while it serves', because: 'the tenant keeps what it has until there is another', given: { observed: { certificate: certificates([certificate({ status: 'GONE', names: [], records: undefined })]) } }, want: ['request shop.example.com', 'settled', 'settled'] },
  { name: 'a tenant that cannot be read', because: 'nothing is retired unseen', given: { observed: { certificate: certificates([certificate(), certificate({ arn: arnOf('b'), names: ab })]), tenant: { ...seenTenant(), tenant: unread } } }, want: ['waiting for aws', 'unseen', 'settled'] },
  { name: 'a certificate that cannot be read', because: 'what serves is left as it is', given: { observed: { certificate: unread } }, want: ['unseen', 'settled', 'settled'] },
];

const cloudfront = { certificate: { is: 'cloudfront' } } as const;
const unseen: ManagedView = { request: { is: 'none' }, asked: undefined, denied: undefined };
const made = (letter: string): ManagedView => ({ ...unseen, request: { is: 'made', arn: arnOf(letter), pending: true, gone: false, redirects: [] } });
const world = (known: readonly Certificate[], over: Partial<Observed>, view: ManagedView = unseen): Partial<Observed> => ({ certificate: certificates(known, { managed: view }), ...over });
const idle = (...of: readonly string[]) => of.map((name) => ({ name, active: false }));
const apexOf = (...of: readonly string[]): Observed['traffic'] => ({ ...traffic('Found', of), names: Object.fromEntries(of.map((name) => [name, { state: 'Found', values: [], apex: true } as const])) });
const asking = managed({ status: 'PENDING_VALIDATION' });

const byCloudFront: typeof life = [
  { name: 'new, DNS leading elsewhere', because: 'a redirect can validate it before DNS is switched', given: { wants: cloudfront, observed: world([], { tenant: seenTenant(), traffic: traffic('Mismatch') }) }, want: ['waiting for sibling', 'create shop.example.com with none, asking self-hosted', 'waiting for customer'] },
  { name: 'new, DNS leading here', because: 'CloudFront validates it itself', given: { wants: cloudfront, observed: world([], { tenant: seenTenant() }) }, want: ['waiting for sibling', 'create shop.example.com with none, asking cloudfront', 'settled'] },
  { name: 'new, one of two names leading here', because: 'one that does not refuses all', given: { wants: { ...cloudfront, names: ab }, observed: world([], { tenant: seenTenant(), traffic: { names: { ...traffic('Found', ['a.example.com']).names, ...traffic('Missing', ['b.example.com']).names }, records: {} } }) }, want: ['waiting for sibling', 'create a.example.com b.example.com with none, asking self-hosted', 'waiting for customer'] },
  { name: 'an apex leading here by an ALIAS', because: 'CloudFront cannot see that', given: { wants: cloudfront, observed: world([], { tenant: seenTenant(), traffic: apexOf('shop.example.com') }) }, want: ['waiting for sibling', 'create shop.example.com with none, asking self-hosted', 'settled'] },
  { name: 'an apex with its proof', because: 'CloudFront can see that', given: { wants: cloudfront, observed: world([], { tenant: seenTenant(), traffic: { ...apexOf('shop.example.com'), records: { '_cf-challenge.shop.example.com': { state: 'Found', values: [] } } } }) }, want: ['waiting for sibling', 'create shop.example.com with none, asking cloudfront', 'settled'] },
  { name: 'asked for, unmarked', because: 'the details of our tenant are the proof', given: { wants: cloudfront, observed: world([], { tenant: seenTenant(tenant({ certificateArn: undefined, domains: idle('shop.example.com') })) }, made('m')) }, want: ['mark certificate m', 'waiting for sibling', 'settled'] },
  { name: 'asked for, pending', because: 'nothing is served yet, so nothing can be changed', given: { wants: { ...cloudfront, geo: { type: 'none', countries: [] } }, observed: world([asking], { tenant: seenTenant(tenant({ certificateArn: undefined, domains: idle('shop.example.com') })) }, made('a')) }, want: ['waiting for aws', 'waiting for sibling', 'settled'] },
  { name: 'issued', because: 'CloudFront does not attach it', given: { wants: cloudfront, observed: world([managed()], { tenant: seenTenant(tenant({ certificateArn: undefined, domains: idle('shop.example.com') })) }) }, want: ['settled', 'update shop.example.com with a', 'settled'] },
  { name: 'served', because: 'there is nothing to do', given: { wants: cloudfront, observed: world([managed({ inUse: true })], {}) }, want: ['settled', 'settled', 'settled'] },
  { name: 'one name more', because: 'the request carries all names, and the certificate that serves', given: { wants: { ...cloudfront, names: ab }, observed: world([managed({ names: ['a.example.com'], inUse: true })], { tenant: seenTenant(tenant({ domains: names('a.example.com') })), traffic: traffic('Found', ab) }) }, want: ['waiting for sibling', 'update a.example.com b.example.com with a, asking cloudfront', 'settled'] },
  { name: 'one name more, asked for', because: 'to take it off would end its validation', given: { wants: { ...cloudfront, names: ab }, observed: world([managed({ names: ['a.example.com'], inUse: true }), managed({ arn: arnOf('b'), names: ab, status: 'PENDING_VALIDATION' })], { tenant: seenTenant(tenant({ domains: [...names('a.example.com'), ...idle('b.example.com')] })), traffic: traffic('Found', ab) }, made('b')) }, want: ['waiting for aws', 'waiting for sibling', 'settled'] },
  { name: 'one name more, issued', because: 'the certificate is swapped', given: { wants: { ...cloudfront, names: ab }, observed: world([managed({ names: ['a.example.com'], inUse: true }), managed({ arn: arnOf('b'), names: ab })], { tenant: seenTenant(tenant({ domains: [...names('a.example.com'), ...idle('b.example.com')] })), traffic: traffic('Found', ab) }) }, want: ['settled', 'update a.example.com b.example.com with b', 'settled'] },
  { name: 'another name, while the first one is pending', because: 'what nobody wants is not waited for', given: { wants: { ...cloudfront, names: bc.slice(1) }, observed: world([managed({ names: ['b.example.com'], status: 'PENDING_VALIDATION' })], { tenant: seenTenant(tenant({ certificateArn: undefined, domains: idle('b.example.com') })), traffic: traffic('Found', bc) }, made('a')) }, want: ['delete certificate a', 'waiting for sibling', 'settled'] },
  { name: 'all names for others, the old one still visited', because: 'one name stays served until another is', given: { wants: { ...cloudfront, names: bc.slice(1) }, observed: world([managed({ names: ['a.example.com'], inUse: true })], { tenant: seenTenant(tenant({ domains: names('a.example.com') })), traffic: traffic('Found', ['a.example.com', 'c.example.com']) }) }, want: ['waiting for sibling', 'update a.example.com c.example.com with a, asking cloudfront', 'settled'] },
  { name: 'all names for others, the old one leading elsewhere', because: 'nobody comes here by it, and it could not be validated', given: { wants: { ...cloudfront, names: bc.slice(1) }, observed: world([managed({ names: ['a.example.com'], inUse: true })], { tenant: seenTenant(tenant({ domains: names('a.example.com') })), traffic: { names: { ...traffic('Mismatch', ['a.example.com']).names, ...traffic('Found', ['c.example.com']).names }, records: {} } }) }, want: ['waiting for sibling', 'update c.example.com with a, asking cloudfront', 'settled'] },
  { name: 'a name that somebody else holds', because: 'the certificate is for what the tenant can carry', given: { wants: { ...cloudfront, names: ab }, observed: world([managed({ names: ['a.example.com'], inUse: true })], { tenant: seenTenant(tenant({ domains: names('a.example.com') }), { taken: ab.slice(1) }), traffic: traffic('Found', ab) }) }, want: ['settled', 'waiting for person', 'settled'] },
  { name: 'another tier, served with the certificate of the old distribution', because: 'it moves when it has one for the new one, and asks for it where it is', given: { wants: { ...cloudfront, ...elsewhere }, observed: world([], { tenant: seenTenant(inheriting) }) }, want: ['waiting for sibling', 'update shop.example.com with none, asking cloudfront', 'settled'] },
  { name: 'another tier, such a tenant, asked for', because: 'what serves is left as it is', given: { wants: { ...cloudfront, ...elsewhere }, observed: world([asking], { tenant: seenTenant(inheriting) }, made('a')) }, want: ['waiting for aws', 'waiting for sibling', 'settled'] },
  { name: 'served with our own certificate', because: 'it serves until CloudFront\'s is there', given: { wants: cloudfront, observed: world([certificate({ inUse: true })], {}) }, want: ['waiting for sibling', 'update shop.example.com with a, asking cloudfront', 'settled'] },
  { name: 'served with our own, CloudFront\'s pending, other countries', because: 'what serves is changed as ever', given: { wants: { ...cloudfront, geo: { type: 'none', countries: [] } }, observed: world([certificate({ inUse: true }), managed({ arn: arnOf('b'), status: 'PENDING_VALIDATION' })], {}, made('b')) }, want: ['waiting for aws', 'update shop.example.com with a', 'settled'] },
  { name: 'served with our own, CloudFront\'s issued', because: 'now it is swapped', given: { wants: cloudfront, observed: world([certificate({ inUse: true }), managed({ arn: arnOf('b') })], {}) }, want: ['settled', 'update shop.example.com with b', 'settled'] },
  { name: 'served with CloudFront\'s, our own wanted', because: 'the other way is the same', given: { observed: world([managed({ inUse: true })], {}) }, want: ['request shop.example.com', 'settled', 'settled'] },
  { name: 'a certificate that cannot be read', because: 'what serves is left as it is, and nothing is asked for', given: { wants: cloudfront, observed: { certificate: unread } }, want: ['unseen', 'settled', 'settled'] },
  { name: 'a tenant that cannot be read', because: 'nothing is asked for unseen', given: { wants: cloudfront, observed: world([], { tenant: { ...seenTenant(), tenant: unread } }) }, want: ['waiting for sibling', 'unseen', 'settled'] },
];

const deleting = { deleting: true };
const deletions: readonly { name: string; because: string; given: Given; want: readonly string[]; finalizer: 'keep' | 'lift' }[] = [
  { name: 'served', because: 'AWS deletes only what is disabled; the certificate is in use until then', given: { subject: deleting }, want: ['waiting for sibling', 'disable'], finalizer: 'keep' },
  { name: 'with an unmarked certificate of CloudFront\'s', because: 'once the tenant is gone nobody knows whose it is', given: { wants: cloudfront, subject: deleting, observed: world([], { tenant: seenTenant(tenant({ certificateArn: undefined })) }, made('m')) }, want: ['mark certificate m', 'disable'], finalizer: 'keep' },
  { name: 'disabled, with an unmarked certificate', because: 'only the tenant tells whose it is', given: { wants: cloudfront, subject: deleting, observed: world([], { tenant: seenTenant(tenant({ enabled: false, certificateArn: undefined })) }, made('m')) }, want: ['mark certificate m', 'waiting for sibling'], finalizer: 'keep' },
  { name: 'disabled', because: 'now AWS deletes it', given: { subject: deleting, observed: { tenant: seenTenant(tenant({ enabled: false })) } }, want: ['waiting for sibling', 'delete tenant'], finalizer: 'keep' },
  { name: 'the tenant gone', because: 'the certificate goes when ACM sees that nothing uses it', given: { subject: deleting, observed: { tenant: seenTenant() } }, want: ['waiting for aws', 'gone'], finalizer: 'keep' },
  { name: 'the tenant gone, the certificate free', because: 'it was ours alone', given: { subject: deleting, observed: { tenant: seenTenant(), certificate: certificates([certificate()]) } }, want: ['delete certificate a', 'gone'], finalizer: 'keep' },
  { name: 'nothing left', because: 'every concern is gone (R8)', given: { subject: deleting, observed: { tenant: seenTenant(), certificate: certificates([]) } }, want: ['gone', 'gone'], finalizer: 'lift' },
  { name: 'a tenant that cannot be read', because: 'a failed read is not "gone"', given: { subject: deleting, observed: { tenant: { ...seenTenant(), tenant: unread }, certificate: certificates([]) } }, want: ['waiting for sibling', 'unseen'], finalizer: 'keep' },
  { name: 'a certificate that cannot be read', because: 'a failed read is not "gone"', given: { subject: deleting, observed: { tenant: seenTenant(), certificate: unread } }, want: ['unseen', 'gone'], finalizer: 'keep' },
  { name: 'a spec that is not accepted', because: 'deletion works without permission', given: { subject: { ...deleting, accepted: { is: 'refused', reason: 'NamespaceNotAllowed', message: 'no', on: 'person' } } }, want: ['waiting for sibling', 'disable'], finalizer: 'keep' },
];

describe('planTenantDomain', () => {
  test.each([...life, ...changes, ...byCloudFront])('$name: $because', ({ given, want }) => {
    const plan = planned(given);
    expect({ does: brief(plan), finalizer: plan.finalizer, frozen: plan.frozen }).toEqual({ does: want, finalizer: 'keep', frozen: undefined });
  });

  test.each(deletions)('deleted, $name: $because', ({ given, want, finalizer }) => {
    const plan = planned(given);
    expect({ does: brief(plan), finalizer: plan.finalizer, frozen: plan.frozen }).toEqual({ does: want, finalizer, frozen: undefined });
  });

  test('a spec that is not accepted holds everything, tells it, and does nothing', () => {
    const plan = planned({ subject: { accepted: { is: 'refused', reason: 'TierNotFound', message: 'no tier', on: 'reference' } } });
    expect({ does: brief(plan), finalizer: plan.finalizer, frozen: plan.frozen }).toEqual({ does: Array.from({ length: 3 }, () => 'waiting for reference'), finalizer: 'keep', frozen: { reason: 'TierNotFound', message: 'no tier' } });
  });

  test.each<{ name: string; given: Given; want: string }>([
    { name: 'what is there', given: { subject: { status: { certificates: [{ arn: arnOf('a'), use: 'Serving' }] } } }, want: `spec.deletionPolicy is Retain: distribution tenant dt_1, certificate ${arnOf('a')} stay in AWS as they are` },
    { name: 'what was there when it was last seen', given: { subject: { status: { distributionTenant: { id: 'dt_1' } } }, observed: { tenant: { ...seenTenant(), tenant: unread } } }, want: 'spec.deletionPolicy is Retain: distribution tenant dt_1 stay in AWS as they are' },
    { name: 'that what was there is gone', given: { subject: { status: { distributionTenant: { id: 'dt_1' } } }, observed: { tenant: seenTenant() } }, want: 'spec.deletionPolicy is Retain: nothing was in AWS yet' },
    { name: 'that there was nothing', given: { observed: { tenant: seenTenant() } }, want: 'spec.deletionPolicy is Retain: nothing was in AWS yet' },
  ])('with Retain nothing is called, and a notice says $name', ({ given, want }) => {
    const retain = { is: true, because: 'spec.deletionPolicy is Retain' };
    expect(planned({ ...given, subject: { ...given.subject, ...deleting, retain } })).toEqual({ decisions: [], finalizer: 'lift', notices: [{ reason: 'Retained', message: want }] });
  });
});
