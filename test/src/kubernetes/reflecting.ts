import { Reflector } from '../../../src/kubernetes/reflector.ts';
import type { ReflectorState } from '../../../src/kubernetes/reflector.ts';
import { ObjectStore } from '../../../src/kubernetes/store.ts';
import type { Change } from '../../../src/kubernetes/store.ts';
import { createVirtualClock } from '../../virtual-clock.ts';
import type { VirtualClock } from '../../virtual-clock.ts';
import { FakeCluster } from './fake-cluster.ts';
import type { Thing } from './fake-cluster.ts';

/** A reflector in virtual time over a fake cluster, and what it has said and done. */
export type Reflecting = {
  readonly cluster: FakeCluster;
  readonly store: ObjectStore<Thing>;
  readonly reflector: Reflector<Thing>;
  readonly clock: VirtualClock;
  readonly states: readonly ReflectorState[];
  readonly changes: readonly Change<Thing>[];
  /** What the store holds: content by name. */
  readonly held: () => Readonly<Record<string, number>>;
  readonly start: () => void;
  /** Resolves when nothing runs any more. */
  readonly stop: () => Promise<void>;
};

/** Not started yet. `random` is what every jitter is made of; a half when absent. */
export const createReflecting = (random: () => number = () => 0.5): Reflecting => {
  const clock = createVirtualClock();
  const cluster = new FakeCluster();
  const store = new ObjectStore<Thing>({
    onHandlerError: (error) => {
      throw error;
    },
  });
  const states: ReflectorState[] = [];
  const changes: Change<Thing>[] = [];
  store.subscribe((change) => changes.push(change));
  const reflector = new Reflector<Thing>({ source: cluster, store, clock, random, onState: (state) => states.push(state) });
  const ended = new AbortController();
  let running: Promise<void> = Promise.resolve();
  return {
    cluster,
    store,
    reflector,
    clock,
    states,
    changes,
    held: () => Object.fromEntries(store.list().map(({ metadata, spec }) => [metadata.name, spec.content])),
    start: () => {
      running = reflector.run(ended.signal);
    },
    stop: () => {
      ended.abort(new Error('test over'));
      return running;
    },
  };
};

/** A reflector that has listed `a` and `b` and now watches. */
export const live = async (random?: () => number): Promise<Reflecting> => {
  const world = createReflecting(random);
  world.cluster.put('a', 1);
  world.cluster.put('b', 2);
  world.start();
  await world.clock.settle();
  return world;
};

/** How long it has waited, time after time. */
export const waits = ({ states }: Reflecting): readonly number[] => states.flatMap((state) => (state.is === 'waiting' ? [state.delayMs] : []));
