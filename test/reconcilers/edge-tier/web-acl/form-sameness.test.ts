import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ManagedWebACL } from '../../../../crds/types.ts';
import { hashOfForm, isSameForm } from '../../../../reconcilers/edge-tier/web-acl/form.ts';
import { anyManaged, everyRule, formWith, managed } from './form-specs.ts';

type Path = readonly (string | number)[];

/** Every place in a value that holds a text or a number. */
const leavesOf = (value: unknown): readonly Path[] =>
  typeof value === 'object' && value !== null ? Object.entries(value).flatMap(([key, below]) => leavesOf(below).map((path) => [Array.isArray(value) ? Number(key) : key, ...path])) : [[]];

const other = (value: unknown): unknown => {
  if (typeof value === 'number') return value + 60;
  const next: Readonly<Record<string, string>> = { Allow: 'Block', Block: 'Count', Count: 'Block', Challenge: 'Block', CAPTCHA: 'Block', IP: 'Tenant', Tenant: 'TenantAndIP', TenantAndIP: 'IP', TARGETED: 'COMMON', JSON: 'FORM_ENCODED' };
  return next[String(value)] ?? `${String(value)}x`;
};

const changedAt = (value: unknown, [key, ...rest]: Path): unknown => {
  if (key === undefined) return other(value);
  if (Array.isArray(value)) return value.map((item: unknown, index) => (index === key ? changedAt(item, rest) : item));
  return Object.fromEntries(Object.entries(value ?? {}).map(([member, below]) => [member, member === key ? changedAt(below, rest) : below]));
};

describe('isSameForm', () => {
  const spec = managed(...everyRule);
  // Addresses lie in IP sets, what a rule's kind is is no value, and the other two say how many and when, not what.
  const elsewhere: readonly (string | number)[] = ['cidrs', 'type', 'tenantsPerACL', 'rollout'];
  const inputs = leavesOf(spec).filter((path) => !path.some((key) => elsewhere.includes(key)));

  test.each(inputs.map((path) => ({ name: path.join('.'), path })))('is false when $name differs', ({ path }) => {
    expect(isSameForm(formWith(changedAt(spec, path) as ManagedWebACL), formWith(spec))).toBe(false);
  });

  test('is false when anything is left out that may be', () => {
    const groups = everyRule.flatMap(({ managedRuleGroup: group, ...rule }) =>
      Object.keys(group ?? {}).filter((key) => !['vendor', 'name', 'accountTakeover'].includes(key)).map((key) => ({ ...rule, from: group, to: Object.fromEntries(Object.entries(group ?? {}).filter(([member]) => member !== key)) })),
    );
    for (const { from, to, ...rule } of groups)
      expect(isSameForm(formWith(managed({ ...rule, ...(from && { managedRuleGroup: from }) })), formWith(managed({ ...rule, managedRuleGroup: to as typeof from & object })))).toBe(false);
    expect(groups).toHaveLength(4);
  });

  test('is true for two specs if and only if they ask for the same', () => {
    fc.assert(
      fc.property(anyManaged, anyManaged, (a, b) => {
        const isSame = asked(a) === asked(b);
        expect(isSameForm(formWith(a), formWith(b))).toBe(isSame);
        expect(hashOfForm(formWith(a)) === hashOfForm(formWith(b))).toBe(isSame);
      }),
      { numRuns: 500 },
    );
  });

  test('is true when only the order of countries, counted rules or addresses differs', () => {
    const turned = everyRule.map((rule) => ({
      ...rule,
      ...(rule.countries && { countries: rule.countries.toReversed() }),
      ...(rule.ipSet && { ipSet: { cidrs: rule.ipSet.cidrs.toReversed() } }),
      ...(rule.managedRuleGroup?.countRules && { managedRuleGroup: { ...rule.managedRuleGroup, countRules: rule.managedRuleGroup.countRules.toReversed() } }),
    }));
    expect(isSameForm(formWith(managed(...turned)), formWith(spec))).toBe(true);
  });
});

/** What a spec asks for, without the order of what is a set, with Bot Control's default, and only the families of addresses. */
const asked = ({ defaultAction, rules = [] }: ManagedWebACL): string =>
  JSON.stringify([
    defaultAction,
    rules.map(({ name, type, action, managedRuleGroup: group, rateLimit, ipSet, countries }) => [
      name,
      type,
      action,
      group && [group.vendor, group.name, group.version, group.countRules?.toSorted(), group.pathPrefix, group.accountTakeover, group.name.includes('BotControl') && (group.botControl?.inspectionLevel ?? 'COMMON')],
      rateLimit && [rateLimit.requests, rateLimit.windowSeconds, rateLimit.key],
      ipSet && [ipSet.cidrs.some((cidr) => cidr.includes('.')), ipSet.cidrs.some((cidr) => cidr.includes(':'))],
      countries?.toSorted(),
    ]),
  ]);
