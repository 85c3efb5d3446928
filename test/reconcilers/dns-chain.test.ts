import { expect, test } from 'vitest';
import { headingOf, stillLeadsTo } from '../../reconcilers/dns-chain.ts';
import type { Dns } from '../../reconcilers/ports/dns.ts';
import { dnsOf } from '../environment/dns/in-process.ts';
import { createZones, type Zones } from '../environment/dns/zones.ts';
import { domain, signal } from './builders.ts';

const endpoint = 'd1.cloudfront.net';

type Row = { readonly name: string; readonly because: string; readonly zones?: (zones: Zones) => void; readonly fails?: string; readonly want: readonly [heading: string, still: string] };
const own = (...addresses: readonly string[]) => (zones: Zones): void => zones.set('shop.example.com', 'A', addresses);
const both = (zones: Zones): void => {
  own('198.51.100.1')(zones);
  zones.set(endpoint, 'A', ['192.0.2.80']);
};

const rows: readonly Row[] = [
  { name: 'no record', because: 'it leads nowhere', want: ['Missing', 'no'] },
  { name: 'a CNAME to the endpoint', because: 'it leads there', zones: (zones) => zones.set('shop.example.com', 'CNAME', [endpoint]), want: ['Found', 'yes'] },
  { name: 'a CNAME elsewhere', because: 'it does not', zones: (zones) => zones.set('shop.example.com', 'CNAME', ['old.example.net']), want: ['Mismatch', 'no'] },
  { name: "the endpoint's addresses", because: 'an ALIAS shows as such', zones: (zones) => [own('192.0.2.80'), (all: Zones) => all.set(endpoint, 'A', ['192.0.2.80'])].forEach((set) => set(zones)), want: ['Found', 'yes'] },
  { name: 'addresses of somebody else', because: 'they are known, and others', zones: both, want: ['Mismatch', 'no'] },
  { name: 'a CNAME that cannot be read', because: 'it may lead there', fails: 'CNAME shop.example.com', want: ['Unknown', 'perhaps'] },
  { name: 'no IPv6 address, and IPv4 that cannot be read', because: 'half an answer is enough to tell a customer, and not to delete', fails: 'A shop.example.com', want: ['Missing', 'perhaps'] },
  { name: 'addresses, while those of the endpoint can be read by half', because: 'the other half may be the same', zones: both, fails: `AAAA ${endpoint}`, want: ['Mismatch', 'perhaps'] },
  { name: 'no addresses, while the endpoint cannot be read', because: 'nothing is nobody\'s', fails: `A ${endpoint}`, want: ['Missing', 'no'] },
];

test.each(rows)('$name: $because', async ({ zones: set, fails, want }) => {
  const zones = createZones();
  set?.(zones);
  const healthy = dnsOf(zones);
  const dns: Dns = { lookUp: (question, ending) => (`${question.type} ${question.name}` === fails ? Promise.resolve({ is: 'failed', reason: 'SERVFAIL' }) : healthy.lookUp(question, ending)) };
  const shop = domain('shop.example.com');
  expect([(await headingOf(dns, shop, endpoint, signal)).state, await stillLeadsTo(dns, shop, endpoint, signal)]).toEqual(want);
});

test('a wildcard is asked for by a name below it', async () => {
  const zones = createZones();
  zones.set('*.example.com', 'CNAME', [endpoint]);
  await expect(stillLeadsTo(dnsOf(zones), domain('*.example.com'), endpoint, signal)).resolves.toBe('yes');
});
