import type { Reason } from '../crds/reasons.ts';
import type { Condition } from '../crds/types.ts';
import type { Action, Decision, Notice, Plan } from './contract.ts';
import type { Judged } from './summary.ts';

/** What a person sets on an object, with the value `"true"`, to keep its AWS resources as they are. */
export const restraintAnnotations = { paused: 'tenantedge.dev/paused', dryRun: 'tenantedge.dev/dry-run' } as const;

/** `Paused`: nothing is changed. `DryRun`: nothing either, and what would be is told. Who sets both pauses. */
export type Restraint = 'Paused' | 'DryRun';

/** The restraint that an object is under, by its annotations. Any other value than `true` means none. */
export const restraintOf = (annotations: Readonly<Record<string, string>> | undefined): Restraint | undefined => {
  if (annotations?.[restraintAnnotations.paused] === 'true') return 'Paused';
  return annotations?.[restraintAnnotations.dryRun] === 'true' ? 'DryRun' : undefined;
};

const listed = (actions: readonly Action[]): string => actions.map(({ because }) => because).join('; then ');

const messageOf = (restraint: Restraint, actions: readonly Action[]): string =>
  restraint === 'Paused'
    ? `nothing is changed in AWS while the annotation ${restraintAnnotations.paused} is "true": remove it to go on`
    : `nothing is changed in AWS while the annotation ${restraintAnnotations.dryRun} is "true"; ${actions.length === 0 ? 'nothing would be changed now' : `next would be: ${listed(actions)}`}`;

// What would be done is only known from AWS itself, and would be asked for at every look; whatever changes, the annotation too, wakes the key.
const rarely = { is: 'waiting', on: 'person', between: { minMs: 60 * 60_000, maxMs: 60 * 60_000 } } as const;

const held = <A extends Action>(decision: Decision<A>, restraint: Restraint): Decision<A> => {
  const { condition, move } = decision;
  if (move.is === 'waiting') return { condition, move: rarely };
  if (move.is !== 'acting') return decision;
  const message = `${restraint === 'Paused' ? 'not done while paused' : 'a dry run, so not done'}: ${listed(move.actions)}`;
  return { condition: { ...condition, reason: restraint, message }, move: rarely };
};

/**
 * The plan as it may be carried out under a restraint: all is looked at and told, nothing is done, and the finalizer stays. A deletion
 * waits too: whoever paused an object meant its resources to stay as they are.
 */
export const restrained = <A extends Action>(plan: Plan<A>, restraint: Restraint | undefined): Plan<A> => {
  if (restraint === undefined) return plan;
  const actions = plan.decisions.flatMap(({ move }) => (move.is === 'acting' ? [...move.actions] : []));
  const decisions = actions.length === 0 ? plan.decisions : plan.decisions.map((decision) => held(decision, restraint));
  return { ...plan, decisions, finalizer: 'keep', frozen: { reason: restraint, message: messageOf(restraint, actions) } };
};

/** The gate that a restraint shuts: it speaks before all others, and nobody is to blame for it. */
export const restraintGate = ({ frozen }: Plan<Action>): readonly Judged[] =>
  frozen?.reason === 'Paused' || frozen?.reason === 'DryRun' ? [{ verdict: { type: 'Ready', status: 'False', ...frozen }, turn: 'customer' }] : [];

/** What a person who set the annotation is to hear: once, and again whenever something else would be done. */
export const restraintNews = (before: readonly Condition[] | undefined, after: readonly Condition[] | undefined): readonly Notice[] => {
  const [was, is] = [before, after].map((conditions) => conditions?.find(({ type }) => type === 'Ready'));
  if (is === undefined || (is.reason !== 'Paused' && is.reason !== 'DryRun') || is.message === was?.message) return [];
  return [{ reason: is.reason satisfies Reason, message: is.message }];
};
