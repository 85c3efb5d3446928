import { pause, type Random } from './backoff.ts';
import type { Clock, MachineClocks } from './clock.ts';
import type { ElectionTimes, LeaseStore, StoredLease } from './lease-terms.ts';
import { Stopped } from './stopped.ts';

/** What is told of an election; `holder` is who leads instead. */
export type ElectionState =
  | { readonly is: 'waiting'; readonly holder: string }
  | { readonly is: 'leading'; readonly transitions: number }
  | { readonly is: 'released' }
  | { readonly is: 'troubled'; readonly error: unknown };

/** The fence goes by the machine's clocks as they are: `clock` does not show a suspension after the wall was set back. */
export type ElectionOptions<Held extends StoredLease> = MachineClocks & {
  readonly store: LeaseStore<Held>;
  /** No other process ever has it. */
  readonly identity: string;
  readonly times: ElectionTimes;
  readonly clock: Clock;
  readonly random: Random;
  readonly onState: (state: ElectionState) => void;
  /** A renewal met a change by somebody else, and was made again from what is there. */
  readonly onSlowPath: () => void;
};

type Moment = { readonly monotonicMs: number; readonly wallMs: number };

const never = new AbortController().signal;

/** One candidate for the lease. */
export class Elector<Held extends StoredLease> {
  readonly #options: ElectionOptions<Held>;
  /** When the request of the last good renewal was begun; absent while not leading. */
  #renewed: Moment | undefined;
  #held: Held | undefined;
  /** What was last read of somebody else's lease, and until when it may be good: a whole lease time from when it was first read so. */
  #observed: { readonly terms: string; readonly untilMs: number } | undefined;
  #waitsFor: string | undefined;

  constructor(options: ElectionOptions<Held>) {
    this.#options = options;
  }

  leads = (): boolean => this.#renewed !== undefined;

