import { Gauge } from 'prom-client';
import type { Registry } from 'prom-client';
import { reasons, tenantDomainConditions } from '../../crds/reasons.ts';
import type { Condition, ObjectMeta } from '../../crds/types.ts';
import { type OrphanType, orphanTypes } from '../../reconcilers/orphans.ts';
import type { Clock } from '../runtime/clock.ts';

/** What is read of a tenant. */
export type Tenant = { readonly metadata: ObjectMeta; readonly status?: { readonly conditions?: readonly Condition[] } };

/** A tenant before and after a change; each is absent where it was, or is, not there. */
export type TenantChange = { readonly key: string; readonly before?: Tenant; readonly after?: Tenant };

/** The whole fleet in a few numbers. No tenant has a series of its own: there may be 100,000, and their names are nobody else's business. */
export type FleetMetrics = {
  /** To be told of every change, in order, so that no scrape has to count the fleet. */
  readonly tenantChanged: (change: TenantChange) => void;
  /** AWS resources with our mark that no object wants. */
  readonly orphans: (type: OrphanType, count: number) => void;
};

type Unready = { readonly sinceMs: number; readonly reason: string };

const statuses = ['True', 'False', 'Unknown'] as const;

/** Adds them to the registry, all labels at zero. */
export const createFleetMetrics = (registry: Registry, clock: Pick<Clock, 'now'>): FleetMetrics => {
  const registers = [registry];
  const unready = new Map<string, Unready>();
  const tenants = new Gauge({ name: 'tenants', help: 'TenantDomains by condition and its status.', labelNames: ['condition', 'status'], registers });
  const orphans = new Gauge({ name: 'aws_orphans', help: 'AWS resources with our mark that no object wants.', labelNames: ['type'], registers });
  const renewalAtRisk = new Gauge({ name: 'certificates_renewal_at_risk', help: 'TenantDomains whose certificate serves and cannot be renewed by ACM as things are.', registers });
  void new Gauge({
    name: 'oldest_unready_seconds',
    help: 'Time since the TenantDomain that has waited longest to be Ready has not been, by the reason it is not.',
    labelNames: ['reason'],
    registers,
    collect() {
      for (const reason of Object.keys(reasons)) this.set({ reason }, 0);
      for (const [reason, sinceMs] of oldestBy(unready.values())) this.set({ reason }, Math.max(0, clock.now().getTime() - sinceMs) / 1_000);
    },
  });
  for (const condition of Object.keys(tenantDomainConditions)) for (const status of statuses) tenants.set({ condition, status }, 0);
  for (const type of orphanTypes) orphans.set({ type }, 0);

  return {
    tenantChanged: ({ key, before, after }) => {
      for (const { type, status } of before?.status?.conditions ?? []) tenants.dec({ condition: type, status });
      for (const { type, status } of after?.status?.conditions ?? []) tenants.inc({ condition: type, status });
      renewalAtRisk.inc(Number(isRenewalAtRisk(after)) - Number(isRenewalAtRisk(before)));
      const waiting = after && unreadyFrom(after);
      if (waiting === undefined) unready.delete(key);
      else unready.set(key, waiting);
    },
    orphans: (type, count) => orphans.set({ type }, count),
  };
};

const isRenewalAtRisk = (tenant: Tenant | undefined): boolean =>
  tenant?.status?.conditions?.some(({ type, reason }) => type === 'CertificateReady' && reason === 'RenewalAtRisk') ?? false;

const unreadyFrom = ({ metadata, status }: Tenant): Unready | undefined => {
  const ready = status?.conditions?.find(({ type }) => type === 'Ready');
  if (ready === undefined || ready.status === 'True') return undefined;
  // Nobody has looked at an object whose condition is older than itself: that is the CRD's default, of 1970.
  const sinceMs = Math.max(Date.parse(ready.lastTransitionTime), metadata.creationTimestamp === undefined ? 0 : Date.parse(metadata.creationTimestamp));
  return { sinceMs, reason: ready.reason };
};

const oldestBy = (unready: Iterable<Unready>): ReadonlyMap<string, number> => {
  const oldest = new Map<string, number>();
  for (const { reason, sinceMs } of unready) oldest.set(reason, Math.min(sinceMs, oldest.get(reason) ?? sinceMs));
  return oldest;
};
