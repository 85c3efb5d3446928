import { describe, expect, test } from 'vitest';
import type { DnsRecord } from '../../../crds/types.ts';
import { dnsRecordsOf, type RecordsInput, validationRecordsIn } from '../../../reconcilers/tenant-domain/dns-records.ts';
import type { TrafficObserved } from '../../../reconcilers/tenant-domain/traffic/traffic.ts';
import { domains } from '../builders.ts';
import { arnOf, certificate, recordOf, shop, traffic } from './builders.ts';

const endpoint = 'd1.cloudfront.net';
const proof = '_x.shop.example.com';
const input = (over: Partial<RecordsInput> = {}): RecordsInput => ({ names: shop, endpoint, served: [], moving: [], validatedBy: 'records', certificates: [], traffic: traffic('Missing', shop, [proof]), ...over });

const cname = (over: Partial<DnsRecord> = {}): DnsRecord => ({ type: 'CNAME', name: 'shop.example.com', value: endpoint, domains: shop, purpose: 'Traffic', action: 'AddWhenReady', state: 'Missing', ...over });
const validation = (over: Partial<DnsRecord> = {}): DnsRecord => cname({ name: proof, value: '_y.acm-validations.aws', purpose: 'CertificateValidation', action: 'Add', ...over });

const challenge = (over: Partial<DnsRecord> = {}): DnsRecord => cname({ type: 'TXT', name: '_cf-challenge.shop.example.com', purpose: 'CertificateValidation', action: 'Add', state: 'Unknown', ...over });

const apex: TrafficObserved = { names: Object.fromEntries(shop.map((name) => [name, { state: 'Missing', values: [], apex: true }])), records: {} };
const wild = { ...recordOf('example.com'), domains: domains('*.example.com', 'example.com') };

type Row = { readonly name: string; readonly because: string; readonly given: RecordsInput; readonly want: readonly DnsRecord[] };
const rows: readonly Row[] = [
  { name: 'traffic, before the name is served', because: 'to add it now would be an outage', given: input(), want: [cname()] },
  { name: 'traffic, once the name is served', because: 'that is the signal to switch', given: input({ served: shop }), want: [cname({ action: 'Add' })] },
  { name: 'traffic, where it is what validates the certificate', because: 'nothing would be served before it is there', given: input({ validatedBy: 'traffic' }), want: [cname({ action: 'Add' })] },
  { name: 'traffic that is there', because: 'it is needed for ever', given: input({ traffic: traffic('Found') }), want: [cname({ action: 'Keep', state: 'Found' })] },
  { name: 'traffic of a name that moves to another connection group', because: 'the new endpoint does not serve it yet', given: input({ served: shop, moving: shop }), want: [cname({ action: 'AddWhenReady' })] },
  { name: 'traffic that leads elsewhere', because: 'what was found says what to change', given: input({ traffic: traffic('Mismatch') }), want: [cname({ state: 'Mismatch', observed: ['elsewhere.example.net'], message: `points at elsewhere.example.net: change it to ${endpoint}` })] },
  { name: 'traffic nobody could read', because: "it is not said to be missing", given: input({ traffic: traffic('Unknown') }), want: [cname({ state: 'Unknown' })] },
  { name: 'an apex', because: 'DNS allows no CNAME there', given: input({ traffic: apex }), want: [cname({ type: 'ALIAS' })] },
  { name: 'an apex, where traffic validates the certificate', because: 'CloudFront cannot see an ALIAS', given: input({ validatedBy: 'traffic', traffic: apex }), want: [challenge(), cname({ type: 'ALIAS', action: 'Add' })] },
  { name: 'an apex whose proof is there', because: 'renewal needs it', given: input({ validatedBy: 'traffic', traffic: { ...apex, records: { '_cf-challenge.shop.example.com': { state: 'Found', values: [endpoint] } } } }), want: [challenge({ action: 'Keep', state: 'Found' }), cname({ type: 'ALIAS', action: 'Add' })] },
  { name: 'no endpoint yet', because: 'there is nothing to point at', given: input({ endpoint: undefined }), want: [] },
  { name: 'a certificate without records', because: 'they exist once AWS made them', given: input({ endpoint: undefined, certificates: [certificate({ records: undefined })] }), want: [] },
  { name: "a certificate's record", because: 'it proves the name', given: input({ certificates: [certificate()] }), want: [validation(), cname()] },
  { name: "a certificate's record that is there", because: 'renewal needs it', given: input({ endpoint: undefined, certificates: [certificate()], traffic: traffic('Found', shop, [proof]) }), want: [validation({ action: 'Keep', state: 'Found' })] },
  { name: "a certificate's record that was never looked for", because: 'ACM made it just now', given: input({ endpoint: undefined, certificates: [certificate()], traffic: traffic('Missing') }), want: [validation({ state: 'Unknown' })] },
  { name: 'two certificates that overlap', because: 'ACM asks for the same record each time', given: input({ endpoint: undefined, certificates: [certificate(), certificate({ arn: arnOf('b') })] }), want: [validation()] },
  {
    name: 'a record that proves one name for one certificate and two for the next', because: 'one entry per record, however many domains share it',
    given: input({ endpoint: undefined, certificates: [certificate({ records: [wild] }), certificate({ arn: arnOf('b'), records: [recordOf('example.com')] })] }),
    want: [validation({ name: '_x.example.com', domains: domains('*.example.com', 'example.com'), state: 'Unknown' })],
  },
  {
    name: 'two names', because: 'equal states are equal lists', given: input({ names: domains('www.example.com', 'shop.example.com') }),
    want: [cname(), cname({ name: 'www.example.com', domains: domains('www.example.com'), state: 'Unknown' })],
  },
];

describe('dnsRecordsOf', () => {
  test.each(rows)('$name: $because', ({ given, want }) => {
    expect(dnsRecordsOf(given)).toEqual(want);
  });
});

describe('validationRecordsIn', () => {
  test('reads back what a status shows of certificates, and nothing else', () => {
    expect(validationRecordsIn([validation(), challenge(), cname()])).toEqual([recordOf('shop.example.com')]);
  });

  test('finds nothing in no status', () => {
    expect(validationRecordsIn(undefined)).toEqual([]);
  });
});
