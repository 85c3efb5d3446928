import type { ManagedWebACL } from '../../../crds/types.ts';
import type { Decision, Move, Verdict } from '../../contract.ts';
import { idleIpSets, ipSetDeletion } from './ip-sets.ts';
import { type Acl, concern, type DeleteWebAcl, type IpSet, type Ours, summaryOf, type WebAclAction } from './web-acl.ts';
import { counted, say } from './words.ts';

/** Mostly over within minutes of the last tenant's leaving; each look costs two reads a web ACL. */
const inUsePace = { minMs: 30_000, maxMs: 600_000 } as const;

// AWS goes on for minutes saying that what has just been left is in use.
const triedAgainAfterMs = 60_000;

const mayTry = ({ refusedAt }: Pick<Acl, 'refusedAt'>, now: Date): boolean => refusedAt === undefined || now.getTime() - refusedAt.getTime() >= triedAgainAfterMs;

const deletion = (acl: Acl): DeleteWebAcl => ({
  concern, verb: 'DeleteWebACL', because: `delete web ACL ${acl.number} of the tier: nobody has it any more`, destroys: true, needs: 'live', ...summaryOf(acl),
});

const acting = (condition: Verdict, actions: readonly WebAclAction[]): readonly Decision<WebAclAction>[] => {
  const [first, ...rest] = actions;
  return first === undefined ? [] : [{ condition, move: { is: 'acting', actions: [first, ...rest] } }];
};

/** What may go: these web ACLs, and the IP sets that the rules do not need. */
type Unwanted = { readonly managed: ManagedWebACL | undefined; readonly ours: Ours; readonly retiring: readonly Acl[] };

/** The deletions that are due: retiring web ACLs that nobody has, then IP sets that nothing needs. */
export const deletions = (condition: Verdict, { managed, ours, retiring }: Unwanted, now: Date): readonly Decision<WebAclAction>[] => [
  ...acting(condition, retiring.filter((acl) => acl.tenants.length === 0 && acl.isUsed !== true && mayTry(acl, now)).map(deletion)),
  ...acting(condition, idleIpSets(managed, ours.ipSets, ours.acls).filter((set) => mayTry(set, now)).map(ipSetDeletion)),
];

/** How to wait for what cannot be deleted yet: a tenant that leaves wakes the tier, AWS has to be asked. */
export const waitFor = (retiring: readonly Acl[], idle: readonly IpSet[]): Move<WebAclAction> => {
  if (idle.length > 0 || retiring.some(({ tenants }) => tenants.length === 0)) return { is: 'waiting', on: 'aws', between: inUsePace };
  return retiring.length > 0 ? { is: 'waiting', on: 'reference' } : { is: 'settled' };
};

/** What is said of web ACLs and IP sets of a tier that wants none any more. */
export const leftovers = ({ acls, ipSets }: Ours): string =>
  [...(acls.length > 0 ? [counted(acls.length, 'web ACL')] : []), ...(ipSets.length > 0 ? [counted(ipSets.length, 'IP set')] : [])].join(' and ');

/** Everything of the tier's own goes, each as soon as nobody uses it: web ACLs, then their IP sets. */
export const tearDown = (ours: Ours, now: Date): readonly [readonly Decision<WebAclAction>[], Decision<WebAclAction>] => {
  const { acls, ipSets } = ours;
  if (acls.length === 0 && ipSets.length === 0) return [[], { condition: say('False', 'Deleting', 'nothing of the tier\'s own is left in AWS WAF'), move: { is: 'gone' } }];
  const used = acls.filter(({ tenants, isUsed }) => tenants.length > 0 || isUsed === true).map(({ name }) => name);
  const message = used.length > 0
    ? `distributions or distribution tenants still have web ACL ${used.join(', ')}: take it from them; after that AWS goes on saying so for some minutes`
    : `AWS still reports ${leftovers(ours)} of the tier as used; this ends by itself, mostly within minutes`;
  const inUse = say('False', 'InUse', message);
  // Tried again, it is said to be in use until it is not: nobody wants to read the same news every minute.
  const isTriedAgain = [...acls, ...ipSets].some((one) => one.refusedAt !== undefined);
  const changes = deletions(isTriedAgain ? inUse : say('False', 'Deleting', `being deleted: ${leftovers(ours)} of the tier`), { managed: undefined, ours, retiring: acls }, now);
  return [changes, { condition: inUse, move: { is: 'waiting', on: 'aws', between: inUsePace } }];
};
