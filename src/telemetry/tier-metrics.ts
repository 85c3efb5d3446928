import { Gauge } from 'prom-client';
import type { Registry } from 'prom-client';
import type { EdgeTierSpec, EdgeTierStatus, RolloutStatus } from '../../crds/types.ts';
import type { Clock } from '../runtime/clock.ts';
import type { Judged, ObjectChange } from './kind-metrics.ts';

/** What is read of a tier. */
export type Tier = Judged & { readonly spec: Pick<EdgeTierSpec, 'webACL'>; readonly status?: Pick<EdgeTierStatus, 'conditions' | 'webACLs' | 'rollout'> };

const states = ['Open', 'Retiring'] as const;
const phases = ['Observing', 'Enforcing'] as const satisfies readonly RolloutStatus['phase'][];

/**
 * Adds to the registry what the tiers' own web ACLs hold, and how their rollouts go on, over all tiers: `kubectl get edgetiers` has them one
 * by one. Tiers are few, so that a scrape may look at each.
 */
export const createTierMetrics = (registry: Registry, clock: Pick<Clock, 'now'>): ((change: ObjectChange<Tier>) => void) => {
  const tiers = new Map<string, Tier>();
  const show = <Label extends string>(name: string, help: string, labelNames: readonly Label[], read: (gauge: Gauge<Label>, all: readonly Tier[]) => void): void => {
    void new Gauge({
      name, help, labelNames, registers: [registry],
      collect() {
        read(this, [...tiers.values()]);
      },
    });
  };
  const sum = (all: readonly Tier[], of: (tier: Tier) => number): number => all.reduce((total, tier) => total + of(tier), 0);
  show('web_acls', "Web ACLs of the tiers' own, by state.", ['state'], (gauge, all) => {
    for (const state of states) gauge.set({ state }, sum(all, (tier) => aclsOf(tier, state).length));
  });
  show('web_acl_tenants', "Distribution tenants at the tiers' own web ACLs.", [], (gauge, all) => {
    gauge.set(sum(all, ({ status }) => (status?.webACLs ?? []).reduce((total, { tenants = 0 }) => total + tenants, 0)));
  });
  show('web_acl_seats', "Distribution tenants that the tiers' own open web ACLs may hold, as spec.webACL.managed.tenantsPerACL says.", [], (gauge, all) => {
    gauge.set(sum(all, (tier) => aclsOf(tier, 'Open').length * (tier.spec.webACL.managed?.tenantsPerACL ?? 0)));
  });
  show('web_acl_rollouts', 'Changes of rules that are under way, by phase.', ['phase'], (gauge, all) => {
    for (const phase of phases) gauge.set({ phase }, sum(all, ({ status }) => Number(status?.rollout?.phase === phase)));
  });
  show('web_acl_rollout_overdue_seconds', 'Time since the next step was due of the rollout that is latest; those that somebody paused are left out.', [], (gauge, all) => {
    gauge.set(Math.max(0, ...all.map((tier) => overdueMs(tier, clock.now()))) / 1_000);
  });
  return ({ key, after }) => {
    if (after === undefined) tiers.delete(key);
    else tiers.set(key, after);
  };
};

const aclsOf = ({ status }: Tier, state: (typeof states)[number]) => (status?.webACLs ?? []).filter((acl) => (acl.state ?? 'Open') === state);

/** For how long the next step has been due; 0 or less where it is not, or none is under way. */
const overdueMs = ({ spec, status }: Tier, now: Date): number => {
  const ready = status?.conditions?.find(({ type }) => type === 'Ready');
  if (status?.rollout === undefined || ready?.reason === 'Paused' || ready?.reason === 'DryRun') return 0;
  const pauseMs = (spec.webACL.managed?.rollout.pauseSeconds ?? 0) * 1_000;
  return now.getTime() - Date.parse(status.rollout.changedAt) - pauseMs;
};
