import type { TenantDomain } from '../../../crds/types.ts';
import type { CallLogEntry } from '../aws/calls.ts';
import type { Inspect } from '../aws/inspect.ts';
import { tagKeys } from '../../../reconcilers/aws/mark.ts';
import { keyOf } from './cast.ts';

/** As much of a line of the call log as says whose it is. */
export type Call = Pick<CallLogEntry, 'caller' | 'operation' | 'subject'>;

/** Calls by operation, the most frequent first. */
export type Tally = readonly (readonly [operation: string, calls: number])[];

/** The controller's calls: those about one tenant, by `namespace/name`, or one tier, and those that serve all of them at once. */
export type Accounts = { readonly own: ReadonlyMap<string, Tally>; readonly shared: Tally };

const tallyOf = (calls: readonly Call[]): Tally => {
  const counts = Object.entries(Object.groupBy(calls, ({ operation }) => operation)).map(([operation, same = []]) => [operation, same.length] as const);
  return counts.toSorted(([a, many], [b, more]) => more - many || (a < b ? -1 : 1));
};

/** Sorts the calls of a log to the tenants that they were about, where `ownerOf` knows one. What a person did in the console is left out. */
export const accountsOf = (log: readonly Call[], ownerOf: (subject: string) => string | undefined): Accounts => {
  const calls = log.filter(({ caller }) => caller !== 'operator').map((call) => ({ call, owner: call.subject === undefined ? undefined : ownerOf(call.subject) }));
  const owners = [...new Set(calls.flatMap(({ owner }) => owner ?? []))].toSorted();
  const tallyFor = (wanted: string | undefined): Tally => tallyOf(calls.filter(({ owner }) => owner === wanted).map(({ call }) => call));
  return { own: new Map(owners.map((owner) => [owner, tallyFor(owner)])), shared: tallyFor(undefined) };
};

/** Whose a domain or anything in AWS is (by name, id or ARN), by the tags that it carries: a tenant's key, or `tier <name>`. */
export const ownersIn = (inspect: Pick<Inspect, 'tenants' | 'certificates' | 'webAcls' | 'ipSets' | 'connectionGroups'>, tenants: readonly TenantDomain[]): ((subject: string) => string | undefined) => {
  const owners = new Map(tenants.flatMap((tenant) => tenant.spec.domains.map((domain) => [domain, keyOf(tenant)] as const)));
  const claim = (tags: Readonly<Record<string, string>>, subjects: readonly string[]): void => {
    const owner = tags[tagKeys.owner];
    if (owner !== undefined) for (const subject of subjects) owners.set(subject, owner.replace(/^\//, 'tier '));
  };
  for (const { tags, name, id, arn } of [...inspect.tenants(), ...inspect.webAcls(), ...inspect.ipSets(), ...inspect.connectionGroups()]) claim(tags, [name, id, arn]);
  for (const { tags, arn } of inspect.certificates()) claim(tags, [arn]);
  return (subject) => owners.get(subject);
};

const totalOf = (tally: Tally): number => tally.reduce((sum, [, calls]) => sum + calls, 0);

/** One line for each of these, one for what they share, and how many there were in all. */
export const accountLines = ({ own, shared }: Accounts, keys: readonly string[]): readonly string[] => {
  const rows = [...keys.map((key) => [key, own.get(key) ?? []] as const), ['shared', shared] as const];
  const width = Math.max(...rows.map(([who]) => who.length));
  const lines = rows.map(([who, tally]) => {
    const operations = tally.map(([operation, calls]) => `${operation} ${calls}`).join(', ');
    return `${who.padEnd(width)}  ${String(totalOf(tally)).padStart(3)}  ${operations}`.trimEnd();
  });
  return [...lines, `${'total'.padEnd(width)}  ${String(rows.reduce((sum, [, tally]) => sum + totalOf(tally), 0)).padStart(3)}`];
};
