import { describe, expect, test } from 'vitest';
import { connectionGroupObserver } from '../../../reconcilers/edge-tier/connection-group/observe.ts';
import { distributionObserver } from '../../../reconcilers/edge-tier/distribution/observe.ts';
import { hours, look } from '../builders.ts';
import { createStage, type Stage } from '../stage.ts';
import { address } from './connection-group/builders.ts';
import { groupsSeen } from './builders.ts';

describe('the distribution', () => {
  test('is read once, however many tiers and tenants ask', async () => {
    const stage = createStage();
    const { id, arn } = stage.simulator.operator.createDistribution({ parameters: [{ Name: 'path', Definition: { StringSchema: { Required: true } } }] });
    const observe = distributionObserver(stage.fleet);
    const [one] = await stage.landed(Promise.all([observe(id, look()), observe(id, look())]));
    expect(one).toEqual({ known: true, value: { id, arn, tenantOnly: true, enabled: true, deployed: true, certificateArn: undefined, parameters: [{ name: 'path', required: true, defaultValue: undefined }] } });
    expect(stage.asked()).toEqual(['GetDistribution']);
  });

  test('that is not there is seen not to be', async () => {
    const stage = createStage();
    await expect(stage.landed(distributionObserver(stage.fleet)('E1GONE', look()))).resolves.toEqual({ known: true, value: undefined });
  });

  test('that may not be read is not seen', async () => {
    const stage = createStage({ deniedActions: ['cloudfront:GetDistribution'] });
    await expect(stage.landed(distributionObserver(stage.fleet)('E1', look()))).resolves.toMatchObject({ known: false, failure: { kind: 'blocked', reason: 'AccessDenied' } });
  });
});

describe('the connection groups', () => {
  const observing = (stage: Stage, groups: Parameters<typeof address>[0] = []) => {
    const observe = connectionGroupObserver({ ...stage, groupLingerMs: 0 });
    return (over: Parameters<typeof look>[0] = {}) => stage.landed(observe(address(groups), look(over)));
  };

  test('are the ones that the tier names, under its names', async () => {
    const stage = createStage();
    const { id, arn, endpoint } = stage.simulator.operator.createConnectionGroup({ name: 'theirs' });
    const etag = stage.simulator.inspect.connectionGroups()[0]?.etag ?? '';
    const seen = await observing(stage, [{ name: 'shared', type: 'Existing', id }, { name: 'gone', type: 'Existing', id: 'cg_gone' }])();
    const used = [
      { name: 'shared', id, group: { id, arn, endpoint, etag, name: 'theirs', anycastIpListId: undefined, enabled: true, deployed: true, isDefault: false } },
      { name: 'gone', id: 'cg_gone', group: undefined },
    ];
    expect(seen).toEqual({ known: true, value: groupsSeen({ used }) });
  });

  test("are the account's default group where the tier names none", async () => {
    const stage = createStage();
    const observe = observing(stage);
    await expect(observe()).resolves.toEqual({ known: true, value: groupsSeen({ used: [{ name: 'default', id: undefined, group: undefined }] }) });
    const { id } = stage.simulator.operator.defaultConnectionGroup();
    await stage.clock.advance(5_001);
    await expect(observe()).resolves.toMatchObject({ known: true, value: { used: [{ name: 'default', id }] } });
    await stage.clock.advance(hours(1));
    await observe();
    expect(stage.asked()).toEqual(['ListConnectionGroups', 'ListConnectionGroups']);
  });

  test('cost a tier that has none of its own nothing but the list that all share', async () => {
    const stage = createStage();
    stage.simulator.operator.createConnectionGroup({ name: 'theirs' });
    const observe = observing(stage);
    await observe();
    await observe();
    expect(stage.asked()).toEqual(['ListConnectionGroups']);
  });
});
