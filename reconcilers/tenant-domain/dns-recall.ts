import type { DnsRecord } from '../../crds/types.ts';
import { areAddresses, type TrafficObserved } from './traffic/traffic.ts';

/**
 * What was seen of DNS, with what the records said before where that is the better word: a name stays an apex while nobody can say, and
 * wrong addresses stay those that were found first, since many a name has others in each answer (R13).
 */
export const recalled = (seen: TrafficObserved, before: readonly DnsRecord[]): TrafficObserved => {
  const names = Object.entries(seen.names).map(([name, sight]) => {
    const record = before.find((one) => one.purpose === 'Traffic' && one.name === name);
    const { observed = [] } = record ?? {};
    const values = areAddresses(sight.values) && areAddresses(observed) ? observed : sight.values;
    return [name, { ...sight, values, apex: sight.apex ?? record?.type === 'ALIAS' }] as const;
  });
  return { ...seen, names: Object.fromEntries(names) };
};
