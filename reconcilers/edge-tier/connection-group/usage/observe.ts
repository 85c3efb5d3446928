import type { DomainName } from '../../../../crds/domain-name.ts';
import type { Look } from '../../../contract.ts';
import { stillLeadsTo } from '../../../dns-chain.ts';
import { Failure, unlessMissing } from '../../../failure.ts';
import type { Aws } from '../../../ports/aws.ts';
import type { Dns } from '../../../ports/dns.ts';
import type { ConnectionGroupSummary, Fleet } from '../../../ports/fleet.ts';
import { concern, type Usage } from '../connection-group.ts';

/** A TenantDomain, as `namespace/name`, and the names of which DNS is asked before a group is deleted. */
export type Customer = { readonly key: string; readonly names: readonly DomainName[] };

/** `groupLingerMs`: how long a group is kept after the last sight of a use, since resolvers keep answers for their TTL. */
export type UsagePorts = { readonly aws: Aws; readonly fleet: Fleet; readonly dns: Dns; readonly now: () => Date; readonly groupLingerMs: number };

// Any page size will do; a page of a filtered list may be empty and have a successor.
const pageItems = 100;

/** Names asked about at once: a resolver needs a socket for each question. */
const batchNames = 50;

/** The first tenants in a group, as AWS itself says now: one is enough to keep it. */
const tenantsIn = async (aws: Aws, id: string, signal: AbortSignal): Promise<readonly string[]> => {
  const seen = new Set<string>();
  for (let marker: string | undefined; ; ) {
    const input = { AssociationFilter: { ConnectionGroupId: id }, MaxItems: pageItems, ...(marker === undefined ? {} : { Marker: marker }) };
    const page = await unlessMissing(aws.listDistributionTenants(input, signal), ['EntityNotFound']);
    const names = (page?.DistributionTenantList ?? []).map(({ Name }) => Name ?? '');
    marker = page?.NextMarker;
    if (names.length > 0 || !marker) return names.toSorted();
    if (seen.has(marker)) throw new Failure({ kind: 'transient', reason: 'AWSError', code: 'RepeatedMarker', message: `list the tenants of connection group ${id}: a page's marker was given before` });
    seen.add(marker);
  }
};

const dnsOf = async (dns: Dns, endpoint: string, customers: readonly Customer[], signal: AbortSignal): Promise<Pick<Usage, 'pointing' | 'unclear'>> => {
  const questions = customers.flatMap(({ key, names }) => names.map((name) => ({ key, name })));
  const keys = { yes: new Set<string>(), perhaps: new Set<string>(), no: new Set<string>() };
  for (let from = 0; from < questions.length; from += batchNames) {
    const batch = questions.slice(from, from + batchNames);
    await Promise.all(batch.map(async ({ key, name }) => keys[await stillLeadsTo(dns, name, endpoint, signal)].add(key)));
  }
  return { pointing: [...keys.yes].toSorted(), unclear: [...keys.perhaps].filter((key) => !keys.yes.has(key)).toSorted() };
};

/**
 * Looks at who needs a group. Tenants come from the fleet's list; where that has none, a look at AWS itself asks AWS. Only a group without
 * tenants is worth asking DNS about, which costs no AWS call. What this process has not seen before may have been used just now.
 */
export const usageReader = ({ aws, fleet, dns, now, groupLingerMs }: UsagePorts): ((group: ConnectionGroupSummary, customers: readonly Customer[], look: Look) => Promise<Usage>) => {
  const lastUsed = new Map<string, Date>();
  return async ({ id, endpoint }, customers, look) => {
    const { signal } = look;
    // However old: what must be certain is asked of AWS below. Without a complete list nobody would seem to be there.
    const known = (await fleet.tenants.where('connectionGroup', id, { notBefore: new Date(0), signal })).map(({ name }) => name).toSorted();
    const tenants = known.length > 0 || look.depth(concern) === 'shared' ? known : await tenantsIn(aws, id, signal);
    const pointers = tenants.length > 0 ? { pointing: [], unclear: [] } : await dnsOf(dns, endpoint, customers, signal);
    const isUsed = tenants.length + pointers.pointing.length + pointers.unclear.length > 0;
    if (isUsed || !lastUsed.has(id)) lastUsed.set(id, now());
    const cachedUntil = new Date((lastUsed.get(id) ?? now()).getTime() + groupLingerMs);
    return { tenants, ...pointers, ...(customers.length === 0 ? {} : { cachedUntil }) };
  };
};
