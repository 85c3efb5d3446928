import { describe, expect, test } from 'vitest';
import type { Refusal } from '../../../../../reconcilers/contract.ts';
import { Failure } from '../../../../../reconcilers/failure.ts';
import type { Certificate, MarkCertificate } from '../../../../../reconcilers/tenant-domain/certificate/certificate.ts';
import type { ManagedAddress } from '../../../../../reconcilers/tenant-domain/certificate/managed/observe.ts';
import { hours, minutes } from '../../../builders.ts';
import { putTenant, setUp } from '../../account.ts';
import { arnOf, certificate, managed, tenantName } from '../../builders.ts';
import { arnOfTenant, askedFor, own, seeing } from './seeing.ts';

describe("CloudFront's request", () => {
  test('is told with the ARN and the redirects that would validate it', async () => {
    const account = setUp();
    const { see, arn } = await askedFor(account);
    const { managed: seen } = await see();
    const path = /^\.well-known\/pki-validation\/\w+\.txt$/;
    expect(seen).toMatchObject({ request: { is: 'made', arn, pending: true, gone: false, redirects: [{ domain: 'shop.example.com' }] } });
    const [redirect] = seen.request.is === 'made' ? seen.request.redirects : [];
    expect(redirect?.from.replace('shop.example.com/', '')).toMatch(path);
    expect(redirect?.to.replace(/^validation\.us-east-1\.acm-validations\.aws\/\d+\//, '')).toMatch(path);
  });

  test('is asked about once while its certificate waits for its validation, and once more when that ended', async () => {
    const account = setUp();
    const { see, arn } = await askedFor(account);
    const pending = managed({ arn, status: 'PENDING_VALIDATION' });
    const asked: number[] = [];
    const counted = async (known: readonly Certificate[]) => {
      await see({}, known);
      asked.push(account.asked().filter((operation) => operation === 'GetManagedCertificateDetails').length);
    };
    await counted([pending]);
    await counted([pending]);
    await account.clock.advance(hours(9));
    await counted([pending]);
    account.simulator.operator.failCertificate(arn);
    await counted([{ ...pending, status: 'FAILED' }]);
    await counted([{ ...pending, status: 'FAILED' }]);
    expect(asked).toEqual([1, 0, 0, 1, 0]);
  });

  test('is not asked about while its certificate may not be marked, until that is tried again', async () => {
    const account = setUp();
    const { see, arn } = await askedFor(account);
    const marking = (of: string): MarkCertificate => ({ concern: 'CertificateReady', verb: 'MarkCertificate', because: '', destroys: false, needs: 'shared', aside: true, arn: of });
    const failure = new Failure({ kind: 'blocked', reason: 'AccessDenied', code: 'AccessDenied', message: 'no' });
    const asked: number[] = [];
    const counted = async (refusals: readonly Refusal[]): Promise<void> => {
      await see({}, [], refusals);
      asked.push(account.asked().filter((operation) => operation === 'GetManagedCertificateDetails').length);
    };
    await counted([]);
    const refusal = { action: marking(arn), failure, at: account.now() };
    await counted([refusal]);
    await counted([{ ...refusal, action: marking(arnOf('z')) }]);
    await account.clock.advance(minutes(10));
    await counted([refusal]);
    expect(asked).toEqual([1, 0, 1, 1]);
  });

  test('is asked about again once a write took another one with it, though its answer was lost', async () => {
    const account = setUp();
    const { see, arn } = await askedFor(account);
    account.simulator.operator.issueCertificate(arn);
    const issued = managed({ arn, names: ['old.example.com'] });
    await see({}, [issued]);
    account.asked();
    await see({}, [issued]);
    const before = account.asked();
    account.askings.trying(tenantName);
    await see({}, [issued]);
    expect({ before, after: account.asked() }).toEqual({ before: [], after: ['GetManagedCertificateDetails'] });
  });

  test('is asked about once where there is none, and again once a write took one with it, for ten minutes', async () => {
    const account = setUp();
    await putTenant(account);
    const see = seeing(account, arnOfTenant(account));
    const asked: number[] = [];
    const counted = async (): Promise<void> => {
      account.asked();
      await see();
      asked.push(account.asked().length);
    };
    await see();
    await counted();
    account.askings.trying(tenantName);
    await counted();
    await account.clock.advance(minutes(10));
    await counted();
    expect(asked).toEqual([0, 1, 0]);
  });

  test('is none of a tenant that never asked', async () => {
    const account = setUp();
    await putTenant(account);
    await expect(seeing(account, arnOfTenant(account))()).resolves.toMatchObject({ managed: { request: { is: 'none' } } });
  });

  test("is none where the tenant by our name is somebody else's: its certificate is never marked as ours", async () => {
    const account = setUp();
    const { see, tenantArn } = await askedFor(account);
    account.simulator.operator.tag(tenantArn, { 'tenantedge.dev/owner': 'other/shop' });
    await expect(see()).resolves.toMatchObject({ managed: { request: { is: 'none' } } });
  });

  test('tells of an issued certificate at once, whatever the list says still', async () => {
    const account = setUp();
    const { see, arn } = await askedFor(account);
    account.simulator.operator.issueCertificate(arn);
    const { known } = await see({}, [managed({ arn, status: 'PENDING_VALIDATION' })]);
    expect(known).toMatchObject([{ arn, status: 'ISSUED', ours: true, managedBy: 'CloudFront', records: [] }]);
  });

  test('tells why it failed', async () => {
    const account = setUp();
    const { see, arn } = await askedFor(account);
    account.simulator.operator.failCertificate(arn, 'CAA_ERROR');
    await expect(see({}, [managed({ arn, status: 'PENDING_VALIDATION' })])).resolves.toMatchObject({ known: [{ status: 'FAILED', trouble: 'CAA_ERROR' }], managed: { request: { pending: false } } });
  });

  test('is gone where ACM deleted its certificate for us, though CloudFront names it still', async () => {
    const account = setUp();
    const { see, arn } = await askedFor(account);
    account.absences.buried(arn);
    await expect(see()).resolves.toMatchObject({ managed: { request: { is: 'made', arn, gone: true } } });
  });

  test('is not gone where ACM shows its certificate after all', async () => {
    const account = setUp();
    const { see, arn } = await askedFor(account);
    account.absences.missed(arn);
    await account.clock.advance(minutes(3));
    await expect(see()).resolves.toMatchObject({ managed: { request: { is: 'made', arn, gone: false } } });
  });

  test('that cannot be read is a failure, and never "none"', async () => {
    const account = setUp();
    const { see } = await askedFor(account);
    Object.assign(account.simulator.knobs, { deniedActions: ['cloudfront:GetManagedCertificateDetails'] });
    await expect(see()).rejects.toMatchObject({ kind: 'blocked', reason: 'AccessDenied' });
  });

  test.each<{ name: string; address?: Partial<ManagedAddress>; known?: readonly Certificate[] }>([
    { name: 'its certificate is issued for these names', known: [managed()] },
    { name: 'the status says that CloudFront took up none', address: { switchRefused: true } },
    { name: 'another source is wished for', address: { source: own } },
    { name: 'the spec is not accepted, whatever there may be: nothing is done about it', address: { source: undefined } },
    { name: 'it is deleted, and one of ours is issued', address: { source: undefined, deleting: true }, known: [certificate()] },
    { name: 'there is no tenant', address: { tenantArn: undefined } },
  ])('is not asked about where $name', async ({ address, known }) => {
    const account = setUp();
    const { see } = await askedFor(account);
    const { managed: seen } = await see(address, known);
    expect({ request: seen.request, asked: account.asked() }).toEqual({ request: { is: 'unseen' }, asked: [] });
  });

  test('is asked about while only our own certificate is issued', async () => {
    const account = setUp();
    const { see } = await askedFor(account);
    await see({}, [certificate({ arn: arnOf('a') })]);
    expect(account.asked()).toContain('GetManagedCertificateDetails');
  });
});
