import { readFile, writeFile } from 'node:fs/promises';
import { parse } from 'yaml';

/*
 * Writes crds/types.ts from the CRDs; with --check it only compares, and exits 1 where they differ.
 *
 * A structural schema is a small language (objects, lists, maps, strings, numbers, booleans), so this speaks it whole, with readonly
 * everywhere. A `title` in the schema is the name of the TypeScript type: equal schemas of one title are one type, and two schemas
 * that differ under one title are an error. Every object has a title.
 */

type Schema = {
  readonly type: 'object' | 'array' | 'string' | 'integer' | 'number' | 'boolean';
  readonly title?: string;
  readonly description?: string;
  readonly enum?: readonly string[];
  readonly default?: unknown;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema;
  readonly items?: Schema;
};

type Crd = {
  readonly spec: {
    readonly group: string;
    readonly names: { readonly kind: string };
    readonly versions: readonly { readonly name: string; readonly storage: boolean; readonly schema: { readonly openAPIV3Schema: Schema } }[];
  };
};

type Declarations = Map<string, { readonly body: string; readonly description: string | undefined }>;

const lineLength = 140;

const head = `// Generated from crds/*.yaml by crds/generate.ts: change those, then \`npm run generate\`.

/** What we read of Kubernetes' ObjectMeta. Times are RFC 3339. */
export type ObjectMeta = {
  readonly name: string;
  /** Absent on cluster-scoped objects. */
  readonly namespace?: string;
  readonly uid: string;
  readonly resourceVersion: string;
  readonly generation: number;
  readonly creationTimestamp?: string;
  readonly deletionTimestamp?: string;
  readonly finalizers?: readonly string[];
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
};
`;

/** A docstring, on one line where it fits. */
const docFrom = (text: string | undefined, indent: string): string => {
  if (text === undefined) return '';
  if (indent.length + text.length + '/**  */'.length <= lineLength) return `${indent}/** ${text} */\n`;
  const lines = [''];
  for (const word of text.split(' ')) {
    const line = `${lines.at(-1)} ${word}`;
    if (indent.length + ' *'.length + line.length <= lineLength) lines[lines.length - 1] = line;
    else lines.push(` ${word}`);
  }
  return [`${indent}/**`, ...lines.map((line) => `${indent} *${line}`), `${indent} */\n`].join('\n');
};

const bodyFrom = (schema: Schema, path: string, declarations: Declarations): string => {
  switch (schema.type) {
    case 'boolean':
      return 'boolean';
    case 'integer':
    case 'number':
      return 'number';
    case 'string':
      return schema.enum?.map((value) => `'${value}'`).join(' | ') ?? 'string';
    case 'array':
      return listFrom(schema, path, declarations);
    case 'object':
      return schema.additionalProperties === undefined
        ? objectFrom(schema, path, declarations)
        : `Readonly<Record<string, ${typeFrom(schema.additionalProperties, `${path}.*`, declarations)}>>`;
  }
};

const listFrom = (schema: Schema, path: string, declarations: Declarations): string => {
  if (schema.items === undefined) throw new Error(`read schema of ${path}: a list without items`);
  const item = typeFrom(schema.items, `${path}[]`, declarations);
  return `readonly ${item.includes(' ') ? `(${item})` : item}[]`;
};

/** The API server fills in a default, so a field that has one is always there. */
const objectFrom = (schema: Schema, path: string, declarations: Declarations): string => {
  if (schema.title === undefined) throw new Error(`read schema of ${path}: an object without a title`);
  const fields = Object.entries(schema.properties ?? {}).map(([name, field]) => {
    const isPresent = schema.required?.includes(name) === true || field.default !== undefined;
    const type = typeFrom(field, `${path}.${name}`, declarations);
    return `${docFrom(field.description, '  ')}  readonly ${name}${isPresent ? '' : '?'}: ${type};\n`;
  });
  return `{\n${fields.join('')}}`;
};

const typeFrom = (schema: Schema, path: string, declarations: Declarations): string => {
  const { title, description } = schema;
  if (title === undefined) return bodyFrom(schema, path, declarations);
  const earlier = declarations.get(title);
  // A parent stands before its parts, so the place is taken before the parts are read.
  if (earlier === undefined) declarations.set(title, { body: '', description });
  const body = bodyFrom(schema, path, declarations);
  if (earlier !== undefined && earlier.body !== body) throw new Error(`read schema of ${path}: another "${title}" differs from it`);
  const isSaidAlike = earlier === undefined || earlier.description === description;
  declarations.set(title, { body, description: isSaidAlike ? description : undefined });
  return title;
};

const declareKind = (crd: Crd, declarations: Declarations): void => {
  const { kind } = crd.spec.names;
  const version = crd.spec.versions.find(({ storage }) => storage);
  const root = version?.schema.openAPIV3Schema;
  const { spec, status } = root?.properties ?? {};
  if (version === undefined || spec === undefined || status === undefined) throw new Error(`read schema of ${kind}: no spec or status stored`);
  declarations.set(kind, { body: '', description: root?.description });
  const body = `{
  readonly apiVersion: '${crd.spec.group}/${version.name}';
  readonly kind: '${kind}';
  readonly metadata: ObjectMeta;
  readonly spec: ${typeFrom(spec, `${kind}.spec`, declarations)};
  readonly status?: ${typeFrom(status, `${kind}.status`, declarations)};
}`;
  declarations.set(kind, { body, description: root?.description });
};

const generate = async (): Promise<string> => {
  const declarations: Declarations = new Map();
  for (const file of ['edgetiers.yaml', 'tenantdomains.yaml']) {
    const crd: Crd = parse(await readFile(new URL(file, import.meta.url), 'utf8'));
    declareKind(crd, declarations);
  }
  const types = [...declarations].map(([name, { body, description }]) => `\n${docFrom(description, '')}export type ${name} = ${body};\n`);
  return head + types.join('');
};

const target = new URL('types.ts', import.meta.url);
const generated = await generate();
if (!process.argv.includes('--check')) {
  await writeFile(target, generated);
} else if ((await readFile(target, 'utf8').catch(() => '')) !== generated) {
  console.error('crds/types.ts is not what crds/*.yaml say: run npm run generate');
  process.exitCode = 1;
}
