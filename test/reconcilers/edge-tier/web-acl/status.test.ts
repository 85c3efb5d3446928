import { describe, expect, test } from 'vitest';
import type { ManagedWebACL, RolloutStatus, WebACLStatus } from '../../../../crds/types.ts';
import type { Action, Outcome } from '../../../../reconcilers/contract.ts';
import { hashOfForm } from '../../../../reconcilers/edge-tier/web-acl/form.ts';
import { creationOf } from '../../../../reconcilers/edge-tier/web-acl/growth.ts';
import { rolloutStatus, webAclRows } from '../../../../reconcilers/edge-tier/web-acl/plan.ts';
import type { WebAclStatusInput } from '../../../../reconcilers/edge-tier/web-acl/status.ts';
import { type Ours, summaryOf, webAclNameOf } from '../../../../reconcilers/edge-tier/web-acl/web-acl.ts';
import { failure, noon } from '../../builders.ts';
import { acl, asking, countryRule, formOfRules, ipSet, seeing, tenantsCalled, tierOwner } from './builders.ts';
import { managed } from './form-specs.ts';

const form = formOfRules({ name: 'a' });
const next = formOfRules({ name: 'a' }, { name: 'b' });
const [hash, nextHash] = [hashOfForm(form), hashOfForm(next)];
const [one, two] = [acl(1, form, { tenants: tenantsCalled('t', 90) }), acl(2, form, { tenants: tenantsCalled('u', 5) })];
const base = { concern: 'WebACLReady', because: '', destroys: false, needs: 'shared' } as const;
const update = { action: { ...base, verb: 'UpdateWebACL', ...summaryOf(one), form: next, current: one.current } } as const;
const deletion = { action: { ...base, verb: 'DeleteWebACL', ...summaryOf(two) } } as const;
const set = ipSet({ rule: 'offices', family: 'IPV4' }, []);

type Given = { readonly rules?: ManagedWebACL | 'gone' | 'inherit'; readonly tenants?: number; readonly world?: Partial<Ours>; readonly outcomes?: readonly Outcome<Action>[]; readonly before?: WebAclStatusInput['before'] };

const inputOf = ({ rules = managed(countryRule('a')), tenants = 95, world = {}, outcomes = [], before }: Given): WebAclStatusInput => {
  const plain = { webAcl: { type: 'Inherit' }, tenants, rollout: before?.rollout, published: before?.webACLs } as const;
  const spec = rules === 'gone' ? undefined : rules === 'inherit' ? plain : asking(rules, { tenants, rollout: before?.rollout, published: before?.webACLs });
  return { owner: tierOwner, spec, observed: seeing(world), outcomes, before, now: noon };
};

const row = (number: number, over: Partial<WebACLStatus> = {}): WebACLStatus => {
  const { name, arn } = acl(number, form);
  return { name, arn, tenants: number === 1 ? 90 : 5, wcu: 1, configHash: hash, state: 'Open', ...over };
};

