import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { printable } from '../../reconcilers/printable.ts';

type Row = { readonly name: string; readonly text: string; readonly maxLength?: number; readonly want: string };

const rows: readonly Row[] = [
  { name: 'leaves plain text as it is', text: 'no tier "gold": ask the administrator', want: 'no tier "gold": ask the administrator' },
  { name: 'leaves letters of any script', text: 'bücher 東京 ۱۲ 😀', want: 'bücher 東京 ۱۲ 😀' },
  { name: 'spells out a terminal colour', text: '\u001b[31mred', want: '\\u001b[31mred' },
  { name: 'spells out the 8-bit form of an escape sequence', text: '\u009b31m', want: '\\u009b31m' },
  { name: 'spells out a hyperlink with its bell', text: '\u001b]8;;evil\u0007', want: '\\u001b]8;;evil\\u0007' },
  { name: 'keeps to one line', text: 'a\r\nb\tc\u2028d\u2029e\u0085f', want: 'a\\u000d\\u000ab\\u0009c\\u2028d\\u2029e\\u0085f' },
  { name: 'spells out bidi overrides, isolates and marks', text: '\u202eevil\u2066\u2069\u200f\u061c', want: '\\u202eevil\\u2066\\u2069\\u200f\\u061c' },
  { name: 'spells out what has no width', text: 'a\u200bb\u200dc\ufeffd\u00ade', want: 'a\\u200bb\\u200dc\\ufeffd\\u00ade' },
  { name: 'spells out fillers that are drawn as nothing', text: 'a\u3164\u115f\u034fb', want: 'a\\u3164\\u115f\\u034fb' },
  { name: 'spells out tags, which lie beyond 16 bits', text: 'a\u{e0041}', want: 'a\\u{e0041}' },
  { name: 'spells out half a surrogate pair', text: 'a\ud83db\ude00', want: 'a\\ud83db\\ude00' },
  { name: 'spells out what no text may hold', text: '\ufffe\uffff', want: '\\ufffe\\uffff' },
  { name: 'does not cut a text of exactly the length', text: 'abcdef', maxLength: 6, want: 'abcdef' },
  { name: 'cuts a longer text and says so', text: 'abcdefg', maxLength: 6, want: 'abcde…' },
  { name: 'cuts before a surrogate pair rather than inside of it', text: 'abcd😀fg', maxLength: 6, want: 'abcd…' },
  { name: 'cuts before an escape rather than inside of it', text: 'abc\u001bd', maxLength: 8, want: 'abc…' },
  { name: 'shows that there was something even where there is room for nothing', text: 'ab', maxLength: 1, want: '…' },
  { name: 'makes nothing of nothing', text: '', maxLength: 1, want: '' },
];

const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units)),
  fc.string({ unit: fc.constantFrom('\u001b', '\u202e', '\u200b', '\ud83d', '\ude00', '\u{e0041}', '😀', '\\', 'u', '…', 'a') }),
);
const anyLength = fc.integer({ min: 1, max: 40 });

describe('printable', () => {
  it.each(rows)('$name', ({ text, maxLength = 100, want }) => {
    expect(printable(text, maxLength)).toBe(want);
  });

  it('lets none of the controls and format characters through, alone or between others', () => {
    const units = Array.from({ length: 0x10000 }, (_, unit) => String.fromCharCode(unit)).filter((unit) => /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(unit));
    expect(units.filter((unit) => !/^a\\u[0-9a-f]{4}b$/.test(printable(`a${unit}b`, 20)))).toEqual([]);
    expect(units.length).toBeGreaterThan(2048);
  });

  it('is never longer than asked, well-formed, free of controls, and unchanged by repetition', () => {
    fc.assert(
      fc.property(anyText, anyLength, (text, maxLength) => {
        const shown = printable(text, maxLength);
        expect(shown.length).toBeLessThanOrEqual(maxLength);
        expect(shown.isWellFormed()).toBe(true);
        expect(shown).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
        expect(printable(shown, maxLength)).toBe(shown);
      }),
      { numRuns: 2000 },
    );
  });

  it('cuts nothing but the end', () => {
    fc.assert(
      fc.property(anyText, anyLength, (text, maxLength) => {
        const whole = printable(text, Number.POSITIVE_INFINITY);
        const shown = printable(text, maxLength);
        const isCut = whole.length > maxLength;
        expect(shown).toBe(isCut ? `${whole.slice(0, shown.length - 1)}…` : whole);
        // The longest escape, \u{10ffff}, has 10 characters, so no more than 9 are given away.
        expect(shown.length).toBeGreaterThanOrEqual(isCut ? Math.max(1, maxLength - 9) : 0);
      }),
      { numRuns: 2000 },
    );
  });
});
