import type { DomainName } from '../../../crds/domain-name.ts';
import { type Marks, type Owner, owns } from '../../aws/mark.ts';
import type { Look, Refusal } from '../../contract.ts';
import { type Seen, seen, unlessMissing } from '../../failure.ts';
import { tenantNameOf } from '../../names.ts';
import type { Aws } from '../../ports/aws.ts';
import type { Fleet } from '../../ports/fleet.ts';
import { tenantFrom } from './answer.ts';
import { concern, type Tenant, type TenantAction, type TenantObserved, type TenantView } from './tenant.ts';

/** Where to look: the tenant's name follows from its owner (R1). */
export type TenantAddress = { readonly owner: Owner; readonly names: readonly DomainName[]; readonly webAclToProve: string | undefined };

export type TenantPorts = { readonly aws: Aws; readonly fleet: Fleet; readonly marks: Marks };

/** Looks at a TenantDomain's distribution tenant. */
export const tenantObserver = ({ aws, fleet, marks }: TenantPorts): ((address: TenantAddress, look: Look) => Promise<TenantObserved>) => {
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

  return async (address, look) => {
    const name = tenantNameOf(address.owner);
    const refusals = look.refusals.filter(({ action }) => action.concern === concern);
    const conflicts = refusals.filter(({ failure }) => failure.code === 'CNAMEAlreadyExists');
    const [tenant, allowed, taken] = await Promise.all([
      seen(look.depth(concern) === 'live' ? live(address.owner, name, look.signal) : listed(name, look)),
      webAclAllowed(address, look),
      takenSince(conflicts.at(-1), address, look.signal),
    ]);
    return {
      tenant,
      webAclAllowed: allowed,
      taken,
      cautious: conflicts.length > 0,
      refusedAlone: conflicts.flatMap(({ action }) => addedBy(action as TenantAction)).filter((names) => names.length === 1).flat(),
      disableAlone: refusals.some(({ action, failure }) => action.verb === 'DisableDistributionTenant' && failure.code === 'InvalidArgument'),
    };
  };
};

/** The names an action would have added, as one set. */
const addedBy = (action: TenantAction): readonly (readonly DomainName[])[] => {
  switch (action.verb) {
    case 'CreateDistributionTenant':
      return [action.config.domains];
    case 'UpdateDistributionTenant':
      return [action.adds];
    case 'DisableDistributionTenant':
    case 'DeleteDistributionTenant':
      return [];
  }
};
