import { isDeepStrictEqual } from 'node:util';
import type { ManagedWebACL, RolloutStatus, WebACLStatus } from '../../../crds/types.ts';
import { type Form, hashOfForm, isObserving, isSameForm, observing } from './form.ts';
import { type Acl, concern, summaryOf, type UpdateWebAcl } from './web-acl.ts';

/*
 * How a change of the rules reaches the web ACLs, told from what they do now: nothing has to be remembered but when the last step was.
 *
 *   web ACL          1     2     3     4
 *   observing       new+  new+  old   old     the rules that are new or differ only count, beside the running ones
 *   enforcing       new   new   old+  old+    step by step in the order of the numbers, a pause after each
 *
 *   at once, without a pause:  the first step
 *                              one that a later one is ahead of: a change that is being undone half-way
 *                              one that had these rules, as we published, and has others: somebody edited it
 */

/** What the status tells of the steps before: hints. */
type Hints = { readonly rollout: RolloutStatus | undefined; readonly published: readonly WebACLStatus[] | undefined };

/** The next change, due at `at`; where it lies ahead, it is waited for. `repairs`: somebody edited the web ACL, which had this form. */
type Step = { readonly acl: Acl; readonly form: Form; readonly at: Date; readonly repairs: boolean };

/** A change under way. `next` is undefined where all have come as far as `phase` says, until `until`. */
export type Rollout = {
  readonly phase: RolloutStatus['phase'];
  readonly configHash: string;
  readonly updated: number;
  readonly total: number;
  readonly changedAt: Date;
} & ({ readonly next: Step; readonly until?: undefined } | { readonly next?: undefined; readonly until: Date });

/** What a web ACL does, without the copies that only count. */
const enforcedBy = ({ form }: Acl): Form => ({ ...form, rules: form.rules.filter((rule) => !isObserving(rule)) });

/** The rules of a form that this web ACL has not. */
const newsFor = (acl: Acl, desired: Form) => desired.rules.filter((rule) => !enforcedBy(acl).rules.some((running) => isDeepStrictEqual(running, rule)));

/** The running rules as they are, after copies of those that are new or differ. */
const observingForm = (acl: Acl, desired: Form): Form => {
  const running = enforcedBy(acl);
  return { ...running, rules: [...newsFor(acl, desired).map(observing), ...running.rules] };
};

/** It had this form, as we published, and has it no more: somebody edited it. */
const isEdited = (acl: Acl, form: Form, { published }: Hints): boolean =>
  !isSameForm(acl.form, form) && published?.some(({ name, configHash }) => name === acl.name && configHash === hashOfForm(form)) === true;

/** Whether the rules may still be tried out: none of the web ACLs acts by them, and there is something to count. */
const mayObserve = (managed: ManagedWebACL, acls: readonly Acl[], desired: Form): boolean =>
  managed.rollout.observe && !acls.some((acl) => isSameForm(enforcedBy(acl), desired)) && acls.some((acl) => newsFor(acl, desired).length > 0);

const wholeSeconds = (time: Date): Date => new Date(Math.floor(time.getTime() / 1000) * 1000);

/** When the last step was, as published; now, where the status speaks of another step. */
const lastStepAt = (at: Pick<Rollout, 'phase' | 'configHash' | 'updated'>, { rollout }: Hints, now: Date): Date => {
  const isTold = rollout?.configHash === at.configHash && rollout.phase === at.phase && rollout.updated === at.updated;
  const told = new Date(isTold ? rollout.changedAt : Number.NaN);
  return Number.isNaN(told.getTime()) ? wholeSeconds(now) : told;
};

type Course = { readonly managed: ManagedWebACL; readonly desired: Form; readonly acls: readonly Acl[]; readonly hints: Hints };

/** One phase: each web ACL is to have what `goalOf` says. */
const phaseOf = (phase: Rollout['phase'], { managed, desired, acls, hints }: Course, goalOf: (acl: Acl) => Form, now: Date): Rollout => {
  const isDone = (acl: Acl): boolean => isSameForm(acl.form, goalOf(acl));
  const updated = acls.filter(isDone).length;
  const at = { phase, configHash: hashOfForm(desired), updated, total: acls.length };
  const changedAt = lastStepAt(at, hints, now);
  const afterPause = new Date(changedAt.getTime() + managed.rollout.pauseSeconds * 1000);
  const lastDone = acls.findLastIndex(isDone);
  const urgent = acls.find((acl, index) => !isDone(acl) && (index < lastDone || isEdited(acl, goalOf(acl), hints)));
  const acl = urgent ?? acls.find((one) => !isDone(one));
  if (acl === undefined) return { ...at, changedAt, until: afterPause };
  return { ...at, changedAt, next: { acl, form: goalOf(acl), at: urgent !== undefined || updated === 0 ? now : afterPause, repairs: isEdited(acl, goalOf(acl), hints) } };
};

/** The change that is under way, or undefined where every web ACL has the desired form. `acls` are sorted by number. */
export const rolloutOf = (course: Course, now: Date): Rollout | undefined => {
  const { managed, desired, acls, hints } = course;
  if (acls.every((acl) => isSameForm(acl.form, desired))) return undefined;
  const hasActed = hints.rollout?.phase === 'Enforcing' && hints.rollout.configHash === hashOfForm(desired);
  if (!hasActed && mayObserve(managed, acls, desired) && !acls.some((acl) => isEdited(acl, desired, hints))) {
    const observed = phaseOf('Observing', course, (acl) => observingForm(acl, desired), now);
    if (observed.next !== undefined || observed.until > now) return observed;
  }
  return phaseOf('Enforcing', course, () => desired, now);
};

/** The forms that may be written next and that no web ACL has yet: AWS has to say what they cost, or that it does not take them. */
export const formsToProve = (managed: ManagedWebACL, desired: Form, acls: readonly Acl[]): readonly Form[] => {
  const candidates = [desired, ...(mayObserve(managed, acls, desired) ? acls.map((acl) => observingForm(acl, desired)) : [])];
  const unproven = candidates.filter((form) => !acls.some((acl) => isSameForm(acl.form, form)));
  return [...new Map(unproven.map((form) => [hashOfForm(form), form])).values()];
};

const doing = { Observing: 'have the new rules count on', Enforcing: 'give the rules of the spec to' } as const;

/** Gives a web ACL its next form. */
export const updateOf = ({ acl, form, repairs }: Pick<Step, 'acl' | 'form' | 'repairs'>, phase: Rollout['phase']): UpdateWebAcl => ({
  concern, verb: 'UpdateWebACL', because: repairs ? `put back the rules of web ACL ${acl.number} of the tier: somebody edited it` : `${doing[phase]} web ACL ${acl.number} of the tier`,
  destroys: false, needs: 'shared', ...summaryOf(acl), form, current: acl.current,
});
