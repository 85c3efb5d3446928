import * as fc from 'fast-check';
import { encodePunycode } from './punycode.ts';

const letterOrDigit = fc.constantFrom(...'abcxyz0189'.split(''));
const inner = fc.constantFrom(...'abcxnz019--'.split(''));

/** Lower-case labels, with '--' now and then where it is reserved. */
const plainLabel = fc
  .tuple(letterOrDigit, fc.string({ unit: inner, maxLength: 61 }), letterOrDigit)
  .map(([first, middle, last]) => first + middle + last);

const range = (from: string, to: string): readonly string[] => {
  const [start, end] = [from.codePointAt(0) ?? 0, to.codePointAt(0) ?? 0];
  return Array.from({ length: end - start + 1 }, (_, index) => String.fromCodePoint(start + index));
};

/** Letters that are valid in any label: lower case, left to right, not mapped to others by UTS #46. */
const alphabets = [range('à', 'ö'), range('α', 'ω'), range('а', 'я'), range('あ', 'ぢ'), range('一', '丠')] as const;

/** The `xn--` label of a word in one alphabet, with ASCII letters among its own. */
export const idnLabel = fc
  .constantFrom(...alphabets)
  .chain((letters) => fc.string({ unit: fc.oneof(fc.constantFrom(...letters), letterOrDigit), minLength: 1, maxLength: 20 }))
  .filter((word) => /[^a-z0-9]/.test(word))
  .map((word) => `xn--${encodePunycode(word)}`)
  .filter((label) => label.length <= 63);

/** Any label that starts with `xn--`: real IDNs, encodings of what is no IDN, and noise. */
export const xnLabel = fc
  .oneof(
    idnLabel,
    fc.string({ unit: 'binary', minLength: 1, maxLength: 6 }).map((text) => `xn--${encodePunycode(text)}`),
    fc.string({ unit: letterOrDigit, minLength: 1, maxLength: 12 }).map((text) => `xn--${text}`),
  )
  .filter((label) => /^[a-z0-9-]{1,62}[a-z0-9]$/.test(label));

/** Names that are mostly right: 1 to 11 labels, lengths up to and beyond the bounds, a wildcard now and then. */
export const name = fc
  .tuple(
    fc.constantFrom('', '', '', '*.'),
    fc.array(fc.oneof({ weight: 6, arbitrary: plainLabel }, { weight: 1, arbitrary: idnLabel }, { weight: 1, arbitrary: xnLabel }), { minLength: 1, maxLength: 10, size: 'max' }),
    fc.oneof(fc.constantFrom('com', 'example', 'xn--p1ai', 'c0m', '1'), plainLabel),
  )
  .map(([wildcard, labels, last]) => `${wildcard}${labels.join('.')}.${last}`);

/** Texts over the characters that names are made of, mostly wrong. */
export const nameLike = fc.string({ unit: fc.constantFrom(...'aAbZxn019-..-*_/: %'.split('')), maxLength: 40 });
