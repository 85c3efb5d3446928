import type { EdgeTier, EdgeTierStatus, TenantDomain, TenantDomainStatus } from '../crds/types.ts';
import type { Marks } from './aws/mark.ts';
import type { Reconciler } from './contract.ts';
import { edgeTierKind } from './edge-tier/index.ts';
import type { Sources as EdgeTierSources } from './edge-tier/subject.ts';
import type { Aws } from './ports/aws.ts';
import type { Dns } from './ports/dns.ts';
import type { Fleet } from './ports/fleet.ts';
import type { Objects } from './ports/objects.ts';
import { createReconciler } from './reconcile.ts';
import type { Pace } from './requeue.ts';
import { createSeats } from './seats.ts';
import { tenantDomainKind } from './tenant-domain/index.ts';
import type { Sources as TenantDomainSources } from './tenant-domain/subject.ts';

/** Everything that the core is handed. `installation` tells this controller's AWS resources from another one's in the same account. */
export type Ports = {
  readonly installation: string;
  readonly aws: Aws;
  readonly fleet: Fleet;
  readonly marks: Marks;
  readonly dns: Dns;
  readonly now: () => Date;
  readonly pace: Pace;
  /** How many certificates ACM grants the account in 365 days. */
  readonly certificatesPerYear: number;
  /** How long a connection group that the spec has no longer is kept after the last sight of a use: resolvers keep answers for their TTL. */
  readonly groupLingerMs: number;
  readonly sources: EdgeTierSources & TenantDomainSources;
  readonly edgeTiers: Objects<EdgeTier, EdgeTierStatus>;
  readonly tenantDomains: Objects<TenantDomain, TenantDomainStatus>;
};

/** The two reconcilers of one process. They share what they read of AWS, and who sits at which web ACL. */
export const createReconcilers = (ports: Ports): { readonly edgeTier: Reconciler; readonly tenantDomain: Reconciler } => {
  const shared = { ...ports, seats: createSeats(ports.now) };
  return {
    edgeTier: createReconciler(edgeTierKind(shared), { objects: ports.edgeTiers, now: ports.now, pace: ports.pace }),
    tenantDomain: createReconciler(tenantDomainKind(shared), { objects: ports.tenantDomains, now: ports.now, pace: ports.pace }),
  };
};
