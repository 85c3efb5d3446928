import type { Reason } from '../crds/reasons.ts';
import type { Condition, ObjectMeta } from '../crds/types.ts';
import type { Failure } from './failure.ts';

/** Whom a waiting concern waits for; requeue.ts has the pace of each. */
export type Wait = 'aws' | 'customer' | 'sibling' | 'reference' | 'person';

/**
 * What a concern shall make true. `held` leaves everything as it is: waiting for a sibling, still used, not known, frozen.
 * Nothing is ever torn down because an index missed.
 */
export type Desired<Spec> =
  | { readonly is: 'present'; readonly spec: Spec }
  | { readonly is: 'absent' }
  | { readonly is: 'held'; readonly reason: Reason; readonly message: string; readonly on: Wait };

/** `shared` is answered by the fleet's listing where that is new enough; `live` asks AWS itself. */
export type Depth = 'shared' | 'live';

/**
 * How to look, concern by concern (named by the type of its condition). `since` says how new an answer must be to prove that
 * something is not there: as new as the concern's own last write (R9). `notBefore` asks for news too, where it waits for AWS. `refusals`: what failed in the last minutes, newest last.
 */
export type Look = {
  readonly depth: (concern: string) => Depth;
  readonly since: (concern: string) => Date;
  readonly notBefore: (concern: string) => Date;
  readonly refusals: readonly Refusal[];
  readonly signal: AbortSignal;
};

/** An action that failed, and when. Forgotten after 15 minutes (`invalid`: 6 hours), or when the same is done to the same thing. */
export type Refusal = { readonly action: Action; readonly failure: Failure; readonly at: Date };

/**
 * One idempotent mutation, as data: at most one mutating call. `concern` is the type of the condition it serves.
 * `verb` is PascalCase and becomes the Event's reason, `because` its message. `destroys`: something that may serve or hold data
 * ends, so that the object is read live first (R6). `needs`: the depth of the observation it may be made from. `aside`: it only tidies up, so
 * that where all is well, all is well though it fails.
 */
export type Action = {
  readonly concern: string;
  readonly verb: string;
  readonly because: string;
  readonly destroys: boolean;
  readonly needs: Depth;
  readonly aside?: true;
};

/** A condition as decided: `observedGeneration` and `lastTransitionTime` are added where the status is made. */
export type Verdict = {
  readonly type: string;
  readonly status: 'True' | 'False' | 'Unknown';
  readonly reason: Reason;
  readonly message: string;
};

/**
 * What a concern does next. None can stall: each has a next look. `between` bounds the pace where the usual one does not fit.
 * `afterwards`: what the condition says once all the actions have succeeded, so that the status is that of the world after them.
 * An action's `on`: whom the condition goes on waiting for, since this is done besides, or is but another try.
 */
export type Move<A extends Action> =
  | { readonly is: 'settled' }
  | { readonly is: 'gone' }
  | { readonly is: 'acting'; readonly actions: readonly [A, ...A[]]; readonly afterwards?: Verdict; readonly on?: Wait }
  | { readonly is: 'waiting'; readonly on: Wait; readonly between?: { readonly minMs: number; readonly maxMs: number } }
  | { readonly is: 'unseen'; readonly failure: Failure };

/**
 * One concern's answer: the condition as it stands, and what comes next. A concern is one condition and what makes it true: it observes,
 * plans this, and applies the actions, if it has any. Promises (test/contract): observing changes nothing; a plan is pure and total;
 * observe-plan-apply repeated settles and stays settled; what is applied twice equals once, and tells what AWS told us and cannot be
 * derived again; nothing waits inside a pass; what is not marked ours is never changed; `absent` tears down in as many passes as AWS needs.
 */
export type Decision<A extends Action> = { readonly condition: Verdict; readonly move: Move<A> };

/** All decisions of one pass. `frozen`: the status is told, nothing is done. `finalizer` says what shall become of ours. */
export type Plan<A extends Action> = {
  readonly decisions: readonly Decision<A>[];
  readonly finalizer: 'keep' | 'lift';
  readonly frozen?: { readonly reason: Reason; readonly message: string };
  readonly notices?: readonly Notice[];
};

