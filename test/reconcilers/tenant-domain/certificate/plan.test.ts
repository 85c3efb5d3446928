import { describe, expect, test } from 'vitest';
import type { Desired } from '../../../../reconcilers/contract.ts';
import type { Certificate, CertificateObserved, CertificateSpec, CertificateView } from '../../../../reconcilers/tenant-domain/certificate/certificate.ts';
import { planCertificate, usableCertificate } from '../../../../reconcilers/tenant-domain/certificate/plan.ts';
import { domains, failure, noon } from '../../builders.ts';
import { arnOf, certificate, certificates, certificateSpec, managed, servedBy } from '../builders.ts';

const both = domains('shop.example.com', 'www.example.com');
const wide = certificate({ arn: arnOf('b'), names: both });
const cloudfront = { source: { is: 'cloudfront' } } as const;
const given = { source: { is: 'given', arn: arnOf('e') } } as const;
const theirs = certificate({ arn: arnOf('e'), ours: false, records: undefined });

describe('usableCertificate', () => {
  type Row = { readonly name: string; readonly because: string; readonly spec?: Partial<CertificateSpec>; readonly known?: readonly Certificate[]; readonly view?: Partial<CertificateView>; readonly want: string | undefined };
  const rows: readonly Row[] = [
    { name: 'none', because: 'there is nothing to serve with', want: undefined },
    { name: 'a pending one', because: 'CloudFront refuses it (flows, 6.1)', known: [certificate({ status: 'PENDING_VALIDATION' })], want: undefined },
    { name: 'an issued one for exactly these names', because: 'it was made for them', known: [certificate()], want: 'a' },
    { name: 'an issued one for more names, not serving', because: 'it is on its way out', known: [wide], want: undefined },
    { name: 'an issued one for more names that serves', because: 'a smaller set needs no new one to be served', spec: servedBy('b'), known: [wide], want: 'b' },
    { name: 'the exact one and a wider one that serves', because: 'the exact set comes first', spec: servedBy('b'), known: [wide, certificate()], want: 'a' },
    { name: 'one that is not ours', because: 'foreign stays foreign (R14)', known: [theirs], want: undefined },
    { name: "CloudFront's, while our own is asked for", because: 'it serves until ours is there', spec: servedBy('b'), known: [managed({ arn: arnOf('b') })], want: 'b' },
    { name: "CloudFront's, and our own issued", because: 'the spec names the other issuer', spec: servedBy('b'), known: [managed({ arn: arnOf('b') }), certificate()], want: 'a' },
    { name: 'our own, while one of CloudFront\'s is asked for', because: 'it serves until that is there', spec: { ...cloudfront, ...servedBy('a') }, known: [certificate(), managed({ arn: arnOf('b'), status: 'PENDING_VALIDATION' })], want: 'a' },
    { name: "our own, and CloudFront's issued", because: 'the tier names the other issuer', spec: { ...cloudfront, ...servedBy('a') }, known: [certificate(), managed({ arn: arnOf('b') })], want: 'b' },
    { name: "CloudFront's for some names, nothing serving", because: 'it is a step on the way', spec: { ...cloudfront, names: both, ...servedBy(undefined, { active: [] }) }, known: [managed()], want: 'a' },
    { name: "CloudFront's for some names, our own serving others", because: 'no name is ever given up for another', spec: { ...cloudfront, names: both, ...servedBy('b') }, known: [managed(), certificate({ arn: arnOf('b'), names: domains('www.example.com') })], want: undefined },
    { name: 'a given one', because: 'the tier allows it', spec: given, view: { given: { certificate: theirs, allowed: true } }, want: 'e' },
    { name: 'a given one without the tag', because: 'its owner does not allow it', spec: given, view: { given: { certificate: theirs, allowed: false } }, want: undefined },
    { name: 'a given one, our own issued too', because: 'the spec names the other', spec: given, known: [certificate()], view: { given: { certificate: undefined, allowed: false } }, want: undefined },
    { name: "the distribution's", because: 'it covers the tenants', spec: { source: { is: 'distribution' } }, view: { blueprint: theirs }, want: 'e' },
    { name: "the distribution's for other names", because: 'it does not cover this one', spec: { source: { is: 'distribution' } }, view: { blueprint: certificate({ names: ['*.example.net'] }) }, want: undefined },
  ];
  test.each(rows)('$name: $because', ({ spec, known = [], view, want }) => {
    expect(usableCertificate(certificateSpec(spec), certificates(known, view))?.arn).toBe(want && arnOf(want));
  });

  test('nothing is usable that could not be seen', () => {
    expect(usableCertificate(certificateSpec(), { known: false, failure: failure() })).toBeUndefined();
  });
});

