import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { isRecord } from '../../../src/kubernetes/object.ts';

type Schema = { readonly default?: unknown; readonly properties?: Readonly<Record<string, Schema>>; readonly items?: Schema };

/** The structural schema of one of our kinds, from the file that users apply. */
export const schemaOf = (file: 'edgetiers' | 'tenantdomains'): Schema => {
  const text = readFileSync(new URL(`../../../crds/${file}.yaml`, import.meta.url), 'utf8');
  const definition = parse(text) as { readonly spec: { readonly versions: readonly { readonly schema: { readonly openAPIV3Schema: Schema } }[] } };
  const [version] = definition.spec.versions;
  if (version === undefined) throw new Error(`read crds/${file}.yaml: it has no version`);
  return version.schema.openAPIV3Schema;
};

/**
 * Fills in defaults as the API server does: where a member is absent, and inside those that are there.
 * @see https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#defaulting
 */
export const withDefaults = (value: unknown, schema: Schema): unknown => {
  if (Array.isArray(value)) return schema.items ? value.map((item: unknown) => withDefaults(item, schema.items ?? {})) : value;
  if (!isRecord(value)) return value;
  const filled: Record<string, unknown> = { ...value };
  for (const [name, member] of Object.entries(schema.properties ?? {})) {
    const present = filled[name] ?? structuredClone(member.default);
    if (present !== undefined) filled[name] = withDefaults(present, member);
  }
  return filled;
};
