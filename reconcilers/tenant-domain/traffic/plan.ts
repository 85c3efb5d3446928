import type { DomainName } from '../../../crds/domain-name.ts';
import type { Decision, Desired, Verdict } from '../../contract.ts';
import { areAddresses, concern, type Sight, type TrafficObserved } from './traffic.ts';

export type TrafficSpec = { readonly names: readonly DomainName[]; readonly endpoint: string | undefined };

const verdict = (status: Verdict['status'], reason: Verdict['reason'], message: string): Verdict => ({ type: concern, status, reason, message });

const problemOf = (name: DomainName, sight: Sight | undefined, endpoint: string): string => {
  // Many a name has other addresses in each answer: a message that held them would be another one at each look.
  const where = sight && areAddresses(sight.values) ? `addresses that ${endpoint} does not have` : (sight?.values.join(', ') ?? 'somewhere else');
  const leads = `${name} leads to ${where}`;
  return sight?.group === undefined ? leads : `${leads}, connection group "${sight.group}", which still serves it: change it to ${endpoint}`;
};

/** Judges what the customer's DNS says; it never acts, it only looks again. */
export const planTraffic = (desired: Desired<TrafficSpec>, observed: TrafficObserved): Decision<never> => {
  if (desired.is === 'held') return { condition: verdict('Unknown', desired.reason, desired.message), move: { is: 'waiting', on: desired.on } };
  if (desired.is === 'absent') return { condition: verdict('Unknown', 'Deleting', 'DNS is not looked at while the TenantDomain is being deleted'), move: { is: 'gone' } };
  const { names, endpoint } = desired.spec;
  if (endpoint === undefined) return { condition: verdict('Unknown', 'Unknown', 'the endpoint that DNS should point at is not known yet'), move: { is: 'waiting', on: 'reference' } };
  const inState = (state: Sight['state']): readonly DomainName[] => names.filter((name) => observed.names[name]?.state === state);
  const [found, unknown, missing, wrong] = [inState('Found'), inState('Unknown'), inState('Missing'), inState('Mismatch')];
  if (found.length === names.length) return { condition: verdict('True', 'Configured', `DNS of every domain leads to ${endpoint}`), move: { is: 'settled' } };
  const problems = [...missing.map((name) => `${name} has no record`), ...wrong.map((name) => problemOf(name, observed.names[name], endpoint))];
  if (problems.length === 0) return { condition: verdict('Unknown', 'Unknown', `DNS of ${unknown.join(', ')} could not be read; looking again`), move: { is: 'waiting', on: 'customer' } };
  const isOld = wrong.length > 0 && wrong.every((name) => observed.names[name]?.group !== undefined);
  const reason = isOld ? 'StillAtOldEndpoint' : wrong.length > 0 ? 'PointsElsewhere' : found.length > 0 ? 'PartlyConfigured' : 'NotConfigured';
  const condition = verdict('False', reason, `${problems.join('; ')}; see status.dnsRecords for what to set and when`);
  return { condition, move: { is: 'waiting', on: 'customer' } };
};
