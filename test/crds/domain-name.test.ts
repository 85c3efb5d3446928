import { describe, expect, test } from 'vitest';
import { commonNameOf, covers, parseDomainName, sortedNames, type DomainName } from '../../crds/domain-name.ts';

const label63 = 'a'.repeat(63);
const name253 = `${label63}.${label63}.${label63}.${'a'.repeat(61)}`;

const nameOf = (text: string): DomainName => {
  const parsed = parseDomainName(text);
  if (!parsed.ok) throw new Error(`read the name "${text}": it ${parsed.problem}`);
  return parsed.name;
};

/** By labels, where the canonicaliser compares texts. */
const coversByLabels = (pattern: string, name: string): boolean => {
  const [patterns, names] = [pattern.split('.'), name.split('.')];
  return patterns.length === names.length && patterns.every((label, index) => label === names[index] || (label === '*' && names[index] !== '*'));
};

const longer = (names: readonly string[]): readonly string[] => names.flatMap((name) => [`a.${name}`, `b.${name}`]);

describe('a name that is accepted', () => {
  test.each([
    { given: 'shop.example.com', because: 'it is canonical already', want: 'shop.example.com' },
    { given: 'Shop.EXAMPLE.com', because: 'DNS knows no case', want: 'shop.example.com' },
    { given: 'example.com.', because: 'one trailing dot is the root', want: 'example.com' },
    { given: '*.example.com', because: 'a wildcard is a whole first label', want: '*.example.com' },
    { given: '*.Example.com.', because: 'a wildcard folds too', want: '*.example.com' },
    { given: 'xn--strae-oqa.de', because: 'it is straße, which IDNA2008 keeps apart from strasse', want: 'xn--strae-oqa.de' },
    { given: 'XN--STRAE-OQA.de', because: 'punycode knows no case', want: 'xn--strae-oqa.de' },
    { given: 'xn--fa-hia.de', because: 'it is faß', want: 'xn--fa-hia.de' },
    { given: 'strasse.de', because: 'it is another name than straße', want: 'strasse.de' },
    { given: 'example.xn--p1ai', because: 'a top-level domain may be an IDN', want: 'example.xn--p1ai' },
    { given: '*.xn--bcher-kva.example', because: 'a wildcard may stand over an IDN', want: '*.xn--bcher-kva.example' },
    { given: 'xn--i-9bb.com', because: 'it is i with a dot above, as İ is written in lower case', want: 'xn--i-9bb.com' },
    { given: '1.2.3.4.com', because: 'only the last label tells an address', want: '1.2.3.4.com' },
    { given: '3-4.example.com', because: 'a label may start with a digit', want: '3-4.example.com' },
    { given: 'a-b--c.example.com', because: 'only the 3rd and 4th characters are reserved', want: 'a-b--c.example.com' },
    { given: `${label63}.com`, because: 'a label may have 63 characters', want: `${label63}.com` },
    { given: name253, because: 'a name may have 253 characters', want: name253 },
    { given: `${name253}.`, because: 'the root does not count', want: name253 },
    { given: 'a.b.c.d.e.f.g.h.i.com', because: 'a name may have 10 labels', want: 'a.b.c.d.e.f.g.h.i.com' },
  ])('$given: $because', ({ given, want }) => {
    expect(parseDomainName(given)).toEqual({ ok: true, name: want });
  });
});

