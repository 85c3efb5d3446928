import type { ManagedWebACL, WebACL } from '../../../../crds/types.ts';
import type { Look } from '../../../../reconcilers/contract.ts';
import { applyWebAcl } from '../../../../reconcilers/edge-tier/web-acl/apply.ts';
import { webAclObserver } from '../../../../reconcilers/edge-tier/web-acl/observe.ts';
import { planWebAcl } from '../../../../reconcilers/edge-tier/web-acl/plan.ts';
import { createReplaced } from '../../../../reconcilers/edge-tier/web-acl/replaced.ts';
import type { Ours, WebAclAction, WebAclObserved } from '../../../../reconcilers/edge-tier/web-acl/web-acl.ts';
import { createSeats } from '../../../../reconcilers/seats.ts';
import type { Knobs } from '../../../environment/aws/knobs.ts';
import { actionsIn, look, signal } from '../../builders.ts';
import { createStage } from '../../stage.ts';
import { asking, countryRule, tierOwner } from './builders.ts';
import { managed as managing } from './form-specs.ts';

/** Tier gold with web ACLs of its own, in an account in memory. */
export const createWebAclStage = (managed: ManagedWebACL, knobs: Partial<Knobs> = {}) => {
  const stage = createStage(knobs);
  const seats = createSeats(stage.now);
  const ports = { ...stage, seats, replaced: createReplaced(stage.now) };
  const observe = webAclObserver(ports);
  const webAcl: WebACL = { type: 'Managed', managed };

  const observeNow = (over: Partial<Look> & { readonly webAcl?: WebACL } = {}): Promise<WebAclObserved> => {
    const { webAcl: of = webAcl, ...rest } = over;
    return stage.landed(observe({ owner: tierOwner, webAcl: of, lookForOurs: true }, { ...look(), ...rest }));
  };

  /** What is there of the tier's own; fails where it cannot be read. */
  const ours = async (over: Partial<Look> & { readonly webAcl?: WebACL } = {}): Promise<Ours> => {
    const seen = await observeNow(over);
    if (!seen.ours.known) throw seen.ours.failure;
    return seen.ours.value;
  };

  return {
    ...ports, observe: observeNow, ours,
    apply: (action: WebAclAction) => stage.landed(applyWebAcl(ports, tierOwner, action, signal)),
    /** The fleet's list of tenants is read anew. */
    listTenants: () => stage.landed(stage.fleet.tenants.all({ notBefore: stage.now(), signal })),
    /** Passes until nothing is to be done for so many tenants. */
    settle: async (tenants = 0): Promise<void> => {
      for (;;) {
        const actions = actionsIn(planWebAcl({ is: 'present', spec: asking(managed, { tenants }) }, await observeNow(), stage.now()));
        if (actions.length === 0) return;
        for (const action of actions) await stage.landed(applyWebAcl(ports, tierOwner, action, signal));
        await stage.clock.advance(1000);
      }
    },
  };
};

export type WebAclStage = ReturnType<typeof createWebAclStage>;

/** A tenant of somebody's, with this web ACL. */
export const putTenantOn = async ({ simulator, clock }: WebAclStage, name: string, webAclArn: string): Promise<void> => {
  const certificate = simulator.operator.importCertificate({ names: [`${name}.example.com`] });
  const { id } = simulator.operator.createDistribution();
  const input = { Name: name, DistributionId: id, Domains: [{ Domain: `${name}.example.com` }], Customizations: { Certificate: { Arn: certificate.arn }, WebAcl: { Action: 'override', Arn: webAclArn } }, Enabled: true };
  await simulator.call('cloudfront', 'CreateDistributionTenant', input, 'somebody');
  await clock.advance(60_000);
};

/** A rule that needs two IP sets. */
export const offices = { name: 'offices', type: 'IPSet', action: 'Allow', ipSet: { cidrs: ['203.0.113.0/24', '2001:db8::/32'] } } as const;
export const tierRules = managing(offices, countryRule('a'));
export const live = { depth: look({ depth: 'live' }).depth };
export const ourTags = { 'tenantedge.dev/installation': 'test', 'tenantedge.dev/owner': '/gold' };

/** Two web ACLs and two IP sets, at rest. */
export const settled = async (): Promise<WebAclStage> => {
  const stage = createWebAclStage(tierRules);
  await stage.settle(150);
  await stage.ours();
  stage.asked();
  return stage;
};
