import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { edgeTierConditions, reasons, tenantDomainConditions } from '../../crds/reasons.ts';
import { listAt, textAt, valueAt } from '../environment/control-plane/json.ts';
import { edgeTierRows } from './edge-tier-rows.ts';
import { exampleManifests } from './example-manifests.ts';
import { tenantDomainRows } from './tenant-domain-rows.ts';

type Place = { readonly path: string; readonly schema: unknown; readonly isField: boolean };

/** A schema and all that lie in it. */
const placesIn = (schema: unknown, path: string, isField = false): readonly Place[] => [
  { path, schema, isField },
  ...Object.entries(valueAt(schema, 'properties') ?? {}).flatMap(([name, field]) => placesIn(field, `${path}.${name}`, true)),
  ...['items', 'additionalProperties'].flatMap((part) => {
    const inner = valueAt(schema, part);
    return inner === undefined ? [] : placesIn(inner, `${path}.${part}`);
  }),
];

const isObjectMeta = ({ path }: Place): boolean => path.endsWith('.metadata');

const kinds = [
  { kind: 'EdgeTier', file: 'edgetiers.yaml', rows: edgeTierRows, conditions: edgeTierConditions },
  { kind: 'TenantDomain', file: 'tenantdomains.yaml', rows: tenantDomainRows, conditions: tenantDomainConditions },
].map((each) => {
  const crd: unknown = parse(readFileSync(new URL(`../../crds/${each.file}`, import.meta.url), 'utf8'));
  const [version] = listAt(crd, 'spec', 'versions');
  return { ...each, places: placesIn(valueAt(version, 'schema', 'openAPIV3Schema'), each.kind) };
});

const pathsWhere = (places: readonly Place[], isWrong: (schema: unknown, place: Place) => boolean): readonly string[] =>
  places.filter((place) => !isObjectMeta(place) && isWrong(place.schema, place)).map(({ path }) => path);

const isUnbounded = (schema: unknown): boolean =>
  textAt(schema, 'type') === 'string' && ['maxLength', 'enum', 'format'].every((bound) => valueAt(schema, bound) === undefined);

const isOpenList = (schema: unknown): boolean =>
  textAt(schema, 'type') === 'array' && ['maxItems', 'x-kubernetes-list-type'].some((bound) => valueAt(schema, bound) === undefined);

const isOpenMap = (schema: unknown): boolean =>
  valueAt(schema, 'additionalProperties') !== undefined && valueAt(schema, 'maxProperties') === undefined;

const isUnexplained = (schema: unknown, { isField }: Place): boolean => isField && textAt(schema, 'description')?.endsWith('.') !== true;

/** The fields that a value has, and those of what lies in it, by the names of a schema's places. */
const fieldsIn = (value: unknown, path: string): readonly string[] => {
  if (Array.isArray(value)) return value.flatMap((item) => fieldsIn(item, `${path}.items`));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, field]) => [`${path}.${name}`, ...fieldsIn(field, `${path}.${name}`)]);
};

const messagesIn = (places: readonly Place[]): readonly string[] =>
  places.flatMap(({ schema }) => listAt(schema, 'x-kubernetes-validations').map((rule) => textAt(rule, 'message') ?? ''));

describe.each(kinds)('the schema of $kind', ({ kind, places, conditions }) => {
  test('bounds every text: by length, list of values or form', () => {
    const roots = [`${kind}.apiVersion`, `${kind}.kind`]; // bounded by what the API server serves
    expect(pathsWhere(places, isUnbounded)).toEqual(roots);
  });

  test('bounds every list and map, and says how lists are merged', () => {
    expect([...pathsWhere(places, isOpenList), ...pathsWhere(places, isOpenMap)]).toEqual([]);
  });

  test('explains every field in whole sentences', () => {
    expect(pathsWhere(places, isUnexplained)).toEqual([]);
  });

  test('has no field of a spec that no example shows', () => {
    const shown = exampleManifests.filter(({ manifest }) => manifest.kind === kind).flatMap(({ manifest }) => fieldsIn(manifest.spec, `${kind}.spec`));
    const fields = places.filter(({ path, isField }) => isField && path.startsWith(`${kind}.spec.`)).map(({ path }) => path);
    expect(fields.filter((path) => !shown.includes(path))).toEqual([]);
  });

  test('keeps no field that it does not know', () => {
    expect(pathsWhere(places, (schema) => valueAt(schema, 'x-kubernetes-preserve-unknown-fields') !== undefined)).toEqual([]);
  });

  test('can hold every condition and every reason', () => {
    const fieldOf = (name: string): unknown => places.find(({ path }) => path.endsWith(`.status.conditions.items.${name}`))?.schema;
    const isRefused = (name: string) => (word: string) =>
      !new RegExp(textAt(fieldOf(name), 'pattern') ?? '$^').test(word) || word.length > Number(valueAt(fieldOf(name), 'maxLength'));
    expect(Object.keys(conditions).filter(isRefused('type'))).toEqual([]);
    expect(Object.keys(reasons).filter(isRefused('reason'))).toEqual([]);
    const list = places.find(({ path }) => path.endsWith('.status.conditions'))?.schema;
    expect(Object.keys(conditions).length).toBeLessThanOrEqual(Number(valueAt(list, 'maxItems')));
  });
});

test('every rule is tried by two manifests that break it, or more', () => {
  const wants = kinds.flatMap(({ rows }) => rows.map(({ want }) => want));
  const messages = new Set(kinds.flatMap(({ places }) => messagesIn(places)));
  const untried = [...messages].filter((message) => wants.filter((want) => message.includes(want)).length < 2);
  expect(untried).toEqual([]);
});

test('what both kinds have follows the same rules in both', () => {
  const shared = ['parameters', 'geoRestriction', 'webACL.arn'].map((name) => kinds.map(({ kind, places }) => {
    const found: unknown = places.find(({ path }) => path === `${kind}.spec.${name}`)?.schema;
    return { ...Object(found), description: undefined, default: undefined };
  }));
  for (const [ofTier, ofTenant] of shared) expect(ofTier).toEqual(ofTenant);
});
