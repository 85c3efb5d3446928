import { describe, expect, test } from 'vitest';
import type { Decision } from '../../../../../reconcilers/contract.ts';
import { Failure } from '../../../../../reconcilers/failure.ts';
import type { Certificate, CertificateAction, CertificateSpec, ManagedView } from '../../../../../reconcilers/tenant-domain/certificate/certificate.ts';
import { planManaged } from '../../../../../reconcilers/tenant-domain/certificate/managed/plan.ts';
import { ago, domains, hours, minutes, noon, seconds } from '../../../builders.ts';
import { arnOf, certificate, certificateSpec, certificateView, managed, servedBy, shop } from '../../builders.ts';

type Given = { readonly spec?: Partial<CertificateSpec>; readonly known?: readonly Certificate[]; readonly managed?: Partial<ManagedView>; readonly used?: number };
type Row = { readonly name: string; readonly because: string; readonly given: Given; readonly want: string };

const planned = ({ spec, known = [], managed: seen, used = 10 }: Given): Decision<CertificateAction> => {
  const view = certificateView(known, { managed: { request: { is: 'none' }, asked: undefined, denied: undefined, ...seen }, quota: { used, perYear: 5_000 } });
  return planManaged(certificateSpec({ source: { is: 'cloudfront' }, ...spec }), view, noon);
};

/** A decision in short: the reason, then what is done or waited for. */
const brief = ({ condition, move }: Decision<CertificateAction>): string => {
  const pace = move.is === 'waiting' && move.between ? ` ${move.between.minMs / 1000}-${move.between.maxMs / 1000} s` : '';
  const done = move.is === 'acting' ? move.actions.map((action) => (action.verb === 'RequestCertificate' ? 'request' : `${action.verb === 'MarkCertificate' ? 'mark' : 'delete'} ${action.arn.at(-1) ?? ''}`)).join(', ') : '';
  return `${condition.status} ${condition.reason}: ${move.is === 'waiting' ? `waiting for ${move.on}${pace}` : done || move.is}`;
};

const both = domains('shop.example.com', 'www.example.com');
const [a, b] = [arnOf('a'), arnOf('b')] as const;
const pending = (over: Partial<Certificate> = {}): Certificate => managed({ status: 'PENDING_VALIDATION', ...over });
const dead = (status: 'FAILED' | 'VALIDATION_TIMED_OUT', over: Partial<Certificate> = {}): Certificate => managed({ status, ...over });
const made = (arn: string, over: Partial<Extract<ManagedView['request'], { is: 'made' }>> = {}): Partial<ManagedView> => ({ request: { is: 'made', arn, pending: true, gone: false, redirects: [], ...over } });
const asked = (agoMs: number, names: readonly string[] | undefined = shop): Partial<ManagedView> => ({ asked: { at: ago(agoMs), names: names?.join(' ') } });
const unserved = servedBy(undefined, { active: [], settled: false });
const denial = (reason: 'AccessDenied' | 'QuotaExceeded') => new Failure({ kind: 'blocked', reason, code: reason, message: 'update distribution tenant: no' });

const life: readonly Row[] = [
  { name: 'none', because: 'the request goes with the tenant that is created', given: {}, want: 'False RequestingCertificate: waiting for sibling' },
  { name: 'asked for just now', because: 'its details may come late', given: { spec: unserved, managed: asked(seconds(30)) }, want: 'False Requested: waiting for aws' },
  { name: 'named by the details of our tenant', because: 'that is the proof that it is ours', given: { spec: unserved, managed: made(a) }, want: 'False Requested: mark a' },
  { name: 'named, and known to be somebody else\'s so far', because: 'it carries no mark of ours yet', given: { spec: unserved, known: [pending({ ours: false })], managed: made(a) }, want: 'False Requested: mark a' },
  { name: 'marked, its names leading elsewhere', because: 'a customer points DNS here or redirects', given: { spec: unserved, known: [pending()], managed: made(a) }, want: 'False WaitingForValidation: waiting for customer' },
  { name: 'marked, one of two names leading here', because: 'all have to be validated', given: { spec: { names: both, pointing: shop, ...unserved }, known: [pending({ names: both })], managed: made(a) }, want: 'False WaitingForValidation: waiting for customer' },
  { name: 'marked, its names leading here', because: 'it is CloudFront\'s turn', given: { spec: { pointing: shop, ...unserved }, known: [pending()], managed: made(a) }, want: 'False Validating: waiting for aws' },
  { name: 'marked, and not shown by ACM yet', because: 'nothing is known of it but the ARN', given: { spec: unserved, known: [pending({ names: [], managedBy: undefined })], managed: made(a) }, want: 'False Requested: waiting for aws 10-60 s' },
  { name: 'issued', because: 'the tenant attaches it', given: { spec: { pointing: shop, ...unserved }, known: [managed()] }, want: 'True Issued: settled' },
  { name: 'serving', because: 'there is nothing to do', given: { spec: servedBy('a'), known: [managed({ inUse: true })] }, want: 'True Issued: settled' },
  { name: 'serving, and ACM cannot renew it', because: 'the name leads elsewhere now', given: { spec: servedBy('a'), known: [managed({ inUse: true, renewal: { status: 'PENDING_VALIDATION', open: shop, cause: undefined } })] }, want: 'True RenewalAtRisk: settled' },
];

