import { pause } from './backoff.ts';
import type { Clock } from './clock.ts';

/*
 * The life of the process. Layers start from below, each once the one before it is ready, and end from above, each once
 * the one above it has ended, so that nothing ever runs without what it stands on:
 *
 *      start ▼  servers (probes, metrics)    │ close last, so that the end can be watched
 *               caches (reflectors, fleet)   │ are followed until no pass needs them any more
 *               lease                        │ is given back when nobody works any more
 *               controllers (workers)        ▲ take no more keys, and end the passes under way
 *
 * A component that ends by itself ends all. A second signal, or the end of the grace period, ends the waiting.
 */

/** Something with a life of its own. */
export type Component = {
  readonly name: string;
  /** Lives until the signal is aborted; resolves when its timers, sockets and callbacks are gone. Rejects when it cannot go on. */
  readonly run: (signal: AbortSignal) => Promise<void>;
  /** Whether what stands on it may start; at once where absent. */
  readonly ready?: () => boolean;
  /** Without it the rest has no right to go on: where it fails, nothing is waited for. */
  readonly vital?: boolean;
};

/** What happens to the process, in the order it does. */
export type ManagerEvent =
  | { readonly is: 'started' }
  | { readonly is: 'stopping' }
  | { readonly is: 'failed'; readonly component: string; readonly error: unknown }
  | { readonly is: 'overdue'; readonly components: readonly string[] }
  | { readonly is: 'stopped' };

export type ManagerOptions = {
  /** From below. */
  readonly layers: readonly (readonly Component[])[];
  readonly clock: Clock;
  /** The time that all layers together have to end. */
  readonly gracefulMs: number;
  /** Ends everything in order (the first SIGTERM or SIGINT). */
  readonly stop: AbortSignal;
  /** Ends the waiting for that order (the second one). */
  readonly kill: AbortSignal;
  readonly onEvent: (event: ManagerEvent) => void;
};

type Living = { readonly name: string; readonly ended: Promise<void>; hasEnded: boolean };
type Layer = { readonly living: readonly Living[]; readonly end: AbortController };

// How often a layer is asked whether it is ready: client-go's WaitForCacheSync asks as often.
const readyEveryMs = 100;

/**
 * Runs all components from start to end. Resolves to the exit code of the process: 0 when all that was asked to stop has ended in time, 1
 * when a component failed, or something still runs. Never rejects.
 */
export const runManager = async (options: ManagerOptions): Promise<0 | 1> => {
  const { layers, stop, onEvent } = options;
  const [failed, hopeless] = [new AbortController(), new AbortController()];
  const started: Layer[] = [];
  const ending = AbortSignal.any([stop, failed.signal]);
  for (const components of layers) {
    if (ending.aborted) break;
    started.push(startLayer(components, options, { failed, hopeless }));
    await untilReady(components, options.clock, ending);
  }
  if (!ending.aborted) onEvent({ is: 'started' });
  await aborted(ending);
  onEvent({ is: 'stopping' });
  const inTime = await endInTime(started, { ...options, kill: AbortSignal.any([options.kill, hopeless.signal]) });
  if (inTime) onEvent({ is: 'stopped' });
  return inTime && !failed.signal.aborted ? 0 : 1;
};

type Alarms = { readonly failed: AbortController; readonly hopeless: AbortController };

const startLayer = (components: readonly Component[], { onEvent }: ManagerOptions, { failed, hopeless }: Alarms): Layer => {
  const end = new AbortController();
  const start = ({ name, run, vital = false }: Component): Living => {
    const fail = (error: unknown): void => {
      onEvent({ is: 'failed', component: name, error });
      if (vital) hopeless.abort();
      failed.abort();
    };
    const live = async (): Promise<void> => {
      try {
        await run(end.signal);
        if (!end.signal.aborted) fail(new Error(`run ${name}: it ended by itself`));
      } catch (error) {
        fail(error);
      }
      living.hasEnded = true;
    };
    const living: Living = { name, ended: Promise.resolve().then(live), hasEnded: false };
    return living;
  };
  return { living: components.map(start), end };
};

const untilReady = async (components: readonly Component[], clock: Clock, signal: AbortSignal): Promise<void> => {
  while (!signal.aborted && !components.every(({ ready }) => ready === undefined || ready())) await pause(clock, readyEveryMs, signal);
};

/** Ends the layers from above; false when that was cut short. */
const endInTime = async (started: readonly Layer[], { clock, gracefulMs, kill, onEvent }: ManagerOptions): Promise<boolean> => {
  const late = new AbortController();
  const cancel = clock.after(gracefulMs, () => late.abort());
  const cut = AbortSignal.any([late.signal, kill]);
  const inOrder = async (): Promise<void> => {
    for (const { living, end } of started.toReversed()) {
      end.abort();
      await Promise.all(living.map(({ ended }) => ended));
    }
  };
  await Promise.race([inOrder(), aborted(cut)]);
  cancel();
  const overdue = started.flatMap(({ living }) => living.filter(({ hasEnded }) => !hasEnded).map(({ name }) => name));
  if (overdue.length > 0) onEvent({ is: 'overdue', components: overdue });
  return overdue.length === 0;
};

/** Resolves when the signal is aborted. */
export const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
