import type { Reason } from '../../crds/reasons.ts';
import type { Parameter } from '../../crds/types.ts';
import type { ParameterDefinition, TierFacts } from '../tier-facts.ts';

type Problem = { readonly reason: Reason; readonly message: string };

/** The parameters to send, sorted by name, or what is wrong with them. */
export type Parameters = { readonly ok: true; readonly value: readonly Parameter[] } | { readonly ok: false; readonly problem: Problem };

const formats = {
  Label: /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/,
  Path: /^(\/[A-Za-z0-9_-][A-Za-z0-9._-]*)+$/,
} as const;

const quoted = (names: readonly string[]): string => (names.length === 0 ? 'none' : names.map((name) => `"${name}"`).join(', '));

const wrong = (reason: Reason, message: string): Parameters => ({ ok: false, problem: { reason, message } });

/** A tenant's value must be one that its tier lists, or have the form that its tier names: it reaches an origin's address. */
const deniedValue = ({ name, value }: Parameter, tier: TierFacts): string | undefined => {
  const rule = tier.spec.tenantOverrides?.parameters?.find((allowed) => allowed.name === name);
  if (rule === undefined) return `spec.parameters "${name}" is not allowed by tier "${tier.name}": remove it, or have the tier's tenantOverrides.parameters name it`;
  if (rule.values !== undefined && !rule.values.includes(value)) return `spec.parameters "${name}": "${value}" is not one of ${quoted(rule.values)} that tier "${tier.name}" allows: use one of these, or have the tier's tenantOverrides.parameters list it`;
  if (rule.format !== undefined && !formats[rule.format].test(value)) return `spec.parameters "${name}": "${value}" does not have the form ${rule.format} that tier "${tier.name}" asks for: correct it, or have the tier's tenantOverrides.parameters ask for another`;
  return undefined;
};

/**
 * The tier's parameters with the tenant's over them, checked against the blueprint's definitions, so that a missing or unknown
 * one is told before AWS refuses it. @see Distribution TenantConfig.ParameterDefinitions
 */
export const parametersOf = (own: readonly Parameter[], tier: TierFacts, definitions: readonly ParameterDefinition[]): Parameters => {
  const merged = new Map([...(tier.spec.parameters ?? []), ...own].map((parameter) => [parameter.name, parameter] as const));
  const defined = definitions.map((definition) => definition.name);
  const unknown = [...merged.keys()].filter((name) => !defined.includes(name));
  if (unknown.length > 0) {
    return wrong('ParameterUndefined', `distribution ${tier.spec.distributionId} of tier "${tier.name}" defines no parameter ${quoted(unknown)}; it defines ${quoted(defined)}: correct the name, or define it in the distribution`);
  }
  for (const parameter of own) {
    const denied = deniedValue(parameter, tier);
    if (denied !== undefined) return wrong('OverrideNotAllowed', denied);
  }
  const missing = definitions.filter(({ name, required, defaultValue }) => required && defaultValue === undefined && !merged.has(name)).map(({ name }) => name);
  if (missing.length > 0) {
    return wrong('ParameterMissing', `distribution ${tier.spec.distributionId} of tier "${tier.name}" requires parameter ${quoted(missing)}: set it in the tier's parameters, or in spec.parameters where the tier allows it`);
  }
  return { ok: true, value: [...merged.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1)) };
};
