import type { Config } from './config.ts';
import type { Clock } from './runtime/clock.ts';
import type { Log } from './telemetry/log.ts';

/** What a process is given from outside. `stop`: it was asked to end. */
export type Surroundings = {
  readonly config: Config;
  readonly log: Log;
  readonly clock: Clock;
  /** Evenly spread over 0 (included) to 1 (not included). */
  readonly random: () => number;
  readonly stop: AbortSignal;
  readonly version: string;
};
