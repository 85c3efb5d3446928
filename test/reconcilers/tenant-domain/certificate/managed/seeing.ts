import type { Refusal } from '../../../../../reconcilers/contract.ts';
import type { Certificate } from '../../../../../reconcilers/tenant-domain/certificate/certificate.ts';
import { type ManagedAddress, managedObserver } from '../../../../../reconcilers/tenant-domain/certificate/managed/observe.ts';
import { look } from '../../../builders.ts';
import { type Account, putTenantAsking } from '../../account.ts';
import { certificateView, owner, shop, tenantName } from '../../builders.ts';

/** The source of a certificate that is requested by ourselves. */
export const own = { is: 'own', keyAlgorithm: undefined } as const;

/** The shop's distribution tenant, as it is in AWS; empty where it is not there. */
export const arnOfTenant = ({ simulator }: Account): string => simulator.inspect.tenants().find(({ name }) => name === tenantName)?.arn ?? '';

/** How an observer that has seen nothing before sees what CloudFront requested for the shop. */
export const seeing = (account: Account, tenantArn: string | undefined) => {
  const observe = managedObserver(account);
  return (over: Partial<ManagedAddress> = {}, known: readonly Certificate[] = [], refusals: readonly Refusal[] = []) =>
    account.landed(observe({ owner, names: shop, source: { is: 'cloudfront' }, generation: 1, deleting: false, tenantArn, switchRefused: false, ...over }, certificateView(known), look({ refusals })));
};

/** An account in which CloudFront was asked for the shop's certificate: how that is seen, and what it was made. */
export const askedFor = async (account: Account) => {
  const tenantArn = await putTenantAsking(account);
  const { arn } = account.simulator.inspect.certificates().find(({ managedBy }) => managedBy === 'CLOUDFRONT') ?? { arn: '' };
  account.asked();
  return { see: seeing(account, tenantArn), arn, tenantArn };
};
