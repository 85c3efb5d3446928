import type { EdgeTierSpec } from '../crds/types.ts';

export type Labels = Readonly<Record<string, string>>;

type Requirement = { readonly key: string; readonly operator: string; readonly values?: readonly string[] };

/** One requirement of a label selector. @see https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#set-based-requirement */
const meets = (labels: Labels, { key, operator, values = [] }: Requirement): boolean => {
  const value = Object.hasOwn(labels, key) ? labels[key] : undefined;
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    default:
      return false;
  }
};

/** Whether a tier admits a namespace with these labels. Absent means nobody: a tier is closed until its owner opens it. */
export const namespaceAllowed = (allowed: EdgeTierSpec['allowedNamespaces'], labels: Labels): boolean => {
  switch (allowed?.from) {
    case 'All':
      return true;
    case 'Selector': {
      const { matchLabels = {}, matchExpressions = [] } = allowed.selector ?? {};
      const exact = Object.entries(matchLabels).every(([key, value]) => labels[key] === value);
      return exact && matchExpressions.every((requirement) => meets(labels, requirement));
    }
    case 'None':
    case undefined:
      return false;
  }
};
