import * as fc from 'fast-check';
import type { Desired } from '../../reconcilers/contract.ts';
import { seen } from '../../reconcilers/failure.ts';
import { applyCertificate } from '../../reconcilers/tenant-domain/certificate/apply.ts';
import type { Certificate, CertificateAction, CertificateObserved, CertificateSpec, ManagedView } from '../../reconcilers/tenant-domain/certificate/certificate.ts';
import { managedObserver } from '../../reconcilers/tenant-domain/certificate/managed/observe.ts';
import { certificateObserver } from '../../reconcilers/tenant-domain/certificate/observe.ts';
import { planCertificate } from '../../reconcilers/tenant-domain/certificate/plan.ts';
import { trafficObserver } from '../../reconcilers/tenant-domain/traffic/observe.ts';
import { planTraffic, type TrafficSpec } from '../../reconcilers/tenant-domain/traffic/plan.ts';
import type { Sight, TrafficObserved } from '../../reconcilers/tenant-domain/traffic/traffic.ts';
import { hostileKnobs } from '../environment/aws/knobs.ts';
import { signal } from '../reconcilers/builders.ts';
import { putCertificate, putTenantAsking, setUp } from '../reconcilers/tenant-domain/account.ts';
import { certificateSpec, owner, shop, tenantName } from '../reconcilers/tenant-domain/builders.ts';
import { anyArn, anyDate, anyDesired, anyFailure, anyNames, anyRecords, anySeen } from './anything.ts';
import type { ConcernUnderTest } from './concern.ts';

export { anyTenantSeen, tenantConcern } from './distribution-tenant.ts';

const account = (weather: 'calm' | 'hostile') => setUp(weather === 'hostile' ? hostileKnobs : {});

const anyCertificate: fc.Arbitrary<Certificate> = fc.record({
  arn: anyArn,
  status: fc.constantFrom('PENDING_VALIDATION', 'ISSUED', 'INACTIVE', 'EXPIRED', 'VALIDATION_TIMED_OUT', 'REVOKED', 'FAILED', 'GONE'),
  names: fc.oneof({ weight: 8, arbitrary: anyNames }, { weight: 1, arbitrary: fc.constant([]) }),
  inUse: fc.boolean(), ours: fc.boolean(),
  createdAt: fc.option(anyDate, { nil: undefined }), notAfter: fc.option(anyDate, { nil: undefined }),
  managedBy: fc.constantFrom(undefined, 'CloudFront'),
  records: fc.option(anyRecords, { nil: undefined }), trouble: fc.constantFrom(undefined, 'CAA_ERROR', 'constructor'),
  renewal: fc.option(fc.record({ status: fc.constantFrom('PENDING_VALIDATION', 'FAILED'), open: fc.oneof(fc.constant([]), anyNames), cause: fc.constantFrom(undefined, 'CAA_ERROR', 'constructor') }), { nil: undefined }),
});
const anyKnown = fc.uniqueArray(anyCertificate, { selector: ({ arn }) => arn, maxLength: 4 });
const anySource = fc.oneof(
  fc.record({ is: fc.constant('own' as const), keyAlgorithm: fc.constantFrom(undefined, 'RSA_2048' as const) }),
  anyArn.map((arn) => ({ is: 'given', arn }) as const),
  fc.constantFrom({ is: 'distribution' } as const, { is: 'cloudfront' } as const),
);
const anyServing = fc.oneof(fc.constantFrom({ is: 'unknown' } as const, { is: 'none' } as const), fc.record({ is: fc.constant('some' as const), arn: fc.option(anyArn, { nil: undefined }), settled: fc.boolean(), active: fc.oneof(fc.constant([]), anyNames) }));

const anyRequest: fc.Arbitrary<ManagedView['request']> = fc.oneof(
  fc.constantFrom({ is: 'unseen' } as const, { is: 'none' } as const),
  fc.record({ is: fc.constant('made' as const), arn: anyArn, pending: fc.boolean(), gone: fc.boolean(), redirects: anyNames.map((some) => some.map((name) => ({ domain: name, from: `${name}/t`, to: 'aws/t' }))) }),
);
const anyManaged: fc.Arbitrary<ManagedView> = fc.record({
  request: anyRequest,
  asked: fc.option(fc.record({ at: anyDate, names: fc.option(anyNames.map((some) => some.join(' ')), { nil: undefined }) }), { nil: undefined }),
  denied: fc.option(anyFailure, { nil: undefined }),
});

/** Anything that a look at certificates may show. */
export const anyCertificates: fc.Arbitrary<CertificateObserved> = anySeen(
  fc.record({
    known: anyKnown, given: fc.option(fc.record({ certificate: fc.option(anyCertificate, { nil: undefined }), allowed: fc.boolean() }), { nil: undefined }), blueprint: fc.option(anyCertificate, { nil: undefined }),
    managed: anyManaged, quota: fc.record({ used: fc.constantFrom(0, 2_500, 4_500, 6_000), perYear: fc.constant(5_000) }),
  }),
);

