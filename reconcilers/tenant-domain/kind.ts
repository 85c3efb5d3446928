import type { TenantDomain, TenantDomainStatus } from '../../crds/types.ts';
import type { LearnedCertificate } from './certificate/apply.ts';
import type { LearnedTenant } from './distribution-tenant/apply.ts';
import type { Observed } from './observed.ts';
import type { TenantDomainAction } from './plan.ts';
import type { Subject } from './subject.ts';

/** An action with the owner it is carried out for. */
export type TenantDomainKind = {
  readonly Obj: TenantDomain;
  readonly Status: TenantDomainStatus;
  readonly Subject: Subject;
  readonly Observed: Observed;
  readonly Act: TenantDomainAction;
  readonly Learned: LearnedCertificate | LearnedTenant;
};
