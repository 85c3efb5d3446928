import type { Look } from '../../contract.ts';
import { seen } from '../../failure.ts';
import type { Fleet } from '../../ports/fleet.ts';
import { concern, type DistributionObserved } from './plan.ts';

/** Looks at the tier's multi-tenant distribution: one shared read, whatever the number of tiers and tenants. */
export const distributionObserver = (fleet: Fleet) => (distributionId: string, look: Look): Promise<DistributionObserved> =>
  seen(fleet.blueprints.get(distributionId, { notBefore: look.notBefore(concern), signal: look.signal }));
