import type { DomainName } from '../../../crds/domain-name.ts';

export const concern = 'DNSConfigured';

/**
 * What our DNS said of one name. `values` are what was found there, sorted. `group`, of a mismatch: the name of another connection group of
 * this account that it leads to, and that goes on serving it.
 */
export type Sight = { readonly state: 'Unknown' | 'Missing' | 'Mismatch' | 'Found'; readonly values: readonly string[]; readonly group?: string };

/** One record a customer is asked for, of which only the presence is judged. */
export type WantedRecord = { readonly name: string; readonly value: string };

/**
 * `names`: does each lead to the endpoint? `records`: is each there? `apex`: a name that is a zone of its own, where DNS allows no CNAME;
 * undefined where nobody could say.
 */
export type TrafficObserved = {
  readonly names: Readonly<Record<DomainName, Sight & { readonly apex: boolean | undefined }>>;
  readonly records: Readonly<Record<string, Sight>>;
};

/** Whether these are addresses, and not names: no name that is asked for ends in a digit or holds a colon. */
export const areAddresses = (values: readonly string[]): boolean => values.length > 0 && values.every((value) => /^[\d.]+$|:/.test(value));
