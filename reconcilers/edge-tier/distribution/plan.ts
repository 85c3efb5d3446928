import type { Decision, Verdict } from '../../contract.ts';
import type { Seen } from '../../failure.ts';
import type { Blueprint } from '../../ports/fleet.ts';

export const concern = 'DistributionReady';

/** The blueprint, or undefined where the account has none by that id. */
export type DistributionObserved = Seen<Blueprint | undefined>;

const verdict = (status: Verdict['status'], reason: Verdict['reason'], message: string): Verdict => ({ type: concern, status, reason, message });

const mend = (reason: Verdict['reason'], message: string): Decision<never> => ({ condition: verdict('False', reason, message), move: { is: 'waiting', on: 'person' } });

/**
 * Judges the blueprint; it is never changed. `publishedArn` is what the status says of a distribution that was ready before: its own
 * changes being deployed are no reason to hold tenants back, which go on being served.
 */
export const planDistribution = (distributionId: string, observed: DistributionObserved, publishedArn: string | undefined): Decision<never> => {
  if (!observed.known) {
    const { failure } = observed;
    return { condition: verdict('Unknown', failure.reason, failure.message), move: { is: 'unseen', failure } };
  }
  const blueprint = observed.value;
  if (blueprint === undefined) return mend('DistributionNotFound', `spec.distributionId: this AWS account has no distribution ${distributionId}`);
  if (!blueprint.tenantOnly) return mend('DistributionNotMultiTenant', `distribution ${distributionId} is a standard one: name a multi-tenant distribution (connection mode tenant-only)`);
  if (!blueprint.enabled) return mend('DistributionDisabled', `distribution ${distributionId} is disabled, so that none of its tenants is served: enable it`);
  if (blueprint.deployed) return { condition: verdict('True', 'Found', `distribution ${distributionId} is multi-tenant, enabled and deployed`), move: { is: 'settled' } };
  const known = publishedArn === blueprint.arn;
  const message = `distribution ${distributionId} is being deployed${known ? '; its tenants are served as before meanwhile' : ''}`;
  return { condition: verdict(known ? 'True' : 'False', 'DistributionDeploying', message), move: { is: 'waiting', on: 'aws' } };
};
