import type { Groups } from '../../../reconcilers/edge-tier/connection-group/connection-group.ts';
import type { Observed } from '../../../reconcilers/edge-tier/plan.ts';
import type { Subject } from '../../../reconcilers/edge-tier/subject.ts';
import type { Blueprint, ConnectionGroupSummary } from '../../../reconcilers/ports/fleet.ts';
import { edgeTier } from '../builders.ts';

/** Distribution E2EXAMPLE: multi-tenant, enabled, deployed, without parameters. */
export const blueprint = (over: Partial<Blueprint> = {}): Blueprint => ({
  id: 'E2EXAMPLE', arn: 'arn:aws:cloudfront::111122223333:distribution/E2EXAMPLE', tenantOnly: true, enabled: true, deployed: true, certificateArn: undefined, parameters: [], ...over,
});

/** The account's default group. */
export const groupSummary = (over: Partial<ConnectionGroupSummary> = {}): ConnectionGroupSummary => ({
  id: 'cg_1', arn: 'arn:aws:cloudfront::111122223333:connection-group/cg_1', name: 'default', etag: 'E1', endpoint: 'd1.cloudfront.net', anycastIpListId: undefined, enabled: true, deployed: true, isDefault: true, ...over,
});

/** What a look at the groups of a tier shows that has none of its own. */
export const groupsSeen = (over: Partial<Groups> = {}): Groups => ({ used: [{ name: 'default', id: 'cg_1', group: groupSummary() }], managed: [], own: [], strange: [], refusals: [], ...over });

/** What a look at web ACLs shows where there is none of the tier's own, and the one it names exists. */
export const webAclSeen: Observed['webAcl'] = { existing: { known: true, value: true }, ours: { known: true, value: { acls: [], ipSets: [], strange: [], capacities: {}, refusals: [] } } };

/** The subject of tier `gold`, which nobody uses yet, and which has nothing of its own in AWS. */
export const subject = (over: Partial<Subject> = {}): Subject => ({
  owner: { installation: 'test', namespace: '', name: 'gold', uid: 'uid-1' }, generation: 1, deleting: false, spec: edgeTier().spec, status: undefined,
  tenants: { total: 0, ready: 0 }, users: [], customers: [], owns: { webAcls: false, groups: false }, ...over,
});

/** Everything as it should be. */
export const observed = (over: Partial<Observed> = {}): Observed => ({
  distribution: { known: true, value: blueprint() }, groups: { known: true, value: groupsSeen() }, webAcl: webAclSeen, claims: 0, ...over,
});
