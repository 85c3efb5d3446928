import { waitFor } from '../environment/control-plane/wait.ts';
import type { RunningController } from '../environment/embedded.ts';
import type { Stage } from './stage.ts';

/** `lease`: how long one holds. Short unless told, since what is waited for is mostly leases, and long enough for a machine that does other things too. */
export type ReplicaOptions = { readonly lease?: string; readonly flags?: readonly string[] };

const hasLed = async ({ logLines }: RunningController): Promise<boolean> => (await logLines()).some(({ message }) => message === 'Leading');

/** Two processes of one installation, as a Deployment keeps them: where one ends, another is started. */
export class Replicas {
  readonly #stage: Stage;
  readonly #flags: readonly string[];
  readonly #alive = new Set<RunningController>();
  #ended = false;

  private constructor(stage: Stage, flags: readonly string[]) {
    this.#stage = stage;
    this.#flags = flags;
  }

  static async start(stage: Stage, { lease = '8s', flags = [] }: ReplicaOptions = {}): Promise<Replicas> {
    const replicas = new Replicas(stage, ['--leader-election', 'on', '--lease-duration', lease, ...flags]);
    await Promise.all([replicas.#add(), replicas.#add()]);
    return replicas;
  }

  /** From now on whoever ends is not replaced. */
  end(): void {
    this.#ended = true;
  }

  async #add(): Promise<void> {
    const replica = await this.#stage.startController(this.#flags);
    this.#alive.add(replica);
    void replica.process.exited.then(() => {
      this.#alive.delete(replica);
      return this.#ended ? undefined : this.#add();
    });
  }

  /** The process that leads: alive, and other than `than`. */
  leader(than?: RunningController): Promise<RunningController> {
    return waitFor('a replica to lead', 60_000, async () => {
      const led = await Promise.all([...this.#alive].filter((replica) => replica !== than).map(async (replica) => ((await hasLed(replica)) ? [replica] : [])));
      return led.flat().at(-1);
    });
  }

  /** Waits until there is somebody to take over. */
  async standby(): Promise<void> {
    await waitFor('a replica to stand by', 60_000, async () => {
      const waiting = await Promise.all([...this.#alive].map(async ({ logLines }) => (await logLines()).some(({ message }) => message === 'Waiting for the lease')));
      return waiting.some(Boolean) && waiting.length >= 2 ? true : undefined;
    });
  }
}

/** Sends the signal to a process that is there. */
export const signalTo = ({ process: { pid } }: RunningController, signal: NodeJS.Signals): void => {
  if (pid !== undefined) process.kill(pid, signal);
};
