import { expect, test } from 'vitest';
import type { Orphan } from '../../../reconcilers/orphans.ts';
import { Failure, type FailureKind } from '../../../reconcilers/failure.ts';
import type { Regarding, Saying } from '../../../src/kubernetes/events.ts';
import { createLog } from '../../../src/telemetry/log.ts';
import { createOrphanTeller } from '../../../src/telemetry/orphans.ts';
import { setUp } from './metrics-page.ts';

/** A teller, and what it said. */
const teller = () => {
  const { clock, metrics, read } = setUp();
  const lines: string[] = [];
  const events: { readonly regarding: Regarding; readonly saying: Saying }[] = [];
  const log = createLog({ level: 'debug', clock, write: (line) => lines.push(line) });
  const hooks = createOrphanTeller({ log, count: metrics.fleet.orphans, record: (regarding, saying) => events.push({ regarding, saying }) });
  return { hooks, read, events, lines: () => lines.map((line) => JSON.parse(line) as Record<string, unknown>) };
};

const arn = 'arn:aws:cloudfront::111122223333:distribution-tenant/dt_1';
const orphan: Orphan = { type: 'DistributionTenant', arn, title: 'brand-shop-1', mark: { installation: 'test', namespace: 'brand', name: 'shop', uid: undefined } };

test('an orphan is said where its owner was: what it is, that nothing was changed, and what to do', () => {
  const { hooks, events, lines } = teller();
  hooks.onOrphan(orphan);
  expect(events).toEqual([
    {
      regarding: { apiVersion: 'tenantedge.dev/v1alpha1', kind: 'TenantDomain', namespace: 'brand', name: 'shop', uid: '' },
      saying: {
        type: 'Warning', reason: 'Orphaned', action: 'Sweep',
        note: `distribution tenant "brand-shop-1" (${arn}) carries the mark of TenantDomain "brand/shop", which does not want it: nothing was changed; delete it by hand, create the TenantDomain again, or take its tag tenantedge.dev/installation off (seen after a restart)`,
      },
    },
  ]);
  expect(lines()).toMatchObject([{ level: 'warn', message: 'Found orphaned distribution tenant', arn, owner: 'brand/shop', reason: 'Orphaned' }]);
});

test('how many there are is measured, down to none again', async () => {
  const { hooks, read } = teller();
  const series = 'aws_orphans{type="DistributionTenant"}';
  hooks.onCount('DistributionTenant', 3);
  const found = await read(series);
  hooks.onCount('DistributionTenant', 0);
  expect({ found, after: await read(series) }).toEqual({ found: [3], after: [0] });
});

test.each<{ kind: FailureKind; level: string }>([
  { kind: 'blocked', level: 'warn' },
  { kind: 'throttled', level: 'debug' },
  { kind: 'transient', level: 'debug' },
])('that AWS could not be read is a person\'s business only where a person has to mend it: $kind', ({ kind, level }) => {
  const { hooks, lines } = teller();
  hooks.onFailure(new Failure({ kind, reason: 'AWSError', code: 'Oops', message: 'list tags: Oops: no' }));
  expect(lines()).toMatchObject([{ level, failure: kind, code: 'Oops' }]);
});
