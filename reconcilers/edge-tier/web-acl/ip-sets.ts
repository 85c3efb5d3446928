import { isDeepStrictEqual } from 'node:util';
import type { ManagedWebACL } from '../../../crds/types.ts';
import type { Form } from './form.ts';
import { formOf, type IpSetWant, ipSetsOf } from './rules.ts';
import { type Acl, concern, type CreateIpSet, type DeleteIpSet, type IpSet, type IpSetPart, summaryOf, type UpdateIpSet } from './web-acl.ts';

const families = { IPV4: 'IPv4', IPV6: 'IPv6' } as const;

/** An IP set as a person calls it. */
const called = ({ rule, family }: IpSetPart): string => `the IP set of rule ${rule} (${families[family]})`;

const isFor = (part: IpSetPart) => (other: IpSetPart): boolean => other.rule === part.rule && other.family === part.family;

const creation = ({ rule, family, addresses }: IpSetWant): CreateIpSet => ({
  concern, verb: 'CreateIPSet', because: `create ${called({ rule, family })}`, destroys: false, needs: 'shared', rule, family, addresses,
});

const update = (set: IpSet, addresses: readonly string[]): UpdateIpSet => {
  const added = addresses.filter((address) => !set.addresses.includes(address)).length;
  const removed = set.addresses.filter((address) => !addresses.includes(address)).length;
  return { concern, verb: 'UpdateIPSet', because: `update ${called(set)}: +${added} -${removed} networks`, destroys: false, needs: 'shared', ...summaryOf(set), addresses };
};

/** What makes the IP sets those that the rules need: a change of addresses acts on all web ACLs at once. */
export const ipSetChanges = (managed: ManagedWebACL, sets: readonly IpSet[]): readonly (CreateIpSet | UpdateIpSet)[] =>
  ipSetsOf(managed).flatMap((want): readonly (CreateIpSet | UpdateIpSet)[] => {
    const set = sets.find(isFor(want));
    if (set === undefined) return [creation(want)];
    return isDeepStrictEqual(set.addresses, want.addresses) ? [] : [update(set, want.addresses)];
  });

/** The form that the tier's web ACLs are to have; undefined while an IP set is missing. */
export const desiredForm = (managed: ManagedWebACL, sets: readonly IpSet[]): Form | undefined =>
  formOf(managed, (rule, family) => sets.find(isFor({ rule, family }))?.arn);

/** The IP sets that no rule needs, and that no web ACL of the tier refers to any more. */
export const idleIpSets = (managed: ManagedWebACL | undefined, sets: readonly IpSet[], acls: readonly Acl[]): readonly IpSet[] => {
  const wants = managed === undefined ? [] : ipSetsOf(managed);
  const forms = acls.map(({ form }) => JSON.stringify(form));
  return sets.filter((set) => !wants.some(isFor(set)) && !forms.some((form) => form.includes(set.arn)));
};

/** Deletes an IP set that nothing needs. */
export const ipSetDeletion = (set: IpSet): DeleteIpSet => ({
  concern, verb: 'DeleteIPSet', because: `delete ${called(set)}: no rule needs it any more`, destroys: true, needs: 'live', ...summaryOf(set),
});
