import { type DomainName, sortedNames } from '../../crds/domain-name.ts';
import { conditionsOf } from '../conditions.ts';
import type { Decision, Desired, Plan } from '../contract.ts';
import { tenantNameOf } from '../names.ts';
import type { Wants } from './accept.ts';
import { type Certificate, type CertificateAction, type CertificateSpec, isCoveredBy } from './certificate/certificate.ts';
import { markUnmarked, requestStage, type Stage } from './certificate/managed/plan.ts';
import { planCertificate, usableCertificate } from './certificate/plan.ts';
import { certificateSpecOf, namesMeanwhile, namesUnderWay } from './certificate-spec.ts';
import { planTenant, webAclFor } from './distribution-tenant/plan.ts';
import type { Lack, TenantAction, TenantSpec } from './distribution-tenant/tenant.ts';
import { type Observed, tenantOf } from './observed.ts';
import type { Subject } from './subject.ts';
import { planTraffic } from './traffic/plan.ts';

export type TenantDomainAction = CertificateAction | TenantAction;

/** What is known of the certificate when the tenant is planned: `stage` of a request of CloudFront's, where it is to make one. */
type Certified = { readonly spec: CertificateSpec; readonly usable: Certificate | undefined; readonly stage: Stage | undefined };

/**
 * The names to serve: what is desired and covered by the certificate to serve with. They shrink at once, and grow in the swap of
 * certificates (R7); those that CloudFront shall request one for come with the request.
 */
const namesToServe = (wants: Wants, { spec, usable, stage }: Certified, observed: Observed): readonly DomainName[] => {
  if (usable) {
    const covered = spec.names.filter((name) => isCoveredBy(name, usable));
    return covered.length === spec.names.length ? wants.names : covered;
  }
  if (stage?.is === 'wanted') return sortedNames([...wants.names, ...spec.names]);
  if (tenantOf(observed) === undefined) return wants.names;
  return stage === undefined || stage.is === 'superseded' ? namesMeanwhile(wants, observed) : namesUnderWay(spec, observed);
};

/** Whether the tenant has to wait: there is none, or nothing is served by it, and there is nothing to serve or to ask for with. */
const mustWait = ({ usable, stage }: Certified, observed: Observed): boolean => {
  const tenant = tenantOf(observed);
  if (usable || stage?.is === 'wanted') return false;
  return tenant === undefined || (stage !== undefined && tenant.certificateArn === undefined && !tenant.domains.some(({ active }) => active));
};

/** That it has no certificate to be served with on another distribution, while the one that it is on serves it with its own. */
const certificateLack = ({ distributionId }: Wants, { usable }: Certified, observed: Observed): Lack | undefined => {
  const tenant = tenantOf(observed);
  if (usable || tenant === undefined || tenant.certificateArn !== undefined || tenant.distributionId === distributionId) return undefined;
  return { of: 'certificate', reason: 'WaitingForCertificate', message: `it moves to distribution ${distributionId} once a certificate is issued to serve it with there, and is served as before until then` };
};

/** What is asked of the tenant. */
const desiredTenant = (wants: Wants, subject: Subject, observed: Observed, certified: Certified): Desired<TenantSpec> => {
  const { spec: asked, usable, stage } = certified;
  const tenant = tenantOf(observed);
  if (mustWait(certified, observed)) {
    return { is: 'held', reason: 'WaitingForCertificate', on: 'sibling', message: tenant === undefined ? 'the distribution tenant is created when the certificate is issued' : 'it serves once the certificate is issued' };
  }
  const { etag, configHash } = subject.status?.distributionTenant ?? {};
  const answer = webAclFor(wants.webAcl, observed.tenant, tenant);
  // Without a seat a tenant keeps what it has, and one that is not there yet is not made.
  const placed = 'lacks' in answer ? { webAcl: tenant?.webAcl ?? ({ is: 'inherit' } as const), seat: undefined, lacks: answer.lacks } : { ...answer, lacks: certificateLack(wants, certified, observed) };
  const own = usable && wants.certificate.is === 'distribution' ? undefined : (usable?.arn ?? tenant?.certificateArn);
  const spec: TenantSpec = {
    name: tenantNameOf(subject.owner),
    written: etag !== undefined && configHash !== undefined ? { etag, configHash } : undefined,
    distributionId: wants.distributionId,
    connectionGroupId: wants.group?.id,
    domains: namesToServe(wants, certified, observed),
    certificateArn: own,
    ...placed,
    request: stage?.is === 'wanted' ? { host: asked.pointing.length === asked.names.length ? 'cloudfront' : 'self-hosted' } : undefined,
    geo: wants.geo,
    parameters: wants.parameters,
    enabled: wants.enabled,
    moveRefused: conditionsOf(subject.generation, subject.status?.conditions).find(({ reason }) => reason === 'MoveRefused')?.message,
  };
  return { is: 'present', spec };
};

