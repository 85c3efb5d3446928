import { describe, expect, test } from 'vitest';
import type { Aws } from '../../../../reconcilers/ports/aws.ts';
import { applyTenant } from '../../../../reconcilers/tenant-domain/distribution-tenant/apply.ts';
import { tenantObserver } from '../../../../reconcilers/tenant-domain/distribution-tenant/observe.ts';
import { notTakenMessage, type UpdateTenant } from '../../../../reconcilers/tenant-domain/distribution-tenant/tenant.ts';
import { passesOf } from '../../../contract/concern.ts';
import { tenantConcern } from '../../../contract/tenant-domain.ts';
import { signal } from '../../builders.ts';
import { putTenant, setUp } from '../account.ts';
import { config, owner, shop, tenantName, tenantSpec } from '../builders.ts';

/** A tenant of which CloudFront takes no countries, whatever an update says. */
const stubborn = async () => {
  const account = setUp();
  await putTenant(account);
  account.mutations();
  const { aws, distributionId, group, wildcardArn, simulator } = account;
  const keeping: Aws = { ...aws, updateDistributionTenant: (input, until) => aws.updateDistributionTenant({ ...input, Customizations: { Certificate: { Arn: wildcardArn } } }, until) };
  const wanted = config({ distributionId, connectionGroupId: group.id, certificateArn: wildcardArn, geo: { type: 'none', countries: [] } });
  const there = () => simulator.inspect.tenants().find(({ name }) => name === tenantName);
  const update = (request?: UpdateTenant['request']): UpdateTenant => ({
    concern: 'Programmed', verb: 'UpdateDistributionTenant', because: '', destroys: false, needs: 'live', name: tenantName,
    id: there()?.id ?? '', etag: there()?.etag ?? '', config: wanted, adds: [], seat: undefined, request, moving: undefined, again: false,
  });
  return { account, ports: { ...account, aws: keeping }, wanted, there, update };
};

describe('an update that CloudFront takes, leaving something as it was', () => {
  test('is invalid, says what differs still, and the fleet knows the version that came of it', async () => {
    const { account, ports, there, update } = await stubborn();
    await expect(applyTenant(ports, owner, update(), signal)).rejects.toMatchObject({ kind: 'invalid', reason: 'InvalidRequest', code: 'SettingNotTaken', message: notTakenMessage(tenantName, ['geo restriction none -> lifted']) });
    await expect(account.fleet.tenants.get(tenantName, { notBefore: account.now(), signal })).resolves.toMatchObject({ etag: there()?.etag });
  });

  test('is no failure where it takes a request for a certificate along', async () => {
    const { account, ports, update } = await stubborn();
    await expect(account.landed(applyTenant(ports, owner, update({ host: 'self-hosted' }), signal))).resolves.toMatchObject({ is: 'tenant' });
  });

  test('is sent once, and not in every pass', async () => {
    const { account, ports, wanted } = await stubborn();
    const observe = tenantObserver(account);
    const passes = passesOf(tenantConcern, {
      stage: account, spec: () => tenantSpec(wanted), meanwhile: () => undefined,
      observe: (look) => observe({ owner, names: shop, webAcl: undefined, webAclToProve: undefined }, look),
      apply: (action) => applyTenant(ports, owner, action, signal),
    });
    const moves: string[] = [];
    for (let count = 0; count < 5; count++) moves.push((await passes.pass('present')).decision.move.is);
    expect({ moves, updates: account.asked().filter((operation) => operation === 'UpdateDistributionTenant').length }).toEqual({ moves: ['acting', 'waiting', 'waiting', 'waiting', 'waiting'], updates: 1 });
  });
});
