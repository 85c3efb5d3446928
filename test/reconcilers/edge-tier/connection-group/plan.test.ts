import { describe, expect, test } from 'vitest';
import type { ConnectionGroup, ConnectionGroupStatus } from '../../../../crds/types.ts';
import type { ConnectionGroupsSpec, Groups, GroupSeen } from '../../../../reconcilers/edge-tier/connection-group/connection-group.ts';
import { planConnectionGroups } from '../../../../reconcilers/edge-tier/connection-group/plan.ts';
import { actionsIn, ago, failure, minutes, noon } from '../../builders.ts';
import { groupSummary, groupsSeen } from '../builders.ts';
import { asking, managed, own, row } from './builders.ts';

const deciding = (spec: ConnectionGroupsSpec, there: Partial<Groups>) => planConnectionGroups({ is: 'present', spec }, { known: true, value: groupsSeen({ used: [], ...there }) }, noon);

const seen = (name: string, id: string | undefined, over: Parameters<typeof groupSummary>[0] | 'gone' = {}): GroupSeen => ({ name, id, group: over === 'gone' ? undefined : groupSummary({ id: id ?? '', ...over }) });

/** As the spec names it; it does not name the default group. */
const existing = ({ name, id }: GroupSeen): readonly ConnectionGroup[] => (name === 'default' || id === undefined ? [] : [{ name, type: 'Existing', id }]);

type Row = { readonly name: string; readonly because: string; readonly groups: readonly GroupSeen[]; readonly published?: readonly ConnectionGroupStatus[]; readonly hasTenants?: boolean; readonly want: { readonly says: string; readonly move: object } };
const person = { is: 'waiting', on: 'person' } as const;
const noDefault = 'True NoDefaultConnectionGroup: the account has no default connection group yet: CloudFront makes it with the first tenant';
const rows: readonly Row[] = [
  { name: 'the default group', because: 'it is published as such', groups: [seen('default', 'cg_1')], want: { says: 'True Found: "default" is reached at d1.cloudfront.net', move: { is: 'settled' } } },
  { name: 'no default group yet', because: 'CloudFront makes it with the first tenant, who may wait for the tier to be ready', groups: [seen('default', undefined, 'gone')], hasTenants: false, want: { says: noDefault, move: { is: 'waiting', on: 'reference' } } },
  { name: 'no default group yet, and the first tenant there', because: 'it is told nothing to point at before the group is found', groups: [seen('default', undefined, 'gone')], want: { says: noDefault, move: { is: 'waiting', on: 'aws' } } },
  { name: 'two groups', because: 'each has an endpoint', groups: [seen('shared', 'cg_1'), seen('isolated', 'cg_2', { endpoint: 'd2.cloudfront.net' })], want: { says: 'True Found: "shared" is reached at d1.cloudfront.net; "isolated" is reached at d2.cloudfront.net', move: { is: 'settled' } } },
  { name: 'one being deployed', because: 'its endpoint is known from the start', groups: [seen('shared', 'cg_1', { deployed: false })], want: { says: 'True Found: "shared" is reached at d1.cloudfront.net', move: { is: 'settled' } } },
  { name: 'one that is not there', because: 'its id is wrong', groups: [seen('shared', 'cg_1'), seen('isolated', 'cg_2', 'gone')], want: { says: 'False ConnectionGroupNotFound: spec.connectionGroups "isolated": this AWS account has no connection group cg_2', move: person } },
  { name: 'a disabled one', because: 'nothing is served through it', groups: [seen('shared', 'cg_1', { enabled: false })], want: { says: 'False ConnectionGroupDisabled: connection group cg_1 ("shared") is disabled, so that nothing is served through it: enable it', move: person } },
  {
    name: 'one being deployed, and disabled before', because: 'it is enabled again, and does not serve before', groups: [seen('shared', 'cg_1', { deployed: false })], published: [{ name: 'shared', id: 'cg_1', state: 'Disabled' }],
    want: { says: 'False Deploying: CloudFront is deploying connection group cg_1 ("shared"), which was disabled and serves nothing before', move: { is: 'waiting', on: 'aws' } },
  },
  {
    name: 'a disabled one and one not there', because: 'both are said, the first gives the reason', groups: [seen('shared', 'cg_1', { enabled: false }), seen('isolated', 'cg_2', 'gone')],
    want: { says: 'False ConnectionGroupDisabled: connection group cg_1 ("shared") is disabled, so that nothing is served through it: enable it; spec.connectionGroups "isolated": this AWS account has no connection group cg_2', move: person },
  },
];

