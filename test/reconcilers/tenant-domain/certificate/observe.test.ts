import { describe, expect, test } from 'vitest';
import { type CertificateAddress, certificateObserver, recordsFrom } from '../../../../reconcilers/tenant-domain/certificate/observe.ts';
import type { Depth } from '../../../../reconcilers/contract.ts';
import { domains, hours, look, minutes } from '../../builders.ts';
import { type Account, putCertificate, setUp } from '../account.ts';
import { arnOf, certificateView, owner, shop } from '../builders.ts';

const address = (over: Partial<CertificateAddress> = {}): CertificateAddress => ({ owner, names: shop, source: { is: 'own', keyAlgorithm: undefined }, distributionId: undefined, remembered: [], records: [], ...over });
const seeing = (account: Account) => {
  const observe = certificateObserver(account);
  return (over: Partial<CertificateAddress> = {}, depth: Depth = 'shared') => account.landed(observe(address(over), look({ depth, notBefore: account.now() })));
};
const none = { known: true, value: { ...certificateView([]), quota: { used: 0, perYear: 5_000 } } };
const recordIn = (account: Account, arn: string) => account.simulator.inspect.certificates().find((certificate) => certificate.arn === arn)?.records.map((record) => ({ ...record, domains: shop }));

describe('our own certificates', () => {
  test('are none in an empty account', async () => {
    await expect(seeing(setUp())()).resolves.toEqual(none);
  });

  test('are found by their names and mark where nothing is remembered, with all that ACM says of them (R3)', async () => {
    const account = setUp();
    const arn = await putCertificate(account, shop);
    await expect(seeing(account)()).resolves.toMatchObject({ known: true, value: { known: [{ arn, status: 'PENDING_VALIDATION', names: shop, inUse: false, ours: true, records: recordIn(account, arn), trouble: undefined }] } });
    expect(account.asked()).toEqual(['ListCertificates', 'ListTagsForCertificate', 'DescribeCertificate']);
  });

  test.each([
    { name: "another object's", who: { name: 'other' } },
    { name: "another installation's", who: { installation: 'other' } },
  ])('are not $name for the same names', async ({ who }) => {
    const account = setUp();
    await putCertificate(account, shop, who);
    await expect(seeing(account)()).resolves.toMatchObject({ known: true, value: { known: [] } });
  });

  test('are found by what is remembered, whatever names they have', async () => {
    const account = setUp();
    const arn = await putCertificate(account, ['old.example.com']);
    await expect(seeing(account)({ remembered: [arn] })).resolves.toMatchObject({ known: true, value: { known: [{ arn, ours: true, names: ['old.example.com'] }] } });
  });

  test('cost no call of their own where the list says enough and the records are known', async () => {
    const account = setUp();
    const arn = await putCertificate(account, shop);
    const records = recordIn(account, arn) ?? [];
    await expect(seeing(account)({ remembered: [arn], records })).resolves.toMatchObject({ known: true, value: { known: [{ arn, ours: true, records }] } });
    expect(account.asked()).toEqual(['ListCertificates']);
  });

  test('that are merely remembered are checked by their mark when AWS itself is looked at (R11)', async () => {
    const account = setUp();
    const arn = await putCertificate(account, shop, { name: 'other' });
    await expect(seeing(account)({ remembered: [arn] }, 'live')).resolves.toMatchObject({ known: true, value: { known: [{ arn, ours: false }] } });
  });

  test('that failed come with the reason, which no list has', async () => {
    const account = setUp();
    const arn = await putCertificate(account, shop);
    account.simulator.operator.failCertificate(arn, 'CAA_ERROR');
    await expect(seeing(account)({ remembered: [arn] })).resolves.toMatchObject({ known: true, value: { known: [{ arn, status: 'FAILED', trouble: 'CAA_ERROR' }] } });
  });

  test('that timed out come with the records that would validate the next ones, which are asked for once', async () => {
    const account = setUp();
    const arn = await putCertificate(account, shop);
    await account.clock.advance(hours(73));
    const see = seeing(account);
    const want = { known: true, value: { known: [{ arn, status: 'VALIDATION_TIMED_OUT', records: recordIn(account, arn) }] } };
    await expect(see({ remembered: [arn] })).resolves.toMatchObject(want);
    account.asked();
    await expect(see({ remembered: [arn] })).resolves.toMatchObject(want);
    expect(account.asked()).toEqual([]);
  });

  test('that ACM does not know are pending for two minutes, and gone after', async () => {
    const account = setUp();
    const see = seeing(account);
    const missing = { arn: arnOf('0'), names: [], ours: true, records: undefined };
    await expect(see({ remembered: [missing.arn] })).resolves.toMatchObject({ known: true, value: { known: [{ ...missing, status: 'PENDING_VALIDATION' }] } });
    await account.clock.advance(minutes(2));
    await expect(see({ remembered: [missing.arn] })).resolves.toMatchObject({ known: true, value: { known: [{ ...missing, status: 'GONE' }] } });
  });

  test('are not seen where a read fails, and never "not there"', async () => {
    const account = setUp({ deniedActions: ['acm:ListCertificates'] });
    await expect(seeing(account)()).resolves.toMatchObject({ known: false, failure: { kind: 'blocked', reason: 'AccessDenied' } });
  });
});

