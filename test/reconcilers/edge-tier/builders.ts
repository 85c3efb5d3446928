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
  id: 'cg_1', arn: 'arn:aws:cloudfront::111122223333:connection-group/cg_1', name: 'default', endpoint: 'd1.cloudfront.net', enabled: true, deployed: true, isDefault: true, ...over,
});

/** The subject of tier `gold`, which nobody uses yet. */
export const subject = (over: Partial<Subject> = {}): Subject => ({ generation: 1, deleting: false, spec: edgeTier().spec, status: undefined, tenants: { total: 0, ready: 0 }, users: [], ...over });

/** Everything as it should be. */
export const observed = (over: Partial<Observed> = {}): Observed => ({
  distribution: { known: true, value: blueprint() }, groups: { known: true, value: [{ name: 'default', id: 'cg_1', group: groupSummary() }] }, webAcl: { known: true, value: true }, ...over,
});