/** Names whose certificate CloudFront is still asked for are not active: that is no deployment to wait for. */
const withoutUncovered = (decision: Decision<TenantAction>, { stage }: Certified, observed: Observed): Decision<TenantAction> => {
  const tenant = tenantOf(observed);
  const isUnderWay = stage !== undefined && !['issued', 'partial', 'retiring', 'ignored', 'wanted'].includes(stage.is);
  if (!isUnderWay || tenant?.deployed !== true || decision.move.is !== 'waiting' || decision.condition.reason !== 'Deploying') return decision;
  const idle = tenant.domains.flatMap(({ name, active }) => (active ? [] : [name]));
  if (idle.length === 0) return decision;
  const message = `distribution tenant ${tenant.id} is deployed; ${idle.join(', ')} will be served once the certificate is issued`;
  return { condition: { ...decision.condition, status: 'True', reason: 'Deployed', message }, move: { is: 'waiting', on: 'sibling' } };
};

const planDeletion = (subject: Subject, observed: Observed, now: Date): Plan<TenantDomainAction> => {
  const tenant = tenantOf(observed);
  if (subject.retain.is) {
    // What could not be read is what was last seen.
    const tenantId = observed.tenant.tenant.known ? tenant?.id : subject.status?.distributionTenant?.id;
    const kept = [...(tenantId === undefined ? [] : [`distribution tenant ${tenantId}`]), ...(subject.status?.certificates ?? []).map(({ arn }) => `certificate ${arn}`)];
    const message = `${subject.retain.because}: ${kept.length > 0 ? `${kept.join(', ')} stay in AWS as they are` : 'nothing was in AWS yet'}`;
    return { decisions: [], finalizer: 'lift', notices: [{ reason: 'Retained', message }] };
  }
  const leaving = planTenant({ is: 'absent' }, observed.tenant);
  // What CloudFront requested for the tenant can be told as ours only while the tenant names it; a failed read is not "nothing".
  const isUnmarked = !observed.certificate.known || markUnmarked(observed.certificate.value) !== undefined;
  const isLast = leaving.move.is === 'acting' && leaving.move.actions.some(({ verb }) => verb === 'DeleteDistributionTenant');
  const message = 'the distribution tenant is deleted once its certificates are read, and what CloudFront requested for it is marked as ours';
  const tenantDecision = isUnmarked && isLast ? planTenant({ is: 'held', reason: 'Deleting', on: 'sibling', message }, observed.tenant) : leaving;
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
  const spec = certificateSpecOf(wants, observed);
  const certified = { spec, usable: usableCertificate(spec, observed.certificate), stage: requestStage(spec, observed.certificate, now) };
  return {
    finalizer: 'keep',
    decisions: [
      planCertificate({ is: 'present', spec }, observed.certificate, now),
      withoutUncovered(planTenant(desiredTenant(wants, subject, observed, certified), observed.tenant), certified, observed),
      planTraffic({ is: 'present', spec: { names: wants.names, endpoint: wants.group?.endpoint } }, observed.traffic),
    ],
  };
};
