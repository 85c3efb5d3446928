import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { Config } from './config.ts';
import type { CredentialCache } from './kubernetes/auth.ts';
import { KubeError } from './kubernetes/errors.ts';
import { leaseStore } from './kubernetes/lease.ts';
import { type Attempt, createTransport } from './kubernetes/transport.ts';
import type { Clock } from './runtime/clock.ts';
import { type ElectionState, Elector } from './runtime/election.ts';
import { timesOf } from './runtime/lease-terms.ts';
import type { Component } from './runtime/manager.ts';
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
  const tell = createTeller({ log, clock, lease: `${config.leaseNamespace}/${name}`, forgottenAfterMs: config.leaseDurationMs });
  const elector = new Elector({
    store: leaseStore(transport, { name, namespace: config.leaseNamespace }),
    identity: `${hostname()}_${randomUUID()}`, times: timesOf(config.leaseDurationMs), clock, monotonicMs: () => performance.now(), random,
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

type TellerOptions = Pick<LeadershipOptions, 'log' | 'clock'> & { readonly lease: string; readonly forgottenAfterMs: number };

/** A trouble that is met at each try is said aloud once: another one, or the same after so long without, is news. */
const createTeller = ({ log, clock, lease, forgottenAfterMs }: TellerOptions): ((state: ElectionState) => void) => {
  let last = { trouble: '', atMs: 0 };
  const isNews = (error: unknown): boolean => {
    const [trouble, atMs] = [error instanceof KubeError ? `${error.code} ${error.reason}` : String(error), clock.now().getTime()];
    const before = last;
    last = { trouble, atMs };
    return trouble !== before.trouble || atMs - before.atMs >= forgottenAfterMs;
  };
  return (state) => {
    switch (state.is) {
      case 'waiting':
        return log.info('Waiting for the lease', { lease, holder: state.holder });
      case 'leading':
        return log.info('Leading', { lease, transitions: state.transitions });
      case 'released':
        return log.info('Gave the lease back', { lease });
      case 'troubled':
        return log[isNews(state.error) ? 'warn' : 'debug']('Failed to reach the lease, trying again', { lease, error: state.error });
    }
  };
};
