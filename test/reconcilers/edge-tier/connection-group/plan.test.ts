import { describe, expect, test } from 'vitest';
import { planConnectionGroups, type GroupSeen } from '../../../../reconcilers/edge-tier/connection-group/plan.ts';
import { failure } from '../../builders.ts';
import { groupSummary } from '../builders.ts';

const seen = (name: string, id: string | undefined, over: Parameters<typeof groupSummary>[0] | 'gone' = {}): GroupSeen => ({ name, id, group: over === 'gone' ? undefined : groupSummary({ id: id ?? '', ...over }) });

type Row = { readonly name: string; readonly because: string; readonly groups: readonly GroupSeen[]; readonly want: { readonly says: string; readonly move: object } };
const person = { is: 'waiting', on: 'person' } as const;
const rows: readonly Row[] = [
  { name: 'the default group', because: 'it is published as such', groups: [seen('default', 'cg_1')], want: { says: 'True Found: "default" is reached at d1.cloudfront.net', move: { is: 'settled' } } },
  { name: 'no default group yet', because: 'CloudFront makes it with the first tenant', groups: [seen('default', undefined, 'gone')], want: { says: 'False NoDefaultConnectionGroup: the account has no default connection group yet: CloudFront makes it with the first tenant; or name a group in spec.connectionGroups', move: { is: 'waiting', on: 'aws' } } },
  { name: 'two groups', because: 'each has an endpoint', groups: [seen('shared', 'cg_1'), seen('isolated', 'cg_2', { endpoint: 'd2.cloudfront.net' })], want: { says: 'True Found: "shared" is reached at d1.cloudfront.net; "isolated" is reached at d2.cloudfront.net', move: { is: 'settled' } } },
  { name: 'one being deployed', because: 'its endpoint is known from the start', groups: [seen('shared', 'cg_1', { deployed: false })], want: { says: 'True Found: "shared" is reached at d1.cloudfront.net', move: { is: 'settled' } } },
  { name: 'one that is not there', because: 'its id is wrong', groups: [seen('shared', 'cg_1'), seen('isolated', 'cg_2', 'gone')], want: { says: 'False ConnectionGroupNotFound: spec.connectionGroups "isolated": this AWS account has no connection group cg_2', move: person } },
  { name: 'a disabled one', because: 'nothing is served through it', groups: [seen('shared', 'cg_1', { enabled: false })], want: { says: 'False ConnectionGroupDisabled: connection group cg_1 ("shared") is disabled, so that nothing is served through it: enable it', move: person } },
  {
    name: 'a disabled one and one not there', because: 'both are said, the first gives the reason', groups: [seen('shared', 'cg_1', { enabled: false }), seen('isolated', 'cg_2', 'gone')],
    want: { says: 'False ConnectionGroupDisabled: connection group cg_1 ("shared") is disabled, so that nothing is served through it: enable it; spec.connectionGroups "isolated": this AWS account has no connection group cg_2', move: person },
  },
];

describe('planConnectionGroups', () => {
  test.each(rows)('$name: $because', ({ groups, want }) => {
    const { condition: { type, status, reason, message }, move } = planConnectionGroups({ known: true, value: groups });
    expect({ type, says: `${status} ${reason}: ${message}`, move }).toEqual({ type: 'ConnectionGroupsReady', ...want });
  });

  test('a failed read is not "not there"', () => {
    expect(planConnectionGroups({ known: false, failure: failure() })).toEqual({
      condition: { type: 'ConnectionGroupsReady', status: 'Unknown', reason: 'AWSError', message: 'call AWS: TimeoutError: no' }, move: { is: 'unseen', failure: failure() },
    });
  });
});
