import { describe, expect, test } from 'vitest';
import type { Certificate, CertificateSpec } from '../../../../reconcilers/tenant-domain/certificate/certificate.ts';
import { createQuota, type Purpose, purposeOf, reservedVerdict } from '../../../../reconcilers/tenant-domain/certificate/quota.ts';
import type { CertificateSummary } from '../../../../reconcilers/ports/fleet.ts';
import { domains, hours, noon, seconds } from '../../builders.ts';
import { arnOf, certificate, certificateSpec, managed, servedBy } from '../builders.ts';

const both = domains('shop.example.com', 'www.example.com');
const cloudfront = { source: { is: 'cloudfront' } } as const;

describe('a request', () => {
  test.each<{ name: string; because: string; spec?: Partial<CertificateSpec>; known?: readonly Certificate[]; want: Purpose }>([
    { name: 'without a tenant', because: 'nobody is served', want: 'new' },
    { name: 'for a tenant of which no name is active', because: 'nobody is served yet', spec: servedBy(undefined, { active: [] }), want: 'new' },
    { name: 'for a tenant that could not be read', because: 'nobody knows', spec: { serving: { is: 'unknown' } }, want: 'new' },
    { name: 'for one name more', because: 'the names changed', spec: { names: both, ...servedBy('a') }, known: [certificate()], want: 'replacing' },
    { name: 'for one name less', because: 'the names changed', spec: servedBy('a', { active: both }), known: [certificate({ names: both })], want: 'replacing' },
    { name: 'after one that expired', because: 'viewers are turned away', spec: servedBy('a'), known: [certificate({ status: 'EXPIRED' })], want: 'replacing' },
    { name: 'after one that expired, of another issuer', because: 'viewers are turned away', spec: { ...cloudfront, ...servedBy('a') }, known: [certificate({ status: 'EXPIRED' })], want: 'replacing' },
    { name: 'of CloudFront, our own serving', because: 'what serves is as good', spec: { ...cloudfront, ...servedBy('a') }, known: [certificate()], want: 'switching' },
    { name: "of our own, CloudFront's serving", because: 'what serves is as good', spec: servedBy('a'), known: [managed()], want: 'switching' },
    { name: "of our own, the distribution's serving", because: 'what serves is as good', spec: servedBy(undefined), want: 'switching' },
  ])('$name is $want: $because', ({ spec, known = [], want }) => {
    expect(purposeOf(certificateSpec(spec), known)).toBe(want);
  });

  test.each([
    { name: 'a new tenant', spec: {}, known: [], used: 4_500, want: 'False: 90 % of the 5000 certificates that ACM grants in 365 days are used: ask AWS to raise that quota; the rest is kept for replacing certificates that serve' },
    { name: 'another issuer', spec: servedBy('a'), known: [managed()], used: 2_500, want: 'True: 50 % of the 5000 certificates that ACM grants in 365 days are used: ask AWS to raise that quota; the issuer is changed once less are used, and the present certificate goes on serving' },
    { name: 'a new tenant, once ACM itself refused', spec: {}, known: [], used: 10, refused: true, want: 'False: ACM refused a request with LimitExceededException: ask AWS to raise its quotas; replacing certificates that serve comes first' },
    { name: 'one name more, once ACM itself refused', spec: { names: both, ...servedBy('a') }, known: [certificate()], used: 10, refused: true, want: ': ' },
  ])('for $name that has to wait tells the share, and no count that moves', ({ spec, known, used, refused = false, want }) => {
    const verdict = reservedVerdict(certificateSpec(spec), known, { used, perYear: 5_000, refused });
    expect(`${verdict?.status ?? ''}: ${verdict?.message ?? ''}`).toBe(want);
  });
});

test('what ACM itself refused is told for an hour', () => {
  let now = noon;
  const quota = createQuota(() => now, 100);
  const told = [quota.view()];
  quota.refuse();
  told.push(quota.view());
  now = new Date(noon.getTime() + hours(1));
  told.push(quota.view());
  expect(told).toEqual([{ used: 0, perYear: 100 }, { used: 0, perYear: 100, refused: true }, { used: 0, perYear: 100 }]);
});

describe('the count', () => {
  const summary = (over: Partial<CertificateSummary>): CertificateSummary => ({ arn: arnOf('a'), status: 'ISSUED', names: [], inUse: false, issued: 'ACM', createdAt: noon, notAfter: undefined, managedBy: undefined, ...over });
  const yearAgo = new Date(noon.getTime() - hours(365 * 24));

  test('is of what ACM issued in 365 days, whoever asked for it and whatever became of it', () => {
    const quota = createQuota(() => noon, 100);
    quota.count([
      summary({}), summary({ arn: arnOf('b'), managedBy: 'CloudFront' }), summary({ arn: arnOf('c'), status: 'FAILED', createdAt: new Date(yearAgo.getTime() + 1) }),
      summary({ arn: arnOf('d'), issued: 'elsewhere' }), summary({ arn: arnOf('e'), createdAt: yearAgo }), summary({ arn: arnOf('f'), createdAt: undefined }),
    ]);
    expect(quota.view()).toEqual({ used: 3, perYear: 100 });
  });

  test('is of what was asked for until the list shows it, or ten minutes have gone by', () => {
    let now = noon;
    const quota = createQuota(() => now, 100);
    const used: number[] = [];
    const counted = (listed: readonly CertificateSummary[], at: Date): void => {
      now = at;
      quota.count(listed);
      used.push(quota.view().used);
    };
    quota.spend();
    quota.spend();
    counted([], new Date(noon.getTime() + seconds(60)));
    counted([summary({})], new Date(noon.getTime() + seconds(120)));
    counted([summary({})], new Date(noon.getTime() + seconds(600)));
    expect(used).toEqual([2, 2, 1]);
  });

  test('is of those too that were deleted since, until their year is over', () => {
    let now = noon;
    const quota = createQuota(() => now, 100);
    quota.count([summary({}), summary({ arn: arnOf('b'), createdAt: new Date(yearAgo.getTime() + hours(1)) })]);
    const used: number[] = [];
    const recount = (): void => {
      quota.count([]);
      used.push(quota.view().used);
    };
    recount();
    now = new Date(noon.getTime() + hours(1));
    recount();
    expect(used).toEqual([2, 1]);
  });

  test('is believed for a minute, and knows what this process asked for meanwhile', () => {
    let now = noon;
    const quota = createQuota(() => now, 100);
    const due = [quota.isDue()];
    quota.count([summary({})]);
    quota.spend();
    now = new Date(noon.getTime() + seconds(59));
    due.push(quota.isDue());
    now = new Date(noon.getTime() + seconds(60));
    due.push(quota.isDue());
    expect({ due, used: quota.view().used }).toEqual({ due: [true, false, true], used: 2 });
  });
});
