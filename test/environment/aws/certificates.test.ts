import { describe, expect, test } from 'vitest';
import type { Members } from './contract.ts';
import { at, createHandWorld, createTenantWorld, type HandWorld } from './hand-world.ts';
import type { Knobs } from './knobs.ts';

const request = async ({ aws }: HandWorld, members: Members = {}): Promise<string> => {
  const { CertificateArn: arn } = await aws.call('acm', 'RequestCertificate', { DomainName: 'a.example.com', ValidationMethod: 'DNS', ...members });
  return String(arn);
};

const describeOf = async ({ aws }: HandWorld, arn: string): Promise<unknown> => at(await aws.call('acm', 'DescribeCertificate', { CertificateArn: arn }), 'Certificate');

const hour = 3_600;

describe('a request is refused', () => {
  const rows: readonly { readonly name: string; readonly given?: Partial<Knobs>; readonly input: Members; readonly want: string }[] = [
    { name: 'without a domain name', input: { DomainName: undefined }, want: 'InvalidParameterException' },
    { name: 'for a name that is none', input: { DomainName: 'a_b' }, want: 'InvalidParameterException' },
    { name: 'for a common name over 64 octets', input: { DomainName: `${'a'.repeat(54)}.example.com` }, want: 'InvalidParameterException' },
    { name: 'with a token of other characters', input: { IdempotencyToken: 'a-b' }, want: 'InvalidParameterException' },
    { name: 'with a key that cannot be requested', input: { KeyAlgorithm: 'RSA_4096' }, want: 'InvalidParameterException' },
    { name: 'for HTTP validation by anyone but CloudFront', input: { ValidationMethod: 'HTTP' }, want: 'InvalidParameterException' },
    { name: 'with more names than the quota', given: { maxNamesPerCertificate: 1 }, input: { SubjectAlternativeNames: ['b.example.com'] }, want: 'LimitExceededException' },
    { name: 'with a reserved tag', input: { Tags: [{ Key: 'aws:x' }] }, want: 'InvalidTagException' },
    { name: 'with more tags than the quota', given: { maxTags: 0 }, input: { Tags: [{ Key: 'x' }] }, want: 'TooManyTagsException' },
    { name: 'beyond the stock', given: { maxCertificates: 0 }, input: {}, want: 'LimitExceededException' },
    { name: 'beyond the year', given: { maxCertificateRequests: 0 }, input: {}, want: 'LimitExceededException' },
  ];
  test.each(rows)('$name', async ({ given, input, want }) => {
    const world = createHandWorld(given === undefined ? {} : { knobs: given });
    expect(await world.outcome('acm', 'RequestCertificate', { DomainName: 'a.example.com', ValidationMethod: 'DNS', ...input })).toBe(want);
    expect(world.aws.inspect.certificates()).toEqual([]);
  });

  test('deleting gives back the stock but not the year', async () => {
    const world = createHandWorld({ knobs: { maxCertificates: 1, maxCertificateRequests: 2 } });
    for (const want of ['ok', 'ok', 'LimitExceededException']) {
      expect(await world.outcome('acm', 'RequestCertificate', { DomainName: 'a.example.com' })).toBe(want);
      for (const { arn } of world.aws.inspect.certificates()) world.aws.operator.deleteCertificate(arn);
    }
    await world.pass(366 * 24 * hour);
    expect(await world.outcome('acm', 'RequestCertificate', { DomainName: 'a.example.com' })).toBe('ok');
  });
});

