import type { ConnectionGroup, ConnectionGroupStatus } from '../../../../crds/types.ts';
import { tagsFor } from '../../../../reconcilers/aws/mark.ts';
import { type ConnectionGroupsSpec, groupNameOf, type OwnGroup, type Usage } from '../../../../reconcilers/edge-tier/connection-group/connection-group.ts';
import type { ConnectionGroupsAddress } from '../../../../reconcilers/edge-tier/connection-group/observe.ts';
import type { ConnectionGroupSummary } from '../../../../reconcilers/ports/fleet.ts';
import { domains } from '../../builders.ts';
import { groupSummary } from '../builders.ts';

/** EdgeTier gold. */
export const tierOwner = { installation: 'test', namespace: '', name: 'gold', uid: 'uid-1' };

/** A group that the tier shall have of its own. */
export const managed = (name: string, settings?: ConnectionGroup['managed']): ConnectionGroup => ({ name, type: 'Managed', ...(settings === undefined ? {} : { managed: settings }) });

/** What is asked for, nothing of it told to tenants yet. */
export const asking = (groups: readonly ConnectionGroup[], published: readonly ConnectionGroupStatus[] = [], hasTenants = true): ConnectionGroupsSpec => ({ groups, published, hasTenants });

/** TenantDomain brand/shop with one name. */
export const shopper = { key: 'brand/shop', names: domains('shop.example.com') };

export const address = (groups: readonly ConnectionGroup[], over: Partial<ConnectionGroupsAddress> = {}): ConnectionGroupsAddress => ({ owner: tierOwner, groups, customers: [shopper], ...over });

export const unused: Usage = { tenants: [], pointing: [], unclear: [] };

/** The summary of a group of the tier's own: id cg_<name>, deployed and enabled. */
export const ownSummary = (name: string, over: Partial<ConnectionGroupSummary> = {}): ConnectionGroupSummary =>
  groupSummary({ id: `cg_${name}`, arn: `arn:aws:cloudfront::111122223333:connection-group/cg_${name}`, name: groupNameOf(tierOwner, name), endpoint: `${name}.cloudfront.net`, isDefault: false, ...over });

/** A group of the tier's own that nobody uses. */
export const own = (name: string, over: Partial<ConnectionGroupSummary> = {}, rest: Partial<Pick<OwnGroup, 'ipv6' | 'usage'>> = {}): OwnGroup => ({ name, group: ownSummary(name, over), ipv6: true, usage: { known: true, value: unused }, ...rest });

/** Its row, as tenants are told of it. */
export const row = (name: string, state: 'Active' | 'Retiring' = 'Active'): ConnectionGroupStatus => {
  const { id, arn, endpoint } = ownSummary(name);
  return { name, id, arn, endpoint, state };
};

/** An order for a group of the tier's own, as an earlier process made it. */
export const orderOf = (name: string) => ({ name: groupNameOf(tierOwner, name), tags: Object.fromEntries(tagsFor(tierOwner).map(({ Key, Value }) => [Key, Value])) });