  /**
   * Milliseconds since the last renewal, by the clock that says more; 0 while not leading. Too few only where the process was suspended and
   * the wall set back since that renewal.
   */
  sinceRenewalMs = (): number => {
    if (this.#renewed === undefined) return 0;
    const { monotonicMs, wallMs } = this.#moment();
    return Math.max(monotonicMs - this.#renewed.monotonicMs, wallMs - this.#renewed.wallMs);
  };

  /**
   * To be asked just before anything is sent that changes something. It reads clocks: after the process stood still, code that goes on may run
   * before any timer.
   * @throws Stopped where this process does not lead, or has not renewed in time
   */
  fence = (): void => {
    if (this.#renewed === undefined) throw new Stopped('send a call: this process does not lead');
    const sinceMs = this.sinceRenewalMs();
    if (sinceMs >= this.#options.times.renewMs) throw new Stopped(`send a call: the lease was last renewed ${Math.round(sinceMs)} ms ago`);
  };

  /**
   * Waits for the lease, then renews it until `signal` aborts, and gives it back: by then nothing may run that needs it. Rejects when it is
   * lost: somebody else has it, or it could not be renewed in time.
   */
  async run(signal: AbortSignal): Promise<void> {
    const { clock, times, onState } = this.#options;
    while (!signal.aborted && !(await this.#tried(() => this.#campaign(signal), signal))) await pause(clock, this.#nextTryMs(), signal);
    if (this.#held !== undefined) onState({ is: 'leading', transitions: this.#held.transitions });
    while (!signal.aborted) {
      await pause(clock, times.retryMs, signal);
      if (signal.aborted) break;
      this.#proveInTime();
      await this.#tried(() => this.#renew());
      this.#proveInTime();
    }
    await this.#tried(() => this.#release());
  }

  /** Passes may have met the fence by now and gone, so a renewal that comes late is as bad as none. */
  #proveInTime(): void {
    const sinceMs = this.sinceRenewalMs();
    if (sinceMs >= this.#options.times.renewMs) throw new Stopped(`renew the lease: not done for ${Math.round(sinceMs)} ms`);
  }

  /** False where the attempt failed, which is told unless it was broken off; a lost lease is thrown on. */
  async #tried(attempt: () => Promise<boolean>, signal = never): Promise<boolean> {
    try {
      return await attempt();
    } catch (error) {
      if (error instanceof Stopped) throw error;
      if (signal.aborted) return false;
      this.#options.onState({ is: 'troubled', error });
      return false;
    }
  }

  async #campaign(signal: AbortSignal): Promise<boolean> {
    const { store, identity, onState } = this.#options;
    const current = await store.get({ signal, timeoutMs: this.#patienceMs() });
    if (current !== undefined && current.holder !== identity && this.#mayBeGood(current)) {
      if (this.#waitsFor !== current.holder) onState({ is: 'waiting', holder: current.holder });
      this.#waitsFor = current.holder;
      return false;
    }
    return this.#take(current);
  }

  /** Whether the lease is ours from now on. Never broken off: a request that was sent may succeed. */
  async #take(before: Held | undefined): Promise<boolean> {
    const { store, identity, times, clock } = this.#options;
    const begun = this.#moment();
    const now = clock.now();
    const mine = before?.holder === identity;
    const acquiredAt = mine ? before.acquiredAt : now;
    const transitions = before === undefined ? 0 : before.transitions + Number(!mine);
    const terms = { holder: identity, durationMs: times.leaseMs, acquiredAt, renewedAt: now, transitions };
    const held = await store.put(before, terms, { signal: never, timeoutMs: this.#patienceMs() });
    if (held === undefined) return false;
    this.#proveInTime();
    this.#held = held;
    this.#renewed = begun;
    return true;
  }

  /** Writes from what it remembers, and only where that is refused from what is there. */
  async #renew(): Promise<boolean> {
    const { store, identity, onSlowPath } = this.#options;
    if (await this.#take(this.#held)) return true;
    onSlowPath();
    const current = await store.get({ signal: never, timeoutMs: this.#patienceMs() });
    if (current !== undefined && current.holder !== identity) throw new Stopped(`renew the lease: "${current.holder}" holds it`);
    return this.#take(current);
  }

  /** How long one request is waited for: a leader's is given up early enough for another one, or its silence alone would cost the lease. */
  #patienceMs(): number {
    const { renewMs } = this.#options.times;
    return this.#renewed === undefined ? renewMs : Math.max(1, Math.min(renewMs / 3, renewMs - this.sinceRenewalMs()));
  }

  async #release(): Promise<boolean> {
    const { store, clock, times, onState } = this.#options;
    if (this.#held === undefined) return false;
    const { transitions } = this.#held;
    this.#renewed = undefined;
    const now = clock.now();
    const free = await store.put(this.#held, { holder: '', durationMs: 1_000, acquiredAt: now, renewedAt: now, transitions }, { signal: never, timeoutMs: times.retryMs });
    if (free !== undefined) onState({ is: 'released' });
    return free !== undefined;
  }

  #mayBeGood(lease: StoredLease): boolean {
    if (lease.holder === '') return false;
    const { monotonicMs, times } = this.#options;
    const terms = [lease.holder, lease.renewedAt.getTime(), lease.transitions].join(' ');
    if (this.#observed?.terms !== terms) this.#observed = { terms, untilMs: monotonicMs() + Math.max(lease.durationMs, times.leaseMs) };
    return monotonicMs() < this.#observed.untilMs;
  }

  /** A little apart from other candidates, and no later than when the lease may be over. */
  #nextTryMs(): number {
    const { times, random, monotonicMs } = this.#options;
    const usualMs = times.retryMs * (1 + 0.2 * random());
    const leftMs = (this.#observed?.untilMs ?? 0) - monotonicMs();
    return leftMs > 0 ? Math.min(usualMs, leftMs) : usualMs;
  }

  #moment(): Moment {
    const { monotonicMs, wallMs } = this.#options;
    return { monotonicMs: monotonicMs(), wallMs: wallMs() };
  }
}
