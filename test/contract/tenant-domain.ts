import * as fc from 'fast-check';
import { applyCertificate } from '../../reconcilers/tenant-domain/certificate/apply.ts';
import type { Certificate, CertificateAction, CertificateObserved, CertificateSpec } from '../../reconcilers/tenant-domain/certificate/certificate.ts';
import { certificateObserver } from '../../reconcilers/tenant-domain/certificate/observe.ts';
import { planCertificate } from '../../reconcilers/tenant-domain/certificate/plan.ts';
import { applyTenant } from '../../reconcilers/tenant-domain/distribution-tenant/apply.ts';
import { tenantObserver } from '../../reconcilers/tenant-domain/distribution-tenant/observe.ts';
import { planTenant } from '../../reconcilers/tenant-domain/distribution-tenant/plan.ts';
import type { TenantAction, TenantConfig, TenantObserved, TenantSpec } from '../../reconcilers/tenant-domain/distribution-tenant/tenant.ts';
import { trafficObserver } from '../../reconcilers/tenant-domain/traffic/observe.ts';
import { planTraffic, type TrafficSpec } from '../../reconcilers/tenant-domain/traffic/plan.ts';
import type { Sight, TrafficObserved } from '../../reconcilers/tenant-domain/traffic/traffic.ts';
import { hostileKnobs } from '../environment/aws/knobs.ts';
import { signal } from '../reconcilers/builders.ts';
import { type Account, putCertificate, putTenant, setUp } from '../reconcilers/tenant-domain/account.ts';
import { owner, shop, tenant, tenantName, tenantSpec } from '../reconcilers/tenant-domain/builders.ts';
import { anyArn, anyDate, anyDesired, anyNames, anyRecords, anySeen } from './anything.ts';
import type { ConcernUnderTest, Site } from './concern.ts';

const account = (weather: 'calm' | 'hostile') => setUp(weather === 'hostile' ? hostileKnobs : {});

const anyCertificate: fc.Arbitrary<Certificate> = fc.record({
  arn: anyArn,
  status: fc.constantFrom('PENDING_VALIDATION', 'ISSUED', 'INACTIVE', 'EXPIRED', 'VALIDATION_TIMED_OUT', 'REVOKED', 'FAILED', 'GONE'),
  names: fc.oneof({ weight: 8, arbitrary: anyNames }, { weight: 1, arbitrary: fc.constant([]) }),
  inUse: fc.boolean(), ours: fc.boolean(),
  createdAt: fc.option(anyDate, { nil: undefined }), notAfter: fc.option(anyDate, { nil: undefined }),
  records: fc.option(anyRecords, { nil: undefined }), trouble: fc.constantFrom(undefined, 'CAA_ERROR', 'constructor'),
});
const anyKnown = fc.uniqueArray(anyCertificate, { selector: ({ arn }) => arn, maxLength: 4 });
const anySource = fc.oneof(
  fc.record({ is: fc.constant('own' as const), keyAlgorithm: fc.constantFrom(undefined, 'RSA_2048' as const) }),
  anyArn.map((arn) => ({ is: 'given', arn }) as const),
  fc.constant({ is: 'distribution' } as const),
);
const anyServing = fc.oneof(fc.constantFrom({ is: 'unknown' } as const, { is: 'none' } as const), fc.record({ is: fc.constant('some' as const), arn: fc.option(anyArn, { nil: undefined }), settled: fc.boolean() }));

/** Anything that a look at certificates may show. */
export const anyCertificates: fc.Arbitrary<CertificateObserved> = anySeen(
  fc.record({ known: anyKnown, given: fc.option(fc.record({ certificate: fc.option(anyCertificate, { nil: undefined }), allowed: fc.boolean() }), { nil: undefined }), blueprint: fc.option(anyCertificate, { nil: undefined }) }),
);

/** The certificate; somebody else has one for the same names, and the customer adds what is asked for. */
export const certificateConcern: ConcernUnderTest<CertificateSpec, CertificateObserved, CertificateAction> = {
  name: 'certificate', type: 'CertificateReady', plan: planCertificate,
  desired: anyDesired(fc.record({ source: anySource, names: anyNames, serving: anyServing, recordsFound: fc.boolean() })),
  observed: anyCertificates,
  arrange: async (weather) => {
    const stage = account(weather);
    await putCertificate(stage, shop, { namespace: 'other' });
    const observe = certificateObserver(stage);
    const remembered: string[] = [];
    const recordsIn = (): readonly { readonly name: string; readonly value: string }[] => stage.simulator.inspect.certificates().flatMap(({ records }) => records);
    return {
      stage,
      spec: () => ({ source: { is: 'own', keyAlgorithm: undefined }, names: shop, serving: { is: 'none' }, recordsFound: false }),
      observe: (look) => observe({ owner, names: shop, source: { is: 'own', keyAlgorithm: undefined }, distributionId: undefined, remembered, records: [] }, look),
      apply: async (action) => {
        const learned = await applyCertificate(stage, owner, action, signal);
        if (learned) remembered.push(learned.arn);
      },
      meanwhile: () => {
        for (const { name, value } of recordsIn()) stage.zones.set(name, 'CNAME', [value]);
      },
    };
  },
};

