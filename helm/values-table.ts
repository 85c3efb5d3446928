import { parse } from 'yaml';
import { type ExplainedValue, explainedValues, isMap, unexplainedValues } from './values-comments.ts';
import { type Schema, schemaAt, typeWords } from './values-schema.ts';

// A default that is longer is read where it is.
const maxDefaultLength = 60;

const defaultWords = (value: unknown): string => {
  if (value === '') return 'none';
  const text = JSON.stringify(value);
  return text.length <= maxDefaultLength ? `\`${text}\`` : 'see values.yaml';
};

const defaultAt = (values: unknown, path: readonly string[]): unknown => path.reduce<unknown>((at, key) => (isMap(at) ? at[key] : undefined), values);

const cell = (text: string): string => text.replaceAll('|', '\\|');

const rowOf = (root: Schema, values: unknown, { path, description }: ExplainedValue): string => {
  const schema = schemaAt(root, path);
  if (schema === undefined) throw new Error(`describe ${path.join('.')}: values.schema.json does not have it`);
  return `| \`${path.join('.')}\` | ${cell(description)} | ${cell(typeWords(root, schema))} | ${cell(defaultWords(defaultAt(values, path)))} |`;
};

/**
 * The tables of a chart's README, one for each section of values.yaml. Throws where a value is not explained there, or not in the schema:
 * a value that nobody can look up is none.
 */
export const valuesTables = (yaml: string, root: Schema): string => {
  const values: unknown = parse(yaml);
  const explained = explainedValues(yaml);
  const missing = unexplainedValues(values, explained);
  if (missing.length > 0) throw new Error(`describe the values of the chart: values.yaml says nothing of ${missing.join(', ')}`);
  const sections = Map.groupBy(explained, ({ section }) => section);
  return [...sections]
    .map(([title, rows]) => [`### ${title}`, '', '| value | | type | default |', '|---|---|---|---|', ...rows.map((row) => rowOf(root, values, row))].join('\n'))
    .join('\n\n');
};

const begin = '<!-- values, from values.yaml and values.schema.json by helm/generate.ts -->';
const end = '<!-- end of values -->';

/** A README with these tables between its two marks. */
export const withTables = (readme: string, tables: string): string => {
  const [before, rest] = readme.split(begin);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined) throw new Error(`write the values into the README of the chart: it has no "${begin}" before "${end}"`);
  return `${before}${begin}\n\n${tables}\n\n${end}${after}`;
};
