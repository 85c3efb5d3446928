import type { Reason } from '../../crds/reasons.ts';
import { ownerKeyOf, tagKeys } from '../../reconcilers/aws/mark.ts';
import type { Orphan } from '../../reconcilers/orphans.ts';
import type { OrphanHooks } from '../aws/orphan-sweep.ts';
import type { FleetMetrics } from './fleet-metrics.ts';
import type { Log } from './log.ts';
import type { ReporterOptions } from './report.ts';
import { needsPerson } from './report-lines.ts';

export type OrphanTellerOptions = { readonly log: Log; readonly count: FleetMetrics['orphans']; readonly record: ReporterOptions['record'] };

const reason: Reason = 'Orphaned';
const titles = { Certificate: 'certificate', DistributionTenant: 'distribution tenant', ConnectionGroup: 'connection group', WebACL: 'web ACL', IPSet: 'IP set' } as const;

/** What carries no namespace in its mark was a tier's. */
const ownerOf = ({ namespace, name }: Orphan['mark']): { readonly kind: 'TenantDomain' | 'EdgeTier'; readonly key: string } =>
  namespace === '' ? { kind: 'EdgeTier', key: name } : { kind: 'TenantDomain', key: ownerKeyOf({ namespace, name }) };

const noteOf = ({ type, arn, title, mark }: Orphan): string => {
  const { kind, key } = ownerOf(mark);
  return `${titles[type]} "${title}" (${arn}) carries the mark of ${kind} "${key}", which does not want it: nothing was changed; delete it by hand, create the ${kind} again, or take its tag ${tagKeys.installation} off (seen after a restart)`;
};

/** Says aloud what a sweep found: in the log, in an Event where the owner is or was, and in a metric. */
export const createOrphanTeller = ({ log, count, record }: OrphanTellerOptions): OrphanHooks => ({
  onOrphan: (orphan) => {
    const { type, arn, mark } = orphan;
    log.warn(`Found orphaned ${titles[type]}`, { reason, arn, owner: ownerOf(mark).key });
    const { namespace, name, uid = '' } = mark;
    // Where the namespace is gone too, the API server refuses the event: the line above and the metric remain.
    record({ apiVersion: 'tenantedge.dev/v1alpha1', kind: ownerOf(mark).kind, ...(namespace === '' ? {} : { namespace }), name, uid }, { type: 'Warning', reason, action: 'Sweep', note: noteOf(orphan) });
  },
  onCount: count,
  onFailure: (failure) =>
    log[needsPerson(failure) ? 'warn' : 'debug']('Failed to look for orphans, trying again', { failure: failure.kind, reason: failure.reason, code: failure.code, failed: failure.message }),
});
