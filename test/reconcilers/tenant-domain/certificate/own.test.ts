import { describe, expect, test } from 'vitest';
import type { Decision } from '../../../../reconcilers/contract.ts';
import type { Certificate, CertificateAction, CertificateSpec } from '../../../../reconcilers/tenant-domain/certificate/certificate.ts';
import { planOwn } from '../../../../reconcilers/tenant-domain/certificate/own.ts';
import { tearDown } from '../../../../reconcilers/tenant-domain/certificate/retire.ts';
import { actionsIn, ago, domains, hours, minutes, noon, seconds } from '../../builders.ts';
import { arnOf, certificate, certificateSpec, certificateView, managed, servedBy as served, shop } from '../builders.ts';

type Row = { readonly name: string; readonly because: string; readonly given: { readonly spec?: Partial<CertificateSpec>; readonly known: readonly Certificate[]; readonly used?: number }; readonly want: string };

/** A decision in short: the reason, then what is done or waited for. */
const brief = ({ condition, move }: Decision<CertificateAction>): string => {
  const pace = move.is === 'waiting' && move.between ? ` ${move.between.minMs / 1000}-${move.between.maxMs / 1000} s` : '';
  const done = move.is === 'acting' ? move.actions.map((action) => (action.verb !== 'RequestCertificate' ? `delete ${action.arn.at(-1) ?? ''}` : `request ${action.names.join(' ')} after ${action.deadArns.map((arn) => arn.at(-1)).join('') || 'none'}`)).join(', ') : '';
  return `${condition.status} ${condition.reason}: ${move.is === 'waiting' ? `waiting for ${move.on}${pace}` : done || move.is}`;
};

const both = domains('shop.example.com', 'www.example.com');
const [a, b, c, d] = [arnOf('a'), arnOf('b'), arnOf('c'), arnOf('d')] as const;
const servedBy = (arn = arnOf('a'), settled = true): Partial<CertificateSpec> => served(arn.at(-1), { settled });
const pending = (over: Partial<Certificate> = {}): Certificate => certificate({ status: 'PENDING_VALIDATION', ...over });
/** Just asked for: ACM answers 404, so that nothing is known of it. */
const hidden = (arn = arnOf('a')): Certificate => pending({ arn, names: [], records: undefined, createdAt: undefined });
const dead = (status: 'FAILED' | 'EXPIRED', over: Partial<Certificate> = {}): Certificate => certificate({ status, records: undefined, ...over });
const gone = (over: Partial<Certificate> = {}): Certificate => certificate({ status: 'GONE', names: [], records: undefined, createdAt: undefined, ...over });

const life: readonly Row[] = [
  { name: 'none', because: 'it is to be asked for', given: { known: [] }, want: 'False RequestingCertificate: request shop.example.com after none' },
  { name: 'one that is not ours', because: 'foreign stays foreign (R14)', given: { known: [certificate({ ours: false })] }, want: 'False RequestingCertificate: request shop.example.com after none' },
  { name: 'one just requested that ACM does not show yet', because: 'a second one would be made, and the first one deleted unseen', given: { known: [hidden()] }, want: 'False Requested: waiting for aws 10-60 s' },
  { name: 'one without records', because: 'ACM makes them within seconds', given: { known: [pending({ records: undefined })] }, want: 'False Requested: waiting for aws 10-60 s' },
  { name: 'one whose records nobody added', because: 'waiting for a customer is a state', given: { known: [pending()] }, want: 'False WaitingForCustomerDNS: waiting for customer' },
  { name: 'one whose records are in DNS', because: 'it is ACM\'s turn', given: { spec: { proof: 'seen' }, known: [pending()] }, want: 'False Validating: waiting for aws' },
  { name: 'one issued', because: 'there is nothing to do', given: { known: [certificate()] }, want: 'True Issued: settled' },
  { name: 'one issued that serves', because: 'there is nothing to do', given: { spec: servedBy(), known: [certificate({ inUse: true })] }, want: 'True Issued: settled' },
  { name: 'one that expired while it serves', because: 'it cannot be revived', given: { spec: servedBy(), known: [dead('EXPIRED', { inUse: true })] }, want: 'False RequestingCertificate: request shop.example.com after a' },
  { name: 'one deleted by hand', because: 'an old token would bring the old ARN back (R3)', given: { known: [gone()] }, want: 'False RequestingCertificate: request shop.example.com after a' },
];

