import { expect, test } from 'vitest';
import type { TenantDomain } from '../../../crds/types.ts';
import { tagsFor } from '../../../reconcilers/aws/mark.ts';
import { edgeTierKind } from '../../../reconcilers/edge-tier/index.ts';
import { edgeTierIndexes, type Sources } from '../../../reconcilers/edge-tier/subject.ts';
import { webAclNameOf } from '../../../reconcilers/edge-tier/web-acl/web-acl.ts';
import { tenantNameOf } from '../../../reconcilers/names.ts';
import { createSeats } from '../../../reconcilers/seats.ts';
import { actionsIn, edgeTier, look, tenantDomain } from '../builders.ts';
import { createStage } from '../stage.ts';

const names = ['a', 'b', 'c'];
const tenantOf = (name: string, deleted: boolean): TenantDomain =>
  tenantDomain({ domains: [`${name}.example.com`] }, { metadata: { name, ...(deleted && { deletionTimestamp: '2030-01-01T12:00:00Z' }) } });

test('a tier opens no web ACL more when its tenants are deleted while it looks at AWS: nobody is counted as staying and as leaving', async () => {
  const stage = createStage();
  const { operator } = stage.simulator;
  const owner = { installation: 'test', namespace: '', name: 'gold', uid: 'uid-1' };
  const tags = (whose: Parameters<typeof tagsFor>[0]) => Object.fromEntries(tagsFor(whose).map(({ Key, Value }) => [Key, Value]));
  const { id: distributionId } = operator.createDistribution({ certificateArn: operator.importCertificate({ names: ['*.example.com'] }).arn, parameters: [] });
  operator.defaultConnectionGroup();
  const { arn } = operator.createWebACL({ name: webAclNameOf(owner, 1), tags: tags(owner) });
  for (const name of names) {
    const whose = { installation: 'test', namespace: 'brand', name, uid: 'uid-1' };
    await stage.simulator.call('cloudfront', 'CreateDistributionTenant', {
      DistributionId: distributionId, Name: tenantNameOf(whose), Domains: [{ Domain: `${name}.example.com` }], Enabled: true, Customizations: { WebAcl: { Action: 'override', Arn: arn } },
    });
  }
  const tier = edgeTier({ distributionId, certificate: { issuer: 'Distribution' }, webACL: { type: 'Managed', managed: { defaultAction: 'Allow', tenantsPerACL: 4, rollout: { pauseSeconds: 0, observe: false }, rules: [] } } });
  let tenants = names.map((name) => tenantOf(name, false));
  const sources: Sources = {
    edgeTiers: { get: () => tier, by: (index, value) => (edgeTierIndexes('test')[index](tier).includes(value) ? [tier] : []) },
    tenantDomains: {
      get: () => undefined,
      by: (index, value) => tenants.filter(({ metadata: { name }, spec }) => value === (index === 'tier' ? spec.tierRef.name : tenantNameOf({ installation: 'test', namespace: 'brand', name }))),
    },
    everyTenantDomain: () => tenants,
  };
  const kind = edgeTierKind({ ...stage, seats: createSeats(stage.now), groupLingerMs: 0, sources, installation: 'test' });
  const { subject } = kind.load('gold') ?? {};
  if (subject === undefined) throw new Error('load gold: it is not there');
  const looking = kind.observe(subject, look());
  tenants = names.map((name) => tenantOf(name, true));
  const plan = kind.plan(subject, await stage.landed(looking), stage.now());
  expect(plan.decisions.flatMap((decision) => actionsIn(decision)).map(({ because }) => because)).not.toContain('create web ACL 2 of the tier');
});
