import { KubeError } from '../kubernetes/errors.ts';
import type { Clock } from '../runtime/clock.ts';
import type { ElectionState } from '../runtime/election.ts';
import type { Log } from './log.ts';

export type ElectionTellerOptions = {
  readonly log: Log;
  readonly clock: Pick<Clock, 'now'>;
  /** Its namespace and name. */
  readonly lease: string;
};

// A trouble that lasts is met at every try, some seconds apart. Who reads only the last minutes of a log must find it there.
const sayAgainMs = 5 * 60_000;
// Texts may hold what differs each time, and must not be kept for ever.
const mostRemembered = 16;

/** Says in the log what becomes of an election: each trouble aloud when it comes and every five minutes while it is met, and quietly in between. */
export const createElectionTeller = ({ log, clock, lease }: ElectionTellerOptions): ((state: ElectionState) => void) => {
  const isNews = createNews(clock);
  return (state) => {
    switch (state.is) {
      case 'waiting':
        return log.info('Waiting for the lease', { lease, holder: state.holder });
      case 'leading':
        return log.info('Leading', { lease, transitions: state.transitions });
      case 'released':
        return log.info('Gave the lease back', { lease });
      case 'troubled':
        return log[isNews(troubleOf(state.error)) ? 'warn' : 'debug']('Failed to reach the lease, trying again', { lease, error: state.error });
    }
  };
};

const troubleOf = (error: unknown): string => (error instanceof KubeError ? `${error.code} ${error.reason}` : String(error));

/** Whether something was not said lately, and from then on it was. */
const createNews = (clock: Pick<Clock, 'now'>): ((what: string) => boolean) => {
  /** When each was last said, the longest ago first. */
  const saidMs = new Map<string, number>();
  return (what) => {
    const nowMs = clock.now().getTime();
    if (nowMs - (saidMs.get(what) ?? Number.NEGATIVE_INFINITY) < sayAgainMs) return false;
    saidMs.delete(what);
    saidMs.set(what, nowMs);
    const [oldest = what] = saidMs.keys();
    if (saidMs.size > mostRemembered) saidMs.delete(oldest);
    return true;
  };
};
