import { type Aws, awsOperations } from '../../reconcilers/ports/aws.ts';
import { standings } from '../../src/aws/rates.ts';
import type { CallLogEntry } from '../environment/aws/calls.ts';

/** How often one operation was called. `shared`: for the whole fleet, not for one tenant. */
export type OperationCount = { readonly operation: string; readonly shared: boolean; readonly calls: number };

/** The calls of one stretch of time, as AWS saw them. `throttled` and `failed` are among them. */
export type AwsTally = { readonly operations: readonly OperationCount[]; readonly own: number; readonly shared: number; readonly throttled: number; readonly failed: number };

const isCall = (name: string): name is keyof Aws => Object.hasOwn(awsOperations, name);

const nameOf = (service: string, operation: string): string => `${service}:${operation}`;

const sharedOperations = new Set(
  Object.keys(awsOperations).filter(isCall).filter((name) => standings[name].shared).map((name) => nameOf(awsOperations[name].service, awsOperations[name].operation)),
);

/** Counts what was called, the operator's deeds apart. */
export const tallyOf = (entries: readonly CallLogEntry[]): AwsTally => {
  const calls = entries.filter(({ caller }) => caller !== 'operator');
  const counts = new Map<string, number>();
  for (const { service, operation } of calls) counts.set(nameOf(service, operation), (counts.get(nameOf(service, operation)) ?? 0) + 1);
  const operations = [...counts].map(([operation, count]) => ({ operation, shared: sharedOperations.has(operation), calls: count })).toSorted((a, b) => (a.operation < b.operation ? -1 : 1));
  const sum = (shared: boolean): number => operations.filter((each) => each.shared === shared).reduce((total, { calls: count }) => total + count, 0);
  const throttled = calls.filter(({ outcome }) => outcome.startsWith('Throttling')).length;
  return { operations, own: sum(false), shared: sum(true), throttled, failed: calls.filter(({ outcome }) => outcome !== 'ok').length - throttled };
};
