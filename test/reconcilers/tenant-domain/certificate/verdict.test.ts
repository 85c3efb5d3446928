import { describe, expect, test } from 'vitest';
import type { Certificate, CertificateSpec } from '../../../../reconcilers/tenant-domain/certificate/certificate.ts';
import { verdictOf } from '../../../../reconcilers/tenant-domain/certificate/verdict.ts';
import { domains, noon } from '../../builders.ts';
import { arnOf, certificate, certificateSpec } from '../builders.ts';

type Row = { readonly name: string; readonly spec?: Partial<CertificateSpec>; readonly wanted?: Certificate; readonly failed?: readonly Certificate[]; readonly want: readonly [string, string, string] };

const pending = certificate({ status: 'PENDING_VALIDATION' });
const timedOut = certificate({ status: 'VALIDATION_TIMED_OUT' });
const failed = (trouble: string | undefined, over: Partial<Certificate> = {}) => [certificate({ status: 'FAILED', trouble, ...over })];
const again = `it is requested again 1 hour, 1 day, then 24 days after certificate ${arnOf('a')} was, or once you delete that in ACM`;

const rows: readonly Row[] = [
  { name: 'nothing asked for yet', want: ['False', 'RequestingCertificate', 'a certificate for shop.example.com is being requested'] },
  { name: 'issued', wanted: certificate(), want: ['True', 'Issued', `certificate ${arnOf('a')} is issued for shop.example.com`] },
  { name: 'without records', wanted: certificate({ status: 'PENDING_VALIDATION', records: undefined }), want: ['False', 'Requested', 'certificate for shop.example.com is requested; ACM has not made its validation records yet'] },
  { name: 'with records nobody added', wanted: pending, want: ['False', 'WaitingForCustomerDNS', 'have the customer add and keep: CNAME _x.shop.example.com -> _y.acm-validations.aws'] },
  { name: 'with records in DNS', spec: { proof: 'seen' }, wanted: pending, want: ['False', 'Validating', 'the validation records for shop.example.com are in DNS; ACM is validating them'] },
  { name: 'of two names', spec: { names: domains('a.example.com', 'b.example.com') }, want: ['False', 'RequestingCertificate', 'a certificate for a.example.com, b.example.com is being requested'] },
  { name: 'a successor under way', wanted: pending, failed: failed('CAA_ERROR'), want: ['False', 'WaitingForCustomerDNS', 'have the customer add and keep: CNAME _x.shop.example.com -> _y.acm-validations.aws'] },
  { name: 'refused for a CAA record', failed: failed('CAA_ERROR'), want: ['False', 'ValidationFailed', `ACM refused the certificate for shop.example.com: CAA_ERROR (a CAA record of the domain does not let Amazon issue: have the customer add CAA 0 issue "amazon.com"); ${again}`] },
  { name: 'refused for a reason that is new', failed: failed('NEW_REASON'), want: ['False', 'ValidationFailed', `ACM refused the certificate for shop.example.com: NEW_REASON; ${again}`] },
  { name: 'refused without a reason', failed: failed(undefined), want: ['False', 'ValidationFailed', `ACM refused the certificate for shop.example.com: ACM gave no reason; ${again}`] },
  { name: 'refused for the name itself', failed: [...failed('CAA_ERROR'), ...failed('INVALID_PUBLIC_DOMAIN')], want: ['False', 'ValidationFailed', `ACM refused the certificate for shop.example.com: INVALID_PUBLIC_DOMAIN (not a public domain name: correct spec.domains); none is requested for these names while certificate ${arnOf('a')} is in ACM; delete it in ACM to have it requested again`] },
  { name: 'timed out after one was refused', failed: [...failed('CAA_ERROR'), { ...timedOut, arn: arnOf('b'), createdAt: noon }], want: ['False', 'ValidationTimedOut', 'the validation records for shop.example.com were not added within 72 hours; the certificate is requested again once they are: have the customer add and keep: CNAME _x.shop.example.com -> _y.acm-validations.aws'] },
  { name: 'refused after one timed out', failed: [timedOut, ...failed('CAA_ERROR', { createdAt: noon })], want: ['False', 'ValidationFailed', `ACM refused the certificate for shop.example.com: CAA_ERROR (a CAA record of the domain does not let Amazon issue: have the customer add CAA 0 issue "amazon.com"); ${again}`] },
  { name: 'timed out', failed: [timedOut, { ...timedOut, arn: arnOf('b') }], want: ['False', 'ValidationTimedOut', 'the validation records for shop.example.com were not added within 72 hours; the certificate is requested again once they are: have the customer add and keep: CNAME _x.shop.example.com -> _y.acm-validations.aws'] },
  { name: 'timed out, its records in DNS by now', spec: { proof: 'seen' }, failed: [timedOut], want: ['False', 'ValidationTimedOut', 'the validation records for shop.example.com were not added within 72 hours; they are in DNS now, and the certificate is requested again'] },
  { name: 'timed out, DNS silent', spec: { proof: 'unknown' }, failed: [timedOut], want: ['False', 'ValidationTimedOut', 'the validation records for shop.example.com were not added within 72 hours; the certificate is requested again once they are, or 1, 8, then 64 days after it timed out: have the customer add and keep: CNAME _x.shop.example.com -> _y.acm-validations.aws'] },
  { name: 'timed out, its records known of one that was refused', failed: [...failed('CAA_ERROR'), { ...timedOut, records: undefined, createdAt: noon }], want: ['False', 'ValidationTimedOut', 'the validation records for shop.example.com were not added within 72 hours; the certificate is requested again once they are: have the customer add and keep: CNAME _x.shop.example.com -> _y.acm-validations.aws'] },
  { name: 'timed out, its records unknown', spec: { proof: 'unknown' }, failed: [{ ...timedOut, records: undefined }], want: ['False', 'ValidationTimedOut', 'the validation records for shop.example.com were not added within 72 hours; the certificate is requested again 1, 8, then 64 days after it timed out'] },
];

describe('verdictOf', () => {
  test.each(rows)('says of one $name', ({ spec, wanted, failed: before = [], want: [status, reason, message] }) => {
    expect(verdictOf(certificateSpec(spec ?? {}), wanted, before)).toEqual({ type: 'CertificateReady', status, reason, message });
  });
});
