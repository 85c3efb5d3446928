import { isIPv4, isIPv6 } from 'node:net';

/** The family of a set's addresses. */
export type AddressVersion = 'IPV4' | 'IPV6';

const bits = { IPV4: 32, IPV6: 128 } as const;

/** The eight groups of an IPv6 address, each as it would be spoken: no leading zeros, lower case. */
const groupsOf = (address: string): readonly string[] => {
  const [head = '', tail] = compressed(address).split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  return [...before, ...Array<string>(8 - before.length - after.length).fill('0'), ...after];
};

// URLs have one spelling of an IPv6 address: RFC 5952, but without dotted tails.
const compressed = (address: string): string => new URL(`http://[${address}]`).hostname.slice(1, -1);

const valueOf = (address: string, version: AddressVersion): bigint => {
  const groups = version === 'IPV4' ? address.split('.').map(Number) : groupsOf(address).map((group) => Number.parseInt(group, 16));
  const width = version === 'IPV4' ? 8n : 16n;
  return groups.reduce((value, group) => (value << width) | BigInt(group), 0n);
};

/** A network in the one spelling of its own: IPv6 compressed and in lower case. Absent for what is no network of that family. */
export const networkFrom = (text: string, version: AddressVersion): string | undefined => {
  const [, address = '', length = ''] = /^([^/]+)\/([1-9]\d{0,2})$/.exec(text) ?? [];
  const isAddress = version === 'IPV4' ? isIPv4(address) : isIPv6(address) && !address.includes('%');
  const hostBits = bits[version] - Number(length);
  if (!isAddress || hostBits < 0) return undefined;
  if (valueOf(address, version) & ((1n << BigInt(hostBits)) - 1n)) return undefined;
  return `${version === 'IPV4' ? address : compressed(address)}/${length}`;
};

/** A network with every digit of its address written out, as WAF is also said to give IPv6 back. */
export const spelledOut = (network: string): string => {
  const [address = '', length = ''] = network.split('/');
  if (!address.includes(':')) return network;
  return `${groupsOf(address)
    .map((group) => group.padStart(4, '0'))
    .join(':')}/${length}`;
};
