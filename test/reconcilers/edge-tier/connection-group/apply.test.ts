import { describe, expect, test } from 'vitest';
import { applyConnectionGroup } from '../../../../reconcilers/edge-tier/connection-group/apply.ts';
import { type ConnectionGroupAction, groupNameOf, type GroupConfig } from '../../../../reconcilers/edge-tier/connection-group/connection-group.ts';
import { signal } from '../../builders.ts';
import { createStage, type Stage } from '../../stage.ts';
import { orderOf, tierOwner } from './builders.ts';

const base = { concern: 'ConnectionGroupsReady', because: '', name: 'eu', needs: 'live', destroys: false } as const;
const plain: GroupConfig = { ipv6: true, anycastIpListId: undefined };
const there = ({ simulator }: Stage) => simulator.inspect.connectionGroups().find(({ name }) => name === groupNameOf(tierOwner, 'eu'));
const version = (stage: Stage) => ({ id: there(stage)?.id ?? '', etag: there(stage)?.etag ?? '' });
const applying = (stage: Stage, action: ConnectionGroupAction) => stage.landed(applyConnectionGroup(stage, tierOwner, action, signal));
const create = (config: Partial<GroupConfig> = {}): ConnectionGroupAction => ({ ...base, verb: 'CreateConnectionGroup', config: { ...plain, ...config } });

const verbs = ['UpdateConnectionGroup', 'DisableConnectionGroup', 'DeleteConnectionGroup'] as const;
const changing = (stage: Stage, verb: (typeof verbs)[number], config: Partial<GroupConfig> = {}): ConnectionGroupAction => ({ ...base, ...version(stage), verb, config: { ...plain, ...config }, dropsList: false });

/** What the fleet knows of the group, without asking. */
const known = ({ fleet }: Stage) => fleet.connectionGroups.known('name', groupNameOf(tierOwner, 'eu'));

const stageWith = (over: { readonly enabled?: boolean } = {}): Stage => {
  const stage = createStage();
  stage.simulator.operator.createConnectionGroup({ ...orderOf('eu'), ...over });
  return stage;
};

describe('a create', () => {
  test('gives the group its name, its settings and our tags, and tells the fleet', async () => {
    const stage = createStage();
    await applying(stage, create({ ipv6: false }));
    expect(there(stage)).toMatchObject({ enabled: true, ipv6: false, tags: { 'tenantedge.dev/installation': 'test', 'tenantedge.dev/owner': '/gold', 'tenantedge.dev/uid': 'uid-1' } });
    expect(known(stage)).toMatchObject([{ ...version(stage), enabled: true, deployed: false }]);
  });

  test('needs no reading of tags afterwards: this process made it', async () => {
    const stage = createStage();
    await applying(stage, create());
    await expect(stage.marks.of(there(stage)?.arn ?? '', signal)).resolves.toEqual(tierOwner);
    expect(stage.asked()).toEqual(['CreateConnectionGroup']);
  });

  test('whose answer was lost finds the name taken, and the next look tells whose it is (R2)', async () => {
    const stage = createStage();
    stage.simulator.faults.next({ operation: 'CreateConnectionGroup' }, 'lost');
    await expect(applying(stage, create())).rejects.toMatchObject({ kind: 'transient' });
    await expect(applying(stage, create())).rejects.toMatchObject({ kind: 'conflict', reason: 'NameTaken' });
    expect(stage.simulator.inspect.connectionGroups()).toHaveLength(1);
  });

  test('beyond the quota is for a person', async () => {
    const stage = createStage({ maxConnectionGroups: 0 });
    await expect(applying(stage, create())).rejects.toMatchObject({ kind: 'blocked', reason: 'QuotaExceeded' });
  });
});

