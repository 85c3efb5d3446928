import type { Clock } from '../../../src/runtime/clock.ts';
import type { Dns } from '../../../reconcilers/ports/dns.ts';
import type { CallLogEntry, Members, Service } from './calls.ts';
import type { FaultPlan } from './faults.ts';
import type { Decision, RoleOf } from './iam/iam.ts';
import type { Inspect } from './inspect.ts';
import type { Knobs } from './knobs.ts';
import type { Operator } from './operator.ts';
import type { ServingAnswer } from './prober.ts';

export { AwsFault, type CallLogEntry, LostAnswer, type Members, type Service, services } from './calls.ts';

/** One AWS account in memory. Its time is the clock's; nothing happens between calls that a call cannot work out from the time. */
export type Simulator = {
  /**
   * Sends one request, as the SDK command of that name would; as an administrator of the account where no caller is named. Answers share state with the simulator and are not to be changed; most of
   * what is in them is frozen.
   * @throws AwsFault what AWS answers; LostAnswer when the answer never comes
   */
  readonly call: (service: Service, operation: string, input: Members, caller?: string) => Promise<Record<string, unknown>>;
  readonly log: readonly CallLogEntry[];
  readonly clearLog: () => void;
  /** May be changed at any time; holds from the next event on. */
  readonly knobs: Knobs;
  /** What a person in the console, another account or AWS itself does; never throttled, never faulted. */
  readonly operator: Operator;
  /** Snapshots of the truth: no stale reads, no paging, deleted things absent. */
  readonly inspect: Inspect;
  /** Whether a viewer who asks an edge for `domain` now is served, and by what: the last deployed configuration answers. */
  readonly serves: (domain: string) => ServingAnswer;
  /** Calls `listener` right after each committed mutation, before its caller hears of it. Returns the way to stop. */
  readonly onMutation: (listener: (entry: CallLogEntry) => void) => () => void;
  /** Calls `listener` right after each thing that AWS did by itself (a deployment's end, an activation, an expiry), the world standing at that moment. Returns the way to stop. */
  readonly onEvent: (listener: () => void) => () => void;
  readonly faults: FaultPlan;
  /** Brings the world to the clock's time, DNS included, without a call. */
  readonly settle: () => Promise<void>;
};

/** What a world is made from. */
export type SimulatorOptions = {
  readonly clock: Clock;
  /** Same seed, same calls at the same times: same ids, delays and hostility. */
  readonly seed: number;
  /** The DNS that CloudFront and ACM look into. */
  readonly dns: Dns;
  readonly accountId?: string;
  /** Over `calmKnobs`. */
  readonly knobs?: Partial<Knobs>;
  /** What callers may do; the controller in memory what our policies allow it, and everybody else everything, where absent. */
  readonly roleOf?: RoleOf;
  /** Told of each permission that a caller with a role needed. */
  readonly onDecision?: (decision: Decision) => void;
};
