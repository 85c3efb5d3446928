import { describe, expect, test } from 'vitest';
import type { Members } from './contract.ts';
import { at, createHandWorld, createTenantWorld, current, type HandWorld } from './hand-world.ts';

const request = async ({ aws }: HandWorld, members: Members = {}): Promise<string> => {
  const { CertificateArn: arn } = await aws.call('acm', 'RequestCertificate', { DomainName: 'a.example.com', ValidationMethod: 'DNS', ...members });
  return String(arn);
};

const describeOf = async ({ aws }: HandWorld, arn: string): Promise<unknown> => at(await aws.call('acm', 'DescribeCertificate', { CertificateArn: arn }), 'Certificate');

const hour = 3_600;

const day = 24 * hour;

const inUse = async () => {
  const world = createTenantWorld();
  const arn = await request(world);
  await world.proveCertificate(arn);
  await world.create('abc', { Domains: [{ Domain: 'a.example.com' }], Customizations: { Certificate: { Arn: arn } } });
  await world.pass(5);
  return { world, arn };
};

describe('renewal', () => {
  test('with its record still there it is renewed under the same ARN', async () => {
    const { world, arn } = await inUse();
    const before = world.aws.inspect.certificates().find((certificate) => certificate.arn === arn)?.notAfter;
    await world.pass(154 * day);
    await world.pass(60);
    await world.pass(60);
    expect(await describeOf(world, arn)).toMatchObject({ Status: 'ISSUED', RenewalSummary: { RenewalStatus: 'SUCCESS' } });
    const after = world.aws.inspect.certificates().find((certificate) => certificate.arn === arn)?.notAfter;
    expect(Number(after) - Number(before)).toBeGreaterThan(150 * day * 1_000);
    expect(world.aws.serves('a.example.com')).toMatchObject({ served: true });
  });

  test('without its record it says so, goes on serving, and expires', async () => {
    const { world, arn } = await inUse();
    for (const { name } of world.aws.inspect.certificates().at(-1)?.records ?? []) world.dns(name, 'CNAME', undefined);
    await world.pass(154 * day);
    expect(await describeOf(world, arn)).toMatchObject({ Status: 'ISSUED', RenewalSummary: { RenewalStatus: 'PENDING_VALIDATION' } });
    expect(world.aws.serves('a.example.com')).toMatchObject({ served: true });
    await world.pass(45 * day);
    expect(await describeOf(world, arn)).toMatchObject({ Status: 'EXPIRED', RenewalSummary: { RenewalStatus: 'FAILED' } });
    expect(world.aws.serves('a.example.com')).toMatchObject({ served: false });
  });

  test('with CAA against it the renewal fails, and the certificate serves to its end', async () => {
    const { world, arn } = await inUse();
    world.aws.operator.setCaa('example.com', 'forbids');
    for (const seconds of [154 * day, 60, 60]) await world.pass(seconds);
    expect(await describeOf(world, arn)).toMatchObject({ Status: 'ISSUED', RenewalSummary: { RenewalStatus: 'FAILED' } });
    expect(world.aws.serves('a.example.com')).toMatchObject({ served: true });
  });

  test('one that nothing uses is not renewed', async () => {
    const world = createHandWorld();
    const arn = await request(world);
    await world.proveCertificate(arn);
    for (const days of [154, 1, 1, 41]) await world.pass(days * day);
    expect(await describeOf(world, arn)).toMatchObject({ Status: 'ISSUED', RenewalEligibility: 'INELIGIBLE' });
    expect(await describeOf(world, arn)).not.toHaveProperty('RenewalSummary');
    await world.pass(2 * day);
    expect(await describeOf(world, arn)).toMatchObject({ Status: 'EXPIRED' });
  });
});

describe('use', () => {
  test('a replaced certificate is in use until the new one is deployed, and is reported for a while after', async () => {
    const world = createTenantWorld({ knobs: { certificateUseLingerMs: [240_000, 240_000] } });
    const { aws, create, pass, outcome, certificateArn } = world;
    await create('abc');
    await pass(5);
    const { arn } = aws.operator.importCertificate({ names: ['abc.example.com'] });
    const { Id, IfMatch, arn: tenantArn } = current(aws, 'abc');
    await aws.call('cloudfront', 'UpdateDistributionTenant', { Id, IfMatch, Customizations: { Certificate: { Arn: arn } } });
    expect(aws.inspect.certificates().find((certificate) => certificate.arn === certificateArn)?.isUsed).toBe(true);
    await pass(5);
    expect(aws.inspect.certificates().find((certificate) => certificate.arn === certificateArn)?.isUsed).toBe(false);
    expect(await describeOf(world, certificateArn)).toMatchObject({ InUseBy: [tenantArn] });
    expect(await outcome('acm', 'DeleteCertificate', { CertificateArn: certificateArn })).toBe('ResourceInUseException');
    await pass(240);
    expect(await outcome('acm', 'DeleteCertificate', { CertificateArn: certificateArn })).toBe('ok');
  });

  test('a new use shows late, and forbids deletion from the start', async () => {
    const world = createTenantWorld({ knobs: { certificateUseAppearsMs: [60_000, 60_000] } });
    await world.create('abc');
    expect(await describeOf(world, world.certificateArn)).toMatchObject({ InUseBy: [] });
    expect(await world.outcome('acm', 'DeleteCertificate', { CertificateArn: world.certificateArn })).toBe('ResourceInUseException');
    await world.pass(60);
    expect(await describeOf(world, world.certificateArn)).toMatchObject({ InUseBy: [expect.any(String) as unknown] });
  });
});
