import type { ExplainedValue } from './values-comments.ts';

/** What we read of a JSON schema. */
export type Schema = {
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Schema>>;
  readonly title?: string;
  readonly description?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
};

/** The schema of the value at this path; undefined where there is none. */
export const schemaAt = (root: Schema, path: readonly string[]): Schema | undefined => {
  let at: Schema | undefined = root;
  for (const key of path) at = resolved(root, at)?.properties?.[key];
  return at;
};

const resolved = (root: Schema, schema: Schema | undefined): Schema | undefined =>
  schema?.$ref === undefined ? schema : root.$defs?.[schema.$ref.replace('#/$defs/', '')];

/** The schema with what values.yaml says of each value as its description, for editors that show one. */
export const described = (schema: Schema, explained: readonly ExplainedValue[]): Schema =>
  explained.reduce((root, { path, description }) => withDescription(root, path, description), schema);

const withDescription = (schema: Schema, path: readonly string[], description: string): Schema => {
  const [key, ...rest] = path;
  if (key === undefined) return Object.assign({ description }, schema, { description });
  const inner = schema.properties?.[key];
  if (inner === undefined) throw new Error(`describe ${path.join('.')}: values.schema.json does not have it`);
  return { ...schema, properties: { ...schema.properties, [key]: withDescription(inner, rest, description) } };
};

/** What may be given, in a few words: `integer, 1 to 256`, `duration`, `Always, IfNotPresent, Never`. */
export const typeWords = (root: Schema, schema: Schema): string => {
  const { title, type, enum: words, minimum, maximum, items } = { ...resolved(root, schema) };
  if (title !== undefined) return title;
  if (words !== undefined) return words.map((word) => `\`${word}\``).join(', ');
  if (type === 'array' && items !== undefined) return `list of ${typeWords(root, items)}`;
  const plain = typeof type === 'string' ? type : (type ?? []).join(' or ');
  return minimum === undefined || maximum === undefined ? plain : `${plain}, ${minimum} to ${maximum}`;
};
