import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseDomainName } from '../../crds/domain-name.ts';
import { isAcceptedByCel } from './cel-names.ts';
import { idnLabel, name, nameLike, xnLabel } from './arbitrary-names.ts';
import { decodePunycode, encodePunycode } from './punycode.ts';

const numRuns = 5_000;
const anyText = fc.oneof(nameLike, name, fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), fc.webUrl(), fc.ipV4(), fc.ipV6());
const canonical = (text: string): string | undefined => {
  const parsed = parseDomainName(text);
  return parsed.ok ? parsed.name : undefined;
};

test('every text has an answer, and a problem is one short printable line', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const parsed = parseDomainName(text);
      expect(parsed.ok ? 'fine' : parsed.problem).toMatch(/^[ -~]{1,200}$/);
    }),
    { numRuns },
  );
});

test('a canonical name is canonical', () => {
  fc.assert(
    fc.property(name, (text) => {
      const once = canonical(text);
      expect(once === undefined ? undefined : canonical(once)).toBe(once);
    }),
    { numRuns },
  );
});

test('case and one trailing dot make no other name', () => {
  fc.assert(
    fc.property(fc.oneof(name, nameLike), (text) => {
      const want = canonical(text);
      fc.pre(want !== undefined);
      const spellings = [text.toUpperCase(), text.toLowerCase(), text.endsWith('.') ? text : `${text}.`];
      expect(spellings.map(canonical)).toEqual([want, want, want]);
    }),
    { numRuns },
  );
});

test('nothing but case and one trailing dot is folded, so that no two names are merged', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const found = canonical(text);
      fc.pre(found !== undefined);
      expect([found, `${found ?? ''}.`]).toContain(text.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase()));
    }),
    { numRuns },
  );
});

test('the CRD accepts every canonical name', () => {
  fc.assert(
    fc.property(fc.oneof(name, nameLike), (text) => {
      const found = canonical(text);
      fc.pre(found !== undefined);
      expect(isAcceptedByCel(found ?? '')).toBe(true);
    }),
    { numRuns },
  );
});

test('what the CRD accepts is canonical, but for xn-- labels that are no IDN', () => {
  fc.assert(
    fc.property(fc.oneof(name, nameLike), (text) => {
      fc.pre(isAcceptedByCel(text));
      const parsed = parseDomainName(text);
      if (parsed.ok) expect(parsed.name).toBe(text);
      else expect(parsed.problem).toMatch(/no valid internationalised name: "xn--/);
    }),
    { numRuns },
  );
});

test('an xn-- label that is accepted decodes to Unicode in NFC, and encodes back to itself', () => {
  fc.assert(
    fc.property(xnLabel, (label) => {
      fc.pre(canonical(`${label}.example`) !== undefined);
      const unicode = decodePunycode(label.slice(4)) ?? '';
      expect(unicode).toMatch(/[^\0-\u{7f}]/u);
      expect(unicode.normalize('NFC')).toBe(unicode);
      expect(`xn--${encodePunycode(unicode)}`).toBe(label);
    }),
    { numRuns },
  );
});

test('words of letters are accepted as IDNs', () => {
  fc.assert(
    fc.property(idnLabel, (label) => {
      expect(canonical(`${label}.example`)).toBe(`${label}.example`);
    }),
    { numRuns },
  );
});
