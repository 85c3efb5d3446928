import type { Zones } from '../../environment/dns/zones.ts';
import type { AnswerRow } from './answer-row.ts';
import { failed, found, missing, shop } from './answer-row.ts';

/** `count` aliases one after the other from shop.brand.test, the last of them to end.test, which has an address. */
const chain = (zones: Zones, count: number): void => {
  const names = ['shop.brand.test', ...Array.from({ length: count - 1 }, (_, hop) => `hop${hop}.test`), 'end.test'];
  for (const [index, name] of names.slice(0, -1).entries()) zones.set(name, 'CNAME', [names[index + 1] ?? '']);
  zones.set('end.test', 'A', ['192.0.2.7']);
};

export const aliasRows: readonly AnswerRow[] = [
  { name: 'an alias is answered, not followed', given: (z) => chain(z, 3), ask: shop('CNAME'), want: found('hop0.test') },
  { name: 'an address behind an alias is the address of its target', given: (z) => chain(z, 1), ask: shop('A'), want: found('192.0.2.7') },
  { name: 'a chain of eight aliases has an address', given: (z) => chain(z, 8), ask: shop('A'), want: found('192.0.2.7') },
  { name: 'a chain of nine aliases has none', given: (z) => chain(z, 9), ask: shop('A'), want: missing },
  { name: 'an alias to nowhere has no address', given: (z) => z.set('shop.brand.test', 'CNAME', ['gone.test']), ask: shop('A'), want: missing },
  { name: 'an alias to nowhere has no text', given: (z) => z.set('shop.brand.test', 'CNAME', ['gone.test']), ask: shop('TXT'), want: missing },
  { name: 'an alias to nowhere has no name servers', given: (z) => z.set('shop.brand.test', 'CNAME', ['gone.test']), ask: shop('NS'), want: missing },
  {
    name: 'a text may be delegated by an alias',
    given: (z) => {
      z.set('shop.brand.test', 'CNAME', ['Proof.test.']);
      z.set('proof.test', 'TXT', ['token']);
    },
    ask: shop('TXT'),
    want: found('token'),
  },
  {
    name: 'a loop of aliases has no address',
    given: (z) => {
      z.set('shop.brand.test', 'CNAME', ['b.test']);
      z.set('b.test', 'CNAME', ['shop.brand.test']);
    },
    ask: shop('A'),
    want: missing,
  },
  { name: 'an alias to itself has no address', given: (z) => z.set('shop.brand.test', 'CNAME', ['shop.brand.test']), ask: shop('A'), want: missing },
  {
    name: 'an alias fails where its target fails',
    given: (z) => {
      chain(z, 2);
      z.misbehave('end.test', 'servfail');
    },
    ask: shop('A'),
    want: failed('SERVFAIL'),
  },
  {
    name: 'an alias is known though its target fails',
    given: (z) => {
      chain(z, 2);
      z.misbehave('hop0.test', 'servfail');
    },
    ask: shop('CNAME'),
    want: found('hop0.test'),
  },
  {
    name: 'an alias is truncated where its target is',
    given: (z) => {
      chain(z, 2);
      z.misbehave('end.test', 'truncate');
    },
    ask: shop('A'),
    want: found('192.0.2.7'),
    over: ['udp', 'tcp'],
  },
];
