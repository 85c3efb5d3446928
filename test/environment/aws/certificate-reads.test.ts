import { describe, expect, test } from 'vitest';
import type { Members } from './contract.ts';
import { at, createHandWorld, each, createTenantWorld, type HandWorld } from './hand-world.ts';

const request = async ({ aws }: HandWorld, members: Members = {}): Promise<string> => {
  const { CertificateArn: arn } = await aws.call('acm', 'RequestCertificate', { DomainName: 'a.example.com', ValidationMethod: 'DNS', ...members });
  return String(arn);
};

const describeOf = async ({ aws }: HandWorld, arn: string): Promise<unknown> => at(await aws.call('acm', 'DescribeCertificate', { CertificateArn: arn }), 'Certificate');

const hour = 3_600;

describe('what Describe shows', () => {
  test('first nothing, then no options, then no record, then the whole', async () => {
    const world = createHandWorld({ knobs: { certificateHiddenMs: [3_000, 3_000], validationOptionsMs: [5_000, 5_000], validationRecordMs: [10_000, 10_000] } });
    const arn = await request(world);
    expect(await world.outcome('acm', 'DescribeCertificate', { CertificateArn: arn })).toBe('ResourceNotFoundException');
    await world.pass(3);
    expect(await describeOf(world, arn)).not.toHaveProperty('DomainValidationOptions');
    await world.pass(2);
    expect(await describeOf(world, arn)).not.toHaveProperty('DomainValidationOptions.0.ResourceRecord');
    await world.pass(5);
    expect(await describeOf(world, arn)).toMatchObject({
      DomainValidationOptions: [{ DomainName: 'a.example.com', ValidationStatus: 'PENDING_VALIDATION', ResourceRecord: { Type: 'CNAME', Name: expect.stringMatching(/^_\w{32}\.a\.example\.com\.$/) as unknown } }],
    });
  });

  test('a name has the same record in every certificate, and shares it with its wildcard', async () => {
    const world = createHandWorld();
    await request(world, { SubjectAlternativeNames: ['*.a.example.com'] });
    await request(world);
    const [both, one] = world.aws.inspect.certificates();
    expect(both?.records).toHaveLength(1);
    expect(both?.records).toEqual(one?.records);
  });

  test('the key algorithm is spelled with a hyphen', async () => {
    const world = createHandWorld();
    expect(await describeOf(world, await request(world, { KeyAlgorithm: 'EC_prime256v1' }))).toMatchObject({ KeyAlgorithm: 'EC-prime256v1' });
  });
});

const x509 = (filter: unknown) => ({ Filter: { X509AttributeFilter: filter } });

describe('lists', () => {
  test('EC keys are hidden unless they are asked for', async () => {
    const world = createHandWorld();
    const rsa = await request(world);
    const ec = await request(world, { KeyAlgorithm: 'EC_prime256v1' });
    const arns = async (input: Members) => each(await world.aws.call('acm', 'ListCertificates', input), 'CertificateSummaryList', 'CertificateArn');
    expect(await arns({})).toEqual([rsa]);
    expect(await arns({ Includes: { keyTypes: ['RSA_2048', 'EC_prime256v1'] } })).toEqual([rsa, ec]);
    expect(await arns({ CertificateStatuses: ['ISSUED'] })).toEqual([]);
  });

  test('search finds by renewal status, by name and by their combinations', async () => {
    const world = createTenantWorld();
    const arn = await request(world, { KeyAlgorithm: 'EC_prime256v1' });
    const pending = { Filter: { AcmCertificateMetadataFilter: { Status: 'PENDING_VALIDATION' } } };
    const issued = { Filter: { AcmCertificateMetadataFilter: { Status: 'ISSUED' } } };
    const named = x509({ SubjectAlternativeName: { DnsName: { Value: 'a.example.com', ComparisonOperator: 'EQUALS' } } });
    const found = async (statement: unknown) => each(await world.aws.call('acm', 'SearchCertificates', { FilterStatement: statement }), 'Results', 'CertificateArn');
    expect(await found(pending)).toEqual([arn]);
    expect(await found({ And: [issued, named] })).toEqual([]);
    expect(await found({ Or: [issued, named] })).toEqual([world.certificateArn, arn]);
    expect(await found({ Not: issued })).toEqual([arn]);
    expect(await found({ Filter: { CertificateArn: arn } })).toEqual([arn]);
    expect(await found(x509({ Subject: { CommonName: { Value: '*.exam', ComparisonOperator: 'CONTAINS' } } }))).toEqual([world.certificateArn]);
    expect(await found(x509({ KeyAlgorithm: 'EC_prime256v1' }))).toEqual([arn]);
    expect(await found(x509({ NotAfter: { End: new Date(Date.UTC(2027, 0, 1)) } }))).toEqual([world.certificateArn]);
    expect(await found({ Filter: { AcmCertificateMetadataFilter: { RenewalStatus: 'PENDING_VALIDATION' } } })).toEqual([]);
    expect(await world.outcome('acm', 'SearchCertificates', { FilterStatement: x509({ SerialNumber: '1' }) })).toBe('ValidationException');
  });
});

const pem = (names: string) => Buffer.from(names);

describe('an imported certificate', () => {
  test('is issued at once for the names in it, and is never renewed', async () => {
    const world = createHandWorld();
    const { CertificateArn: arn } = await world.aws.call('acm', 'ImportCertificate', { Certificate: pem('a.example.com\n*.a.example.com'), PrivateKey: pem('key') });
    expect(await describeOf(world, String(arn))).toMatchObject({ Status: 'ISSUED', Type: 'IMPORTED', SubjectAlternativeNames: ['a.example.com', '*.a.example.com'], RenewalEligibility: 'INELIGIBLE' });
    await world.pass(199 * 24 * hour);
    expect(await describeOf(world, String(arn))).toMatchObject({ Status: 'EXPIRED' });
  });

  test('is refused without a key, and without a name in it', async () => {
    const { outcome } = createHandWorld();
    expect(await outcome('acm', 'ImportCertificate', { Certificate: pem('a.example.com') })).toBe('InvalidParameterException');
    expect(await outcome('acm', 'ImportCertificate', { Certificate: pem('nothing'), PrivateKey: pem('key') })).toBe('ValidationException');
  });
});

test('the body of a certificate can be had once it is issued', async () => {
  const world = createHandWorld();
  const arn = await request(world);
  expect(await world.outcome('acm', 'GetCertificate', { CertificateArn: arn })).toBe('RequestInProgressException');
  world.aws.operator.issueCertificate(arn);
  expect(await world.aws.call('acm', 'GetCertificate', { CertificateArn: arn })).toMatchObject({ Certificate: expect.stringMatching(/^-----BEGIN CERTIFICATE-----/) as unknown });
});

test('tags are added, replaced and removed, with a value only where it agrees', async () => {
  const { aws, ...world } = createHandWorld();
  const arn = await request({ aws, ...world }, { Tags: [{ Key: 'a', Value: '1' }, { Key: 'b', Value: '2' }, { Key: 'c', Value: '3' }] });
  await aws.call('acm', 'AddTagsToCertificate', { CertificateArn: arn, Tags: [{ Key: 'a', Value: 'new' }] });
  await aws.call('acm', 'RemoveTagsFromCertificate', { CertificateArn: arn, Tags: [{ Key: 'b', Value: 'other' }, { Key: 'c' }] });
  expect(await aws.call('acm', 'ListTagsForCertificate', { CertificateArn: arn })).toEqual({ Tags: [{ Key: 'a', Value: 'new' }, { Key: 'b', Value: '2' }] });
});
