import { Gauge } from 'prom-client';
import type { Registry } from 'prom-client';
import { reasons } from '../../crds/reasons.ts';
import type { Condition, ObjectMeta } from '../../crds/types.ts';

/** What is read of an object that has conditions. */
export type Judged = { readonly metadata: ObjectMeta; readonly status?: { readonly conditions?: readonly Condition[] } };

/** An object before and after a change; each is absent where it was, or is, not there. */
export type ObjectChange<Obj extends Judged> = { readonly key: string; readonly before?: Obj; readonly after?: Obj };

/**
 * Whose turn it is with an object that is not Ready: `ours`, the controller's or AWS's; `person`, somebody's who may change the spec, a quota
 * or a permission; `customer`, whose DNS is waited for, or nobody's, where it is disabled, paused or a dry run.
 */
export const turns = ['ours', 'person', 'customer'] as const;
export type Turn = (typeof turns)[number];

const statuses = ['True', 'False', 'Unknown'] as const;

/** The `Ready` condition of an object that is not, whose turn it is, and since when; a customer's time counts from when it was last Ready. */
export type Unready = { readonly ready: Condition; readonly turn: Turn; readonly sinceMs: number };

/** Undefined where the object is Ready, or its status was wiped. */
export const unreadyOf = ({ metadata: { creationTimestamp }, status }: Judged): Unready | undefined => {
  const conditions = status?.conditions ?? [];
  const ready = conditions.find(({ type }) => type === 'Ready');
  if (ready === undefined || ready.status === 'True') return undefined;
  const [stalled, reconciling] = ['Stalled', 'Reconciling'].map((wanted) => conditions.find(({ type, status: is }) => type === wanted && is === 'True'));
  // Nobody has looked at an object whose condition is older than itself: that is the CRD's default, of 1970.
  const times = [ready.lastTransitionTime, (stalled ?? reconciling)?.lastTransitionTime, creationTimestamp].flatMap((time) => (time === undefined ? [] : Date.parse(time)));
  const unready = { ready, sinceMs: Math.max(...times) };
  if (stalled !== undefined) return { ...unready, turn: 'person' };
  // Unknown: nobody has looked at it yet.
  return { ...unready, turn: ready.status === 'Unknown' || reconciling !== undefined ? 'ours' : 'customer' };
};

/** Counts by one or two words. A Map of plain keys: a label set of a gauge costs ten times as much to find, and a start counts the whole fleet. */
class Tally {
  readonly #counts = new Map<string, number>();

  add(key: string, by: 1 | -1): void {
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + by);
  }

  of(key: string): number {
    return this.#counts.get(key) ?? 0;
  }
}

export type KindMetricsOptions = {
  readonly registry: Registry;
  /** What the metrics are called after, in the plural. */
  readonly noun: string;
  /** What the objects are called in helps. */
  readonly kind: string;
  /** The types of the kind's conditions. */
  readonly conditions: readonly string[];
};

/**
 * Counts the objects of a kind by what their conditions say, as they change, so that no scrape counts them. All labels stand at zero
 * before the first: the statuses, the reasons and the turns are closed lists, and no object has a series of its own.
 */
export const createKindMetrics = ({ registry, noun, kind, conditions }: KindMetricsOptions): ((change: ObjectChange<Judged>) => void) => {
  const registers = [registry];
  const tally = { status: new Tally(), reason: new Tally(), turn: new Tally() };
  const show = <Label extends string>(name: string, help: string, labelNames: readonly Label[], read: (gauge: Gauge<Label>) => void): void => {
    void new Gauge({
      name, help, labelNames, registers,
      collect() {
        read(this);
      },
    });
  };
  show(noun, `${kind}s by condition and its status.`, ['condition', 'status'], (gauge) => {
    for (const condition of conditions) for (const status of statuses) gauge.set({ condition, status }, tally.status.of(`${condition} ${status}`));
  });
  show(`${noun}_by_reason`, `${kind}s by condition and its reason.`, ['condition', 'reason'], (gauge) => {
    for (const condition of conditions) for (const reason of Object.keys(reasons)) gauge.set({ condition, reason }, tally.reason.of(`${condition} ${reason}`));
  });
  show(`${noun}_unready`, `${kind}s that are not Ready, by whose turn it is: ours, a person's, or a customer's.`, ['turn'], (gauge) => {
    for (const turn of turns) gauge.set({ turn }, tally.turn.of(turn));
  });
  const count = (object: Judged | undefined, by: 1 | -1): void => {
    if (object === undefined) return;
    for (const { type, status, reason } of object.status?.conditions ?? []) {
      tally.status.add(`${type} ${status}`, by);
      tally.reason.add(`${type} ${reason}`, by);
    }
    const unready = unreadyOf(object);
    if (unready) tally.turn.add(unready.turn, by);
  };
  return ({ before, after }) => {
    count(before, -1);
    count(after, 1);
  };
};
