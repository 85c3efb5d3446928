import { Gauge } from 'prom-client';
import type { Registry } from 'prom-client';
import { edgeTierConditions, reasons, tenantDomainConditions } from '../../crds/reasons.ts';
import { type OrphanType, orphanTypes } from '../../reconcilers/orphans.ts';
import type { Clock } from '../runtime/clock.ts';
import { createKindMetrics, type Judged, type ObjectChange, type Turn, turns, unreadyOf } from './kind-metrics.ts';
import { createTierMetrics, type Tier } from './tier-metrics.ts';

/** What is read of a tenant. */
export type Tenant = Judged;

/** The whole fleet in a few numbers. No tenant has a series of its own: there may be 100,000, and their names are nobody else's business. */
export type FleetMetrics = {
  /** To be told of every change, in order, so that no scrape has to count the fleet. */
  readonly tenantChanged: (change: ObjectChange<Tenant>) => void;
  /** The same of tiers. */
  readonly tierChanged: (change: ObjectChange<Tier>) => void;
  /** AWS resources with our mark that no object wants. */
  readonly orphans: (type: OrphanType, count: number) => void;
};

type Waiting = { readonly sinceMs: number; readonly turn: Turn; readonly reason: string };

/** Adds them to the registry, all labels at zero. */
export const createFleetMetrics = (registry: Registry, clock: Pick<Clock, 'now'>): FleetMetrics => {
  const registers = [registry];
  const waiting = new Map<string, Waiting>();
  const countTenant = createKindMetrics({ registry, noun: 'tenants', kind: 'TenantDomain', conditions: Object.keys(tenantDomainConditions) });
  const countTier = createKindMetrics({ registry, noun: 'tiers', kind: 'EdgeTier', conditions: Object.keys(edgeTierConditions) });
  const showTier = createTierMetrics(registry, clock);
  const orphans = new Gauge({ name: 'aws_orphans', help: 'AWS resources with our mark that no object wants.', labelNames: ['type'], registers });
  const renewalAtRisk = new Gauge({ name: 'certificates_renewal_at_risk', help: 'TenantDomains whose certificate serves and cannot be renewed by ACM as things are.', registers });
  void new Gauge({
    name: 'oldest_unready_seconds',
    help: 'How long the TenantDomain that has waited longest has waited to be Ready since its turn began, by whose turn it is and the reason it is not Ready; a customer\'s time counts from when it was last Ready.',
    labelNames: ['turn', 'reason'],
    registers,
    collect() {
      const sinceMs = oldestOf(waiting.values());
      const nowMs = clock.now().getTime();
      for (const turn of turns) for (const reason of Object.keys(reasons)) this.set({ turn, reason }, Math.max(0, nowMs - (sinceMs.get(`${turn} ${reason}`) ?? nowMs)) / 1_000);
    },
  });
  for (const type of orphanTypes) orphans.set({ type }, 0);

  return {
    tenantChanged: (change) => {
      const { key, before, after } = change;
      countTenant(change);
      renewalAtRisk.inc(Number(isRenewalAtRisk(after)) - Number(isRenewalAtRisk(before)));
      const waits = after && waitingFrom(after);
      if (waits === undefined) waiting.delete(key);
      else waiting.set(key, waits);
    },
    tierChanged: (change) => {
      countTier(change);
      showTier(change);
    },
    orphans: (type, count) => orphans.set({ type }, count),
  };
};

const isRenewalAtRisk = (tenant: Tenant | undefined): boolean =>
  tenant?.status?.conditions?.some(({ type, reason }) => type === 'CertificateReady' && reason === 'RenewalAtRisk') ?? false;

const waitingFrom = (tenant: Tenant): Waiting | undefined => {
  const unready = unreadyOf(tenant);
  if (unready === undefined) return undefined;
  const { ready, turn, sinceMs } = unready;
  return { sinceMs, turn, reason: ready.reason };
};

const oldestOf = (waiting: Iterable<Waiting>): ReadonlyMap<string, number> => {
  const oldest = new Map<string, number>();
  for (const { turn, reason, sinceMs } of waiting) {
    const word = `${turn} ${reason}`;
    oldest.set(word, Math.min(sinceMs, oldest.get(word) ?? sinceMs));
  }
  return oldest;
};
