import type { EdgeTierSpec } from '../../crds/types.ts';
import { hours, minutes, playAll, type Scenario, type Step } from './scenario.ts';
import type { Stage } from './stage.ts';
import { read, t1, tenantIn } from './tier-words.ts';
import { aclName, common } from './web-acl-words.ts';

/** Moves between tiers that bring different things: what one tier's distribution gave is missing at the other's until the tenant has its own. */

const to = (stage: Stage, name: string): void => t1(stage, { tierRef: { name } });

const distributionOf = (stage: Stage, tier: string): string | undefined => stage.world.tier(tier)?.spec.distributionId;

/** Whether the tenant is on this tier's distribution, and served. */
const isOn = (stage: Stage, tier: string): boolean => tenantIn(stage)?.distributionId === distributionOf(stage, tier) && stage.world.simulator.serves('t1.acme.example').served;

const isServedOn = (stage: Stage, tier: string): boolean => isOn(stage, tier) && stage.isReady('acme/t1');

const webAclOf = (stage: Stage): string | undefined => {
  const answer = stage.world.simulator.serves('t1.acme.example');
  return answer.served ? stage.world.simulator.inspect.webAcls().find(({ arn }) => arn === answer.webAclArn)?.name : undefined;
};

const certificateOf = (stage: Stage): string | undefined => {
  const answer = stage.world.simulator.serves('t1.acme.example');
  return answer.served ? answer.certificateArn : undefined;
};

/** Tells at any time later whether the tenant was ever served without a web ACL since. */
const watchRules = (stage: Stage): { readonly wereMissing: () => boolean } => {
  let missing = false;
  const look = (): void => {
    missing ||= stage.world.simulator.serves('t1.acme.example').served && webAclOf(stage) === undefined;
  };
  stage.world.simulator.onMutation(look);
  stage.world.cluster.watch(look);
  return { wereMissing: () => missing };
};

const managed: EdgeTierSpec['webACL'] = { type: 'Managed', managed: { defaultAction: 'Allow', tenantsPerACL: 2, rollout: { pauseSeconds: 0, observe: false }, rules: [common] } };

/** Another distribution with the wildcard certificate, or with none. */
const distribution = (stage: Stage, order: { readonly wildcard?: boolean; readonly webAclArn?: string } = {}): string => {
  const arn = stage.world.simulator.inspect.distributions().find(({ id }) => id === stage.distributions.wildcard)?.certificateArn;
  return stage.operator.createDistribution({ ...(order.wildcard === true && arn !== undefined ? { certificateArn: arn } : {}), ...(order.webAclArn === undefined ? {} : { webAclArn: order.webAclArn }) }).id;
};

/** The basic tier, served with what its distribution has: the wildcard certificate, and a web ACL. */
const inherited = (stage: Stage): readonly Step[] => [
  {
    name: 'the basic tier is applied, whose distribution brings certificate and web ACL',
    act: () => stage.tier('basic', { distributionId: distribution(stage, { wildcard: true, webAclArn: stage.operator.createWebACL({ name: 'blueprint' }).arn }), certificate: { issuer: 'Distribution' }, webACL: { type: 'Inherit' } }),
    until: () => stage.isTierSettled(),
  },
  { name: 'the tenant is applied', act: () => t1(stage), until: () => isServedOn(stage, 'basic') && webAclOf(stage) === 'blueprint' },
];

const freshAcl = (reparenting: 'together' | 'alone', name: string): Scenario => ({
  file: `moves-edges-fresh-web-acl-${reparenting}`,
  name,
  wildcard: true,
  knobs: { reparenting, webAclPropagationMs: [minutes, minutes] },
  given: () => undefined,
  steps: (stage) => {
    const rules = watchRules(stage);
    return [
      ...inherited(stage),
      { name: 'a tier with web ACLs of its own is applied', act: () => stage.tier('premium', { distributionId: distribution(stage, { wildcard: true }), certificate: { issuer: 'Distribution' }, defaultConnectionGroup: 'isolated', webACL: managed }), until: () => stage.isTierSettled('premium') },
      { name: 'the tenant moves', act: () => to(stage, 'premium'), until: () => isServedOn(stage, 'premium') && webAclOf(stage) === aclName(1, 'premium') && !rules.wereMissing() },
    ];
  },
});

