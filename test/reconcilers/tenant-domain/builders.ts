import type { Accepted, Wants } from '../../../reconcilers/tenant-domain/accept.ts';
import type { Certificate, CertificateObserved, CertificateSpec, CertificateView, Serving } from '../../../reconcilers/tenant-domain/certificate/certificate.ts';
import type { Lessons, Tenant, TenantConfig, TenantObserved, TenantSpec, TenantView } from '../../../reconcilers/tenant-domain/distribution-tenant/tenant.ts';
import { tenantNameOf } from '../../../reconcilers/names.ts';
import type { Observed } from '../../../reconcilers/tenant-domain/observed.ts';
import type { Subject } from '../../../reconcilers/tenant-domain/subject.ts';
import type { Sight, TrafficObserved } from '../../../reconcilers/tenant-domain/traffic/traffic.ts';
import { domains, group, hours, noon } from '../builders.ts';

export const owner = { installation: 'test', namespace: 'brand', name: 'shop', uid: 'uid-1' };
export const tenantName = tenantNameOf(owner);
export const shop = domains('shop.example.com');

/** The ARN of certificate a, b, c … */
export const arnOf = (letter: string): string => `arn:aws:acm:us-east-1:111122223333:certificate/${letter}`;

/** The record that proves one name. */
export const recordOf = (name: string) => ({ name: `_x.${name}`, value: '_y.acm-validations.aws', domains: domains(name) });

/** Certificate a, ours, issued for shop.example.com an hour ago, in use by nobody. */
export const certificate = (over: Partial<Certificate> = {}): Certificate => ({
  arn: arnOf('a'), status: 'ISSUED', names: shop, inUse: false, ours: true, createdAt: new Date(noon.getTime() - hours(1)), notAfter: undefined, managedBy: undefined, renewal: undefined,
  records: 'records' in over ? over.records : (over.names ?? shop).map(recordOf), trouble: undefined, ...over,
});

/** The same, asked for by CloudFront. */
export const managed = (over: Partial<Certificate> = {}): Certificate => certificate({ managedBy: 'CloudFront', records: [], ...over });

/** Asked for: an own certificate for shop.example.com; no tenant is there yet. */
export const certificateSpec = (over: Partial<CertificateSpec> = {}): CertificateSpec => ({
  source: { is: 'own', keyAlgorithm: undefined }, names: shop, serving: { is: 'none' }, proof: 'missing', endpoint: group.endpoint, pointing: [], challenged: [], ...over,
});

/** The tenant serves these names with that certificate. */
export const servedBy = (letter: string | undefined, over: Partial<Extract<Serving, { is: 'some' }>> = {}): { readonly serving: Serving } => ({
  serving: { is: 'some', arn: letter === undefined ? undefined : arnOf(letter), settled: true, active: shop, ...over },
});

/** What was seen of certificates: CloudFront was not asked, and little of the quota is used. */
export const certificateView = (known: readonly Certificate[], over: Partial<CertificateView> = {}): CertificateView => ({
  known, given: undefined, blueprint: undefined, managed: { request: { is: 'unseen' }, asked: undefined, denied: undefined }, quota: { used: 10, perYear: 5_000 }, ...over,
});

export const certificates = (known: readonly Certificate[], over: Partial<CertificateView> = {}): CertificateObserved => ({ known: true, value: certificateView(known, over) });

/** The whole configuration of the tenant of shop.example.com, served with certificate a. */
export const config = (over: Partial<TenantConfig> = {}): TenantConfig => ({
  distributionId: 'E2EXAMPLE', connectionGroupId: group.id, domains: shop, certificateArn: arnOf('a'), webAcl: { is: 'inherit' }, geo: undefined, parameters: [], enabled: true, ...over,
});

export const tenantSpec = (over: Partial<TenantSpec> = {}): TenantSpec => ({ ...config(), name: tenantName, written: undefined, seat: undefined, request: undefined, lacks: undefined, moveRefused: undefined, ...over });

/** That tenant in CloudFront, deployed and active, with its parameters read. */
export const tenant = (over: Partial<Tenant> = {}): Tenant => ({
  id: 'dt_1', arn: 'arn:aws:cloudfront::111122223333:distribution-tenant/dt_1', name: tenantName, etag: 'E1', distributionId: 'E2EXAMPLE', connectionGroupId: group.id,
  enabled: true, deployed: true, domains: shop.map((name) => ({ name, active: true })), certificateArn: arnOf('a'), webAcl: { is: 'inherit' }, geo: undefined, parameters: [], ...over,
});

/** AWS refused nothing lately. */
export const noLessons: Lessons = { cautious: false, refusedAlone: [], disableAlone: false, activeOnly: false, fullAcls: [], moveRefusals: [], unproved: undefined, notTaken: [] };

/** What was seen of the tenant's place in CloudFront; without an argument nothing is there. */
export const seenTenant = (view: TenantView | Tenant = { is: 'absent' }, over: Partial<TenantObserved> = {}): TenantObserved => ({
  tenant: { known: true, value: 'is' in view ? view : { is: 'present', tenant: view } }, taken: [], webAclAllowed: { known: true, value: true }, slots: { known: true, value: [] }, ...noLessons, ...over,
});

/** What DNS says: the same of every name and record. */
export const traffic = (state: Sight['state'], names: readonly string[] = shop, records: readonly string[] = []): TrafficObserved => {
  const sight: Sight = { state, values: state === 'Mismatch' ? ['elsewhere.example.net'] : [] };
  return { names: Object.fromEntries(names.map((name) => [name, { ...sight, apex: false }])), records: Object.fromEntries(records.map((name) => [name, sight])) };
};

export const wants = (over: Partial<Wants> = {}): Wants => ({
  names: shop, distributionId: 'E2EXAMPLE', group, parameters: [], geo: undefined, webAcl: { is: 'inherit' }, webAclToProve: undefined, certificate: { is: 'own', keyAlgorithm: undefined }, enabled: true, ...over,
});

export const accepted = (over: Partial<Wants> = {}): Accepted => ({ is: 'accepted', wants: wants(over) });

/** The subject of an accepted TenantDomain `brand/shop`. */
export const subject = (over: Partial<Subject> = {}): Subject => ({
  owner, names: shop, generation: 1, deleting: false, retain: { is: false, because: 'spec.deletionPolicy is Delete' }, accepted: accepted(), status: undefined, ...over,
});

/** Everything as it should be: issued, served, DNS pointing here. */
export const observed = (over: Partial<Observed> = {}): Observed => ({
  certificate: certificates([certificate({ inUse: true })]), tenant: seenTenant(tenant()), traffic: traffic('Found', shop, shop.map((name) => `_x.${name}`)), ...over,
});
