import { expect, test } from 'vitest';
import { edgeTierConditions, reasons, tenantDomainConditions } from '../../../crds/reasons.ts';
import type { Condition } from '../../../crds/types.ts';
import type { Tenant } from '../../../src/telemetry/fleet-metrics.ts';
import type { Tier } from '../../../src/telemetry/tier-metrics.ts';
import { setUp } from './metrics-page.ts';

const start = '2030-01-01T00:00:00Z';

/** A condition in few words: `Ready=False/Deploying`. */
const condition = (word: string, since: string): Condition => {
  const [, type = '', status = '', reason = ''] = /^(\w+)=(\w+)\/(\w+)$/.exec(word) ?? [];
  return { type, status: status as Condition['status'], reason, message: '', lastTransitionTime: since };
};

const object = (name: string, words: readonly string[], { since = start, created = since }: { readonly since?: string; readonly created?: string } = {}): Tenant => ({
  metadata: { name, namespace: 'shop', uid: name, resourceVersion: '1', generation: 1, creationTimestamp: created },
  status: { conditions: words.map((word) => condition(word, since)) },
});

const tier = (name: string, status: NonNullable<Tier['status']>, managed: { readonly tenantsPerACL: number; readonly pauseSeconds: number }): Tier => ({
  metadata: { name, uid: name, resourceVersion: '1', generation: 1 }, status,
  spec: { webACL: { type: 'Managed', managed: { defaultAction: 'Allow', tenantsPerACL: managed.tenantsPerACL, rollout: { pauseSeconds: managed.pauseSeconds, observe: false } } } },
});

test('tenants are counted by condition and status, and by its reason, as they come, change and go, and none by name', async () => {
  const { metrics, read } = setUp();
  const [waiting, served] = [object('a-customer', ['Ready=False/Validating']), object('a-customer', ['Ready=True/Served'])];
  const words = [...['True', 'False', 'Unknown'].map((status) => `tenants{condition="Ready",status="${status}"}`), ...['Validating', 'Served'].map((reason) => `tenants_by_reason{condition="Ready",reason="${reason}"}`)];
  const { fleet } = metrics;
  const seen = [await read(...words)];
  fleet.tenantChanged({ key: 'shop/a', after: waiting });
  fleet.tenantChanged({ key: 'shop/b', after: waiting });
  seen.push(await read(...words));
  fleet.tenantChanged({ key: 'shop/a', before: waiting, after: served });
  seen.push(await read(...words));
  fleet.tenantChanged({ key: 'shop/b', before: waiting });
  seen.push(await read(...words));
  expect(seen).toEqual([[0, 0, 0, 0, 0], [0, 2, 0, 2, 0], [1, 1, 0, 1, 1], [1, 0, 0, 0, 1]]);
  expect((await metrics.page()).body).not.toContain('a-customer');
});

test('every condition of either kind has every status and every reason at zero before there is an object', async () => {
  const { series } = setUp();
  const all = [...(await series())];
  const count = (name: string) => all.filter(([key, value]) => key.startsWith(`${name}{`) && value === 0).length;
  const [tenantTypes, tierTypes, words] = [tenantDomainConditions, edgeTierConditions, reasons].map((list) => Object.keys(list).length) as [number, number, number];
  expect(['tenants', 'tenants_by_reason', 'tenants_unready', 'tiers', 'tiers_by_reason', 'tiers_unready', 'oldest_unready_seconds'].map(count)).toEqual([
    3 * tenantTypes, words * tenantTypes, 3, 3 * tierTypes, words * tierTypes, 3, 3 * words,
  ]);
});

test.each([
  { name: 'is served', words: ['Ready=True/Served'], turn: undefined },
  { name: 'nobody has looked at yet', words: ['Ready=Unknown/Pending'], turn: 'ours' },
  { name: 'AWS works on', words: ['Ready=False/Deploying', 'Reconciling=True/Deploying'], turn: 'ours' },
  { name: 'waits for its customer', words: ['Ready=False/WaitingForCustomerDNS'], turn: 'customer' },
  { name: 'somebody paused', words: ['Ready=False/Paused'], turn: 'customer' },
  { name: 'stands against a quota', words: ['Ready=False/QuotaExceeded', 'Stalled=True/QuotaExceeded'], turn: 'person' },
  { name: 'had its status wiped', words: [], turn: undefined },
])('a tenant that $name is counted with those whose turn it is: $turn', async ({ words, turn }) => {
  const { metrics, read } = setUp();
  metrics.fleet.tenantChanged({ key: 'shop/a', after: object('a', words) });
  const turns = ['ours', 'person', 'customer'];
  expect(await read(...turns.map((one) => `tenants_unready{turn="${one}"}`))).toEqual(turns.map((one) => Number(one === turn)));
});

test('the oldest tenant that is not ready is known by whose turn it is and by its reason, and forgotten when it is', async () => {
  const { clock, metrics, read } = setUp();
  const { fleet } = metrics;
  const [older, younger] = ['2029-12-31T23:00:00Z', '2029-12-31T23:30:00Z'].map((since) => object(since, ['Ready=False/WaitingForCustomerDNS'], { since })) as [Tenant, Tenant];
  // The CRD's default condition is of 1970: it says nothing of how long anybody has waited.
  const unseen = object('c', ['Ready=Unknown/Pending'], { since: '1970-01-01T00:00:00Z', created: '2029-12-31T23:59:00Z' });
  for (const after of [older, younger, unseen]) fleet.tenantChanged({ key: after.metadata.name, after });
  const ages = () => read(...['customer",reason="WaitingForCustomerDNS', 'ours",reason="WaitingForCustomerDNS', 'ours",reason="Pending', 'person",reason="QuotaExceeded'].map((labels) => `oldest_unready_seconds{turn="${labels}"}`));
  const before = await ages();
  fleet.tenantChanged({ key: older.metadata.name, before: older, after: object(older.metadata.name, ['Ready=True/Served']) });
  fleet.tenantChanged({ key: 'c', before: unseen });
  await clock.advance(60_000);
  expect({ before, after: await ages() }).toEqual({ before: [3_600, 0, 60, 0], after: [1_860, 0, 0, 0] });
});

