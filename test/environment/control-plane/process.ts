import { spawn, type ChildProcess } from 'node:child_process';
import { open, readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { valueAt } from './json.ts';

/** A program to run. Its output goes to the end of `logPath`, both streams in one. */
export type Program = {
  readonly command: string;
  readonly args: readonly string[];
  readonly logPath: string;
  readonly directory?: string;
  readonly environment?: NodeJS.ProcessEnv;
  /** A folder that goes too when this process dies before the child: nobody else is left to remove it. */
  readonly temporary?: string;
};

/** How a child ended: with a code, by a signal, or never having begun (`ENOENT` and its like). */
export type Exit = { readonly code: number | null; readonly signal: NodeJS.Signals | null; readonly failure?: Error };

/** A running program of ours. It does not outlive this process, however that one ends. */
export type Child = {
  readonly pid: number | undefined;
  /** Resolves when it has ended; never rejects. */
  readonly exited: Promise<Exit>;
  /** Rejects with the end of the log when it has ended, and resolves at once as long as it has not. */
  readonly check: () => Promise<void>;
  /** Asks it to end and resolves when it has; forces it after `graceMs`. May be repeated. */
  readonly stop: (graceMs?: number) => Promise<void>;
};

/**
 * Kills the child's process group when this process dies, by whatever cause, and removes its temporary folder: the guard's standard input is a
 * pipe that only we hold, so that its end is our end. A line on it says that the child is gone and its id no longer ours to kill.
 */
const guard = (pid: number, temporary: string | undefined): (() => void) => {
  // Where several use the folder, one may write while another's guard removes: then that one's own guard comes last.
  const script = 'read -r _ || { kill -s KILL -- "-$1"; [ -z "$2" ] || rm -rf -- "$2"; }';
  const watcher = spawn('/bin/sh', ['-c', script, 'guard', String(pid), temporary ?? ''], { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
  watcher.unref();
  watcher.stdin.on('error', () => {}); // the guard was killed by hand: there is nobody left to tell
  return () => {
    watcher.stdin.end('gone\n');
  };
};

const exitOf = (child: ChildProcess): Promise<Exit> =>
  new Promise((resolve) => {
    child.once('exit', (code, signal) => {
      resolve({ code, signal });
    });
    child.once('error', (failure) => {
      resolve({ code: null, signal: null, failure });
    });
  });

const describe = (exit: Exit): string => exit.failure?.message ?? (exit.signal === null ? `code ${String(exit.code)}` : exit.signal);

/** The last lines of a log as one line; empty when there is none. */
export const logTail = async (path: string, lines = 3): Promise<string> => {
  const text = await readFile(path, 'utf8').catch(() => ''); // no log, nothing to quote: the error that asks is the one to see
  return text.trimEnd().split('\n').slice(-lines).join(' | ').slice(-2_000);
};

/** Ends the whole group, so that what a child has started goes with it. One that is already gone is no failure. */
const killGroup = (pid: number): void => {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    if (valueAt(error, 'code') !== 'ESRCH') throw error;
  }
};

/**
 * Starts a program in a process group of its own: Ctrl-C in a terminal reaches us and not it, so that we decide the order in which
 * children stop. A command that does not exist shows in `exited`.
 */
export const startChild = async (program: Program): Promise<Child> => {
  const log = await open(program.logPath, 'a');
  const child = spawn(program.command, program.args, {
    stdio: ['ignore', log.fd, log.fd],
    detached: true,
    ...(program.directory === undefined ? {} : { cwd: program.directory }),
    ...(program.environment === undefined ? {} : { env: program.environment }),
  });
  const release = child.pid === undefined ? () => {} : guard(child.pid, program.temporary);
  let ended: Exit | undefined;
  const exited = exitOf(child).then((exit) => {
    release();
    ended = exit;
    return exit;
  });
  await log.close();
  return {
    pid: child.pid,
    exited,
    check: async () => {
      if (ended === undefined) return;
      throw new Error(`run ${basename(program.command)}: ended with ${describe(ended)}: ${await logTail(program.logPath)}`, { cause: ended.failure });
    },
    stop: async (graceMs = 15_000) => {
      const { pid } = child;
      if (pid === undefined) return;
      child.kill('SIGTERM');
      const force = setTimeout(() => {
        killGroup(pid);
      }, graceMs);
      await exited;
      clearTimeout(force);
    },
  };
};
