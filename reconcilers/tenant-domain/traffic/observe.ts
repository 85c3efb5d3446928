import type { DomainName } from '../../../crds/domain-name.ts';
import type { Look } from '../../contract.ts';
import { headingOf } from '../../dns-chain.ts';
import { seen } from '../../failure.ts';
import type { Dns } from '../../ports/dns.ts';
import type { Fleet } from '../../ports/fleet.ts';
import type { Sight, TrafficObserved, WantedRecord } from './traffic.ts';

/** What to ask DNS. `endpoint` is undefined until the connection group is known. */
export type TrafficAddress = { readonly names: readonly DomainName[]; readonly endpoint: string | undefined; readonly records: readonly WantedRecord[] };

export type TrafficPorts = { readonly dns: Dns; readonly fleet: Fleet };

/** Looks at what the customer's DNS says. Costs no AWS call of its own: connection groups come from the list that all share, however old. */
export const trafficObserver = ({ dns, fleet }: TrafficPorts): ((address: TrafficAddress, look: Look) => Promise<TrafficObserved>) => {
  const recordAt = async (record: WantedRecord, signal: AbortSignal): Promise<Sight> => {
    const answer = await dns.lookUp({ name: record.name, type: 'CNAME' }, signal);
    if (answer.is === 'failed') return { state: 'Unknown', values: [] };
    if (answer.is === 'missing') return { state: 'Missing', values: [] };
    return { state: answer.values.includes(record.value) ? 'Found' : 'Mismatch', values: answer.values };
  };

  const isApex = async (name: string, signal: AbortSignal): Promise<boolean | undefined> => {
    const answer = await dns.lookUp({ name, type: 'NS' }, signal);
    return answer.is === 'failed' ? undefined : answer.is === 'found';
  };

  /** The name of an enabled group of this account at one of these endpoints. Where none could be read, there is none to speak of. */
  const groupAt = async (values: readonly string[], signal: AbortSignal): Promise<string | undefined> => {
    const reads = values.map((value) => fleet.connectionGroups.where('endpoint', value, { notBefore: new Date(0), signal }));
    const groups = await seen(Promise.all(reads));
    return groups.known ? groups.value.flat().find(({ enabled }) => enabled)?.name : undefined;
  };

  const sightOf = async (name: DomainName, endpoint: string, signal: AbortSignal): Promise<Sight> => {
    const { chain, ...sight } = await headingOf(dns, name, endpoint, signal);
    const group = sight.state === 'Mismatch' ? await groupAt(chain, signal) : undefined;
    return group === undefined ? sight : { ...sight, group };
  };

  return async ({ names, endpoint, records }, { signal }) => {
    const looks = names.map(async (name) => {
      const [sight, apex] = await Promise.all([
        endpoint === undefined ? ({ state: 'Unknown', values: [] } as const) : sightOf(name, endpoint, signal),
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