const failing: readonly Row[] = [
  { name: 'one failed just now', because: 'each request costs one of 5,000 a year', given: { known: [dead('FAILED', { createdAt: noon })] }, want: 'False ValidationFailed: waiting for customer 600-600 s' },
  { name: 'one failed 59 minutes after it was made', because: 'the next look comes when the wait is over', given: { known: [dead('FAILED', { createdAt: ago(minutes(59)) })] }, want: 'False ValidationFailed: waiting for customer 60-600 s' },
  { name: 'one failed an hour after it was made', because: 'it may have been mended', given: { known: [dead('FAILED', { createdAt: ago(hours(1)) })] }, want: 'False ValidationFailed: request shop.example.com after a' },
  { name: 'two failed', because: 'a day from the younger one', given: { known: [dead('FAILED', { createdAt: ago(hours(25)) }), dead('FAILED', { arn: b, createdAt: ago(hours(24) - seconds(1)) })] }, want: 'False ValidationFailed: waiting for customer 1-600 s' },
  { name: 'two failed, and the younger one was deleted by hand', because: 'whoever mended what was refused need not wait', given: { known: [dead('FAILED', { createdAt: ago(hours(2)) }), gone({ arn: b })] }, want: 'False ValidationFailed: request shop.example.com after ab' },
  { name: 'three failed less than 24 days ago', because: 'a customer who never mends it costs 15 requests a year', given: { known: ['a', 'b', 'c'].map((letter) => dead('FAILED', { arn: arnOf(letter), createdAt: ago(hours(576) - seconds(1)) })) }, want: 'False ValidationFailed: waiting for customer 1-600 s' },
  { name: 'three failed', because: '24 days from the youngest', given: { known: ['a', 'b', 'c'].map((letter) => dead('FAILED', { arn: arnOf(letter), createdAt: ago(hours(576)) })) }, want: 'False ValidationFailed: request shop.example.com after abc' },
  { name: 'one failed after one that timed out', because: 'the last one tells what is wrong', given: { known: [certificate({ status: 'VALIDATION_TIMED_OUT', createdAt: ago(hours(99)) }), dead('FAILED', { arn: b })] }, want: 'False ValidationFailed: request shop.example.com after ab' },
  { name: 'one timed out after one that failed', because: 'the customer is waited for', given: { known: [dead('FAILED', { createdAt: ago(hours(99)) }), certificate({ arn: b, status: 'VALIDATION_TIMED_OUT', createdAt: ago(hours(96)) })] }, want: 'False ValidationTimedOut: waiting for customer' },
  { name: 'four failed', because: 'three tell how often it went wrong; the oldest goes first', given: { known: ['a', 'b', 'c', 'd'].map((letter, index) => dead('FAILED', { arn: arnOf(letter), createdAt: ago(hours(100 - index)) })) }, want: 'False ValidationFailed: delete a' },
  { name: 'a failed one and its issued successor', because: 'it has told all it can', given: { known: [dead('FAILED'), certificate({ arn: b })] }, want: 'True Issued: delete a' },
  { name: 'a failed one and its pending successor', because: 'the successor may fail too', given: { known: [dead('FAILED'), pending({ arn: b })] }, want: 'False WaitingForCustomerDNS: waiting for customer' },
];

const idle = (over: Partial<Certificate> = {}): Certificate => certificate({ status: 'VALIDATION_TIMED_OUT', createdAt: ago(hours(96)), ...over });
const unread = (over: Partial<Certificate> = {}): Certificate => idle({ records: undefined, ...over });

