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
  managedValidationMs: [10 * seconds, 15 * seconds],
};

/** As much of an EdgeTier's spec, as a person writes it, as names something in AWS. */
export type TierOrder = Pick<EdgeTierSpec, 'distributionId' | 'connectionGroups' | 'parameters'> & { readonly webACL?: EdgeTierSpec['webACL'] };

type ParameterOrder = { readonly Name: string; readonly Definition: { readonly StringSchema: { readonly Required: boolean } } };

/** The parameters that a distribution defines: those that its tiers give values to. It asks every tenant for what each of them gives. */
const parametersOf = (tiers: readonly TierOrder[]): ParameterOrder[] => {
  const given = tiers.map(({ parameters = [] }) => parameters.map(({ name }) => name));
  return [...new Set(given.flat())].map((name) => ({ Name: name, Definition: { StringSchema: { Required: given.every((names) => names.includes(name)) } } }));
};

/**
 * Makes what the platform team has made in AWS before it wrote these tiers: their distributions, which define the parameters that the
 * tiers give values to, and the connection groups and web ACLs that are not the tiers' own, all under the ids that the tiers name.
 */
export const provideAccount = (operator: Operator, tiers: readonly TierOrder[]): void => {
  for (const [id, sharers] of Map.groupBy(tiers, ({ distributionId }) => distributionId)) operator.createDistribution({ id, parameters: parametersOf(sharers) });
  const named = tiers.flatMap(({ connectionGroups = [] }) => connectionGroups.flatMap(({ id, name }) => (id === undefined ? [] : [[id, name] as const])));
  for (const [id, name] of new Map(named)) operator.createConnectionGroup({ id, name });
  for (const arn of new Set(tiers.flatMap(({ webACL }) => webACL?.arn ?? []))) {
    const [name = '', id = ''] = arn.split('/').slice(-2);
    operator.createWebACL({ id, name });
  }
};