describe('groups that the tier only uses', () => {
  test.each(rows)('$name: $because', ({ groups, published, hasTenants, want }) => {
    const { condition: { type, status, reason, message }, move } = deciding(asking(groups.flatMap(existing), published, hasTenants), { used: groups });
    expect({ type, says: `${status} ${reason}: ${message}`, move }).toEqual({ type: 'ConnectionGroupsReady', ...want });
  });

  test('a failed read is not "not there"', () => {
    expect(planConnectionGroups({ is: 'absent' }, { known: false, failure: failure() }, noon)).toEqual({
      condition: { type: 'ConnectionGroupsReady', status: 'Unknown', reason: 'AWSError', message: 'call AWS: TimeoutError: no' }, move: { is: 'unseen', failure: failure() },
    });
  });

  test('are no concern of a tier that goes', () => {
    expect(planConnectionGroups({ is: 'absent' }, { known: true, value: groupsSeen() }, noon).move).toEqual({ is: 'gone' });
  });
});

describe('several groups', () => {
  const both = asking([managed('eu'), managed('us')]);
  const did = (decision: ReturnType<typeof deciding>) => actionsIn(decision).map(({ verb, name }) => `${verb} ${name}`);
  const [createEu] = actionsIn(deciding(both, {}));
  if (createEu === undefined) throw new Error('plan two groups that are not there: nothing is done');

  test('are made in one pass', () => {
    expect(did(deciding(both, {}))).toEqual(['CreateConnectionGroup eu', 'CreateConnectionGroup us']);
  });

  test('do not wait for one that failed: it is tried last', () => {
    expect(did(deciding(both, { refusals: [{ action: createEu, failure: failure(), at: ago(1000) }] }))).toEqual(['CreateConnectionGroup us', 'CreateConnectionGroup eu']);
  });

  test('do not wait for one that AWS has just refused: it is left out, and speaks', () => {
    const decision = deciding(both, { refusals: [{ action: createEu, failure: failure('blocked', 'EntityLimitExceeded'), at: ago(minutes(1)) }] });
    expect({ did: did(decision), says: decision.condition.message }).toEqual({ did: ['CreateConnectionGroup us'], says: 'call AWS: EntityLimitExceeded: no; connection group "us" is being created' });
  });

  test('are at rest when one of them was refused and the others are as they should be', () => {
    const decision = deciding(both, { own: [own('us')], refusals: [{ action: createEu, failure: failure('blocked', 'EntityLimitExceeded'), at: ago(minutes(1)) }] });
    expect(decision).toMatchObject({ condition: { status: 'False', message: 'call AWS: EntityLimitExceeded: no' }, move: { is: 'waiting', on: 'person', between: { minMs: minutes(9), maxMs: minutes(9) } } });
  });

  test('say after the actions what is true then', () => {
    const { move } = deciding(both, { own: [own('us')] });
    expect(move).toMatchObject({ afterwards: { status: 'False', reason: 'Deploying', message: 'connection group "eu" is made, and CloudFront is deploying it; its endpoint is published then' } });
  });

  test('wait for AWS while any of them does, whoever else is waited for', () => {
    expect(deciding(both, { own: [own('eu', { deployed: false })], strange: [{ name: 'us', group: { name: 'x', arn: 'arn:theirs' } }] }).move).toEqual({ is: 'waiting', on: 'aws' });
  });

  test('have a person mend what is wrong, and look after what retires meanwhile', () => {
    const there = { own: [own('eu'), own('old', {}, { usage: { known: true, value: { tenants: [], pointing: ['brand/shop'], unclear: [] } } })], strange: [{ name: 'us', group: { name: 'x', arn: 'arn:theirs' } }] };
    const { condition, move } = deciding(both, there);
    expect({ reason: condition.reason, move }).toEqual({ reason: 'NotOurs', move: { is: 'waiting', on: 'person', between: { minMs: 60_000, maxMs: 600_000 } } });
  });

  test('of which one retires are ready, and say so first', () => {
    const { condition } = deciding(asking([managed('eu')], [row('eu'), row('old', 'Retiring')]), { own: [own('eu'), own('old', {}, { usage: { known: true, value: { tenants: ['t-1'], pointing: [], unclear: [] } } })] });
    expect(`${condition.status} ${condition.reason}: ${condition.message}`).toBe(
      'True Retiring: connection group "old" (cg_old) is not in spec.connectionGroups any more, and goes on serving at old.cloudfront.net: distribution tenant t-1 is assigned to it; "eu" is reached at eu.cloudfront.net',
    );
  });
});
