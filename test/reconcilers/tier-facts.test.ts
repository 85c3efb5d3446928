import { describe, expect, test } from 'vitest';
import type { Condition, EdgeTier, ManagedWebACL, WebACLStatus } from '../../crds/types.ts';
import { tierFacts } from '../../reconcilers/tier-facts.ts';
import { condition, edgeTier, facts, group } from './builders.ts';

const found = (over: Partial<Condition> = {}): Condition => condition({ type: 'DistributionReady', reason: 'Found', message: 'found', ...over });
const noWebAcl = (): Condition => condition({ type: 'WebACLReady', status: 'False', reason: 'WebACLNotFound', message: 'no such web ACL' });
const parameters = [{ name: 'path', required: true }];
const ready = { conditions: [found()], distribution: { arn: 'arn:aws:cloudfront::1:distribution/E2EXAMPLE', parameters } };

const managed = (over: Partial<ManagedWebACL> = {}) => ({ type: 'Managed', managed: { defaultAction: 'Allow', tenantsPerACL: 50, rollout: { pauseSeconds: 0, observe: false }, ...over } }) as const;
const webACLs: readonly WebACLStatus[] = [{ name: 'gold-1', arn: 'arn:acl/1', state: 'Open', tenants: 3, wcu: 25 }, { name: 'gold-2', state: 'Open' }, { name: 'gold-3', arn: 'arn:acl/3', state: 'Retiring' }, { name: 'gold-4', arn: 'arn:acl/4', state: 'Open' }];

type Row = { readonly name: string; readonly because: string; readonly tier: EdgeTier; readonly want: ReturnType<typeof tierFacts> };
const rows: readonly Row[] = [
  { name: 'nobody has looked at', because: 'nothing is known of its distribution', tier: edgeTier(), want: facts({}, { groups: {}, blueprint: undefined }) },
  { name: 'ready', because: 'its tenants need the parameters', tier: edgeTier({}, { status: ready }), want: facts({}, { groups: {}, blueprint: { parameters } }) },
  { name: 'with a distribution that is not ready', because: 'its words are passed on', tier: edgeTier({}, { status: { ...ready, conditions: [found({ status: 'False', message: 'it is disabled' })] } }), want: facts({}, { groups: {}, blueprint: undefined, trouble: 'it is disabled' }) },
  { name: 'with a distribution that cannot be read, and was ready before', because: 'a failed read says nothing about the world, and all tenants are served', tier: edgeTier({}, { status: { ...ready, conditions: [found({ status: 'Unknown', reason: 'AccessDenied' })] } }), want: facts({}, { groups: {}, blueprint: { parameters } }) },
  { name: 'with a distribution that could never be read', because: 'it has been looked at, and the rest is for those who may see the tier', tier: edgeTier({}, { status: { conditions: [found({ status: 'Unknown', reason: 'AccessDenied' })] } }), want: facts({}, { groups: {}, blueprint: undefined, trouble: 'see its conditions' }) },
  { name: 'not ready for another reason', because: 'its tenants are served all the same, and need not hear of it', tier: edgeTier({}, { status: { ...ready, conditions: [condition({ type: 'Ready', status: 'False', message: 'sum' }), found(), condition({ type: 'WebACLReady', status: 'False', message: 'no web ACL' })] } }), want: facts({}, { groups: {}, blueprint: { parameters } }) },
  { name: 'without the web ACL that it names', because: 'AWS would refuse every tenant by itself', tier: edgeTier({ webACL: { type: 'Existing', arn: 'arn:acl/x' } }, { status: { ...ready, conditions: [found(), noWebAcl()] } }), want: facts({ webACL: { type: 'Existing', arn: 'arn:acl/x' } }, { groups: {}, blueprint: { parameters }, webAclMissing: 'no such web ACL' }) },
  { name: 'that names another web ACL since', because: 'nobody has looked for it yet', tier: edgeTier({ webACL: { type: 'Existing', arn: 'arn:acl/y' } }, { metadata: { generation: 2 }, status: { ...ready, conditions: [found(), noWebAcl()] } }), want: facts({ webACL: { type: 'Existing', arn: 'arn:acl/y' } }, { groups: {}, blueprint: { parameters } }) },
  { name: 'with groups', because: 'a tenant picks one by name', tier: edgeTier({}, { status: { ...ready, connectionGroups: [{ name: 'default', ...group }] } }), want: facts({}, { blueprint: { parameters } }) },
  { name: 'with a group that is retiring', because: 'it takes nobody any more, and serves who is in it', tier: edgeTier({}, { status: { ...ready, connectionGroups: [{ name: 'default', ...group, state: 'Active' }, { name: 'old', id: 'cg_2', endpoint: 'd2.cloudfront.net', state: 'Retiring' }] } }), want: facts({}, { blueprint: { parameters }, retiring: [{ id: 'cg_2', endpoint: 'd2.cloudfront.net' }] }) },
  {
    name: 'with a group that somebody disabled', because: 'who is in it is not served', tier: edgeTier({}, { status: { ...ready, connectionGroups: [{ name: 'default', ...group, state: 'Disabled' }] } }),
    want: facts({}, { blueprint: { parameters }, groups: { default: { ...group, trouble: 'connection group "default" (cg_1) of tier "gold" is disabled, so that nothing is served through it: enable it, it serves once that is deployed' } } }),
  },
  {
    name: 'with web ACLs of its own', because: 'tenants sit down at those that are open, in their order; what their rules say is not for them', tier: edgeTier({ webACL: managed() }, { status: { ...ready, webACLs } }),
    want: facts({ webACL: { type: 'Managed', managed: { tenantsPerACL: 50 } } }, { groups: {}, blueprint: { parameters }, openWebAcls: ['arn:acl/1', 'arn:acl/4'] }),
  },
  { name: 'with a group whose endpoint is not known', because: 'nothing can be pointed at it', tier: edgeTier({}, { status: { ...ready, connectionGroups: [{ name: 'default', id: 'cg_1' }] } }), want: facts({}, { groups: {}, blueprint: { parameters } }) },
];

