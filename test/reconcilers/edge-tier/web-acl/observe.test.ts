import { describe, expect, test } from 'vitest';
import { ipSetNameOf, summaryOf, webAclNameOf } from '../../../../reconcilers/edge-tier/web-acl/web-acl.ts';
import { minutes } from '../../builders.ts';
import { formOfRules, tierOwner } from './builders.ts';
import { createWebAclStage, live, ourTags, putTenantOn, settled, tierRules } from './stage.ts';

describe('a web ACL that the tier names', () => {
  const found = { known: true, value: true } as const;

  test('is not asked for where it names none', async () => {
    const stage = createWebAclStage(tierRules);
    expect((await stage.observe({ webAcl: { type: 'Inherit' } })).existing).toEqual(found);
    expect(stage.asked().filter((operation) => operation === 'GetWebACL')).toEqual([]);
  });

  test('is asked for once, and again when AWS itself is to be looked at', async () => {
    const stage = createWebAclStage(tierRules);
    const { arn } = stage.simulator.operator.createWebACL({ name: 'x' });
    const webAcl = { type: 'Existing', arn } as const;
    const answers = [await stage.observe({ webAcl }), await stage.observe({ webAcl }), await stage.observe({ webAcl, ...live })];
    expect(answers.map(({ existing }) => existing)).toEqual([found, found, found]);
    expect(stage.asked().filter((operation) => operation === 'GetWebACL')).toHaveLength(2);
  });

  test('that was deleted is asked for each time, until it is there again', async () => {
    const stage = createWebAclStage(tierRules);
    const { arn } = stage.simulator.operator.createWebACL({ name: 'x' });
    const webAcl = { type: 'Existing', arn } as const;
    await stage.observe({ webAcl });
    stage.simulator.operator.deleteWebACL(arn);
    const answers = [await stage.observe({ webAcl, ...live }), await stage.observe({ webAcl })];
    expect(answers.map(({ existing }) => existing)).toEqual([{ known: true, value: false }, { known: true, value: false }]);
  });
});

