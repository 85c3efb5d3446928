import type { DomainName } from '../crds/domain-name.ts';
import type { Dns, DnsAnswer } from './ports/dns.ts';

/** Where a name leads, compared with an endpoint. `values`: what was found at the name itself, sorted. `chain`: the names its CNAMEs lead over. */
export type Heading = { readonly state: 'Unknown' | 'Missing' | 'Mismatch' | 'Found'; readonly values: readonly string[]; readonly chain: readonly string[] };

/** Resolvers give up after about as many (the RFCs name no number). */
const maxChain = 8;

const valuesOf = (answer: DnsAnswer): readonly string[] => (answer.is === 'found' ? answer.values : []);

/** A wildcard is not a name one can ask for: any label below it stands for all. */
const askableOf = (name: DomainName): string => name.replace(/^\*\./, 'tenantedge-probe.');

/** Follows CNAMEs from a name; ends at the target, at a name without one, or when a question fails. */
const chainOf = async (dns: Dns, name: string, target: string, signal: AbortSignal): Promise<{ readonly chain: readonly string[]; readonly failed: boolean }> => {
  const chain: string[] = [];
  for (let at = name; chain.length < maxChain; ) {
    const answer = await dns.lookUp({ name: at, type: 'CNAME' }, signal);
    if (answer.is === 'failed') return { chain, failed: true };
    const [next] = valuesOf(answer);
    if (next === undefined || chain.includes(next)) break;
    chain.push(next);
    if (next === target) break;
    at = next;
  }
  return { chain, failed: false };
};

type Addresses = { readonly addresses: readonly string[]; readonly failed: 'none' | 'some' | 'all' };

const addressesOf = async (dns: Dns, name: string, signal: AbortSignal): Promise<Addresses> => {
  const answers = await Promise.all([dns.lookUp({ name, type: 'A' }, signal), dns.lookUp({ name, type: 'AAAA' }, signal)]);
  const failures = answers.filter(({ is }) => is === 'failed').length;
  return { addresses: answers.flatMap(valuesOf), failed: failures === 0 ? 'none' : failures === answers.length ? 'all' : 'some' };
};

/** A heading, and whether all was answered that it rests on. */
const lookAlong = async (dns: Dns, domain: DomainName, endpoint: string, signal: AbortSignal): Promise<{ readonly heading: Heading; readonly isCertain: boolean }> => {
  const name = askableOf(domain);
  const { chain, failed } = await chainOf(dns, name, endpoint, signal);
  if (chain.includes(endpoint)) return { heading: { state: 'Found', values: chain.slice(0, 1), chain }, isCertain: true };
  if (failed) return { heading: { state: 'Unknown', values: chain.slice(0, 1), chain }, isCertain: false };
  const [own, target] = await Promise.all([addressesOf(dns, chain.at(-1) ?? name, signal), addressesOf(dns, endpoint, signal)]);
  const found = chain.length > 0 ? chain.slice(0, 1) : own.addresses;
  if (own.addresses.some((address) => target.addresses.includes(address))) return { heading: { state: 'Found', values: found, chain }, isCertain: true };
  const isCertain = own.failed === 'none' && (own.addresses.length === 0 || target.failed === 'none');
  if (own.failed === 'all' || (own.addresses.length > 0 && target.failed === 'all')) return { heading: { state: 'Unknown', values: found, chain }, isCertain };
  return { heading: { state: found.length > 0 ? 'Mismatch' : 'Missing', values: found.toSorted(), chain }, isCertain };
};

/**
 * Whether DNS leads from a name to the endpoint, over CNAMEs or an ALIAS, which is invisible from outside: it shows as the endpoint's own
 * addresses. `Unknown` where a question failed that might have said so.
 */
export const headingOf = async (dns: Dns, domain: DomainName, endpoint: string, signal: AbortSignal): Promise<Heading> => (await lookAlong(dns, domain, endpoint, signal)).heading;

/** Whether a name may still lead to an endpoint that is to go: `perhaps` where any question failed, since what is deleted cannot be had back. */
export const stillLeadsTo = async (dns: Dns, domain: DomainName, endpoint: string, signal: AbortSignal): Promise<'yes' | 'perhaps' | 'no'> => {
  const { heading, isCertain } = await lookAlong(dns, domain, endpoint, signal);
  if (heading.state === 'Found') return 'yes';
  return isCertain ? 'no' : 'perhaps';
};
