import type { DomainName } from '../../../crds/domain-name.ts';
import type { Look } from '../../contract.ts';
import type { Dns, DnsAnswer } from '../../ports/dns.ts';
import type { Sight, TrafficObserved, WantedRecord } from './traffic.ts';

/** What to ask DNS. `endpoint` is undefined until the connection group is known. */
export type TrafficAddress = { readonly names: readonly DomainName[]; readonly endpoint: string | undefined; readonly records: readonly WantedRecord[] };

/** Resolvers give up after about as many (the RFCs name no number). */
const maxChain = 8;

const valuesOf = (answer: DnsAnswer): readonly string[] => (answer.is === 'found' ? answer.values : []);

/** A wildcard is not a name one can ask for: any label below it stands for all. */
const askableOf = (name: DomainName): string => name.replace(/^\*\./, 'tenantedge-probe.');

/** Looks at what the customer's DNS says. Costs no AWS call. */
export const trafficObserver = (dns: Dns): ((address: TrafficAddress, look: Look) => Promise<TrafficObserved>) => {
  /** Follows CNAMEs from a name; ends at the target, at a name without one, or when a question fails. */
  const chainOf = async (name: string, target: string, signal: AbortSignal): Promise<{ readonly chain: readonly string[]; readonly failed: boolean }> => {
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

  const addressesOf = async (name: string, signal: AbortSignal): Promise<{ readonly addresses: readonly string[]; readonly failed: boolean }> => {
    const answers = await Promise.all([dns.lookUp({ name, type: 'A' }, signal), dns.lookUp({ name, type: 'AAAA' }, signal)]);
    return { addresses: answers.flatMap(valuesOf), failed: answers.every((answer) => answer.is === 'failed') };
  };

  /** An ALIAS is invisible from outside: it shows as the endpoint's own addresses. */
  const leadsTo = async (name: string, endpoint: string, signal: AbortSignal): Promise<Sight> => {
    const { chain, failed } = await chainOf(name, endpoint, signal);
    if (chain.includes(endpoint)) return { state: 'Found', values: chain.slice(0, 1) };
    if (failed) return { state: 'Unknown', values: chain.slice(0, 1) };
    const [own, target] = await Promise.all([addressesOf(chain.at(-1) ?? name, signal), addressesOf(endpoint, signal)]);
    const found = chain.length > 0 ? chain.slice(0, 1) : own.addresses;
    if (own.addresses.some((address) => target.addresses.includes(address))) return { state: 'Found', values: found };
    if (own.failed || (own.addresses.length > 0 && target.failed)) return { state: 'Unknown', values: found };
    return { state: found.length > 0 ? 'Mismatch' : 'Missing', values: found.toSorted() };
  };

  const recordAt = async (record: WantedRecord, signal: AbortSignal): Promise<Sight> => {
    const answer = await dns.lookUp({ name: record.name, type: 'CNAME' }, signal);
    if (answer.is === 'failed') return { state: 'Unknown', values: [] };
    if (answer.is === 'missing') return { state: 'Missing', values: [] };
    return { state: answer.values.includes(record.value) ? 'Found' : 'Mismatch', values: answer.values };
  };

  const isApex = async (name: string, signal: AbortSignal): Promise<boolean> => (await dns.lookUp({ name, type: 'NS' }, signal)).is === 'found';

  return async ({ names, endpoint, records }, { signal }) => {
    const looks = names.map(async (name) => {
      const [sight, apex] = await Promise.all([
        endpoint === undefined ? ({ state: 'Unknown', values: [] } as const) : leadsTo(askableOf(name), endpoint, signal),
        name.startsWith('*.') ? false : isApex(name, signal),
      ]);
      return [name, { ...sight, apex }] as const;
    });
    const [seenNames, seenRecords] = await Promise.all([
      Promise.all(looks),
      Promise.all(records.map(async (record) => [record.name, await recordAt(record, signal)] as const)),
    ]);
    return { names: Object.fromEntries(seenNames), records: Object.fromEntries(seenRecords) };
  };
};
