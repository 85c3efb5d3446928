import type { TenantDomainStatus } from '../../crds/types.ts';
import type { Marks } from '../aws/mark.ts';
import type { Kind } from '../contract.ts';
import { tenantNameOf } from '../names.ts';
import type { Aws } from '../ports/aws.ts';
import type { Dns } from '../ports/dns.ts';
import type { Fleet } from '../ports/fleet.ts';
import type { Seats } from '../seats.ts';
import { applyCertificate, type LearnedCertificate } from './certificate/apply.ts';
import { createAbsences } from './certificate/absences.ts';
import { createAskings } from './certificate/asked.ts';
import { createQuota } from './certificate/quota.ts';
import { keptCertificates, requestedCertificate } from './certificates-status.ts';
import { applyTenant } from './distribution-tenant/apply.ts';
import type { TenantDomainKind } from './kind.ts';
import { tenantDomainObserver } from './observe.ts';
import { planTenantDomain } from './plan.ts';
import { tenantDomainStatus } from './status.ts';
import { loadSubject, type Sources } from './subject.ts';

export type TenantDomainPorts = {
  readonly aws: Aws;
  readonly fleet: Fleet;
  readonly marks: Marks;
  readonly seats: Seats;
  readonly dns: Dns;
  readonly now: () => Date;
  readonly sources: Sources;
  readonly installation: string;
  /** How many certificates ACM grants the account in 365 days. */
  readonly certificatesPerYear: number;
};

/** Folds the ARN that ACM chose into a live status; a second one beside the first, since certificates overlap. */
const withCertificate = (learned: LearnedCertificate) => (live: TenantDomainStatus | undefined): TenantDomainStatus => {
  const others = (live?.certificates ?? []).filter(({ arn }) => arn !== learned.arn);
  return { ...live, certificates: keptCertificates([...others, requestedCertificate(learned)]) };
};

/** The kind TenantDomain: a customer, on their own domains. */
export const tenantDomainKind = (given: TenantDomainPorts): Kind<TenantDomainKind> => {
  const { now, certificatesPerYear } = given;
  const ports = { ...given, absences: createAbsences(now), quota: createQuota(now, certificatesPerYear), askings: createAskings(now) };
  return {
    name: 'TenantDomain',
    load: loadSubject(ports.sources, ports.installation),
    observe: tenantDomainObserver(ports),
    plan: planTenantDomain,
    apply: async ({ owner, generation }, action, signal) => {
      switch (action.verb) {
        case 'RequestCertificate':
        case 'MarkCertificate':
        case 'DeleteCertificate':
          return applyCertificate(ports, owner, action, signal);
        case 'CreateDistributionTenant':
        case 'UpdateDistributionTenant': {
          if (action.request !== undefined) ports.askings.trying(tenantNameOf(owner));
          const learned = await applyTenant(ports, owner, action, signal);
          if (action.request !== undefined) {
            ports.askings.asked(tenantNameOf(owner), generation, action.config.domains);
            ports.quota.spend();
          }
          return learned;
        }
        case 'DisableDistributionTenant':
        case 'DeleteDistributionTenant':
          return applyTenant(ports, owner, action, signal);
      }
    },
    remember: (learned) => (learned.is === 'certificate' ? withCertificate(learned) : undefined),
    status: tenantDomainStatus,
  };
};
