import type { Decision, Verdict } from '../../contract.ts';
import { listed } from '../../printable.ts';
import { concern, type ConnectionGroupAction, configOf, type DeleteGroup, type DisableGroup, type OwnGroup, say, type Usage } from './connection-group.ts';
import { update } from './managed.ts';

type Step = Decision<ConnectionGroupAction>;

/** Why a group goes, and whether tenants have been told: who reads an older status may just be placing one in it. */
export type Going = { readonly because: 'removed' | 'deleted'; readonly isTold: boolean };

/** Customers change their DNS within days; a look costs a question for each of their names. */
const pace = { minMs: 60_000, maxMs: 600_000 } as const;

const usesOf = ({ tenants, pointing, unclear }: Usage): readonly string[] => [
  ...(tenants.length > 0 ? [`distribution tenant ${listed(tenants)} is assigned to it`] : []),
  ...(pointing.length > 0 ? [`DNS of ${listed(pointing)} still points at it: have them change the records to what their status.dnsRecords says`] : []),
  ...(unclear.length > 0 ? [`DNS of ${listed(unclear)} cannot be read and may point at it: it is asked again`] : []),
];

const disable = (own: OwnGroup): DisableGroup => ({
  concern, verb: 'DisableConnectionGroup', because: `disable connection group "${own.name}" (${own.group.id}) before it is deleted: no tenant and no customer's DNS uses it`, destroys: true, needs: 'live',
  name: own.name, id: own.group.id, etag: own.group.etag, config: configOf(own),
});

const remove = ({ name, group }: OwnGroup, because: Going['because']): DeleteGroup => ({
  concern, verb: 'DeleteConnectionGroup', because: `delete connection group "${name}" (${group.id}): ${because === 'removed' ? 'the spec does not name it any more' : 'its EdgeTier is being deleted'}`, destroys: true, needs: 'live',
  name, id: group.id, etag: group.etag,
});

/** A group that the spec has no longer is no reason to call the tier unready; one that keeps a tier from being deleted is told as such. */
const told = ({ because }: Going, isUsed: boolean, message: string): Verdict =>
  because === 'removed' ? say('True', 'Retiring', message) : say('False', isUsed ? 'InUse' : 'Deleting', message);

/** Takes one group of the tier's own out of use, as soon as nobody needs it: disable, wait until that is deployed, delete. */
export const planRetiring = (own: OwnGroup, going: Going, now: Date): Step => {
  const { name, group, usage } = own;
  if (!usage.known) return { condition: say('Unknown', usage.failure.reason, usage.failure.message), move: { is: 'unseen', failure: usage.failure } };
  const uses = usesOf(usage.value);
  const called = `connection group "${name}" (${group.id})`;
  const gone = going.because === 'removed' ? 'is not in spec.connectionGroups any more' : 'is to be deleted with its tier';
  const waiting = told(going, true, `${called} ${gone}, and ${group.enabled ? 'goes on serving' : 'is kept, disabled,'} at ${group.endpoint}: ${uses.join('; ')}`);
  const isInUse = usage.value.tenants.length + usage.value.pointing.length > 0;
  if (isInUse && !group.enabled) {
    return { condition: waiting, move: { is: 'acting', actions: [update(own, configOf(own), 'enable it again, since it is used after all')] } };
  }
  if (uses.length > 0) return { condition: waiting, move: { is: 'waiting', on: 'customer', between: pace } };
  const cachedMs = going.because === 'deleted' ? 0 : (usage.value.cachedUntil?.getTime() ?? 0) - now.getTime();
  if (group.enabled && cachedMs > 0) {
    const message = `${called} ${gone}, and nobody uses it any more: it goes on serving at ${group.endpoint} until resolvers have forgotten it, and is deleted then`;
    return { condition: told(going, false, message), move: { is: 'waiting', on: 'customer', between: { minMs: Math.min(cachedMs, pace.maxMs), maxMs: pace.maxMs } } };
  }
  const disabling = told(going, false, `${called} ${gone}, and nobody uses it: CloudFront is disabling it before it is deleted`);
  if (group.enabled && !going.isTold) {
    return { condition: told(going, false, `${called} ${gone}, and nobody uses it: it is disabled and deleted after a minute`), move: { is: 'waiting', on: 'customer', between: pace } };
  }
  if (group.enabled) return { condition: disabling, move: { is: 'acting', actions: [disable(own)], afterwards: disabling } };
  if (!group.deployed) return { condition: disabling, move: { is: 'waiting', on: 'aws' } };
  return { condition: told(going, false, `${called} ${gone}, and is being deleted`), move: { is: 'acting', actions: [remove(own, going.because)] } };
};
