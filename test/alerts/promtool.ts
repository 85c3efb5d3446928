import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { toolPath } from '../environment/tools/tools.ts';

/** Prometheus' own tool, with a folder for the files that it is shown. */
export type Promtool = {
  /** Resolves with what it prints, and rejects with what it complains of. */
  readonly run: (...args: readonly string[]) => Promise<string>;
  /** Writes a file that it can be shown, and gives its path. */
  readonly file: (name: string, content: unknown) => Promise<string>;
  readonly end: () => Promise<void>;
};

const tell = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

/** The real one, built where it is not there yet, which takes minutes once. */
export const startPromtool = async (): Promise<Promtool> => {
  const [path, folder] = await Promise.all([toolPath('promtool', tell), mkdtemp(join(tmpdir(), 'tenant-edge-promtool-'))]);
  return {
    run: async (...args) => {
      const { stdout, stderr } = await promisify(execFile)(path, args, { cwd: folder, maxBuffer: 64 * 1024 * 1024 }).catch((error: unknown) => {
        const { stdout: said, stderr: complained } = error as { readonly stdout: string; readonly stderr: string };
        throw new Error(`run promtool ${args.join(' ')}: ${said}${complained}`, { cause: error });
      });
      return `${stdout}${stderr}`;
    },
    file: async (name, content) => {
      const at = join(folder, name);
      // JSON is YAML.
      await writeFile(at, JSON.stringify(content));
      return at;
    },
    end: () => rm(folder, { recursive: true, force: true }),
  };
};
