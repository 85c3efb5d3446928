import { describe, expect, test } from 'vitest';
import type { WebACLRule } from '../../../../crds/types.ts';
import { hashOfForm } from '../../../../reconcilers/edge-tier/web-acl/form.ts';
import { webAclObserver } from '../../../../reconcilers/edge-tier/web-acl/observe.ts';
import { look, minutes, noon } from '../../builders.ts';
import { countryRule, formOfRules, tierOwner } from './builders.ts';
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

  test('distributions take seats, and are counted anew after ten minutes, or in a look at AWS itself where the list shows no tenant', async () => {
    const stage = await settled();
    const [first] = (await stage.ours()).acls;
    const arn = first?.arn ?? '';
    stage.simulator.operator.createDistribution({ webAclArn: arn });
    expect((await stage.ours()).acls[0]?.foreign).toBe(0);
    expect((await stage.ours(live)).acls[0]).toMatchObject({ foreign: 1, isUsed: true });
    expect(stage.seats.others(arn, 't', [])).toBe(1);
    stage.simulator.operator.createDistribution({ webAclArn: arn });
    await stage.clock.advance(minutes(10) - 1);
    const counts = [(await stage.ours()).acls[0]?.foreign];
    await stage.clock.advance(1);
    counts.push((await stage.ours()).acls[0]?.foreign);
    expect(counts).toEqual([1, 2]);
  });

  test('AWS itself is asked about one that no tenant has by the list', async () => {
    const stage = await settled();
    const [first] = (await stage.ours(live)).acls;
    await putTenantOn(stage, 'theirs', first?.arn ?? '');
    expect((await stage.ours(live)).acls.map(({ tenants, isUsed }) => ({ tenants, isUsed }))).toEqual([{ tenants: [], isUsed: true }, { tenants: [], isUsed: false }]);
  });

  test('who has left one is leaving it until CloudFront has deployed that, or is gone', async () => {
    const stage = await settled();
    const [first] = (await stage.ours()).acls;
    for (const name of ['moves', 'goes']) await putTenantOn(stage, name, first?.arn ?? '');
    await stage.listTenants();
    const leaving = async () => (await stage.ours()).acls[0]?.leaving;
    const seen = [await leaving()];
    stage.simulator.knobs.tenantDeployMs = [minutes(5), minutes(5)];
    for (const { name, customizations } of stage.simulator.inspect.tenants()) stage.simulator.operator.editTenant(name, { Customizations: { ...customizations, WebAcl: { Action: 'disable' } } });
    await stage.clock.advance(1000);
    await stage.listTenants();
    seen.push(await leaving());
    stage.fleet.tenants.drop('goes');
    seen.push(await leaving());
    await stage.clock.advance(minutes(5));
    await stage.listTenants();
    seen.push(await leaving());
    expect(seen).toEqual([[], ['goes', 'moves'], ['moves'], []]);
  });

  test('whoever is being deployed when a process begins may just have left', async () => {
    const stage = await settled();
    stage.simulator.knobs.tenantDeployMs = [minutes(5), minutes(5)];
    await putTenantOn(stage, 'fresh', stage.simulator.operator.createWebACL({ name: 'theirs' }).arn);
    await stage.listTenants();
    const begun = webAclObserver(stage);
    const seen = await stage.landed(begun({ owner: tierOwner, webAcl: { type: 'Managed', managed: tierRules }, lookForOurs: true }, look()));
    const ours = [await stage.ours(), ...(seen.ours.known ? [seen.ours.value] : [])];
    expect(ours.map(({ acls }) => acls.map(({ leaving }) => leaving))).toEqual([[[], []], [['fresh'], ['fresh']]]);
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

  const groupRule = (name: string, group: string, version?: string) => ({ name, type: 'ManagedRuleGroup', managedRuleGroup: { vendor: 'AWS', name: group, ...(version === undefined ? {} : { version }) } }) as const;
  const words = "check capacity: WAFNonexistentItemException: AWS WAF couldn’t perform the operation because your resource doesn’t exist.";
  test.each<{ name: string; because: string; rules: readonly WebACLRule[]; want: string; asks: number }>([
    { name: 'the only rule', because: 'there is no other', rules: [groupRule('core', 'NoSuchRuleSet')], want: `rule core (managed rule group NoSuchRuleSet of AWS): ${words}`, asks: 2 },
    {
      name: 'one of several rules', because: 'each managed group is asked about by itself', rules: [countryRule('a'), groupRule('core', 'AWSManagedRulesCommonRuleSet'), groupRule('late', 'AWSManagedRulesCommonRuleSet', 'Version_1.99')],
      want: 'rule late (managed rule group AWSManagedRulesCommonRuleSet of AWS, Version_1.99): check capacity: WAFInvalidParameterException: Error reason: The version is not valid, field: MANAGED_RULE_SET, parameter: Version_1.99', asks: 3,
    },
    { name: 'two rules', because: 'somebody may have copied a mistake', rules: [groupRule('core', 'NoSuchRuleSet'), groupRule('more', 'NorThis')], want: `rule core (managed rule group NoSuchRuleSet of AWS): ${words}; rule more (managed rule group NorThis of AWS): ${words}`, asks: 4 },
  ])('is refused in words that name $name: $because', async ({ rules, want, asks }) => {
    const stage = createWebAclStage(managed(...rules));
    await stage.ours();
    await stage.clock.advance(minutes(2));
    const [answer] = Object.values((await stage.ours()).capacities);
    expect([answer?.known === false ? answer.failure.message : 'known', checks(stage)]).toEqual([want, asks]);
  });

  test('is refused in the words of AWS alone where it refuses no managed group by itself', async () => {
    const stage = createWebAclStage(managed(countryRule('a'), groupRule('core', 'AWSManagedRulesCommonRuleSet')));
    stage.simulator.faults.next({ operation: 'CheckCapacity' }, { name: 'WAFInvalidParameterException', status: 400 });
    const [answer] = Object.values((await stage.ours()).capacities);
    expect(answer?.known === false ? answer.failure.message : 'known').toMatch(/^check capacity: WAFInvalidParameterException/);
  });
});
