import type { Clock } from '../runtime/clock.ts';
import { Failure } from '../../reconcilers/failure.ts';
import type { PolledListing } from './listing.ts';
import { pause } from './pause.ts';

const afterFailureMs = 60_000;

type Polled = Pick<PolledListing<unknown, never>, 'refresh' | 'listedAtMs'>;

/** `askedWithinMs`: what nobody has asked for in so long a time is not wanted any more. */
export type PollPace = { readonly clock: Clock; readonly random: () => number; readonly pollMs: number; readonly askedWithinMs: number };

/**
 * Keeps a listing no older than `pollMs`, as long as somebody asks for it; a list made for another reason puts the poll off. Resolves
 * when `signal` aborts. The first poll comes after `pollMs`: until then those who ask have it read.
 */
export const poll = async (listing: Polled, pace: PollPace, signal: AbortSignal): Promise<void> => {
  const { clock, random, pollMs } = pace;
  let dueMs = clock.now().getTime() + jittered(pollMs, random);
  try {
    for (;;) {
      await pause(clock, dueMs - clock.now().getTime(), signal);
      dueMs = (listing.listedAtMs() ?? Number.NEGATIVE_INFINITY) + jittered(pollMs, random);
      if (dueMs > clock.now().getTime()) continue;
      dueMs = clock.now().getTime() + ((await refreshed(listing, pace, signal)) ? jittered(pollMs, random) : Math.min(afterFailureMs, pollMs));
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
};

/** Only ever early, so that drift is seen within `pollMs`. */
const jittered = (pollMs: number, random: () => number): number => pollMs * (0.8 + 0.2 * random());

const refreshed = async (listing: Polled, { clock, askedWithinMs }: PollPace, signal: AbortSignal): Promise<boolean> => {
  try {
    await listing.refresh(clock.now().getTime() - askedWithinMs, signal);
    return true;
  } catch (error) {
    // The calls themselves are counted where they are made; here it is only sooner that it is tried again.
    if (error instanceof Failure) return false;
    throw error;
  }
};