/** Something a person should hear of that is no action: said once, when the finalizer is lifted, or when an annotation restrains what is done. */
export type Notice = { readonly reason: Reason; readonly message: string };

/** What became of one action. */
export type Outcome<A extends Action, Learned = unknown> = { readonly action: A; readonly failure?: Failure; readonly learned?: Learned };

/** What every object we reconcile has. */
export type Reconciled<Status> = { readonly apiVersion: string; readonly kind: string; readonly metadata: ObjectMeta; readonly status?: Status };

/** What the pass itself reads of a status. */
export type WithConditions = { readonly conditions?: readonly Condition[] };

/** The types that one kind brings with it. */
export type KindTypes = {
  readonly Obj: Reconciled<WithConditions>;
  readonly Status: WithConditions;
  readonly Subject: unknown;
  readonly Observed: unknown;
  readonly Act: Action;
  readonly Learned: unknown;
};

/** Everything `status` is made from: `object` is the object as it is *after* the actions. */
export type StatusInput<K extends KindTypes> = {
  readonly object: K['Obj'];
  readonly subject: K['Subject'];
  readonly observed: K['Observed'];
  readonly plan: Plan<K['Act']>;
  readonly outcomes: readonly Outcome<K['Act'], K['Learned']>[];
  readonly now: Date;
};

/**
 * One kind of object, as the pass (reconcile.ts) runs it. `load`, `plan`, `remember` and `status` are pure; `load` reads memory only.
 * `remember` folds what was learned into a live status, so that it survives the process; undefined where it can be found again.
 */
export type Kind<K extends KindTypes> = {
  readonly name: string;
  readonly load: (key: string) => { readonly object: K['Obj']; readonly subject: K['Subject'] } | undefined;
  readonly observe: (subject: K['Subject'], look: Look) => Promise<K['Observed']>;
  readonly plan: (subject: K['Subject'], observed: K['Observed'], now: Date) => Plan<K['Act']>;
  readonly apply: (subject: K['Subject'], action: K['Act'], signal: AbortSignal) => Promise<K['Learned'] | undefined>;
  readonly remember: (learned: K['Learned']) => ((live: K['Status'] | undefined) => K['Status']) | undefined;
  readonly status: (input: StatusInput<K>) => K['Status'];
};

/**
 * A source's things that concern this kind: `keys` maps a thing to the objects it is about, and only a change of `facts`
 * (compared deeply) wakes them, so a counter or a timestamp wakes nobody. `coalesceMs` delays the wake, to fold many into one.
 */
export type Wake<Thing> = {
  readonly facts: (thing: Thing) => unknown;
  readonly keys: (thing: Thing) => readonly string[];
  readonly coalesceMs?: number;
};

/** When to look again, and how urgent that is: the words are the work queue's priorities. */
export type Next = { readonly afterMs: number; readonly urgency: 'progress' | 'idle' };

/** What one pass did and found: the shell says it aloud (log line, Event, metric) from this, and nothing else. */
export type Report = {
  readonly kind: string;
  readonly key: string;
  /** Absent where the object is gone. */
  readonly object?: { readonly apiVersion: string; readonly kind: string; readonly metadata: ObjectMeta };
  readonly outcome: 'settled' | 'acted' | 'waiting' | 'failed' | 'gone';
  readonly depth: Depth;
  readonly did: readonly Outcome<Action>[];
  /** Conditions whose status or reason changed in this pass. */
  readonly transitions: readonly { readonly from: Condition | undefined; readonly to: Condition }[];
  readonly notices: readonly Notice[];
  /** Failures that were not an action's: a read, a status write. */
  readonly failures: readonly Failure[];
  readonly next: Next | undefined;
};

/** One kind's passes. Rejects only when `signal` ends it or on a bug of ours. Never run twice at once for one key. */
export type Reconciler = { readonly kind: string; readonly reconcile: (key: string, signal: AbortSignal) => Promise<Report> };
