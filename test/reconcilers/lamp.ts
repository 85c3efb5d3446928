import type { Condition, ObjectMeta } from '../../crds/types.ts';
import { conditionsFrom } from '../../reconcilers/conditions.ts';
import type { Action, Depth, Kind, Look, Plan, Report } from '../../reconcilers/contract.ts';
import { Failure } from '../../reconcilers/failure.ts';
import { finalizer, type Objects } from '../../reconcilers/ports/objects.ts';
import { createReconciler } from '../../reconcilers/reconcile.ts';
import { judge } from '../../reconcilers/summary.ts';
import { createVirtualClock } from '../virtual-clock.ts';
import { hours } from './builders.ts';

type LampStatus = { readonly conditions?: readonly Condition[]; readonly serials?: readonly string[] };
/** A Lamp shall be lit; deleted, it is put out. */
export type Lamp = { readonly apiVersion: string; readonly kind: string; readonly metadata: ObjectMeta; readonly status?: LampStatus };
type Act = Action & { readonly verb: 'Light' | 'PutOut' };
type LampKind = { readonly Obj: Lamp; readonly Status: LampStatus; readonly Subject: Lamp; readonly Observed: 'lit' | 'dark'; readonly Act: Act; readonly Learned: string };

const conflict = (): Failure => new Failure({ kind: 'conflict', reason: 'Conflict', code: 'Conflict', message: 'write Lamp "hall": it has changed' });

const act = (verb: Act['verb']): Act => ({ concern: 'Lit', verb, because: `${verb} the lamp`, destroys: verb === 'PutOut', needs: verb === 'PutOut' ? 'live' : 'shared' });

/** The smallest kind there can be, with a world that is looked at from afar (and may be old) or live, and an API server of one object. */
export const lampRoom = (options: { readonly guarded?: boolean } = {}) => {
  const clock = createVirtualClock();
  const room = {
    clock,
    isLit: false,
    /** What a look from afar shows, where that is old. */
    listed: undefined as 'lit' | 'dark' | undefined,
    stored: { apiVersion: 'v1', kind: 'Lamp', metadata: { name: 'hall', uid: 'uid-1', resourceVersion: '1', generation: 1, ...(options.guarded ? { finalizers: [finalizer] } : {}) } } as Lamp | undefined,
    /** What was done, in order: `look shared`, `guard`, `Light`, … */
    log: [] as string[],
    looks: [] as Look[],
    /** Throws in place of the next thing of that name. */
    failing: new Map<string, () => unknown>(),
    frozen: undefined as Plan<Act>['frozen'],
    retain: false,
    plan: undefined as ((plan: Plan<Act>) => Plan<Act>) | undefined,
  };

  const step = (name: string): void => {
    room.log.push(name);
    const fails = room.failing.get(name);
    room.failing.delete(name);
    if (fails) throw fails();
  };
  const write = async (name: string, object: Lamp, change: (live: Lamp) => Lamp): Promise<Lamp> => {
    await Promise.resolve();
    step(name);
    if (room.stored?.metadata.uid !== object.metadata.uid) throw conflict();
    room.stored = change(room.stored);
    return room.stored;
  };

  const objects: Objects<Lamp, LampStatus> = {
    live: async () => {
      await Promise.resolve();
      step('live');
      return room.stored;
    },
    guard: (object) => write('guard', object, (live) => ({ ...live, metadata: { ...live.metadata, finalizers: [finalizer] } })),
    remember: (object, fold) => write('remember', object, (live) => ({ ...live, status: fold(live.status) })),
    save: (object, status) => write('save', object, (live) => ({ ...live, status })),
    release: async (object) => {
      await write('release', object, (live) => live);
      room.stored = undefined;
    },
  };

  const planOf = (lamp: Lamp, observed: 'lit' | 'dark'): Plan<Act> => {
    const deleting = lamp.metadata.deletionTimestamp !== undefined;
    if (deleting && room.retain) return { decisions: [], finalizer: 'lift', notices: [{ reason: 'Retained', message: 'it stays lit' }] };
    const isRight = (observed === 'lit') !== deleting;
    const condition = { type: 'Lit', status: observed === 'lit' ? 'True' : 'False', reason: 'Found', message: observed } as const;
    const move = isRight ? ({ is: deleting ? 'gone' : 'settled' } as const) : ({ is: 'acting', actions: [act(deleting ? 'PutOut' : 'Light')] } as const);
    return { decisions: [{ condition, move }], finalizer: deleting && isRight ? 'lift' : 'keep', ...(room.frozen ? { frozen: room.frozen } : {}) };
  };

  const kind: Kind<LampKind> = {
    name: 'Lamp',
    load: () => room.stored && { object: room.stored, subject: room.stored },
    observe: async (_lamp, look) => {
      await Promise.resolve();
      const depth: Depth = look.depth('Lit');
      room.looks.push(look);
      step(`look ${depth}`);
      return (depth === 'shared' ? room.listed : undefined) ?? (room.isLit ? 'lit' : 'dark');
    },
    plan: (lamp, observed) => room.plan?.(planOf(lamp, observed)) ?? planOf(lamp, observed),
    apply: async (_lamp, { verb }) => {
      await Promise.resolve();
      step(verb);
      room.isLit = verb === 'Light';
      room.listed = undefined;
      return verb === 'Light' ? `serial ${room.log.filter((line) => line === 'Light').length}` : undefined;
    },
    remember: (serial) => (live) => ({ ...live, serials: [...(live?.serials ?? []), serial] }),
    status: ({ object, plan, outcomes, now }) => {
      const learned = outcomes.flatMap((outcome) => (outcome.learned === undefined ? [] : [outcome.learned]));
      const serials = [...new Set([...(object.status?.serials ?? []), ...learned])];
      const verdicts = plan.decisions.map((decision) => judge(decision, outcomes, object.status?.conditions).verdict);
      return { conditions: conditionsFrom(verdicts, object.status?.conditions, { generation: object.metadata.generation, now }), ...(serials.length > 0 ? { serials } : {}) };
    },
  };

  const { reconcile } = createReconciler(kind, { objects, now: clock.now, pace: { random: () => 0.5, resyncMs: hours(10) } });
  return {
    room,
    light: act('Light'),
    /** One pass; what it did is in `room.log`, which begins anew. */
    pass: async (signal = new AbortController().signal): Promise<Report> => {
      room.log.length = 0;
      return reconcile('hall', signal);
    },
    /** Somebody deletes the object. */
    remove: (): void => {
      if (room.stored) room.stored = { ...room.stored, metadata: { ...room.stored.metadata, deletionTimestamp: clock.now().toISOString(), generation: room.stored.metadata.generation + 1 } };
    },
  };
};
