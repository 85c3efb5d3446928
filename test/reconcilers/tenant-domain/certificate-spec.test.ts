import { describe, expect, test } from 'vitest';
import type { Certificate, Proof } from '../../../reconcilers/tenant-domain/certificate/certificate.ts';
import { certificateSpecOf } from '../../../reconcilers/tenant-domain/certificate-spec.ts';
import type { Sight } from '../../../reconcilers/tenant-domain/traffic/traffic.ts';
import { domains } from '../builders.ts';
import { arnOf, certificate, certificates, observed, traffic, wants } from './builders.ts';

const names = domains('a.example.com', 'b.example.com');
const pending = (over: Partial<Certificate> = {}): Certificate => certificate({ status: 'PENDING_VALIDATION', names, ...over });
const timedOut = (over: Partial<Certificate> = {}): Certificate => pending({ status: 'VALIDATION_TIMED_OUT', ...over });

describe('whether the validation records are in DNS', () => {
  test.each<{ name: string; because: string; known: readonly Certificate[]; dns: readonly [Sight['state'], Sight['state']]; want: Proof }>([
    { name: 'all found', because: "it is ACM's turn", known: [pending()], dns: ['Found', 'Found'], want: 'seen' },
    { name: 'one of two missing', because: 'each name is validated by its own', known: [pending()], dns: ['Found', 'Missing'], want: 'missing' },
    { name: 'one of two not to be read', because: 'it may be there', known: [pending()], dns: ['Found', 'Unknown'], want: 'unknown' },
    { name: 'one missing, one not to be read', because: 'all have to be there', known: [timedOut()], dns: ['Missing', 'Unknown'], want: 'missing' },
    { name: 'none to be read', because: 'our resolver may be the only one that cannot', known: [timedOut()], dns: ['Unknown', 'Unknown'], want: 'unknown' },
    { name: 'those of one that timed out', because: 'the next request gets the same', known: [timedOut()], dns: ['Found', 'Found'], want: 'seen' },
    { name: 'those of an older one that timed out', because: 'the names are the same', known: [timedOut({ records: undefined }), timedOut({ arn: arnOf('b') })], dns: ['Found', 'Found'], want: 'seen' },
    { name: 'none that are known', because: 'there is nothing to look for', known: [timedOut({ records: undefined })], dns: ['Found', 'Found'], want: 'unknown' },
  ])('$name: $because', ({ known, dns: [a, b], want }) => {
    const records = { ...traffic(a, [], ['_x.a.example.com']).records, ...traffic(b, [], ['_x.b.example.com']).records };
    expect(certificateSpecOf(wants({ names }), observed({ certificate: certificates(known), traffic: { names: {}, records } })).proof).toBe(want);
  });
});
