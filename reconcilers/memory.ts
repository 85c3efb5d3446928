import type { Action, Look, Outcome, Refusal } from './contract.ts';
import { type Ended, historyAfter } from './history.ts';
import { type History, type Pace, refusedForMs } from './requeue.ts';

/** Longer than what is blocked is left alone, so that the next try knows of this one. */
const refusalsForMs = 1.5 * refusedForMs.blocked;
const newsWithinMs = 5_000;
/** In doubt, a finalizer is lifted only when nothing was seen twice, this far apart: a create may still commit late (R9). */
export const absentForMs = 2 * 60_000;

/**
 * What the passes of one key remember of each other. Nothing here is needed for correctness: it is lost with the process.
 * - `doubt`: the concerns of which something may have happened that we know nothing of (a restart, a mutation sent), so that absence
 *   in memory proves nothing. Without our finalizer there is no doubt: it is stored before the first change in AWS (R8).
 * - `absentSince`: since when, in doubt, nothing was seen any more of what a deleted object had in AWS (R9).
 */
export type Memory = {
  readonly uid: string;
  readonly since: Date;
  readonly doubt: 'all' | readonly string[];
  readonly absentSince: Date | undefined;
  readonly liveDueAt: Date;
  readonly wroteAt: Readonly<Record<string, Date>>;
  readonly awaited: readonly string[];
  readonly refusals: readonly Refusal[];
  readonly history: History;
};

/** When the next look at AWS itself is due for an object at rest: one resync period from now, give or take a tenth. */
const nextLiveLook = (now: Date, pace: Pace): Date => new Date(now.getTime() + pace.resyncMs * (0.9 + 0.2 * pace.random()));

/** The memory of an object that this process has not looked at before; `guarded`: it has our finalizer, so another process has. */
const freshMemory = (object: { readonly uid: string; readonly guarded: boolean }, now: Date, pace: Pace): Memory => ({
  uid: object.uid,
  since: now,
  doubt: object.guarded ? 'all' : [],
  absentSince: undefined,
  liveDueAt: nextLiveLook(now, pace),
  wroteAt: {},
  awaited: [],
  refusals: [],
  history: { failures: 0, failingSince: undefined, waitingSince: {} },
});

/** Whether absence in memory proves nothing for this concern. */
export const isInDoubt = ({ doubt }: Memory, concern: string): boolean => doubt === 'all' || doubt.includes(concern);

const recentOf = (refusals: readonly Refusal[], now: Date): readonly Refusal[] =>
  refusals.filter(({ at, failure }) => now.getTime() - at.getTime() < (failure.kind === 'invalid' ? refusedForMs.invalid : refusalsForMs));

/** How the next pass has to look; `live` names the concerns that are to be asked of AWS itself. */
export const lookFrom = (memory: Memory, live: (concern: string) => boolean, now: Date, signal: AbortSignal): Look => {
  const sinceMs = (concern: string): number => {
    // The second look at something that was not there must not be answered by what the first one read (R9).
    const knownMs = memory.absentSince === undefined ? memory.since.getTime() : now.getTime();
    return Math.max(memory.wroteAt[concern]?.getTime() ?? 0, live(concern) && isInDoubt(memory, concern) ? knownMs : 0);
  };
  const newsMs = (concern: string): number => (memory.awaited.includes(concern) ? now.getTime() - newsWithinMs : 0);
  return {
    depth: (concern) => (live(concern) ? 'live' : 'shared'),
    refusals: recentOf(memory.refusals, now),
    signal,
    since: (concern) => new Date(sinceMs(concern)),
    notBefore: (concern) => new Date(Math.max(sinceMs(concern), newsMs(concern))),
  };
};

/**
 * A mutation is about to be sent: until AWS is seen again, what this concern has there is in doubt. Said beforehand, since a pass that is
 * ended in the middle of the call hears no answer.
 */
export const beforeAction = (memory: Memory, { concern }: Action, now: Date): Memory => ({
  ...memory,
  doubt: isInDoubt(memory, concern) || memory.doubt === 'all' ? memory.doubt : [...memory.doubt, concern],
  wroteAt: { ...memory.wroteAt, [concern]: now },
});

/** What names the thing that an action is about, whichever version of it was seen, and whatever is made of it. */
const naming = ['arn', 'name', 'number', 'rule', 'family'] as const;

const isSameDeed = (one: Action, other: Action): boolean =>
  one.verb === other.verb && one.concern === other.concern && naming.every((member) => Reflect.get(one, member) === Reflect.get(other, member));

/** A mutation was answered, or failed. */
export const afterAction = (memory: Memory, outcome: Outcome<Action>, now: Date): Memory => {
  const { action, failure } = outcome;
  const others = memory.refusals.filter((refusal) => !isSameDeed(refusal.action, action));
  const refusals = recentOf(failure ? [...memory.refusals, { action, failure, at: now }] : others, now);
  return { ...beforeAction(memory, action, now), refusals };
};

/** A plan was made; `everything`: of AWS itself, for all concerns. `gone`: it found nothing left of what is torn down. */
export const afterLook = (memory: Memory, decided: { readonly everything: boolean; readonly gone: boolean }, now: Date, pace: Pace): Memory => ({
  ...memory,
  liveDueAt: decided.everything ? nextLiveLook(now, pace) : memory.liveDueAt,
  absentSince: decided.gone ? (memory.absentSince ?? now) : undefined,
});

/** What a finished pass leaves for the next one. */
export const afterPass = (memory: Memory, ended: Ended, now: Date): Memory => ({
  ...memory,
  awaited: ended.plan.decisions.flatMap(({ condition, move }) => (move.is === 'waiting' && move.on === 'aws' ? [condition.type] : [])),
  history: historyAfter(memory.history, ended, now),
});

/** The memories of all keys of one reconciler. */
export type Memories = {
  /** What is known of this object; fresh where its key was another object's before. */
  readonly of: (key: string, object: { readonly uid: string; readonly guarded: boolean }) => Memory;
  readonly change: (key: string, change: (memory: Memory) => Memory) => Memory | undefined;
  readonly forget: (key: string) => void;
};

/** An empty set of memories, as a process starts with. */
export const createMemories = (now: () => Date, pace: Pace): Memories => {
  const memories = new Map<string, Memory>();
  return {
    of: (key, object) => {
      const known = memories.get(key);
      if (known?.uid === object.uid) return known;
      const fresh = freshMemory(object, now(), pace);
      memories.set(key, fresh);
      return fresh;
    },
    change: (key, change) => {
      const known = memories.get(key);
      if (known === undefined) return undefined;
      const changed = change(known);
      memories.set(key, changed);
      return changed;
    },
    forget: (key) => {
      memories.delete(key);
    },
  };
};
