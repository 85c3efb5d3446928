import type { ConnectionGroup } from '../../../crds/types.ts';
import { type Marks, type Owner, owns } from '../../aws/mark.ts';
import { connectionGroupSummaryFrom } from '../../aws/summaries.ts';
import type { Look } from '../../contract.ts';
import { seen, unlessMissing } from '../../failure.ts';
import type { ConnectionGroupSummary, Freshness } from '../../ports/fleet.ts';
import { accountDefaultGroup } from '../../tier-facts.ts';
import { concern, type ConnectionGroupsObserved, type Groups, type GroupSeen, groupPartOf, type OwnGroup, type StrangeGroup } from './connection-group.ts';
import { type Customer, type UsagePorts, usageReader } from './usage/observe.ts';

/** Where to look. `customers`: whose DNS is asked before a group is deleted. */
export type ConnectionGroupsAddress = { readonly owner: Owner; readonly groups: readonly ConnectionGroup[]; readonly customers: readonly Customer[] };

type Ports = UsagePorts & { readonly marks: Marks };

/** A list this young is not read again for a group that it does not show. */
const newsWithinMs = 5_000;

/** A group with the settings that lists do not show. */
type Whole = Pick<OwnGroup, 'group' | 'ipv6'>;

/** Reads a group whole once per version and process, and again whenever AWS itself is to be looked at; undefined where it is gone. */
const wholeReader = ({ aws, fleet }: Ports) => {
  const known = new Map<string, { readonly etag: string; readonly ipv6: boolean }>();
  return async (listed: ConnectionGroupSummary, look: Look): Promise<Whole | undefined> => {
    const before = known.get(listed.id);
    if (look.depth(concern) === 'shared' && before?.etag === listed.etag) return { group: listed, ipv6: before.ipv6 };
    known.delete(listed.id);
    const answer = await unlessMissing(aws.getConnectionGroup({ Identifier: listed.id }, look.signal), ['EntityNotFound']);
    if (answer === undefined) {
      fleet.connectionGroups.drop(listed.id);
      return undefined;
    }
    const group = connectionGroupSummaryFrom(answer.ConnectionGroup ?? {}, answer.ETag);
    const ipv6 = answer.ConnectionGroup?.Ipv6Enabled ?? true;
    known.set(group.id, { etag: group.etag, ipv6 });
    fleet.connectionGroups.put(group);
    return { group, ipv6 };
  };
};

/** Looks at the tier's groups: those it names, for want of any the account's default group, and its own, also those that nobody remembers. */
export const connectionGroupObserver = (ports: Ports): ((address: ConnectionGroupsAddress, look: Look) => Promise<ConnectionGroupsObserved>) => {
  const { fleet, marks, now } = ports;
  const wholeOf = wholeReader(ports);
  const usageOf = usageReader(ports);

  /** CloudFront makes it with the first tenant, whose coming wakes the tier, and no list of before shows it. */
  const defaultGroup = async ({ notBefore, signal }: Freshness): Promise<ConnectionGroupSummary | undefined> => {
    const news = new Date(Math.max(notBefore.getTime(), now().getTime() - newsWithinMs));
    const [group] = await fleet.connectionGroups.where('default', 'true', { notBefore, signal });
    return group ?? (await fleet.connectionGroups.where('default', 'true', { notBefore: news, signal }))[0];
  };

  const usedOf = async (groups: readonly ConnectionGroup[], fresh: Freshness): Promise<readonly GroupSeen[]> => {
    if (groups.length === 0) {
      const group = await defaultGroup(fresh);
      return [{ name: accountDefaultGroup, id: group?.id, group }];
    }
    const existing = groups.flatMap(({ name, id }) => (id === undefined ? [] : [{ name, id }]));
    return Promise.all(existing.map(async ({ name, id }) => ({ name, id, group: await fleet.connectionGroups.get(id, fresh) })));
  };

  const ownOf = async (name: string, listed: ConnectionGroupSummary, { owner, customers }: ConnectionGroupsAddress, look: Look): Promise<Pick<Groups, 'own' | 'strange'>> => {
    const strange: StrangeGroup = { name, group: { name: listed.name, arn: listed.arn } };
    if (!owns(owner, await marks.of(listed.arn, look.signal))) return { own: [], strange: [strange] };
    const whole = await wholeOf(listed, look);
    return { own: whole === undefined ? [] : [{ name, ...whole, usage: await seen(usageOf(whole.group, customers, look)) }], strange: [] };
  };

  /** A group that the spec names by its id is used as it is, whoever made it once. */
  const oursOf = async (address: ConnectionGroupsAddress, fresh: Freshness, look: Look): Promise<Pick<Groups, 'own' | 'strange'>> => {
    const candidates = (await fleet.connectionGroups.all(fresh)).filter(({ id, isDefault }) => !isDefault && address.groups.every((group) => group.id !== id));
    const named = candidates.flatMap((group) => {
      const name = groupPartOf(address.owner, group.name);
      return name === undefined ? [] : [{ name, group }];
    });
    const all = await Promise.all(named.toSorted((a, b) => (a.name < b.name ? -1 : 1)).map(({ name, group }) => ownOf(name, group, address, look)));
    return { own: all.flatMap(({ own }) => own), strange: all.flatMap(({ strange }) => strange) };
  };

  return (address, look) => {
    const fresh: Freshness = { notBefore: look.notBefore(concern), signal: look.signal };
    const observe = async (): Promise<Groups> => {
      const [used, ours] = await Promise.all([usedOf(address.groups, fresh), oursOf(address, fresh, look)]);
      const managed = address.groups.filter(({ type }) => type === 'Managed').map(({ name }) => name);
      return { used, managed, ...ours, refusals: look.refusals.filter(({ action }) => action.concern === concern) };
    };
    return seen(observe());
  };
};
