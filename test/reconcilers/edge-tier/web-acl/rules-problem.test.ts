import { describe, expect, test } from 'vitest';
import type { WebACLRule } from '../../../../crds/types.ts';
import { problemOf } from '../../../../reconcilers/edge-tier/web-acl/rules.ts';
import { managed } from './form-specs.ts';

const addresses = (...cidrs: readonly string[]): WebACLRule => ({ name: 'a', type: 'IPSet', action: 'Block', ipSet: { cidrs } });

describe('problemOf', () => {
  test.each(['203.0.113.0/24', '203.0.113.7/32', '128.0.0.0/1', '2001:db8::/32', '2001:db8::1/128', '::1/128', '2001:db8:0:1:2:3:4:5/128', '::/1'])('finds nothing wrong with %s', (cidr) => {
    expect(problemOf(managed(addresses(cidr)))).toBeUndefined();
  });

  test.each([
    { name: 'no prefix', given: '203.0.113.7', want: 'is no network: write one like 203.0.113.0/24 or 2001:db8::/32' },
    { name: 'too few numbers', given: '203.0.113/24', want: 'is no network: write one like 203.0.113.0/24 or 2001:db8::/32' },
    { name: 'a number that may be octal', given: '203.0.113.010/32', want: 'is no network: write one like 203.0.113.0/24 or 2001:db8::/32' },
    { name: 'a prefix with a zero in front', given: '203.0.113.0/024', want: 'is no network: write one like 203.0.113.0/24 or 2001:db8::/32' },
    { name: 'a zone', given: 'fe80::1%eth0/128', want: 'is no network: write one like 203.0.113.0/24 or 2001:db8::/32' },
    { name: 'a prefix too long for IPv4', given: '203.0.113.7/33', want: 'has a prefix of more than 32 bits: write 203.0.113.7/32 for the one address' },
    { name: 'a prefix too long for IPv6', given: '2001:db8::1/129', want: 'has a prefix of more than 128 bits: write 2001:db8::1/128 for the one address' },
    { name: 'all of IPv4', given: '0.0.0.0/0', want: 'is every address, and AWS WAF takes no /0: write narrower networks, or leave the decision to defaultAction' },
    { name: 'bits behind the prefix', given: '203.0.113.7/24', want: 'is an address within a network: write 203.0.113.0/24 for the network, or 203.0.113.7/32 for the one address' },
    { name: 'bits behind a prefix that ends within a number', given: '203.0.113.200/25', want: 'is an address within a network: write 203.0.113.128/25 for the network, or 203.0.113.200/32 for the one address' },
    { name: 'bits behind the prefix of IPv6', given: '2001:db8:ffff::1/33', want: 'is an address within a network: write 2001:db8:8000::/33 for the network, or 2001:db8:ffff::1/128 for the one address' },
    { name: 'IPv4 written as IPv6', given: '::ffff:203.0.113.0/120', want: 'is IPv4 written as IPv6: write 203.0.113.0/24' },
    { name: 'IPv4 written as IPv6 in numbers', given: '::ffff:cb00:7107/128', want: 'is IPv4 written as IPv6: write 203.0.113.7/32' },
    { name: 'all of IPv4 written as IPv6', given: '::ffff:0:0/96', want: 'is every address of IPv4, and AWS WAF takes no /0: write narrower networks, or leave the decision to defaultAction' },
    { name: 'IPv4 written as IPv6, with bits behind the prefix', given: '::ffff:203.0.113.7/120', want: 'is IPv4 written as IPv6: write 203.0.113.0/24' },
  ])('says what to write instead of $name', ({ given, want }) => {
    expect(problemOf(managed({ ...addresses('192.0.2.0/24', given), name: 'offices' }))).toBe(`spec.webACL.managed.rules: rule offices: ipSet.cidrs: ${given} ${want}`);
  });

  test('names the first three of many, and counts the others', () => {
    const problem = problemOf(managed(addresses('192.0.2.1/24', '192.0.2.2/24'), { ...addresses('192.0.2.3/24', '192.0.2.4/24', '192.0.2.5/24'), name: 'b' }));
    expect(problem?.split('; ').map((part) => part.split(' is ')[0])).toEqual(['spec.webACL.managed.rules: rule a: ipSet.cidrs: 192.0.2.1/24', 'rule a: ipSet.cidrs: 192.0.2.2/24', 'rule b: ipSet.cidrs: 192.0.2.3/24', 'and 2 more like this']);
  });

  test('keeps the names of AWS Shield Advanced for it', () => {
    expect(problemOf(managed({ ...addresses('203.0.113.0/24'), name: 'ShieldMitigationRuleGroup_mine' }))).toBe(
      'spec.webACL.managed.rules: rule ShieldMitigationRuleGroup_mine: names that start so belong to AWS Shield Advanced: choose another name',
    );
  });
});
