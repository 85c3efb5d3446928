/** A value that values.yaml explains: where it lies, in which section (`## …`), and what its comment (`# -- …`) says. */
export type ExplainedValue = { readonly path: readonly string[]; readonly section: string; readonly description: string };

type Reading = { readonly found: ExplainedValue[]; readonly open: { readonly indent: number; readonly key: string }[]; section: string; description: string };

const readLine = (reading: Reading, line: string): void => {
  const [, title] = /^## (.+)$/.exec(line) ?? [];
  const [, begun] = /^\s*# -- (.+)$/.exec(line) ?? [];
  const [, margin, key] = /^( *)([\w./-]+):/.exec(line) ?? [];
  if (title !== undefined) reading.section = title;
  if (begun !== undefined) reading.description = begun;
  if (margin === undefined || key === undefined) return;
  while ((reading.open.at(-1)?.indent ?? -1) >= margin.length) reading.open.pop();
  reading.open.push({ indent: margin.length, key });
  if (reading.description === '') return;
  reading.found.push({ path: reading.open.map((each) => each.key), section: reading.section, description: reading.description });
  reading.description = '';
};

/** Every value of a values.yaml with a comment of its own, in order. A comment is one line, and stands right above its value. */
export const explainedValues = (yaml: string): readonly ExplainedValue[] => {
  const reading: Reading = { found: [], open: [], section: '', description: '' };
  for (const line of yaml.split('\n')) readLine(reading, line);
  return reading.found;
};

/** Whether a value of YAML has keys. */
export const isMap = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The paths of values that no comment speaks of, neither their own nor one of a map that they are in. */
export const unexplainedValues = (values: unknown, explained: readonly ExplainedValue[], path: readonly string[] = []): readonly string[] => {
  if (explained.some((each) => each.path.join('.') === path.join('.'))) return [];
  if (!isMap(values) || (Object.keys(values).length === 0 && path.length > 0)) return [path.join('.')];
  return Object.entries(values).flatMap(([key, value]) => unexplainedValues(value, explained, [...path, key]));
};
