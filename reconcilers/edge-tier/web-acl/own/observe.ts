import type { WebACL as WafWebAcl } from '@aws-sdk/client-wafv2';
import type { ManagedWebACL } from '../../../../crds/types.ts';
import type { Marks, Owner } from '../../../aws/mark.ts';
import type { Look, Refusal } from '../../../contract.ts';
import { unlessMissing } from '../../../failure.ts';
import type { Aws } from '../../../ports/aws.ts';
import type { Fleet, Freshness } from '../../../ports/fleet.ts';
import type { Seats } from '../../../seats.ts';
import { capacityReader } from '../capacity/observe.ts';
import { formFrom } from '../form.ts';
import { desiredForm } from '../ip-sets.ts';
import type { Replaced } from '../replaced.ts';
import { formsToProve } from '../rollout.ts';
import { addressesFrom, problemOf } from '../rules.ts';
import { type Found, shelfOf } from '../shelf/observe.ts';
import { usageReader } from '../usage/observe.ts';
import { type Acl, concern, type IpSet, ipSetPartOf, type Ours, webAclNumberOf } from '../web-acl.ts';

export type OwnPorts = { readonly aws: Aws; readonly fleet: Fleet; readonly marks: Marks; readonly seats: Seats; readonly replaced: Replaced; readonly now: () => Date };

/** `managed` is undefined where the tier wants none of its own (any more). */
type OwnAddress = { readonly owner: Owner; readonly managed: ManagedWebACL | undefined };

const gone = ['WAFNonexistentItemException'];

/** When AWS last said that this is in use and cannot be deleted. */
const refusedAt = (arn: string, refusals: readonly Refusal[]): Date | undefined =>
  refusals.findLast(({ action, failure }) => failure.reason === 'InUse' && 'arn' in action && action.arn === arn)?.at;

const strangersIn = (found: readonly Found<unknown>[]): readonly string[] => found.flatMap((one) => (one.is === 'strange' ? [one.arn] : []));

const ipSetsFrom = (found: readonly Found<readonly string[]>[], owner: Owner, { refusals }: Look): readonly IpSet[] =>
  found.flatMap((one) => {
    const part = one.is === 'ours' ? ipSetPartOf(owner, one.summary.name) : undefined;
    return one.is !== 'ours' || part === undefined ? [] : [{ ...one.summary, ...part, addresses: one.content, refusedAt: refusedAt(one.summary.arn, refusals) }];
  });

/** Looks at a tier's own web ACLs and IP sets, also at those that nobody remembers. */
export const ownObserver = ({ aws, fleet, marks, seats, replaced, now }: OwnPorts): ((address: OwnAddress, look: Look) => Promise<Ours>) => {
  const usageOf = usageReader({ aws, fleet, seats, now });
  const capacitiesOf = capacityReader(aws, now);

  const webAcls = shelfOf<WafWebAcl>({
    listing: fleet.webAcls, marks, replaced,
    read: async ({ arn }, signal) => {
      const answer = await unlessMissing(aws.getWebAcl({ ARN: arn }, signal), gone);
      return answer?.WebACL && { lockToken: answer.LockToken, content: answer.WebACL };
    },
  });
  const ipSets = shelfOf<readonly string[]>({
    listing: fleet.ipSets, marks, replaced,
    read: async ({ name, id }, signal) => {
      const answer = await unlessMissing(aws.getIpSet({ Name: name, Id: id, Scope: 'CLOUDFRONT' }, signal), gone);
      return answer?.IPSet && { lockToken: answer.LockToken, content: addressesFrom(answer.IPSet.Addresses ?? []) };
    },
  });

  const aclsFrom = async (found: readonly Found<WafWebAcl>[], owner: Owner, look: Look): Promise<readonly Acl[]> => {
    const live = look.depth(concern) === 'live';
    const acls = found.map(async (one): Promise<readonly Acl[]> => {
      const number = one.is === 'ours' ? webAclNumberOf(owner, one.summary.name) : undefined;
      if (one.is !== 'ours' || number === undefined) return [];
      const { summary, content } = one;
      const usage = await usageOf(summary.arn, { live, signal: look.signal });
      return [{ ...summary, number, form: formFrom(content), current: content, wcu: content.Capacity, ...usage, refusedAt: refusedAt(summary.arn, look.refusals) }];
    });
    return (await Promise.all(acls)).flat().toSorted((a, b) => a.number - b.number);
  };

  /** Asked only before something is written that no web ACL has yet. */
  const capacities = async (managed: ManagedWebACL | undefined, acls: readonly Acl[], sets: readonly IpSet[], signal: AbortSignal): Promise<Ours['capacities']> => {
    const desired = managed && problemOf(managed) === undefined ? desiredForm(managed, sets) : undefined;
    return managed && desired ? capacitiesOf(formsToProve(managed, desired, acls), signal) : {};
  };

  return async ({ owner, managed }, look) => {
    const fresh: Freshness = { notBefore: look.depth(concern) === 'live' ? now() : look.notBefore(concern), signal: look.signal };
    const [foundAcls, foundSets] = await Promise.all([
      webAcls({ owner, isNamed: (name) => webAclNumberOf(owner, name) !== undefined }, fresh),
      ipSets({ owner, isNamed: (name) => ipSetPartOf(owner, name) !== undefined }, fresh),
    ]);
    const acls = await aclsFrom(foundAcls, owner, look);
    const sets = ipSetsFrom(foundSets, owner, look);
    return {
      acls, ipSets: sets, strange: [...strangersIn(foundAcls), ...strangersIn(foundSets)],
      capacities: await capacities(managed, acls, sets, look.signal),
      refusals: look.refusals.filter(({ action }) => action.concern === concern),
    };
  };
};