describe('the facts of a tier', () => {
  test.each(rows)('$name: $because', ({ tier, want }) => {
    expect(tierFacts(tier)).toEqual(want);
  });

  test('do not change with a counter, a timestamp or the groups of the spec, or every tenant would be woken', () => {
    const before = edgeTier({}, { status: { ...ready, tenants: { total: 1, ready: 0 } } });
    const after = edgeTier({ connectionGroups: [{ name: 'new', type: 'Existing', id: 'cg_9' }] }, { metadata: { resourceVersion: '8', generation: 2 }, status: { ...ready, conditions: [found({ lastTransitionTime: '2031-01-01T00:00:00Z' })], tenants: { total: 2, ready: 1 } } });
    expect(tierFacts(after)).toEqual(tierFacts(before));
  });

  test('do not change with what is counted in its web ACLs, nor with their rules or how far those have come', () => {
    const counted = webACLs.map((acl) => ({ ...acl, tenants: 49, wcu: 1500, configHash: 'f'.repeat(16) }));
    const rules = [{ name: 'home', type: 'Country', action: 'Block', countries: ['DE'] }] as const;
    const rollout = { configHash: 'f'.repeat(16), phase: 'Enforcing', updated: 1, total: 3, changedAt: '2030-01-01T00:00:00Z' } as const;
    const before = edgeTier({ webACL: managed() }, { status: { ...ready, webACLs } });
    const after = edgeTier({ webACL: managed({ rules, rollout: { pauseSeconds: 60, observe: true } }) }, { status: { ...ready, conditions: [found(), condition({ type: 'WebACLReady', status: 'False', message: 'AWS refuses the rules' })], webACLs: counted, rollout } });
    expect(tierFacts(after)).toEqual(tierFacts(before));
  });

  test('change when a web ACL opens, retires, or holds another number of tenants', () => {
    const at = (capacity: number, acls: readonly WebACLStatus[]) => tierFacts(edgeTier({ webACL: managed({ tenantsPerACL: capacity }) }, { status: { ...ready, webACLs: acls } }));
    const [first, second, ...others] = webACLs;
    const before = at(50, webACLs);
    for (const after of [at(60, webACLs), at(50, [...(first ? [first] : []), { name: 'gold-2', state: 'Open', arn: 'arn:acl/2' }, ...others]), at(50, [...(second ? [second] : []), ...others])]) expect(after).not.toEqual(before);
  });
});
