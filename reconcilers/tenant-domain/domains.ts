import type { DomainStatus } from '../../crds/types.ts';
import type { StatusInput } from '../contract.ts';
import type { Judged } from '../summary.ts';
import type { TenantDomainKind } from './kind.ts';
import { tenantOf } from './observed.ts';

type Input = StatusInput<TenantDomainKind>;

/** The names on the tenant, and whether each is served: as last seen where the tenant could not be read. */
const presentNames = ({ object, subject, observed }: Input): readonly { readonly name: string; readonly active: boolean }[] => {
  if (!observed.tenant.tenant.known) return (object.status?.domains ?? []).map(({ name, state }) => ({ name, active: state === 'Active' }));
  const tenant = tenantOf(observed);
  const isOff = subject.accepted.is === 'accepted' && subject.accepted.wants.group?.trouble !== undefined;
  // CloudFront may call a name active before it has deployed a new tenant anywhere.
  const hasServed = tenant?.deployed === true || (object.status?.domains ?? []).some(({ state }) => state === 'Active');
  return (tenant?.domains ?? []).map(({ name, active }) => ({ name, active: active && hasServed && tenant?.enabled === true && !isOff }));
};

/** The state of each name that is wanted, or is on the tenant still. */
export const domainsOf = (input: Input): readonly DomainStatus[] => {
  const { subject, observed, object } = input;
  if (subject.accepted.is === 'refused' && tenantOf(observed) === undefined) return object.status?.domains ?? [];
  const wanted: readonly string[] = subject.accepted.is === 'accepted' ? subject.accepted.wants.names : object.spec.domains;
  const present = presentNames(input);
  const names = [...new Set([...wanted, ...present.map(({ name }) => name)])].toSorted();
  return names.map((name): DomainStatus => {
    const active = present.some((domain) => domain.name === name && domain.active);
    const dns = Object.entries(observed.traffic.names).find(([asked]) => asked === name)?.[1].state;
    return { name, state: !wanted.includes(name) ? 'Removing' : active ? 'Active' : 'Pending', ownership: 'NotRequired', ...(dns === undefined ? {} : { dns }) };
  });
};

/**
 * The last gate of `Ready`: every wanted name is seen to be served, whatever the concerns conclude. One of them may not have been read,
 * and an answer of AWS may be older than our own last write.
 */
export const unserved = (input: Input): readonly Judged[] => {
  const { accepted } = input.subject;
  const present = presentNames(input);
  const missing = accepted.is === 'accepted' ? accepted.wants.names.filter((name) => !present.some((domain) => domain.name === name && domain.active)) : [];
  if (missing.length === 0) return [];
  return [{ verdict: { type: 'Ready', status: 'False', reason: 'Updating', message: `CloudFront does not serve ${missing.join(', ')} yet` }, turn: 'ours' }];
};