const pendingCertificate = (reparenting: 'together' | 'alone', name: string): Scenario => ({
  file: `moves-edges-pending-certificate-${reparenting}`,
  name,
  wildcard: true,
  knobs: { reparenting },
  given: () => undefined,
  steps: (stage) => [
    ...inherited(stage),
    { name: 'a tier is applied whose tenants have certificates of their own', act: () => stage.tier('premium', { distributionId: distribution(stage) }), until: () => stage.isTierSettled('premium') },
    { name: 'the tenant moves', act: () => to(stage, 'premium'), afterMs: hours, until: () => isOn(stage, 'basic') && stage.is('CertificateReady', 'WaitingForCustomerDNS', 'acme/t1') && stage.is('Programmed', 'WaitingForCertificate', 'acme/t1') },
    read(stage, ['acme/t1', 'Accepted', 'CertificateReady', 'Programmed', 'Ready', 'Stalled']),
    { name: 'its customer adds the record', act: () => stage.customerAdds('acme/t1'), until: () => isServedOn(stage, 'premium') },
  ],
});

const pendingByCloudFront: Scenario = {
  file: 'moves-edges-pending-certificate-cloudfront',
  name: 'such a tenant has CloudFront request its certificate where it is, and moves when that is issued',
  wildcard: true,
  given: () => undefined,
  steps: (stage) => [
    ...inherited(stage),
    { name: 'its customer points the domain here', act: () => stage.customerAdds('acme/t1'), until: () => stage.is('DNSConfigured', 'Configured', 'acme/t1') },
    { name: 'a tier is applied whose certificates CloudFront requests', act: () => stage.tier('premium', { distributionId: distribution(stage), certificate: { issuer: 'CloudFront' } }), until: () => stage.isTierSettled('premium') },
    { name: 'the tenant moves', act: () => to(stage, 'premium'), until: () => isServedOn(stage, 'premium') },
  ],
};

type Obstacle = { readonly reason: string; readonly knobs: NonNullable<Scenario['knobs']>; readonly relent: (stage: Stage) => void };

const keptCertificate = (file: string, name: string, { reason, knobs, relent }: Obstacle): Scenario => ({
  file: `moves-edges-certificate-kept-${file}`,
  name,
  wildcard: true,
  knobs,
  given: () => undefined,
  steps: (stage) => [
    { name: 'a tier is applied whose tenants have certificates of their own', act: () => stage.tier('basic'), until: () => stage.isTierSettled() },
    { name: 'the tenant is applied', act: () => t1(stage), until: () => stage.knowsRecords('acme/t1') },
    { name: 'its customer adds the record', act: () => stage.customerAdds('acme/t1'), until: () => isServedOn(stage, 'basic') },
    {
      name: 'a tier with the certificate of its distribution and a web ACL is applied, and the tenant moves',
      act: () => {
        stage.tier('premium', { distributionId: distribution(stage, { wildcard: true }), certificate: { issuer: 'Distribution' }, webACL: managed });
        to(stage, 'premium');
      },
      afterMs: hours,
      until: () => isOn(stage, 'basic') && stage.is('Ready', reason, 'acme/t1') && tenantIn(stage)?.customizations.Certificate?.Arn === certificateOf(stage),
    },
    read(stage, ['acme/t1', 'CertificateReady', 'Programmed', 'Ready', 'Stalled']),
    { name: 'AWS relents', act: () => relent(stage), until: () => isServedOn(stage, 'premium') && tenantIn(stage)?.customizations.Certificate === undefined },
  ],
});

playAll([
  freshAcl('together', 'a tenant that leaves the web ACL of its distribution behind is never without one, however late CloudFront knows the new one'),
  freshAcl('alone', 'where CloudFront changes the distribution only by itself, such a tenant gets its own web ACL before it moves'),
  pendingCertificate('together', 'a tenant served with the certificate of its distribution moves to another when it has one of its own, and not before'),
  pendingCertificate('alone', 'where CloudFront changes the distribution only by itself, such a tenant takes its certificate with it'),
  pendingByCloudFront,
  keptCertificate('waiting', 'a tenant that waits for a web ACL of its new tier keeps the certificate it is served with', { reason: 'WaitingForWebACL', knobs: { maxWebAcls: 0 }, relent: (stage) => (stage.world.simulator.knobs.maxWebAcls = 100) }),
  keptCertificate('refused', 'a tenant that CloudFront refuses to move keeps the certificate it is served with', { reason: 'MoveRefused', knobs: { reparenting: 'refused' }, relent: (stage) => (stage.world.simulator.knobs.reparenting = 'together') }),
]);
