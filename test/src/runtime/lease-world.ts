import { createClock } from '../../../src/runtime/clock.ts';
import { Elector, type ElectionState } from '../../../src/runtime/election.ts';
import { type LeaseStore, type LeaseTerms, type StoredLease, timesOf } from '../../../src/runtime/lease-terms.ts';
import { Stopped } from '../../../src/runtime/stopped.ts';
import { createVirtualClock } from '../../virtual-clock.ts';

/** What becomes of one request: it is answered after a while, refused, or carried out without an answer. */
export type Fate = { readonly is: 'answered' | 'refused' | 'unanswered'; readonly ms: number };

export const prompt: Fate = { is: 'answered', ms: 5 };

const lease = 30_000;

/** An API server that holds one lease, several candidates, and time; candidates are told apart by name. */
export const createLeaseWorld = () => {
  const clock = createVirtualClock();
  const began = clock.now().getTime();
  let held: StoredLease | undefined;
  let version = 0;
  const told: string[] = [];
  let setByMs = 0;
  const machine = { wallMs: () => clock.now().getTime() + setByMs, monotonicMs: () => clock.now().getTime() };

  const storeOf = (fateOf: (verb: string) => Fate): LeaseStore<StoredLease> => {
    const serve = async <Answer>(verb: string, timeoutMs: number, work: () => Answer): Promise<Answer> => {
      const { is, ms } = fateOf(verb);
      await new Promise<void>((resolve) => void clock.after(Math.min(ms, timeoutMs), resolve));
      if (is === 'refused' || ms > timeoutMs) throw new Error('503 Unavailable');
      const answer = work();
      if (is === 'unanswered') throw new Error('ECONNRESET');
      return answer;
    };
    return {
      get: ({ timeoutMs }) => serve('get', timeoutMs, () => held),
      put: (before, terms, { timeoutMs }) =>
        serve('put', timeoutMs, () => {
          if (before?.version !== held?.version) return undefined;
          held = { ...terms, version: String(++version) };
          return held;
        }),
    };
  };

  const candidate = (identity: string, fateOf: (verb: string) => Fate = () => prompt) => {
    const stop = new AbortController();
    const onState = (state: ElectionState): void => void told.push(`${(clock.now().getTime() - began) / 1_000} ${identity} ${state.is}`);
    const elector = new Elector({
      ...machine, store: storeOf(fateOf), identity, times: timesOf(lease), clock: { ...clock, now: createClock(machine).now }, random: () => 0.5, onState,
      onSlowPath: () => void told.push(`${identity} slow path`),
    });
    const ended = elector.run(stop.signal).then(() => 'ended', (error: unknown) => (error instanceof Error ? error.message : String(error)));
    const mayAct = (): boolean => {
      try {
        elector.fence();
        return true;
      } catch (error) {
        if (error instanceof Stopped) return false;
        throw error;
      }
    };
    return { elector, stop: () => stop.abort(), ended, mayAct };
  };

  return {
    clock, told, candidate,
    held: () => held,
    /** Sets the wall clock forward, or back: forward is also how a suspension looks, in which the monotonic one stands still. */
    setWall: (byMs: number): void => {
      setByMs += byMs;
    },
    /** Somebody else deletes it. */
    remove: (): void => {
      held = undefined;
    },
    /** Somebody else writes it. */
    write: (terms: Partial<LeaseTerms>): void => {
      const now = clock.now();
      held = { holder: 'other', durationMs: lease, acquiredAt: now, renewedAt: now, transitions: 0, ...held, ...terms, version: String(++version) };
    },
  };
};
