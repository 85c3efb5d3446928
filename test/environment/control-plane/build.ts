import { execFile } from 'node:child_process';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { textAt, valueAt } from './json.ts';
import { logTail, startChild } from './process.ts';

/** One line for whoever waits, without a line break. */
export type Progress = (line: string) => void;

/** A program to build, and how. */
export type GoProgram = {
  readonly name: string;
  /** Its import path, or `.` for the module's own. */
  readonly package: string;
  /** Values of variables of the program, which its own release build sets too. */
  readonly variables?: Readonly<Record<string, string>>;
  readonly tags?: readonly string[];
};

/** Where the pinned versions are, and what to make of them. */
export type Build = {
  /** The folder of go.mod. Nothing is written there. */
  readonly module: string;
  readonly programs: readonly GoProgram[];
  /** Where the programs go, all at once: it exists only when the build is whole. */
  readonly directory: string;
  readonly environment: NodeJS.ProcessEnv;
};

const progressEveryMs = 5_000;

/** What `go build` is told of one program, but for where to put it. Without symbols, which nobody here looks at and which are a third of it. */
export const buildArguments = (program: GoProgram): readonly string[] => [
  ...(program.tags === undefined ? [] : ['-tags', program.tags.join(',')]),
  '-ldflags',
  ['-s', '-w', ...Object.entries(program.variables ?? {}).map(([name, value]) => `-X ${name}=${value}`)].join(' '),
  program.package,
];

/** The caller's environment, but for what could change the versions or write into the module's folder. */
const goEnvironment = (environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv => ({
  ...environment,
  CGO_ENABLED: '0',
  GOTOOLCHAIN: 'local',
  GOWORK: 'off',
  // Here rather than on the command line, because it takes the place of any flags that the machine has set for all.
  GOFLAGS: '-mod=readonly -buildvcs=false -trimpath',
});

/** Whether there is a Go to build with. Its version is Go's own to judge, against the one in go.mod. */
export const hasGo = async (environment: NodeJS.ProcessEnv): Promise<boolean> => {
  try {
    await promisify(execFile)('go', ['version'], { env: goEnvironment(environment) });
    return true;
  } catch (error) {
    if (valueAt(error, 'code') === 'ENOENT') return false;
    throw new Error(`ask Go for its version: ${textAt(error, 'stderr')?.trim() ?? String(error)}`, { cause: error });
  }
};

const buildOne = async (build: Build, program: GoProgram, into: string, progress: Progress): Promise<void> => {
  const { name } = program;
  const logPath = join(into, `${name}.log`);
  const started = performance.now();
  const say = (): void => {
    progress(`building ${name}: ${Math.round((performance.now() - started) / 1_000)} s`);
  };
  say();
  const timer = setInterval(say, progressEveryMs);
  const child = await startChild({
    command: 'go',
    args: ['build', '-o', join(into, name), ...buildArguments(program)],
    logPath,
    directory: build.module,
    environment: goEnvironment(build.environment),
  });
  const exit = await child.exited;
  clearInterval(timer);
  if (exit.code !== 0) throw new Error(`build ${name} with Go: ${exit.failure?.message ?? (await logTail(logPath))}`, { cause: exit.failure });
};

/**
 * Builds programs of the pinned versions, one after another, because each already uses all cores. Takes minutes the first time. To be run by one
 * process at a time; what an earlier one left unfinished is thrown away, and what lost a program is replaced as a whole.
 */
export const buildPrograms = async (build: Build, progress: Progress): Promise<void> => {
  const unfinished = `${build.directory}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { recursive: true });
  for (const program of build.programs) await buildOne(build, program, unfinished, progress);
  await rm(build.directory, { recursive: true, force: true }); // one that lost a program, as to a cleaner of caches
  await rename(unfinished, build.directory);
};
