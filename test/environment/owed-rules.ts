import type { Rule } from '@aws-sdk/client-wafv2';
import type { Condition, EdgeTier, TenantDomain, WebACLRule } from '../../crds/types.ts';
import { tagKeys } from '../../reconcilers/aws/mark.ts';
import type { WebAclSnapshot } from './aws/snapshots.ts';

/*
 * Which rules a name is to be served with, as far as the objects say.
 *
 *   owed by    the tier that the name's TenantDomain is on, where that has web ACLs of its own and the tenant chooses none itself;
 *              until the TenantDomain is Ready and served so, also what it was on before
 *   the rules  those of the tier's spec; until the tier says that they are in force, also those of the specs before
 *   besides    copies named `<rule>-observed`, which only count
 */

/** All that is there of both kinds. */
export type Objects = { readonly tiers: readonly EdgeTier[]; readonly tenants: readonly TenantDomain[] };

const observedSuffix = '-observed';

const specText = ({ name, action }: WebACLRule): string => `${name} ${action ?? 'Group'}`;

const actionOf = ({ Action: action, OverrideAction: override }: Rule): string => {
  if (override !== undefined) return override.Count === undefined ? 'Group' : 'Count';
  const [kind = ''] = Object.keys(action ?? {});
  return kind === 'Captcha' ? 'CAPTCHA' : kind;
};

const isObserved = ({ Name: name = '' }: Rule): boolean => name.endsWith(observedSuffix);
// A rule that AWS Shield Advanced put there.
const isShields = ({ Name: name = '' }: Rule): boolean => name.startsWith('ShieldMitigationRuleGroup');

/** The rules that act, and those of the copies that do more than count, in their order: `common Group, home Block`. */
export const rulesText = ({ rules }: Pick<WebAclSnapshot, 'rules'>): string =>
  rules
    .filter((rule) => !isShields(rule) && !(isObserved(rule) && actionOf(rule) === 'Count'))
    .toSorted((one, other) => (one.Priority ?? 0) - (other.Priority ?? 0))
    .map((rule) => `${rule.Name ?? ''} ${actionOf(rule)}`)
    .join(', ');

const says = ({ metadata, status }: TenantDomain | EdgeTier, wanted: Pick<Condition, 'type'> & Partial<Pick<Condition, 'reason'>>): boolean =>
  status?.conditions?.some(({ type, status: is, reason, observedGeneration }) => type === wanted.type && is === 'True' && reason === (wanted.reason ?? reason) && observedGeneration === metadata.generation) === true;

const isReady = (tenant: TenantDomain): boolean => says(tenant, { type: 'Ready' });
const areInForce = (tier: EdgeTier): boolean => says(tier, { type: 'WebACLReady', reason: 'RulesInForce' }) && tier.status?.rollout === undefined;

/** The last one is what is wanted now; the others are on their way out. */
type Successive<Value> = readonly Value[];

const followedBy = <Value>(values: Successive<Value>, next: Value): Successive<Value> => (values.at(-1) === next ? values : [...values, next]);

/** Whose rules a name is owed: a tier's, by name. */
type Guard = string;
const nobody: Guard = '';

/** Knows which rules every name is owed, from the objects as they were and are. */
export class OwedRules {
  readonly #rules = new Map<string, Successive<string>>();
  readonly #guards = new Map<string, Successive<Guard>>();
  readonly #readyNames = new Set<string>();

  /** The objects are these now. To be told of each change of a spec, or earlier changes are missed. */
  learn({ tiers, tenants }: Objects): void {
    for (const tier of tiers) this.#learnTier(tier);
    const managed = new Map(tiers.map(({ metadata, spec }) => [metadata.name, spec.webACL.type === 'Managed'] as const));
    const names = new Set<string>();
    for (const tenant of tenants) {
      const isManaged = managed.get(tenant.spec.tierRef.name);
      const guard = isManaged === true && tenant.spec.webACL === undefined ? tenant.spec.tierRef.name : nobody;
      for (const name of tenant.spec.domains) {
        names.add(name);
        // A tier that is not there owes nothing yet, and takes nothing away.
        if (isManaged !== undefined) this.#guards.set(name, followedBy(this.#guards.get(name) ?? [], guard));
        if (isReady(tenant)) this.#readyNames.add(name);
        else this.#readyNames.delete(name);
      }
    }
    for (const name of this.#guards.keys()) if (!names.has(name)) this.#guards.delete(name);
    for (const name of this.#readyNames) if (!names.has(name)) this.#readyNames.delete(name);
  }

  /** What is wrong with serving this name with this web ACL, in words; undefined where nothing is, and where nobody speaks of the name. */
  complaint(name: string, acl: Pick<WebAclSnapshot, 'rules' | 'tags'> | undefined): string | undefined {
    const guards = this.#guards.get(name) ?? [];
    const wanted = guards.at(-1);
    if (wanted === undefined) return undefined;
    const [owner, rules] = [acl?.tags[tagKeys.owner], acl === undefined ? undefined : rulesText(acl)];
    const isGuardedBy = (guard: Guard): boolean => guard === nobody || (owner === `/${guard}` && rules !== undefined && this.#rules.get(guard)?.includes(rules) === true);
    if (isGuardedBy(wanted) && this.#readyNames.has(name)) this.#guards.set(name, [wanted]);
    if (guards.some(isGuardedBy)) return undefined;
    return `"${name}" is served without the rules of tier ${wanted}: ${acl === undefined ? 'no web ACL of a tier' : `a web ACL of ${owner ?? 'nobody'} with rules [${rules ?? ''}]`}`;
  }

  /** All that was on its way has had the time to arrive: of a name that is Ready, only the tier that is wanted now counts. */
  rest(): void {
    for (const name of this.#readyNames) this.#guards.set(name, (this.#guards.get(name) ?? []).slice(-1));
  }

  #learnTier(tier: EdgeTier): void {
    const { metadata: { name }, spec: { webACL } } = tier;
    if (webACL.type !== 'Managed') return;
    const present = (webACL.managed?.rules ?? []).map(specText).join(', ');
    this.#rules.set(name, areInForce(tier) ? [present] : followedBy(this.#rules.get(name) ?? [], present));
  }
}
