import type { Clock } from '../../../src/runtime/clock.ts';
import type { Dns } from '../../../reconcilers/ports/dns.ts';
import type { FaultPlan } from './faults.ts';
import type { Inspect } from './inspect.ts';
import type { Knobs } from './knobs.ts';
import type { Operator } from './operator.ts';
import type { ServingAnswer } from './prober.ts';

/** The services that are simulated: all of them in us-east-1, for one account. */
export const services = ['cloudfront', 'acm', 'wafv2', 'sts'] as const;
export type Service = (typeof services)[number];

/** Members of a request or an answer, spelled as in the AWS SDK for JavaScript: `ETag` and `IfMatch` stand beside the others, times are `Date`. */
export type Members = Readonly<Record<string, unknown>>;

/** An error that AWS answered. `members` are those beside the message (WAF: `Field`, `Reason`); `committed` is true where AWS refuses after having acted. */
export class AwsFault extends Error {
  readonly status: number;
  readonly side: 'client' | 'server';
  readonly members: Members;
  readonly committed: boolean;
  requestId = '';

  constructor(name: string, answer: { readonly status: number; readonly message: string; readonly members?: Members; readonly committed?: boolean }) {
    super(answer.message);
    this.name = name;
    this.status = answer.status;
    this.side = answer.status >= 500 ? 'server' : 'client';
    this.members = answer.members ?? {};
    this.committed = answer.committed ?? false;
  }
}

/** The client hears nothing: what the SDK throws when its request time-out is over. Over HTTP: the socket ends without an answer. */
export class LostAnswer extends Error {
  readonly requestId: string;

  constructor(requestId: string) {
    super('the request timed out');
    this.name = 'TimeoutError';
    this.requestId = requestId;
  }
}

/** One line of the call log. A call whose commit comes late has two: the time-out, then the commit, with the same request id. */
export type CallLogEntry = {
  readonly at: Date;
  readonly service: Service;
  readonly operation: string;
  /** Who called: `operator` for `Simulator.operator`. */
  readonly caller: string;
  /** Name, id, ARN or domain that the call was about. */
  readonly subject?: string;
  readonly mutating: boolean;
  /** `ok`, or the name of the error that the caller saw. */
  readonly outcome: string;
  /** Whether the world was changed, whatever the caller saw. */
  readonly committed: boolean;
  readonly requestId: string;
  readonly input: Members;
};

/** One AWS account in memory. Its time is the clock's; nothing happens between calls that a call cannot work out from the time. */
export type Simulator = {
  /**
   * Sends one request, as the SDK command of that name would. Answers share state with the simulator and are not to be changed; most of
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
  readonly faults: FaultPlan;
  /** Brings the world to the clock's time, DNS included, without a call. */
  readonly settle: () => Promise<void>;
};

export type SimulatorOptions = {
  readonly clock: Clock;
  /** Same seed, same calls at the same times: same ids, delays and hostility. */
  readonly seed: number;
  /** The DNS that CloudFront and ACM look into. */
  readonly dns: Dns;
  readonly accountId?: string;
  /** Over `calmKnobs`. */
  readonly knobs?: Partial<Knobs>;
};