describe('from request to issue', () => {
  test('it stays pending without the record, however long within 72 h', async () => {
    const world = createHandWorld();
    await request(world);
    for (let day = 0; day < 2; day += 1) await world.pass(24 * hour);
    expect(world.aws.inspect.certificates()).toMatchObject([{ status: 'PENDING_VALIDATION' }]);
    await world.pass(24 * hour);
    expect(world.aws.inspect.certificates()).toMatchObject([{ status: 'VALIDATION_TIMED_OUT' }]);
  });

  test('a record that goes away before it counts does not count', async () => {
    const world = createHandWorld();
    await request(world);
    const [record] = world.aws.inspect.certificates()[0]?.records ?? [];
    world.dns(record?.name ?? '', 'CNAME', record?.value);
    await world.pass(10);
    world.dns(record?.name ?? '', 'CNAME', undefined);
    await world.pass(30);
    expect(world.aws.inspect.certificates()).toMatchObject([{ status: 'PENDING_VALIDATION' }]);
    world.dns(record?.name ?? '', 'CNAME', record?.value);
    await world.pass(10);
    await world.pass(10);
    expect(world.aws.inspect.certificates()).toMatchObject([{ status: 'PENDING_VALIDATION' }]);
    await world.pass(20);
    expect(world.aws.inspect.certificates()).toMatchObject([{ status: 'ISSUED' }]);
  });

  test('every name must be proved', async () => {
    const world = createHandWorld();
    const arn = await request(world, { SubjectAlternativeNames: ['b.example.com'] });
    const [first] = world.aws.inspect.certificates()[0]?.records ?? [];
    world.dns(first?.name ?? '', 'CNAME', first?.value);
    await world.pass(10);
    await world.pass(30);
    expect(await describeOf(world, arn)).toMatchObject({ Status: 'PENDING_VALIDATION', DomainValidationOptions: [{ ValidationStatus: 'SUCCESS' }, { ValidationStatus: 'PENDING_VALIDATION' }] });
    await world.proveCertificate(arn);
    expect(await describeOf(world, arn)).toMatchObject({ Status: 'ISSUED' });
  });

  test('without a method it waits for an email that nobody answers', async () => {
    const world = createHandWorld();
    const arn = await request(world, { ValidationMethod: undefined });
    await world.proveCertificate(arn);
    expect(await describeOf(world, arn)).toMatchObject({ Status: 'PENDING_VALIDATION', DomainValidationOptions: [{ ValidationMethod: 'EMAIL' }] });
  });

  test('CAA above the name makes it fail for good', async () => {
    const world = createHandWorld();
    world.aws.operator.setCaa('example.com', 'forbids');
    const arn = await request(world);
    await world.proveCertificate(arn);
    world.aws.operator.setCaa('example.com', 'allows');
    await world.pass(hour);
    expect(await describeOf(world, arn)).toMatchObject({ Status: 'FAILED', FailureReason: 'CAA_ERROR' });
  });

  test('CloudFront may know it only later', async () => {
    const world = createTenantWorld({ knobs: { certificateUnknownToCloudFrontMs: [60_000, 60_000] } });
    const arn = await request(world);
    await world.proveCertificate(arn);
    const input = world.tenant('a', { Name: 'abc', Customizations: { Certificate: { Arn: arn } } });
    expect(await world.outcome('cloudfront', 'CreateDistributionTenant', input)).toBe('InvalidArgument');
    await world.pass(60);
    expect(await world.outcome('cloudfront', 'CreateDistributionTenant', input)).toBe('ok');
  });
});

describe('the idempotency token', () => {
  const rows: readonly { readonly name: string; readonly given?: Partial<Knobs>; readonly between: (world: HandWorld, arn: string) => unknown; readonly again?: Members; readonly isSame: boolean }[] = [
    { name: 'gives the same ARN', between: () => undefined, isSame: true },
    { name: 'gives the same ARN whatever the order of the names', between: () => undefined, again: { SubjectAlternativeNames: ['c.example.com', 'b.example.com'] }, isSame: true },
    { name: 'gives the same ARN of a certificate that failed', between: ({ aws }, arn) => { aws.operator.failCertificate(arn); }, isSame: true },
    { name: 'is forgotten after an hour', between: ({ pass }) => pass(hour), isSame: false },
    { name: 'means another certificate with other names', between: () => undefined, again: { SubjectAlternativeNames: [] }, isSame: false },
    { name: 'means another certificate with another key', between: () => undefined, again: { KeyAlgorithm: 'EC_prime256v1' }, isSame: false },
    { name: 'is forgotten with a deleted certificate', between: ({ aws }, arn) => { aws.operator.deleteCertificate(arn); }, isSame: false },
    { name: 'outlives a deleted certificate where AWS may', given: { tokenOutlivesDeletion: true }, between: ({ aws }, arn) => { aws.operator.deleteCertificate(arn); }, isSame: true },
  ];
  test.each(rows)('$name', async ({ given, between, again = {}, isSame }) => {
    const world = createHandWorld(given === undefined ? {} : { knobs: given });
    const input = { SubjectAlternativeNames: ['b.example.com', 'c.example.com'], IdempotencyToken: 'token' };
    const first = await request(world, input);
    await between(world, first);
    expect((await request(world, { ...input, ...again })) === first).toBe(isSame);
  });
});
