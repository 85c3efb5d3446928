import { describe, expect, test } from 'vitest';
import type { Depth } from '../../../../../reconcilers/contract.ts';
import type { Certificate } from '../../../../../reconcilers/tenant-domain/certificate/certificate.ts';
import { renewalObserver } from '../../../../../reconcilers/tenant-domain/certificate/renewal/observe.ts';
import { hours, look, minutes, signal } from '../../../builders.ts';
import { type Account, putCertificate, setUp } from '../../account.ts';
import { arnOf, certificate, certificateView, shop } from '../../builders.ts';

const day = hours(24);

/** So many days, in which ACM looks into DNS. */
const pass = async ({ clock, simulator }: Account, days: number): Promise<void> => {
  for (let looks = 0; looks < 4 * days; looks++) {
    await clock.advance(day / 4);
    await simulator.settle();
  }
};

/** A certificate that was issued, serves a tenant, and ends in 30 days: ACM began to renew it 15 days ago, its record being there or not. */
const setUpRenewal = async (record: 'there' | 'gone') => {
  const account = setUp({ certificateValidityMs: 60 * day, renewalLeadMs: 45 * day });
  const { simulator, zones, clock, distributionId } = account;
  const arn = await putCertificate(account, shop);
  const [validation = { name: '', value: '' }] = simulator.inspect.certificates().find((one) => one.arn === arn)?.records ?? [];
  simulator.operator.issueCertificate(arn);
  await clock.advance(hours(1));
  if (record === 'there') zones.set(validation.name, 'CNAME', [validation.value]);
  await simulator.call('cloudfront', 'CreateDistributionTenant', { Name: 'user', DistributionId: distributionId, Domains: [{ Domain: 'shop.example.com' }], Customizations: { Certificate: { Arn: arn } }, Enabled: true }, 'earlier');
  await pass(account, 30);
  account.asked();
  return { account, arn, validation };
};

const seeing = (account: Account) => {
  const observe = renewalObserver(account);
  return async (known: readonly Certificate[], servingArn: string | undefined, depth: Depth = 'shared') =>
    (await account.landed(observe(servingArn, certificateView(known), look({ depth })))).known.map(({ renewal }) => renewal);
};

describe('the renewal of the certificate that serves', () => {
  test('raises nothing while ACM can renew it, however near its end', async () => {
    const { account, arn } = await setUpRenewal('there');
    await expect(seeing(account)([certificate({ arn })], arn)).resolves.toEqual([undefined]);
    expect(account.asked()).toEqual(['SearchCertificates', 'SearchCertificates']);
  });

  test('is in trouble with the names that ACM could not validate again', async () => {
    const { account, arn } = await setUpRenewal('gone');
    await expect(seeing(account)([certificate({ arn })], arn)).resolves.toEqual([{ status: 'PENDING_VALIDATION', open: shop, cause: undefined }]);
    expect(account.asked()).toEqual(['SearchCertificates', 'SearchCertificates', 'DescribeCertificate']);
  });

  test('is described once for as long as it is in trouble, and again with each live look', async () => {
    const { account, arn } = await setUpRenewal('gone');
    const see = seeing(account);
    await see([certificate({ arn })], arn);
    account.asked();
    await see([certificate({ arn })], arn);
    const shared = account.asked();
    await see([certificate({ arn })], arn, 'live');
    expect({ shared, live: account.asked() }).toEqual({ shared: [], live: ['DescribeCertificate'] });
  });

  test('is out of trouble once the search says so', async () => {
    const { account, arn, validation } = await setUpRenewal('gone');
    const see = seeing(account);
    await see([certificate({ arn })], arn);
    account.zones.set(validation.name, 'CNAME', [validation.value]);
    await pass(account, 1);
    await account.landed(account.fleet.renewals.all({ notBefore: account.now(), signal }));
    await expect(see([certificate({ arn })], arn)).resolves.toEqual([undefined]);
  });

  test('that cannot be searched for is no reason to see nothing at all', async () => {
    const { account, arn } = await setUpRenewal('gone');
    Object.assign(account.simulator.knobs, { deniedActions: ['acm:SearchCertificates'] });
    await expect(seeing(account)([certificate({ arn })], arn)).resolves.toEqual([undefined]);
  });

  test('that could be read before stays known where it cannot be read now', async () => {
    const { account, arn } = await setUpRenewal('gone');
    const see = seeing(account);
    const [before] = await see([certificate({ arn })], arn);
    Object.assign(account.simulator.knobs, { deniedActions: ['acm:DescribeCertificate'] });
    await expect(see([certificate({ arn })], arn, 'live')).resolves.toEqual([before]);
  });

  test.each<{ name: string; known: readonly Certificate[]; servingArn: string | undefined }>([
    { name: 'none serves', known: [certificate()], servingArn: undefined },
    { name: 'another one serves', known: [certificate()], servingArn: arnOf('b') },
    { name: 'one serves that is not ours', known: [certificate({ ours: false })], servingArn: arnOf('a') },
    { name: 'one serves that is dead', known: [certificate({ status: 'EXPIRED' })], servingArn: arnOf('a') },
  ])('is not asked about where $name, so that the search is not polled for nothing', async ({ known, servingArn }) => {
    const account = setUp();
    await account.clock.advance(minutes(1));
    await seeing(account)(known, servingArn);
    expect(account.asked()).toEqual([]);
  });
});
