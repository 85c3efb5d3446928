import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { Config } from './config.ts';
import type { CredentialCache } from './kubernetes/auth.ts';
import { leaseStore } from './kubernetes/lease.ts';
import { type Attempt, createTransport } from './kubernetes/transport.ts';
import { type Clock, machineClocks } from './runtime/clock.ts';
import { Elector } from './runtime/election.ts';
import { timesOf } from './runtime/lease-terms.ts';
import type { Component } from './runtime/manager.ts';
import { createElectionTeller } from './telemetry/election.ts';
import type { Check } from './telemetry/health.ts';
import type { LeaderMetrics } from './telemetry/leader-metrics.ts';
import type { Log } from './telemetry/log.ts';

/** The right to act, and the component that keeps it. */
export type Leadership = {
  /** To be asked just before every call that changes something. @throws Stopped where this process may not */
  readonly fence: () => void;
  /** Ready when this process leads; none where no lease is asked for. */
  readonly components: readonly Component[];
  /** Fails where the lease is over and the process still here: something has kept it from ending by itself. */
  readonly checks: readonly Check[];
  readonly close: () => Promise<void>;
};

export type LeadershipOptions = {
  readonly config: Pick<Config, 'installationId' | 'leaderElection' | 'leaseDurationMs' | 'leaseNamespace'>;
  readonly credentials: CredentialCache;
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: Log;
  readonly metrics: LeaderMetrics;
  /** Told of each request about the lease. */
  readonly onRequest: (attempt: Attempt) => void;
  readonly userAgent: string;
};

/** What the Lease of an installation is called. */
export const leaseNameOf = (installation: string): string => `tenant-edge-${installation}`;

/** The lease of this installation, with connections of its own and no limiter before it. */
export const createLeadership = (options: LeadershipOptions): Leadership => {
  const { config, credentials, clock, random, log, metrics, onRequest, userAgent } = options;
  const name = leaseNameOf(config.installationId);
  if (config.leaderElection === 'off') {
    metrics.leads(true);
    return { fence: () => undefined, components: [], checks: [], close: () => Promise.resolve() };
  }
  const transport = createTransport({ credentials, clock, random, userAgent, onRequest });
  const tell = createElectionTeller({ log, clock, lease: `${config.leaseNamespace}/${name}` });
  const elector = new Elector({
    ...machineClocks, store: leaseStore(transport, { name, namespace: config.leaseNamespace }),
    identity: `${hostname()}_${randomUUID()}`, times: timesOf(config.leaseDurationMs), clock, random,
    onState: (state) => {
      if (state.is !== 'troubled') metrics.leads(state.is === 'leading');
      tell(state);
    },
    onSlowPath: metrics.slowPath,
  });
  return {
    fence: elector.fence,
    components: [{ name: 'lease', run: (signal) => elector.run(signal), ready: elector.leads, vital: true }],
    checks: [{ name: 'lease', failure: () => (elector.sinceRenewalMs() > config.leaseDurationMs ? 'not renewed in time' : undefined) }],
    close: () => transport.close(),
  };
};
