import type { Decision } from '../../contract.ts';
import { type ConnectionGroupsSpec, type GroupSeen, isOff, say } from './connection-group.ts';

/** Judges one group that the tier uses as it is: never changed. */
export const planExisting = ({ name, id, group }: GroupSeen, { published, hasTenants }: Pick<ConnectionGroupsSpec, 'published' | 'hasTenants'>): Decision<never> => {
  if (id === undefined) {
    // Not True, it would keep away the very tenant that the group comes with.
    const message = 'the account has no default connection group yet: CloudFront makes it with the first tenant';
    return { condition: say('True', 'NoDefaultConnectionGroup', message), move: { is: 'waiting', on: hasTenants ? 'aws' : 'reference' } };
  }
  if (group === undefined) {
    return { condition: say('False', 'ConnectionGroupNotFound', `spec.connectionGroups "${name}": this AWS account has no connection group ${id}`), move: { is: 'waiting', on: 'person' } };
  }
  if (!group.enabled) {
    const message = `connection group ${group.id} ("${name}") is disabled, so that nothing is served through it: enable it`;
    return { condition: say('False', 'ConnectionGroupDisabled', message), move: { is: 'waiting', on: 'person' } };
  }
  if (isOff(group, published)) {
    return { condition: say('False', 'Deploying', `CloudFront is deploying connection group ${group.id} ("${name}"), which was disabled and serves nothing before`), move: { is: 'waiting', on: 'aws' } };
  }
  return { condition: say('True', 'Found', `"${name}" is reached at ${group.endpoint}`), move: { is: 'settled' } };
};
