import { describe, expect, test } from 'vitest';
import { connectionGroupObserver } from '../../../reconcilers/edge-tier/connection-group/observe.ts';
import { distributionObserver } from '../../../reconcilers/edge-tier/distribution/observe.ts';
import { webAclObserver } from '../../../reconcilers/edge-tier/web-acl/observe.ts';
import { look } from '../builders.ts';
import { createStage } from '../stage.ts';

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
  test('are the ones that the tier names, under its names', async () => {
    const stage = createStage();
    const { id, arn, endpoint } = stage.simulator.operator.createConnectionGroup({ name: 'theirs' });
    const seen = await stage.landed(connectionGroupObserver(stage.fleet)([{ name: 'shared', type: 'Existing', id }, { name: 'gone', type: 'Existing', id: 'cg_gone' }], look()));
    expect(seen).toEqual({
      known: true,
      value: [
        { name: 'shared', id, group: { id, arn, endpoint, name: 'theirs', enabled: true, deployed: true, isDefault: false } },
        { name: 'gone', id: 'cg_gone', group: undefined },
      ],
    });
  });

  test("are the account's default group where the tier names none", async () => {
    const stage = createStage();
    const observe = connectionGroupObserver(stage.fleet);
    await expect(stage.landed(observe([], look()))).resolves.toEqual({ known: true, value: [{ name: 'default', id: undefined, group: undefined }] });
    const { id } = stage.simulator.operator.defaultConnectionGroup();
    await stage.clock.advance(1);
    await expect(stage.landed(observe([], look({ notBefore: stage.now() })))).resolves.toMatchObject({ known: true, value: [{ name: 'default', id }] });
  });
});

describe('the web ACL', () => {
  const found = { known: true, value: true } as const;

  test('is not asked for where the tier names none', async () => {
    const stage = createStage();
    await expect(webAclObserver(stage.aws)({ type: 'Inherit' }, look())).resolves.toEqual(found);
    expect(stage.asked()).toEqual([]);
  });

  test('is asked for once, and again when AWS itself is to be looked at', async () => {
    const stage = createStage();
    const { arn } = stage.simulator.operator.createWebACL({ name: 'x' });
    const observe = webAclObserver(stage.aws);
    const answers = [await observe({ type: 'Existing', arn }, look()), await observe({ type: 'Existing', arn }, look()), await observe({ type: 'Existing', arn }, look({ depth: 'live' }))];
    expect(answers).toEqual([found, found, found]);
    expect(stage.asked()).toEqual(['GetWebACL', 'GetWebACL']);
  });

  test('that was deleted is asked for each time, until it is there again', async () => {
    const stage = createStage();
    const { arn } = stage.simulator.operator.createWebACL({ name: 'x' });
    const observe = webAclObserver(stage.aws);
    await observe({ type: 'Existing', arn }, look());
    stage.simulator.operator.deleteWebACL(arn);
    const answers = [await observe({ type: 'Existing', arn }, look({ depth: 'live' })), await observe({ type: 'Existing', arn }, look())];
    expect(answers).toEqual([{ known: true, value: false }, { known: true, value: false }]);
    expect(stage.asked()).toEqual(['GetWebACL', 'GetWebACL', 'GetWebACL']);
  });
});
