import { Counter, Gauge } from 'prom-client';
import type { Registry } from 'prom-client';

/** What is told of the lease. */
export type LeaderMetrics = { readonly leads: (leads: boolean) => void; readonly slowPath: () => void };

/** Adds them to the registry under client-go's names, at zero. `name`: the lease's. */
export const createLeaderMetrics = (registry: Registry, name: string): LeaderMetrics => {
  const registers = [registry];
  const status = new Gauge({ name: 'leader_election_master_status', help: '1 where this process leads, 0 where it stands by.', labelNames: ['name'], registers });
  const slowPaths = new Counter({ name: 'leader_election_slowpath_total', help: 'Renewals of the lease that met a change by somebody else.', labelNames: ['name'], registers });
  status.set({ name }, 0);
  slowPaths.inc({ name }, 0);
  return { leads: (leads) => status.set({ name }, Number(leads)), slowPath: () => slowPaths.inc({ name }) };
};
