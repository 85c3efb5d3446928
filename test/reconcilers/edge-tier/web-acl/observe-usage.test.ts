import { describe, expect, test } from 'vitest';
import { hashOfForm } from '../../../../reconcilers/edge-tier/web-acl/form.ts';
import { minutes, noon } from '../../builders.ts';
import { countryRule, formOfRules } from './builders.ts';
import { managed } from './form-specs.ts';
import { createWebAclStage, live, offices, putTenantOn, settled, tierRules, type WebAclStage } from './stage.ts';

describe('who uses them', () => {
  test('tenants are those that the list shows, whosever they are', async () => {
    const stage = await settled();
    const [first] = (await stage.ours()).acls;
    await putTenantOn(stage, 'theirs', first?.arn ?? '');
    await stage.listTenants();
    expect((await stage.ours()).acls.map(({ tenants }) => tenants)).toEqual([['theirs'], []]);
  });

  test('distributions take seats, are counted once a process, and again in a look at AWS itself', async () => {
    const stage = await settled();
    const [first] = (await stage.ours()).acls;
    const arn = first?.arn ?? '';
    stage.simulator.operator.createDistribution({ webAclArn: arn });
    expect((await stage.ours()).acls[0]?.foreign).toBe(0);
    expect((await stage.ours(live)).acls[0]).toMatchObject({ foreign: 1, isUsed: true });
    expect(stage.seats.others(arn, 't', [])).toBe(1);
    await stage.clock.advance(minutes(20));
    expect((await stage.ours()).acls[0]?.foreign).toBe(1);
  });

  test('AWS itself is asked about one that no tenant has by the list', async () => {
    const stage = await settled();
    const [first] = (await stage.ours(live)).acls;
    await putTenantOn(stage, 'theirs', first?.arn ?? '');
    expect((await stage.ours(live)).acls.map(({ tenants, isUsed }) => ({ tenants, isUsed }))).toEqual([{ tenants: [], isUsed: true }, { tenants: [], isUsed: false }]);
  });

  test('what CloudFront calls full is full', async () => {
    const stage = await settled();
    const [first] = (await stage.ours()).acls;
    stage.seats.refused(first?.arn ?? '', 0);
    expect((await stage.ours()).acls.map(({ isFull }) => isFull)).toEqual([true, false]);
  });

  test('what AWS refused to delete since it was in use is known by the time of that', async () => {
    const stage = await settled();
    const [first] = (await stage.ours()).acls;
    const action = { concern: 'WebACLReady', verb: 'DeleteWebACL', because: '', destroys: true, needs: 'live', arn: first?.arn } as const;
    const refusals = [{ action, failure: Object.assign(new Error('in use'), { kind: 'conflict', reason: 'InUse', code: 'WAFAssociatedItemException' }) as never, at: noon }];
    expect((await stage.ours({ refusals })).acls.map(({ refusedAt }) => refusedAt)).toEqual([noon, undefined]);
  });
});

describe('what rules take', () => {
  const checks = (stage: WebAclStage): number => stage.asked().filter((operation) => operation === 'CheckCapacity').length;

  test('is not asked before the IP sets are there', async () => {
    const stage = createWebAclStage(tierRules);
    expect((await stage.ours()).capacities).toEqual({});
    expect(checks(stage)).toBe(0);
  });

  test('is asked once for rules that no web ACL has', async () => {
    const stage = createWebAclStage(managed(countryRule('a')));
    const hash = hashOfForm(formOfRules({ name: 'a' }));
    expect([(await stage.ours()).capacities, (await stage.ours(live)).capacities]).toEqual([{ [hash]: { known: true, value: 1 } }, { [hash]: { known: true, value: 1 } }]);
    expect(checks(stage)).toBe(1);
  });

  test('is not asked for rules that a web ACL has', async () => {
    const stage = await settled();
    expect((await stage.ours()).capacities).toEqual({});
  });

  test('is asked for the copies too, where rules count first', async () => {
    const stage = await settled();
    const change = { ...managed(offices, countryRule('a'), countryRule('b')), rollout: { pauseSeconds: 60, observe: true } };
    const { capacities } = await stage.ours({ webAcl: { type: 'Managed', managed: change } });
    expect(Object.values(capacities)).toEqual([{ known: true, value: 4 }, { known: true, value: 4 }]);
  });

  test('is an open question for two minutes where AWS knows no such rule group, then a refusal that is not asked for again at once', async () => {
    const stage = createWebAclStage(managed({ name: 'common', type: 'ManagedRuleGroup', managedRuleGroup: { vendor: 'AWS', name: 'NoSuchRuleSet' } }));
    const kind = async (): Promise<string> => {
      const [answer] = Object.values((await stage.ours()).capacities);
      return answer?.known === false ? answer.failure.kind : 'known';
    };
    const kinds = [await kind()];
    await stage.clock.advance(minutes(2));
    kinds.push(await kind());
    await stage.clock.advance(minutes(9));
    kinds.push(await kind());
    expect([kinds, checks(stage)]).toEqual([['conflict', 'blocked', 'blocked'], 2]);
    await stage.clock.advance(minutes(2));
    await kind();
    expect(checks(stage)).toBe(1);
  });
});
