import { join } from 'node:path';
import { startChild, type Child } from './process.ts';

/** The programs of one control plane that run, by name; each logs to `<name>.log`. */
export type Programs = {
  readonly begin: (name: string, command: string, args: readonly string[]) => Promise<void>;
  /** Resolves when it has ended; nothing to do for one that does not run. It is forced after `graceMs`. */
  readonly end: (name: string, graceMs?: number) => Promise<void>;
  /** Rejects when one has ended by itself. */
  readonly check: () => Promise<void>;
};

/** No programs yet. Puts the end of each on the stack as it begins. A temporary folder goes with them when this process dies before. */
export const programsIn = ({ directory, isTemporary }: { readonly directory: string; readonly isTemporary: boolean }, stack: AsyncDisposableStack): Programs => {
  const running = new Map<string, Child>();
  return {
    begin: async (name, command, args) => {
      const child = await startChild({ command, args, logPath: join(directory, `${name}.log`), ...(isTemporary && { temporary: directory }) });
      stack.defer(() => child.stop());
      running.set(name, child);
    },
    end: async (name, graceMs) => {
      const child = running.get(name);
      running.delete(name);
      await child?.stop(graceMs);
    },
    check: async () => {
      for (const child of running.values()) await child.check();
    },
  };
};
