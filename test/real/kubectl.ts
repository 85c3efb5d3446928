import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { controlPlaneBinaries } from '../environment/control-plane/binaries.ts';

/** What kubectl, of the control plane's version, prints as admin. Rejects with what it complains of. */
export const kubectl = async (kubeconfigPath: string, ...args: readonly string[]): Promise<string> => {
  const { kubectl: program } = await controlPlaneBinaries(() => {});
  return (await promisify(execFile)(program, [`--kubeconfig=${kubeconfigPath}`, ...args])).stdout;
};

/** A table of kubectl's as one record a line: cells stand below their headings, and may hold spaces and commas. */
export const rowsOf = (table: string): readonly Readonly<Record<string, string>>[] => {
  const [heading = '', ...lines] = table.trimEnd().split('\n');
  const columns = [...heading.matchAll(/\S+/g)].map((match) => ({ name: match[0], from: match.index }));
  return lines.map((line) => Object.fromEntries(columns.map(({ name, from }, index) => [name, line.slice(from, columns[index + 1]?.from).trim()])));
};
