import type { DnsRecord, TenantDomain } from '../../crds/types.ts';
import type { Zones } from './dns/zones.ts';

/** How a customer treats the records that they are asked for. */
export type Habit = {
  /** How long a record of a certificate waits from the moment that the status first asks for it. Traffic is switched at once. */
  readonly addsAfterMs: number;
  /** Where they point their traffic by mistake, and never notice. */
  readonly pointsAt?: string;
};

/** One record that a customer has added, or set `instead` of what they were asked for before. */
export type Added = { readonly key: string; readonly type: DnsRecord['type']; readonly name: string; readonly value: string; readonly instead: boolean };

/** What an ALIAS of an endpoint resolves to, and the endpoint too (RFC 5737: an address of nobody). */
const endpointAddress = '192.0.2.80';

/**
 * The customers of a platform, who read nothing but `status.dnsRecords` and do what it asks for now (`action: Add`), each in their own
 * way. What they have set they leave as it is, until they are asked for another value.
 */
export class Customers {
  readonly #zones: Zones;
  readonly #habitOf: (key: string) => Habit;
  readonly #askedAtMs = new Map<string, number>();
  /** The value that was asked for when a record was last set. */
  readonly #done = new Map<string, string>();

  constructor(zones: Zones, habitOf: (key: string) => Habit) {
    this.#zones = zones;
    this.#habitOf = habitOf;
  }

  /** Lets every customer look at their status now, and returns what they have added. */
  look(tenants: readonly TenantDomain[], now: Date): readonly Added[] {
    return tenants.flatMap((tenant) => {
      const key = `${tenant.metadata.namespace ?? ''}/${tenant.metadata.name}`;
      const asked = tenant.status?.dnsRecords?.filter(({ action }) => action === 'Add') ?? [];
      return asked.flatMap((record) => this.#consider(key, record, now.getTime()));
    });
  }

  #consider(key: string, record: DnsRecord, nowMs: number): readonly Added[] {
    const { addsAfterMs, pointsAt } = this.#habitOf(key);
    const { type, name, purpose } = record;
    const id = `${key} ${type} ${name}`;
    const askedAtMs = this.#askedAtMs.get(id) ?? nowMs;
    this.#askedAtMs.set(id, askedAtMs);
    const isTraffic = purpose === 'Traffic';
    const before = this.#done.get(id);
    if (before === record.value || nowMs - askedAtMs < (isTraffic ? 0 : addsAfterMs)) return [];
    const value = isTraffic ? (pointsAt ?? record.value) : record.value;
    this.#set(type, name, value);
    this.#done.set(id, record.value);
    return [{ key, type, name, value, instead: before !== undefined }];
  }

  #set(type: DnsRecord['type'], name: string, value: string): void {
    if (type !== 'ALIAS') {
      this.#zones.set(name, type, [value]);
      return;
    }
    for (const owner of [name, value]) this.#zones.set(owner, 'A', [endpointAddress]);
  }
}
