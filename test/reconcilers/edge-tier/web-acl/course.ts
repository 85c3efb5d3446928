import type { EdgeTierStatus, ManagedWebACL } from '../../../../crds/types.ts';
import type { Action, Outcome, Refusal } from '../../../../reconcilers/contract.ts';
import { afterAction } from '../../../../reconcilers/edge-tier/web-acl/afterwards.ts';
import { hashOfForm } from '../../../../reconcilers/edge-tier/web-acl/form.ts';
import { desiredForm } from '../../../../reconcilers/edge-tier/web-acl/ip-sets.ts';
import { planWebAcl, rolloutStatus, webAclRows } from '../../../../reconcilers/edge-tier/web-acl/plan.ts';
import { formsToProve } from '../../../../reconcilers/edge-tier/web-acl/rollout.ts';
import type { Ours, WebAclAction } from '../../../../reconcilers/edge-tier/web-acl/web-acl.ts';
import type { Failure } from '../../../../reconcilers/failure.ts';
import { heldBack } from '../../../../reconcilers/hold-back.ts';
import { chooseSlot } from '../../../../reconcilers/placement.ts';
import { nextLook } from '../../../../reconcilers/requeue.ts';
import { actionsIn, noon, pace, planOf } from '../../builders.ts';
import { acl, asking, ipSet, ours, seeing, tierOwner } from './builders.ts';

/** What a run may be told between two passes. */
export type Change = Partial<{ readonly managed: ManagedWebACL; readonly tenants: number; readonly world: (before: Ours) => Ours; readonly refuse: (action: WebAclAction) => Failure | undefined }>;

const numberIn = (name: string): string => name.replace(/^gold-/, '').replace(/-[0-9a-f]{16}$/, '');
const whatOf = (action: WebAclAction): string => {
  switch (action.verb) {
    case 'CreateWebACL':
      return `create ${action.number}`;
    case 'UpdateWebACL':
      return `${action.form.rules.some(({ name }) => name.endsWith('-observed')) ? 'observe on' : 'update'} ${numberIn(action.name)}`;
    case 'DeleteWebACL':
    case 'DeleteIPSet':
      return `delete ${numberIn(action.name)}`;
    case 'CreateIPSet':
      return `create ${action.rule}`;
    case 'UpdateIPSet':
      return `update ${numberIn(action.name)}`;
  }
};

/**
 * The concern's plan in a world that does what it is told: passes, each when the one before asked for it, with the tier's status in
 * between and tenants that choose their web ACL from it.
 */