const failing: readonly Row[] = [
  { name: 'one that timed out, its name leading here', because: 'the next one can be validated', given: { spec: { pointing: shop, ...unserved }, known: [dead('VALIDATION_TIMED_OUT')] }, want: 'False ValidationTimedOut: waiting for sibling' },
  { name: 'one that timed out less than a day ago, its name leading elsewhere', because: 'who never comes must not use up what others need', given: { spec: unserved, known: [dead('VALIDATION_TIMED_OUT', { createdAt: ago(hours(96) - seconds(1)) })] }, want: 'False ValidationTimedOut: waiting for customer' },
  { name: 'one that timed out a day ago, its name leading elsewhere', because: 'a redirect would do, and nobody sees whether there will be one', given: { spec: unserved, known: [dead('VALIDATION_TIMED_OUT', { createdAt: ago(hours(96)) })] }, want: 'False ValidationTimedOut: waiting for sibling' },
  { name: 'one refused for the name itself', because: 'ACM refuses each request for it', given: { spec: unserved, known: [dead('FAILED', { trouble: 'INVALID_PUBLIC_DOMAIN', createdAt: ago(hours(9_000)) })] }, want: 'False ValidationFailed: waiting for person' },
  { name: 'one that failed just now', because: 'each request costs one of 5,000 a year', given: { spec: unserved, known: [dead('FAILED', { createdAt: noon })] }, want: 'False ValidationFailed: waiting for customer 600-600 s' },
  { name: 'one that failed an hour ago', because: 'it may have been mended', given: { spec: unserved, known: [dead('FAILED')] }, want: 'False ValidationFailed: waiting for sibling' },
  { name: 'one that timed out after one that failed', because: 'the customer is waited for', given: { spec: unserved, known: [dead('FAILED', { createdAt: ago(hours(99)) }), dead('VALIDATION_TIMED_OUT', { arn: b })] }, want: 'False ValidationTimedOut: waiting for customer' },
  { name: 'one of our own that failed just now', because: 'that says nothing of CloudFront', given: { known: [certificate({ status: 'FAILED', createdAt: noon })] }, want: 'False RequestingCertificate: delete a' },
  { name: 'asked for minutes ago, and nothing came of it yet', because: 'each request is a deployment', given: { spec: unserved, managed: asked(minutes(9)) }, want: 'False Requested: waiting for aws' },
  { name: 'asked for minutes ago by a tenant that is gone', because: 'the request is gone with it', given: { managed: asked(minutes(9)) }, want: 'False RequestingCertificate: waiting for sibling' },
  { name: 'asked for ten minutes ago, and nothing came of it', because: 'names go unserved', given: { spec: unserved, managed: asked(minutes(10)) }, want: 'False RequestingCertificate: waiting for sibling' },
  { name: 'asked for other names just now', because: 'that says nothing of these', given: { spec: { names: both, ...unserved }, managed: asked(seconds(30)) }, want: 'False RequestingCertificate: waiting for sibling' },
  { name: 'refused for lack of a permission', because: 'each try would deploy the tenant again', given: { spec: unserved, managed: { denied: denial('AccessDenied') } }, want: 'False AccessDenied: waiting for person' },
  { name: 'new, while little of the quota is left', because: 'that is for those who are served', given: { used: 4_500 }, want: 'False CertificatesReserved: waiting for person' },
];

