import { describe, expect, test } from 'vitest';
import type { AllowedNamespaces, LabelSelectorRequirement } from '../../crds/types.ts';
import { namespaceAllowed } from '../../reconcilers/namespaces.ts';

const labels = { plan: 'enterprise', team: 'web' };
const exact = (matchLabels: Record<string, string>): AllowedNamespaces => ({ from: 'Selector', selector: { matchLabels } });
const needing = (...matchExpressions: readonly LabelSelectorRequirement[]): AllowedNamespaces => ({ from: 'Selector', selector: { matchExpressions } });

// @see https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#set-based-requirement
const rows: readonly { name: string; allowed: AllowedNamespaces | undefined; want: boolean }[] = [
  { name: 'absent', allowed: undefined, want: false },
  { name: 'None', allowed: { from: 'None' }, want: false },
  { name: 'All', allowed: { from: 'All' }, want: true },
  { name: 'an empty selector', allowed: { from: 'Selector', selector: {} }, want: true },
  { name: 'a label that is there', allowed: exact({ plan: 'enterprise' }), want: true },
  { name: 'a label with another value', allowed: exact({ plan: 'basic' }), want: false },
  { name: 'two labels, one of them missing', allowed: exact({ plan: 'enterprise', region: 'eu' }), want: false },
  { name: 'In, of its values', allowed: needing({ key: 'plan', operator: 'In', values: ['basic', 'enterprise'] }), want: true },
  { name: 'In, of other values', allowed: needing({ key: 'plan', operator: 'In', values: ['basic'] }), want: false },
  { name: 'In, no such label', allowed: needing({ key: 'region', operator: 'In', values: ['eu'] }), want: false },
  { name: 'NotIn, of its values', allowed: needing({ key: 'plan', operator: 'NotIn', values: ['enterprise'] }), want: false },
  { name: 'NotIn, no such label', allowed: needing({ key: 'region', operator: 'NotIn', values: ['eu'] }), want: true },
  { name: 'Exists', allowed: needing({ key: 'team', operator: 'Exists' }), want: true },
  { name: 'Exists, no such label', allowed: needing({ key: 'region', operator: 'Exists' }), want: false },
  { name: 'Exists, a label called like a member of every object', allowed: needing({ key: 'constructor', operator: 'Exists' }), want: false },
  { name: 'DoesNotExist', allowed: needing({ key: 'team', operator: 'DoesNotExist' }), want: false },
  { name: 'DoesNotExist, a label called like a member of every object', allowed: needing({ key: 'constructor', operator: 'DoesNotExist' }), want: true },
  { name: 'two requirements, one of them not met', allowed: needing({ key: 'team', operator: 'Exists' }, { key: 'region', operator: 'Exists' }), want: false },
  { name: 'labels and requirements, both met', allowed: { from: 'Selector', selector: { matchLabels: { plan: 'enterprise' }, matchExpressions: [{ key: 'team', operator: 'Exists' }] } }, want: true },
];

describe('namespaceAllowed', () => {
  test.each(rows)('$name: $want', ({ allowed, want }) => {
    expect(namespaceAllowed(allowed as AllowedNamespaces, labels)).toBe(want);
  });
});
