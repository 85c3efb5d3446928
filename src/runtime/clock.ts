/**
 * Time as a parameter: the one place the shell and the simulated world take it from, so that tests run on virtual time.
 * `now` never goes back. `after` calls `run` once, `delayMs` from now (at once where that moment has passed), unless the returned function was called before.
 */
export type Clock = {
  readonly now: () => Date;
  readonly after: (delayMs: number, run: () => void) => () => void;
};

/** What a machine has of clocks, in milliseconds: the wall's since 1970, which is set forward and back, and one that only goes forward, at its pace. */
export type MachineClocks = { readonly wallMs: () => number; readonly monotonicMs: () => number };

// What setTimeout takes; anything longer would fire at once. @see https://nodejs.org/api/timers.html#settimeoutcallback-delay-args
const longestTimerMs = 2 ** 31 - 1;

/**
 * The machine's own time, which never goes back: where the wall clock is set back it goes on as if that had not happened, until the wall has
 * caught up or the process ends. So what waits for a moment waits no longer than it was told. It follows the wall forward, at once: a process
 * that was suspended, while its monotonic clock stood still, learns how long it was away, unless the wall was set back by more than that before.
 * Who must know in any case, as a fence must, reads the machine's clocks. Timers run after 24.8 days at the latest, and do not keep the process
 * alive.
 */
export const createClock = ({ wallMs, monotonicMs }: MachineClocks): Clock => {
  let aheadMs = Number.NEGATIVE_INFINITY;
  return {
    now: () => {
      const sinceStartMs = monotonicMs();
      aheadMs = Math.max(aheadMs, wallMs() - sinceStartMs);
      return new Date(sinceStartMs + aheadMs);
    },
    after: (delayMs, run) => {
      const timer = setTimeout(run, Math.min(Math.max(0, delayMs), longestTimerMs));
      timer.unref();
      return () => {
        clearTimeout(timer);
      };
    },
  };
};

/** The clocks of the machine that this process runs on. */
export const machineClocks: MachineClocks = { wallMs: () => Date.now(), monotonicMs: () => performance.now() };

/** The clock of this process. */
export const systemClock: Clock = createClock(machineClocks);