const changing: readonly Row[] = [
  { name: 'one name more', because: 'its certificate comes beside the one that serves', given: { spec: { names: both, ...servedBy('a') }, known: [managed({ inUse: true })], managed: made(a, { pending: false }) }, want: 'False RequestingCertificate: waiting for sibling' },
  { name: 'one name more, while one is pending for the first', because: 'one request at a time', given: { spec: { names: both, ...unserved }, known: [pending()], managed: made(a) }, want: 'False WaitingForValidation: waiting for customer' },
  { name: 'one name more, the first one issued', because: 'it is attached before the rest is asked for', given: { spec: { names: both, ...unserved }, known: [managed()], managed: made(a, { pending: false }) }, want: 'False RequestingCertificate: waiting for sibling' },
  { name: 'another name, while one is pending for the first', because: 'nobody will ever point that here, and 72 hours are long', given: { spec: { names: domains('www.example.com'), ...unserved }, known: [pending()], managed: made(a) }, want: 'False Requested: delete a' },
  { name: 'one name less, CloudFront deploying', because: 'one change after the other', given: { spec: servedBy('b', { active: both, settled: false }), known: [managed({ arn: b, names: both, inUse: true })] }, want: 'True Issued: waiting for aws 30-600 s' },
  { name: 'one name less, the one before still in use', because: 'who holds three holds one too many', given: { spec: servedBy('b', { active: both }), known: [managed({ inUse: true, names: domains('old.example.com') }), managed({ arn: b, names: both, inUse: true })] }, want: 'True Issued: waiting for aws 30-600 s' },
  { name: 'one name less, the one before free', because: 'it goes first', given: { spec: servedBy('b', { active: both }), known: [managed({ names: domains('old.example.com') }), managed({ arn: b, names: both, inUse: true })] }, want: 'True Issued: delete a' },
  { name: 'one name less, the one before gone', because: 'ACM could not renew what covers a name that left', given: { spec: servedBy('b', { active: both }), known: [managed({ arn: b, names: both, inUse: true })] }, want: 'True Issued: waiting for sibling' },
  { name: 'the superseded one deleted, and still named by CloudFront', because: 'one request at a time', given: { spec: { names: domains('www.example.com'), ...unserved }, managed: made(a, { gone: true }) }, want: 'False Requested: waiting for aws' },
  { name: 'the superseded one deleted, and named as failed', because: 'that request has ended', given: { spec: { names: domains('www.example.com'), ...unserved }, managed: made(a, { gone: true, pending: false }) }, want: 'False RequestingCertificate: waiting for sibling' },
  { name: 'the successor serving, the old one free', because: 'it is of no use any more', given: { spec: { names: both, ...servedBy('b', { active: both }) }, known: [managed(), managed({ arn: b, names: both, inUse: true })] }, want: 'True Issued: delete a' },
];

