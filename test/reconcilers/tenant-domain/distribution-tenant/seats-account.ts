import { type Owner, tagsFor } from '../../../../reconcilers/aws/mark.ts';
import type { Depth, Refusal } from '../../../../reconcilers/contract.ts';
import { Failure } from '../../../../reconcilers/failure.ts';
import { tenantNameOf } from '../../../../reconcilers/names.ts';
import type { WebAclWant } from '../../../../reconcilers/tenant-domain/accept.ts';
import { applyTenant } from '../../../../reconcilers/tenant-domain/distribution-tenant/apply.ts';
import { tenantObserver } from '../../../../reconcilers/tenant-domain/distribution-tenant/observe.ts';
import { planTenant } from '../../../../reconcilers/tenant-domain/distribution-tenant/plan.ts';
import type { Lack, TenantAction, TenantObserved, TenantSpec } from '../../../../reconcilers/tenant-domain/distribution-tenant/tenant.ts';
import { webAclFor } from '../../../../reconcilers/tenant-domain/distribution-tenant/web-acl.ts';
import { tenantOf } from '../../../../reconcilers/tenant-domain/observed.ts';
import type { Knobs } from '../../../environment/aws/knobs.ts';
import { actionsIn, domains, look, signal } from '../../builders.ts';
import { setUp } from '../account.ts';
import { owner, shop, tenantSpec } from '../builders.ts';

type Seen = { readonly depth?: Depth; readonly refusals?: readonly Refusal[] };

/** An account with web ACLs of tier gold, `capacity` seats at each, and the way of any tenant to one of them. */
export const setUpSeats = (knobs: Partial<Knobs> = {}, capacity = 2) => {
  const account = setUp(knobs);
  const observe = tenantObserver(account);
  const open: string[] = [];
  const want = (): WebAclWant => ({ is: 'seat', tier: 'gold', open: [...open], capacity });
  const ownerOf = (name: string): Owner => ({ ...owner, name });

  const openAcl = (tier: Owner | 'nobody' = { ...owner, namespace: '', name: 'gold' }): string => {
    const tags = tier === 'nobody' ? {} : { tags: Object.fromEntries(tagsFor(tier).map(({ Key, Value }) => [Key, Value])) };
    const { arn } = account.simulator.operator.createWebACL({ name: `acl-${open.length + 1}`, ...tags });
    open.push(arn);
    return arn;
  };
  const seeing = (name: string, { depth = 'live', refusals = [] }: Seen = {}): Promise<TenantObserved> =>
    observe({ owner: ownerOf(name), names: shop, webAcl: want(), webAclToProve: undefined }, look({ depth, refusals, notBefore: account.now() }));
  const specFor = (name: string, observed: TenantObserved): TenantSpec => {
    const base = { name: tenantNameOf(ownerOf(name)), domains: domains(`${name}.example.com`), distributionId: account.distributionId, connectionGroupId: account.group.id, certificateArn: account.wildcardArn };
    return tenantSpec({ ...base, ...webAclFor(want(), observed, tenantOf({ tenant: observed })) });
  };
  const planned = (name: string, observed: TenantObserved) => planTenant({ is: 'present', spec: specFor(name, observed) }, observed);
  const apply = (name: string, action: TenantAction) => applyTenant(account, ownerOf(name), action, signal);
  /** One pass of one tenant. What it was refused is kept, as the pass's memory does. */
  const passing = async (name: string, refusals: Refusal[] = []): Promise<Lack['reason'] | Failure> => {
    const decision = planned(name, await seeing(name, { refusals }));
    for (const action of actionsIn(decision)) {
      const [result] = await Promise.allSettled([apply(name, action)]);
      if (result?.status !== 'rejected') continue;
      if (!(result.reason instanceof Failure)) throw result.reason;
      refusals.push({ action, failure: result.reason, at: account.now() });
      return result.reason;
    }
    return decision.condition.reason;
  };
  const sitting = () => account.simulator.inspect.webAcls().map(({ associations }) => associations);
  const forAll = <Value>(names: readonly string[], each: (name: string) => Promise<Value>): Promise<readonly Value[]> => account.landed(Promise.all(names.map(each)));
  const see = (name: string, seen: Seen = {}) => account.landed(seeing(name, seen));
  const pass = (name: string, refusals: Refusal[] = []) => account.landed(passing(name, refusals));
  return { account, openAcl, see, seeing, planned, pass, passing, apply, sitting, forAll };
};
