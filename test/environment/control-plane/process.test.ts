import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { withLock } from './lock.ts';
import { startChild, type Child } from './process.ts';
import { waitFor } from './wait.ts';

const withinMs = 20_000;

/** Not so for a process that is dead and only waits to be reaped, which is the business of whoever is process 1. */
const isRunning = async (pid: number): Promise<boolean> => {
  const { stdout } = await promisify(execFile)('ps', ['-A', '-o', 'pid=,stat=']);
  return new RegExp(`^\\s*${String(pid)}\\s+[^Z]`, 'm').test(stdout);
};

describe('processes', { timeout: 60_000 }, () => {
  let directory: string;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'tenant-edge-process-'));
  });

  afterEach(() => rm(directory, { recursive: true, force: true }));

  const start = (command: string, ...args: readonly string[]): Promise<Child> => startChild({ command, args, logPath: join(directory, 'log') });

  /** Another Node that runs this text as a module, beside the files tested here. */
  const startNode = (text: string): Promise<Child> =>
    startChild({
      command: process.execPath,
      args: ['--input-type=module-typescript', '--eval', text],
      logPath: join(directory, 'log'),
      directory: import.meta.dirname,
    });

  const logged = (pattern: RegExp): Promise<string> =>
    waitFor(`${String(pattern)} in the log`, withinMs, async () => pattern.exec(await readFile(join(directory, 'log'), 'utf8'))?.[0]);

  test('a child ends when it is asked to', async () => {
    const child = await start('sleep', '600');
    await child.check();
    await child.stop();
    expect(await child.exited).toEqual({ code: null, signal: 'SIGTERM' });
  });

  test('a child that does not listen is ended all the same', async () => {
    const child = await start('sh', '-c', 'trap "" TERM; echo deaf; while :; do sleep 600; done');
    await logged(/deaf/);
    await child.stop(1);
    expect(await child.exited).toEqual({ code: null, signal: 'SIGKILL' });
  });

  test('a child that ended by itself is told of with the end of its log', async () => {
    const child = await start('sh', '-c', 'echo no such flag; exit 3');
    await child.exited;
    await expect(child.check()).rejects.toThrow('run sh: ended with code 3: no such flag');
    await child.stop();
  });

  test('a command that does not exist is told of, and can be stopped', async () => {
    const child = await start(join(directory, 'missing'));
    await child.exited;
    await expect(child.check()).rejects.toThrow('ENOENT');
    await child.stop();
  });

  test('children go with a parent that was killed', async () => {
    const parent = await startNode(`
      import { startChild } from './process.ts';
      const child = await startChild({ command: 'sleep', args: ['600'], logPath: '/dev/null' });
      console.log('child ' + child.pid);
    `);
    const pid = Number((await logged(/(?<=child )\d+\n/)).trim());
    expect(await isRunning(pid)).toBe(true);
    await parent.stop(0);
    await waitFor('the child to be gone', withinMs, async () => ((await isRunning(pid)) ? undefined : true));
  });

  test("a killed parent's temporary folder goes too, one that was not given as such stays", async () => {
    const [temporary, kept] = ['temporary', 'kept'].map((name) => join(directory, name));
    const parent = await startNode(`
      import { mkdir } from 'node:fs/promises';
      import { startChild } from './process.ts';
      for (const folder of ${JSON.stringify([temporary, kept])}) await mkdir(folder);
      await startChild({ command: 'sleep', args: ['600'], logPath: '${temporary}/log', temporary: '${temporary}' });
      await startChild({ command: 'sleep', args: ['600'], logPath: '${kept}/log' });
      console.log('begun');
    `);
    await logged(/begun/);
    expect((await readdir(directory)).toSorted()).toEqual(['kept', 'log', 'temporary']);
    await parent.stop(0);
    await waitFor('the folder to be gone', withinMs, async () => ((await readdir(directory)).includes('temporary') ? undefined : true));
    expect((await readdir(directory)).toSorted()).toEqual(['kept', 'log']);
  });

  test('a lock is held by one at a time', async () => {
    const path = join(directory, 'lock');
    const order: string[] = [];
    await withLock(path, () => {}, async () => {
      const waited = Promise.withResolvers<void>();
      const second = withLock(path, waited.resolve, async () => order.push('second'));
      await waited.promise;
      order.push('first');
      return { second };
    }).then(({ second }) => second);
    expect(order).toEqual(['first', 'second']);
  });

  test('a lock is free again when its owner was killed', async () => {
    const path = join(directory, 'lock');
    const owner = await startNode(`
      import { setTimeout } from 'node:timers/promises';
      import { withLock } from './lock.ts';
      await withLock(${JSON.stringify(path)}, () => {}, async () => {
        console.log('held');
        await setTimeout(600_000);
      });
    `);
    await logged(/held/);
    const waited = Promise.withResolvers<void>();
    const mine = withLock(path, waited.resolve, () => Promise.resolve('mine'));
    await waited.promise;
    await owner.stop(0);
    expect(await mine).toBe('mine');
  });
});