export const createCourse = (managed: ManagedWebACL) => {
  const startMs = noon.getTime();
  let nowMs = startMs;
  let wokenMs = startMs;
  let told: Required<Omit<Change, 'world'>> = { managed, tenants: 0, refuse: () => undefined };
  let world: Ours = ours();
  let status: Pick<EdgeTierStatus, 'webACLs' | 'rollout'> = {};
  let refusals: readonly Refusal[] = [];

  /** Each tenant stays where it is while that is open, else it takes the first seat; those who come last leave first. */
  const seat = (): void => {
    const seated = new Map<string, string>(world.acls.flatMap(({ arn, tenants }) => tenants.map((name) => [name, arn] as const)));
    for (const name of seated.keys()) if (Number(name.slice(1)) >= told.tenants) seated.delete(name);
    const open = (status.webACLs ?? []).flatMap(({ arn, state }) => (state === 'Open' && arn !== undefined ? [arn] : []));
    const taken = (arn: string): number => [...seated.values()].filter((one) => one === arn).length;
    for (let index = 0; index < told.tenants; index++) {
      const name = `t${index}`;
      const slots = open.map((arn) => ({ arn, taken: taken(arn) }));
      const choice = chooseSlot(slots, told.managed.tenantsPerACL, seated.get(name));
      if (choice !== undefined) seated.set(name, choice);
    }
    world = { ...world, acls: world.acls.map((one) => ({ ...one, tenants: [...seated].flatMap(([name, arn]) => (arn === one.arn ? [name] : [])) })) };
  };

  const done = (action: WebAclAction): void => {
    world = afterAction(world, action);
    if (action.verb === 'CreateWebACL') world = { ...world, acls: [...world.acls, acl(action.number, action.form)].toSorted((a, b) => a.number - b.number) };
    if (action.verb === 'CreateIPSet') world = { ...world, ipSets: [...world.ipSets, ipSet({ rule: action.rule, family: action.family }, action.addresses)] };
  };

  const act = (action: WebAclAction, now: Date): Outcome<WebAclAction> => {
    const failure = told.refuse(action);
    if (failure === undefined) done(action);
    else refusals = [...refusals, { action, failure, at: now }];
    return failure === undefined ? { action } : { action, failure };
  };

  /** In their order, to the first that fails. */
  const carriedOut = (actions: readonly Action[], now: Date): readonly Outcome<WebAclAction>[] => {
    const outcomes: Outcome<WebAclAction>[] = [];
    for (const action of actions) {
      outcomes.push(act(action as WebAclAction, now));
      if (outcomes.at(-1)?.failure) break;
    }
    return outcomes;
  };

  /** What AWS would answer to CheckCapacity: a unit a rule. */
  const observe = (): Ours => {
    const desired = desiredForm(told.managed, world.ipSets);
    const forms = desired === undefined ? [] : formsToProve(told.managed, desired, world.acls);
    return { ...world, refusals, capacities: Object.fromEntries(forms.map((form) => [hashOfForm(form), { known: true, value: form.rules.length } as const])) };
  };

  /** One pass: when it was, what it did, and what the condition says. */
  const pass = (): { readonly line: string; readonly isSettled: boolean; readonly message: string } => {
    const now = new Date(nowMs);
    const observed = seeing(observe());
    const spec = asking(told.managed, { tenants: told.tenants, rollout: status.rollout, published: status.webACLs });
    const plan = planOf([heldBack(planWebAcl({ is: 'present', spec }, observed, now), refusals, now)]);
    const outcomes = carriedOut(plan.decisions.flatMap((decision) => actionsIn(decision)), now);
    const input = { owner: tierOwner, spec, observed, outcomes, before: status, now };
    const rollout = rolloutStatus(input);
    status = { webACLs: webAclRows(input), ...(rollout === undefined ? {} : { rollout }) };
    seat();
    const { afterMs } = nextLook({ plan, outcomes, failures: [], now }, { failures: 0, failingSince: undefined, waitingSince: {} }, pace);
    const at = Math.round((nowMs - startMs) / 1000);
    wokenMs = nowMs + 1000;
    nowMs += Math.max(afterMs, 1000);
    const did = outcomes.map(({ action, failure }) => `${whatOf(action)}${failure === undefined ? '' : ' refused'}`).join(', ');
    const [decision] = plan.decisions;
    return { line: `${at} s: ${did === '' ? 'look' : did}`, isSettled: decision?.move.is === 'settled', message: `${decision?.condition.status ?? ''} ${decision?.condition.reason ?? ''}: ${decision?.condition.message ?? ''}` };
  };

  return {
    pass,
    status: () => status,
    world: () => world,
    /** The spec is edited, which wakes the tier at once. */
    edit: (edited: ManagedWebACL): void => {
      told = { ...told, managed: edited };
      nowMs = wokenMs;
    },
    /** Something changes on another day; time is counted from here. */
    change: ({ world: edit, ...rest }: Change): void => {
      told = { ...told, ...rest };
      if (edit) world = edit(world);
      nowMs = startMs + Math.ceil((nowMs - startMs) / 86_400_000) * 86_400_000;
    },
    /** The lines of passes that did something, until nothing is to be done any more. */
    lines: (maxPasses = 60): readonly string[] => {
      const sinceMs = nowMs - startMs;
      const lines: string[] = [];
      for (let count = 0; count < maxPasses; count++) {
        const { line, isSettled } = pass();
        if (!line.endsWith('look')) lines.push(line.replace(/^\d+/, (at) => String(Number(at) - sinceMs / 1000)));
        if (isSettled) return lines;
      }
      return [...lines, `not settled after ${maxPasses} passes`];
    },
  };
};