describe('planCertificate', () => {
  const present: Desired<CertificateSpec> = { is: 'present', spec: certificateSpec() };
  const held: Desired<CertificateSpec> = { is: 'held', reason: 'TierNotFound', message: 'no tier', on: 'reference' };
  const type = 'CertificateReady';

  test.each([present, held, { is: 'absent' } as const])('a failed read is neither there nor not there: $is', (desired) => {
    const unseen: CertificateObserved = { known: false, failure: failure() };
    expect(planCertificate(desired, unseen, noon)).toEqual({ condition: { type, status: 'Unknown', reason: 'AWSError', message: 'call AWS: TimeoutError: no' }, move: { is: 'unseen', failure: failure() } });
  });

  test('held, an issued one is left as it is and said to be there', () => {
    expect(planCertificate(held, certificates([certificate()]), noon)).toEqual({
      condition: { type, status: 'True', reason: 'Issued', message: `certificate ${arnOf('a')} is issued; no tier` }, move: { is: 'waiting', on: 'reference' },
    });
  });

  test('held, nothing is asked for', () => {
    expect(planCertificate(held, certificates([]), noon)).toEqual({ condition: { type, status: 'Unknown', reason: 'TierNotFound', message: 'no tier' }, move: { is: 'waiting', on: 'reference' } });
  });

  test("held, CloudFront's certificate for our tenant is marked all the same: once the tenant is gone, nobody knows whose it is", () => {
    const request = { is: 'made', arn: arnOf('m'), pending: true, gone: false, redirects: [] } as const;
    const { move } = planCertificate(held, certificates([], { managed: { request, asked: undefined, denied: undefined } }), noon);
    expect(move.is === 'acting' && move.actions).toEqual([{ concern: type, verb: 'MarkCertificate', because: `mark certificate ${arnOf('m')}, which CloudFront requested for this tenant`, destroys: false, needs: 'shared', aside: true, arn: arnOf('m') }]);
  });

  test.each([
    { source: { is: 'own', keyAlgorithm: undefined } as const, want: 'RequestingCertificate: RequestCertificate MarkCertificate' },
    { source: given.source, want: 'CertificateNotFound: MarkCertificate, person' },
    { source: { is: 'distribution' } as const, want: 'CertificateNotFound: MarkCertificate, person' },
  ])("present, from $source.is: CloudFront's certificate for our tenant is marked besides, so that it is ours to delete", ({ source, want }) => {
    const request = { is: 'made', arn: arnOf('m'), pending: true, gone: false, redirects: [] } as const;
    const { condition, move } = planCertificate({ is: 'present', spec: certificateSpec({ source }) }, certificates([], { managed: { request, asked: undefined, denied: undefined } }), noon);
    const done = move.is === 'acting' ? `${move.actions.map(({ verb }) => verb).join(' ')}${move.on === undefined ? '' : `, ${move.on}`}` : move.is;
    expect(`${condition.reason}: ${done}`).toBe(want);
  });

  test('absent, only what is ours goes', () => {
    const { move } = planCertificate({ is: 'absent' }, certificates([certificate(), theirs]), noon);
    expect(move.is === 'acting' && move.actions.map((action) => action.verb === 'DeleteCertificate' && action.arn)).toEqual([arnOf('a')]);
  });

  test.each([
    { source: { is: 'own', keyAlgorithm: undefined } as const, want: 'RequestingCertificate' },
    { source: cloudfront.source, want: 'RequestingCertificate' },
    { source: given.source, want: 'CertificateNotFound' },
    { source: { is: 'distribution' } as const, want: 'CertificateNotFound' },
  ])('present, the source decides: $source.is', ({ source, want }) => {
    expect(planCertificate({ is: 'present', spec: certificateSpec({ source }) }, certificates([]), noon).condition.reason).toBe(want);
  });
});
