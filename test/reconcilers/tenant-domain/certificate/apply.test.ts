import { describe, expect, test } from 'vitest';
import { applyCertificate } from '../../../../reconcilers/tenant-domain/certificate/apply.ts';
import type { CertificateAction, DeleteCertificate, MarkCertificate, RequestCertificate } from '../../../../reconcilers/tenant-domain/certificate/certificate.ts';
import { domains, minutes, signal } from '../../builders.ts';
import { type Account, putCertificate, setUp } from '../account.ts';
import { arnOf, owner, shop } from '../builders.ts';

const base = { concern: 'CertificateReady', because: '', needs: 'live' } as const;
const request = (over: Partial<RequestCertificate> = {}): RequestCertificate => ({ ...base, verb: 'RequestCertificate', destroys: false, names: shop, keyAlgorithm: undefined, deadArns: [], ...over });
const marking = (arn: string): MarkCertificate => ({ ...base, verb: 'MarkCertificate', destroys: false, aside: true, arn });
const deletion = (arn: string): DeleteCertificate => ({ ...base, verb: 'DeleteCertificate', destroys: true, arn });
const applying = (account: Account, action: CertificateAction, who = owner) => applyCertificate(account, who, action, signal);
const shown = ({ simulator }: Account) => simulator.inspect.certificates().filter(({ type }) => type === 'AMAZON_ISSUED');

describe('a request', () => {
  test('is for the shortest name first, with our tags, and tells the ARN', async () => {
    const account = setUp();
    const learned = await applying(account, request({ names: domains('www.shop.example.com', 'shop.example.com'), keyAlgorithm: 'EC_prime256v1' }));
    const [made] = shown(account);
    expect(made).toMatchObject({ names: ['shop.example.com', 'www.shop.example.com'], keyAlgorithm: 'EC_prime256v1', tags: { 'tenantedge.dev/installation': 'test', 'tenantedge.dev/owner': 'brand/shop', 'tenantedge.dev/uid': 'uid-1' } });
    expect(learned).toEqual({ is: 'certificate', arn: made?.arn, issuer: 'ACM' });
  });

  test('made twice is made once (R3)', async () => {
    const account = setUp();
    const [first, second] = [await applying(account, request()), await applying(account, request())];
    expect(second).toEqual(first);
    expect(shown(account)).toHaveLength(1);
  });

  test.each<{ name: string; again: Partial<RequestCertificate>; who?: typeof owner }>([
    { name: 'after one that failed', again: { deadArns: [arnOf('a')] } },
    { name: 'with another key', again: { keyAlgorithm: 'EC_prime256v1' } },
    { name: 'for another object of that name', again: {}, who: { ...owner, uid: 'uid-2' } },
  ])('$name is another one', async ({ again, who }) => {
    const account = setUp();
    await applying(account, request());
    await applying(account, request(again), who);
    expect(shown(account)).toHaveLength(2);
  });

  test('is known to the fleet at once, before any list shows it', async () => {
    const account = setUp({ certificateHiddenMs: [minutes(1), minutes(1)] });
    const learned = await applying(account, request());
    await expect(account.fleet.certificates.get(learned?.arn ?? '', { notBefore: account.now(), signal })).resolves.toMatchObject({ status: 'PENDING_VALIDATION', names: shop });
  });

  test('without a name that ACM takes as the first one is refused before it is sent', async () => {
    const account = setUp();
    await expect(applying(account, request({ names: domains(`${'a'.repeat(60)}.example.com`) }))).rejects.toMatchObject({ kind: 'invalid', reason: 'InvalidDomain' });
    expect(account.asked()).toEqual([]);
  });

  test('that AWS refuses is a failure in our words, and known to all who would ask next', async () => {
    const account = setUp({ maxCertificates: 0 });
    await expect(applying(account, request())).rejects.toMatchObject({ kind: 'blocked', reason: 'QuotaExceeded' });
    expect(account.quota.view()).toMatchObject({ refused: true });
  });
});

describe('a mark', () => {
  test('is put on as our tags, told as an ARN to remember, and the same again is the same', async () => {
    const account = setUp();
    const arn = await putCertificate(account, shop);
    account.simulator.operator.tag(arn, { 'tenantedge.dev/installation': undefined, 'tenantedge.dev/owner': undefined, 'tenantedge.dev/uid': undefined });
    const [first, second] = [await applying(account, marking(arn)), await applying(account, marking(arn))];
    expect([first, second]).toEqual([{ is: 'certificate', arn, issuer: 'CloudFront' }, { is: 'certificate', arn, issuer: 'CloudFront' }]);
    expect(shown(account)).toMatchObject([{ tags: { 'tenantedge.dev/installation': 'test', 'tenantedge.dev/owner': 'brand/shop', 'tenantedge.dev/uid': 'uid-1' } }]);
    account.asked();
    await expect(account.marks.of(arn, signal)).resolves.toMatchObject({ name: 'shop' });
    expect(account.asked()).toEqual([]);
  });

  test('for a certificate that ACM does not know is learned by nobody, and tried again with the next look', async () => {
    const account = setUp();
    await expect(applying(account, marking(arnOf('0')))).resolves.toBeUndefined();
    expect(account.absences.isGone(arnOf('0'))).toBe(false);
  });
});

describe('a deletion', () => {
  test('ends the certificate, which is gone at once for us', async () => {
    const account = setUp();
    const arn = await putCertificate(account, shop);
    await applying(account, deletion(arn));
    expect(shown(account)).toEqual([]);
    expect(account.absences.isBuried(arn)).toBe(true);
  });

  test('of what is gone already is done, and not proof: ACM says the same of one that it does not show yet', async () => {
    const account = setUp();
    await expect(applying(account, deletion(arnOf('0')))).resolves.toBeUndefined();
    expect([account.absences.isBuried(arnOf('0')), account.absences.isGone(arnOf('0'))]).toEqual([false, false]);
    await account.clock.advance(minutes(2));
    expect(account.absences.isGone(arnOf('0'))).toBe(true);
  });

  test('of what is in use waits for AWS', async () => {
    const account = setUp();
    const { arn } = account.simulator.operator.importCertificate({ names: ['shop.example.com'], tags: { 'tenantedge.dev/installation': owner.installation } });
    await account.simulator.call('cloudfront', 'CreateDistributionTenant', { Name: 'user', DistributionId: account.distributionId, Domains: [{ Domain: 'shop.example.com' }], Customizations: { Certificate: { Arn: arn } }, Enabled: true });
    await expect(applying(account, deletion(arn))).rejects.toMatchObject({ kind: 'unsettled', reason: 'InUse' });
  });
});
