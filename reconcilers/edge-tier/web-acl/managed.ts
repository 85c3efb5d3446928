import type { ManagedWebACL } from '../../../crds/types.ts';
import type { Decision, Verdict } from '../../contract.ts';
import { afterAction } from './afterwards.ts';
import { creationOf, formLikeOthers, maxWebAcls, type Standing, standingOf } from './growth.ts';
import { desiredForm, idleIpSets, ipSetChanges } from './ip-sets.ts';
import { deletions, waitFor } from './retire.ts';
import { type Rollout, rolloutOf, updateOf } from './rollout.ts';
import { troubleWithForms, troubleWithRules } from './trouble.ts';
import type { Ours, UpdateWebAcl, WebAclAction, WebAclSpec } from './web-acl.ts';
import { changing, inForce, rollingOut, say } from './words.ts';

type Step = Decision<WebAclAction>;

// WAF takes one write a second, and a pass is to end long before its deadline.
const maxActions = 10;

const acting = (condition: Verdict, actions: readonly WebAclAction[], afterwards?: Verdict): readonly Step[] => {
  const [first, ...rest] = actions.slice(0, maxActions);
  return first === undefined ? [] : [{ condition, move: { is: 'acting', actions: [first, ...rest], ...(afterwards === undefined ? {} : { afterwards }) } }];
};

/** While something is made or changed, tenants that have rules go on having them. */
const meanwhile = (ours: Ours, reason: 'Creating' | 'Updating', message: string): Verdict => say(ours.acls.length > 0 ? 'True' : 'False', reason, message);

/** What is done while something is the matter: the condition goes on telling of that, and of whose turn it is. */
const besides = (steps: readonly Step[], { condition, move: wait }: Step): readonly Step[] =>
  steps.map(({ move }) => ({ condition, move: move.is === 'acting' && wait.is === 'waiting' ? { ...move, on: wait.on } : move }));

/** Changes after which all is as it rests. */
const thenResting = (steps: readonly Step[], { condition: afterwards }: Step): readonly Step[] =>
  steps.map(({ condition, move }) => ({ condition, move: move.is === 'acting' ? { ...move, afterwards } : move }));

/** Deletions, after which so many fewer are there. */
const thenFewer = (steps: readonly Step[], managed: ManagedWebACL, { ours, standing }: World): readonly Step[] =>
  steps.flatMap((step) => {
    const after = step.move.is === 'acting' ? step.move.actions.reduce<Ours>(afterAction, ours) : ours;
    const retiring = standing.retiring.filter(({ arn }) => after.acls.some((acl) => acl.arn === arn));
    return thenResting([step], { ...step, condition: inForce(managed, after, { ...standing, retiring }) });
  });

/** Seats are opened whatever is the matter with the rules: the new web ACL does what the others do. */
const growth = (ours: Ours, { missing }: Standing): readonly Step[] => {
  const creations = missing.flatMap((number) => {
    const form = formLikeOthers(number, ours.acls);
    return form === undefined ? [] : [creationOf(number, form)];
  });
  const named = missing.length === 1 ? `web ACL ${missing.join()} of the tier is` : `web ACLs ${missing.join(', ')} of the tier are`;
  return acting(meanwhile(ours, 'Creating', `${named} being created: its tenants need more room`), creations);
};

/** The steps of a rollout that are due, one after the other: without a pause all of them, and the first that fails ends the pass's. */
const dueUpdates = (spec: WebAclSpec, managed: ManagedWebACL, { ours, now }: World): { readonly updates: readonly UpdateWebAcl[]; readonly left: Rollout | undefined; readonly after: Ours } => {
  const updates: UpdateWebAcl[] = [];
  for (let after = ours; ; ) {
    const left = rolloutUnderWay(spec, managed, after, now);
    if (left?.next === undefined || left.next.at > now || updates.length === maxActions) return { updates, left, after };
    const update = updateOf(left.next, left.phase);
    updates.push(update);
    after = afterAction(after, update);
  }
};

