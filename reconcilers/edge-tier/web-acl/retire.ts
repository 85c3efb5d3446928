import type { ManagedWebACL } from '../../../crds/types.ts';
import type { Decision, Move, Verdict } from '../../contract.ts';
import { listed } from '../../printable.ts';
import { idleIpSets, ipSetDeletion } from './ip-sets.ts';
import { type Acl, concern, type DeleteWebAcl, type IpSet, type Ours, summaryOf, type WebAclAction } from './web-acl.ts';
import { counted, say } from './words.ts';

/** Mostly over within minutes of the last tenant's leaving; each look costs two reads a web ACL. */
const inUsePace = { minMs: 30_000, maxMs: 600_000 } as const;

// AWS goes on for minutes saying that what has just been left is in use.
const triedAgainAfterMs = 60_000;

const mayTry = ({ refusedAt }: Pick<Acl, 'refusedAt'>, now: Date): boolean => refusedAt === undefined || now.getTime() - refusedAt.getTime() >= triedAgainAfterMs;

const isUsed = (acl: Acl): boolean => acl.tenants.length > 0 || acl.isUsed === true;

const deletion = (acl: Acl): DeleteWebAcl => ({
  concern, verb: 'DeleteWebACL', because: `delete web ACL ${acl.number} of the tier: nobody has it any more`, destroys: true, needs: 'live', ...summaryOf(acl),
});

const acting = (condition: Verdict, actions: readonly WebAclAction[]): readonly Decision<WebAclAction>[] => {
  const [first, ...rest] = actions;
  return first === undefined ? [] : [{ condition, move: { is: 'acting', actions: [first, ...rest] } }];
};

/** What may go: these web ACLs, and the IP sets that the rules do not need. */
type Unwanted = { readonly managed: ManagedWebACL | undefined; readonly ours: Ours; readonly retiring: readonly Acl[] };

/** The deletions that are due: retiring web ACLs that nobody has, at any edge, then IP sets that nothing needs. */
export const deletions = (condition: Verdict, { managed, ours, retiring }: Unwanted, now: Date): readonly Decision<WebAclAction>[] => [
  ...acting(condition, retiring.filter((acl) => !isUsed(acl) && acl.leaving.length === 0 && mayTry(acl, now)).map(deletion)),
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

/** Who has a web ACL that is to go: tenants by their names, distributions by their number. */
const usersOf = ({ name, tenants, foreign }: Acl): string => {
  const users = [...(tenants.length > 0 ? [`distribution tenant ${listed(tenants)}`] : []), ...(foreign > 0 ? [counted(foreign, 'distribution')] : [])];
  return `web ACL ${name} is still used by ${users.length > 0 ? users.join(' and by ') : 'a distribution tenant that is not listed yet'}`;
};

/** What keeps a tier's web ACLs and IP sets from going. */
const keeping = (ours: Ours): string => {
  const used = ours.acls.filter(isUsed);
  if (used.length > 0) return `${used.map(usersOf).join('; ')}: take it from them; after that AWS goes on saying so for some minutes`;
  const left = ours.acls.filter(({ leaving }) => leaving.length > 0);
  if (left.length > 0) return `CloudFront is still taking ${left.map(({ name, leaving }) => `web ACL ${name} from distribution tenant ${listed(leaving)}`).join(' and ')}; it is deleted after that`;
  return `AWS still reports ${leftovers(ours)} of the tier as used; this ends by itself, mostly within minutes`;
};

/** Everything of the tier's own goes, each as soon as nobody uses it: web ACLs, then their IP sets. */
export const tearDown = (ours: Ours, now: Date): readonly [readonly Decision<WebAclAction>[], Decision<WebAclAction>] => {
  const { acls, ipSets } = ours;
  if (acls.length === 0 && ipSets.length === 0) return [[], { condition: say('False', 'Deleting', 'nothing of the tier\'s own is left in AWS WAF'), move: { is: 'gone' } }];
  const inUse = say('False', 'InUse', keeping(ours));
  // Tried again, it is said to be in use until it is not: nobody wants to read the same news every minute.
  const isTold = acls.some(isUsed) || [...acls, ...ipSets].some((one) => one.refusedAt !== undefined);
  const changes = deletions(isTold ? inUse : say('False', 'Deleting', `being deleted: ${leftovers(ours)} of the tier`), { managed: undefined, ours, retiring: acls }, now);
  return [changes, { condition: inUse, move: { is: 'waiting', on: 'aws', between: inUsePace } }];
};
