import * as fc from 'fast-check';
import { tagsFor } from '../../reconcilers/aws/mark.ts';
import type { WebAclWant } from '../../reconcilers/tenant-domain/accept.ts';
import { applyTenant } from '../../reconcilers/tenant-domain/distribution-tenant/apply.ts';
import { tenantObserver } from '../../reconcilers/tenant-domain/distribution-tenant/observe.ts';
import { planTenant } from '../../reconcilers/tenant-domain/distribution-tenant/plan.ts';
import { hashOfConfig, type TenantAction, type TenantConfig, type TenantObserved, type TenantSpec } from '../../reconcilers/tenant-domain/distribution-tenant/tenant.ts';
import { webAclFor } from '../../reconcilers/tenant-domain/distribution-tenant/web-acl.ts';
import { tenantOf } from '../../reconcilers/tenant-domain/observed.ts';
import { hostileKnobs } from '../environment/aws/knobs.ts';
import { signal } from '../reconcilers/builders.ts';
import { type Account, putTenant, setUp } from '../reconcilers/tenant-domain/account.ts';
import { owner, shop, tenant, tenantName, tenantSpec } from '../reconcilers/tenant-domain/builders.ts';
import { anyArn, anyDesired, anyNames, anySeen } from './anything.ts';
import type { ConcernUnderTest, Site } from './concern.ts';

const anyAcl = fc.constantFrom('arn:acl/1', 'arn:acl/2');
const anyConfig: fc.Arbitrary<TenantConfig> = fc.record({
  distributionId: fc.constantFrom('E1', 'E2'), connectionGroupId: fc.constantFrom(undefined, 'cg_1', 'cg_2'), domains: anyNames, certificateArn: fc.option(anyArn, { nil: undefined }),
  webAcl: fc.constantFrom<TenantConfig['webAcl']>({ is: 'inherit' }, { is: 'disable' }, { is: 'override', arn: 'arn:acl/1' }, { is: 'override', arn: 'arn:acl/2' }),
  geo: fc.constantFrom<TenantConfig['geo']>(undefined, { type: 'none', countries: [] }, { type: 'whitelist', countries: ['DE'] }),
  parameters: fc.subarray([{ name: 'a', value: '1' }]), enabled: fc.boolean(),
});
const anyTenant = fc
  .record({ config: anyConfig, etag: fc.constantFrom('E1', 'E2'), deployed: fc.boolean(), active: fc.boolean(), isListed: fc.boolean() })
  .map(({ config, etag, deployed, active, isListed }) => tenant({ ...config, etag, deployed, domains: config.domains.map((name) => ({ name, active })), ...(isListed ? { parameters: undefined } : {}) }));

/** Anything that a look at a tenant may show. */
export const anyTenantSeen: fc.Arbitrary<TenantObserved> = fc.record({
  tenant: anySeen(fc.oneof(anyTenant.map((one) => ({ is: 'present', tenant: one }) as const), fc.constantFrom({ is: 'absent' } as const, { is: 'foreign', arn: 'arn:theirs' } as const))),
  taken: fc.oneof(fc.constant([]), anyNames), refusedAlone: fc.oneof(fc.constant([]), anyNames), cautious: fc.boolean(), webAclAllowed: anySeen(fc.boolean()), disableAlone: fc.boolean(), activeOnly: fc.boolean(),
  slots: anySeen(fc.uniqueArray(fc.record({ arn: anyAcl, taken: fc.integer({ min: 0, max: 2 }) }), { selector: ({ arn }) => arn })), fullAcls: fc.subarray(['arn:acl/1', 'arn:acl/2']),
  moveRefusals: fc.array(fc.record({ to: fc.constantFrom('E1', 'E2'), moving: fc.constantFrom('together', 'alone'), message: fc.constant('no') }), { maxLength: 2 }),
  unproved: fc.option(fc.record({ names: anyNames, message: fc.constant('not yet'), againInMs: fc.constantFrom(0, 15_000) }), { nil: undefined }),
  notTaken: fc.array(anyConfig.map((config) => ({ configHash: hashOfConfig(config), message: 'CloudFront took an update and left something as it was' })), { maxLength: 1 }),
});

/** What it is asked for beside its configuration. */
const anyExtra = fc.record({
  written: fc.option(fc.record({ etag: fc.constantFrom('E1', 'E2'), configHash: fc.constantFrom('0'.repeat(16)) }), { nil: undefined }),
  seat: fc.option(fc.record({ arn: anyAcl, capacity: fc.constantFrom(1, 2) }), { nil: undefined }),
  request: fc.constantFrom<TenantSpec['request']>(undefined, { host: 'cloudfront' }, { host: 'self-hosted' }),
  moveRefused: fc.constantFrom(undefined, 'CloudFront refuses to move the tenant'),
  lacks: fc.constantFrom<TenantSpec['lacks']>(undefined, { of: 'webAcl', reason: 'WaitingForWebACL', message: 'no seat' }, { of: 'certificate', reason: 'WaitingForCertificate', message: 'no certificate' }),
});

/** A tenant that takes a seat at a web ACL of its tier, which is somebody else's here. */
const tenantSite = (stage: Account): Site<TenantSpec, TenantObserved, TenantAction> => {
  const observe = tenantObserver(stage);
  const tags = Object.fromEntries(tagsFor({ ...owner, namespace: '', name: 'silver' }).map(({ Key, Value }) => [Key, Value]));
  const { arn } = stage.simulator.operator.createWebACL({ name: 'silver-1', tags });
  const webAcl: WebAclWant = { is: 'seat', tier: 'silver', open: [arn], capacity: 2 };
  return {
    stage,
    spec: (observed) => {
      const answer = webAclFor(webAcl, observed, tenantOf({ tenant: observed }));
      return tenantSpec({ distributionId: stage.distributionId, connectionGroupId: stage.group.id, certificateArn: stage.wildcardArn, ...answer });
    },
    observe: (look) => observe({ owner, names: shop, webAcl, webAclToProve: undefined }, look),
    apply: (action) => applyTenant(stage, owner, action, signal),
    meanwhile: () => undefined,
  };
};

/** The distribution tenant; somebody else has one beside it. */
export const tenantConcern: ConcernUnderTest<TenantSpec, TenantObserved, TenantAction> = {
  name: 'distribution tenant', type: 'Programmed', plan: planTenant,
  desired: anyDesired(fc.tuple(anyConfig, anyExtra).map(([config, extra]) => ({ ...config, ...extra, name: tenantName }))),
  observed: anyTenantSeen,
  arrange: async (weather) => {
    const stage = setUp();
    const { distributionId, wildcardArn, simulator, clock } = stage;
    const theirs = { Name: 'theirs', DistributionId: distributionId, Domains: [{ Domain: 'theirs.example.com' }], Customizations: { Certificate: { Arn: wildcardArn } }, Enabled: true };
    await simulator.call('cloudfront', 'CreateDistributionTenant', theirs, 'somebody');
    await clock.advance(120_000);
    if (weather === 'hostile') Object.assign(simulator.knobs, hostileKnobs);
    return tenantSite(stage);
  },
  usurped: async () => {
    const stage = setUp();
    await putTenant(stage, 'untagged');
    return tenantSite(stage);
  },
  interfere: ({ simulator: { operator } }) => operator.editTenant(tenantName, { Parameters: [{ Name: 'path', Value: '/theirs' }] }),
};