const abandoned: readonly Row[] = [
  { name: 'one timed out, its records in DNS', because: 'the same ones validate the next', given: { spec: { proof: 'seen' }, known: [idle()] }, want: 'False ValidationTimedOut: request shop.example.com after a' },
  { name: 'one timed out, its records not in DNS', because: 'who never comes must not use up what others need', given: { known: [idle({ createdAt: ago(hours(9_000)) })] }, want: 'False ValidationTimedOut: waiting for customer' },
  { name: 'one timed out a day ago, its records known, and DNS silent', because: 'our resolver may be the only one that cannot read them', given: { spec: { proof: 'unknown' }, known: [idle()] }, want: 'False ValidationTimedOut: request shop.example.com after a' },
  { name: 'one timed out a day ago, its records unknown', because: 'DNS cannot tell, so that the customer may have come', given: { spec: { proof: 'unknown' }, known: [unread()] }, want: 'False ValidationTimedOut: request shop.example.com after a' },
  { name: 'one timed out less than a day ago, its records unknown', because: 'a request costs one of 5,000 a year', given: { spec: { proof: 'unknown' }, known: [unread({ createdAt: ago(hours(96) - seconds(1)) })] }, want: 'False ValidationTimedOut: waiting for customer' },
  { name: 'two timed out, the younger one less than eight days ago', because: 'each time is longer', given: { spec: { proof: 'unknown' }, known: [unread({ createdAt: ago(hours(999)) }), unread({ arn: b, createdAt: ago(hours(264) - seconds(1)) })] }, want: 'False ValidationTimedOut: waiting for customer' },
  { name: 'three timed out, the youngest 64 days ago', because: 'it does not grow beyond', given: { spec: { proof: 'unknown' }, known: ['a', 'b', 'c'].map((letter) => unread({ arn: arnOf(letter), createdAt: ago(hours(1_608)) })) }, want: 'False ValidationTimedOut: request shop.example.com after abc' },
  { name: 'one refused long ago, its name no public one', because: 'ACM refuses each request for such names', given: { spec: { proof: 'seen' }, known: [dead('FAILED', { trouble: 'INVALID_PUBLIC_DOMAIN', createdAt: ago(hours(9_000)) })] }, want: 'False ValidationFailed: waiting for person' },
  { name: 'one refused long ago, its domain not allowed', because: 'AWS may have cleared it since', given: { known: [dead('FAILED', { trouble: 'DOMAIN_NOT_ALLOWED', createdAt: ago(hours(9_000)) })] }, want: 'False ValidationFailed: request shop.example.com after a' },
];

