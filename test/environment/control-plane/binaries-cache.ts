import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { access, readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { buildPrograms, hasGo, type GoProgram, type Progress } from './build.ts';
import { withLock } from './lock.ts';

/** Programs of one Go module, which are built once for all processes of the machine. */
export type Wanted = {
  /** The folder of go.mod. */
  readonly module: string;
  /** Starts the name of the folder that they are kept in; that their version and `key` end it keeps them apart from all others. */
  readonly name: string;
  readonly version: string;
  /** All that decides what is built, beside the machine's kind: another key is another build. */
  readonly key: readonly string[];
  readonly programs: readonly GoProgram[];
  /** The programs in words, and the variable that can name a folder which has them: for whoever has no Go. */
  readonly inWords: string;
  readonly folderVariable: string;
  readonly environment: NodeJS.ProcessEnv;
};

/** Whether there is a file at `path` that this process may run. */
export const isExecutable = async (path: string): Promise<boolean> => {
  try {
    await access(path, constants.X_OK);
    return true;
  } catch {
    return false; // whatever the cause, it cannot be run
  }
};

/** The version that a module's go.mod requires of another module, without the `v`, and the text of its files that pin versions. */
export const pinnedBy = async (module: string, dependency: string): Promise<{ readonly version: string; readonly pins: readonly string[] }> => {
  const pins = await Promise.all([readFile(join(module, 'go.mod'), 'utf8'), readFile(join(module, 'go.sum'), 'utf8')]);
  const required = pins[0].split('\n').map((line) => line.replace(/^require\b/, '').trim().split(/\s+/));
  const version = required.find(([path]) => path === dependency)?.[1];
  if (version === undefined) throw new Error(`read the version of ${dependency} in ${join(module, 'go.mod')}: it does not require it`);
  return { version: version.replace(/^v/, ''), pins };
};

/** Where what was built once lies for all checkouts: in TENANT_EDGE_CACHE, or the user's own cache folder. */
export const cacheHome = (environment: NodeJS.ProcessEnv): string =>
  join(environment.TENANT_EDGE_CACHE ?? environment.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'tenant-edge');

const hasAll = async (directory: string, programs: readonly GoProgram[]): Promise<boolean> =>
  (await Promise.all(programs.map(({ name }) => isExecutable(join(directory, name))))).every(Boolean);

/**
 * The folder that has the programs, ready to run: in the cache folder (in TENANT_EDGE_CACHE, or the user's own), built with Go into that folder where
 * it has none yet. `progress` is told at least every 10 s for as long as it takes. Rejects when Go is missing, and says what to provide.
 */
export const cachedPrograms = async (wanted: Wanted, progress: Progress): Promise<{ readonly directory: string; readonly built: boolean }> => {
  const { module, programs, environment } = wanted;
  const hash = createHash('sha256').update([process.platform, process.arch, ...wanted.key].join('\n')).digest('hex').slice(0, 12);
  const folder = `${wanted.name}-${wanted.version}-${hash}`;
  const directory = join(cacheHome(environment), folder);
  if (await hasAll(directory, programs)) return { directory, built: false };
  if (!(await hasGo(environment))) {
    const { inWords, folderVariable } = wanted;
    throw new Error(`get ${inWords}: put Go 1.26 or newer on the PATH, or set ${folderVariable} to a folder that has ${inWords}`);
  }
  let seconds = 0;
  const onWait = (): void => {
    if (seconds % 5 === 0) progress(`waiting for another process that builds ${folder}: ${seconds} s`);
    seconds += 1;
  };
  return withLock(`${directory}.lock`, onWait, async () => {
    if (await hasAll(directory, programs)) return { directory, built: false };
    await buildPrograms({ module, programs, directory, environment }, progress);
    if (!(await hasAll(directory, programs))) throw new Error(`build ${folder}: ${directory} does not have it`);
    return { directory, built: true };
  });
};
