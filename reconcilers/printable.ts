/*
 * Texts from outside (DNS records, AWS messages, names as typed) end up in a terminal. An escape sequence there rewrites what was
 * shown before (kubectl passed them on in Events: CVE-2021-25743), a bidi override turns a name round.
 */

/**
 * What a terminal obeys or a reader cannot see: controls (Cc), format characters such as bidi overrides, zero width and tags (Cf),
 * lone surrogates (Cs), line and paragraph separators (Zl, Zp), characters drawn as nothing, and those that no text may hold.
 */
const unprintable = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}]/u;

const escaped = (character: string): string => {
  const hex = (character.codePointAt(0) ?? 0).toString(16);
  return hex.length > 4 ? `\\u{${hex}}` : `\\u${hex.padStart(4, '0')}`;
};

/**
 * The text on one line, safe to show anywhere: what cannot be seen is spelled out (`\u001b`, `\u{e0041}`), and a text that is then
 * longer than `maxLength` UTF-16 units (1 or more) is cut and ends in `…`. Neither a surrogate pair nor an escape is ever cut in two.
 * Repeating it changes nothing, so a backslash stays as it is. Reads no more of the text than it shows.
 */
export const printable = (text: string, maxLength: number): string => {
  let shown = '';
  let beforeEllipsis = '';
  for (const character of text) {
    shown += unprintable.test(character) ? escaped(character) : character;
    if (shown.length > maxLength) return `${beforeEllipsis}…`;
    if (shown.length < maxLength) beforeEllipsis = shown;
  }
  return shown;
};

const maxListed = 5;

/** Names in a row, as many as a person reads, and how many more there are. */
export const listed = (names: readonly string[]): string =>
  names.length > maxListed ? `${names.slice(0, maxListed).join(', ')} and ${names.length - maxListed} more` : names.join(', ');
