import { describe, expect, test } from 'vitest';
import type { ConnectionGroupStatus } from '../../../../crds/types.ts';
import type { OwnGroup, Usage } from '../../../../reconcilers/edge-tier/connection-group/connection-group.ts';
import { planConnectionGroups } from '../../../../reconcilers/edge-tier/connection-group/plan.ts';
import type { ConnectionGroupSummary } from '../../../../reconcilers/ports/fleet.ts';
import { actionsIn, failure, noon } from '../../builders.ts';
import { groupsSeen } from '../builders.ts';
import { asking, own, row, unused } from './builders.ts';

const used = (usage: Partial<Usage>, over: Partial<ConnectionGroupSummary> = {}): OwnGroup => own('old', over, { usage: { known: true, value: { ...unused, ...usage } } });

const deciding = (group: OwnGroup, published: readonly ConnectionGroupStatus[] | 'deleted' = [row('old', 'Retiring')]) =>
  planConnectionGroups(published === 'deleted' ? { is: 'absent' } : { is: 'present', spec: asking([], published) }, { known: true, value: groupsSeen({ own: [group] }) }, noon);

const slowly = { is: 'waiting', on: 'customer', between: { minMs: 60_000, maxMs: 600_000 } };
const named = 'connection group "old" (cg_old) is not in spec.connectionGroups any more, and ';
const asked = 'have them change the records to what their status.dnsRecords says';
const rest = '; "default" is reached at d1.cloudfront.net';
const six = ['a/1', 'a/2', 'a/3', 'a/4', 'a/5', 'a/6'];

type Row = { readonly name: string; readonly because: string; readonly group: OwnGroup; readonly published?: readonly ConnectionGroupStatus[]; readonly says: string; readonly does: readonly string[] | object };
const rows: readonly Row[] = [
  { name: 'with a tenant', because: 'it is served there', group: used({ tenants: ['t-1'] }), says: `${named}goes on serving at old.cloudfront.net: distribution tenant t-1 is assigned to it`, does: slowly },
  { name: 'that customers\' DNS leads to', because: 'they would be down', group: used({ pointing: six }), says: `${named}goes on serving at old.cloudfront.net: DNS of a/1, a/2, a/3, a/4, a/5 and 1 more still points at it: ${asked}`, does: slowly },
  { name: 'that DNS may lead to', because: 'a question that failed is no no', group: used({ unclear: ['a/1'] }), says: `${named}goes on serving at old.cloudfront.net: DNS of a/1 cannot be read and may point at it: it is asked again`, does: slowly },
  { name: 'that nobody needs, and tenants have not heard of it', because: 'one may just be placed in it', group: used({}), published: [row('old')], says: `${named}nobody uses it: it is disabled and deleted after a minute`, does: slowly },
  { name: 'that nobody needs', because: 'AWS deletes only what is disabled', group: used({}), says: `${named}nobody uses it: CloudFront is disabling it before it is deleted`, does: ['DisableConnectionGroup'] },
  { name: 'disabled, and not yet deployed', because: 'the edges still serve it', group: used({}, { enabled: false, deployed: false }), says: `${named}nobody uses it: CloudFront is disabling it before it is deleted`, does: { is: 'waiting', on: 'aws' } },
  { name: 'disabled', because: 'it can be deleted now', group: used({}, { enabled: false }), says: `${named}is being deleted`, does: ['DeleteConnectionGroup'] },
  { name: 'disabled, and used after all', because: 'whoever uses it is down', group: used({ pointing: ['a/1'] }, { enabled: false }), says: `${named}is kept, disabled, at old.cloudfront.net: DNS of a/1 still points at it: ${asked}`, does: ['UpdateConnectionGroup'] },
  { name: 'disabled, and perhaps used', because: 'a question that failed changes nothing', group: used({ unclear: ['a/1'] }, { enabled: false }), says: `${named}is kept, disabled, at old.cloudfront.net: DNS of a/1 cannot be read and may point at it: it is asked again`, does: slowly },
];

describe('a group of the tier\'s own that the spec has no longer', () => {
  test.each(rows)('$name: $because', ({ group, published, says, does }) => {
    const decision = deciding(group, published);
    const { condition: { status, reason, message }, move } = decision;
    expect({ says: `${status} ${reason}: ${message}`, does: move.is === 'acting' ? actionsIn(decision).map(({ verb }) => verb) : move }).toEqual({ says: `True Retiring: ${says}${rest}`, does });
  });

  test.each([
    { verb: 'DisableConnectionGroup', group: used({}, { etag: 'E7', anycastIpListId: 'aip_1' }), want: { config: { ipv6: true, anycastIpListId: 'aip_1' } } },
    { verb: 'DeleteConnectionGroup', group: used({}, { etag: 'E7', enabled: false }), want: {} },
  ])('$verb is done from a look at AWS itself, and from the version seen there (R5, R6)', ({ verb, group, want }) => {
    expect(actionsIn(deciding(group))).toMatchObject([{ verb, name: 'old', id: 'cg_old', etag: 'E7', destroys: true, needs: 'live', ...want }]);
  });

  test('stays where nobody can say who uses it', () => {
    expect(deciding(own('old', {}, { usage: { known: false, failure: failure() } })).move).toEqual({ is: 'unseen', failure: failure() });
  });
});

describe('a group of a tier that is being deleted', () => {
  const told = (group: OwnGroup) => {
    const decision = deciding(group, 'deleted');
    return `${decision.condition.status} ${decision.condition.reason} ${decision.move.is} ${actionsIn(decision).map(({ verb }) => verb).join()}`.trim();
  };
  test.each([
    { name: 'in use', group: used({ pointing: ['a/1'] }), want: 'False InUse waiting' },
    { name: 'in use by nobody', group: used({}), want: 'False Deleting acting DisableConnectionGroup' },
    { name: 'disabled', group: used({}, { enabled: false }), want: 'False Deleting acting DeleteConnectionGroup' },
  ])('$name: $want', ({ group, want }) => {
    expect(told(group)).toBe(want);
  });
});

test('a group that nobody uses any more goes on serving for as long as resolvers may lead to it, unless its tier goes', () => {
  const quiet = used({ cachedUntil: new Date(noon.getTime() + 60_000) });
  const passed = used({ cachedUntil: noon });
  expect([deciding(quiet), deciding(quiet, 'deleted'), deciding(passed)].map(({ move }) => move.is)).toEqual(['waiting', 'acting', 'acting']);
  expect(deciding(quiet).condition.message).toContain('nobody uses it any more: it goes on serving at');
});