describe('a certificate of somebody else', () => {
  test.each([
    { name: 'allowed by its tag', tag: 'brand', allowed: true },
    { name: 'not allowed with the tag of another namespace', tag: 'other', allowed: false },
    { name: 'not allowed without the tag', tag: undefined, allowed: false },
  ])('given by ARN is $name', async ({ tag, allowed }) => {
    const account = setUp();
    account.simulator.operator.tag(account.wildcardArn, { 'tenantedge.dev/allow-namespace': tag });
    const certificate = { arn: account.wildcardArn, status: 'ISSUED', ours: false, names: ['*.example.com'] };
    await expect(seeing(account)({ source: { is: 'given', arn: account.wildcardArn } })).resolves.toMatchObject({ known: true, value: { known: [], given: { allowed, certificate }, blueprint: undefined } });
  });

  test('is the distribution\'s where the tier says so', async () => {
    const account = setUp();
    const { id } = account.simulator.operator.createDistribution({ certificateArn: account.wildcardArn });
    await expect(seeing(account)({ source: { is: 'distribution' }, distributionId: id })).resolves.toMatchObject({ known: true, value: { known: [], given: undefined, blueprint: { arn: account.wildcardArn, ours: false } } });
  });

  test('is none where the distribution has none', async () => {
    const account = setUp();
    await expect(seeing(account)({ source: { is: 'distribution' }, distributionId: account.distributionId })).resolves.toEqual(none);
  });
});

describe('recordsFrom', () => {
  const option = (DomainName: string, Name?: string) => ({ DomainName, ...(Name === undefined ? {} : { ResourceRecord: { Name, Type: 'CNAME' as const, Value: 'Y.Acm.' } }) });
  const both = ['b.example.com', '*.b.example.com'];
  test.each([
    { name: 'none are made', because: 'there is nothing to add yet', detail: { DomainName: 'b.example.com' }, want: undefined },
    { name: 'one is made, one is not', because: 'a customer is asked once', detail: { DomainName: 'b.example.com', SubjectAlternativeNames: both, DomainValidationOptions: [option('b.example.com', '_x.'), option('*.b.example.com')] }, want: undefined },
    { name: 'an option is not there yet', because: 'a customer is asked once', detail: { DomainName: 'b.example.com', SubjectAlternativeNames: both, DomainValidationOptions: [option('b.example.com', '_x.')] }, want: undefined },
    { name: 'all are made', because: 'a name and its wildcard share a record', detail: { DomainName: 'b.example.com', SubjectAlternativeNames: both, DomainValidationOptions: [option('b.example.com', '_X.b.'), option('*.b.example.com', '_X.b.')] }, want: [{ name: '_x.b', value: 'y.acm', domains: domains('*.b.example.com', 'b.example.com') }] },
    { name: 'all are made, in any order', because: 'equal states are equal lists', detail: { DomainName: 'b.example.com', SubjectAlternativeNames: ['a.example.com', 'b.example.com'], DomainValidationOptions: [option('b.example.com', '_b.'), option('a.example.com', '_a.')] }, want: [{ name: '_a', value: 'y.acm', domains: domains('a.example.com') }, { name: '_b', value: 'y.acm', domains: domains('b.example.com') }] },
  ])('$name: $because', ({ detail, want }) => {
    expect(recordsFrom(detail)).toEqual(want);
  });
});
