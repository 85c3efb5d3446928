import { describe, expect, test } from 'vitest';
import { type DeleteWebAcl, summaryOf, webAclNameOf } from '../../../../reconcilers/edge-tier/web-acl/web-acl.ts';
import { countryRule, formOfRules, tierOwner } from './builders.ts';
import { managed } from './form-specs.ts';
import { createWebAclStage, putTenantOn, type WebAclStage } from './stage.ts';

const rules = managed(countryRule('a'));
const base = { concern: 'WebACLReady', because: 'it differs', destroys: false, needs: 'shared' } as const;
const create = { ...base, verb: 'CreateWebACL', number: 1, form: formOfRules({ name: 'a' }) } as const;

/** One web ACL with rule a, and what it takes to delete it. */
const withOne = async (): Promise<{ readonly stage: WebAclStage; readonly deletion: DeleteWebAcl }> => {
  const stage = createWebAclStage(rules);
  await stage.apply(create);
  const [acl] = (await stage.ours()).acls;
  if (acl === undefined) throw new Error('look at the web ACL that was made: it is not there');
  return { stage, deletion: { ...base, verb: 'DeleteWebACL', destroys: true, needs: 'live', ...summaryOf(acl) } };
};

const isSeat = ({ seats }: WebAclStage, arn: string): boolean => {
  try {
    seats.take({ arn, capacity: 100 }, 'somebody', []);
    return true;
  } catch {
    return false;
  }
};

describe('a web ACL is made', () => {
  test('with our mark, so that no list and no tags are read for it', async () => {
    const { stage } = await withOne();
    expect(stage.simulator.inspect.webAcls()).toMatchObject([{ name: webAclNameOf(tierOwner, 1), tags: { 'tenantedge.dev/owner': '/gold', 'tenantedge.dev/installation': 'test', 'tenantedge.dev/uid': 'uid-1' } }]);
    expect(stage.asked()).not.toContain('ListTagsForResource');
  });

  test('once: a second one of its name is looked for first', async () => {
    const { stage } = await withOne();
    await expect(stage.apply(create)).rejects.toMatchObject({ kind: 'conflict', reason: 'NameTaken' });
  });
});

describe('a web ACL is deleted', () => {
  test('and nobody can sit down there any more', async () => {
    const { stage, deletion } = await withOne();
    await stage.apply(deletion);
    expect(stage.simulator.inspect.webAcls()).toEqual([]);
    expect(isSeat(stage, deletion.arn)).toBe(false);
  });

  test('not while a tenant has it: that is an old picture, and the seats are open again', async () => {
    const { stage, deletion } = await withOne();
    await putTenantOn(stage, 'theirs', deletion.arn);
    await expect(stage.apply(deletion)).rejects.toMatchObject({ kind: 'conflict', reason: 'InUse', code: 'WAFAssociatedItemException' });
    expect(isSeat(stage, deletion.arn)).toBe(true);
  });

  test('not while a tenant is on its way there, which AWS cannot know', async () => {
    const { stage, deletion } = await withOne();
    stage.seats.take({ arn: deletion.arn, capacity: 100 }, 'coming', []);
    stage.mutations();
    await expect(stage.apply(deletion)).rejects.toMatchObject({ kind: 'conflict', reason: 'InUse', code: 'SeatTaken' });
    expect(stage.mutations()).toEqual([]);
    expect(isSeat(stage, deletion.arn)).toBe(true);
  });

  test('where it is gone already: that is as good', async () => {
    const { stage, deletion } = await withOne();
    stage.simulator.operator.deleteWebACL(deletion.arn);
    await expect(stage.apply(deletion)).resolves.toBeUndefined();
  });
});

test('an update keeps what the form does not speak of', async () => {
  const { stage } = await withOne();
  const [acl] = stage.simulator.inspect.webAcls();
  const shown = { MetricName: 'x', CloudWatchMetricsEnabled: true, SampledRequestsEnabled: true };
  await stage.simulator.call('wafv2', 'UpdateWebACL', { Name: acl?.name, Id: acl?.id, LockToken: acl?.lockToken, Scope: 'CLOUDFRONT', DefaultAction: { Allow: {} }, Rules: [], VisibilityConfig: shown, TokenDomains: ['example.com'] }, 'somebody');
  const [seen] = (await stage.ours({ notBefore: stage.now })).acls;
  if (seen === undefined) throw new Error('look at the web ACL that was edited: it is not there');
  await stage.apply({ ...base, verb: 'UpdateWebACL', ...summaryOf(seen), form: create.form, current: seen.current });
  expect((await stage.ours()).acls).toMatchObject([{ form: create.form, current: { TokenDomains: ['example.com'] } }]);
});
