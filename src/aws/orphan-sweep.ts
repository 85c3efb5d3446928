import type { Mark, Marks } from '../../reconcilers/aws/mark.ts';
import { Failure } from '../../reconcilers/failure.ts';
import { judge, type Objects, type Orphan, type OrphanType, orphanTypes, type Stray, straysIn, unreadOf } from '../../reconcilers/orphans.ts';
import type { Clock } from '../runtime/clock.ts';
import type { LiveFleet } from './fleet.ts';
import { pause } from './pause.ts';

/** What a sweep tells; must not throw. */
export type OrphanHooks = {
  /** Told once per ARN and process. */
  readonly onOrphan: (orphan: Orphan) => void;
  /** How many there are, after each sweep. */
  readonly onCount: (type: OrphanType, count: number) => void;
  /** A list or tags could not be read; the next sweep tries again. Told once a sweep. */
  readonly onFailure: (failure: Failure) => void;
};

export type OrphanSweepOptions = {
  readonly installation: string;
  readonly live: Pick<LiveFleet, 'all' | 'pollMs'>;
  readonly marks: Marks;
  /** Complete: the sweep runs only once all objects have been listed. */
  readonly objects: Objects;
  readonly clock: Clock;
  /** A living object is to look again: something of its own was found that it had forgotten. */
  readonly wake: (key: string) => void;
  readonly hooks: OrphanHooks;
};

/**
 * Looks through the lists of the fleet for what no object knows (reconcilers/orphans.ts). Reads tags once per ARN, changes nothing.
 * The lists are those that are polled anyway; where nobody else asks for them, this does.
 */
export class OrphanSweep {
  readonly #options: OrphanSweepOptions;
  readonly #judged = new Map<string, Mark | 'foreign'>();
  readonly #said = new Set<string>();
  #before: ReadonlySet<string> = new Set();

  constructor(options: OrphanSweepOptions) {
    this.#options = options;
  }

  /** Sweeps as often as the lists are polled, until `signal` aborts. The first passes after a start come before the first sweep. */
  async run(signal: AbortSignal): Promise<void> {
    const { clock, live } = this.#options;
    let sweptAt = clock.now();
    try {
      await pause(clock, live.pollMs / 2, signal);
      for (;;) {
        // No two sweeps see the same list: each asks for one that began after the last sweep ended, be it by a millisecond.
        if (await this.#swept(sweptAt, signal)) sweptAt = new Date(clock.now().getTime() + 1);
        await pause(clock, live.pollMs, signal);
      }
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }

  /** False where the lists could not be read: then nothing is known, and nothing is forgotten. */
  async #swept(notBefore: Date, signal: AbortSignal): Promise<boolean> {
    const { live, objects, installation, hooks } = this.#options;
    try {
      const strays = straysIn(await live.all({ notBefore, signal }, (kind) => objects.tiers(kind).length > 0), objects, installation);
      const arns = new Set(strays.map(({ arn }) => arn));
      for (const arn of this.#judged.keys()) if (!arns.has(arn)) this.#judged.delete(arn);
      await this.#readTags(unreadOf(strays, this.#before, (arn) => this.#judged.has(arn)), signal);
      this.#before = arns;
      this.#conclude(strays);
      return true;
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      hooks.onFailure(error);
      return false;
    }
  }

  /** One after the other: nobody waits for it, and what does matter is not to stand behind it. */
  async #readTags(strays: readonly Stray[], signal: AbortSignal): Promise<void> {
    const { marks, hooks } = this.#options;
    let failed: Failure | undefined;
    for (const { arn } of strays) {
      try {
        this.#judged.set(arn, await marks.of(arn, signal));
      } catch (error) {
        if (!(error instanceof Failure)) throw error;
        failed = error;
      }
    }
    if (failed !== undefined) hooks.onFailure(failed);
  }

  #conclude(strays: readonly Stray[]): void {
    const { installation, objects, wake, hooks } = this.#options;
    const orphans: Orphan[] = [];
    for (const stray of strays) {
      const mark = this.#judged.get(stray.arn);
      if (mark === undefined) continue;
      const judgement = judge(stray, mark, installation, objects);
      if (judgement.is === 'orphan') orphans.push(judgement.orphan);
      // Once: from then on the owner finds it in each pass, and it is the owner's to decide.
      if (judgement.is === 'owned') this.#once(`owned ${stray.arn}`, () => wake(judgement.owner));
    }
    for (const orphan of orphans) this.#once(`orphan ${orphan.arn}`, () => hooks.onOrphan(orphan));
    for (const type of orphanTypes) hooks.onCount(type, orphans.filter((orphan) => orphan.type === type).length);
  }

  #once(what: string, say: () => void): void {
    if (this.#said.has(what)) return;
    this.#said.add(what);
    say();
  }
}
