import type { Condition } from '../crds/types.ts';
import type { Verdict } from './contract.ts';
import { printable } from './printable.ts';

/** metav1.Condition.message holds 32,768; a person reads far less, and an etcd object is small. */
const maxMessageLength = 1024;

/**
 * The conditions to store: each verdict with the generation it judges. `lastTransitionTime` moves only where `status` moved
 * (Kubernetes API conventions, "Typical status properties"), so that an unchanged verdict gives an equal object.
 * Conditions of other writers and of types no longer judged are left out: this controller is the only writer of its status.
 */
export const conditionsFrom = (
  verdicts: readonly Verdict[],
  before: readonly Condition[] | undefined,
  at: { readonly generation: number; readonly now: Date },
): readonly Condition[] =>
  verdicts.map((verdict) => {
    const previous = before?.find((condition) => condition.type === verdict.type);
    const moved = previous?.status !== verdict.status;
    return {
      type: verdict.type,
      status: verdict.status,
      observedGeneration: at.generation,
      lastTransitionTime: moved || previous === undefined ? secondsOf(at.now) : previous.lastTransitionTime,
      reason: verdict.reason,
      message: printable(verdict.message, maxMessageLength),
    };
  });

/** Kubernetes' metav1.Time: RFC 3339 in whole seconds. */
const secondsOf = (time: Date): string => `${time.toISOString().slice(0, 19)}Z`;

/** Those that judge this generation: what was said of an older spec is no verdict on the present one. */
export const conditionsOf = (generation: number, conditions: readonly Condition[] | undefined): readonly Condition[] =>
  (conditions ?? []).filter(({ observedGeneration }) => observedGeneration === generation);

/** What changed from one set of conditions to the next, as far as a person cares: the status or the reason. */
export const transitionsBetween = (
  before: readonly Condition[] | undefined,
  after: readonly Condition[] | undefined,
): readonly { readonly from: Condition | undefined; readonly to: Condition }[] =>
  (after ?? []).flatMap((to) => {
    const from = before?.find((condition) => condition.type === to.type);
    return from?.status === to.status && from.reason === to.reason ? [] : [{ from, to }];
  });
