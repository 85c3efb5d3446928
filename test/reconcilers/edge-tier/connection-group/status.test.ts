import { describe, expect, test } from 'vitest';
import type { ConnectionGroupStatus } from '../../../../crds/types.ts';
import type { Groups } from '../../../../reconcilers/edge-tier/connection-group/connection-group.ts';
import { connectionGroupRows } from '../../../../reconcilers/edge-tier/connection-group/plan.ts';
import { failure } from '../../builders.ts';
import { groupSummary, groupsSeen } from '../builders.ts';
import { own, row } from './builders.ts';

const { endpoint: _, ...unpublished } = row('eu');
const shared = groupSummary({ id: 'cg_s' });
const rowOfShared = { name: 'shared', id: 'cg_s', arn: shared.arn, endpoint: shared.endpoint, state: 'Active' } as const;

type Row = { readonly name: string; readonly because: string; readonly there: Partial<Groups>; readonly before?: readonly ConnectionGroupStatus[]; readonly want: readonly ConnectionGroupStatus[] };
const eu = (over: Parameters<typeof own>[1] = {}, managed: readonly string[] = ['eu']) => ({ managed, own: [own('eu', over)] });
const rows: readonly Row[] = [
  { name: 'the default group', because: 'tenants use it', there: groupsSeen(), want: [{ name: 'default', id: 'cg_1', arn: groupSummary().arn, endpoint: 'd1.cloudfront.net', state: 'Active' }] },
  { name: 'an Existing group', because: 'tenants use it', there: { used: [{ name: 'shared', id: 'cg_s', group: shared }] }, want: [rowOfShared] },
  { name: 'an Existing group that is not there', because: 'an id of the past misleads', there: { used: [{ name: 'shared', id: 'cg_s', group: undefined }] }, before: [rowOfShared], want: [] },
  { name: 'an Existing group that somebody disabled', because: 'tenants are told that nothing is served through it', there: { used: [{ name: 'shared', id: 'cg_s', group: { ...shared, enabled: false } }] }, before: [rowOfShared], want: [{ ...rowOfShared, state: 'Disabled' }] },
  { name: 'an Existing group that is enabled again, and being deployed', because: 'nothing is served through it before', there: { used: [{ name: 'shared', id: 'cg_s', group: { ...shared, deployed: false } }] }, before: [{ ...rowOfShared, state: 'Disabled' }], want: [{ ...rowOfShared, state: 'Disabled' }] },
  { name: 'an Existing group with other settings, being deployed', because: 'it serves as before', there: { used: [{ name: 'shared', id: 'cg_s', group: { ...shared, deployed: false } }] }, before: [rowOfShared], want: [rowOfShared] },
  { name: 'a group that is yet to be made', because: 'it tells a later pass to look for it', there: { managed: ['eu'] }, want: [{ name: 'eu', state: 'Active' }] },
  { name: 'a group being deployed for the first time', because: 'no tenant may use it yet', there: eu({ deployed: false }), want: [unpublished] },
  { name: 'a deployed group', because: 'tenants use it from now on', there: eu(), before: [unpublished], want: [row('eu')] },
  { name: 'a group being deployed again', because: 'its tenants go on being served', there: eu({ deployed: false }), before: [row('eu')], want: [row('eu')] },
  { name: 'a group that somebody disabled', because: 'it is being enabled, and its tenants stay', there: eu({ enabled: false }), before: [row('eu')], want: [row('eu')] },
  { name: 'another group of that name', because: 'its predecessor was published, not it', there: eu({ id: 'cg_2', deployed: false }), before: [row('eu')], want: [{ ...unpublished, id: 'cg_2' }] },
  { name: 'a group that the spec has no longer', because: 'nobody new may use it', there: eu({}, []), before: [row('eu')], want: [row('eu', 'Retiring')] },
  { name: 'a group that is in the spec again, and disabled', because: 'nothing is served through it', there: eu({ enabled: false, deployed: false }), before: [row('eu', 'Retiring')], want: [unpublished] },
  { name: 'a group that retires and has left its name to another', because: 'a name is told once', there: { ...eu({}, []), used: [{ name: 'eu', id: 'cg_s', group: shared }] }, want: [{ ...rowOfShared, name: 'eu' }, { ...row('eu', 'Retiring'), name: 'cg_eu' }] },
];

describe('status.connectionGroups', () => {
  test.each(rows)('$name: $because', ({ there, before, want }) => {
    expect(connectionGroupRows({ known: true, value: groupsSeen({ used: [], ...there }) }, before)).toEqual(want);
  });

  test('keeps what was seen where nothing could be read', () => {
    expect(connectionGroupRows({ known: false, failure: failure() }, [row('eu')])).toEqual([row('eu')]);
  });

  test('has no more rows than the schema takes', () => {
    const many = Array.from({ length: 25 }, (_each, index) => own(`old-${index}`));
    expect(connectionGroupRows({ known: true, value: groupsSeen({ own: many }) }, undefined)).toHaveLength(20);
  });
});
