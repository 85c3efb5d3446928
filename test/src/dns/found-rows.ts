import type { AnswerRow } from './answer-row.ts';
import { found, missing, shop } from './answer-row.ts';

export const foundRows: readonly AnswerRow[] = [
  {
    name: 'addresses are sorted',
    given: (z) => z.set('shop.brand.test', 'A', ['192.0.2.9', '192.0.2.10']),
    ask: shop('A'),
    want: found('192.0.2.10', '192.0.2.9'),
  },
  {
    name: 'IPv6 addresses have one spelling',
    given: (z) => z.set('shop.brand.test', 'AAAA', ['2001:DB8:0:0::01']),
    ask: shop('AAAA'),
    want: found('2001:db8::1'),
  },
  {
    name: 'an alias loses its case and its dot',
    given: (z) => z.set('shop.brand.test', 'CNAME', ['D1.CloudFront.NET.']),
    ask: shop('CNAME'),
    want: found('d1.cloudfront.net'),
  },
  {
    name: 'name servers are names',
    given: (z) => z.set('brand.test', 'NS', ['ns2.dns.test', 'NS1.dns.test.']),
    ask: { name: 'brand.test', type: 'NS' },
    want: found('ns1.dns.test', 'ns2.dns.test'),
  },
  {
    name: 'a question has no case and no dot',
    given: (z) => z.set('Shop.Brand.test.', 'A', ['192.0.2.1']),
    ask: { name: 'sHOP.bRAND.tEST.', type: 'A' },
    want: found('192.0.2.1'),
  },
  {
    name: 'equal values are one',
    given: (z) => z.set('shop.brand.test', 'TXT', ['Proof', 'proof', 'PROOF.']),
    ask: shop('TXT'),
    want: found('proof'),
  },
  {
    name: 'the strings of a text are one text',
    given: (z) => z.set('shop.brand.test', 'TXT', [['tenant', '-', 'edge'], 'other']),
    ask: shop('TXT'),
    want: found('other', 'tenant-edge'),
  },
  {
    name: 'a character split over two strings is whole',
    given: (z) => z.set('shop.brand.test', 'TXT', [`${'a'.repeat(254)}é`]),
    ask: shop('TXT'),
    want: found(`${'a'.repeat(254)}é`),
  },
  { name: 'an empty text is a value', given: (z) => z.set('shop.brand.test', 'TXT', ['']), ask: shop('TXT'), want: found('') },
  {
    name: 'a long text comes over TCP and is cut',
    given: (z) => z.set('shop.brand.test', 'TXT', ['x'.repeat(700)]),
    ask: shop('TXT'),
    want: found(`${'x'.repeat(319)}…`),
    over: ['udp', 'tcp'],
  },
  {
    name: 'of a hundred texts the first eight are shown',
    given: (z) => z.set('shop.brand.test', 'TXT', Array.from({ length: 100 }, (_, index) => `text ${199 - index}`)),
    ask: shop('TXT'),
    want: found('text 100', 'text 101', 'text 102', 'text 103', 'text 104', 'text 105', 'text 106', 'text 107'),
    over: ['udp', 'tcp'],
  },
  {
    name: 'a text cannot write to a terminal',
    given: (z) => z.set('shop.brand.test', 'TXT', ['\u001b[2Jgone\u202e\u0000\n']),
    ask: shop('TXT'),
    want: found('\\u001b[2jgone\\u202e\\u0000\\u000a'),
  },
  {
    name: 'an alias cannot write to a terminal',
    given: (z) => z.set('shop.brand.test', 'CNAME', ['\u001b[2J é;$@"(.test']),
    ask: shop('CNAME'),
    want: found('\\027[2j \\195\\169\\;\\$\\@\\"\\(.test'),
  },
];

export const missingRows: readonly AnswerRow[] = [
  { name: 'a name that nobody defined is missing', given: () => undefined, ask: shop('A'), want: missing },
  { name: 'a type that the name has not is missing', given: (z) => z.set('shop.brand.test', 'A', ['192.0.2.1']), ask: shop('TXT'), want: missing },
  { name: 'a name with names below it only is missing', given: (z) => z.set('a.shop.brand.test', 'A', ['192.0.2.1']), ask: shop('A'), want: missing },
  {
    name: 'a name that denies itself is missing',
    given: (z) => {
      z.set('shop.brand.test', 'A', ['192.0.2.1']);
      z.misbehave('shop.brand.test', 'nxdomain');
    },
    ask: shop('A'),
    want: missing,
  },
  {
    name: 'a wildcard answers for what is not there',
    given: (z) => z.set('*.brand.test', 'A', ['192.0.2.1']),
    ask: shop('A'),
    want: found('192.0.2.1'),
  },
  {
    name: 'a wildcard answers any number of labels below',
    given: (z) => z.set('*.test', 'A', ['192.0.2.1']),
    ask: shop('A'),
    want: found('192.0.2.1'),
  },
  {
    name: 'a wildcard does not answer for a name with other records',
    given: (z) => {
      z.set('*.brand.test', 'A', ['192.0.2.1']);
      z.set('shop.brand.test', 'TXT', ['t']);
    },
    ask: shop('A'),
    want: missing,
  },
  {
    name: 'a wildcard does not answer below a name that is there',
    given: (z) => {
      z.set('*.test', 'A', ['192.0.2.1']);
      z.set('brand.test', 'TXT', ['t']);
    },
    ask: shop('A'),
    want: missing,
  },
];