const overlap: readonly Row[] = [
  { name: 'a wider set while the old one serves', because: 'the successor overlaps (R7)', given: { spec: { names: both, ...servedBy() }, known: [certificate({ inUse: true })] }, want: 'False RequestingCertificate: request shop.example.com www.example.com after none' },
  { name: 'the successor just requested, the old one serving', because: 'nothing is retired unseen', given: { spec: { names: both, ...servedBy() }, known: [certificate({ inUse: true }), hidden(b)] }, want: 'False Requested: waiting for aws 10-60 s' },
  { name: 'the successor issued, the old one still serving', because: 'the tenant has not swapped', given: { spec: { names: both, ...servedBy() }, known: [certificate({ inUse: true }), certificate({ arn: b, names: both })] }, want: 'True Issued: settled' },
  { name: 'the successor serving, not settled', because: 'while a tenant is not deployed no certificate is retired (R7)', given: { spec: { names: both, ...servedBy(b, false) }, known: [certificate(), certificate({ arn: b, names: both })] }, want: 'True Issued: waiting for aws 30-600 s' },
  { name: 'the successor serving, the old one reported in use', because: 'ACM takes 4 to 20 minutes to see it', given: { spec: { names: both, ...servedBy(b) }, known: [certificate({ inUse: true }), certificate({ arn: b, names: both })] }, want: 'True Issued: waiting for aws 30-600 s' },
  { name: 'the successor serving, the old one free', because: 'it is of no use any more', given: { spec: { names: both, ...servedBy(b) }, known: [certificate(), certificate({ arn: b, names: both, inUse: true })] }, want: 'True Issued: delete a' },
  { name: 'what serves is not known', because: 'a failed read never ends anything', given: { spec: { names: both, serving: { is: 'unknown' } }, known: [certificate(), certificate({ arn: b, names: both })] }, want: 'True Issued: waiting for aws 30-600 s' },
  { name: 'a superseded pending one', because: 'a spec that changes often holds no more than two', given: { spec: { names: both, ...servedBy(c) }, known: [pending(), certificate({ arn: c, names: domains('old.example.com'), inUse: true })] }, want: 'False RequestingCertificate: delete a' },
  { name: 'a superseded one that is in use, and in a state unknown to us', because: 'it may serve', given: { spec: { names: both, ...servedBy(c) }, known: [pending({ inUse: true })] }, want: 'False RequestingCertificate: request shop.example.com www.example.com after none' },
  { name: 'a superseded one before anything serves', because: 'nothing uses it', given: { spec: { names: both }, known: [certificate()] }, want: 'False RequestingCertificate: delete a' },
  { name: 'two issued for the same names, one serving', because: 'the one that serves is kept', given: { spec: servedBy(b), known: [certificate(), certificate({ arn: b, inUse: true })] }, want: 'True Issued: delete a' },
  { name: 'one pending and one issued for the same names', because: 'the better one is kept', given: { known: [pending(), certificate({ arn: b })] }, want: 'True Issued: delete a' },
  { name: 'one hidden and one pending for the same names', because: 'the one that is shown counts, the hidden one is left until it is', given: { known: [hidden(), pending({ arn: b })] }, want: 'False WaitingForCustomerDNS: waiting for customer' },
];

const switching: readonly Row[] = [
  { name: "CloudFront's serving", because: 'the tier asks for one of our own, and nobody has to hurry', given: { spec: servedBy(), known: [managed({ inUse: true })] }, want: 'True Issued: request shop.example.com after none' },
  { name: "CloudFront's serving, our own pending", because: 'the present one serves meanwhile', given: { spec: servedBy(), known: [managed({ inUse: true }), pending({ arn: b })] }, want: 'True Issued: waiting for customer' },
  { name: "CloudFront's serving, our own issued", because: 'the tenant swaps', given: { spec: servedBy(), known: [managed({ inUse: true }), certificate({ arn: b })] }, want: 'True Issued: settled' },
  { name: "CloudFront's free, our own serving", because: 'it is of no use any more', given: { spec: servedBy(b), known: [managed(), certificate({ arn: b, inUse: true })] }, want: 'True Issued: delete a' },
  { name: "CloudFront's pending", because: 'nobody asks for it any more', given: { known: [managed({ status: 'PENDING_VALIDATION' })] }, want: 'False RequestingCertificate: delete a' },
  { name: "CloudFront's refused", because: 'that says nothing of a request of our own', given: { known: [managed({ status: 'FAILED', createdAt: noon })] }, want: 'False RequestingCertificate: delete a' },
  { name: 'one at risk that serves', because: 'a person hears of it while there is time', given: { spec: servedBy(), known: [certificate({ inUse: true, renewal: { status: 'PENDING_VALIDATION', open: shop, cause: undefined } })] }, want: 'True RenewalAtRisk: settled' },
];

