import { expect, test } from 'vitest';
import type { Ours } from '../../../../reconcilers/edge-tier/web-acl/web-acl.ts';
import { hashOfForm } from '../../../../reconcilers/edge-tier/web-acl/form.ts';
import { desiredForm } from '../../../../reconcilers/edge-tier/web-acl/ip-sets.ts';
import { planWebAcl } from '../../../../reconcilers/edge-tier/web-acl/plan.ts';
import { ago, minutes, noon } from '../../builders.ts';
import { acl, asking, countryRule, formOfRules, ipSet, seeing, tenantsCalled } from './builders.ts';
import { managed } from './form-specs.ts';

const [running, set] = [formOfRules({ name: 'a' }), { rule: 'offices', family: 'IPV4' } as const];
const offices = { name: 'offices', type: 'IPSet', action: 'Allow', ipSet: { cidrs: ['203.0.113.0/24'] } } as const;
const rules = managed(offices, countryRule('a'));
const slow = { ...rules, rollout: { pauseSeconds: 600, observe: false } };
const desired = desiredForm(rules, [ipSet(set, [])]) ?? running;
const capacities: Ours['capacities'] = { [hashOfForm(desired)]: { known: true, value: 2 } };
const acls = (count: number, form = running) => Array.from({ length: count }, (_each, index) => acl(index + 1, form, { tenants: tenantsCalled(`t${index}`, 80) }));
const told = { configHash: hashOfForm(desired), phase: 'Enforcing', updated: 1, total: 2, changedAt: ago(minutes(4)).toISOString() } as const;

type Row = { readonly name: string; readonly because: string; readonly slowly?: boolean; readonly world: Partial<Ours>; readonly want: string };
const rows: readonly Row[] = [
  { name: 'while IP sets change', because: 'its rules refer to them', world: { acls: acls(1), ipSets: [ipSet(set, ['192.0.2.0/24'])] }, want: 'the new rules are in 0 of 1 web ACLs; number 1 follows once the IP sets of the rules are changed' },
  { name: 'after as many as a pass takes', because: 'nothing else is waited for', world: { acls: acls(12), ipSets: [ipSet(set, offices.ipSet.cidrs)] }, want: 'the new rules are in 10 of 12 web ACLs; number 11 follows next' },
  { name: 'during a pause in which IP sets change', because: 'it comes after the pause', slowly: true, world: { acls: [...acls(1, desired), ...acls(2).slice(1)], ipSets: [ipSet(set, ['192.0.2.0/24'])] }, want: 'the new rules are in 1 of 2 web ACLs; number 2 follows at 2030-01-01T12:06:00Z' },
];

test.each(rows)('what is said of the next step of a rollout, $name: $because', ({ slowly, world, want }) => {
  const spec = asking(slowly === true ? slow : rules, { tenants: 80 * (world.acls?.length ?? 0), ...(slowly === true ? { rollout: told } : {}) });
  const { move } = planWebAcl({ is: 'present', spec }, seeing({ ...world, capacities }), noon);
  expect(move).toMatchObject({ is: 'acting', afterwards: { message: want } });
});