const switching: readonly Row[] = [
  { name: 'our own serving', because: 'it serves until CloudFront\'s is there', given: { spec: servedBy('a'), known: [certificate({ inUse: true })] }, want: 'True Issued: waiting for sibling' },
  { name: 'our own serving, CloudFront\'s pending', because: 'nobody has to hurry', given: { spec: servedBy('a'), known: [certificate({ inUse: true }), pending({ arn: b })], managed: made(b) }, want: 'True Issued: waiting for customer' },
  { name: 'our own serving, CloudFront\'s issued', because: 'the tenant swaps', given: { spec: servedBy('a'), known: [certificate({ inUse: true }), managed({ arn: b })] }, want: 'True Issued: settled' },
  { name: 'CloudFront\'s serving, our own free', because: 'it is of no use any more', given: { spec: servedBy('b'), known: [certificate(), managed({ arn: b, inUse: true })] }, want: 'True Issued: delete a' },
  { name: 'our own pending', because: 'nobody asks for it any more', given: { known: [certificate({ status: 'PENDING_VALIDATION' })] }, want: 'False RequestingCertificate: delete a' },
  { name: 'asked for two minutes ago and ignored', because: 'a certificate covers the names, so CloudFront makes none', given: { spec: servedBy('a'), known: [certificate({ inUse: true })], managed: asked(minutes(2)) }, want: 'True IssuerSwitchRefused: settled' },
  { name: 'ignored, as a status remembers', because: 'the process was another one', given: { spec: servedBy('a'), known: [certificate({ inUse: true })], managed: asked(minutes(2), undefined) }, want: 'True IssuerSwitchRefused: settled' },
  { name: 'ignored a week ago', because: 'something may have changed', given: { spec: servedBy('a'), known: [certificate({ inUse: true })], managed: asked(hours(7 * 24)) }, want: 'True Issued: waiting for sibling' },
  { name: 'ignored, and the one that serves expired since', because: 'nothing covers the names any more', given: { spec: servedBy('a'), known: [certificate({ inUse: true, status: 'EXPIRED' })], managed: asked(minutes(20)) }, want: 'False RequestingCertificate: waiting for sibling' },
  { name: 'taken up and failed since', because: 'it was not ignored', given: { spec: servedBy('a'), known: [certificate({ inUse: true }), dead('FAILED', { arn: b, createdAt: ago(hours(1)) })], managed: asked(hours(1)) }, want: 'True Issued: waiting for sibling' },
  { name: "the distribution's serving, asked for and ignored", because: 'every name is served', given: { spec: servedBy(undefined), managed: asked(minutes(2)) }, want: 'True IssuerSwitchRefused: settled' },
  { name: 'our own serving, half of the quota used', because: 'what serves is as good', given: { spec: servedBy('a'), known: [certificate({ inUse: true })], used: 2_500 }, want: 'True CertificatesReserved: waiting for person' },
  { name: 'our own at risk', because: 'that comes before all else', given: { spec: servedBy('a'), known: [certificate({ inUse: true, renewal: { status: 'FAILED', open: [], cause: 'CAA_ERROR' } })], managed: asked(minutes(2)) }, want: 'True RenewalAtRisk: settled' },
];

describe('planManaged', () => {
  test.each([...life, ...failing, ...changing, ...switching])('$name: $because', ({ given, want }) => {
    expect(brief(planned(given))).toBe(want);
  });

  test.each<{ name: string; given: Given; want: string }>([
    { name: 'a customer is told what to point where, and that a redirect does as well', given: { spec: { names: both, pointing: shop, ...unserved }, known: [pending({ names: both })] }, want: 'have the customer point DNS of www.example.com to d1.cloudfront.net as status.dnsRecords says, or redirect HTTP as status.httpRedirects says' },
    { name: 'a customer whose alias CloudFront cannot see is told which record it needs', given: { spec: { challenged: shop, ...unserved }, known: [pending()] }, want: 'have the customer add TXT _cf-challenge.shop.example.com -> d1.cloudfront.net, for CloudFront cannot see where an alias leads' },
    { name: 'a switch says how far it is', given: { spec: servedBy('a'), known: [certificate(), pending({ arn: b })] }, want: `certificate ${a} serves shop.example.com; the switch to a certificate of CloudFront is under way: have the customer point DNS of shop.example.com to d1.cloudfront.net as status.dnsRecords says, or redirect HTTP as status.httpRedirects says` },
    { name: 'a refused switch says what happens next', given: { spec: servedBy('a'), known: [certificate()], managed: asked(minutes(2)) }, want: `CloudFront did not take up the request for a certificate of its own for shop.example.com: certificate ${a} goes on serving, and it is asked again in 7 days at the earliest, or when the spec or the tier changes` },
    { name: 'a time-out says what was missing', given: { spec: unserved, known: [dead('VALIDATION_TIMED_OUT')] }, want: 'shop.example.com could not be validated within 72 hours: have the customer point DNS to d1.cloudfront.net as status.dnsRecords says; the certificate is requested again at once then, else 1, 8, then 64 days after it timed out' },
    { name: 'a failure says why', given: { spec: unserved, known: [dead('FAILED', { createdAt: noon, trouble: 'CAA_ERROR' })] }, want: `ACM refused CloudFront's certificate for shop.example.com: CAA_ERROR (a CAA record of the domain does not let Amazon issue: have the customer add CAA 0 issue "amazon.com"); it is requested again 1 hour, 1 day, then 24 days after certificate ${a} was, or once you delete that in ACM` },
  ])('$name', ({ given, want }) => {
    expect(planned(given).condition.message).toBe(want);
  });
});