describe('an Anycast list', () => {
  const wrong = { kind: 'blocked', reason: 'InvalidRequest', message: 'spec.connectionGroups "eu".managed.anycastIpListId: this AWS account has no Anycast static IP list aip_1: correct it, or have the list made' };

  test('that is not there is named, making a group', async () => {
    await expect(applying(createStage(), create({ anycastIpListId: 'aip_1' }))).rejects.toMatchObject(wrong);
  });

  test('that is not there is named, updating a group', async () => {
    const stage = stageWith();
    await expect(applying(stage, changing(stage, 'UpdateConnectionGroup', { anycastIpListId: 'aip_1' }))).rejects.toMatchObject(wrong);
  });

  test('that CloudFront keeps is told, and the answer is kept all the same', async () => {
    const stage = stageWith();
    const keeping: Stage = {
      ...stage,
      aws: {
        ...stage.aws,
        updateConnectionGroup: async (input, ending) => {
          const answer = await stage.aws.updateConnectionGroup(input, ending);
          return { ...answer, ConnectionGroup: { ...answer.ConnectionGroup, AnycastIpListId: 'aip_1' } };
        },
      },
    };
    await expect(applying(keeping, changing(stage, 'UpdateConnectionGroup'))).rejects.toMatchObject({ kind: 'blocked', code: 'SettingNotTaken' });
    expect(known(stage)).toMatchObject([{ etag: there(stage)?.etag, anycastIpListId: 'aip_1' }]);
  });

  test.each([{ dropsList: true, want: '' }, { dropsList: false, want: undefined }])('is taken off by an empty string, and only then: $dropsList', async ({ dropsList, want }) => {
    const stage = stageWith();
    await applying(stage, { ...base, ...version(stage), verb: 'UpdateConnectionGroup', config: plain, dropsList });
    expect(stage.simulator.log.findLast(({ operation }) => operation === 'UpdateConnectionGroup')?.input['AnycastIpListId']).toBe(want);
  });
});

describe('a change', () => {
  test('sets everything, and enables', async () => {
    const stage = stageWith({ enabled: false });
    await applying(stage, changing(stage, 'UpdateConnectionGroup', { ipv6: false }));
    expect(there(stage)).toMatchObject({ enabled: true, ipv6: false });
    expect(known(stage)).toMatchObject([{ etag: there(stage)?.etag, enabled: true }]);
  });

  test('disables, with the settings as they are', async () => {
    const stage = stageWith();
    await applying(stage, changing(stage, 'DisableConnectionGroup', { ipv6: false }));
    expect(there(stage)).toMatchObject({ enabled: false, ipv6: false });
    expect(known(stage)).toMatchObject([{ enabled: false }]);
  });

  test('deletes, and one that is gone already counts as deleted', async () => {
    const stage = stageWith({ enabled: false });
    const action = changing(stage, 'DeleteConnectionGroup');
    await applying(stage, action);
    await applying(stage, action);
    expect({ there: there(stage), known: known(stage) }).toEqual({ there: undefined, known: [] });
  });

  test.each(verbs)('%s from a stale version is a conflict, and changes nothing (R5)', async (verb) => {
    const stage = stageWith({ enabled: false });
    const action = changing(stage, verb);
    await stage.simulator.call('cloudfront', 'UpdateConnectionGroup', { Id: there(stage)?.id, IfMatch: there(stage)?.etag, Ipv6Enabled: false }, 'somebody');
    const before = there(stage);
    await expect(applying(stage, action)).rejects.toMatchObject({ kind: 'conflict' });
    expect(there(stage)).toEqual(before);
  });

  test('deletes nothing that AWS says is in use', async () => {
    const stage = stageWith({ enabled: false });
    stage.simulator.faults.next({ operation: 'DeleteConnectionGroup' }, { name: 'CannotDeleteEntityWhileInUse', status: 409 });
    await expect(applying(stage, changing(stage, 'DeleteConnectionGroup'))).rejects.toMatchObject({ kind: 'unsettled', reason: 'InUse' });
    expect(known(stage)).toEqual([]);
    expect(there(stage)).toBeDefined();
  });
});