const anyCertificateDesired: fc.Arbitrary<Desired<CertificateSpec>> = anyDesired(
  fc.record({ source: anySource, names: anyNames, serving: anyServing, proof: fc.constantFrom('seen', 'missing', 'unknown'), endpoint: fc.constantFrom(undefined, 'd1.cloudfront.net'), pointing: fc.oneof(fc.constant([]), anyNames), challenged: fc.oneof(fc.constant([]), anyNames) }),
);

/** The certificate; somebody else has one for the same names, and the customer adds what is asked for. */
export const certificateConcern: ConcernUnderTest<CertificateSpec, CertificateObserved, CertificateAction> = {
  name: 'certificate', type: 'CertificateReady', plan: planCertificate,
  desired: anyCertificateDesired,
  observed: anyCertificates,
  arrange: async (weather) => {
    const stage = account(weather);
    await putCertificate(stage, shop, { namespace: 'other' });
    const observe = certificateObserver(stage);
    const remembered: string[] = [];
    const recordsIn = (): readonly { readonly name: string; readonly value: string }[] => stage.simulator.inspect.certificates().flatMap(({ records }) => records);
    return {
      stage,
      spec: () => certificateSpec(),
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

/** The certificate that CloudFront requests for a tenant of ours, which has asked for it and goes first; the owner serves its token. */
export const managedCertificateConcern: ConcernUnderTest<CertificateSpec, CertificateObserved, CertificateAction> = {
  // With the tenant.
  name: 'certificate of CloudFront', type: 'CertificateReady', has: 2, plan: planCertificate, desired: anyCertificateDesired, observed: anyCertificates,
  arrange: async (weather) => {
    const stage = setUp(weather === 'hostile' ? { ...hostileKnobs, throttleProbability: 0, failureProbability: 0 } : {});
    const source = { is: 'cloudfront' } as const;
    const tenantArn = await putTenantAsking(stage);
    await putCertificate(stage, shop, { namespace: 'other' });
    const [observe, observeManaged] = [certificateObserver(stage), managedObserver(stage)];
    const remembered: string[] = [];
    if (weather === 'hostile') Object.assign(stage.simulator.knobs, hostileKnobs);
    return {
      stage,
      born: () => stage.simulator.inspect.certificates().flatMap(({ arn, managedBy }) => (managedBy === 'CLOUDFRONT' ? [arn] : [])),
      leave: () => stage.simulator.operator.deleteTenant(tenantName),
      spec: () => certificateSpec({ source, serving: { is: 'some', arn: undefined, settled: false, active: [] } }),
      observe: async (look) => {
        const alone = await observe({ owner, names: shop, source, distributionId: undefined, remembered, records: [] }, look);
        return alone.known ? seen(observeManaged({ owner, names: shop, source, generation: 1, deleting: false, tenantArn, switchRefused: false }, alone.value, look)) : alone;
      },
      apply: async (action) => {
        const learned = await applyCertificate(stage, owner, action, signal);
        if (learned) remembered.push(learned.arn);
      },
      meanwhile: () => stage.simulator.operator.serveToken('shop.example.com', true),
    };
  },
};

const anySight: fc.Arbitrary<Sight & { readonly apex: boolean | undefined }> = fc.record({ state: fc.constantFrom('Unknown', 'Missing', 'Mismatch', 'Found'), values: fc.constantFrom([], ['elsewhere.example.net']), apex: fc.constantFrom(true, false, undefined) });
const anySightOfOurs = fc.tuple(anySight, fc.boolean()).map(([sight, isOld]) => (isOld && sight.state === 'Mismatch' ? { ...sight, group: 'isolated' } : sight));

/** Anything that DNS may say, of all names or of some. */
export const anyTraffic: fc.Arbitrary<TrafficObserved> = fc
  .record({ names: anyNames, sights: fc.array(anySightOfOurs, { minLength: 4, maxLength: 4 }), records: anyRecords })
  .map(({ names, sights, records }) => ({ names: Object.fromEntries(names.flatMap((name, index) => (sights[index] ? [[name, sights[index]] as const] : []))), records: Object.fromEntries(records.flatMap(({ name }, index) => (sights[index] ? [[name, sights[index]] as const] : []))) }));

/** The customer's DNS; the customer switches it. */
export const trafficConcern: ConcernUnderTest<TrafficSpec, TrafficObserved, never> = {
  name: 'traffic', type: 'DNSConfigured', plan: planTraffic,
  desired: anyDesired(fc.record({ names: anyNames, endpoint: fc.constantFrom(undefined, 'd1.cloudfront.net') })),
  observed: anyTraffic,
  arrange: async (weather) => {
    const stage = await Promise.resolve(account(weather));
    const { endpoint } = stage.group;
    const observe = trafficObserver(stage);
    return {
      stage,
      spec: () => ({ names: shop, endpoint }),
      observe: (look) => observe({ names: shop, endpoint, records: [] }, look),
      meanwhile: () => stage.zones.set('shop.example.com', 'CNAME', [endpoint]),
    };
  },
};
