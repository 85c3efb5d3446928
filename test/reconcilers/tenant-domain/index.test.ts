import { describe, expect, test } from 'vitest';
import type { TenantCertificate } from '../../../crds/types.ts';
import { createSeats } from '../../../reconcilers/seats.ts';
import { tenantDomainKind } from '../../../reconcilers/tenant-domain/index.ts';
import type { Sources } from '../../../reconcilers/tenant-domain/subject.ts';
import { group, look, signal } from '../builders.ts';
import { createStage } from '../stage.ts';
import { accepted, arnOf, config, subject, tenant, tenantName } from './builders.ts';

const empty = { get: () => undefined, by: () => [] };
const sources: Sources = { tenantDomains: empty, edgeTiers: empty, namespaces: empty };
const setUp = () => {
  const stage = createStage();
  return { ...stage, kind: tenantDomainKind({ ...stage, seats: createSeats(stage.now), sources, installation: 'test', certificatesPerYear: 5_000 }) };
};
const row = (letter: string, over: Partial<TenantCertificate> = {}): TenantCertificate => ({ arn: arnOf(letter), use: 'Retiring', issuer: 'ACM', status: 'FAILED', ...over });

describe('what is remembered of a request', () => {
  const remember = (certificates: readonly TenantCertificate[] | undefined): readonly string[] => {
    const fold = setUp().kind.remember({ is: 'certificate', arn: arnOf('n'), issuer: 'ACM' });
    return (fold?.(certificates && { certificates }).certificates ?? []).map(({ arn, use }) => `${arn.at(-1) ?? ''} ${use}`);
  };

  test.each<{ name: string; because: string; before: readonly TenantCertificate[] | undefined; want: readonly string[] }>([
    { name: 'nothing', because: 'the ARN is all that cannot be derived again (R3)', before: undefined, want: ['n Pending'] },
    { name: 'one that serves', because: 'certificates overlap', before: [row('a', { use: 'Serving' })], want: ['a Serving', 'n Pending'] },
    { name: 'the same', because: 'ACM answers an equal request with the same ARN', before: [row('n')], want: ['n Pending'] },
    { name: 'as many as a status holds', because: 'a fifth would be refused by the API server, and the ARN lost', before: [row('a'), row('b'), row('c'), row('s', { use: 'Serving' })], want: ['s Serving', 'n Pending', 'a Retiring', 'b Retiring'] },
  ])('beside $name: $because', ({ before, want }) => {
    expect(remember(before)).toEqual(want);
  });

  test('is nothing of a tenant: its name is derived', () => {
    expect(setUp().kind.remember({ is: 'tenant', tenant: tenant() })).toBeUndefined();
  });
});

describe('what is looked at', () => {
  test('a certificate of somebody else is never taken for one of ours, though the status shows it', async () => {
    const { kind, simulator, landed } = setUp();
    const { arn } = simulator.operator.importCertificate({ names: ['shop.example.com'], tags: { 'tenantedge.dev/allow-namespace': 'brand' } });
    const of = subject({ accepted: accepted({ certificate: { is: 'given', arn } }), status: { certificates: [row('x', { arn, use: 'Serving', issuer: 'External' })] } });
    const { certificate } = await landed(kind.observe(of, look()));
    expect(certificate).toMatchObject({ known: true, value: { known: [], given: { allowed: true, certificate: { arn, ours: false } } } });
  });

  test('an apex that CloudFront shall have a certificate for is asked for the proof that CloudFront can see', async () => {
    const { kind, landed, zones } = setUp();
    zones.set('shop.example.com', 'NS', ['ns1.example.com']);
    zones.set('_cf-challenge.shop.example.com', 'TXT', [group.endpoint]);
    const { traffic } = await landed(kind.observe(subject({ accepted: accepted({ certificate: { is: 'cloudfront' } }) }), look()));
    expect(traffic.records).toEqual({ '_cf-challenge.shop.example.com': { state: 'Found', values: [group.endpoint] } });
  });

  test('an apex stays one while nobody can say, so that it is asked for its proof still', async () => {
    const { kind, landed, zones } = setUp();
    zones.misbehave('shop.example.com', 'silence');
    const record = { type: 'ALIAS', name: 'shop.example.com', value: group.endpoint, domains: ['shop.example.com'], purpose: 'Traffic', action: 'Keep', state: 'Found' } as const;
    const { traffic } = await landed(kind.observe(subject({ accepted: accepted({ certificate: { is: 'cloudfront' } }), status: { dnsRecords: [record] } }), look()));
    expect(traffic).toMatchObject({ names: { 'shop.example.com': { apex: true } }, records: { '_cf-challenge.shop.example.com': { state: 'Missing' } } });
  });

  test('that CloudFront was asked for a certificate is known to the next look, of this generation of the spec', async () => {
    const { kind, landed, simulator } = setUp();
    const { id: distributionId } = simulator.operator.createDistribution();
    const connectionGroupId = simulator.operator.defaultConnectionGroup().id;
    const of = subject({ accepted: accepted({ certificate: { is: 'cloudfront' } }) });
    const action = { concern: 'Programmed', verb: 'CreateDistributionTenant', because: '', destroys: false, needs: 'shared', name: tenantName, config: config({ distributionId, connectionGroupId, certificateArn: undefined }), seat: undefined, request: { host: 'self-hosted' } } as const;
    await landed(kind.apply(of, action, signal));
    const seen = [await landed(kind.observe(of, look())), await landed(kind.observe({ ...of, generation: 2 }, look()))];
    expect(seen).toMatchObject([
      { certificate: { value: { managed: { request: { is: 'made', pending: true }, asked: { names: 'shop.example.com' } }, quota: { used: 1 } } } },
      { certificate: { value: { managed: { asked: undefined } } } },
    ]);
  });

  test('DNS is left alone while the object is being deleted', async () => {
    const { kind, landed } = setUp();
    expect((await landed(kind.observe(subject({ deleting: true }), look()))).traffic).toEqual({ names: {}, records: {} });
  });
});
