import type { TenantDomainStatus } from '../../crds/types.ts';
import type { Marks } from '../aws/mark.ts';
import type { Kind, Look } from '../contract.ts';
import type { Aws } from '../ports/aws.ts';
import type { Dns } from '../ports/dns.ts';
import type { Fleet } from '../ports/fleet.ts';
import { applyCertificate, type LearnedCertificate } from './certificate/apply.ts';
import { createAbsences } from './certificate/absences.ts';
import { certificateObserver } from './certificate/observe.ts';
import { applyTenant } from './distribution-tenant/apply.ts';
import { tenantObserver } from './distribution-tenant/observe.ts';
import { validationRecordsIn } from './dns-records.ts';
import type { TenantDomainKind } from './kind.ts';
import { type Observed, planTenantDomain } from './plan.ts';
import { keptCertificates, requestedCertificate, tenantDomainStatus } from './status.ts';
import { loadSubject, type Sources, type Subject } from './subject.ts';
import { trafficObserver } from './traffic/observe.ts';

export type TenantDomainPorts = {
  readonly aws: Aws;
  readonly fleet: Fleet;
  readonly marks: Marks;
  readonly dns: Dns;
  readonly now: () => Date;
  readonly sources: Sources;
  readonly installation: string;
};

/** Folds the ARN that ACM chose into a live status; a second one beside the first, since certificates overlap. */
const withCertificate = (learned: LearnedCertificate) => (live: TenantDomainStatus | undefined): TenantDomainStatus => {
  const others = (live?.certificates ?? []).filter(({ arn }) => arn !== learned.arn);
  return { ...live, certificates: keptCertificates([...others, requestedCertificate(learned)]) };
};

/** The kind TenantDomain: a customer, on their own domains. */
export const tenantDomainKind = (ports: TenantDomainPorts): Kind<TenantDomainKind> => {
  const absences = createAbsences(ports.now);
  const observeCertificate = certificateObserver({ ...ports, absences });
  const observeTenant = tenantObserver(ports);
  const observeTraffic = trafficObserver(ports.dns);

  const observe = async ({ owner, names, accepted, status, deleting }: Subject, look: Look): Promise<Observed> => {
    const wants = accepted.is === 'accepted' ? accepted.wants : undefined;
    const remembered = (status?.certificates ?? []).filter(({ issuer }) => issuer !== 'External').map(({ arn }) => arn);
    const [certificate, tenant] = await Promise.all([
      observeCertificate({ owner, names, source: wants?.certificate, distributionId: wants?.distributionId, remembered, records: validationRecordsIn(status?.dnsRecords) }, look),
      observeTenant({ owner, names, webAclToProve: wants?.webAclToProve }, look),
    ]);
    const records = certificate.known ? certificate.value.known.filter(({ ours }) => ours).flatMap((one) => one.records ?? []) : [];
    const traffic = await observeTraffic({ names: deleting ? [] : names, endpoint: wants?.group?.endpoint, records: deleting ? [] : records }, look);
    return { certificate, tenant, traffic };
  };

  return {
    name: 'TenantDomain',
    load: loadSubject(ports.sources, ports.installation),
    observe,
    plan: planTenantDomain,
    apply: ({ owner }, action, signal) => {
      switch (action.verb) {
        case 'RequestCertificate':
        case 'DeleteCertificate':
          return applyCertificate({ ...ports, absences }, owner, action, signal);
        case 'CreateDistributionTenant':
        case 'UpdateDistributionTenant':
        case 'DisableDistributionTenant':
        case 'DeleteDistributionTenant':
          return applyTenant(ports, owner, action, signal);
      }
    },
    remember: (learned) => (learned.is === 'certificate' ? withCertificate(learned) : undefined),
    status: tenantDomainStatus,
  };
};
