import { isIPv4, isIPv6, SocketAddress } from 'node:net';

/** The record types that a zone can hold. */
export const zoneTypes = ['A', 'AAAA', 'CNAME', 'TXT', 'CAA', 'NS'] as const;
export type ZoneType = (typeof zoneTypes)[number];

/**
 * A value as in a zone file: an address, a name, a text, `0 issue "amazon.com"`. A text of more than 255 bytes is split as a DNS panel
 * does it; a list of texts is one TXT record of exactly these strings.
 */
export type ZoneValue = string | readonly string[];

export type RecordContent =
  | { readonly type: 'A' | 'AAAA' | 'CNAME' | 'NS'; readonly target: string }
  | { readonly type: 'TXT'; readonly strings: readonly Buffer[] }
  | { readonly type: 'CAA'; readonly flags: number; readonly tag: CaaTag; readonly issuer: string };

/** One record of an answer. `name` is the owner as asked for or as named by the alias before it, without a trailing dot. */
export type ZoneRecord = RecordContent & { readonly name: string };

const caaTags = ['issue', 'issuewild', 'iodef'] as const;
export type CaaTag = (typeof caaTags)[number];

/** RFC 1035, section 3.3: the length of a character string is one byte. */
const maxStringBytes = 255;
const maxLabelBytes = 63;
const maxNameBytes = 253;

/**
 * The name as zones know it: lower case, no trailing dot.
 * @throws on what no packet can carry.
 */
export const ownerFrom = (name: string): string => nameFrom(name).toLowerCase();

/**
 * What a record of this type and value holds.
 * @throws where it is no value of that type: a mistake of the test, not of the customer it plays.
 */
export const contentFrom = (type: ZoneType, value: ZoneValue): RecordContent => {
  if (type === 'TXT') return { type, strings: typeof value === 'string' ? split(Buffer.from(value)) : value.map(checkedString) };
  if (typeof value !== 'string') throw new Error(`set ${type} record: only a TXT record is a list of strings`);
  switch (type) {
    case 'A':
      if (!isIPv4(value)) throw new Error(`set A record: "${value}" is no IPv4 address`);
      return { type, target: value };
    case 'AAAA':
      if (!isIPv6(value)) throw new Error(`set AAAA record: "${value}" is no IPv6 address`);
      return { type, target: new SocketAddress({ address: value, family: 'ipv6' }).address };
    case 'CNAME':
    case 'NS':
      return { type, target: nameFrom(value) };
    case 'CAA':
      return caaFrom(value);
  }
};

const nameFrom = (name: string): string => {
  const bare = name.endsWith('.') ? name.slice(0, -1) : name;
  const isCarried = bare.split('.').every((label) => label !== '' && Buffer.byteLength(label) <= maxLabelBytes);
  if (!isCarried || Buffer.byteLength(bare) > maxNameBytes) throw new Error(`set record: "${name}" has an empty label or one too long for DNS`);
  return bare;
};

const split = (text: Buffer): readonly Buffer[] => {
  if (text.length <= maxStringBytes) return [text];
  return [text.subarray(0, maxStringBytes), ...split(text.subarray(maxStringBytes))];
};

const checkedString = (text: string): Buffer => {
  const bytes = Buffer.from(text);
  if (bytes.length > maxStringBytes) throw new Error(`set TXT record: a string of ${bytes.length} bytes is too long for DNS`);
  return bytes;
};

/** RFC 8659, section 4.1.1. */
const caaFrom = (value: string): RecordContent => {
  const [, flags, named, issuer] = /^(\d{1,3}) (\w+) "([^"]*)"$/.exec(value) ?? [];
  const tag = caaTags.find((known) => known === named);
  if (tag === undefined || issuer === undefined) throw new Error(`set CAA record: "${value}" is not like 0 issue "amazon.com"`);
  return { type: 'CAA', flags: Number(flags), tag, issuer };
};
