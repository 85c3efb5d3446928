import { describe, expect, test } from 'vitest';
import type { DnsRecord } from '../../../crds/types.ts';
import { recalledAddresses, recalledApexes } from '../../../reconcilers/tenant-domain/dns-recall.ts';
import type { TrafficObserved } from '../../../reconcilers/tenant-domain/traffic/traffic.ts';
import { shop } from './builders.ts';

type Seen = TrafficObserved['names'][(typeof shop)[number]];
const seen = (over: Partial<Seen> = {}): TrafficObserved => ({ names: Object.fromEntries(shop.map((name) => [name, { state: 'Mismatch', values: [], apex: false, ...over }])), records: {} });
const row = (over: Partial<DnsRecord> = {}): DnsRecord => ({ type: 'CNAME', name: 'shop.example.com', value: 'd1.cloudfront.net', domains: shop, purpose: 'Traffic', action: 'Add', state: 'Mismatch', ...over });

type Row = { readonly name: string; readonly because: string; readonly seen: TrafficObserved; readonly before?: readonly DnsRecord[]; readonly want: TrafficObserved };
const apexes: readonly Row[] = [
  { name: 'an apex that nobody can tell any more', because: 'a resolver that fails makes no other zone of it', seen: seen({ apex: undefined }), before: [row({ type: 'ALIAS' })], want: seen({ apex: true }) },
  { name: 'a host that nobody can tell any more', because: 'a CNAME was asked for', seen: seen({ apex: undefined }), before: [row()], want: seen({ apex: false }) },
  { name: 'a name that nobody could ever tell', because: 'most names are no zone of their own', seen: seen({ apex: undefined }), want: seen({ apex: false }) },
  { name: 'an apex that is none any more', because: 'DNS says so', seen: seen({ apex: false }), before: [row({ type: 'ALIAS' })], want: seen({ apex: false }) },
  { name: 'a host whose proof is a TXT record', because: 'its traffic decides, and no other record', seen: seen({ apex: undefined }), before: [row({ type: 'ALIAS', purpose: 'CertificateValidation' })], want: seen({ apex: false }) },
];

const addresses: readonly Row[] = [
  { name: 'other wrong addresses', because: 'a CDN has others in each answer', seen: seen({ values: ['198.51.100.7', '2001:db8::7'] }), before: [row({ observed: ['198.51.100.1'] })], want: seen({ values: ['198.51.100.1'] }) },
  { name: 'wrong addresses in place of a wrong name', because: 'somebody changed the record', seen: seen({ values: ['198.51.100.7'] }), before: [row({ observed: ['old.example.net'] })], want: seen({ values: ['198.51.100.7'] }) },
  { name: 'a wrong name in place of wrong addresses', because: 'somebody changed the record', seen: seen({ values: ['7.example.net'] }), before: [row({ observed: ['198.51.100.1'] })], want: seen({ values: ['7.example.net'] }) },
  { name: 'the first wrong addresses', because: 'there is nothing to recall', seen: seen({ values: ['198.51.100.7'] }), before: [row()], want: seen({ values: ['198.51.100.7'] }) },
  { name: 'no addresses any more', because: 'somebody took the record away', seen: seen({ state: 'Missing' }), before: [row({ observed: ['198.51.100.1'] })], want: seen({ state: 'Missing' }) },
];

describe('recalledApexes', () => {
  test.each(apexes)('$name: $because', ({ seen: given, before = [], want }) => {
    expect(recalledApexes(given, before)).toEqual(want);
  });
});

describe('recalledAddresses', () => {
  test.each(addresses)('$name: $because', ({ seen: given, before = [], want }) => {
    expect(recalledAddresses(given, before)).toEqual(want);
  });
});
