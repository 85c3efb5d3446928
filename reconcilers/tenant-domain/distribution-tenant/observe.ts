import type { DomainName } from '../../../crds/domain-name.ts';
import { type Marks, type Owner, owns } from '../../aws/mark.ts';
import type { Look, Refusal } from '../../contract.ts';
import { type Seen, seen, unlessMissing } from '../../failure.ts';
import { tenantNameOf } from '../../names.ts';
import type { Slot } from '../../placement.ts';
import type { Aws } from '../../ports/aws.ts';
import type { Fleet } from '../../ports/fleet.ts';
import type { Seats } from '../../seats.ts';
import type { WebAclWant } from '../accept.ts';
import { tenantFrom } from './answer.ts';
import { conflictsIn, lessonsFrom } from './lessons.ts';
import { concern, type Tenant, type TenantObserved, type TenantView } from './tenant.ts';
import { aclOf } from './web-acl.ts';

/** Where to look: the tenant's name follows from its owner (R1). `webAcl` is undefined while the spec is not accepted. */
export type TenantAddress = {
  readonly owner: Owner;
  readonly names: readonly DomainName[];
  readonly webAcl: WebAclWant | undefined;
  readonly webAclToProve: string | undefined;
};

export type TenantPorts = { readonly aws: Aws; readonly fleet: Fleet; readonly marks: Marks; readonly seats: Seats; readonly now: () => Date };

const present = (view: Seen<TenantView>): Tenant | undefined => (view.known && view.value.is === 'present' ? view.value.tenant : undefined);

/** Looks at a TenantDomain's distribution tenant. */
export const tenantObserver = ({ aws, fleet, marks, seats, now }: TenantPorts): ((address: TenantAddress, look: Look) => Promise<TenantObserved>) => {
  const takenBy = new Map<string, { readonly refusal: Refusal; readonly taken: readonly DomainName[] }>();

  const live = async (owner: Owner, name: string, signal: AbortSignal): Promise<TenantView> => {
    const answer = await unlessMissing(aws.getDistributionTenant({ Identifier: name }, signal), ['EntityNotFound']);
    if (answer?.DistributionTenant === undefined) {
      fleet.tenants.drop(name);
      return { is: 'absent' };
    }
    const { summary, tenant } = tenantFrom(answer.DistributionTenant, answer.ETag);
    fleet.tenants.put(summary);
    return owns(owner, await marks.of(summary.arn, signal)) ? { is: 'present', tenant } : { is: 'foreign', arn: summary.arn };
  };

  const listed = async (name: string, look: Look): Promise<TenantView> => {
    const summary = await fleet.tenants.get(name, { notBefore: look.notBefore(concern), signal: look.signal });
    const tenant: Tenant | undefined = summary && { ...summary, parameters: undefined };
    return tenant ? { is: 'present', tenant } : { is: 'absent' };
  };

  /** `CNAMEAlreadyExists` names no domain: which of ours does another tenant hold? Another account's tenants answer nothing. */
  const takenOf = async (address: TenantAddress, name: string, signal: AbortSignal): Promise<readonly DomainName[]> => {
    const holders = await Promise.all(
      address.names.map(async (domain) => {
        const answer = await unlessMissing(aws.getDistributionTenantByDomain({ Domain: domain }, signal), ['EntityNotFound']);
        return { domain, holder: answer?.DistributionTenant?.Name };
      }),
    );
    return holders.filter(({ holder }) => holder !== undefined && holder !== name).map(({ domain }) => domain);
  };

  /** Asked once after each refusal: nothing is added to a tenant before the next one. */
  const takenSince = async (refusal: Refusal | undefined, address: TenantAddress, signal: AbortSignal): Promise<readonly DomainName[]> => {
    const name = tenantNameOf(address.owner);
    if (refusal === undefined) {
      takenBy.delete(name);
      return [];
    }
    const known = takenBy.get(name);
    if (known?.refusal === refusal) return known.taken;
    const answer = await seen(takenOf(address, name, signal));
    if (!answer.known) return [];
    takenBy.set(name, { refusal, taken: answer.value });
    return answer.value;
  };

  const webAclAllowed = (address: TenantAddress, look: Look): Promise<Seen<boolean>> => {
    const { webAclToProve: arn, owner } = address;
    if (arn === undefined) return Promise.resolve({ known: true, value: true });
    return seen(marks.admits(arn, owner.namespace, { live: look.depth(concern) === 'live', signal: look.signal }));
  };

  const sittingAt = (arn: string): readonly string[] => fleet.tenants.known('webAcl', arn).map((tenant) => tenant.name);

  /** The open ones that carry the tier's own mark: what its status says are hints (R11). */
  const openAcls = async ({ owner, webAcl }: TenantAddress, signal: AbortSignal): Promise<readonly string[]> => {
    if (webAcl?.is !== 'seat') return [];
    const tier = { installation: owner.installation, namespace: '', name: webAcl.tier };
    const marked = await Promise.all(webAcl.open.map(async (arn) => ({ arn, ours: owns(tier, await marks.of(arn, signal)) })));
    return marked.filter(({ arn, ours }) => ours && !seats.isClosed(arn)).map(({ arn }) => arn);
  };

  const slotsOf = async (address: TenantAddress, tenant: Tenant | undefined, signal: AbortSignal): Promise<readonly Slot[]> => {
    const open = await openAcls(address, signal);
    const [first] = open;
    if (first === undefined) return [];
    // However old: without a complete list nobody would seem to sit anywhere.
    await fleet.tenants.where('webAcl', first, { notBefore: new Date(0), signal });
    const name = tenantNameOf(address.owner);
    const has = open.filter((arn) => arn === aclOf(tenant));
    return (has.length > 0 ? has : open).map((arn) => ({ arn, taken: seats.others(arn, name, sittingAt(arn)) }));
  };

  return async (address, look) => {
    const name = tenantNameOf(address.owner);
    const [tenant, allowed, taken] = await Promise.all([
      seen(look.depth(concern) === 'live' ? live(address.owner, name, look.signal) : listed(name, look)),
      webAclAllowed(address, look),
      takenSince(conflictsIn(look.refusals).at(-1), address, look.signal),
    ]);
    if (tenant.known) seats.seen(name);
    const slots = await seen(slotsOf(address, present(tenant), look.signal));
    const refusedToOthers = slots.known ? slots.value.map(({ arn }) => arn).filter((arn) => seats.isRefused(arn, sittingAt(arn).length)) : [];
    const isTaken = (arn: string): boolean => sittingAt(arn).some((other) => other !== name);
    const lessons = lessonsFrom(look.refusals, { tenant: present(tenant), refusedToOthers, isTaken, now: now() });
    return { tenant, webAclAllowed: allowed, taken, slots, ...lessons };
  };
};
