import type { ConnectionGroup } from '../../../crds/types.ts';
import type { Look } from '../../contract.ts';
import { seen } from '../../failure.ts';
import type { Fleet } from '../../ports/fleet.ts';
import { concern, type GroupSeen, type ConnectionGroupsObserved } from './plan.ts';

/** Looks for the tier's groups; without any, for the account's default group, published as `default`. */
export const connectionGroupObserver = (fleet: Fleet) => (groups: readonly ConnectionGroup[], look: Look): Promise<ConnectionGroupsObserved> => {
  const fresh = { notBefore: look.notBefore(concern), signal: look.signal };
  const ofAccount = async (): Promise<readonly GroupSeen[]> => {
    const [group] = await fleet.connectionGroups.where('default', 'true', fresh);
    return [{ name: 'default', id: group?.id, group }];
  };
  const named = ({ name, id }: ConnectionGroup): Promise<GroupSeen> => fleet.connectionGroups.get(id, fresh).then((group) => ({ name, id, group }));
  return seen(groups.length === 0 ? ofAccount() : Promise.all(groups.map(named)));
};
