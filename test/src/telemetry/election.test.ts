import { expect, test } from 'vitest';
import { KubeError } from '../../../src/kubernetes/errors.ts';
import { createElectionTeller } from '../../../src/telemetry/election.ts';
import { createLog } from '../../../src/telemetry/log.ts';
import { createVirtualClock } from '../../virtual-clock.ts';

const forbidden = new KubeError('get "lease"', { code: 403, reason: 'Forbidden', message: 'no' });
const failing = new KubeError('get "lease"', { code: 500, reason: 'InternalError', message: 'oops' });
const everyMs = 3_000;

/** How often each trouble is said aloud, met one after the other, one each three seconds. */
const warnings = async (troubles: readonly unknown[]): Promise<readonly number[]> => {
  const clock = createVirtualClock();
  const levels: string[] = [];
  const tell = createElectionTeller({ log: createLog({ level: 'debug', clock, write: (line) => levels.push(/"level":"(\w+)"/.exec(line)?.[1] ?? '') }), clock, lease: 'here/one' });
  for (const error of troubles) {
    tell({ is: 'troubled', error });
    await clock.advance(everyMs);
  }
  return levels.flatMap((level, index) => (level === 'warn' ? [index * everyMs] : []));
};

const times = <Value>(count: number, of: (index: number) => Value): readonly Value[] => Array.from({ length: count }, (_, index) => of(index));

test.each([
  { name: 'that lasts is said every five minutes', troubles: times(301, () => forbidden), want: [0, 300_000, 600_000, 900_000] },
  { name: 'that takes turns with another is said no more often', troubles: times(102, (index) => (index % 2 === 0 ? forbidden : failing)), want: [0, 3_000, 300_000, 303_000] },
  { name: 'that is no answer of the API server is told by its text', troubles: [new Error('a'), new Error('b'), new Error('a')], want: [0, 3_000] },
  { name: 'that has been driven out of memory by many others is news again', troubles: [...times(17, (index) => new Error(`port ${index}`)), new Error('port 1'), new Error('port 0')], want: [...times(17, (index) => index * everyMs), 54_000] },
])('a trouble with the lease $name', async ({ troubles, want }) => {
  expect(await warnings(troubles)).toEqual(want);
});
