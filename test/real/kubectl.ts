import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { valueAt } from '../environment/control-plane/json.ts';

const run = promisify(execFile);

/** Whether this machine has one; the suite does without, and says so. */
export const hasKubectl = async (): Promise<boolean> => {
  try {
    await run('kubectl', ['version', '--client']);
    return true;
  } catch (error) {
    if (valueAt(error, 'code') === 'ENOENT') return false;
    throw error;
  }
};

/** What kubectl prints as admin. Rejects with what it complains of. */
export const kubectl = async (kubeconfigPath: string, ...args: readonly string[]): Promise<string> => (await run('kubectl', [`--kubeconfig=${kubeconfigPath}`, ...args])).stdout;

/** A table of kubectl's as one record a line: cells stand below their headings, and may hold spaces and commas. */
export const rowsOf = (table: string): readonly Readonly<Record<string, string>>[] => {
  const [heading = '', ...lines] = table.trimEnd().split('\n');
  const columns = [...heading.matchAll(/\S+/g)].map((match) => ({ name: match[0], from: match.index }));
  return lines.map((line) => Object.fromEntries(columns.map(({ name, from }, index) => [name, line.slice(from, columns[index + 1]?.from).trim()])));
};