describe("web ACLs of the tier's own", () => {
  test('are seen as they are, with the IP sets that they share', async () => {
    const stage = await settled();
    const { acls, ipSets, strange } = await stage.ours();
    const sets = Object.fromEntries(ipSets.map(({ family, arn }) => [family, arn]));
    const form = {
      defaultAction: 'Allow',
      rules: [
        { name: 'offices', action: 'Allow', statement: { OrStatement: { Statements: [sets['IPV4'], sets['IPV6']].map((ARN) => ({ IPSetReferenceStatement: { ARN } })).toSorted((a, b) => ((a.IPSetReferenceStatement.ARN ?? '') < (b.IPSetReferenceStatement.ARN ?? '') ? -1 : 1)) } } },
        ...formOfRules({ name: 'a' }).rules,
      ],
    };
    expect(acls.map(({ number, name, form: is, wcu, tenants, foreign, isUsed }) => ({ number, name, is, wcu, tenants, foreign, isUsed }))).toEqual(
      [1, 2].map((number) => ({ number, name: webAclNameOf(tierOwner, number), is: form, wcu: 3, tenants: [], foreign: 0, isUsed: undefined })),
    );
    expect(ipSets.map(({ rule, family, addresses }) => ({ rule, family, addresses })).toSorted((a, b) => (a.family < b.family ? -1 : 1))).toEqual([
      { rule: 'offices', family: 'IPV4', addresses: ['203.0.113.0/24'] },
      { rule: 'offices', family: 'IPV6', addresses: ['2001:db8::/32'] },
    ]);
    expect(strange).toEqual([]);
  });

  test('cost no call of their own at rest', async () => {
    const stage = await settled();
    await stage.ours();
    expect(stage.asked()).toEqual([]);
  });

  test('cost one list each in a look at AWS itself, where their tokens say that nothing changed', async () => {
    const stage = await settled();
    for (const [index, { arn }] of stage.simulator.inspect.webAcls().entries()) await putTenantOn(stage, `theirs-${index}`, arn);
    await stage.listTenants();
    await stage.ours(live);
    stage.asked();
    await stage.clock.advance(1000);
    await stage.ours(live);
    expect(stage.asked().toSorted()).toEqual(['ListIPSets', 'ListWebACLs']);
  });

  test('that somebody edited are read again, and only those', async () => {
    const stage = await settled();
    const [first] = stage.simulator.inspect.webAcls();
    const edit = { Name: first?.name, Id: first?.id, LockToken: first?.lockToken, Scope: 'CLOUDFRONT', DefaultAction: { Block: {} }, Rules: [], VisibilityConfig: { MetricName: 'x', CloudWatchMetricsEnabled: true, SampledRequestsEnabled: true } };
    await stage.simulator.call('wafv2', 'UpdateWebACL', edit, 'somebody');
    const { acls } = await stage.ours({ notBefore: stage.now });
    expect(acls.map(({ form }) => form.defaultAction)).toEqual(['Block', 'Allow']);
    expect(stage.asked().filter((operation) => operation.startsWith('Get'))).toEqual(['GetWebACL']);
  });

  test.each([{ reads: 1 }, { reads: 2 }, { reads: 3 }])('are not believed as they were before an update of our own, which AWS shows for $reads reads', async ({ reads }) => {
    const stage = await settled();
    const { acls } = await stage.ours();
    stage.simulator.knobs.staleReads = [reads, reads];
    stage.simulator.knobs.staleForMs = minutes(5);
    for (const acl of acls) {
      await stage.apply({ concern: 'WebACLReady', verb: 'UpdateWebACL', because: 'it differs', destroys: false, needs: 'shared', ...summaryOf(acl), form: { ...acl.form, rules: [] }, current: acl.current });
    }
    const seen = [];
    for (let index = 0; index <= 2 * reads; index += 1) {
      const { ours } = await stage.observe(live);
      seen.push(ours.known ? ours.value.acls.map(({ form }) => form.rules.length).join() : ours.failure.code);
    }
    expect(seen.filter((one) => one !== 'OldState' && one !== '0,0')).toEqual([]);
    expect(seen.at(-1)).toBe('0,0');
  });

  test('that a list does not show any more are asked for before they count as gone: their tenants would be sent elsewhere', async () => {
    const stage = await settled();
    const [first] = (await stage.ours()).acls;
    stage.fleet.webAcls.drop(first?.name ?? '');
    expect((await stage.ours()).acls.map(({ number }) => number)).toEqual([1, 2]);
    stage.simulator.operator.deleteWebACL(first?.arn ?? '');
    expect((await stage.ours(live)).acls.map(({ number }) => number)).toEqual([2]);
    stage.asked();
    await stage.ours();
    expect(stage.asked()).toEqual([]);
  });

  test('are found by another process that remembers nothing', async () => {
    const { simulator } = await settled();
    const other = createWebAclStage(tierRules);
    for (const { name, tags } of simulator.inspect.webAcls()) other.simulator.operator.createWebACL({ name, tags });
    for (const { name, tags } of simulator.inspect.ipSets()) other.simulator.operator.createIPSet({ name, tags });
    const { acls, ipSets } = await other.ours({ webAcl: { type: 'Inherit' } });
    expect([acls.map(({ number }) => number), ipSets.length]).toEqual([[1, 2], 2]);
  });

  test('without our mark are strange, in whatever order they are numbered', async () => {
    const stage = createWebAclStage(tierRules);
    const { operator } = stage.simulator;
    const { arn: acl } = operator.createWebACL({ name: webAclNameOf(tierOwner, 10) });
    operator.createWebACL({ name: webAclNameOf(tierOwner, 2), tags: ourTags });
    operator.createWebACL({ name: webAclNameOf({ ...tierOwner, name: 'silver' }, 1), tags: { ...ourTags, 'tenantedge.dev/owner': '/silver' } });
    const { arn: set } = operator.createIPSet({ name: ipSetNameOf(tierOwner, { rule: 'offices', family: 'IPV4' }), tags: { ...ourTags, 'tenantedge.dev/owner': '/silver' } });
    const { acls, ipSets, strange } = await stage.ours();
    expect({ numbers: acls.map(({ number }) => number), ipSets, strange }).toEqual({ numbers: [2], ipSets: [], strange: [acl, set] });
  });

  test('that cannot be read are not seen', async () => {
    const stage = createWebAclStage(tierRules, { deniedActions: ['wafv2:ListWebACLs'] });
    await expect(stage.observe()).resolves.toMatchObject({ ours: { known: false, failure: { kind: 'blocked', reason: 'AccessDenied' } } });
  });
});
