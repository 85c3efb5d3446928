import { describe, expect, test } from 'vitest';
import type { TenantCertificate } from '../../../crds/types.ts';
import { tenantDomainKind } from '../../../reconcilers/tenant-domain/index.ts';
import type { Sources } from '../../../reconcilers/tenant-domain/subject.ts';
import { look } from '../builders.ts';
import { createStage } from '../stage.ts';
import { accepted, arnOf, subject, tenant } from './builders.ts';

const empty = { get: () => undefined, by: () => [] };
const sources: Sources = { tenantDomains: empty, edgeTiers: empty, namespaces: empty };
const setUp = () => {
  const stage = createStage();
  return { ...stage, kind: tenantDomainKind({ ...stage, sources, installation: 'test' }) };
};
const row = (letter: string, over: Partial<TenantCertificate> = {}): TenantCertificate => ({ arn: arnOf(letter), use: 'Retiring', issuer: 'ACM', status: 'FAILED', ...over });

describe('what is remembered of a request', () => {
  const remember = (certificates: readonly TenantCertificate[] | undefined): readonly string[] => {
    const fold = setUp().kind.remember({ is: 'certificate', arn: arnOf('n') });
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

  test('DNS is left alone while the object is being deleted', async () => {
    const { kind, landed } = setUp();
    expect((await landed(kind.observe(subject({ deleting: true }), look()))).traffic).toEqual({ names: {}, records: {} });
  });
});
