import type { EdgeTierSpec } from '../../../crds/types.ts';
import type { Knobs } from '../aws/knobs.ts';
import type { Operator } from '../aws/operator.ts';

const seconds = 1_000;

/** AWS in a hurry: minutes would be nearer to the truth, and longer than anybody watches. */
export const hurry: Partial<Knobs> = {
  tenantDeployMs: [5 * seconds, 10 * seconds],
  validationRecordMs: [3 * seconds, 6 * seconds],
  dnsValidationMs: [10 * seconds, 15 * seconds],
  dnsCheckIntervalMs: 5 * seconds,
};

/** As much of an EdgeTier's spec, as a person writes it, as names something in AWS. */
export type TierOrder = Pick<EdgeTierSpec, 'distributionId' | 'connectionGroups' | 'parameters'> & { readonly webACL?: EdgeTierSpec['webACL'] };

/**
 * Makes what the platform team has made in AWS before it wrote these tiers: their distributions, which define the parameters that the
 * tiers give values to, their connection groups and web ACLs, all under the ids that the tiers name.
 */
export const provideAccount = (operator: Operator, tiers: readonly TierOrder[]): void => {
  for (const { distributionId, parameters = [] } of tiers) {
    const definitions = parameters.map(({ name }) => ({ Name: name, Definition: { StringSchema: { Required: true } } }));
    operator.createDistribution({ id: distributionId, parameters: definitions });
  }
  const groups = new Map(tiers.flatMap(({ connectionGroups = [] }) => connectionGroups.map(({ id, name }) => [id, name] as const)));
  for (const [id, name] of groups) operator.createConnectionGroup({ id, name });
  for (const arn of new Set(tiers.flatMap(({ webACL }) => webACL?.arn ?? []))) {
    const [name = '', id = ''] = arn.split('/').slice(-2);
    operator.createWebACL({ id, name });
  }
};
