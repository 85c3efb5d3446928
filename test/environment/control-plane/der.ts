/**
 * The few ASN.1 types an X.509 certificate is made of, written as DER: Node's crypto makes keys and signatures, but no certificates.
 *
 * @see https://www.itu.int/rec/T-REC-X.690
 */

const tags = { boolean: 0x01, bitString: 0x03, octetString: 0x04, oid: 0x06, utf8: 0x0c, utcTime: 0x17, sequence: 0x30, set: 0x31 } as const;

/** A shortest-form length: itself below 128, else the number of length bytes and the bytes. */
const lengthOf = (size: number): Buffer => {
  if (size < 0x80) return Buffer.of(size);
  const hex = size.toString(16);
  const bytes = Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex');
  return Buffer.concat([Buffer.of(0x80 | bytes.length), bytes]);
};

/** One element: its tag, the length of its contents, the contents. */
export const element = (tag: number, ...contents: readonly Uint8Array[]): Buffer => {
  const content = Buffer.concat(contents);
  return Buffer.concat([Buffer.of(tag), lengthOf(content.length), content]);
};

/** An ordered list of elements. */
export const sequence = (...items: readonly Uint8Array[]): Buffer => element(tags.sequence, ...items);

/** A set of one: all that names in certificates need, and no sorting to get wrong. */
export const setOf = (item: Uint8Array): Buffer => element(tags.set, item);

/** A positive integer, given as big-endian bytes without leading zeros. */
export const integer = (bytes: Uint8Array): Buffer => {
  const isNegative = ((bytes[0] ?? 0) & 0x80) !== 0;
  return element(0x02, isNegative ? Buffer.of(0) : Buffer.of(), bytes);
};

/** `TRUE`; `FALSE` is always a default, and DER leaves defaults out. */
export const yes = element(tags.boolean, Buffer.of(0xff));

/** A whole number of bytes as bits, or the last byte with `unusedBits` of its low end left out (0 to 7). */
export const bitString = (bytes: Uint8Array, unusedBits = 0): Buffer => element(tags.bitString, Buffer.of(unusedBits), bytes);

/** Bytes as they are. */
export const octetString = (bytes: Uint8Array): Buffer => element(tags.octetString, bytes);

/** Text. */
export const utf8 = (text: string): Buffer => element(tags.utf8, Buffer.from(text, 'utf8'));

/** An object identifier from its dotted form, of two arcs or more. */
export const oid = (dotted: string): Buffer => {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const arcs = [first * 40 + second, ...rest].flatMap((arc) => {
    const groups = [arc & 0x7f];
    for (let left = arc >> 7; left > 0; left >>= 7) groups.unshift((left & 0x7f) | 0x80);
    return groups;
  });
  return element(tags.oid, Buffer.from(arcs));
};

/** A moment from 1950 to 2049, to the second: certificates must say later ones in another type. */
export const utcTime = (moment: Date): Buffer => {
  const digits = moment.toISOString().replaceAll(/[-:T]/g, '').slice(2, 14);
  return element(tags.utcTime, Buffer.from(`${digits}Z`, 'ascii'));
};

/** An element whose meaning its place gives: `[n]` with elements inside, or, not `constructed`, with plain bytes. */
export const tagged = (number: number, content: Uint8Array, constructed = true): Buffer =>
  element((constructed ? 0xa0 : 0x80) | number, content);
