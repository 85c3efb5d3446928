import type { DomainName } from '../../../crds/domain-name.ts';
import type { Decision, Desired, Verdict } from '../../contract.ts';
import { concern, type TrafficObserved } from './traffic.ts';

export type TrafficSpec = { readonly names: readonly DomainName[]; readonly endpoint: string | undefined };

const verdict = (status: Verdict['status'], reason: Verdict['reason'], message: string): Verdict => ({ type: concern, status, reason, message });

/** Judges what the customer's DNS says; it never acts, it only looks again. */
export const planTraffic = (desired: Desired<TrafficSpec>, observed: TrafficObserved): Decision<never> => {
  if (desired.is === 'held') return { condition: verdict('Unknown', desired.reason, desired.message), move: { is: 'waiting', on: desired.on } };
  if (desired.is === 'absent') return { condition: verdict('Unknown', 'Deleting', 'DNS is not looked at while the TenantDomain is being deleted'), move: { is: 'gone' } };
  const { names, endpoint } = desired.spec;
  if (endpoint === undefined) return { condition: verdict('Unknown', 'Unknown', 'the endpoint that DNS should point at is not known yet'), move: { is: 'waiting', on: 'reference' } };
  const inState = (state: string): readonly DomainName[] => names.filter((name) => observed.names[name]?.state === state);
  const [found, unknown] = [inState('Found'), inState('Unknown')];
  if (found.length === names.length) return { condition: verdict('True', 'Configured', `DNS of every domain leads to ${endpoint}`), move: { is: 'settled' } };
  const missing = inState('Missing').map((name) => `${name} has no record`);
  const wrong = inState('Mismatch').map((name) => `${name} leads to ${observed.names[name]?.values.join(', ') ?? 'somewhere else'}`);
  const problems = [...missing, ...wrong];
  if (problems.length === 0) return { condition: verdict('Unknown', 'Unknown', `DNS of ${unknown.join(', ')} could not be read; looking again`), move: { is: 'waiting', on: 'customer' } };
  const condition = verdict('False', wrong.length > 0 ? 'PointsElsewhere' : found.length > 0 ? 'PartlyConfigured' : 'NotConfigured', `${problems.join('; ')}; see status.dnsRecords for what to set and when`);
  return { condition, move: { is: 'waiting', on: 'customer' } };
};
