import { describe, expect, test } from 'vitest';
import type { ConnectionGroup, ConnectionGroupStatus } from '../../../../crds/types.ts';
import type { Groups } from '../../../../reconcilers/edge-tier/connection-group/connection-group.ts';
import { planConnectionGroups } from '../../../../reconcilers/edge-tier/connection-group/plan.ts';
import { Failure } from '../../../../reconcilers/failure.ts';
import { actionsIn, ago, minutes, noon } from '../../builders.ts';
import { groupsSeen } from '../builders.ts';
import { asking, managed, own, ownSummary, row } from './builders.ts';

type Given = { readonly wanted?: ConnectionGroup; readonly published?: readonly ConnectionGroupStatus[]; readonly there?: Partial<Groups> };

const deciding = ({ wanted = managed('eu'), published = [], there = {} }: Given) =>
  planConnectionGroups({ is: 'present', spec: asking([wanted], published) }, { known: true, value: groupsSeen({ used: [], managed: ['eu'], ...there }) }, noon);

type Row = { readonly name: string; readonly because: string; readonly given: Given; readonly says: string; readonly does: readonly string[] | object };
const told = { published: [row('eu')] };
const rows: readonly Row[] = [
  { name: 'not there', because: 'it is made', given: {}, says: 'False Creating: connection group "eu" is being created', does: ['create connection group "eu"'] },
  {
    name: 'not there any more', because: 'customers must be told another endpoint', given: told,
    says: 'False Creating: connection group "eu" is being created: cg_eu was there before, and is gone with its endpoint eu.cloudfront.net',
    does: ['create connection group "eu": cg_eu was there before, and is gone with its endpoint eu.cloudfront.net'],
  },
  {
    name: 'made, and being deployed for the first time', because: 'nothing is served through it yet', given: { there: { own: [own('eu', { deployed: false })] } },
    says: 'False Deploying: CloudFront is deploying connection group "eu" (cg_eu); its endpoint is published then', does: { is: 'waiting', on: 'aws' },
  },
  { name: 'deployed', because: 'it can be used', given: { there: { own: [own('eu')] } }, says: 'True Found: "eu" is reached at eu.cloudfront.net', does: { is: 'settled' } },
  {
    name: 'being deployed again', because: 'it serves as before', given: { ...told, there: { own: [own('eu', { deployed: false })] } },
    says: 'True Deploying: CloudFront is deploying connection group "eu" (cg_eu), and it goes on serving at eu.cloudfront.net', does: { is: 'waiting', on: 'aws' },
  },
  {
    name: 'with other settings', because: 'they are changed in place, and it serves as before', given: { ...told, wanted: managed('eu', { ipv6: false, anycastIpListId: 'aip_1' }), there: { own: [own('eu')] } },
    says: 'True Updating: connection group "eu" (cg_eu) is being updated: ipv6 true -> false; anycastIpListId none -> aip_1', does: ['update connection group "eu" (cg_eu): ipv6 true -> false; anycastIpListId none -> aip_1'],
  },
  {
    name: 'that somebody disabled', because: 'the tier wants it served', given: { ...told, there: { own: [own('eu', { enabled: false })] } },
    says: 'False Updating: connection group "eu" (cg_eu) is being updated: enabled false -> true', does: ['update connection group "eu" (cg_eu): enabled false -> true'],
  },
  {
    name: 'with a name that somebody else took', because: 'it is not ours', given: { there: { strange: [{ name: 'eu', group: ownSummary('eu') }] } },
    says: `False NotOurs: spec.connectionGroups "eu": a connection group named ${ownSummary('eu').name} exists (${ownSummary('eu').arn}) without this tier's tags: it is left alone; have its owner delete it, or choose another name here`,
    does: { is: 'waiting', on: 'person' },
  },
  { name: 'in the spec again, before it was disabled', because: 'it serves', given: { published: [row('eu', 'Retiring')], there: { own: [own('eu')] } }, says: 'True Found: "eu" is reached at eu.cloudfront.net', does: { is: 'settled' } },
  {
    name: 'in the spec again, after it was disabled', because: 'it is enabled, and keeps its endpoint', given: { published: [row('eu', 'Retiring')], there: { own: [own('eu', { enabled: false, deployed: false })] } },
    says: 'False Updating: connection group "eu" (cg_eu) is being updated: enabled false -> true', does: ['update connection group "eu" (cg_eu): enabled false -> true'],
  },
];

describe('a group of the tier\'s own', () => {
  test.each(rows)('$name: $because', ({ given, says, does }) => {
    const decision = deciding(given);
    const { condition: { status, reason, message }, move } = decision;
    expect({ says: `${status} ${reason}: ${message}`, does: move.is === 'acting' ? actionsIn(decision).map(({ because }) => because) : move }).toEqual({ says, does });
  });

  test('is told all its settings with each update, and that it shall be enabled from the version that was seen', () => {
    const given: Given = { wanted: managed('eu', { ipv6: false }), there: { own: [own('eu', { etag: 'E7', anycastIpListId: 'aip_1' })] } };
    expect(actionsIn(deciding(given))).toMatchObject([{ verb: 'UpdateConnectionGroup', id: 'cg_eu', etag: 'E7', config: { ipv6: false, anycastIpListId: undefined }, dropsList: true, destroys: false, needs: 'live' }]);
  });

  test('is not updated for ever where CloudFront takes the update and keeps the setting, until something else is asked for', () => {
    const given: Given = { there: { own: [own('eu', { anycastIpListId: 'aip_1' })] } };
    const [action] = actionsIn(deciding(given));
    if (action === undefined) throw new Error('plan a group with an Anycast list too many: nothing is done');
    const refusal = { action, failure: new Failure({ kind: 'blocked', reason: 'InvalidRequest', code: 'SettingNotTaken', message: 'it keeps it' }), at: ago(minutes(1)) };
    const moved = { own: [own('eu', { etag: 'E8', anycastIpListId: 'aip_1' })], refusals: [refusal] };
    expect(deciding({ there: moved })).toMatchObject({ condition: { status: 'False', reason: 'InvalidRequest', message: 'it keeps it' }, move: { is: 'waiting', on: 'person' } });
    expect(deciding({ there: moved, wanted: managed('eu', { ipv6: false }) }).move.is).toBe('acting');
  });
});
