import type { Look } from '../../contract.ts';
import { type Seen, seen } from '../../failure.ts';
import type { Blueprint, Fleet } from '../../ports/fleet.ts';

export const concern = 'DistributionReady';

/** The blueprint, or undefined where the account has none by that id. */
export type DistributionObserved = Seen<Blueprint | undefined>;

/** Looks at the tier's multi-tenant distribution: one shared read, whatever the number of tiers and tenants. */
export const distributionObserver = (fleet: Fleet) => (distributionId: string, look: Look): Promise<DistributionObserved> =>
  seen(fleet.blueprints.get(distributionId, { notBefore: look.notBefore(concern), signal: look.signal }));
