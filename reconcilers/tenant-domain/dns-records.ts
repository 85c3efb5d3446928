import { type DomainName, sortedNames } from '../../crds/domain-name.ts';
import type { DnsRecord } from '../../crds/types.ts';
import type { Certificate, ValidationRecord } from './certificate/certificate.ts';
import { challenged, challengeNameOf, challengeSight } from './challenge.ts';
import type { Sight, TrafficObserved } from './traffic/traffic.ts';

/**
 * `endpoint` is undefined until the connection group is known. `served`: the names that are served as soon as DNS points here. `moving`: those
 * still reached through another connection group, so that pointing here would be an outage. `validatedBy` traffic: the
 * certificate is issued only once DNS points here, so that nobody can wait until a name is served.
 */
export type RecordsInput = {
  readonly names: readonly DomainName[];
  readonly endpoint: string | undefined;
  readonly served: readonly string[];
  readonly moving: readonly string[];
  readonly validatedBy: 'records' | 'traffic';
  readonly certificates: readonly Certificate[];
  readonly traffic: TrafficObserved;
};

const unseen: Sight = { state: 'Unknown', values: [] };

const sightOf = ({ state, values }: Sight): Pick<DnsRecord, 'state'> & { readonly observed?: readonly string[] } =>
  state === 'Found' || values.length === 0 ? { state } : { state, observed: values };

const advice = ({ state, values, group }: Sight, value: string): { readonly message?: string } => {
  if (state !== 'Mismatch') return {};
  const meanwhile = group === undefined ? '' : ` (connection group "${group}", which goes on serving)`;
  return { message: `points at ${values.join(', ')}${meanwhile}: change it to ${value}` };
};

const validationRecord = (record: ValidationRecord, traffic: TrafficObserved): DnsRecord => {
  const sight = traffic.records[record.name] ?? unseen;
  return {
    type: 'CNAME', name: record.name, value: record.value, domains: [...record.domains], purpose: 'CertificateValidation',
    action: sight.state === 'Found' ? 'Keep' : 'Add', ...sightOf(sight), ...advice(sight, record.value),
  };
};

const trafficRecord = (name: DomainName, endpoint: string, { traffic, served, moving, validatedBy }: RecordsInput): DnsRecord => {
  const sight = traffic.names[name] ?? { ...unseen, apex: false };
  const mayPoint = !moving.includes(name) && (validatedBy === 'traffic' || served.includes(name));
  return {
    type: sight.apex ? 'ALIAS' : 'CNAME', name, value: endpoint, domains: [name], purpose: 'Traffic',
    action: sight.state === 'Found' ? 'Keep' : mayPoint ? 'Add' : 'AddWhenReady', ...sightOf(sight), ...advice(sight, endpoint),
  };
};

/** What proves to CloudFront that a name without a CNAME shall lead to the endpoint. */
const challengeRecord = (name: DomainName, endpoint: string, traffic: TrafficObserved): DnsRecord => {
  const sight = challengeSight(name, traffic) ?? unseen;
  return {
    type: 'TXT', name: challengeNameOf(name), value: endpoint, domains: [name], purpose: 'CertificateValidation',
    action: sight.state === 'Found' ? 'Keep' : 'Add', ...sightOf(sight), ...advice(sight, endpoint),
  };
};

/** Each record once, for all the names that it proves: certificates that overlap ask for the same ones. */
const merged = (records: readonly ValidationRecord[]): readonly ValidationRecord[] =>
  [...Map.groupBy(records, ({ name }) => name).values()].flatMap(([first, ...rest]) => (first ? [{ ...first, domains: sortedNames([first, ...rest].flatMap(({ domains }) => domains)) }] : []));

/** What the customer's DNS needs, one entry per record however many names share it; sorted, so that equal states are equal lists. */
export const dnsRecordsOf = (input: RecordsInput): readonly DnsRecord[] => {
  const validation = merged(input.certificates.flatMap(({ records }) => records ?? [])).map((record) => validationRecord(record, input.traffic));
  const { endpoint, names, validatedBy } = input;
  const traffic = endpoint === undefined ? [] : names.map((name) => trafficRecord(name, endpoint, input));
  const challenges = endpoint === undefined || validatedBy === 'records' ? [] : challenged(names, input.traffic).map((name) => challengeRecord(name, endpoint, input.traffic));
  return [...validation, ...traffic, ...challenges].toSorted((a, b) => (`${a.name} ${a.type}` < `${b.name} ${b.type}` ? -1 : 1));
};

/** The validation records that a status shows, as hints for the next look. */
export const validationRecordsIn = (records: readonly DnsRecord[] | undefined): readonly ValidationRecord[] =>
  (records ?? []).filter(({ purpose, type }) => purpose === 'CertificateValidation' && type === 'CNAME').map(({ name, value, domains }) => ({ name, value, domains: domains as readonly DomainName[] }));