describe('status.webACLs', () => {
  test.each<{ name: string; because: string; given: Given; want: readonly WebACLStatus[] }>([
    { name: 'two with their rules', because: 'tenants choose from them', given: { world: { acls: [one, two] } }, want: [row(1), row(2)] },
    { name: 'one too many', because: 'no tenant is to choose it', given: { tenants: 50, world: { acls: [one, two] } }, want: [row(1), row(2, { state: 'Retiring' })] },
    { name: 'another type of web ACL', because: 'all are to be emptied', given: { rules: 'inherit', world: { acls: [one, two] } }, want: [row(1, { state: 'Retiring' }), row(2, { state: 'Retiring' })] },
    { name: 'a deleted tier', because: 'all are to be emptied', given: { rules: 'gone', world: { acls: [one] } }, want: [row(1, { state: 'Retiring' })] },
    { name: 'one just changed', because: 'the status is that of the world after the pass', given: { rules: managed(countryRule('a'), countryRule('b')), world: { acls: [one, two], capacities: { [nextHash]: { known: true, value: 9 } } }, outcomes: [update] }, want: [row(1, { configHash: nextHash, wcu: 9 }), row(2)] },
    { name: 'one whose change failed', because: 'it has its old rules', given: { rules: managed(countryRule('a'), countryRule('b')), world: { acls: [one] }, outcomes: [{ ...update, failure: failure() }] }, want: [row(1)] },
    { name: 'one just deleted', because: 'it is gone', given: { tenants: 50, world: { acls: [one, two] }, outcomes: [deletion] }, want: [row(1)] },
    { name: 'one just made', because: 'its ARN is seen in the next look', given: { world: { acls: [two] }, outcomes: [{ action: creationOf(1, form) }] }, want: [{ name: webAclNameOf(tierOwner, 1), configHash: hash, state: 'Open' }, row(2)] },
    { name: 'one that somebody edited', because: 'what we wrote stays known, by which the edit is told from a rollout', given: { world: { acls: [acl(1, next, { tenants: one.tenants })] }, before: { webACLs: [row(1)] } }, want: [row(1, { wcu: 2 })] },
    { name: 'IP sets alone', because: 'the tier has something of its own, whatever becomes of the rules', given: { world: { ipSets: [set] } }, want: [{ name: webAclNameOf(tierOwner, 1), state: 'Open' }] },
    { name: 'IP sets alone, of a tier that wants none', because: 'they still have to go', given: { rules: 'inherit', world: { ipSets: [set] } }, want: [{ name: webAclNameOf(tierOwner, 1), state: 'Retiring' }] },
    { name: 'nothing', because: 'there is nothing to tell', given: {}, want: [] },
  ])('$name: $because', ({ given, want }) => {
    expect(webAclRows(inputOf(given))).toEqual(want);
  });

  test('stays as it was where nobody could look', () => {
    const unread = { existing: { known: true, value: true }, ours: { known: false, failure: failure() } } as const;
    expect(webAclRows({ ...inputOf({ before: { webACLs: [row(1)] } }), observed: unread })).toEqual([row(1)]);
  });
});

describe('status.rollout', () => {
  const rules = managed(countryRule('a'), countryRule('b'));
  const capacities = { [nextHash]: { known: true, value: 2 } } as const;
  const earlier = '2030-01-01T11:00:00Z';
  const rollout: RolloutStatus = { configHash: nextHash, phase: 'Enforcing', updated: 1, total: 2, changedAt: '2030-01-01T12:00:00Z' };

  test.each<{ name: string; because: string; given: Given; want: RolloutStatus | undefined }>([
    { name: 'nothing to change', because: 'none is under way', given: { world: { acls: [one, two] }, before: { rollout } }, want: undefined },
    { name: 'the first one changed in this pass', because: 'the pause begins now', given: { rules, world: { acls: [one, two], capacities }, outcomes: [update] }, want: rollout },
    { name: 'nothing changed since', because: 'the pause goes on', given: { rules, world: { acls: [acl(1, next), two] }, before: { rollout: { ...rollout, changedAt: earlier } } }, want: { ...rollout, changedAt: earlier } },
    { name: 'told of another change', because: 'when this one was is not known: the pause begins now', given: { rules, world: { acls: [acl(1, next), two] }, before: { rollout: { ...rollout, configHash: hash, changedAt: earlier } } }, want: rollout },
    { name: 'the last one changed in this pass', because: 'it is over', given: { rules, world: { acls: [one, acl(2, next)], capacities }, outcomes: [update], before: { rollout } }, want: undefined },
    { name: 'refused by AWS', because: 'it is not under way', given: { rules, world: { acls: [one, two], capacities: { [nextHash]: { known: false, failure: failure('invalid') } } } }, want: undefined },
    { name: 'stopped half-way by a failed call', because: 'the pause goes on', given: { rules, world: { acls: [one, two], capacities: { [nextHash]: { known: false, failure: failure() } } }, before: { rollout: { ...rollout, changedAt: earlier } } }, want: { ...rollout, changedAt: earlier } },
    { name: 'another type of web ACL', because: 'there are no rules', given: { rules: 'inherit', world: { acls: [one] }, before: { rollout } }, want: undefined },
  ])('$name: $because', ({ given, want }) => {
    expect(rolloutStatus(inputOf(given))).toEqual(want);
  });
});
