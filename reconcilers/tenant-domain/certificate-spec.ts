import { type DomainName, sortedNames } from '../../crds/domain-name.ts';
import type { Wants } from './accept.ts';
import { type CertificateSpec, deadOf, isCoveredBy, livingOf, type Proof } from './certificate/certificate.ts';
import { isSeenToLead, isUnseenToLead } from './challenge.ts';
import { addable } from './distribution-tenant/plan.ts';
import { type Observed, servingOf, tenantOf } from './observed.ts';

/**
 * The names that CloudFront shall have a certificate for. It requests one for all the names on the tenant, so that they are what the tenant
 * can carry: without those that others hold, and with what is served until the first wanted name is, as long as its DNS leads here.
 */
const managedNames = (wants: Wants, observed: Observed): readonly DomainName[] => {
  const domains = tenantOf(observed)?.domains ?? [];
  const present = domains.map(({ name }) => name);
  const active = domains.flatMap((domain) => (domain.active ? [domain.name as DomainName] : []));
  const wanted = addable(wants.names, present, observed.tenant);
  if (wanted.length === 0) return wants.names;
  const leadsHere = (name: DomainName): boolean => ['Found', 'Unknown'].includes(observed.traffic.names[name]?.state ?? 'Missing');
  return wants.names.some((name) => active.includes(name)) ? wanted : sortedNames([...wanted, ...active.filter(leadsHere)]);
};

/** Whether the validation records are in DNS. The same names get the same ones each time (ACM guide, DNS validation): those of the last request prove the next. */
const proofOf = (spec: Pick<CertificateSpec, 'source' | 'names' | 'serving'>, { traffic, certificate }: Observed): Proof => {
  const known = certificate.known ? certificate.value.known : [];
  const bearer = livingOf(spec, known)[0] ?? deadOf(spec, known).find(({ records }) => records !== undefined);
  const states = bearer?.records?.map(({ name }) => traffic.records[name]?.state ?? 'Unknown') ?? ['Unknown'];
  if (states.every((state) => state === 'Found')) return 'seen';
  return states.every((state) => state === 'Found' || state === 'Unknown') ? 'unknown' : 'missing';
};

/** What is asked of the certificate. */
export const certificateSpecOf = (wants: Wants, observed: Observed): CertificateSpec => {
  const { traffic } = observed;
  const names = wants.certificate.is === 'cloudfront' ? managedNames(wants, observed) : wants.names;
  const spec = { source: wants.certificate, names, serving: servingOf(observed) };
  return { ...spec, proof: proofOf(spec, observed), endpoint: wants.group?.endpoint, pointing: names.filter((name) => isSeenToLead(name, traffic)), challenged: names.filter((name) => isUnseenToLead(name, traffic)) };
};

/** The names to serve with a certificate that does not cover all: those it covers, or what is served already, since one must stay. */
export const namesMeanwhile = (wants: Wants, observed: Observed): readonly DomainName[] => {
  const tenant = tenantOf(observed);
  const present = (tenant?.domains ?? []).map(({ name }) => name as DomainName);
  const serving = observed.certificate.known ? observed.certificate.value.known.find(({ arn }) => arn === tenant?.certificateArn) : undefined;
  const served = wants.names.filter((name) => (serving && serving.names.length > 0 ? isCoveredBy(name, serving) : present.includes(name)));
  return served.length > 0 ? served : present;
};

/** The names that stay on the tenant while CloudFront sees to a certificate for them: to take one away would end its validation. */
export const namesUnderWay = ({ names }: Pick<CertificateSpec, 'names'>, observed: Observed): readonly DomainName[] => {
  const present = (tenantOf(observed)?.domains ?? []).map(({ name }) => name as DomainName);
  const wanted = present.filter((name) => names.includes(name));
  return wanted.length > 0 ? wanted : present;
};
