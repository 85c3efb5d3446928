import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { listAt, textAt, valueAt } from '../environment/control-plane/json.ts';

const crd: unknown = parse(readFileSync(new URL('../../crds/tenantdomains.yaml', import.meta.url), 'utf8'));
const [version] = listAt(crd, 'spec', 'versions');
const domain = valueAt(version, 'schema', 'openAPIV3Schema', 'properties', 'spec', 'properties', 'domains', 'items');
const maxLength = Number(valueAt(domain, 'maxLength'));

const rules = listAt(domain, 'x-kubernetes-validations').map((validation) => {
  const rule = textAt(validation, 'rule') ?? '';
  const [, negation, expression] = /^(!?)self\.matches\('(.+)'\)$/.exec(rule) ?? [];
  if (expression === undefined) throw new Error(`read the CEL rules of a domain: "${rule}" is no match of a regular expression`);
  const pattern = new RegExp(expression);
  return (name: string): boolean => pattern.test(name) === (negation === '');
});

/** What the CRD's rules for one domain say of a name, by the same expressions in another engine. */
export const isAcceptedByCel = (name: string): boolean =>
  name.length > 0 && Array.from(name).length <= maxLength && rules.every((holds) => holds(name));
