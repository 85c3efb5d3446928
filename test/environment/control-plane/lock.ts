import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';
import { valueAt } from './json.ts';

const sqliteBusy = 5; // https://www.sqlite.org/rescode.html#busy

const tryLock = (path: string): DatabaseSync | undefined => {
  const database = new DatabaseSync(path, { timeout: 0 });
  try {
    database.exec('BEGIN EXCLUSIVE');
    return database;
  } catch (error) {
    database.close();
    if (valueAt(error, 'errcode') === sqliteBusy) return undefined;
    throw error;
  }
};

/**
 * Runs `work` while no other process of this machine does under the same path, and calls `onWait` about once a second until its turn comes.
 *
 * Node has no file lock, and a file with an owner's id goes stale, is taken over twice, or names a stranger in another container. SQLite's
 * exclusive transaction is a real lock of the kernel: it goes with its owner, however that one ends.
 */
export const withLock = async <T>(path: string, onWait: () => void, work: () => Promise<T>): Promise<T> => {
  await mkdir(dirname(path), { recursive: true });
  let lock = tryLock(path);
  while (lock === undefined) {
    onWait();
    await pause(1_000);
    lock = tryLock(path);
  }
  try {
    return await work();
  } finally {
    lock.close();
  }
};