/** What a rollout does now. */
const rolloutStep = (rollout: Rollout | undefined, spec: WebAclSpec, managed: ManagedWebACL, world: World): readonly Step[] => {
  if (rollout?.next === undefined) return [];
  const { updates, left, after } = dueUpdates(spec, managed, world);
  return acting(changing(rollout, rollout.next.acl), updates, left === undefined ? inForce(managed, after, world.standing) : rollingOut(left, world.now));
};

type World = { readonly ours: Ours; readonly standing: Standing; readonly now: Date };

/** The rollout that is under way, undefined where there is none or the desired form is not known yet. */
export const rolloutUnderWay = (spec: WebAclSpec, managed: ManagedWebACL, ours: Ours, now: Date): Rollout | undefined => {
  const desired = desiredForm(managed, ours.ipSets);
  return desired && rolloutOf({ managed, desired, acls: ours.acls, hints: spec }, now);
};

/** How it stands when nothing is to be done now. */
const resting = (rollout: Rollout | undefined, managed: ManagedWebACL, { ours, standing, now }: World): Step => {
  if (standing.isFull) {
    return { condition: say('False', 'QuotaExceeded', `the tier's tenants fill ${maxWebAcls} web ACLs, and it has no more: raise spec.webACL.managed.tenantsPerACL, with AWS's quota of associations, or open another tier`), move: { is: 'waiting', on: 'person' } };
  }
  if (rollout !== undefined) {
    const leftMs = Math.max(0, (rollout.next?.at ?? rollout.until ?? now).getTime() - now.getTime());
    const after = ipSetChanges(managed, ours.ipSets).length > 0 ? 'once the IP sets of the rules are changed' : undefined;
    return { condition: rollingOut(rollout, now, after), move: { is: 'waiting', on: 'reference', between: { minMs: leftMs, maxMs: leftMs } } };
  }
  return { condition: inForce(managed, ours, standing), move: waitFor(standing.retiring, idleIpSets(managed, ours.ipSets, ours.acls)) };
};

/**
 * The web ACLs of the tier's own: the changes that could be made now, the most urgent first, and how it stands without them. What AWS
 * refuses (one rollout step) holds up nothing but itself.
 */
export const planManaged = (spec: WebAclSpec, managed: ManagedWebACL, ours: Ours, now: Date): readonly [readonly Step[], Step] => {
  const [strange] = ours.strange;
  if (strange !== undefined) {
    const condition = say('False', 'NotOurs', `${strange} has the name of something of this tier's, without this installation's tags: it is left alone; have its owner rename or delete it`);
    return [[], { condition, move: { is: 'waiting', on: 'person' } }];
  }
  const standing = standingOf(spec, ours.acls);
  const urgent = growth(ours, standing);
  const wrong = troubleWithRules(managed, ours);
  if (wrong !== undefined) return [besides(urgent, wrong), wrong];
  const desired = desiredForm(managed, ours.ipSets);
  const ipSetsMissing = meanwhile(ours, 'Creating', 'the IP sets of the rules are being created');
  const due = ipSetChanges(managed, ours.ipSets);
  // Addresses that run are changed only where all the rest could be: without every set nobody has been asked that yet.
  const ipSets = desired === undefined ? acting(ipSetsMissing, due.filter(({ verb }) => verb === 'CreateIPSet')) : acting(meanwhile(ours, 'Updating', 'the IP sets of the rules are being updated'), due);
  if (desired === undefined) return [[...urgent, ...ipSets], { condition: ipSetsMissing, move: { is: 'waiting', on: 'aws' } }];
  const rollout = rolloutUnderWay(spec, managed, ours, now);
  const trouble = troubleWithForms(desired, rollout?.next?.form, ours);
  if (trouble !== undefined) return [besides(urgent, trouble), trouble];
  const world = { ours, standing, now };
  const first = ours.acls.length > 0 ? [] : acting(meanwhile(ours, 'Creating', 'the first web ACL of the tier is being created'), standing.missing.map((number) => creationOf(number, desired)));
  const rest = resting(rollout, managed, world);
  const deletion = deletions(rest.condition, { managed, ours, retiring: standing.retiring }, now);
  return [[...urgent, ...thenResting(ipSets, rest), ...first, ...rolloutStep(rollout, spec, managed, world), ...(rollout === undefined ? thenFewer(deletion, managed, world) : deletion)], rest];
};
