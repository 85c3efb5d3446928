import { actionsOf, carryOut, type Done, isGuarded, keepLearned } from './carry-out.ts';
import { transitionsBetween } from './conditions.ts';
import type { Action, Kind, KindTypes, Outcome, Plan, Reconciler, Report } from './contract.ts';
import { asRefusal, Failure } from './failure.ts';
import { heldBack } from './hold-back.ts';
import { absentForMs, afterLook, afterPass, createMemories, isInDoubt, lookFrom, type Memory } from './memory.ts';
import type { Objects } from './ports/objects.ts';
import { restrained, restraintNews, restraintOf } from './restraint.ts';
import { nextLook, type Pace, unsettledForMs, waitKey } from './requeue.ts';

type Ports<K extends KindTypes> = { readonly objects: Objects<K['Obj'], K['Status']>; readonly now: () => Date; readonly pace: Pace };

/** What a pass found and decided, before anything is done; `live` says of which concerns AWS itself was asked. */
type Decided<K extends KindTypes> = { readonly observed: K['Observed']; readonly plan: Plan<K['Act']>; readonly live: 'all' | readonly string[] };

type Loaded<K extends KindTypes> = { readonly key: string; readonly object: K['Obj']; readonly subject: K['Subject'] };

/** Something in AWS was torn down, and nothing of it is to be seen any more. */
const isTornDown = (plan: Plan<Action>): boolean => plan.finalizer === 'lift' && plan.decisions.some(({ move }) => move.is === 'gone');

const mayLift = (plan: Plan<Action>, memory: Memory, now: Date): boolean => {
  if (plan.finalizer !== 'lift') return false;
  if (!isTornDown(plan) || memory.doubt.length === 0) return true;
  return memory.absentSince !== undefined && now.getTime() - memory.absentSince.getTime() >= absentForMs;
};

/** Fifteen minutes of "AWS does not see it yet" are a refusal. */
const escalated = <A extends Action>(outcome: Outcome<A>, memory: Memory, now: Date): Outcome<A> => {
  const { action, failure } = outcome;
  const since = memory.history.waitingSince[waitKey(action.concern, 'unsettled')];
  if (failure?.kind !== 'unsettled' || since === undefined || now.getTime() - since.getTime() < unsettledForMs) return outcome;
  return { ...outcome, failure: asRefusal(failure) };
};

