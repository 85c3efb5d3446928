import type { ConnectionGroup, EdgeTierStatus } from '../../../crds/types.ts';
import type { Action, Refusal, Verdict } from '../../contract.ts';
import type { Seen } from '../../failure.ts';
import { tierPartOf, tierResourceNameOf } from '../../names.ts';
import type { ConnectionGroupSummary } from '../../ports/fleet.ts';

/*
 * The connection groups of a tier. Existing ones and the account's default group are only judged. Managed ones are the tier's own:
 *
 *            create                  Deployed                       no longer in the spec
 *   absent ─────────> InProgress ─────────────> active ─────────────────────────────────────> retiring
 *     ^               (no endpoint              ^    │ update (spec, drift): the endpoint      │  │ ^
 *     │                is published)            └────┘ stays, and goes on serving              │  │ │ somebody uses it after
 *     │                    ^                                 in the spec again: enabled again  │  │ │ all: enabled again
 *     │                    └───────────────────────────────────────────────────────────────────┘  │ │
 *     │                                                                                           v │
 *     └──────────── delete ──────────── disabled, Deployed <── disable ── no tenant has it, no customer's DNS leads to it
 *
 * Whoever still follows an endpoint that is gone is down, and nobody gets an endpoint back: so every question that failed counts as a
 * use, and a group is told to be retiring before it is disabled, so that no tenant is being placed in it at that moment.
 */

export const concern = 'ConnectionGroupsReady';

/** A group that the tier uses as it is, by the tier's name for it; `group` is undefined where AWS has none by that id. */
export type GroupSeen = { readonly name: string; readonly id: string | undefined; readonly group: ConnectionGroupSummary | undefined };

/**
 * Who needs a group. `tenants`: names of those assigned to it. `pointing`: customers, as `namespace/name`, whose DNS leads to it;
 * `unclear`: those of whose DNS nobody could say. DNS is asked only where there are no tenants. All sorted. `cachedUntil`: for so long
 * resolvers may go on giving the answers that lead to it, though our DNS gives others; absent where nobody asks.
 */
export type Usage = { readonly tenants: readonly string[]; readonly pointing: readonly string[]; readonly unclear: readonly string[]; readonly cachedUntil?: Date };

/** One group of the tier's own, by the tier's name for it. */
export type OwnGroup = { readonly name: string; readonly group: ConnectionGroupSummary; readonly ipv6: boolean; readonly usage: Seen<Usage> };

/** A group under a name of ours without our mark. */
export type StrangeGroup = { readonly name: string; readonly group: Pick<ConnectionGroupSummary, 'name' | 'arn'> };

/**
 * What is there. `used`: Existing groups, or the default one. `managed`: the names that the spec has of its own. `own`: sorted by name,
 * those that no spec names included. `refusals`: our actions that failed lately.
 */
export type Groups = {
  readonly used: readonly GroupSeen[];
  readonly managed: readonly string[];
  readonly own: readonly OwnGroup[];
  readonly strange: readonly StrangeGroup[];
  readonly refusals: readonly Refusal[];
};

export type ConnectionGroupsObserved = Seen<Groups>;

/** `published` is the status: a hint of what tenants were told (R11). `hasTenants`: some name the tier, wherever they are served by now. */
export type ConnectionGroupsSpec = { readonly groups: readonly ConnectionGroup[]; readonly published: EdgeTierStatus['connectionGroups']; readonly hasTenants: boolean };

/** What a group is set to, but for `Enabled`. */
export type GroupConfig = { readonly ipv6: boolean; readonly anycastIpListId: string | undefined };

type Base = Action & { readonly name: string };
type Known = { readonly id: string; readonly etag: string };
export type CreateGroup = Base & { readonly verb: 'CreateConnectionGroup'; readonly config: GroupConfig };
/** Enables it, too. `dropsList`: it has an Anycast list that it shall have no longer. */
export type UpdateGroup = Base & Known & { readonly verb: 'UpdateConnectionGroup'; readonly config: GroupConfig; readonly dropsList: boolean };
export type DisableGroup = Base & Known & { readonly verb: 'DisableConnectionGroup'; readonly config: GroupConfig };
export type DeleteGroup = Base & Known & { readonly verb: 'DeleteConnectionGroup' };
export type ConnectionGroupAction = CreateGroup | UpdateGroup | DisableGroup | DeleteGroup;

type Named = { readonly installation: string; readonly name: string };

/** The name in AWS of a tier's own group (R1). */
export const groupNameOf = ({ installation, name: tier }: Named, group: string): string => tierResourceNameOf({ installation, tier }, 'group', group);

/** The tier's name for its group by this name in AWS, undefined where it is none. */
export const groupPartOf = ({ installation, name: tier }: Named, name: string): string | undefined => tierPartOf({ installation, tier }, 'group', name);

/** The configuration that a group has. */
export const configOf = ({ group, ipv6 }: Pick<OwnGroup, 'group' | 'ipv6'>): GroupConfig => ({ ipv6, anycastIpListId: group.anycastIpListId });

/** Whether tenants were told of this group: what is deployed later is no reason to take it from them. */
export const isPublished = (name: string, { id }: Pick<ConnectionGroupSummary, 'id'>, published: EdgeTierStatus['connectionGroups']): boolean =>
  (published ?? []).some((row) => row.name === name && row.id === id && row.endpoint !== undefined && row.state !== 'Retiring');

/** Whether nothing is served through a group that is not the tier's own: it is disabled, or was, as published, and is not deployed again. */
export const isOff = (group: ConnectionGroupSummary, published: EdgeTierStatus['connectionGroups']): boolean =>
  !group.enabled || (!group.deployed && (published ?? []).some(({ id, state }) => id === group.id && state === 'Disabled'));

/** The code of a failure that AWS did not call one: it took an update and left a setting as it was. */
export const settingNotTaken = 'SettingNotTaken';

/** What a condition of this concern says. */
export const say = (status: Verdict['status'], reason: Verdict['reason'], message: string): Verdict => ({ type: concern, status, reason, message });