const scarce: readonly Row[] = [
  { name: 'a new tenant, 4,499 of 5,000 used', because: 'less than 90 % are', given: { known: [], used: 4_499 }, want: 'False RequestingCertificate: request shop.example.com after none' },
  { name: 'a new tenant, 4,500 of 5,000 used', because: 'the rest is for those who are served', given: { known: [], used: 4_500 }, want: 'False CertificatesReserved: waiting for person' },
  { name: 'another name for a served tenant, all used', because: 'ACM decides, nobody else', given: { spec: { names: both, ...servedBy() }, known: [certificate({ inUse: true })], used: 5_000 }, want: 'False RequestingCertificate: request shop.example.com www.example.com after none' },
  { name: 'one that expired while it served, all used', because: 'that is what it is kept for', given: { spec: servedBy(), known: [dead('EXPIRED', { inUse: true })], used: 5_000 }, want: 'False RequestingCertificate: request shop.example.com after a' },
  { name: 'another issuer, 2,499 of 5,000 used', because: 'less than half are', given: { spec: servedBy(), known: [managed({ inUse: true })], used: 2_499 }, want: 'True Issued: request shop.example.com after none' },
  { name: 'another issuer, half of it used', because: 'what serves is as good', given: { spec: servedBy(), known: [managed({ inUse: true })], used: 2_500 }, want: 'True CertificatesReserved: waiting for person' },
  { name: 'one pending, all used', because: 'it was asked for already', given: { known: [pending()], used: 5_000 }, want: 'False WaitingForCustomerDNS: waiting for customer' },
];

const viewOf = ({ known, used = 10 }: Row['given']) => certificateView(known, { quota: { used, perYear: 5_000 } });

describe('planOwn', () => {
  test.each([...life, ...failing, ...abandoned, ...overlap, ...switching, ...scarce])('$name: $because', ({ given, want }) => {
    expect(brief(planOwn(certificateSpec(given.spec ?? {}), viewOf(given), noon))).toBe(want);
  });

  test('a request is made from what a list shows, unless in doubt, and names what makes it another than the last', () => {
    const spec = certificateSpec({ names: both, source: { is: 'own', keyAlgorithm: 'EC_prime256v1' } });
    expect(actionsIn(planOwn(spec, certificateView([dead('EXPIRED', { arn: arnOf('d'), names: both }), gone()]), noon))).toEqual([
      {
        concern: 'CertificateReady', verb: 'RequestCertificate', because: 'request certificate for shop.example.com, www.example.com', destroys: false, needs: 'shared',
        names: both, keyAlgorithm: 'EC_prime256v1', deadArns: [a, d],
      },
    ]);
  });

  test('a deletion destroys, so it is made from a live look at certificate and object (R6)', () => {
    const decision = planOwn(certificateSpec(servedBy(b)), certificateView([certificate(), certificate({ arn: arnOf('b') })]), noon);
    expect(actionsIn(decision)).toEqual([{ concern: 'CertificateReady', verb: 'DeleteCertificate', because: `delete certificate ${a}: superseded, and it serves nothing`, destroys: true, needs: 'live', arn: a }]);
  });
});

describe('tearDown', () => {
  test.each<Omit<Row, 'given'> & { readonly given: readonly Certificate[] }>([
    { name: 'nothing', because: 'there is nothing to do', given: [], want: 'False Deleting: gone' },
    { name: 'what is gone', because: 'it was deleted, or never seen for long enough', given: [gone()], want: 'False Deleting: gone' },
    { name: 'what nothing uses', because: 'each goes by itself', given: [certificate(), pending({ arn: c })], want: 'False Deleting: delete a, delete c' },
    { name: 'what is in use', because: 'ACM refuses, and it ends by itself', given: [certificate({ inUse: true })], want: 'False InUse: waiting for aws 30-600 s' },
    { name: 'one in use and one not', because: 'one does not wait for the other', given: [certificate({ inUse: true }), pending({ arn: c })], want: 'False InUse: delete c' },
    { name: 'what was requested just before', because: 'ACM has not shown it yet, so it cannot say what became of it', given: [hidden()], want: 'False Deleting: waiting for aws 10-60 s' },
  ])('of $name: $because', ({ given, want }) => {
    expect(brief(tearDown(given))).toBe(want);
  });

  test('names what ACM still reports as used', () => {
    expect(tearDown([certificate({ inUse: true, names: shop })]).condition.message).toBe(`ACM still reports ${a} as used by CloudFront; this ends by itself, mostly within 20 minutes`);
  });
});
