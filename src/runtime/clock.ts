/**
 * Time as a parameter: the one place the shell and the simulated world take it from, so that tests run on virtual time.
 * `after` calls `run` once, `delayMs` from now (0 or more), unless the returned function was called before.
 */
export type Clock = {
  readonly now: () => Date;
  readonly after: (delayMs: number, run: () => void) => () => void;
};

/** The machine's own time. Its timers do not keep the process alive. */
export const systemClock: Clock = {
  now: () => new Date(),
  after: (delayMs, run) => {
    const timer = setTimeout(run, delayMs);
    timer.unref();
    return () => {
      clearTimeout(timer);
    };
  },
};
