import { describe, expect, test } from 'vitest';
import type { Decision, Desired } from '../../../../reconcilers/contract.ts';
import { planTraffic, type TrafficSpec } from '../../../../reconcilers/tenant-domain/traffic/plan.ts';
import type { TrafficObserved } from '../../../../reconcilers/tenant-domain/traffic/traffic.ts';
import { domains } from '../../builders.ts';
import { traffic } from '../builders.ts';

const two = domains('a.example.com', 'b.example.com');
const present = (endpoint: string | undefined = 'd1.cloudfront.net'): Desired<TrafficSpec> => ({ is: 'present', spec: { names: two, endpoint } });
const say = (status: 'True' | 'False' | 'Unknown', reason: Decision<never>['condition']['reason'], message: string, move: Decision<never>['move']): Decision<never> => ({ condition: { type: 'DNSConfigured', status, reason, message }, move });
const looking = { is: 'waiting', on: 'customer' } as const;
/** What DNS says of a.example.com, then of b.example.com. */
const both = (a: 'Found' | 'Missing' | 'Mismatch' | 'Unknown', b: typeof a): TrafficObserved => ({ names: { ...traffic(a, two.slice(0, 1)).names, ...traffic(b, two.slice(1)).names }, records: {} });

/** The same, where a mismatch leads to connection group `isolated` of this account. */
const old = (a: Parameters<typeof both>[0], b: typeof a, which: readonly string[] = two): TrafficObserved => {
  const seen = both(a, b);
  const names = Object.entries(seen.names).map(([name, sight]) => [name, sight.state === 'Mismatch' && which.includes(name) ? { ...sight, values: ['d0.cloudfront.net'], group: 'isolated' } : sight]);
  return { ...seen, names: Object.fromEntries(names) as TrafficObserved['names'] };
};
/** a.example.com leads here, b.example.com to addresses of somebody else. */
const numbered: TrafficObserved = { names: { ...both('Found', 'Missing').names, ...Object.fromEntries(two.slice(1).map((name) => [name, { state: 'Mismatch', values: ['198.51.100.1', '2001:db8::1'], apex: false }])) }, records: {} };
const stillOld = (name: string): string => `${name} leads to d0.cloudfront.net, connection group "isolated", which still serves it: change it to d1.cloudfront.net`;
const more = 'see status.dnsRecords for what to set and when';

type Row = { readonly name: string; readonly because: string; readonly desired?: Desired<TrafficSpec>; readonly observed: TrafficObserved; readonly want: Decision<never> };
const rows: readonly Row[] = [
  { name: 'all found', because: 'there is nothing to do', observed: both('Found', 'Found'), want: say('True', 'Configured', 'DNS of every domain leads to d1.cloudfront.net', { is: 'settled' }) },
  { name: 'none found', because: 'the customer has not switched yet', observed: both('Missing', 'Missing'), want: say('False', 'NotConfigured', 'a.example.com has no record; b.example.com has no record; see status.dnsRecords for what to set and when', looking) },
  { name: 'one found, one missing', because: 'the customer is at it', observed: both('Found', 'Missing'), want: say('False', 'PartlyConfigured', 'b.example.com has no record; see status.dnsRecords for what to set and when', looking) },
  { name: 'one found, one elsewhere', because: 'somebody else serves it, or did', observed: both('Found', 'Mismatch'), want: say('False', 'PointsElsewhere', 'b.example.com leads to elsewhere.example.net; see status.dnsRecords for what to set and when', looking) },
  { name: 'one found, one at addresses of somebody else', because: 'they may be others in the next answer, and the message is the same', observed: numbered, want: say('False', 'PointsElsewhere', `b.example.com leads to addresses that d1.cloudfront.net does not have; ${more}`, looking) },
  { name: 'both at the old group', because: 'they are served, and may be changed at leisure', observed: old('Mismatch', 'Mismatch'), want: say('False', 'StillAtOldEndpoint', `${stillOld('a.example.com')}; ${stillOld('b.example.com')}; ${more}`, looking) },
  { name: 'one found, one at the old group', because: 'the customer is at it', observed: old('Found', 'Mismatch'), want: say('False', 'StillAtOldEndpoint', `${stillOld('b.example.com')}; ${more}`, looking) },
  { name: 'one missing, one at the old group', because: 'what is wrong is only old', observed: old('Missing', 'Mismatch'), want: say('False', 'StillAtOldEndpoint', `a.example.com has no record; ${stillOld('b.example.com')}; ${more}`, looking) },
  { name: 'one elsewhere, one at the old group', because: 'one is not served here at all', observed: old('Mismatch', 'Mismatch', ['b.example.com']), want: say('False', 'PointsElsewhere', `a.example.com leads to elsewhere.example.net; ${stillOld('b.example.com')}; ${more}`, looking) },
  { name: 'one found, one not to be read', because: "a resolver that fails is never a customer's fault", observed: both('Found', 'Unknown'), want: say('Unknown', 'Unknown', 'DNS of b.example.com could not be read; looking again', looking) },
  { name: 'one missing, one not to be read', because: 'what is known to be wrong is said', observed: both('Missing', 'Unknown'), want: say('False', 'NotConfigured', 'a.example.com has no record; see status.dnsRecords for what to set and when', looking) },
  { name: 'no endpoint yet', because: 'the tier has not published one, and its change wakes us', desired: { is: 'present', spec: { names: two, endpoint: undefined } }, observed: both('Unknown', 'Unknown'), want: say('Unknown', 'Unknown', 'the endpoint that DNS should point at is not known yet', { is: 'waiting', on: 'reference' }) },
  { name: 'held', because: 'nothing can be said before the spec is accepted', desired: { is: 'held', reason: 'TierNotFound', message: 'no tier', on: 'reference' }, observed: both('Found', 'Found'), want: say('Unknown', 'TierNotFound', 'no tier', { is: 'waiting', on: 'reference' }) },
  { name: 'absent', because: 'nothing of it is ours to remove', desired: { is: 'absent' }, observed: both('Found', 'Found'), want: say('Unknown', 'Deleting', 'DNS is not looked at while the TenantDomain is being deleted', { is: 'gone' }) },
];

describe('planTraffic', () => {
  test.each(rows)('$name: $because', ({ desired = present(), observed, want }) => {
    expect(planTraffic(desired, observed)).toEqual(want);
  });
});
