import type { DomainName } from '../../crds/domain-name.ts';
import type { Decision, Desired, Plan } from '../contract.ts';
import { tenantNameOf } from '../names.ts';
import type { Wants } from './accept.ts';
import { type CertificateAction, type CertificateObserved, type CertificateSpec, isCoveredBy, livingOf, type Serving } from './certificate/certificate.ts';
import { planCertificate, usableCertificate } from './certificate/plan.ts';
import { planTenant } from './distribution-tenant/plan.ts';
import type { Tenant, TenantAction, TenantObserved, TenantSpec } from './distribution-tenant/tenant.ts';
import type { Subject } from './subject.ts';
import { planTraffic } from './traffic/plan.ts';
import type { TrafficObserved } from './traffic/traffic.ts';

/** The world of one TenantDomain, as it was seen. */
export type Observed = { readonly certificate: CertificateObserved; readonly tenant: TenantObserved; readonly traffic: TrafficObserved };

export type TenantDomainAction = CertificateAction | TenantAction;

/** The tenant, where one of ours was seen. */
export const tenantOf = ({ tenant }: Observed): Tenant | undefined => (tenant.tenant.known && tenant.tenant.value.is === 'present' ? tenant.tenant.value.tenant : undefined);

/** What the tenant holds now, as far as its certificate is concerned. */
export const servingOf = (observed: Observed): Serving => {
  if (!observed.tenant.tenant.known) return { is: 'unknown' };
  const tenant = tenantOf(observed);
  if (tenant === undefined) return { is: 'none' };
  return { is: 'some', arn: tenant.certificateArn, settled: tenant.deployed && tenant.domains.every(({ active }) => active) };
};

/** What is asked of the certificate. */
export const certificateSpecOf = (wants: Wants, observed: Observed): CertificateSpec => {
  const spec = { source: wants.certificate, names: wants.names, serving: servingOf(observed), recordsFound: false };
  const [wanted] = observed.certificate.known ? livingOf(spec, observed.certificate.value.known) : [];
  const recordsFound = wanted?.records?.every((record) => observed.traffic.records[record.name]?.state === 'Found') ?? false;
  return { ...spec, recordsFound };
};

/** The names to serve with a certificate that does not cover all: those it covers, or what is served already, since one must stay. */
const namesMeanwhile = (wants: Wants, tenant: Tenant, observed: Observed): readonly DomainName[] => {
  const present = tenant.domains.map(({ name }) => name as DomainName);
  const serving = observed.certificate.known ? observed.certificate.value.known.find(({ arn }) => arn === tenant.certificateArn) : undefined;
  const served = wants.names.filter((name) => (serving && serving.names.length > 0 ? isCoveredBy(name, serving) : present.includes(name)));
  return served.length > 0 ? served : present;
};

/**
 * What is asked of the tenant: served now is what is desired and covered by the serving certificate. It shrinks at once, and grows
 * in the swap of certificates (R7).
 */
const desiredTenant = (wants: Wants, subject: Subject, observed: Observed): Desired<TenantSpec> => {
  const usable = usableCertificate(certificateSpecOf(wants, observed), observed.certificate);
  const tenant = tenantOf(observed);
  if (usable === undefined && tenant === undefined) {
    return { is: 'held', reason: 'WaitingForCertificate', on: 'sibling', message: 'the distribution tenant is created when the certificate is issued' };
  }
  const { etag, configHash } = subject.status?.distributionTenant ?? {};
  const own = usable && wants.certificate.is === 'distribution' ? undefined : (usable?.arn ?? tenant?.certificateArn);
  const spec: TenantSpec = {
    name: tenantNameOf(subject.owner),
    written: etag !== undefined && configHash !== undefined ? { etag, configHash } : undefined,
    distributionId: wants.distributionId,
    connectionGroupId: wants.group?.id,
    domains: usable || tenant === undefined ? wants.names : namesMeanwhile(wants, tenant, observed),
    certificateArn: own,
    webAcl: wants.webAcl,
    geo: wants.geo,
    parameters: wants.parameters,
    enabled: wants.enabled,
  };
  return { is: 'present', spec };
};

const planDeletion = (subject: Subject, observed: Observed, now: Date): Plan<TenantDomainAction> => {
  const tenant = tenantOf(observed);
  if (subject.retain.is) {
    const kept = [...(tenant ? [`distribution tenant ${tenant.id}`] : []), ...(subject.status?.certificates ?? []).map(({ arn }) => `certificate ${arn}`)];
    const message = `${subject.retain.because}: ${kept.length > 0 ? `${kept.join(', ')} stay in AWS as they are` : 'nothing was in AWS yet'}`;
    return { decisions: [], finalizer: 'lift', notices: [{ reason: 'Retained', message }] };
  }
  const tenantDecision = planTenant({ is: 'absent' }, observed.tenant);
  const mayGo: Desired<CertificateSpec> = tenantDecision.move.is === 'gone'
    ? { is: 'absent' }
    : { is: 'held', reason: 'Deleting', on: 'sibling', message: 'the certificate is deleted after the distribution tenant' };
  const decisions: readonly Decision<TenantDomainAction>[] = [planCertificate(mayGo, observed.certificate, now), tenantDecision];
  return { decisions, finalizer: decisions.every(({ move }) => move.is === 'gone') ? 'lift' : 'keep' };
};

/** Decides about one TenantDomain: pure. */
export const planTenantDomain = (subject: Subject, observed: Observed, now: Date): Plan<TenantDomainAction> => {
  if (subject.deleting) return planDeletion(subject, observed, now);
  if (subject.accepted.is === 'refused') {
    const { reason, message, on } = subject.accepted;
    const held = { is: 'held', reason: 'WaitingForTier', message: `left as it is while the spec is not accepted: ${message}`, on } as const;
    const decisions = [planCertificate(held, observed.certificate, now), planTenant(held, observed.tenant), planTraffic(held, observed.traffic)];
    return { decisions, finalizer: 'keep', frozen: { reason, message } };
  }
  const { wants } = subject.accepted;
  return {
    finalizer: 'keep',
    decisions: [
      planCertificate({ is: 'present', spec: certificateSpecOf(wants, observed) }, observed.certificate, now),
      planTenant(desiredTenant(wants, subject, observed), observed.tenant),
      planTraffic({ is: 'present', spec: { names: wants.names, endpoint: wants.group?.endpoint } }, observed.traffic),
    ],
  };
};
