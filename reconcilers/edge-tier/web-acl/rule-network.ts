export type IpFamily = 'IPV4' | 'IPV6';

/** A network in its shortest form: lower case, zeros compressed, no bit set behind the prefix. */
export type Network = { readonly family: IpFamily; readonly cidr: string };

/** Why a text is no network that AWS WAF takes, with what to write instead. */
export type NoNetwork = { readonly problem: string };

const bits = { IPV4: 32, IPV6: 128 } as const satisfies Record<IpFamily, number>;
// How many bits one number of a written address stands for.
const groupBits = { IPV4: 8, IPV6: 16 } as const satisfies Record<IpFamily, number>;

const decimals = /^(?:(?:25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])(?:\.(?!$)|$)){4}$/;

const familyOf = (address: string): IpFamily | undefined => {
  if (decimals.test(address)) return 'IPV4';
  // The URL standard knows IPv6, and no zone such as fe80::1%eth0, which means something on one machine only.
  return address.includes(':') && URL.canParse(`http://[${address}]`) ? 'IPV6' : undefined;
};

/** An IPv6 address as RFC 5952 wants it, without an IPv4 tail; URLs are required to be written so. */
const shortest = (address: string): string => new URL(`http://[${address}]`).hostname.slice(1, -1);

const groupsOf = (address: string, family: IpFamily): readonly number[] => {
  if (family === 'IPV4') return address.split('.').map(Number);
  const [head = [], tail] = shortest(address)
    .split('::')
    .map((half) => half.split(':').filter((group) => group !== '').map((group) => Number.parseInt(group, 16)));
  return tail === undefined ? head : [...head, ...Array.from({ length: 8 - head.length - tail.length }, () => 0), ...tail];
};

const addressOf = (groups: readonly number[], family: IpFamily): string =>
  family === 'IPV4' ? groups.join('.') : shortest(groups.map((group) => group.toString(16)).join(':'));

/** The groups with every bit behind the prefix off. */
const masked = (groups: readonly number[], family: IpFamily, prefix: number): readonly number[] => {
  const size = groupBits[family];
  return groups.map((group, index) => {
    const off = size - Math.min(Math.max(prefix - index * size, 0), size);
    return (group >> off) << off;
  });
};

// ::ffff:0:0/96, RFC 4291, section 2.5.5.2
const mappedBits = 96;
const isMapped = (groups: readonly number[], family: IpFamily): boolean =>
  family === 'IPV6' && groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
const unmapped = (groups: readonly number[]): string => groups.slice(6).flatMap((group) => [group >> 8, group & 0xff]).join('.');

const everything = (what: string): NoNetwork => ({
  problem: `is every address${what}, and AWS WAF takes no /0: write narrower networks, or leave the decision to defaultAction`,
});

/**
 * A network of CIDR notation in its shortest form, so that two texts that mean the same become equal.
 * @see https://docs.aws.amazon.com/waf/latest/APIReference/API_IPSet.html (Addresses)
 */
export const networkOf = (text: string): Network | NoNetwork => {
  const [, address = '', digits = ''] = /^([^/]+)\/(0|[1-9][0-9]{0,2})$/.exec(text) ?? [];
  const family = familyOf(address);
  if (family === undefined) return { problem: 'is no network: write one like 203.0.113.0/24 or 2001:db8::/32' };
  const prefix = Number(digits);
  const groups = groupsOf(address, family);
  const written = addressOf(groups, family);
  const one = `${written}/${bits[family]}`;
  if (prefix > bits[family]) return { problem: `has a prefix of more than ${bits[family]} bits: write ${one} for the one address` };
  if (prefix === 0) return everything('');
  const network = masked(groups, family, prefix);
  if (isMapped(network, family)) return prefix === mappedBits ? everything(' of IPv4') : { problem: `is IPv4 written as IPv6: write ${unmapped(network)}/${prefix - mappedBits}` };
  const cidr = `${addressOf(network, family)}/${prefix}`;
  if (cidr !== `${written}/${prefix}`) return { problem: `is an address within a network: write ${cidr} for the network, or ${one} for the one address` };
  return { family, cidr };
};
