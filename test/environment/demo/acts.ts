import type { EdgeTier, TenantDomain, WebACLRule } from '../../../crds/types.ts';
import type { Manifest } from '../control-plane/apply.ts';
import { cast, type Role } from './cast.ts';

/*
 *   1  the examples are applied, as they are               customers add their records, tenants are served or refused
 *   2  a tenant's tier is changed, its namespace's plan    it moves, web ACL and connection group and all, and its customer follows
 *   3  a rule is added to a tier, the leader is killed     it counts everywhere, then acts, one web ACL after the other; the standby goes on
 */

/** A rule that an act adds to a tier. */
export type Change = { readonly tier: string; readonly rule: string };

/** One act: what the platform does in it, and what it is to bring. */
export type Act = {
  readonly title: string;
  /** What the platform applies: the objects as they are to be, made from those of `examples/`. */
  readonly orders: (examples: readonly Manifest[]) => readonly Manifest[];
  readonly roles: readonly Role[];
  readonly change?: Change;
  /** Whether the replica that leads is killed once the change is under way. */
  readonly killsLeader?: boolean;
};

const onlyOf = (examples: readonly Manifest[], kind: string, key: string): Manifest => {
  const found = examples.find((one) => one.kind === kind && [one.metadata.namespace, one.metadata.name].filter((part) => part !== undefined).join('/') === key);
  if (found === undefined) throw new Error(`find ${kind} ${key} among the examples: there is none`);
  return found;
};

type Of<Spec> = Manifest & { readonly spec: Spec };

const mover = 'acme/shop';

/** The tenant on the other tier, and its namespace with the plan that the tier admits. */
const moveUp: Act['orders'] = (examples) => {
  const namespace = onlyOf(examples, 'Namespace', 'acme');
  const tenant = onlyOf(examples, 'TenantDomain', mover) as Of<TenantDomain['spec']>;
  const metadata = { ...namespace.metadata, labels: { plan: 'premium' } };
  return [
    { ...namespace, metadata },
    { ...tenant, spec: { ...tenant.spec, tierRef: { name: 'premium' } } },
  ];
};

const moved = cast.map((role) => (role.key === mover ? { ...role, part: 'moved up to the premium tier', end: { ...role.end, guard: 'premium' } } : role));

const addition: WebACLRule = { name: 'known-bad-inputs', type: 'ManagedRuleGroup', managedRuleGroup: { vendor: 'AWS', name: 'AWSManagedRulesKnownBadInputsRuleSet' } };

/** The tier with one rule more, after the others. */
const addRule: Act['orders'] = (examples) => {
  const tier = onlyOf(examples, 'EdgeTier', 'premium') as Of<EdgeTier['spec']>;
  const { webACL } = tier.spec;
  return [{ ...tier, spec: { ...tier.spec, webACL: { ...webACL, managed: { ...webACL.managed, rules: [...(webACL.managed?.rules ?? []), addition] } } } }];
};

/** The demonstration, from first to last. */
export const acts: readonly Act[] = [
  { title: 'the platform applies examples/: three tiers on one distribution, and their tenants', orders: (examples) => examples, roles: cast },
  { title: 'acme pays for premium now: the platform relabels its namespace and changes the tierRef of acme/shop', orders: moveUp, roles: moved },
  { title: `the platform adds a rule to premium, ${addition.name}, which is to count first; its leader is killed meanwhile`, orders: addRule, roles: moved, change: { tier: 'premium', rule: addition.name }, killsLeader: true },
];
