import type { AnswerRow } from './answer-row.ts';
import { failed, found, missing, shop } from './answer-row.ts';

export const failedRows: readonly AnswerRow[] = [
  { name: 'SERVFAIL is a failure', given: (z) => z.misbehave('shop.brand.test', 'servfail'), ask: shop('A'), want: failed('SERVFAIL') },
  { name: 'REFUSED is a failure', given: (z) => z.misbehave('shop.brand.test', 'refused'), ask: shop('A'), want: failed('REFUSED') },
  { name: 'silence is a failure', given: (z) => z.misbehave('shop.brand.test', 'silence'), ask: shop('A'), want: failed('no answer within 2 s') },
  {
    name: 'truncation without TCP is a failure',
    given: (z) => z.misbehave('shop.brand.test', 'no-tcp'),
    ask: shop('A'),
    want: failed('no answer within 2 s'),
    over: ['udp', 'tcp'],
  },
  {
    name: 'truncation is mended over TCP',
    given: (z) => {
      z.set('shop.brand.test', 'A', ['192.0.2.1']);
      z.misbehave('shop.brand.test', 'truncate');
    },
    ask: shop('A'),
    want: found('192.0.2.1'),
    over: ['udp', 'tcp'],
  },
  {
    name: 'absence may be truncated too',
    given: (z) => z.misbehave('shop.brand.test', 'truncate'),
    ask: shop('A'),
    want: missing,
    over: ['udp', 'tcp'],
  },
  {
    name: 'an empty name is not asked for',
    given: () => undefined,
    ask: { name: '', type: 'A' },
    want: failed('not a name that can be asked for'),
    over: [],
  },
  {
    name: 'a name with a NUL is not asked for',
    given: (z) => z.set('shop', 'A', ['192.0.2.1']),
    ask: { name: 'shop\u0000.brand.test', type: 'A' },
    want: failed('not a name that can be asked for'),
    over: [],
  },
  {
    name: 'an escaped name is not asked for',
    given: () => undefined,
    ask: { name: '\\027[2j.test', type: 'CNAME' },
    want: failed('not a name that can be asked for'),
    over: [],
  },
  {
    name: 'a name too long for DNS is not asked for',
    given: () => undefined,
    ask: { name: Array.from({ length: 127 }, () => 'ab').join('.'), type: 'A' },
    want: failed('not a name that can be asked for'),
    over: [],
  },
];
