import { expect, test } from 'vitest';
import { type Form, hashOfForm } from '../../../../reconcilers/edge-tier/web-acl/form.ts';
import { planWebAcl } from '../../../../reconcilers/edge-tier/web-acl/plan.ts';
import type { Ours } from '../../../../reconcilers/edge-tier/web-acl/web-acl.ts';
import { actionsIn, failure, noon } from '../../builders.ts';
import { acl, asking, countryRule, formOfRules, ipSet, seeing } from './builders.ts';
import { managed } from './form-specs.ts';

const part = { rule: 'offices', family: 'IPV4' } as const;
const running = ipSet(part, ['192.0.2.0/24']);
const rule = { name: 'offices', type: 'IPSet', action: 'Allow', ipSet: { cidrs: ['203.0.113.0/24'] } } as const;
const form: Form = { defaultAction: 'Allow', rules: [{ name: 'offices', action: 'Allow', statement: { IPSetReferenceStatement: { ARN: running.arn } } }] as Form['rules'] };
const desired: Form = { ...form, rules: [...form.rules, ...formOfRules({ name: 'b' }).rules] };

test('addresses that run stay while another set is missing: what AWS says of the whole is not known before', () => {
  const partners = { name: 'partners', type: 'IPSet', action: 'Allow', ipSet: { cidrs: ['198.51.100.0/24'] } } as const;
  const world = { acls: [acl(1, form)], ipSets: [running] };
  const decision = planWebAcl({ is: 'present', spec: asking(managed(rule, partners)) }, seeing(world), noon);
  expect(actionsIn(decision)).toMatchObject([{ verb: 'CreateIPSet', rule: 'partners' }]);
});

test.each<{ name: string; because: string; answer: Ours['capacities'][string]; want: readonly string[] }>([
  { name: 'are changed before the rules', because: 'AWS takes those', answer: { known: true, value: 2 }, want: ['UpdateIPSet'] },
  { name: 'stay with the rules that are refused', because: 'one spec acts as a whole, or not at all', answer: { known: false, failure: failure('invalid') }, want: [] },
  { name: 'stay with the rules that nobody could ask about', because: 'they may be refused', answer: { known: false, failure: failure() }, want: [] },
])('addresses that change with other rules $name: $because', ({ answer, want }) => {
  const world = { acls: [acl(1, form)], ipSets: [running], capacities: { [hashOfForm(desired)]: answer } };
  const decision = planWebAcl({ is: 'present', spec: asking(managed(rule, countryRule('b'))) }, seeing(world), noon);
  expect(actionsIn(decision).map(({ verb }) => verb)).toEqual(want);
});
