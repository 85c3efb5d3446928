import { describe, expect, test } from 'vitest';
import type { Decision } from '../../../../reconcilers/contract.ts';
import type { Certificate, CertificateAction, CertificateSpec } from '../../../../reconcilers/tenant-domain/certificate/certificate.ts';
import { planDistribution, planGiven } from '../../../../reconcilers/tenant-domain/certificate/foreign.ts';
import { domains } from '../../builders.ts';
import { arnOf, certificate, certificateSpec, certificateView, servedBy } from '../builders.ts';

const brief = ({ condition, move }: Decision<CertificateAction>): string =>
  `${condition.status} ${condition.reason}: ${move.is === 'waiting' ? `waiting for ${move.on}${move.between ? ` ${move.between.minMs / 1000} s` : ''}` : move.is === 'acting' ? move.actions.map(({ verb }) => verb).join(', ') : move.is}`;

const theirs = (over: Partial<Certificate> = {}): Certificate => certificate({ arn: arnOf('e'), ours: false, records: undefined, ...over });

describe('planGiven', () => {
  type Row = { readonly name: string; readonly because: string; readonly certificate: Certificate | undefined; readonly allowed?: boolean; readonly spec?: Partial<CertificateSpec>; readonly known?: readonly Certificate[]; readonly want: string };
  const rows: readonly Row[] = [
    { name: 'issued, allowed, covering', because: 'it is used and never changed', certificate: theirs(), want: 'True Issued: settled' },
    { name: 'a wildcard', because: 'it covers one label', certificate: theirs({ names: ['*.example.com'] }), want: 'True Issued: settled' },
    { name: 'not there', because: 'the ARN is wrong, or not made yet', certificate: undefined, want: 'False CertificateNotFound: waiting for person' },
    { name: 'gone', because: 'ACM knows none', certificate: theirs({ status: 'GONE' }), want: 'False CertificateNotFound: waiting for person' },
    { name: 'unknown to ACM so far', because: 'ACM shows a new one late, and no tag was read', certificate: theirs({ status: 'PENDING_VALIDATION', names: [] }), allowed: false, want: 'False CertificateNotFound: waiting for person 120 s' },
    { name: 'not allowed', because: 'its owner decides who uses it, and nothing else is said of it', certificate: theirs({ status: 'EXPIRED' }), allowed: false, want: 'False CertificateNotAllowed: waiting for person' },
    { name: 'expired', because: 'CloudFront refuses it', certificate: theirs({ status: 'EXPIRED' }), want: 'False CertificateNotIssued: waiting for person' },
    { name: 'for another name', because: 'CloudFront refuses it', certificate: theirs({ names: domains('other.example.com') }), want: 'False CertificateNotCovering: waiting for person' },
    { name: 'a wildcard two labels away', because: 'it covers one label only', certificate: theirs({ names: ['*.com'] }), want: 'False CertificateNotCovering: waiting for person' },
    { name: 'serving, our own one free', because: 'what we asked for before goes', certificate: theirs(), spec: servedBy('e'), known: [certificate()], want: 'True Issued: DeleteCertificate' },
    { name: 'not serving yet, our own one serving', because: 'the swap comes first (R7)', certificate: theirs(), spec: servedBy('a'), known: [certificate({ inUse: true })], want: 'True Issued: settled' },
    { name: 'one of ours, retained, nothing serving yet', because: 'the spec names it', certificate: theirs(), known: [certificate({ arn: arnOf('e') })], want: 'True Issued: settled' },
    { name: 'our own successor, issued before its swap', because: 'what it follows goes after it serves, and it stays', certificate: theirs(), spec: servedBy('a'), known: [certificate({ inUse: true }), certificate({ arn: arnOf('e') })], want: 'True Issued: settled' },
    { name: 'beside one that is not ours', because: 'foreign stays foreign (R14)', certificate: theirs(), spec: servedBy('e'), known: [theirs({ arn: arnOf('f') })], want: 'True Issued: settled' },
  ];
  test.each(rows)('$name: $because', ({ certificate: given, allowed = true, spec, known = [], want }) => {
    const source = { is: 'given', arn: arnOf('e') } as const;
    expect(brief(planGiven(certificateSpec({ source, ...spec }), source.arn, certificateView(known, { given: { certificate: given, allowed } })))).toBe(want);
  });
});

describe('planDistribution', () => {
  const rows: readonly { name: string; because: string; blueprint: Certificate | undefined; known?: readonly Certificate[]; want: string }[] = [
    { name: 'a wildcard that covers', because: 'none is requested', blueprint: theirs({ names: ['*.example.com'] }), want: 'True Issued: settled' },
    { name: 'none', because: 'the tier promises what the distribution lacks', blueprint: undefined, want: 'False CertificateNotFound: waiting for person' },
    { name: 'not issued', because: 'nothing is served with it', blueprint: theirs({ status: 'REVOKED' }), want: 'False CertificateNotIssued: waiting for person' },
    { name: 'another name', because: 'a name of another zone needs a certificate of its own', blueprint: theirs({ names: ['*.example.net'] }), want: 'False CertificateNotCovering: waiting for person' },
    { name: 'one of ours', because: 'somebody gave it to the distribution', blueprint: theirs({ names: ['*.example.com'] }), known: [certificate({ arn: arnOf('e') })], want: 'True Issued: settled' },
    { name: 'covering, our own one free', because: 'what we asked for before goes', blueprint: theirs({ names: ['*.example.com'] }), known: [certificate()], want: 'True Issued: DeleteCertificate' },
  ];
  test.each(rows)('$name: $because', ({ blueprint, known = [], want }) => {
    expect(brief(planDistribution(certificateSpec({ source: { is: 'distribution' }, ...servedBy(undefined) }), certificateView(known, { blueprint })))).toBe(want);
  });
});