/** One kind's passes, written once: load, observe, plan, apply, remember, status, next. */
export const createReconciler = <K extends KindTypes>(kind: Kind<K>, ports: Ports<K>): Reconciler => {
  const { objects, now, pace } = ports;
  const memories = createMemories(now, pace);
  const memoryOf = (key: string, object: K['Obj']): Memory => memories.of(key, { uid: object.metadata.uid, guarded: isGuarded(object) });

  /** Looks and plans; again, and live, for those concerns that would do more than memory can vouch for. */
  const decide = async (subject: K['Subject'], memory: Memory, signal: AbortSignal): Promise<Decided<K>> => {
    const at = async (live: Decided<K>['live']): Promise<Decided<K>> => {
      const look = lookFrom(memory, (concern) => live === 'all' || live.includes(concern), now(), signal);
      const observed = await kind.observe(subject, look);
      const plan = kind.plan(subject, observed, now());
      return { observed, plan: { ...plan, decisions: plan.decisions.map((decision) => heldBack(decision, look.refusals, now())) }, live };
    };
    if (memory.liveDueAt <= now()) return at('all');
    let decided = await at([]);
    for (;;) {
      const { plan, live } = decided;
      if (isTornDown(plan) && live !== 'all') return at('all');
      const bold = actionsOf(plan).filter((action) => action.needs === 'live' || isInDoubt(memory, action.concern)).map(({ concern }) => concern);
      const blind = bold.filter((concern) => live !== 'all' && !live.includes(concern));
      if (blind.length === 0 || live === 'all') return decided;
      decided = await at([...new Set([...live, ...blind])]);
    }
  };

  const statusAfter = ({ key, object, subject }: Loaded<K>, { observed, plan }: Decided<K>, done: Done<K>): K['Status'] => {
    const memory = memoryOf(key, object);
    const outcomes = done.outcomes.map((outcome) => escalated(outcome, memory, now()));
    return kind.status({ subject, observed, plan, object: done.object, outcomes, now: now() });
  };

  /** Does what was decided and tells it in the status; false where the finalizer was lifted instead. */
  const settle = async (loaded: Loaded<K>, decided: Decided<K>, done: Done<K>, signal: AbortSignal): Promise<boolean> => {
    const { key, subject } = loaded;
    const memory = memoryOf(key, loaded.object);
    if (mayLift(decided.plan, memory, now())) {
      await objects.release(loaded.object);
      return false;
    }
    try {
      await carryOut({ key, kind, objects, memories, now, subject }, decided.plan, done, signal);
      done.object = await objects.save(done.object, statusAfter(loaded, decided, done));
    } catch (error) {
      await keepLearned({ objects }, done);
      throw error;
    }
    return true;
  };
  const pass = async (loaded: Loaded<K>, signal: AbortSignal): Promise<Report> => {
    const { key } = loaded;
    const looked = await decide(loaded.subject, memoryOf(key, loaded.object), signal);
    const decided = { ...looked, plan: restrained(looked.plan, restraintOf(loaded.object.metadata.annotations)) };
    memories.change(key, (memory) => afterLook(memory, { everything: decided.live === 'all', gone: isTornDown(decided.plan) }, now(), pace));
    const done: Done<K> = { object: loaded.object, outcomes: [], unsaved: undefined };
    const failures: Failure[] = [];
    let lifted = false;
    try {
      lifted = !(await settle(loaded, decided, done, signal));
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      failures.push(error);
    }
    return reportOf(loaded, decided, { done, failures, lifted });
  };

  const reportOf = ({ key, object: before }: Loaded<K>, { plan, live }: Decided<K>, end: { done: Done<K>; failures: readonly Failure[]; lifted: boolean }): Report => {
    const { object, outcomes } = end.done;
    const unseen = plan.decisions.flatMap(({ move }) => (move.is === 'unseen' ? [move.failure] : []));
    const failed = end.failures.length + unseen.length > 0 || outcomes.some((outcome) => outcome.failure);
    const memory = memories.change(key, (known) => afterPass(known, { plan, outcomes, failed }, now()));
    const next = nextLook({ plan, outcomes, failures: end.failures, now: now() }, (memory ?? memoryOf(key, object)).history, pace);
    if (end.lifted) memories.forget(key);
    const said = {
      kind: kind.name,
      key,
      object,
      depth: live.length > 0 ? ('live' as const) : ('shared' as const),
      did: outcomes,
      failures: [...end.failures, ...unseen],
      transitions: transitionsBetween(before.status?.conditions, object.status?.conditions),
    };
    if (end.lifted) return { ...said, outcome: 'gone', notices: plan.notices ?? [], next: undefined };
    const outcome = failed ? 'failed' : outcomes.length > 0 ? 'acted' : next.urgency === 'idle' ? 'settled' : 'waiting';
    return { ...said, outcome, notices: restraintNews(before.status?.conditions, object.status?.conditions), next: isTornDown(plan) ? { ...next, afterMs: Math.min(next.afterMs, absentForMs) } : next };
  };

  return {
    kind: kind.name,
    reconcile: async (key, signal) => {
      const loaded = kind.load(key);
      if (loaded && (loaded.object.metadata.deletionTimestamp === undefined || isGuarded(loaded.object))) return pass({ ...loaded, key }, signal);
      memories.forget(key);
      return { kind: kind.name, key, outcome: 'gone', depth: 'shared', did: [], transitions: [], notices: [], failures: [], next: undefined };
    },
  };
};
