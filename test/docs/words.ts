import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { edgeTierConditions, reasons, tenantDomainConditions } from '../../crds/reasons.ts';
import { tagKeys } from '../../reconcilers/aws/mark.ts';
import { restraintAnnotations } from '../../reconcilers/restraint.ts';
import { listAt, textAt, valueAt } from '../environment/control-plane/json.ts';
import { readPage, root } from './markdown.ts';
import { toldOptions } from './pages/options.ts';

const yamlAt = (path: string): unknown => parse(readFileSync(join(root, path), 'utf8'));

const crds = ['crds/edgetiers.yaml', 'crds/tenantdomains.yaml'].map(yamlAt);
const schemas = crds.map((crd) => valueAt(listAt(crd, 'spec', 'versions')[0], 'schema', 'openAPIV3Schema'));
const values = yamlAt('helm/tenant-edge/values.yaml');

/** Whether one of the kinds has this field; lists are gone into without a word. */
export const hasField = (path: string): boolean => {
  const keys = path.replaceAll('[]', '').split('.');
  const within = (schema: unknown, [key, ...rest]: readonly string[]): boolean => {
    if (key === undefined) return schema !== undefined;
    const inner = valueAt(schema, 'properties', key) ?? valueAt(schema, 'items', 'properties', key);
    return inner !== undefined && within(inner, rest);
  };
  return schemas.some((schema) => within(schema, keys) || within(valueAt(schema, 'properties', 'spec'), keys));
};

/** The chart's values at the top. */
export const topValues: readonly string[] = Object.keys(values as object);

/** Whether the chart has a value at this path. */
export const hasValue = (path: string): boolean => valueAt(values, ...path.split('.')) !== undefined;

const enumsIn = (schema: unknown): readonly string[] =>
  typeof schema !== 'object' || schema === null ? [] : [...listAt(schema, 'enum').map(String), ...Object.values(schema).flatMap(enumsIn)];

const alerts = listAt(yamlAt('helm/tenant-edge/files/alerts.yaml'), 'groups').flatMap((group) => listAt(group, 'rules').flatMap((rule) => textAt(rule, 'alert') ?? []));

/** Words in CamelCase that the project gives a meaning to: reasons, conditions, kinds, values of the API, alerts. */
export const ourWords: ReadonlySet<string> = new Set([
  ...Object.keys(reasons), ...Object.keys(tenantDomainConditions), ...Object.keys(edgeTierConditions), ...schemas.flatMap(enumsIn), ...alerts, 'EdgeTier', 'TenantDomain',
]);

/** Every option of the process. */
export const ourFlags: ReadonlySet<string> = new Set(toldOptions().map(({ flag }) => flag));

/** Everything under our own domain that has a meaning: annotations, tags, the finalizer, the API. */
export const ourMarks: ReadonlySet<string> = new Set([
  ...Object.values(restraintAnnotations), ...Object.values(tagKeys), 'tenantedge.dev/finalizer', 'tenantedge.dev/controller', ...crds.flatMap((crd) => listAt(crd, 'spec', 'versions').map((version) => `tenantedge.dev/${textAt(version, 'name') ?? ''}`)),
]);

/** Every metric, as docs/metrics.md has them, which is compared with the registry. */
export const ourMetrics: ReadonlySet<string> = new Set(readPage('docs/metrics.md').prose.flatMap(({ text }) => /^\| `(\w+)` \|/.exec(text)?.slice(1) ?? []));