describe('a text that is refused', () => {
  test.each([
    { given: '', because: 'nothing is no name', want: 'is empty' },
    { given: '.', because: 'the root is no name', want: 'empty label' },
    { given: '0x7f.1', because: 'programs read it as 127.0.0.1', want: 'not an address' },
    { given: '2130706433', because: 'programs read it as 127.0.0.1', want: 'not an address' },
    { given: '1.2.3', because: 'programs read it as 1.2.0.3', want: 'not an address' },
    { given: '192.0.2.1', because: 'it is an IPv4 address', want: 'not an address' },
    { given: '2001:db8::1', because: 'it is an IPv6 address', want: 'letters, digits, hyphens and dots only' },
    { given: 'example.123', because: 'no top-level domain is all digits', want: 'not an address' },
    { given: 'example.com\n', because: 'a line feed would split records and log lines', want: 'printable ASCII' },
    { given: '\tEXAMPLE.com', because: 'white space is not dropped', want: 'printable ASCII' },
    { given: ' example.com', because: 'white space is not dropped', want: 'spaces' },
    { given: '%65xample.com', because: 'per cent signs are not decoded', want: 'letters, digits, hyphens and dots only' },
    { given: 'example%2ecom', because: 'per cent signs are not decoded', want: 'letters, digits, hyphens and dots only' },
    { given: 'example.com/', because: 'a path is no part of a name', want: 'leave out scheme, port, path' },
    { given: 'https://example.com', because: 'a scheme is no part of a name', want: 'leave out scheme, port, path' },
    { given: 'example.com:443', because: 'a port is no part of a name', want: 'leave out scheme, port, path' },
    { given: 'example.com#x', because: 'a fragment is no part of a name', want: 'leave out scheme, port, path' },
    { given: 'example.com?x', because: 'a query is no part of a name', want: 'leave out scheme, port, path' },
    { given: '_dmarc.example.com', because: 'no host name has an underscore', want: 'underscores' },
    { given: 'exam\u{ad}ple.com', because: 'a soft hyphen is invisible', want: 'xn-- labels' },
    { given: 'exam\u{200b}ple.com', because: 'a zero-width space is invisible', want: 'xn-- labels' },
    { given: '\u{ff45}xample.com', because: 'full-width letters are not folded', want: 'xn-- labels' },
    { given: 'example\u{3002}com', because: 'an ideographic full stop is no dot', want: 'xn-- labels' },
    { given: '\u{212a}.com', because: 'the Kelvin sign is no k, though its lower case is', want: 'xn-- labels' },
    { given: 'straße.de', because: 'a certificate holds ASCII', want: 'xn-- labels' },
    { given: '\u{fb00}.com', because: 'a ligature is not folded', want: 'xn-- labels' },
    { given: 'İ.com', because: 'its lower case has two characters', want: 'xn-- labels' },
    { given: 'a..b', because: 'a label may not be empty', want: 'empty label' },
    { given: '.example.com', because: 'a label may not be empty', want: 'empty label' },
    { given: 'example.com..', because: 'only one trailing dot is the root', want: 'empty label' },
    { given: '-a.com', because: 'a label may not start with a hyphen', want: '"-a"' },
    { given: 'a-.com', because: 'a label may not end with a hyphen', want: '"a-"' },
    { given: `a${label63}.com`, because: 'a label has at most 63 characters', want: '63' },
    { given: `a${name253}`, because: 'a name has at most 253 characters', want: '253' },
    { given: 'a.b.c.d.e.f.g.h.i.j.com', because: 'a name has at most 10 labels', want: '10 labels' },
    { given: 'localhost', because: 'nobody can be given a top-level domain', want: 'one label only' },
    { given: '*', because: 'a wildcard stands over something', want: 'wildcard' },
    { given: '*.com', because: 'a wildcard over a top-level domain covers everybody', want: 'one label only' },
    { given: 'a.*.com', because: 'a wildcard stands first', want: 'wildcard' },
    { given: '*.*.example.com', because: 'a wildcard stands once', want: 'wildcard' },
    { given: 'a*.example.com', because: 'a wildcard is a whole label', want: 'wildcard' },
    { given: 'ab--cd.com', because: "'--' there is reserved (RFC 5890, R-LDH labels)", want: "'--'" },
    { given: 'xn--example-.org', because: 'it decodes to plain ASCII, another spelling of example', want: '"xn--example-"' },
    { given: 'xn--a.com', because: 'it is no punycode', want: '"xn--a"' },
    { given: 'xn--0.com', because: 'it is no punycode', want: '"xn--0"' },
    { given: 'xn--.com', because: 'it ends in a hyphen', want: '"xn--"' },
    { given: 'xn--zzzzzzzzzzzzzz.com', because: 'it decodes beyond Unicode', want: 'internationalised' },
    { given: 'xn--ex-8tb.com', because: 'it decodes to a letter and a combining accent, which is not NFC', want: 'internationalised' },
    { given: 'xn--ab-m1t.com', because: 'it decodes to an invisible joiner', want: 'internationalised' },
    { given: 'xn--8g7ccd.com', because: 'it decodes to full-width digits, which are mapped to plain ones', want: 'internationalised' },
    { given: 'xn--1-0hc.com', because: 'it mixes directions so that it shows in another order', want: 'internationalised' },
    { given: 'xn----9fa.com', because: 'it decodes to a label that ends in a hyphen', want: 'internationalised' },
    { given: 'xn----bga.com', because: 'it decodes to a label that starts with a hyphen', want: 'internationalised' },
    { given: 'xn--ab--c-fsa.com', because: "it decodes to a label with '--' as 3rd and 4th character", want: 'internationalised' },
  ])('$given: $because', ({ given, want }) => {
    expect(parseDomainName(given)).toEqual({ ok: false, problem: expect.stringContaining(want) });
  });
});

describe('covers', () => {
  test('holds for equal names, and for a wildcard and exactly one label more', () => {
    const [two, three] = [longer(['a', 'b']), longer(longer(['a', 'b']))];
    const plain = [...two, ...three, ...longer(three)];
    const names = [...plain, ...plain.map((name) => `*.${name}`)].map(nameOf);
    const wrong = names.flatMap((pattern) => names.filter((name) => covers(pattern, name) !== coversByLabels(pattern, name)).map((name) => [pattern, name]));
    expect(wrong).toEqual([]);
  });
});

describe('the common name of a certificate', () => {
  const name64 = `${'a'.repeat(52)}.example.com`;
  test.each([
    { name: 'is the shortest name', given: ['www.example.com', 'example.com', 'shop.example.com'], want: 'example.com' },
    { name: 'is the first in the alphabet of equally short ones', given: ['b.example.com', 'a.example.com', '*.example.com'], want: '*.example.com' },
    { name: 'may have 64 characters', given: [name64], want: name64 },
    { name: 'is none where all names have more', given: [`a${name64}`], want: undefined },
    { name: 'is none without names', given: [], want: undefined },
  ])('$name', ({ given, want }) => {
    expect(commonNameOf(given.map(nameOf))).toBe(want);
  });

  test('does not depend on the order of the names, which sortedNames forgets', () => {
    const names = ['b.example.com', 'a.example.com', '*.example.com', 'a.example.com'].map(nameOf);
    expect(sortedNames(names)).toEqual(['*.example.com', 'a.example.com', 'b.example.com']);
    expect(sortedNames(names.toReversed())).toEqual(sortedNames(names));
  });
});
