import { describe, expect, test } from 'vitest';
import { tearDown } from '../../../../reconcilers/tenant-domain/distribution-tenant/tear-down.ts';
import type { Tenant } from '../../../../reconcilers/tenant-domain/distribution-tenant/tenant.ts';
import { config, tenant, tenantName } from '../builders.ts';

const present = (over: Partial<Tenant> = {}) => ({ is: 'present', tenant: tenant(over) }) as const;
const base = { concern: 'Programmed', destroys: true, needs: 'live', name: tenantName, id: 'dt_1', etag: 'E1' };
const disable = { ...base, verb: 'DisableDistributionTenant', because: `disable distribution tenant ${tenantName} before it is deleted`, config: config({ enabled: false }) };
const remove = { ...base, verb: 'DeleteDistributionTenant', because: `delete distribution tenant ${tenantName}: its TenantDomain is being deleted` };

describe('tearDown', () => {
  test.each([
    { name: 'absent', because: 'there is nothing left', view: { is: 'absent' } as const, alone: false, want: { is: 'gone' } },
    { name: 'foreign', because: 'it was never ours (R14)', view: { is: 'foreign', arn: tenant().arn } as const, alone: false, want: { is: 'gone' } },
    { name: 'enabled', because: 'AWS deletes only what is disabled', view: present(), alone: false, want: { is: 'acting', actions: [disable] } },
    { name: 'enabled, and its configuration is refused', because: 'what expired meanwhile is not said again', view: present(), alone: true, want: { is: 'acting', actions: [{ ...disable, config: undefined }] } },
    { name: 'enabled, parameters not read', because: 'a whole configuration is not known', view: present({ parameters: undefined }), alone: false, want: { is: 'acting', actions: [{ ...disable, config: undefined }] } },
    { name: 'enabled, a name without a certificate', because: 'AWS would refuse the whole', view: present({ domains: [{ name: 'shop.example.com', active: false }] }), alone: false, want: { is: 'acting', actions: [{ ...disable, config: undefined }] } },
    { name: 'being disabled', because: 'AWS refuses to delete before it is deployed', view: present({ enabled: false, deployed: false }), alone: false, want: { is: 'waiting', on: 'aws' } },
    { name: 'disabled and deployed', because: 'now AWS deletes it', view: present({ enabled: false }), alone: false, want: { is: 'acting', actions: [remove] } },
  ])('$name: $because', ({ view, alone, want }) => {
    const { condition: { status, reason }, move } = tearDown(view, alone);
    expect({ status, reason, ...move }).toMatchObject({ status: 'False', reason: 'Deleting', ...want });
  });
});
