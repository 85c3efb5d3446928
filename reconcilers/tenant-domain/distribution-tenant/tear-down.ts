import type { Decision, Verdict } from '../../contract.ts';
import { concern, configOf, type DeleteTenant, type DisableTenant, type Tenant, type TenantAction, type TenantView } from './tenant.ts';

const deleting = (message: string): Verdict => ({ type: concern, status: 'False', reason: 'Deleting', message });

const disabling = deleting('CloudFront is disabling the distribution tenant');

/**
 * Disabling by whole configuration validates again what may have expired meanwhile, so that after such a refusal `Enabled` goes alone; as it
 * does where a name has no certificate yet.
 */
const disable = (tenant: Tenant, alone: boolean): DisableTenant => {
  const config = configOf(tenant);
  return {
    concern, verb: 'DisableDistributionTenant', because: `disable distribution tenant ${tenant.name} before it is deleted`, destroys: true, needs: 'live',
    name: tenant.name, id: tenant.id, etag: tenant.etag, config: alone || config === undefined || tenant.domains.some(({ active }) => !active) ? undefined : { ...config, enabled: false },
  };
};

/** Disable, wait until that is deployed, delete, look again: AWS deletes only what is disabled (DeleteDistributionTenant, ResourceNotDisabled). */
export const tearDown = (view: TenantView, disableAlone: boolean): Decision<TenantAction> => {
  if (view.is !== 'present') return { condition: deleting('the distribution tenant is gone'), move: { is: 'gone' } };
  const { tenant } = view;
  if (tenant.enabled) return { condition: deleting('the distribution tenant is being disabled'), move: { is: 'acting', actions: [disable(tenant, disableAlone)], afterwards: disabling } };
  if (!tenant.deployed) return { condition: disabling, move: { is: 'waiting', on: 'aws' } };
  const action: DeleteTenant = {
    concern, verb: 'DeleteDistributionTenant', because: `delete distribution tenant ${tenant.name}: its TenantDomain is being deleted`, destroys: true, needs: 'live',
    name: tenant.name, id: tenant.id, etag: tenant.etag,
  };
  return { condition: deleting('the distribution tenant is being deleted'), move: { is: 'acting', actions: [action] } };
};
