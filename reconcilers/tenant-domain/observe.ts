import type { DomainName } from '../../crds/domain-name.ts';
import type { Look } from '../contract.ts';
import { conditionsOf } from '../conditions.ts';
import { seen } from '../failure.ts';
import type { Dns } from '../ports/dns.ts';
import type { CertificateObserved } from './certificate/certificate.ts';
import { concern as certificateReady } from './certificate/certificate.ts';
import { managedObserver, type ManagedPorts } from './certificate/managed/observe.ts';
import { certificateObserver, type CertificatePorts } from './certificate/observe.ts';
import { renewalObserver } from './certificate/renewal/observe.ts';
import { challenged, challengeNameOf } from './challenge.ts';
import { tenantObserver, type TenantPorts } from './distribution-tenant/observe.ts';
import { recalledApexes } from './dns-recall.ts';
import { validationRecordsIn } from './dns-records.ts';
import { type Observed, tenantOf } from './observed.ts';
import type { Subject } from './subject.ts';
import { trafficObserver } from './traffic/observe.ts';
import type { Sight, TrafficObserved } from './traffic/traffic.ts';

export type ObservePorts = CertificatePorts & ManagedPorts & TenantPorts & { readonly dns: Dns };

/** Looks at the TXT records that CloudFront needs of names without a CNAME. */
const challengeObserver = (dns: Dns) => async (names: readonly DomainName[], endpoint: string, traffic: TrafficObserved, signal: AbortSignal): Promise<TrafficObserved> => {
  const sightOf = async (name: string): Promise<Sight> => {
    const answer = await dns.lookUp({ name, type: 'TXT' }, signal);
    if (answer.is === 'found') return { state: answer.values.includes(endpoint) ? 'Found' : 'Mismatch', values: answer.values };
    return { state: answer.is === 'failed' ? 'Unknown' : 'Missing', values: [] };
  };
  const asked = challenged(names, traffic).map(challengeNameOf);
  const sights = await Promise.all(asked.map(async (name) => [name, await sightOf(name)] as const));
  return { ...traffic, records: { ...traffic.records, ...Object.fromEntries(sights) } };
};

/** Whether the status says, of this generation, that CloudFront took up no request. */
const isSwitchRefused = ({ status, generation }: Subject): boolean =>
  conditionsOf(generation, status?.conditions).some(({ type, reason }) => type === certificateReady && reason === 'IssuerSwitchRefused');

/** Looks at the world of one TenantDomain: certificate and tenant at once, then what only both can tell, then DNS. */
export const tenantDomainObserver = (ports: ObservePorts): ((subject: Subject, look: Look) => Promise<Observed>) => {
  const observeCertificate = certificateObserver(ports);
  const observeManaged = managedObserver(ports);
  const observeRenewal = renewalObserver(ports);
  const observeTenant = tenantObserver(ports);
  const observeTraffic = trafficObserver(ports);
  const observeChallenges = challengeObserver(ports.dns);

  /** What is to be seen of a certificate only where its tenant is known. */
  const withTenant = async (certificate: CertificateObserved, tenant: Observed['tenant'], subject: Subject, look: Look): Promise<CertificateObserved> => {
    if (!certificate.known) return certificate;
    const { owner, names, generation, deleting, accepted } = subject;
    const present = tenantOf({ tenant });
    const source = accepted.is === 'accepted' ? accepted.wants.certificate : undefined;
    const address = { owner, names, source, generation, deleting, tenantArn: present?.arn, switchRefused: isSwitchRefused(subject) };
    return seen(observeManaged(address, certificate.value, look).then((view) => observeRenewal(present?.certificateArn, view, look)));
  };

  const trafficOf = async ({ names, accepted, deleting, status }: Subject, { certificate, tenant }: Pick<Observed, 'certificate' | 'tenant'>, look: Look): Promise<TrafficObserved> => {
    const wants = accepted.is === 'accepted' ? accepted.wants : undefined;
    const endpoint = wants?.group?.endpoint;
    const records = certificate.known ? certificate.value.known.filter(({ ours }) => ours).flatMap((one) => one.records ?? []) : [];
    if (deleting) return { names: {}, records: {} };
    const isManaged = wants?.certificate.is === 'cloudfront';
    // What is on the tenant still is asked about too: it stays until another name is served, as long as it leads here.
    const present = isManaged ? (tenantOf({ tenant })?.domains ?? []).map(({ name }) => name as DomainName) : [];
    const traffic = recalledApexes(await observeTraffic({ names: [...new Set([...names, ...present])], endpoint, records }, look), status?.dnsRecords ?? []);
    return endpoint === undefined || !isManaged ? traffic : observeChallenges(names, endpoint, traffic, look.signal);
  };

  return async (subject, look) => {
    const { owner, names, accepted, status } = subject;
    const wants = accepted.is === 'accepted' ? accepted.wants : undefined;
    const remembered = (status?.certificates ?? []).filter(({ issuer }) => issuer !== 'External').map(({ arn }) => arn);
    const [alone, tenant] = await Promise.all([
      observeCertificate({ owner, names, source: wants?.certificate, distributionId: wants?.distributionId, remembered, records: validationRecordsIn(status?.dnsRecords) }, look),
      observeTenant({ owner, names, webAcl: wants?.webAcl, webAclToProve: wants?.webAclToProve }, look),
    ]);
    const certificate = await withTenant(alone, tenant, subject, look);
    return { certificate, tenant, traffic: await trafficOf(subject, { certificate, tenant }, look) };
  };
};
