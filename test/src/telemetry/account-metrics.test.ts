import { expect, test } from 'vitest';
import type { Listed } from '../../../reconcilers/orphans.ts';
import type { CertificateSummary } from '../../../reconcilers/ports/fleet.ts';
import { virtualStart } from '../../virtual-clock.ts';
import { setUp } from './metrics-page.ts';

const dayMs = 24 * 3_600_000;
const inDays = (days: number): Date => new Date(virtualStart.getTime() + days * dayMs);

const certificate = (arn: string, given: Partial<CertificateSummary>): CertificateSummary => ({
  arn, status: 'ISSUED', names: ['a.example'], inUse: true, issued: 'ACM', createdAt: inDays(-10), notAfter: inDays(100), managedBy: undefined, ...given,
});

const lists = (given: Partial<Listed>): Listed => ({ tenants: [], certificates: [], connectionGroups: [], webAcls: [], ipSets: [], ...given });

const named = (...names: readonly string[]) => names.map((name) => ({ arn: `arn:${name}`, name }));

const nobodys = (): undefined => undefined;

test('what the lists hold is what is used of the quotas, from zero, and the limits are those the process was told', async () => {
  const { metrics, read, series } = setUp({ limits: { CertificatesPerYear: 5_000 } });
  const used = () => read(...['Certificates', 'ConnectionGroups', 'DistributionTenants', 'IPSets', 'WebACLs'].map((quota) => `aws_quota_used{quota="${quota}"}`));
  const before = await used();
  metrics.account.listed(lists({ certificates: [certificate('a', {}), certificate('b', { issued: 'elsewhere' })], connectionGroups: named('g'), webAcls: named('w', 'x', 'y'), ipSets: named('s', 't') }), nobodys);
  expect([before, await used()]).toEqual([[0, 0, 0, 0, 0], [2, 1, 0, 2, 3]]);
  expect([...(await series())].filter(([name]) => name.startsWith('aws_quota_limit'))).toEqual([['aws_quota_limit{quota="CertificatesPerYear"}', 5_000]]);
});

test("ACM's yearly quota counts requests of 365 days: deleted certificates too, imported ones not", async () => {
  const { clock, metrics, read } = setUp();
  const used = async () => (await read('aws_quota_used{quota="CertificatesPerYear"}'))[0];
  const listed = (...certificates: readonly CertificateSummary[]): void => metrics.account.listed(lists({ certificates }), nobodys);
  listed(certificate('young', {}), certificate('old', { createdAt: inDays(-364) }), certificate('older', { createdAt: inDays(-366) }), certificate('imported', { issued: 'elsewhere' }));
  const seen = [await used()];
  listed(certificate('new', { createdAt: inDays(0) }));
  seen.push(await used());
  await clock.advance(2 * dayMs);
  listed();
  seen.push(await used());
  expect(seen).toEqual([2, 3, 2]);
});

test('certificates that serve are counted by how soon they end, the nearer within the farther, tenants apart from distributions', async () => {
  const { metrics, read } = setUp();
  const certificates = [
    certificate('expired', { notAfter: inDays(-1) }), certificate('soon', { notAfter: inDays(6.9) }), certificate('later', { notAfter: inDays(59) }), certificate('far', {}),
    certificate('foreign', { notAfter: inDays(1) }), certificate('wildcard', { notAfter: inDays(20), issued: 'elsewhere' }), certificate('pending', { notAfter: undefined }),
  ];
  const { account } = metrics;
  account.listed(lists({ certificates }), ({ arn }) => (arn === 'foreign' ? undefined : arn === 'wildcard' ? 'distribution' : 'tenant'));
  const buckets = ['expired', '7d', '14d', '30d', '60d', '90d', 'ever'];
  const shown = (of: string) => read(...buckets.map((within) => `certificates_expiring{of="${of}",within="${within}"}`));
  const full = [await shown('tenant'), await shown('distribution')];
  account.listed(lists({}), nobodys);
  expect([...full, await shown('tenant')]).toEqual([[1, 2, 2, 2, 3, 3, 4], [0, 0, 0, 1, 1, 1, 1], [0, 0, 0, 0, 0, 0, 0]]);
});