const anyConfig: fc.Arbitrary<TenantConfig> = fc.record({
  distributionId: fc.constantFrom('E1', 'E2'), connectionGroupId: fc.constantFrom(undefined, 'cg_1', 'cg_2'), domains: anyNames, certificateArn: fc.option(anyArn, { nil: undefined }),
  webAcl: fc.constantFrom<TenantConfig['webAcl']>({ is: 'inherit' }, { is: 'disable' }, { is: 'override', arn: 'arn:acl' }),
  geo: fc.constantFrom<TenantConfig['geo']>(undefined, { type: 'none', countries: [] }, { type: 'whitelist', countries: ['DE'] }),
  parameters: fc.subarray([{ name: 'a', value: '1' }]), enabled: fc.boolean(),
});
const anyTenant = fc
  .record({ config: anyConfig, etag: fc.constantFrom('E1', 'E2'), deployed: fc.boolean(), active: fc.boolean(), isListed: fc.boolean() })
  .map(({ config, etag, deployed, active, isListed }) => tenant({ ...config, etag, deployed, domains: config.domains.map((name) => ({ name, active })), ...(isListed ? { parameters: undefined } : {}) }));

/** Anything that a look at a tenant may show. */
export const anyTenantSeen: fc.Arbitrary<TenantObserved> = fc.record({
  tenant: anySeen(fc.oneof(anyTenant.map((one) => ({ is: 'present', tenant: one }) as const), fc.constantFrom({ is: 'absent' } as const, { is: 'foreign', arn: 'arn:theirs' } as const))),
  taken: fc.oneof(fc.constant([]), anyNames), refusedAlone: fc.oneof(fc.constant([]), anyNames), cautious: fc.boolean(), webAclAllowed: anySeen(fc.boolean()), disableAlone: fc.boolean(),
});

const tenantSite = (stage: Account): Site<TenantSpec, TenantObserved, TenantAction> => {
  const observe = tenantObserver(stage);
  return {
    stage,
    spec: () => tenantSpec({ distributionId: stage.distributionId, connectionGroupId: stage.group.id, certificateArn: stage.wildcardArn }),
    observe: (look) => observe({ owner, names: shop, webAclToProve: undefined }, look),
    apply: (action) => applyTenant(stage, owner, action, signal),
    meanwhile: () => undefined,
  };
};

/** The distribution tenant; somebody else has one beside it. */
export const tenantConcern: ConcernUnderTest<TenantSpec, TenantObserved, TenantAction> = {
  name: 'distribution tenant', type: 'Programmed', plan: planTenant,
  desired: anyDesired(fc.record({ config: anyConfig, written: fc.option(fc.record({ etag: fc.constantFrom('E1', 'E2'), configHash: fc.constantFrom('0'.repeat(16)) }), { nil: undefined }) }).map(({ config, written }) => ({ ...config, name: tenantName, written }))),
  observed: anyTenantSeen,
  arrange: async (weather) => {
    const stage = setUp();
    const { distributionId, wildcardArn, simulator, clock } = stage;
    const theirs = { Name: 'theirs', DistributionId: distributionId, Domains: [{ Domain: 'theirs.example.com' }], Customizations: { Certificate: { Arn: wildcardArn } }, Enabled: true };
    await simulator.call('cloudfront', 'CreateDistributionTenant', theirs, 'somebody');
    await clock.advance(120_000);
    if (weather === 'hostile') Object.assign(simulator.knobs, hostileKnobs);
    return tenantSite(stage);
  },
  usurped: async () => {
    const stage = setUp();
    await putTenant(stage, 'untagged');
    return tenantSite(stage);
  },
  interfere: ({ simulator: { operator } }) => operator.editTenant(tenantName, { Parameters: [{ Name: 'path', Value: '/theirs' }] }),
};

const anySight: fc.Arbitrary<Sight & { readonly apex: boolean }> = fc.record({ state: fc.constantFrom('Unknown', 'Missing', 'Mismatch', 'Found'), values: fc.constantFrom([], ['elsewhere.example.net']), apex: fc.boolean() });

/** Anything that DNS may say, of all names or of some. */
export const anyTraffic: fc.Arbitrary<TrafficObserved> = fc
  .record({ names: anyNames, sights: fc.array(anySight, { minLength: 4, maxLength: 4 }), records: anyRecords })
  .map(({ names, sights, records }) => ({ names: Object.fromEntries(names.flatMap((name, index) => (sights[index] ? [[name, sights[index]] as const] : []))), records: Object.fromEntries(records.flatMap(({ name }, index) => (sights[index] ? [[name, sights[index]] as const] : []))) }));

/** The customer's DNS; the customer switches it. */
export const trafficConcern: ConcernUnderTest<TrafficSpec, TrafficObserved, never> = {
  name: 'traffic', type: 'DNSConfigured', plan: planTraffic,
  desired: anyDesired(fc.record({ names: anyNames, endpoint: fc.constantFrom(undefined, 'd1.cloudfront.net') })),
  observed: anyTraffic,
  arrange: async (weather) => {
    const stage = await Promise.resolve(account(weather));
    const { endpoint } = stage.group;
    const observe = trafficObserver(stage.dns);
    return {
      stage,
      spec: () => ({ names: shop, endpoint }),
      observe: (look) => observe({ names: shop, endpoint, records: [] }, look),
      meanwhile: () => stage.zones.set('shop.example.com', 'CNAME', [endpoint]),
    };
  },
};
