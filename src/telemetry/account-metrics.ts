import { Gauge } from 'prom-client';
import type { Registry } from 'prom-client';
import type { Listed } from '../../reconcilers/orphans.ts';
import type { CertificateSummary } from '../../reconcilers/ports/fleet.ts';
import type { Clock } from '../runtime/clock.ts';

/** What AWS grants an account so much of, as far as lists tell how much of it is used. */
export const quotas = ['Certificates', 'CertificatesPerYear', 'ConnectionGroups', 'DistributionTenants', 'IPSets', 'WebACLs'] as const;
export type Quota = (typeof quotas)[number];

/** Whose certificate it is: the one that tenants are served with by themselves, or the one of a multi-tenant distribution, which covers many. */
export const servings = ['tenant', 'distribution'] as const;
export type Serving = (typeof servings)[number];

/** How the account stands, told from complete lists that were read for another reason. */
export type AccountMetrics = {
  /** The lists. `servingOf`: what a certificate serves, undefined where it is none of ours to care for. */
  readonly listed: (lists: Listed, servingOf: (certificate: CertificateSummary) => Serving | undefined) => void;
};

export type AccountMetricsOptions = {
  readonly clock: Pick<Clock, 'now'>;
  /** The quotas as the process was told. Of the others it does not know whether they were raised. */
  readonly limits: Partial<Readonly<Record<Quota, number>>>;
};

const dayMs = 24 * 3_600_000;
const yearMs = 365 * dayMs;

/**
 * How soon certificates end, in days. ACM begins to renew its own 60 days before: half of that is late.
 * @see https://docs.aws.amazon.com/acm/latest/userguide/managed-renewal.html
 */
const within = { expired: 0, '7d': 7, '14d': 14, '30d': 30, '60d': 60, '90d': 90, ever: Number.POSITIVE_INFINITY } as const;

/** Adds them to the registry; all at zero before the first lists. */
export const createAccountMetrics = (registry: Registry, { clock, limits }: AccountMetricsOptions): AccountMetrics => {
  const registers = [registry];
  const used = new Gauge({ name: 'aws_quota_used', help: "How much of an account's quota is used, by us or anybody, as the lists of the leader show it. Certificates a year: of those that were deleted since, only what this process saw.", labelNames: ['quota'], registers });
  const limit = new Gauge({ name: 'aws_quota_limit', help: 'How much of it AWS grants, where the process was told: of certificates a year.', labelNames: ['quota'], registers });
  const ending = new Gauge({
    name: 'certificates_expiring',
    help: 'Certificates that serve and end within so many days, the nearer ones included; of tenants, or of the distributions that tenants inherit from.',
    labelNames: ['of', 'within'],
    registers,
  });
  for (const quota of quotas) used.set({ quota }, 0);
  for (const [quota, most] of Object.entries(limits)) limit.set({ quota }, most);
  for (const of of servings) for (const days of Object.keys(within)) ending.set({ of, within: days }, 0);
  const requestsOf = createRequestCount(clock);

  return {
    listed: ({ tenants, certificates, connectionGroups, webAcls, ipSets }, servingOf) => {
      const counts: Readonly<Record<Quota, number>> = {
        Certificates: certificates.length, CertificatesPerYear: requestsOf(certificates), ConnectionGroups: connectionGroups.length,
        DistributionTenants: tenants.length, IPSets: ipSets.length, WebACLs: webAcls.length,
      };
      for (const quota of quotas) used.set({ quota }, counts[quota]);
      const ends = certificates.flatMap((certificate) => {
        const of = servingOf(certificate);
        return of === undefined || certificate.notAfter === undefined ? [] : [{ of, leftMs: certificate.notAfter.getTime() - clock.now().getTime() }];
      });
      for (const of of servings) {
        for (const [word, days] of Object.entries(within)) ending.set({ of, within: word }, ends.filter((end) => end.of === of && end.leftMs <= days * dayMs).length);
      }
    },
  };
};

/** ACM counts requests: those of certificates that were deleted since too, as far as this process saw them. */
const createRequestCount = (clock: Pick<Clock, 'now'>): ((certificates: readonly CertificateSummary[]) => number) => {
  const requestedAtMs = new Map<string, number>();
  return (certificates) => {
    const nowMs = clock.now().getTime();
    for (const { arn, issued, createdAt } of certificates) if (issued === 'ACM' && createdAt !== undefined) requestedAtMs.set(arn, createdAt.getTime());
    for (const [arn, atMs] of requestedAtMs) if (nowMs - atMs >= yearMs) requestedAtMs.delete(arn);
    return requestedAtMs.size;
  };
};
