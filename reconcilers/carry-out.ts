import type { Action, Kind, KindTypes, Outcome, Plan, Reconciled } from './contract.ts';
import { Failure } from './failure.ts';
import { afterAction, beforeAction, type Memories } from './memory.ts';
import { finalizer, type Objects } from './ports/objects.ts';
import { restraintOf } from './restraint.ts';

/** Whether our finalizer is stored, so that something in AWS may belong to this object. */
export const isGuarded = (object: Reconciled<unknown>): boolean => object.metadata.finalizers?.includes(finalizer) ?? false;

/** The actions a plan asks for, in their order: none of a frozen one. */
export const actionsOf = <A extends Action>(plan: Plan<A>): readonly A[] =>
  plan.frozen ? [] : plan.decisions.flatMap(({ move }) => (move.is === 'acting' ? [...move.actions] : []));

type World<K extends KindTypes> = {
  readonly key: string;
  readonly subject: K['Subject'];
  readonly kind: Kind<K>;
  readonly objects: Objects<K['Obj'], K['Status']>;
  readonly memories: Memories;
  readonly now: () => Date;
};

/**
 * What was done so far. Filled as it happens, so that a pass that breaks off still reports it. `unsaved`: what AWS told last and the
 * object does not hold yet, for it goes in with the status that ends the pass.
 */
export type Done<K extends KindTypes> = {
  object: K['Obj'];
  readonly outcomes: Outcome<K['Act'], K['Learned']>[];
  unsaved: ((live: K['Status'] | undefined) => K['Status']) | undefined;
};

/** Saves by itself what AWS told last: before anything else is done, or where the status could not be saved. */
export const keepLearned = async <K extends KindTypes>({ objects }: Pick<World<K>, 'objects'>, done: Done<K>): Promise<void> => {
  const { unsaved } = done;
  if (unsaved === undefined) return;
  done.object = await objects.remember(done.object, unsaved);
  done.unsaved = undefined;
};

/** R6: before something ends, the object is read from the API server itself. */
const proveUnchanged = async <K extends KindTypes>({ kind, objects, key }: World<K>, object: K['Obj']): Promise<void> => {
  const live = await objects.live(key);
  const { uid, generation, deletionTimestamp } = object.metadata;
  const same = live?.metadata.uid === uid && live.metadata.generation === generation && live.metadata.deletionTimestamp === deletionTimestamp;
  if (same && restraintOf(live.metadata.annotations) === undefined) return;
  throw new Failure({ kind: 'conflict', reason: 'Conflict', code: 'Stale', message: `read ${kind.name} "${key}" before a deletion: it has changed` });
};

const attempt = async <K extends KindTypes>(kind: Kind<K>, subject: K['Subject'], action: K['Act'], signal: AbortSignal): Promise<Outcome<K['Act'], K['Learned']>> => {
  signal.throwIfAborted();
  try {
    const learned = await kind.apply(subject, action, signal);
    return learned === undefined ? { action } : { action, learned };
  } catch (error) {
    if (error instanceof Failure) return { action, failure: error };
    throw error;
  }
};

/**
 * Carries out a plan: the finalizer first (R8), then each decision's actions in their order. A failure ends only its own
 * decision. What AWS told is remembered before the next action. Rejects with a `Failure` of the API server.
 */
export const carryOut = async <K extends KindTypes>(world: World<K>, plan: Plan<K['Act']>, done: Done<K>, signal: AbortSignal): Promise<void> => {
  const { key, kind, objects, memories, now } = world;
  if (plan.frozen) return;
  if (plan.finalizer === 'keep' && !isGuarded(done.object)) done.object = await objects.guard(done.object);
  if (actionsOf(plan).some((action) => action.destroys)) await proveUnchanged(world, done.object);
  for (const { move } of plan.decisions) {
    for (const action of move.is === 'acting' ? move.actions : []) {
      await keepLearned(world, done);
      const sentAt = now();
      memories.change(key, (memory) => beforeAction(memory, action, sentAt));
      const outcome = await attempt(kind, world.subject, action, signal);
      // An answer is newer than its request; without one, only what is read from now on says what became of it.
      memories.change(key, (memory) => afterAction(memory, outcome, outcome.failure ? now() : sentAt));
      done.outcomes.push(outcome);
      done.unsaved = outcome.learned === undefined ? undefined : kind.remember(outcome.learned);
      if (outcome.failure) break;
    }
  }
};