test('time counts from when it became our turn or a person\'s, and a customer\'s from when it was last Ready: one who was slow makes nobody else late', async () => {
  const { metrics, read } = setUp();
  const [created, acted] = ['2029-12-29T00:00:00Z', '2029-12-31T23:59:00Z'];
  const waiting = object('a', ['Ready=False/WaitingForCustomerDNS', 'Reconciling=False/WaitingForCustomerDNS'], { since: created });
  const withSigns = (...signs: readonly Condition[]): Tenant => ({ ...waiting, status: { conditions: [condition('Ready=False/Deploying', created), ...signs] } });
  const seen: (readonly (number | undefined)[])[] = [];
  let before = waiting;
  metrics.fleet.tenantChanged({ key: 'shop/a', after: waiting });
  for (const after of [waiting, withSigns(condition('Reconciling=True/Deploying', acted)), withSigns(condition('Reconciling=True/Deploying', created), condition('Stalled=True/Deploying', acted))]) {
    metrics.fleet.tenantChanged({ key: 'shop/a', before, after });
    before = after;
    seen.push(await read('oldest_unready_seconds{turn="customer",reason="WaitingForCustomerDNS"}', ...['ours', 'person'].map((turn) => `oldest_unready_seconds{turn="${turn}",reason="Deploying"}`)));
  }
  expect(seen).toEqual([[259_200, 0, 0], [0, 60, 0], [0, 0, 60]]);
});

test('certificates that cannot be renewed are counted as they come to be at risk, are mended, and go', async () => {
  const { metrics, read } = setUp();
  const { fleet } = metrics;
  const [served, atRisk] = [object('a', ['Ready=True/Served']), object('a', ['CertificateReady=True/RenewalAtRisk'])];
  const count = async () => (await read('certificates_renewal_at_risk'))[0];
  const seen = [await count()];
  fleet.tenantChanged({ key: 'shop/a', after: atRisk });
  fleet.tenantChanged({ key: 'shop/b', before: served, after: atRisk });
  seen.push(await count());
  fleet.tenantChanged({ key: 'shop/a', before: atRisk, after: atRisk });
  fleet.tenantChanged({ key: 'shop/a', before: atRisk, after: served });
  seen.push(await count());
  fleet.tenantChanged({ key: 'shop/b', before: atRisk });
  seen.push(await count());
  expect(seen).toEqual([0, 2, 1, 0]);
});

test('tiers are counted like tenants, and their own web ACLs with the tenants and the seats at them', async () => {
  const { metrics, read } = setUp();
  const conditions = ['Ready=False/RulesRefused', 'Stalled=True/RulesRefused'].map((word) => condition(word, start));
  const webACLs = [{ name: 'a-1', tenants: 90, state: 'Open' }, { name: 'a-2', tenants: 5, state: 'Open' }, { name: 'a-3', tenants: 2, state: 'Retiring' }] as const;
  const [one, other] = [tier('a', { conditions, webACLs }, { tenantsPerACL: 100, pauseSeconds: 0 }), tier('b', { webACLs: [{ name: 'b-1', tenants: 7 }] }, { tenantsPerACL: 10, pauseSeconds: 0 })];
  metrics.fleet.tierChanged({ key: 'a', after: one });
  metrics.fleet.tierChanged({ key: 'b', after: other });
  const words = ['tiers_by_reason{condition="Ready",reason="RulesRefused"}', 'tiers_unready{turn="person"}', 'web_acls{state="Open"}', 'web_acls{state="Retiring"}', 'web_acl_tenants', 'web_acl_seats'];
  const both = await read(...words);
  metrics.fleet.tierChanged({ key: 'a', before: one });
  expect([both, await read(...words)]).toEqual([[1, 1, 3, 1, 104, 210], [0, 0, 1, 0, 7, 10]]);
});

test('a rollout is overdue once the pause after its last step is over, and never while somebody holds it', async () => {
  const { clock, metrics, read } = setUp();
  const rollout = { configHash: 'h', phase: 'Enforcing', updated: 1, total: 3, changedAt: start } as const;
  const at = (word: string): Tier => tier('a', { conditions: [condition(word, start)], rollout }, { tenantsPerACL: 100, pauseSeconds: 60 });
  const [running, paused] = [at('Ready=True/Available'), at('Ready=False/Paused')];
  const overdue = async () => (await read('web_acl_rollouts{phase="Enforcing"}', 'web_acl_rollout_overdue_seconds'));
  metrics.fleet.tierChanged({ key: 'a', after: running });
  const seen = [await overdue()];
  await clock.advance(90_000);
  seen.push(await overdue());
  metrics.fleet.tierChanged({ key: 'a', before: running, after: paused });
  seen.push(await overdue());
  metrics.fleet.tierChanged({ key: 'a', before: paused, after: tier('a', {}, { tenantsPerACL: 100, pauseSeconds: 60 }) });
  seen.push(await overdue());
  expect(seen).toEqual([[1, 0], [1, 30], [1, 0], [0, 0]]);
});

test('orphans stand at zero until some are found', async () => {
  const { metrics, read } = setUp();
  metrics.fleet.orphans('Certificate', 2);
  expect(await read('aws_orphans{type="Certificate"}', 'aws_orphans{type="DistributionTenant"}')).toEqual([2, 0]);
});
