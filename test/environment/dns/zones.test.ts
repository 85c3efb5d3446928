import { describe, expect, it } from 'vitest';
import type { ZoneType, ZoneValue } from './records.ts';
import { createZones } from './zones.ts';

/*
 * What the zones answer is in the tables of test/src/dns (…-rows.ts), seen through the port. Here is what the port does not show: editing,
 * what goes on the wire, and mistakes.
 */

const address = (name: string, target: string) => ({ type: 'A', name, target }) as const;
const alias = (name: string, target: string) => ({ type: 'CNAME', name, target }) as const;

describe('zones while they are edited', () => {
  it('replace the values of one type and leave the others', () => {
    const zones = createZones();
    zones.set('a.test', 'A', ['192.0.2.1', '192.0.2.2']);
    zones.set('a.test', 'NS', ['ns.test']);
    zones.set('a.test', 'A', ['192.0.2.3']);
    expect(zones.answer({ name: 'a.test', type: 'A' })).toEqual({ is: 'records', records: [address('a.test', '192.0.2.3')] });
    expect(zones.answer({ name: 'a.test', type: 'NS' })).toEqual({ is: 'records', records: [{ type: 'NS', name: 'a.test', target: 'ns.test' }] });
  });

  it('know a name as long as it has records or names below it', () => {
    const zones = createZones();
    const rcodeOf = (name: string) => zones.answer({ name, type: 'TXT' });
    zones.set('a.b.test', 'A', ['192.0.2.1']);
    zones.set('a.b.test', 'NS', ['ns.test']);
    zones.set('b.test', 'A', ['192.0.2.1']);
    zones.remove('A.B.test.', 'A');
    expect(rcodeOf('a.b.test')).toEqual({ is: 'missing', rcode: 'NOERROR' });
    zones.remove('a.b.test');
    zones.remove('a.b.test');
    expect(rcodeOf('a.b.test')).toEqual({ is: 'missing', rcode: 'NXDOMAIN' });
    expect(rcodeOf('test')).toEqual({ is: 'missing', rcode: 'NOERROR' });
    zones.set('b.test', 'A', []);
    expect(rcodeOf('test')).toEqual({ is: 'missing', rcode: 'NXDOMAIN' });
  });

  it('are well again when told so', () => {
    const zones = createZones();
    zones.set('a.test', 'A', ['192.0.2.1']);
    zones.misbehave('A.test.', 'refused');
    expect(zones.answer({ name: 'a.test', type: 'A' })).toEqual({ is: 'refused' });
    zones.misbehave('a.test', undefined);
    expect(zones.answer({ name: 'a.test', type: 'A' })).toEqual({ is: 'records', records: [address('a.test', '192.0.2.1')] });
  });

  it('let an alias take the place of an address only after that is removed', () => {
    const zones = createZones();
    zones.set('a.test', 'A', ['192.0.2.1']);
    expect(() => {
      zones.set('a.test', 'CNAME', ['b.test']);
    }).toThrow('a CNAME is the only record of its name');
    zones.remove('a.test', 'A');
    zones.set('a.test', 'CNAME', ['b.test']);
    zones.set('a.test', 'CNAME', ['c.test']);
    expect(zones.answer({ name: 'a.test', type: 'CNAME' })).toEqual({ is: 'records', records: [alias('a.test', 'c.test')] });
    expect(() => {
      zones.set('a.test', 'TXT', ['t']);
    }).toThrow('a CNAME is the only record of its name');
  });
});

describe('what zones put into an answer', () => {
  it('is the whole chain of aliases, each under its own name', () => {
    const zones = createZones();
    zones.set('*.a.test', 'CNAME', ['B.test.']);
    zones.set('b.test', 'CNAME', ['c.test']);
    zones.set('c.test', 'A', ['192.0.2.1']);
    const records = [alias('shop.a.test', 'B.test'), alias('b.test', 'c.test'), address('c.test', '192.0.2.1')];
    expect(zones.answer({ name: 'Shop.a.test.', type: 'A' })).toEqual({ is: 'records', records });
  });

  it('is a loop of eight aliases at most', () => {
    const zones = createZones();
    zones.set('a.test', 'CNAME', ['b.test']);
    zones.set('b.test', 'CNAME', ['a.test']);
    const turn = [alias('a.test', 'b.test'), alias('b.test', 'a.test')];
    expect(zones.answer({ name: 'a.test', type: 'A' })).toEqual({ is: 'records', records: [...turn, ...turn, ...turn, ...turn] });
  });

  it.each([
    { name: 'one string up to 255 bytes', value: 'x'.repeat(255), want: ['x'.repeat(255)] },
    { name: 'strings of 255 bytes each above that', value: 'x'.repeat(511), want: ['x'.repeat(255), 'x'.repeat(255), 'x'] },
    { name: 'the strings that were asked for', value: ['a', '', 'b'], want: ['a', '', 'b'] },
  ])('is for a text $name', ({ value, want }) => {
    const zones = createZones();
    zones.set('a.test', 'TXT', [value]);
    const record = { type: 'TXT', name: 'a.test', strings: want.map((text) => Buffer.from(text)) };
    expect(zones.answer({ name: 'a.test', type: 'TXT' })).toEqual({ is: 'records', records: [record] });
  });
});

describe('zones refuse', () => {
  it.each<{ readonly type: ZoneType; readonly values: readonly ZoneValue[]; readonly want: string }>([
    { type: 'A', values: ['2001:db8::1'], want: 'is no IPv4 address' },
    { type: 'A', values: [['192.0.2.1']], want: 'only a TXT record is a list of strings' },
    { type: 'AAAA', values: ['192.0.2.1'], want: 'is no IPv6 address' },
    { type: 'CNAME', values: ['a..test'], want: 'has an empty label or one too long for DNS' },
    { type: 'CNAME', values: [`${'a'.repeat(64)}.test`], want: 'has an empty label or one too long for DNS' },
    { type: 'CNAME', values: ['b.test', 'c.test'], want: 'a CNAME is the only record of its name' },
    { type: 'TXT', values: [['x'.repeat(256)]], want: 'is too long for DNS' },
    { type: 'CAA', values: ['0 issues "amazon.com"'], want: 'is not like 0 issue "amazon.com"' },
  ])('$type $values', ({ type, values, want }) => {
    const zones = createZones();
    expect(() => {
      zones.set('a.test', type, values);
    }).toThrow(want);
    expect(zones.answer({ name: 'a.test', type })).toEqual({ is: 'missing', rcode: 'NXDOMAIN' });
  });
});
