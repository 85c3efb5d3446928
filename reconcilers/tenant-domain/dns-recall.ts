import type { DnsRecord } from '../../crds/types.ts';
import { areAddresses, type TrafficObserved } from './traffic/traffic.ts';

type Name = TrafficObserved['names'][keyof TrafficObserved['names']];

/** Each name as the row of its traffic lets it be told. */
const named = (seen: TrafficObserved, before: readonly DnsRecord[], tell: (sight: Name, record: DnsRecord | undefined) => Name): TrafficObserved => ({
  ...seen,
  names: Object.fromEntries(Object.entries(seen.names).map(([name, sight]) => [name, tell(sight, before.find((one) => one.purpose === 'Traffic' && one.name === name))])),
});

/** What was seen of DNS, where a name stays the apex that the records said it is while nobody can say. */
export const recalledApexes = (seen: TrafficObserved, before: readonly DnsRecord[]): TrafficObserved =>
  named(seen, before, (sight, record) => ({ ...sight, apex: sight.apex ?? record?.type === 'ALIAS' }));

/** What was seen of DNS, where wrong addresses stay those that the records say were found first, since many a name has others in each answer (R13). */
export const recalledAddresses = (seen: TrafficObserved, before: readonly DnsRecord[]): TrafficObserved =>
  named(seen, before, (sight, record) => ({ ...sight, values: record?.observed && areAddresses(sight.values) && areAddresses(record.observed) ? record.observed : sight.values }));
